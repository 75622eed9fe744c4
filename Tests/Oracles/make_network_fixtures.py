"""Known answers for networks of other sizes and widths than the paper's: Tests/Fixtures/networks/*.safetensors.

    python3 make_network_fixtures.py FOLDER [NAME ...]

Every number that enters is a function of its place, so that the files hold answers alone: weights, pixels and noise come
from SplitMix64 (`numbers`). A tensor of answers is kept as its norm and its products with eight vectors of plus and minus
one: the mean square of the products' differences is the square of the tensors' distance. PyTorch computes in float32, as
it trains: where gradients nearly cancel, ten steps of Adam in float64 go a tenth of their way elsewhere.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import nn
from torch.nn import functional as F

PROJECTIONS = 8


def hashes(stream, count):
    """64 bits for each of `count` places of a stream."""
    with np.errstate(over="ignore"):
        x = np.arange(count, dtype=np.uint64) + (np.uint64(stream) << np.uint64(40))
        x = (x + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))


def numbers(stream, count):
    """Uniform from 0 to 1, with 24 bits, which float32 holds."""
    return (hashes(stream, count) >> np.uint64(40)).astype(np.float64) / 2**24


def signs(stream, count):
    """PROJECTIONS vectors of plus and minus one."""
    bits = hashes(stream, count)
    return np.stack([1.0 - 2.0 * ((bits >> np.uint64(k)) & np.uint64(1)).astype(np.float64) for k in range(PROJECTIONS)])


class Halve(nn.Conv2d):
    """A 4x4 convolution of stride 2 and padding 1, an odd side having one more row or column of zeros at its end."""

    def __init__(self, inputs, outputs):
        super().__init__(inputs, outputs, 4, stride=2, padding=1)

    def forward(self, x):
        return super().forward(F.pad(x, (0, x.shape[3] % 2, 0, x.shape[2] % 2)))


class Double(nn.ConvTranspose2d):
    """Its transposed twin, cut to the size that the convolution had."""

    def __init__(self, inputs, outputs, size):
        super().__init__(inputs, outputs, 4, stride=2, padding=1)
        self.size = size

    def forward(self, x):
        return super().forward(x)[:, :, : self.size[0], : self.size[1]]


def same(channels):
    """A 3x3 convolution that keeps height and width."""
    return nn.Conv2d(channels, channels, 3, padding=1)


class Network(nn.Module):
    """`extra` 3x3 convolutions stand behind every halving and before every doubling."""

    def __init__(self, image, channels, decoder, hidden, continuous, discrete, extra=0, activation="relu"):
        super().__init__()
        self.activation = activation
        height, width, colors = image
        sizes = [(height, width)]
        for _ in channels:
            sizes.append(tuple((side + 1) // 2 for side in sizes[-1]))
        self.features = (channels[-1], *sizes[-1])
        count = channels[-1] * sizes[-1][0] * sizes[-1][1]
        down, up = [colors, *channels], [channels[-1], *decoder, colors]
        halvings = [Halve(a, b) for a, b in zip(down, down[1:])]
        self.img_to_features = self.chain(
            [m for halve in halvings for m in (halve, *(same(halve.out_channels) for _ in range(extra)))])
        self.features_to_hidden = self.chain([nn.Linear(a, b) for a, b in zip([count, *hidden], hidden)])
        if continuous:
            self.fc_mean = nn.Linear(hidden[-1], continuous)
            self.fc_log_var = nn.Linear(hidden[-1], continuous)
        if discrete:
            self.fc_alphas = nn.ModuleList(nn.Linear(hidden[-1], k) for k in discrete)
        back = [continuous + sum(discrete), *reversed(hidden), count]
        self.latent_to_features = self.chain([nn.Linear(a, b) for a, b in zip(back, back[1:])])
        targets = sizes[-2::-1]
        doublings = [Double(a, b, size) for a, b, size in zip(up, up[1:], targets)]
        self.features_to_img = self.chain(
            [m for double in doublings for m in (*(same(double.in_channels) for _ in range(extra)), double)])
        del self.features_to_img[-1]  # Losses take logits.

    def chain(self, layers):
        make = nn.ReLU if self.activation == "relu" else lambda: nn.LeakyReLU(0.2)
        return nn.Sequential(*(module for layer in layers for module in (layer, make())))

    def encode(self, images):
        hidden = self.features_to_hidden(self.img_to_features(images).flatten(1))
        mean = self.fc_mean(hidden) if hasattr(self, "fc_mean") else None
        log_variance = self.fc_log_var(hidden) if hasattr(self, "fc_mean") else None
        return mean, log_variance, [torch.softmax(head(hidden), 1) for head in getattr(self, "fc_alphas", [])]

    def decode(self, code):
        return self.features_to_img(self.latent_to_features(code).view(-1, *self.features))


def fan_in(module):
    if isinstance(module, nn.ConvTranspose2d):
        return module.out_channels * 16
    return module.weight[0].numel()


def initialize(network, gain):
    stream = 100
    for module in network.modules():
        if not isinstance(module, (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)):
            continue
        bound = np.float32(gain) / np.sqrt(np.float32(fan_in(module)))
        for tensor in (module.weight, module.bias):
            values = (2 * numbers(stream, tensor.numel()) - 1).astype(np.float32) * bound
            tensor.data = torch.from_numpy(values).reshape(tensor.shape)
            stream += 1


def floats(values):
    return torch.from_numpy(values.astype(np.float32))


def pieces(stream, tensor):
    values = tensor.detach().numpy().astype(np.float64).reshape(-1)
    return np.concatenate([[np.linalg.norm(values)], signs(stream, values.size) @ values])


def capacity(step, steps, ceiling=np.inf):
    return min(5.0 * step / steps, ceiling)


def two_capacities(latents, step, steps):
    """JointVAE's terms."""
    total = 0
    if latents.mean is not None:
        total = total + 30 * (capacity(step, steps) - latents.kl_z).abs()
    if latents.alphas:
        ceiling = sum(np.log(alpha.shape[1]) for alpha in latents.alphas)
        total = total + 30 * (capacity(step, steps, ceiling) - latents.kl_c).abs()
    return total


