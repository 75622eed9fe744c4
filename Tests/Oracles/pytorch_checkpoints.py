"""Checkpoints by PyTorch, and PyTorch's opinion of ours. The tests of PyTorchCheckpoint run this when torch is there.

    pytorch_checkpoints.py save FOLDER     writes FOLDER/*.pt and, beside each, what torch.load makes of it
                                           as .safetensors (16-bit numbers as float32)
    pytorch_checkpoints.py convert A B ... what torch.load makes of A, as safetensors B, for each pair
    pytorch_checkpoints.py fixtures FOLDER writes the small checkpoints that are kept in Tests/Fixtures/pytorch
"""

import sys
from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file


def convert(source, target, weights_only=True):
    state = torch.load(source, map_location="cpu", weights_only=weights_only)
    save_file(
        {
            name: (tensor.float() if tensor.dtype in (torch.float16, torch.bfloat16) else tensor).clone().contiguous()
            for name, tensor in state.items()
        },
        target,
    )


def small():
    """Every type, view and sharing in a few hundred bytes."""
    base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4) / 8
    return OrderedDict(
        [
            ("plain", base),
            ("transposed", base.transpose(0, 2)),
            ("every other", base[:, ::2, 1:]),
            ("last", base[1, 2, 3]),
            ("repeated", base[0, 0, 1:2].expand(3, 1, 2)),
            ("half", torch.tensor([1.5, -2, 65504, 6e-8, float("inf")], dtype=torch.float16)),
            ("brain", torch.tensor([[1.5], [-3e38]], dtype=torch.bfloat16)),
            ("double", torch.tensor(0.1, dtype=torch.float64)),
            ("long", torch.tensor([-(2**63), 2**63 - 1])),
            ("bytes", torch.tensor([0, 255], dtype=torch.uint8).t()),
            ("empty", torch.zeros(0, 5)),
        ]
    )


class Network(torch.nn.Module):
    """Parameters, buffers, tied weights, and the _metadata that state_dict() carries."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(1)
        self.convolution = torch.nn.Conv2d(3, 32, 4, 2, 1)
        self.norm = torch.nn.BatchNorm2d(32)
        self.first = torch.nn.Linear(300, 200)
        self.second = torch.nn.Linear(300, 200)
        self.second.weight = self.first.weight


def save(folder):
    network = Network()
    states = {
        "small": small(),
        "network": network.state_dict(),
        "parameters": dict(network.named_parameters()),
        "half": network.half().state_dict(),
        "nothing": OrderedDict(),
    }
    for name, state in states.items():
        for protocol in (2, 3, 4, 5):
            torch.save(state, folder / f"{name}-zip-{protocol}.pt", pickle_protocol=protocol)
            torch.save(
                state,
                folder / f"{name}-stream-{protocol}.pt",
                pickle_protocol=protocol,
                _use_new_zipfile_serialization=False,
            )
    for path in folder.glob("*.pt"):
        # PyTorch's own restricted unpickler stops at protocol 4.
        convert(path, path.with_suffix(".safetensors"), weights_only=False)


def fixtures(folder):
    torch.save(small(), folder / "zip.pt")
    torch.save(small(), folder / "stream.pt", _use_new_zipfile_serialization=False)
    convert(folder / "zip.pt", folder / "expected.safetensors")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["save", folder]:
            save(Path(folder))
        case ["convert", *paths] if len(paths) % 2 == 0:
            for source, target in zip(paths[::2], paths[1::2]):
                convert(source, target)
        case ["fixtures", folder]:
            fixtures(Path(folder))
        case _:
            sys.exit(__doc__)
