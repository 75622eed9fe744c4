"""Loads a model file into a PyTorch network with the reference's module names, strictly, and encodes and decodes with it.

    python3 reference_model.py MODEL.safetensors|MODEL.pt INPUT.safetensors OUTPUT.safetensors

INPUT holds `images` [n, C, H, W] from 0 to 1; OUTPUT gets `mean`, `log_variance`, `alpha.0`, ... and `reconstruction`.
The network is written from the description of the architecture; its names are those of published checkpoints.
"""

import sys

import torch
from safetensors.torch import load_file, save_file
from torch import nn


class ReferenceNetwork(nn.Module):
    def __init__(self, size, channels, continuous, discrete):
        super().__init__()
        doublings = size.bit_length() - 6
        down = [channels] + [32] * (1 + doublings) + [64, 64]
        up = [64] + [64] * min(doublings, 1) + [32] * (2 + max(doublings - 1, 0)) + [channels]
        self.img_to_features = self.chain(nn.Conv2d, down, nn.ReLU())
        self.features_to_hidden = nn.Sequential(nn.Linear(64 * 4 * 4, 256), nn.ReLU())
        if continuous:
            self.fc_mean = nn.Linear(256, continuous)
            self.fc_log_var = nn.Linear(256, continuous)
        if discrete:
            self.fc_alphas = nn.ModuleList(nn.Linear(256, k) for k in discrete)
        self.latent_to_features = nn.Sequential(
            nn.Linear(continuous + sum(discrete), 256), nn.ReLU(), nn.Linear(256, 64 * 4 * 4), nn.ReLU()
        )
        self.features_to_img = self.chain(nn.ConvTranspose2d, up, nn.Sigmoid())

    @staticmethod
    def chain(layer, widths, last):
        modules = []
        for a, b in zip(widths, widths[1:]):
            modules += [layer(a, b, 4, stride=2, padding=1), nn.ReLU()]
        return nn.Sequential(*modules[:-1], last)

    def forward(self, images):
        hidden = self.features_to_hidden(self.img_to_features(images).flatten(1))
        found, code = {}, []
        if hasattr(self, "fc_mean"):
            found["mean"], found["log_variance"] = self.fc_mean(hidden), self.fc_log_var(hidden)
            code.append(found["mean"])
        for i, head in enumerate(getattr(self, "fc_alphas", [])):
            alpha = torch.softmax(head(hidden), dim=1)
            found[f"alpha.{i}"] = alpha
            code.append(nn.functional.one_hot(alpha.argmax(1), alpha.shape[1]).float())
        features = self.latent_to_features(torch.cat(code, 1)).view(-1, 64, 4, 4)
        found["reconstruction"] = self.features_to_img(features)
        return found


def main():
    model, source, target = sys.argv[1:4]
    state = load_file(model) if model.endswith(".safetensors") else torch.load(model, weights_only=True)
    images = load_file(source)["images"]
    discrete = []
    while f"fc_alphas.{len(discrete)}.weight" in state:
        discrete.append(state[f"fc_alphas.{len(discrete)}.weight"].shape[0])
    continuous = state["fc_mean.weight"].shape[0] if "fc_mean.weight" in state else 0
    network = ReferenceNetwork(images.shape[2], images.shape[1], continuous, discrete)
    network.load_state_dict(state, strict=True)
    with torch.no_grad():
        save_file({k: v.contiguous() for k, v in network(images).items()}, target)


if __name__ == "__main__":
    main()
