"""Loads a state dictionary strictly into the module that `jointvae convert --to-python` wrote, and runs it.

    python3 python_module.py MODULE.py MODEL.pt INPUT.safetensors OUTPUT.safetensors

INPUT holds `images` [n, C, H, W] from 0 to 1; OUTPUT gets `mean`, `log_variance`, `alpha.0`, ... and `reconstruction`.
"""

import importlib.util
import sys

import torch
from safetensors.torch import load_file, save_file

module, model, source, target = sys.argv[1:]
spec = importlib.util.spec_from_file_location("network", module)
network = importlib.util.module_from_spec(spec)
spec.loader.exec_module(network)
found = {}
with torch.no_grad():
    ours = network.JointVAE()
    ours.load_state_dict(torch.load(model, weights_only=True), strict=True)
    images = load_file(source)["images"]
    found["mean"], found["log_variance"], alphas = ours.encode(images)
    found |= {f"alpha.{i}": alpha for i, alpha in enumerate(alphas)}
    found["reconstruction"] = ours(images)
save_file({name: x.contiguous() for name, x in found.items() if x is not None}, target)
