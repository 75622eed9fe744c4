"""A JointVAE in PyTorch, as the reference computes it, for comparisons of speed only."""

import time

import torch
from torch import nn
from torch.nn import functional


def same(channels, count):
    """3x3 convolutions that keep height and width."""
    return [layer for _ in range(count) for layer in (nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU())]


class PeerModel(nn.Module):
    """Encoder, latent variables and decoder for square images of 32 or 64 pixels: the paper's network, or that with 3x3
    convolutions (deep), or a wide one."""

    def __init__(self, image_size, channels, continuous, discrete, temperature=0.67, network="paper"):
        super().__init__()
        self.continuous = continuous
        self.discrete = discrete
        self.temperature = temperature
        large = image_size == 64
        down = [channels, 32] + ([32] if large else []) + [64, 64]
        up = [64] + ([64] if large else []) + [32, 32, channels]
        units = 256
        if network == "wide":
            down = [channels, 64, 128] + ([256] if large else []) + [256]
            up, units = down[:0:-1] + [channels], 512
        extra = 1 if network == "deep" else 0
        layers = []
        for a, b in zip(down, down[1:]):
            layers += [nn.Conv2d(a, b, 4, stride=2, padding=1), nn.ReLU(), *same(b, extra)]
        self.encoder = nn.Sequential(*layers)
        self.features = down[-1]
        count = 16 * self.features
        self.hidden = nn.Sequential(nn.Linear(count, units), nn.ReLU())
        self.mean = nn.Linear(units, continuous)
        self.log_variance = nn.Linear(units, continuous)
        self.alphas = nn.ModuleList(nn.Linear(units, k) for k in discrete)
        self.latent = nn.Sequential(
            nn.Linear(continuous + sum(discrete), units), nn.ReLU(), nn.Linear(units, count), nn.ReLU()
        )
        layers = []
        for a, b in zip(up, up[1:]):
            layers += [*same(a, extra), nn.ConvTranspose2d(a, b, 4, stride=2, padding=1), nn.ReLU()]
        layers[-1] = nn.Sigmoid()
        self.decoder = nn.Sequential(*layers)

    def encode(self, images):
        hidden = self.hidden(self.encoder(images).flatten(1))
        alphas = [functional.softmax(head(hidden), dim=1) for head in self.alphas]
        return self.mean(hidden), self.log_variance(hidden), alphas

    def decode(self, latents):
        return self.decoder(self.latent(latents).view(-1, self.features, 4, 4))

    def forward(self, images):
        mean, log_variance, alphas = self.encode(images)
        parts = [mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)]
        for alpha in alphas:
            gumbel = -torch.log(-torch.log(torch.rand_like(alpha) + 1e-12) + 1e-12)
            parts.append(functional.softmax((torch.log(alpha + 1e-12) + gumbel) / self.temperature, 1))
        return self.decode(torch.cat(parts, 1)), mean, log_variance, alphas


def objective(images, output, capacities, weight=30.0):
    """The reference's loss: reconstruction and both KL terms against their capacities."""
    reconstruction, mean, log_variance, alphas = output
    pixels = images.shape[2] * images.shape[3]
    loss = functional.binary_cross_entropy(reconstruction, images) * pixels
    kl = -0.5 * (1 + log_variance - mean.pow(2) - log_variance.exp()).mean(0).sum()
    loss = loss + weight * torch.abs(capacities[0] - kl)
    if alphas:
        entropies = [
            torch.log(torch.tensor(float(a.shape[1]))) + (a * torch.log(a + 1e-12)).sum(1).mean()
            for a in alphas
        ]
        loss = loss + weight * torch.abs(capacities[1] - sum(entropies))
    return loss / pixels


class PeerTraining:
    """Training steps on random images, timed one by one.

    The optimizer is the fused Adam, one kernel for all tensors. channels_last is the order of the pixels that
    convolutions on processors like best.
    """

    def __init__(
        self, image_size, channels, batch_size, continuous, discrete, threads, compiled, channels_last, network="paper"
    ):
        torch.set_num_threads(threads)
        torch.manual_seed(1)
        order = torch.channels_last if channels_last else torch.contiguous_format
        self.model = PeerModel(image_size, channels, continuous, discrete, network=network).to(memory_format=order)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=5e-4, fused=True)
        self.images = torch.rand(batch_size, channels, image_size, image_size).contiguous(memory_format=order)

        def loss(images, capacities):
            return objective(images, self.model(images), capacities)

        self.loss = torch.compile(loss) if compiled else loss
        self.capacities = torch.tensor([1.0, 1.0])

    def step(self):
        self.optimizer.zero_grad()
        self.loss(self.images, self.capacities).backward()
        self.optimizer.step()

    def run(self, steps):
        """Milliseconds of each of `steps` steps."""
        return [milliseconds(self.step) for _ in range(steps)]


class PeerInference:
    """Encoding and decoding without gradients, in batches of `batch` images."""

    def __init__(self, image_size, channels, continuous, discrete, threads, compiled, channels_last, batch):
        torch.set_num_threads(threads)
        torch.manual_seed(1)
        # Batches of several sizes are compiled one by one, each for its own size.
        torch._dynamo.config.recompile_limit = 64
        self.batch = batch
        self.settings = ("channels_last" if channels_last else "contiguous") + f", batch {batch}"
        self.format = torch.channels_last if channels_last else torch.contiguous_format
        self.model = PeerModel(image_size, channels, continuous, discrete).eval().to(memory_format=self.format)
        self.shape = (channels, image_size, image_size)
        self.dimension = continuous + sum(discrete)
        wrap = (lambda function: torch.compile(function, dynamic=False)) if compiled else (lambda function: function)
        self.encode, self.decode = wrap(self.model.encode), wrap(self.model.decode)

    def work(self, count):
        """Functions that encode `count` random images and decode as many codes."""
        images = torch.rand(count, *self.shape).contiguous(memory_format=self.format)
        codes = torch.randn(count, self.dimension)
        starts = range(0, count, self.batch)

        def run(function, inputs):
            with torch.inference_mode():
                for i in starts:
                    function(inputs[i : i + self.batch])

        return (lambda: run(self.encode, images)), (lambda: run(self.decode, codes))


def milliseconds(work):
    """How long a call takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3