class Latents:
    """What the terms of a model depend on: a batch's posteriors, its samples z and c, and both KLs."""

    def __init__(self, mean, log_variance, z, alphas, c, kl_z, kl_c):
        self.mean, self.log_variance, self.z, self.alphas, self.c = mean, log_variance, z, alphas, c
        self.kl_z, self.kl_c = kl_z, kl_c

    @property
    def code(self):
        return torch.cat(([] if self.z is None else [self.z]) + self.c, 1)


def draw(network, images, normal_stream, uniform_stream):
    """A batch's latents, with noise from two streams."""
    mean, log_variance, alphas = network.encode(images)
    batch, z, c, kl_z, kl_c = images.shape[0], None, [], torch.zeros(()), torch.zeros(())
    if mean is not None:
        noise = floats(4 * numbers(normal_stream, mean.numel()) - 2).reshape(mean.shape)
        z = mean + torch.exp(log_variance / 2) * noise
        kl_z = (-0.5 * (1 + log_variance - mean**2 - log_variance.exp())).mean(0).sum()
    sizes = [alpha.shape[1] for alpha in alphas]
    uniforms = floats(np.maximum(numbers(uniform_stream, batch * sum(sizes)), 2.0**-24))
    uniforms = uniforms.reshape(batch, sum(sizes)).split(sizes, 1) if sizes else []
    for alpha, uniform in zip(alphas, uniforms):
        gumbel = -torch.log(-torch.log(uniform + 1e-12) + 1e-12)
        c.append(torch.softmax((torch.log(alpha + 1e-12) + gumbel) / 0.67, 1))
        kl_c = kl_c + np.log(alpha.shape[1]) + (alpha * torch.log(alpha + 1e-12)).sum(1).mean()
    return Latents(mean, log_variance, z, alphas, c, kl_z, kl_c)


def pictures(stream, batch, image):
    """A batch of images, [sample, color, y, x]."""
    height, width, colors = image
    pixels = np.floor(256 * numbers(stream, batch * height * width * colors))
    return floats(pixels.reshape(batch, colors, height, width) / 255)


