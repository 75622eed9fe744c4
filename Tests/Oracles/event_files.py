"""Reads the event files of runs with TensorBoard and compares every scalar with metrics.csv and epochs.csv.

usage: event_files.py RUN [EVENTS]

EVENTS is RUN/tensorboard unless it is given. In an environment with tensorboard:

    jointvae train shapes --steps 400 --out run --tensorboard
    python3 Tests/Oracles/event_files.py run

With --kill PROGRAM in place of RUN it trains a run with PROGRAM, kills it several times, and compares at the end.
"""

import csv
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import numpy
from google.protobuf import text_format
from tensorboard.backend.event_processing import event_accumulator
from tensorboard.plugins.hparams import plugin_data_pb2
from tensorboard.plugins.projector import projector_config_pb2

OTHERS = {"step", "epoch", "seconds"}


def rows(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


def tag(column: str, columns: list[str]) -> str:
    """The tag of a column of metrics.csv: kl_z0 is a latent's, kl_z is not."""
    rest = column.removeprefix("kl_")
    return f"kl/{rest}" if rest != column and len(rest) > 1 else f"objective/{column}"


def compare(events, name: str, expected: list[tuple[int, float]]) -> int:
    found = [(scalar.step, scalar.value) for scalar in events.Scalars(name)]
    wanted = [(step, float(numpy.float32(value))) for step, value in expected]
    assert found == wanted, (name, [pair for pair in zip(found, wanted) if pair[0] != pair[1]][:3], len(found), len(wanted))
    return len(found)


def check(run: pathlib.Path, folder: pathlib.Path, has_images: bool = True) -> None:
    events = event_accumulator.EventAccumulator(
        str(folder), size_guidance={event_accumulator.SCALARS: 0, event_accumulator.IMAGES: 0, event_accumulator.HISTOGRAMS: 0}
    )
    events.Reload()
    tags = events.Tags()
    count = 0
    known = set()
    metrics = rows(run / "metrics.csv")
    columns = list(metrics[0])
    for column in set(columns) - OTHERS:
        name = tag(column, columns)
        known.add(name)
        count += compare(events, name, [(int(row["step"]), row[column]) for row in metrics if row[column]])
    count += compare(events, "training/epoch", [(int(row["step"]), row["epoch"]) for row in metrics])
    epochs = rows(run / "epochs.csv")
    for column in set(epochs[0] if epochs else []) - OTHERS:
        name = column.replace("validation_", "validation/") if column.startswith("validation_") else f"epoch/{column}"
        known.add(name)
        count += compare(events, name, [(int(row["step"]), row[column]) for row in epochs if row[column]])
    others = {"training/learning_rate", "training/epoch", "training/images_per_second"}
    rest = {name for name in tags["scalars"] if not name.startswith(("scores/", "information/"))} - known - others
    assert not rest, rest
    steps = [scalar.step for scalar in events.Scalars("training/learning_rate")]
    assert steps == [int(row["step"]) for row in metrics], "learning rates"
    for name in tags["scalars"]:
        steps = [scalar.step for scalar in events.Scalars(name)]
        assert len(steps) == len(set(steps)) and steps == sorted(steps), (name, steps)
    for name in ("samples", "reconstructions", "traversals"):
        images = events.Images(f"pictures/{name}")
        steps = [image.step for image in images]
        assert images and steps == sorted(set(steps)), (name, steps)
        assert images[-1].encoded_image_string == (run / f"{name}.png").read_bytes(), name
    if has_images:
        assert any(name.startswith(("z/", "categories/")) for name in tags["histograms"]), tags["histograms"]
        for name in tags["histograms"]:
            steps = [histogram.step for histogram in events.Histograms(name)]
            assert steps == sorted(set(steps)), (name, steps)
            value = events.Histograms(name)[-1].histogram_value
            assert sum(value.bucket) == value.num > 0, name
        projector(folder)
    parameters(events)
    print(f"{folder}: {count} scalars equal, {len(tags['scalars'])} tags, {len(tags['histograms'])} histograms")


def projector(folder: pathlib.Path) -> None:
    config = projector_config_pb2.ProjectorConfig()
    text_format.Parse((folder / "projector_config.pbtxt").read_text(), config)
    embedding = config.embeddings[0]
    points = (folder / embedding.tensor_path).read_text().splitlines()
    labels = (folder / embedding.metadata_path).read_text().splitlines()
    assert len(labels) in (len(points), len(points) + 1), (len(points), len(labels))
    assert (folder / embedding.sprite.image_path).read_bytes().startswith(b"\x89PNG")
    assert len(embedding.sprite.single_image_dim) == 2


def parameters(events) -> None:
    found = events.PluginTagToContent("hparams")
    assert {"_hparams_/experiment", "_hparams_/session_start_info"} <= set(found), found
    start = plugin_data_pb2.HParamsPluginData.FromString(found["_hparams_/session_start_info"]).session_start_info
    assert start.hparams["seed"].number_value > 0 and start.hparams["recipe"].string_value, start
    experiment = plugin_data_pb2.HParamsPluginData.FromString(found["_hparams_/experiment"]).experiment
    assert {info.name for info in experiment.hparam_infos} == set(start.hparams)
    assert "_hparams_/session_end_info" in found
    assert events.Scalars("scores/kl_z") or events.Scalars("scores/kl_c")


def kill(program: str) -> None:
    """A run that is killed at random moments, in one of five times while a record is written."""
    folder = pathlib.Path(tempfile.mkdtemp())
    run = folder / "run"
    call = [program, "train", "shapes", "--limit", "200", "--image-size", "16", "--validation", "0.1", "--steps", "1500"]
    call += ["--log-every", "3", "--checkpoint-every", "40", "--out", str(run), "--tensorboard"]
    kills = 0
    for attempt in range(8):
        process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0.3, 1.2))
        process.kill()
        kills += process.wait() != 0
        if (run / "config.json").exists():
            call = [program, "train", "--resume", "--out", str(run)]
        files = sorted((run / "tensorboard").glob("events*")) if (run / "tensorboard").exists() else []
        if files and attempt % 2:
            # The end of a record that never came to the disk.
            with files[-1].open("r+b") as file:
                file.truncate(max(0, files[-1].stat().st_size - random.randint(1, 30)))
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print(f"killed {kills} times, {len(list((run / 'tensorboard').glob('events*')))} files")
    check(run, run / "tensorboard")
    shutil.rmtree(folder)


if sys.argv[1] == "--kill":
    kill(sys.argv[2])
else:
    check(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else f"{sys.argv[1]}/tensorboard"))
