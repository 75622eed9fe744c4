"""What the browser tests share: a page with everything that it asks for and says, and a list of tests to run."""

import argparse
import contextlib
import os
import pathlib
import shutil
import signal
import sys
import tempfile

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright


class Page:
    """A page from a file or an address, with everything that it asked for and said."""

    def __init__(self, browser, path, width=1280, theme="light", script=None):
        self.context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900}, color_scheme=theme, accept_downloads=True)
        self.page = self.context.new_page()
        self.messages, self.requests = [], []
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(f"error: {error}"))
        self.page.on("request", lambda request: self.requests.append(request.url))
        if script:
            self.page.add_init_script(script)
        self.page.goto(path if path.startswith("http:") else pathlib.Path(path).resolve().as_uri())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def ask(self, expression):
        return self.page.evaluate(expression)

    def wait(self, expression, seconds=20):
        for _ in range(seconds * 50):
            if self.ask(expression):
                return self
            self.page.wait_for_timeout(20)
        raise AssertionError(f"never became true: {expression}")

    def ready(self):
        return self.wait("document.getElementById('facts').childElementCount > 0")

    def violations(self):
        """What axe-core finds: rules, and the elements that break them."""
        results = Axe().run(self.page)
        return [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in results.response["violations"]]

    def text(self, selector):
        return self.page.inner_text(selector)

    def picture(self, name="picture"):
        return self.ask(f"document.getElementById('{name}').toDataURL()")


def check(condition, sentence):
    if not condition:
        raise AssertionError(sentence)


def numbers_script(path):
    """A script that resolves to the numbers of the page's first model that differ from those in a file, by engine."""
    script = pathlib.Path(__file__).parent.parent / "JointVAEExplorerTests" / "page" / "differences.js"
    return f"""(async () => {{
      {script.read_text()}
      const part = id => document.getElementById(id).textContent, engine = JointVAEEngine;
      const info = JSON.parse(part('contents')).models[0], results = {{}};
      const scalar = engine.bytes(part('engine-scalar'));
      for (const [kind, first] of [['vector', engine.bytes(part('engine-vector'))], ['scalar', new Uint8Array(8)]]) {{
        const made = await engine.instantiate(first, scalar);
        if (made.isVector !== (kind === 'vector')) throw new Error(`the browser took another engine than ${{kind}}`);
        const weights = engine.weights(engine.bytes(part('weights-0')).buffer, info);
        results[kind] = differences(engine, new engine.Network(made.module, info, weights), {pathlib.Path(path).read_text()});
      }}
      return results;
    }})()"""


def chromium():
    """The Chromium of JOINTVAE_BROWSER, or chromium of PATH; None without one."""
    return os.environ.get("JOINTVAE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")


def run_tests(tests, only, *arguments):
    """Runs the functions whose names begin with test_ and hold `only`; how many failed."""
    failures = 0
    for name, test in list(tests.items()):
        if not name.startswith("test_") or only not in name:
            continue
        try:
            test(*arguments)
            print(f"passed: {test.__doc__}", flush=True)
        except Exception as error:
            failures += 1
            print(f"FAILED: {name}: {error}", flush=True)
    return failures


def main(document, tests, show, prepare=lambda program, folder: program):
    """Runs tests in Chromium with what `prepare` makes of the program; `show` makes screenshots. The exit code."""
    parser = argparse.ArgumentParser(description=document.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--only", default="", help="run the tests whose names hold this")
    parser.add_argument("--screenshots", help="also write screenshots of the whole page to this folder")
    arguments = parser.parse_args()
    # Programs that tests have started end with them, also when those are told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    executable = chromium()
    if not executable:
        print("no Chromium: the browser tests are skipped")
        return 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        prepared = prepare(os.path.abspath(arguments.program), folder)
        with contextlib.closing(play.chromium.launch(executable_path=executable, args=["--no-sandbox"])) as browser:
            failures = run_tests(tests, arguments.only, browser, prepared, folder)
            if arguments.screenshots:
                os.makedirs(arguments.screenshots, exist_ok=True)
                show(browser, prepared, folder, arguments.screenshots)
    return 1 if failures else 0


# The looks in which pages are tried and shown.
LOOKS = [(theme, width) for theme in ("light", "dark") for width in (1280, 390)]
