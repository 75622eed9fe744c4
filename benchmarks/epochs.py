"""Trains MNIST for some epochs with jointvae and with PyTorch in turn, from the files to the model.

    python3 benchmarks/epochs.py .build/release/jointvae FOLDER [--epochs 2] [--turns 3]

FOLDER holds MNIST's four IDX files. PyTorch does what the reference implementation does: torchvision's MNIST, resized to
32x32 and turned into a tensor image by image, a shuffling DataLoader, the reference's loss, Adam. Both write their model.
Time a run of 1 epoch and of several to part what is spent once from what an epoch costs.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time

try:
    import torch
    from torch.utils.data import DataLoader
    from torchvision import transforms

    from pytorch_peer import PeerModel, objective
except ImportError as error:
    sys.exit(f"epochs.py: {error}; install it, for example with: python3 -m pip install torch torchvision")


class Files(torch.utils.data.Dataset):
    """MNIST's files as torchvision's own data set hands them out: a PIL image after the other."""

    def __init__(self, folder):
        from gzip import open as unzip
        from pathlib import Path

        path = next(p for p in Path(folder).iterdir() if p.name.startswith("train-images"))
        with (unzip if path.suffix == ".gz" else open)(path, "rb") as file:
            self.images = torch.frombuffer(bytearray(file.read()[16:]), dtype=torch.uint8).view(-1, 28, 28)
        self.transform = transforms.Compose([transforms.Resize(32), transforms.ToTensor()])

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        from PIL import Image

        return self.transform(Image.fromarray(self.images[index].numpy(), mode="L"))


def train_pytorch(folder, epochs, threads, workers):
    torch.set_num_threads(threads)
    loader = DataLoader(Files(folder), batch_size=64, shuffle=True, num_workers=workers)
    model = PeerModel(32, 1, 10, [10])
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-4)
    step = 0
    for _ in range(epochs):
        for images in loader:
            optimizer.zero_grad()
            capacity = min(5.0, 5.0 * step / 25_000)
            objective(images, model(images), (capacity, min(capacity, 2.302585))).backward()
            optimizer.step()
            step += 1
    with tempfile.TemporaryFile() as file:
        torch.save(model.state_dict(), file)


def train_ours(program, folder, epochs, threads):
    with tempfile.TemporaryDirectory() as out:
        command = [program, "train", "mnist", "--recipe", "paper", "--data", folder, "--epochs", str(epochs)]
        command += ["--out", f"{out}/run", "--threads", str(threads)]
        # An empty environment: no cache of an earlier turn.
        subprocess.run(command, check=True, capture_output=True, env={})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=0, help="processes of PyTorch's loader; 0 is its default")
    options = parser.parse_args()
    times = {"jointvae": [], "PyTorch": []}
    for _ in range(options.turns):
        for name, train in [
            ("jointvae", lambda: train_ours(options.program, options.folder, options.epochs, options.threads)),
            ("PyTorch", lambda: train_pytorch(options.folder, options.epochs, options.threads, options.workers)),
        ]:
            start = time.perf_counter()
            train()
            times[name].append(time.perf_counter() - start)
    for name, values in times.items():
        print(f"{name:10} {statistics.median(values):7.2f} s median, {min(values):7.2f} s minimum")
    ratios = [b / a for a, b in zip(times["jointvae"], times["PyTorch"])]
    print(f"PyTorch takes {statistics.median(ratios):.2f} times as long ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
