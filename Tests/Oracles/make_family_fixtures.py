"""Known answers for the models beside JointVAE: Tests/Fixtures/family/*.safetensors.

    python3 make_family_fixtures.py FOLDER

The network, the numbers that enter and the form of the answers are those of make_network_fixtures.py. Every model has
its terms here as its paper defines them, with derivatives by autograd.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
import torch
from make_network_fixtures import answers, capacity, draw, pictures, pieces
from safetensors.numpy import save_file
from torch import nn
from torch.nn import functional as F

IMAGES = 500
# Images hardly differ to a network with the usual first weights; terms that compare them would be next to 0.
GAIN = 2.5


def vae(latents, step, steps):
    return latents.kl_z + latents.kl_c


def beta_vae(beta):
    return lambda latents, step, steps: beta * (latents.kl_z + latents.kl_c)


def cci_vae(latents, step, steps):
    return 30 * (capacity(step, steps) - latents.kl_z - latents.kl_c).abs()


def total_correlation(latents, weights):
    """The mean of log q(z) - sum log q(z_d), the densities being mixtures with these weights [sample, posterior]."""
    posteriors = torch.distributions.Normal(latents.mean[None], torch.exp(latents.log_variance[None] / 2))
    densities = posteriors.log_prob(latents.z[:, None])
    joint = torch.logsumexp(weights + densities.sum(2), 1)
    marginals = torch.logsumexp(weights[:, :, None] + densities, 1).sum(1)
    return (joint - marginals).mean()


def stratified(batch, images):
    """Chen et al. 2018, appendix C.2: the sample's own posterior, one other with the rest, and all further ones alike."""
    others = batch - 1
    weights = torch.full((batch, batch), 1 / others, dtype=torch.float64)
    for i in range(batch):
        weights[i, i] = 1 / images
        weights[i, (i + 1) % batch] = (images - others) / (images * others)
    return weights.log().float()


def weighted(batch, images):
    return torch.full((batch, batch), -math.log(batch * images))


def beta_tcvae(beta, weights):
    def terms(latents, step, steps):
        batch = latents.z.shape[0]
        return latents.kl_z + (beta - 1) * total_correlation(latents, weights(batch, IMAGES))

    return terms


def dip_vae(off_diagonal, diagonal, of_samples):
    def terms(latents, step, steps):
        covariance = torch.cov(latents.mean.T, correction=0)
        if of_samples:
            covariance = covariance + torch.diag(latents.log_variance.exp().mean(0))
        own = torch.diagonal(covariance)
        others = covariance - torch.diag(own)
        return latents.kl_z + off_diagonal * (others**2).sum() + diagonal * ((own - 1) ** 2).sum()

    return terms


class Random:
    """Philox4x32-10 (Salmon et al. 2011), as the package draws from it: words are a function of seed and counter."""

    def __init__(self, seed):
        self.key = (seed & 0xFFFFFFFF, seed >> 32)

    def words(self, *counter):
        x, key = list(counter), list(self.key)
        for _ in range(10):
            first, second = x[0] * 0xD2511F53, x[2] * 0xCD9E8D57
            x = [
                (second >> 32) ^ x[1] ^ key[0], second & 0xFFFFFFFF,
                (first >> 32) ^ x[3] ^ key[1], first & 0xFFFFFFFF,
            ]
            key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
        return x


