"""Looks at the pages of runs in a headless browser: what axe-core finds, and whether they fit.

    python3 Tests/browser/report_test.py .build/release/jointvae [--screenshots FOLDER]

It needs the packages playwright and axe-playwright-python and a Chromium: the one of JOINTVAE_BROWSER, or chromium of PATH.
"""

import os
import pathlib
import subprocess
import sys

from support import LOOKS, Page, check, main


def test_accessible(browser, pages, _):
    """axe-core finds no violation in pages of runs in either theme and width, and none is wider than the window."""
    for name, path in pages.items():
        for theme, width in LOOKS:
            with Page(browser, path, width, theme) as page:
                found = page.violations()
                check(not found, f"{name}, {theme}, {width} pixels: {found}")
                check(page.ask("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width} pixels")
                check(not page.messages, f"{name} said {page.messages}")


def test_quiet(browser, pages, _):
    """Pages of runs ask for nothing but themselves."""
    for name, path in pages.items():
        with Page(browser, path) as page:
            check(all(r.startswith(("file:", "data:")) for r in page.requests), f"{name} asked for {page.requests}")


def write_pages(program, folder):
    """Pages of a run that was not measured, of one that was, and of several."""
    def call(*arguments):
        return subprocess.run([program, *arguments], check=True, capture_output=True, cwd=folder).stdout

    def train(run, *settings):
        call("train", "shapes", "--steps", "12", "--limit", "64", "--batch-size", "16", "--image-size", "16",
             "--checkpoint-every", "6", "--log-every", "3", "--out", run, *settings)

    # A long name makes the command on the page long.
    plain = "a-run-with-a-name-that-is-longer-than-the-screen-of-a-telephone-is-wide"
    train(plain)
    for seed in ("1", "2"):
        train(f"seed-{seed}", "--seed", seed)
        scores = call("evaluate", f"seed-{seed}", "--limit", "40", "--json")
        pathlib.Path(folder, f"seed-{seed}", "evaluation.json").write_bytes(scores)
    call("report", "seed-1", "-o", "measured.html")
    call("report", plain, "seed-1", "seed-2", "-o", "several.html")
    return {
        "plain": os.path.join(folder, plain, "report.html"), "measured": os.path.join(folder, "measured.html"),
        "several": os.path.join(folder, "several.html"),
    }


def show(browser, pages, _, folder):
    for name, path in pages.items():
        for theme, width in LOOKS:
            with Page(browser, path, width, theme) as page:
                page.page.screenshot(path=f"{folder}/report-{name}-{theme}-{width}.png", full_page=True)


if __name__ == "__main__":
    sys.exit(main(__doc__, globals(), show, write_pages))
