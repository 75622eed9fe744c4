"""Checkpoints by PyTorch, and PyTorch's opinion of ours. The tests of PyTorchCheckpoint run this when torch is there.

    pytorch_checkpoints.py save FOLDER     writes FOLDER/*.pt and, beside each, what torch.load makes of it
                                           as .safetensors (16-bit numbers as float32)
    pytorch_checkpoints.py convert A B ... what torch.load makes of A, as safetensors B, for each pair
    pytorch_checkpoints.py fixtures FOLDER writes the small checkpoints that are kept in Tests/Fixtures/pytorch
    pytorch_checkpoints.py loops FOLDER    writes those that training loops make, kept there, too
"""

import argparse
import pathlib
import sys
from collections import OrderedDict, defaultdict
from pathlib import Path

import numpy
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


def training():
    """A model after a step, and all that training loops keep beside it."""
    torch.manual_seed(2)
    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2)).double()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 10)
    model(torch.rand(4, 3, dtype=torch.float64)).pow(2).sum().backward()
    optimizer.step()
    scheduler.step()
    return model, {
        "epoch": 3,
        "loss": 0.125,
        "best": numpy.float64(0.5),
        "args": argparse.Namespace(lr=1e-3, path=pathlib.PurePosixPath("/data"), shape=(3, 2)),
        "classes": {"circle", "star"},
        "history": defaultdict(list, {"loss": [0.5, 0.25]}),
        "random": [torch.get_rng_state(), numpy.random.RandomState(1).get_state()],
        "large": 2**2100,
        "steps": torch.tensor([3], dtype=torch.int32),
        "mask": torch.tensor([True]),
        "device": torch.device("cpu"),
        "type": torch.float16,
        "bytes": b"\x00\xff" * 300,
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
    }


def loops(folder):
    """What training loops write, each with the tensors of the same model under the names that it has by itself."""
    model, rest = training()
    state = model.state_dict()
    ema = OrderedDict((name, tensor.clone()) for name, tensor in state.items())
    files = {
        "loop": rest | {"model_state_dict": state},
        "parallel": rest | {"state_dict": torch.nn.DataParallel(model).state_dict()},
        "compiled": {"model": {f"_orig_mod.module.{k}": v for k, v in state.items()}, "iteration": 7},
        "lightning": {
            "epoch": 1,
            "global_step": 20,
            "pytorch-lightning_version": "2.5.0",
            "state_dict": {f"model.{k}": v for k, v in state.items()},
            "loops": {"fit_loop": {"state_dict": {}, "epoch_progress": {"total": {"ready": 1}}}},
            "callbacks": {"ModelCheckpoint{'monitor': None}": {"best_model_score": torch.tensor(0.5)}},
            "optimizer_states": [rest["optimizer"]],
            "lr_schedulers": [rest["scheduler"]],
            "hparams_name": "kwargs",
            "hyper_parameters": {"latents": 10, "sizes": [32, 64], "device": torch.device("cpu")},
        },
        "averaged": {"ema": ema, "model": state, "args": argparse.Namespace(a=1)},
    }
    for name, contents in files.items():
        torch.save(contents, folder / f"{name}.pt")
        torch.save(contents, folder / f"{name}-stream.pt", _use_new_zipfile_serialization=False)
    save_file({k: v.contiguous() for k, v in state.items()}, folder / "loops.safetensors")
    torch.jit.save(torch.jit.script(torch.nn.Linear(3, 2)), folder / "script.pt")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["save", folder]:
            save(Path(folder))
        case ["convert", *paths] if len(paths) % 2 == 0:
            for source, target in zip(paths[::2], paths[1::2]):
                convert(source, target)
        case ["fixtures", folder]:
            fixtures(Path(folder))
        case ["loops", folder]:
            loops(Path(folder))
        case _:
            sys.exit(__doc__)
