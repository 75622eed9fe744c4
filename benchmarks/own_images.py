#!/usr/bin/env python3
"""Draws the folders on which the recipe for anyone's images is tried: 60 photo-like pictures, 300 drawings, 20 photos,
1,000 drawings.

Every picture follows from a seed. Needs numpy.

    python3 benchmarks/own_images.py FOLDER
"""
import struct
import sys
import zlib
from pathlib import Path

import numpy as np


def write_png(path, pixels):
    """Writes bytes [y, x] or [y, x, 3] as a PNG."""
    height, width = pixels.shape[:2]
    color = 2 if pixels.ndim == 3 else 0
    rows = b"".join(b"\0" + pixels[y].tobytes() for y in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, color, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 6))
        + chunk(b"IEND", b""))


def noise(random, height, width, cells):
    """Smooth noise from -1 to 1 with about `cells` bumps a side."""
    grid = random.uniform(-1, 1, (cells + 2, cells + 2))
    y = np.linspace(0, cells, height)[:, None]
    x = np.linspace(0, cells, width)[None, :]
    i, j = y.astype(int), x.astype(int)
    u, v = y - i, x - j
    u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
    top = grid[i, j] * (1 - v) + grid[i, j + 1] * v
    bottom = grid[i + 1, j] * (1 - v) + grid[i + 1, j + 1] * v
    return top * (1 - u) + bottom * u


def photo(random):
    """A scene: sky, ground with a texture, one to three things in light from one side."""
    width, height = random.choice([(320, 240), (240, 320), (300, 300), (400, 225)])
    y, x = np.mgrid[0:height, 0:width] / height
    horizon = random.uniform(0.35, 0.75) + 0.05 * noise(random, 1, width, 4)
    sky = random.uniform(90, 235, 3) + (random.uniform(-80, 60, 3)) * y[..., None]
    sky += 25 * noise(random, height, width, 5)[..., None]
    ground = random.uniform(40, 180, 3) + random.uniform(-40, 60, 3) * y[..., None]
    texture = sum(noise(random, height, width, c) / k for k, c in [(1, 8), (2, 24), (3, 60)])
    ground = ground + random.uniform(5, 35) * texture[..., None]
    image = np.where((y < horizon)[..., None], sky, ground)
    light = random.uniform(-1, 1)
    for _ in range(random.integers(1, 4)):
        cx, cy = random.uniform(0.2, width / height - 0.2), random.uniform(0.3, 0.8)
        size = random.uniform(0.1, 0.3)
        color = random.uniform(20, 250, 3)
        dx, dy = (x - cx) / size, (y - cy) / size
        kind = random.integers(4)
        if kind == 0:  # a ball
            inside = dx**2 + dy**2 < 1
            shade = 0.55 + 0.45 * np.clip(light * dx - 0.6 * dy, -1, 1)
        elif kind == 1:  # a box with two sides
            inside = (abs(dx) < 0.9) & (abs(dy) < 0.7)
            shade = np.where(dx < light * 0.5, 1.0, 0.6) * np.ones_like(dy)
        elif kind == 2:  # a tree
            crown = (dx**2 + (dy + 0.4) ** 2 + 0.2 * noise(random, height, width, 20)) < 0.6
            trunk = (abs(dx) < 0.12) & (dy > 0) & (dy < 1)
            inside = crown | trunk
            shade = np.where(crown, 0.8 + 0.3 * noise(random, height, width, 30), 0.5)
        else:  # a roof
            inside = (dy > -1) & (dy < 0.2) & (abs(dx) < (dy + 1)) | (abs(dx) < 0.7) & (abs(dy - 0.6) < 0.4)
            shade = np.where(dy < 0.2, 0.7, 1.0)
        image = np.where(inside[..., None], color * shade[..., None], image)
    image += random.normal(0, 4, image.shape)
    return np.clip(image, 0, 255).astype(np.uint8)


def drawing(random):
    """Dark strokes on white paper: a house, a fish, a flower, a boat or a face."""
    side = 128
    page = np.full((side, side), 250.0)
    y, x = np.mgrid[0:side, 0:side].astype(float)
    scale, ox, oy = random.uniform(0.8, 1.2), random.uniform(-12, 12), random.uniform(-12, 12)
    turn = random.uniform(-0.2, 0.2)
    pen = random.uniform(1.5, 3.5)

    def stroke(points):
        points = [np.array(p) * 45 * scale for p in points]
        rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        points = [rotation @ p + random.normal(0, 1, 2) + (64 + ox, 64 + oy) for p in points]
        for (ax, ay), (bx, by) in zip(points, points[1:]):
            dx, dy = bx - ax, by - ay
            t = np.clip(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy + 1e-9), 0, 1)
            distance = np.hypot(x - ax - t * dx, y - ay - t * dy)
            np.minimum(page, 250 - 230 * np.clip(pen - distance + 0.5, 0, 1), out=page)

    def ring(cx, cy, rx, ry, n=24):
        a = np.linspace(0, 2 * np.pi, n + 1)
        stroke([(cx + rx * np.cos(t), cy + ry * np.sin(t)) for t in a])

    kind = random.integers(5)
    if kind == 0:
        stroke([(-0.7, 0.8), (-0.7, -0.1), (0.7, -0.1), (0.7, 0.8), (-0.7, 0.8)])
        stroke([(-0.9, -0.1), (0, -0.9), (0.9, -0.1)])
        stroke([(-0.15, 0.8), (-0.15, 0.3), (0.2, 0.3), (0.2, 0.8)])
    elif kind == 1:
        ring(-0.1, 0, 0.7, random.uniform(0.3, 0.5))
        stroke([(0.6, 0), (1, -0.4), (1, 0.4), (0.6, 0)])
        ring(-0.5, -0.1, 0.06, 0.06, 8)
    elif kind == 2:
        petals = random.integers(5, 8)
        for k in range(petals):
            a = 2 * np.pi * k / petals
            ring(0.4 * np.cos(a), -0.35 + 0.4 * np.sin(a), 0.18, 0.18, 12)
        stroke([(0, 0), (0, 1)])
        stroke([(0, 0.6), (0.35, 0.4)])
    elif kind == 3:
        stroke([(-0.9, 0.4), (0.9, 0.4), (0.6, 0.8), (-0.6, 0.8), (-0.9, 0.4)])
        stroke([(0, 0.4), (0, -0.9), (0.7, 0.2), (0, 0.2)])
    else:
        ring(0, 0, 0.8, 0.85)
        ring(-0.3, -0.2, 0.1, 0.1, 10)
        ring(0.3, -0.2, 0.1, 0.1, 10)
        smile = random.uniform(-0.25, 0.3)
        stroke([(-0.4, 0.35), (0, 0.35 + smile), (0.4, 0.35)])
    return np.clip(page + random.normal(0, 2, page.shape), 0, 255).astype(np.uint8)


def write(folder, count, draw, seed):
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        write_png(folder / f"{number:03}.png", draw(np.random.default_rng([seed, number])))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = Path(sys.argv[1])
    write(root / "photos", 60, photo, 1)
    write(root / "drawings", 300, drawing, 2)
    write(root / "few", 20, photo, 3)
    write(root / "thousand", 1_000, drawing, 4)