def answers(
    image, channels, decoder, hidden, continuous, discrete, batch, steps, extra=0, activation="relu",
    terms=two_capacities, gain=1,
):
    network = Network(image, channels, decoder, hidden, continuous, discrete, extra, activation)
    initialize(network, gain)
    start = {name: tensor.detach().clone() for name, tensor in network.named_parameters()}
    height, width, _ = image
    area = height * width
    optimizer = torch.optim.Adam(network.parameters(), lr=5e-4)
    found = {"losses": []}
    for step in range(1, steps + 1):
        images = pictures(1000 + step, batch, image)
        latents = draw(network, images, 2000 + step, 3000 + step)
        mean, log_variance, alphas = latents.mean, latents.log_variance, latents.alphas
        kl_z, kl_c = latents.kl_z, latents.kl_c
        logits = network.decode(latents.code)
        reconstruction = F.binary_cross_entropy_with_logits(logits, images) * area
        total = reconstruction + terms(latents, step, steps)
        loss = total / area
        optimizer.zero_grad()
        loss.backward()
        found["losses"].append([x.item() for x in (loss, reconstruction, kl_z, kl_c, total)])
        if step == 1:
            place = torch.cat([mean] * bool(continuous) + [F.one_hot(a.argmax(1), a.shape[1]) for a in alphas], 1)
            rebuilt = torch.sigmoid(network.decode(place)).permute(0, 2, 3, 1)
            found["reconstruction"] = rebuilt.reshape(-1)[:: max(1, rebuilt.numel() // 199)]
            if continuous:
                found["mean"], found["log_variance"] = mean, log_variance
            for i, alpha in enumerate(alphas):
                found[f"alpha.{i}"] = alpha
            for i, (name, parameter) in enumerate(network.named_parameters()):
                found[f"gradient/{name}"] = pieces(5000 + i, parameter.grad)
        optimizer.step()
        if hasattr(terms, "learn"):
            terms.learn(network, image, batch, step)
    for i, (name, parameter) in enumerate(network.named_parameters()):
        found[f"change/{name}"] = pieces(6000 + i, parameter - start[name])
    return {
        name: np.array(value.detach().numpy() if torch.is_tensor(value) else value, dtype=np.float64)
        for name, value in found.items()
    }


# Where float32 and float64 go different ways in PyTorch itself, an answer says nothing of another program. With weights
# of PyTorch's usual size, this network's ten steps differ by 11 % of their length; with half as much again, by 7e-5.
GAINS = {"96x96x3-wide": 1.5}

# Image, channels, the decoder's channels, hidden units, z, c, images a step; extra convolutions, activation.
NETWORKS = {
    "28x28x1": ((28, 28, 1), [32, 64, 64], [32, 32], [256], 10, [10], 6),
    "48x80x3": ((48, 80, 3), [32, 32, 64, 64], [64, 32, 32], [256], 6, [4, 3], 4),
    "31x17x1": ((31, 17, 1), [32, 64, 64], [32, 32], [256], 4, [5], 9),
    "96x96x3-wide": ((96, 96, 3), [64, 128, 256, 256, 256], [256, 256, 128, 64], [512], 8, [6], 2),
    "256x256x1": ((256, 256, 1), [32, 32, 32, 32, 64, 64], [64, 32, 32, 32, 32], [256], 5, [3], 2),
    "20x9x4-hidden": ((20, 9, 4), [64, 96], [64], [128, 64], 3, [], 5),
    "32x32x3-deep": ((32, 32, 3), [32, 64, 64], [32, 32], [256], 6, [5], 4, 1),
    "19x26x1-deep-leaky": ((19, 26, 1), [32, 64, 32], [64, 32], [128], 4, [3], 5, 2, "leaky-relu"),
}


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    steps = 10
    only = set(sys.argv[2:])
    for name, (image, channels, decoder, hidden, continuous, discrete, batch, *more) in NETWORKS.items():
        if only and name not in only:
            continue
        gain = GAINS.get(name, 1)
        tensors = answers(image, channels, decoder, hidden, continuous, discrete, batch, steps, *more, gain=gain)
        metadata = {
            "image": "x".join(map(str, image)), "channels": ",".join(map(str, channels)),
            "decoder": ",".join(map(str, decoder)), "hidden": ",".join(map(str, hidden)),
            "continuous": str(continuous), "discrete": ",".join(map(str, discrete)) or "none",
            "batch": str(batch), "steps": str(steps), "gain": str(gain), "torch": torch.__version__.split("+")[0],
        }
        for key, value in zip(("extra", "activation"), more):
            metadata[key] = str(value)
        save_file(tensors, folder / f"{name}.safetensors", metadata=metadata)
        print(name, tensors["losses"][0], tensors["losses"][-1])


if __name__ == "__main__":
    main()
