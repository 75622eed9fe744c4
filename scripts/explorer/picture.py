"""Records the explorer's page in use, as the moving picture of the README.

    python3 scripts/explorer/picture.py PAGE.html docs/images/explorer.gif

It needs the packages playwright and Pillow, and a Chromium: the one of JOINTVAE_BROWSER, or chromium of PATH.
"""

import io
import os
import pathlib
import shutil
import sys

from PIL import Image
from playwright.sync_api import sync_playwright

WIDTH, HEIGHT, SCALE = 1180, 640, 0.6

# A seven, in parts of the paper.
STROKES = [[(0.3, 0.28), (0.5, 0.27), (0.68, 0.28), (0.6, 0.45), (0.5, 0.62), (0.44, 0.8)]]


def main(source, target):
    browser_path = os.environ.get("JOINTVAE_BROWSER") or shutil.which("chromium")
    frames, times = [], []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(pathlib.Path(source).resolve().as_uri())
        page.wait_for_selector("#facts dd")

        def frame(milliseconds=90, settle=60):
            page.wait_for_timeout(settle)
            shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            frames.append(shot.resize((int(WIDTH * SCALE), int(HEIGHT * SCALE)), Image.LANCZOS))
            times.append(milliseconds)

        page.click("#clear")
        page.evaluate("document.activeElement.blur(); document.getElementById('play').scrollIntoView()")
        page.wait_for_timeout(900)
        frame(700)
        box = page.locator("#paper").bounding_box()
        place = lambda point: (box["x"] + point[0] * box["width"], box["y"] + point[1] * box["height"])
        for stroke in STROKES:
            page.mouse.move(*place(stroke[0]))
            page.mouse.down()
            for start, end in zip(stroke, stroke[1:]):
                for part in (0.5, 1.0):
                    page.mouse.move(*place(tuple(a + part * (b - a) for a, b in zip(start, end))))
                    frame()
            page.mouse.up()
        page.wait_for_timeout(800)
        frame(1200)
        for value in (-1, -0.3, 0.4, 1.1, 1.8, 2.4, 1.7, 0.9):
            page.locator("#latents input[type=range]").first.fill(str(value))
            frame(110, 250)
        for choice in (0, 4, 6):
            page.locator(".choice").nth(choice).click()
            frame(700, 700)
        browser.close()
    # One palette for all frames, so that the ground does not flicker.
    palette = frames[-1].quantize(63, dither=Image.Dither.NONE)
    images = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    images[0].save(target, save_all=True, append_images=images[1:], duration=times, loop=0, optimize=True)
    print(f"{target}: {len(images)} frames, {os.path.getsize(target) / 1e3:.0f} kB")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
