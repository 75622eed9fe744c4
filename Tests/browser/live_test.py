"""Follows a training in a headless browser: the page of train --live, what can go wrong, and what axe-core finds.

    python3 Tests/browser/live_test.py .build/release/jointvae [--screenshots FOLDER]

It needs what explorer_test.py needs.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

from support import LOOKS, Page, check, main


class Training:
    """A training that goes on until it is told to stop, and the address of its page."""

    def __init__(self, program, folder, *settings, steps=1_000_000):
        self.folder = tempfile.mkdtemp(dir=folder)
        self.errors = open(os.path.join(self.folder, "errors"), "w+")
        self.process = subprocess.Popen(
            [program, "train", "shapes", "--live", "--out", "run", "--steps", str(steps), "--limit", "400",
             "--batch-size", "16", "--log-every", "5", "--validation", "40", "--threads", "1", *settings],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        self.address = None
        for _ in range(400):
            with open(self.errors.name) as errors:
                found = re.search(r"http://127[.]0[.]0[.]1:(\d+)/[0-9a-f]{32}/", errors.read())
            if found:
                self.address, self.port = found.group(), int(found.group(1))
                return
            time.sleep(0.05)
        raise RuntimeError("no address was printed")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.errors.close()

    def stop(self):
        """Ends it as Ctrl-C does; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.communicate(timeout=300)
        return self.process.returncode


DRAWN = "!document.getElementById('pictures').hidden && document.querySelectorAll('#curves figure.chart').length > 0"


def number(page):
    """The step that the page shows."""
    return int(re.search(r"Step\n([\d,]+) of", page.text("#numbers")).group(1).replace(",", ""))


def test_follows(browser, program, folder):
    """Curves, pictures and numbers change while the training goes on; the end stays on the page."""
    with Training(program, folder) as training, Page(browser, training.address) as page:
        page.wait(DRAWN, 60)
        first = number(page)
        pictures = page.text("#pictures-note")
        check(all(page.ask(f"document.getElementById('{name}').naturalWidth > 0 && document.getElementById('{name}').alt.length > 20")
                  for name in ("samples", "reconstructions", "traversals")), "each picture is there, with a text")
        check(page.ask("[...document.querySelectorAll('#curves svg[role=img]')].every(e => e.getAttribute('aria-label').length > 20)"),
              "each chart has a text")
        check(page.ask("document.querySelectorAll('#rows li').length") > 1, "rows of the latents have labels")
        page.wait(f"document.getElementById('pictures-note').textContent !== {pictures!r}", 60)
        check(number(page) > first, "the step grows")
        # A reader at a chart keeps it.
        page.page.focus("#curves svg[tabindex]")
        page.ask("document.querySelector('#curves svg[tabindex]').mark = 1")
        page.page.keyboard.press("ArrowLeft")
        check("at step" in page.text("#curves figure.chart >> nth=0"), "arrow keys read a chart")
        pictures = page.text("#pictures-note")
        page.wait(f"document.getElementById('pictures-note').textContent !== {pictures!r}", 60)
        check(page.ask("document.querySelector('#curves svg[tabindex]').mark === 1"), "a chart that is read stays")
        page.ask("document.activeElement.blur()")
        page.page.mouse.move(1, 1)
        page.wait("document.querySelector('#curves svg[tabindex]').mark !== 1", 60)
        # A pause holds all.
        page.page.click("#pause")
        held = page.text("#numbers")
        page.page.wait_for_timeout(1500)
        check(page.text("#numbers") == held, "a pause holds the page")
        page.page.click("#pause")
        page.wait(f"document.getElementById('numbers').innerText !== {held!r}", 10)
        check(training.stop() == 130, "the training was stopped")
        page.wait("!document.getElementById('end').hidden", 60)
        check("stopped" in page.text("#end-title") and "run/explorer.html" in page.text("#end-files"), page.text("#end"))
        page.page.wait_for_timeout(4000)
        check(not page.messages, f"the page said {page.messages}")
        outside = [url for url in page.requests if not url.startswith((training.address, "data:"))]
        check(not outside, f"the page asked for {outside}")
        with Page(browser, os.path.join(training.folder, "run", "explorer.html")) as left:
            left.ready()
            left.page.wait_for_timeout(500)
            check(not left.messages, f"the page that stays said {left.messages}")


