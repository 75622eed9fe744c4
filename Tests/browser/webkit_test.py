"""Opens the explorer's page in WebKitGTK: the first pictures, and numbers that have to be the same to the bit.

    python3 Tests/browser/webkit_test.py .build/release/jointvae [--screenshot FILE.png]

It needs WebKitWebDriver, MiniBrowser and xvfb-run (Debian: webkit2gtk-driver, xvfb).
"""

import argparse
import base64
import contextlib
import glob
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from support import check, numbers_script, run_tests

# What the page has loaded, and what it says is wrong.
OBSERVED = """return {
  requests: performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !/^(blob|data):/.test(name)),
  notice: document.getElementById('notice').textContent,
}"""


@contextlib.contextmanager
def group(command, **streams):
    """A program and all that it starts, for a while: xvfb-run leaves its programs behind when it is ended."""
    process = subprocess.Popen(command, start_new_session=True, **streams)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


class WebKit:
    """A MiniBrowser that WebDriver drives (the W3C's protocol)."""

    def __init__(self, mini_browser, port):
        self.mini_browser, self.port = mini_browser, port
        self.wait_for_driver()
        options = {"binary": mini_browser, "args": ["--automation"]}
        wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{session['sessionId']}"
        self.version = session["capabilities"].get("browserVersion")

    def wait_for_driver(self):
        for _ in range(200):
            with contextlib.suppress(OSError):
                self.call("GET", "/status")
                return
            time.sleep(0.05)
        raise RuntimeError("WebKitWebDriver does not answer")

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(
                method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            value = json.loads(answer.read())["value"]
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{value['error']}: {value['message']}")
        return value

    def open(self, path):
        self.call("POST", f"{self.session}/url", {"url": pathlib.Path(path).resolve().as_uri()})

    def ask(self, script):
        return self.call("POST", f"{self.session}/execute/sync", {"script": script, "args": []})

    def wait_for(self, promise):
        script = f"const done = arguments[0]; ({promise}).then(value => done({{ value }}), error => done({{ error: String(error) }}))"
        result = self.call("POST", f"{self.session}/execute/async", {"script": script, "args": []})
        check("error" not in result, result.get("error"))
        return result["value"]

    def ready(self):
        for _ in range(400):
            if self.ask("return document.getElementById('facts').childElementCount"):
                return
            time.sleep(0.05)
        raise AssertionError("the page never showed what it knows of a drawing")

    def console(self, path, seconds, until=None):
        """What a page writes to the console in so many seconds, or until a line holds a text; and how long that took.

        A browser that is driven does not tell.
        """
        started, lines = time.monotonic(), []
        command = ["xvfb-run", "-a", self.mini_browser, "--enable-write-console-messages-to-stdout=true",
                   pathlib.Path(path).resolve().as_uri()]
        with tempfile.NamedTemporaryFile("r", errors="replace") as output:
            with open(output.name, "w") as file, group(command, stdout=file, stderr=file):
                while time.monotonic() - started < seconds and not (until and any(until in line for line in lines)):
                    time.sleep(0.1)
                    output.seek(0)
                    lines = [line for line in output.read().splitlines() if " CONSOLE " in line]
        return lines, time.monotonic() - started

    def screenshot(self, path):
        pathlib.Path(path).write_bytes(base64.b64decode(self.call("GET", f"{self.session}/screenshot")))

    def close(self):
        self.call("DELETE", self.session)


def test_page(browser, page, _):
    """The page draws, and asks for nothing."""
    started = time.monotonic()
    browser.open(page)
    browser.ready()
    print(f"  WebKitGTK {browser.version}: first picture after {time.monotonic() - started:.2f} s")
    time.sleep(1)
    seen = browser.ask(OBSERVED)
    check(not seen["requests"], f"the page asked for {seen['requests']}")
    check(not seen["notice"], seen["notice"])
    before = browser.ask("return document.getElementById('picture').toDataURL()")
    browser.ask("""const slider = document.querySelector('#latents input[type=range]');
      slider.value = 2; slider.dispatchEvent(new Event('input', { bubbles: true }))""")
    time.sleep(0.5)
    check(browser.ask("return document.getElementById('picture').toDataURL()") != before, "a slider changes the picture")


def test_numbers(browser, page, folder):
    """Codes, probabilities and pictures of 100 images have the bits of the program's baseline kernels."""
    browser.open(page)
    browser.ready()
    for kind, differing in browser.wait_for(numbers_script(os.path.join(folder, "numbers.json"))).items():
        check(set(differing.values()) == {0} and len(differing) == 4, f"the {kind} engine differs: {differing}")


def test_console(browser, page, folder):
    """The page writes nothing to the console, where a page that does is seen."""
    loud = os.path.join(folder, "loud.html")
    pathlib.Path(loud).write_text("<script>console.log('a word of the test')</script>")
    lines, seconds = browser.console(loud, 60, until="a word of the test")
    check(len(lines) == 1, f"the console is not seen: {lines}")
    lines, _ = browser.console(page, 8 + 2 * seconds)
    check(not lines, f"the page said {lines}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--only", default="", help="run the tests whose names hold this")
    parser.add_argument("--screenshot", help="also write a picture of the page to this file")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program)
    browsers = sorted(glob.glob("/usr/lib/*/webkit2gtk-4.1/MiniBrowser"))
    if not browsers or not shutil.which("WebKitWebDriver") or not shutil.which("xvfb-run"):
        print("no WebKitGTK (webkit2gtk-driver, xvfb): its tests are skipped")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        page = os.path.join(folder, "digits.html")
        subprocess.run([program, "explore", "mnist", "-o", page], check=True, capture_output=True)
        result = subprocess.run([program, "generate", "numbers"], check=True, capture_output=True)
        pathlib.Path(folder, "numbers.json").write_bytes(result.stdout)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with group(["xvfb-run", "-a", "WebKitWebDriver", f"--port={port}"], **quiet):
            browser = WebKit(browsers[-1], port)
            failures = run_tests(globals(), arguments.only, browser, page, folder)
            if arguments.screenshot:
                browser.open(page)
                browser.ready()
                time.sleep(2)
                browser.screenshot(arguments.screenshot)
            browser.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