class FactorVAE:
    """Kim and Mnih 2018, algorithm 2, with a discriminator of `units` in each of six hidden layers."""

    WEIGHTS, EXCHANGE = 9, 10

    def __init__(self, continuous, discrete, weight, units, seed=1):
        self.weight, self.random = weight, Random(seed)
        self.sizes = [1] * continuous + discrete
        widths = [sum(self.sizes)] + [units] * 6 + [2]
        layers = []
        for inputs, outputs in zip(widths, widths[1:]):
            layers += [nn.Linear(inputs, outputs), nn.LeakyReLU(0.2)]
        self.network = nn.Sequential(*layers[:-1])
        for index, parameter in enumerate(self.network.parameters()):
            bound = np.float32(1) / np.sqrt(np.float32(widths[index // 2]))
            words = [w for n in range(-(-parameter.numel() // 4)) for w in self.random.words(n, index, 0, self.WEIGHTS)]
            uniforms = np.array([(w >> 8) / 2**24 for w in words[: parameter.numel()]], dtype=np.float32)
            parameter.data = torch.from_numpy((2 * uniforms - 1) * bound).reshape(parameter.shape)
        self.start = [parameter.detach().clone() for parameter in self.network.parameters()]
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=1e-4, betas=(0.5, 0.9))
        self.values = []

    def __call__(self, latents, step, steps):
        self.code = latents.code.detach()
        logits = self.network(latents.code)
        value = (logits[:, 0] - logits[:, 1]).mean()
        self.values.append(value.item())
        return latents.kl_z + latents.kl_c + self.weight * value

    def learn(self, network, image, batch, step):
        """The discriminator's step, on the codes of the model's batch and on exchanged ones of another."""
        with torch.no_grad():
            other = draw(network, pictures(4000 + step, batch, image), 4200 + step, 4400 + step).code
        columns = []
        for variable, column in enumerate(other.split(self.sizes, 1)):
            order = list(range(batch))
            for last in range(batch - 1, 0, -1):
                words = self.random.words(last, variable, step, self.EXCHANGE)
                place = ((words[0] << 32 | words[1]) * (last + 1)) >> 64
                order[last], order[place] = order[place], order[last]
            columns.append(column[order])
        ones = torch.ones(batch, dtype=torch.int64)
        as_is = F.cross_entropy(self.network(self.code), 0 * ones)
        exchanged = F.cross_entropy(self.network(torch.cat(columns, 1)), ones)
        self.optimizer.zero_grad()
        (0.5 * (as_is + exchanged)).backward()
        self.optimizer.step()

    def answers(self):
        found = {"total_correlation": np.array(self.values)}
        for index, (parameter, start) in enumerate(zip(self.network.parameters(), self.start)):
            name = f"{index // 2}.{'bias' if index % 2 else 'weight'}"
            found[f"discriminator/{name}"] = pieces(7000 + index, parameter - start)
        return found


# z, c, the model as files hold it, its terms.
MODELS = {
    "vae": (3, [4], {"name": "vae"}, vae),
    "beta-vae": (4, [], {"name": "beta-vae", "beta": 4}, beta_vae(4)),
    "beta-vae-joint": (3, [4, 2], {"name": "beta-vae", "beta": 2.5}, beta_vae(2.5)),
    "cci-vae": (4, [], {"name": "cci-vae"}, cci_vae),
    "cci-vae-joint": (3, [4], {"name": "cci-vae"}, cci_vae),
    "beta-tcvae": (5, [], {"name": "beta-tcvae", "beta": 6, "sampling": "stratified"}, beta_tcvae(6, stratified)),
    "beta-tcvae-weighted": (3, [], {"name": "beta-tcvae", "beta": 3, "sampling": "weighted"}, beta_tcvae(3, weighted)),
    "dip-vae-1": (5, [], {"name": "dip-vae-1", "offDiagonal": 10, "diagonal": 100}, dip_vae(10, 100, False)),
    "dip-vae-2": (4, [], {"name": "dip-vae-2", "offDiagonal": 20, "diagonal": 5}, dip_vae(20, 5, True)),
    "factor-vae": (
        5, [], {"name": "factor-vae", "totalCorrelationWeight": 60, "discriminatorUnits": 48}, FactorVAE(5, [], 60, 48)
    ),
    "factor-vae-joint": (
        3, [4], {"name": "factor-vae", "totalCorrelationWeight": 60, "discriminatorUnits": 32}, FactorVAE(3, [4], 60, 32)
    ),
}


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    image, channels, decoder, hidden, batch, steps = (16, 16, 1), [32, 32], [32], [64], 7, 10
    for name, (continuous, discrete, model, terms) in MODELS.items():
        tensors = answers(image, channels, decoder, hidden, continuous, discrete, batch, steps, terms=terms, gain=GAIN)
        if hasattr(terms, "answers"):
            tensors.update(terms.answers())
        metadata = {
            "image": "x".join(map(str, image)), "channels": ",".join(map(str, channels)),
            "decoder": ",".join(map(str, decoder)), "hidden": ",".join(map(str, hidden)),
            "continuous": str(continuous), "discrete": ",".join(map(str, discrete)) or "none",
            "batch": str(batch), "steps": str(steps), "torch": torch.__version__.split("+")[0],
            "model": json.dumps(model), "images": str(IMAGES), "gain": str(GAIN),
        }
        save_file(tensors, folder / f"{name}.safetensors", metadata=metadata)
        print(name, tensors["losses"][0], tensors["losses"][-1])


if __name__ == "__main__":
    main()