def test_end(browser, program, folder):
    """A training that comes to its end says so, and the page's last numbers are its last."""
    with Training(program, folder, steps=300) as training, Page(browser, training.address) as page:
        page.wait("!document.getElementById('end').hidden", 120)
        check("finished" in page.text("#end-title"), page.text("#end-title"))
        check(number(page) == 300 and "step 300" in page.text("#pictures-note"), page.text("#numbers"))
        check(not page.messages, f"the page said {page.messages}")


def test_restarts(browser, program, folder):
    """The page follows the seeds one after the other."""
    settings = ("--restarts", "2", "--restart-steps", "250")
    with Training(program, folder, *settings, steps=400) as training, Page(browser, training.address) as page:
        page.wait("document.getElementById('introduction').textContent.includes('Seed 2')", 120)
        page.wait("!document.getElementById('end').hidden", 120)
        check(page.text("#title") == "run", page.text("#title"))
        check(not page.messages, f"the page said {page.messages}")


def test_killed(browser, program, folder):
    """A program that is killed leaves a page that says so."""
    with Training(program, folder) as training, Page(browser, training.address) as page:
        page.wait(DRAWN, 60)
        training.process.kill()
        page.wait("document.getElementById('connection').textContent.includes('does not answer')", 30)
        check(page.ask(DRAWN), "what was shown stays")


def test_strangers(browser, program, folder):
    """Pages of other origins, addresses without the token, and other names of this machine get nothing."""
    with Training(program, folder) as training:
        foreign = os.path.join(folder, "foreign.html")
        with open(foreign, "w") as file:
            file.write("<!DOCTYPE html><title>foreign</title><iframe></iframe>")
        with Page(browser, foreign) as page:
            for path in ("", "events"):
                read = page.ask(f"fetch('{training.address}{path}').then(r => r.text()).catch(() => 'nothing')")
                check(read == "nothing", f"a foreign page reads {read[:80]}")
            framed = page.ask(f"""new Promise(done => {{
              const frame = document.querySelector('iframe');
              frame.onload = () => {{ try {{ done(frame.contentDocument.body.innerText); }} catch {{ done('nothing'); }} }};
              frame.src = '{training.address}';
            }})""")
            check(framed == "nothing", f"a foreign page shows {framed[:80]}")
        with Page(browser, f"http://127.0.0.1:{training.port}/") as page:
            check("lacks its token" in page.text("body"), page.text("body"))
        with Page(browser, training.address.replace("127.0.0.1", "localhost")) as page:
            page.wait(DRAWN, 60)
            check(not page.messages, f"the page said {page.messages}")


def test_accessible(browser, program, folder):
    """axe-core finds no violation in either theme and width, before the first message, in the middle and at the end."""
    with contextlib.ExitStack() as stack:
        training = stack.enter_context(Training(program, folder))
        pages = [
            (theme, width, stack.enter_context(Page(browser, training.address, width, theme)))
            for theme, width in LOOKS]
        for when in ("training", "ended"):
            for theme, width, page in pages:
                page.wait(DRAWN if when == "training" else "!document.getElementById('end').hidden", 60)
                found = page.violations()
                check(not found, f"{when}, {theme}, {width} pixels: {found}")
                check(page.ask("document.documentElement.scrollWidth") <= width, f"{when} is wider than {width} pixels")
            if when == "training":
                training.stop()


def show(browser, program, folder, pictures):
    with Training(program, folder) as training:
        for theme, width in LOOKS:
            with Page(browser, training.address, width, theme) as page:
                page.wait(DRAWN, 60)
                page.page.wait_for_timeout(6000)
                page.page.screenshot(path=f"{pictures}/live-{theme}-{width}.png", full_page=True)


if __name__ == "__main__":
    sys.exit(main(__doc__, globals(), show))
