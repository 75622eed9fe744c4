"""Prints the real images of dSprites that a folder holds, as JSON. DSpritesLikenessTests runs this.

Usage: python3 Tests/Oracles/dsprites_images.py FOLDER   (needs numpy)

FOLDER holds dsprites_12_with_latents.npz (imgs, latents_values) and dsprites_100_imgs.npz (imgs).
"""

import json
import pathlib
import sys

import numpy


def rows(images):
    return [["".join(map(str, row)) for row in image] for image in images]


folder = pathlib.Path(sys.argv[1])
known = numpy.load(folder / "dsprites_12_with_latents.npz", allow_pickle=False)
unknown = numpy.load(folder / "dsprites_100_imgs.npz", allow_pickle=False)
json.dump(
    {
        "latents": known["latents_values"].tolist(),
        "known": rows(known["imgs"]),
        "unknown": rows(unknown["imgs"]),
    },
    sys.stdout,
)
