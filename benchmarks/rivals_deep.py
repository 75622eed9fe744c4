"""Methods of clustering that train a network, in PyTorch, for rivals.py. They are short: what is published trains for hundreds of
epochs on a graphics processor."""

import numpy

# rivals.py sets these from its options. A step of IIC takes ten times as long as one of the others.
EPOCHS = 50
IIC_EPOCHS = 5
# Smaller sets get more epochs, so that all networks see as many images.
EPOCH_IMAGES = 20_000
BFLOAT16 = False
THREADS = 1
BATCH = 256


def begin(torch, seed):
    torch.manual_seed(seed)
    # UMAP sets another number for the whole process, with which a network of one thread trains ten times as long.
    torch.set_num_threads(THREADS)


def layers(torch):
    """Matrix products and convolutions in 16 bits, sums and weights in 32, where the option says so."""
    return torch.autocast("cpu", torch.bfloat16, enabled=BFLOAT16)


def passes(epochs, images):
    return range(max(1, round(epochs * EPOCH_IMAGES / len(images))))


def batches(torch, images, seed, epoch):
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(seed * 1000 + epoch))
    for start in range(0, len(images) - BATCH + 1, BATCH):
        yield images[order[start : start + BATCH]]


def dense_network(nn, widths):
    layers = []
    for a, b in zip(widths, widths[1:]):
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def autoencoder(train, dimension, seed):
    """The dense autoencoder of DEC (Xie et al. 2016), which N2D and VaDE share."""
    import torch
    from torch import nn

    begin(torch, seed)
    values = train.pixels.shape[1]
    encoder = dense_network(nn, [values, 500, 500, 2000, dimension])
    decoder = dense_network(nn, [dimension, 2000, 500, 500, values])
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], 1e-3)
    images = torch.from_numpy(train.pixels)
    for epoch in passes(EPOCHS, images):
        for batch in batches(torch, images, seed, epoch):
            optimizer.zero_grad()
            with layers(torch):
                logits = decoder(encoder(batch)).float()
            nn.functional.binary_cross_entropy_with_logits(logits, batch).backward()
            optimizer.step()
    return encoder, decoder


def n2d(train, test, count, seed):
    """N2D (McConville et al. 2019): an autoencoder, UMAP of its codes, and a Gaussian mixture."""
    import torch
    import umap
    from sklearn.mixture import GaussianMixture

    encoder, _ = autoencoder(train, count, seed)
    with torch.no_grad():
        learned, measured = (encoder(torch.from_numpy(images.pixels)).numpy() for images in (train, test))
    manifold = umap.UMAP(n_components=count, n_neighbors=20, min_dist=0.0, random_state=seed).fit(learned)
    mixture = GaussianMixture(count, random_state=seed, reg_covar=1e-4).fit(manifold.embedding_)
    embedded = manifold.embedding_ if test is train else manifold.transform(measured)
    return mixture.predict(embedded)


def vade(train, test, count, seed):
    """VaDE (Jiang et al. 2017): a VAE whose prior is a Gaussian mixture that begins as that of an autoencoder's codes."""
    import torch
    from sklearn.mixture import GaussianMixture
    from torch import nn

    dimension = 10
    encoder, decoder = autoencoder(train, dimension, seed)
    images = torch.from_numpy(train.pixels)
    with torch.no_grad():
        start = GaussianMixture(count, covariance_type="diag", n_init=3, random_state=seed).fit(encoder(images).numpy())
    log_variance = nn.Linear(2000, dimension)
    nn.init.zeros_(log_variance.weight)
    nn.init.constant_(log_variance.bias, -2)
    weights = nn.Parameter(torch.from_numpy(numpy.log(start.weights_)).float())
    centers = nn.Parameter(torch.from_numpy(start.means_).float())
    spreads = nn.Parameter(torch.from_numpy(numpy.log(start.covariances_)).float())
    parameters = [*encoder.parameters(), *decoder.parameters(), *log_variance.parameters(), weights, centers, spreads]
    optimizer = torch.optim.Adam(parameters, 1e-3)
    body, head = encoder[:-1], encoder[-1]

    def log_joint(codes):
        """log p(c) p(z | c), [image, cluster]."""
        square = (codes[:, None] - centers) ** 2 / spreads.exp()
        density = -0.5 * (square + spreads + numpy.log(2 * numpy.pi)).sum(2)
        return weights.log_softmax(0) + density

    for epoch in passes(EPOCHS, images):
        for batch in batches(torch, images, seed, len(passes(EPOCHS, images)) + epoch):
            with layers(torch):
                hidden = body(batch)
                mean, variance = head(hidden).float(), log_variance(hidden).float()
                codes = mean + (0.5 * variance).exp() * torch.randn_like(mean)
                logits = decoder(codes).float()
            cost = nn.functional.binary_cross_entropy_with_logits(logits, batch, reduction="sum")
            # KL(q(z, c | x) || p(z, c)) with q(c | x) = p(c | z) at the sample, as published.
            shares = log_joint(codes).softmax(1)
            square = (variance.exp()[:, None] + (mean[:, None] - centers) ** 2) / spreads.exp()
            cross = 0.5 * (spreads + square).sum(2)
            cost = cost + (shares * (cross + (shares + 1e-10).log() - weights.log_softmax(0))).sum()
            cost = cost - 0.5 * (1 + variance).sum()
            optimizer.zero_grad()
            (cost / len(batch)).backward()
            optimizer.step()
    with torch.no_grad():
        return log_joint(encoder(torch.from_numpy(test.pixels))).argmax(1).numpy()


