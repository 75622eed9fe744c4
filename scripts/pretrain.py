"""Makes the trained models that the package brings, and their pictures.

    python3 scripts/pretrain.py .build/release/jointvae [NAME ...] [--runs runs/models]

Every model is trained with the command in its card, unless its run is in the folder of --runs already, rounded to 16 bits,
measured as rounded, and written with its card to Sources/CModels; its traversals go to docs/images/models. What the
cards say of scores goes into docs/models.md by hand, and a test compares the two. Data sets are looked for as `train` does,
in $JOINTVAE_DATA for example.
"""

import argparse
import json
import os
import subprocess
import tempfile

# Name: options of train, and what the images are.
MODELS = {
    "mnist": ("--seed 104", "60,000 digits of MNIST (LeCun, Cortes, Burges)"),
    "fashion-mnist": ("--seed 101", "60,000 pictures of Fashion-MNIST (Zalando SE, MIT licence)"),
    "four-shapes": ("--discrete 8 --seed 101", "14,970 drawings of Four Shapes (smeschke, Kaggle; no licence found)"),
    "arabic-characters": (
        "--seed 101",
        "13,440 letters of AHCD (Mohamed Loey, Kaggle; no licence found)",
    ),
    "az-letters": (
        "--seed 105 --data A_Z_Handwritten_Data.balanced2990.csv.gz",
        "2,990 letters, 115 of each, of the A-Z set made from NIST SD19 (Kaggle; no licence found)",
    ),
    "math-symbols": (
        "--seed 104",
        "24,300 digits and symbols of bhmsds (wblachowski, MIT licence)",
    ),
    "shapes": ("--recipe pairs --seed 203", "20,000 shapes that jointvae draws"),
}


def call(program, *arguments):
    return subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def make(program, name, run, az):
    options, data = MODELS[name]
    command = ["train", name, *options.split()]
    if not os.path.exists(f"{run}/model.safetensors"):
        # The letters' file is named in the card, and may stand anywhere.
        files = [az if word.endswith(".csv.gz") else word for word in command]
        call(program, *files, "--out", run)
    place = ["--data", az] if name == "az-letters" else []
    call(program, "fit", run, name, *place)
    with tempfile.TemporaryDirectory() as folder:
        rounded = f"{folder}/{name}.safetensors"
        call(program, "convert", run, rounded, "--half")
        measured = json.loads(call(program, "evaluate", rounded, name, "--json", *place))
    accuracy = measured["accuracy"]
    # Sets without parts are measured whole.
    images = f"{measured['images']:,} test images" if measured.get("split") == "test" else "all of these images"
    scores = (
        f"one to one {accuracy['oneToOne']:.3f}, majority {accuracy['majority']:.3f}, "
        f"{measured['reconstruction']:.1f} nats at KL_z {measured['kl']['continuous']:.1f}, on {images}"
    )
    classes = accuracy["confusion"]["classes"]
    categories = ", ".join(classes[index] for index in accuracy["majorityMap"])
    target = f"Sources/CModels/{name}.safetensors"
    notes = [f"command=jointvae {' '.join(command)}", f"scores={scores}", f"images from={data}", f"categories={categories}"]
    call(program, "convert", run, target, "--half", "--force", *[word for note in notes for word in ("--note", note)])
    call(program, "traverse", target, "-o", f"docs/images/models/{name}.png", "--show-kl")
    print(f"{name}: {scores}; {os.path.getsize(target):,} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MODELS)}; all of them by default")
    parser.add_argument("--runs", default="runs/models", help="the folder of the runs")
    parser.add_argument("--az", default="A_Z_Handwritten_Data.balanced2990.csv.gz", help="the file of the letters")
    options = parser.parse_args()
    os.makedirs("docs/images/models", exist_ok=True)
    for name in options.names or MODELS:
        if name not in MODELS:
            parser.error(f"no model {name}; expected some of {', '.join(MODELS)}")
        make(options.program, name, f"{options.runs}/{name}", options.az)


if __name__ == "__main__":
    main()