def iic(train, test, count, seed):
    """IIC (Ji et al. 2019): a convolutional network whose clusters of an image and of a distorted one share the most information;
    five heads of its own, and five with five times as many clusters, in turn."""
    import torch
    from torch import nn

    begin(torch, seed)
    side = train.side
    body, channels = [], [train.pixels.shape[1] // side**2, 64, 128, 256]
    for a, b in zip(channels, channels[1:]):
        body += [nn.Conv2d(a, b, 4, stride=2, padding=1), nn.BatchNorm2d(b), nn.ReLU()]
    network = nn.Sequential(*body, nn.Flatten()).to(memory_format=torch.channels_last)
    features = channels[-1] * (side // 8) ** 2
    heads = nn.ModuleList(nn.Linear(features, count) for _ in range(5))
    larger = nn.ModuleList(nn.Linear(features, 5 * count) for _ in range(5))
    optimizer = torch.optim.Adam([*network.parameters(), *heads.parameters(), *larger.parameters()], 1e-4)

    def shaped(images):
        return torch.from_numpy(images.pixels).view(-1, side, side, channels[0]).permute(0, 3, 1, 2).contiguous()

    def distorted(images):
        size = len(images)
        angle = (torch.rand(size) * 2 - 1) * numpy.radians(25)
        scale = 1 + (torch.rand(size, 2) * 2 - 1) * 0.2
        matrix = torch.zeros(size, 2, 3)
        matrix[:, 0, 0], matrix[:, 0, 1] = angle.cos() * scale[:, 0], -angle.sin()
        matrix[:, 1, 0], matrix[:, 1, 1] = angle.sin(), angle.cos() * scale[:, 1]
        matrix[:, :, 2] = (torch.rand(size, 2) * 2 - 1) * 0.2
        grid = nn.functional.affine_grid(matrix, images.shape, align_corners=False)
        return nn.functional.grid_sample(images, grid, align_corners=False)

    def information(first, second):
        """The mutual information of two clusterings, from their probabilities."""
        joint = first.T @ second
        joint = ((joint + joint.T) / (2 * len(first))).clamp_min(1e-12)
        rows, columns = joint.sum(1, keepdim=True), joint.sum(0, keepdim=True)
        return (joint * (joint.log() - rows.log() - columns.log())).sum()

    images = shaped(train)

    def cost(own, other, chosen):
        return -sum(information(head(own).softmax(1), head(other).softmax(1)) for head in chosen) / len(chosen)

    for epoch in passes(IIC_EPOCHS, images):
        for chosen in (larger, heads):
            for batch in batches(torch, images, seed, epoch):
                optimizer.zero_grad()
                with layers(torch):
                    own, other = (network(part).float() for part in (batch, distorted(batch)))
                cost(own, other, chosen).backward()
                optimizer.step()
    network.eval()
    with torch.no_grad():
        # The head with the most information on the training images is taken, which needs no labels.
        sample = images[:4000]
        own, other = network(sample), network(distorted(sample))
        best = max(heads, key=lambda head: information(head(own).softmax(1), head(other).softmax(1)).item())
        parts = [best(network(part)).argmax(1) for part in shaped(test).split(1000)]
        return torch.cat(parts).numpy()


METHODS = {"n2d": n2d, "vade": vade, "iic": iic}
