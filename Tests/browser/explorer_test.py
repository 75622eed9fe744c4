"""Drives the explorer's page in a headless browser: what a reader does, what can go wrong, and what axe-core finds.

    python3 Tests/browser/explorer_test.py .build/release/jointvae [--screenshots FOLDER]

It needs the packages playwright and axe-playwright-python and a Chromium: the one of JOINTVAE_BROWSER, or chromium of PATH.
"""

import json
import os
import pathlib
import statistics
import struct
import subprocess
import sys
import zlib

from support import LOOKS, Page, check, main, numbers_script


def test_quiet(browser, pages, _):
    """A page asks no host for anything and says nothing."""
    for name in ("digits", "several", "map"):
        with Page(browser, pages[name]) as page:
            page.ready()
            page.page.wait_for_timeout(1500)
            outside = [url for url in page.requests if not url.startswith(("file:", "data:", "blob:"))]
            check(not outside, f"{name} asked for {outside}")
            check(not page.messages, f"{name} said {page.messages}")


def test_numbers(browser, pages, folder):
    """Codes, probabilities and pictures of 100 images have the bits of the program's baseline kernels."""
    with Page(browser, pages["digits"]) as page:
        page.ready()
        for kind, differing in page.ask(numbers_script(os.path.join(folder, "numbers.json"))).items():
            check(set(differing.values()) == {0} and len(differing) == 4, f"the {kind} engine differs: {differing}")
        check(not page.messages, f"the engine said {page.messages}")


def test_drawing(browser, pages, _):
    """Strokes change the code and the picture; undo and clear take them back."""
    with Page(browser, pages["digits"]) as page:
        page.ready()
        page.page.click("#clear")
        page.page.wait_for_timeout(200)
        empty = page.picture()
        box = page.page.locator("#paper").bounding_box()
        page.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.2)
        page.page.mouse.down()
        page.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8, steps=12)
        page.page.mouse.up()
        page.page.wait_for_timeout(300)
        check(page.picture() != empty, "a stroke changes the picture")
        chosen = page.ask("document.querySelector('.choice[aria-pressed=true]').textContent")
        check(chosen == "1", f"an upright stroke is a 1, not {chosen}")
        page.page.click("#undo")
        page.page.wait_for_timeout(300)
        check(page.picture() == empty, "undo takes a stroke back")


def test_keyboard(browser, pages, _):
    """Every control by keyboard alone: drawing, sliders, categories."""
    with Page(browser, pages["digits"]) as page:
        page.ready()
        before = page.picture()
        page.page.focus("#latents input[type=range]")
        for _ in range(60):
            page.page.keyboard.press("ArrowRight")
        page.page.wait_for_timeout(300)
        check(page.picture() != before, "arrow keys move a slider")
        page.page.focus(".choice >> nth=5")
        page.page.keyboard.press("Enter")
        page.page.wait_for_timeout(300)
        check(page.ask("document.querySelectorAll('.choice')[5].getAttribute('aria-pressed')") == "true", "enter chooses")
        page.page.focus("#paper")
        drawn = page.picture("seen")
        page.page.keyboard.press("Escape")
        for key in [" "] + ["ArrowDown"] * 6 + [" "]:
            page.page.keyboard.press(key)
        page.page.wait_for_timeout(300)
        check(page.picture("seen") != drawn, "keys draw")
        # Tab reaches every button that is shown, and the focus can be seen.
        seen = set()
        page.ask("document.activeElement.blur()")
        for _ in range(300):
            page.page.keyboard.press("Tab")
            name = page.ask("(e => e === document.body ? '' : (e.id || e.className) + [...document.querySelectorAll('*')].indexOf(e))(document.activeElement)")
            if name in seen:
                break
            seen.add(name)
        shown = page.ask("[...document.querySelectorAll('button, input, select, canvas[tabindex]')].filter(e => e.checkVisibility() && !e.disabled).length")
        check(len(seen) >= shown, f"tab reaches {len(seen)} of {shown} controls")


def test_locks(browser, pages, _):
    """A locked latent keeps its value while the drawing changes."""
    with Page(browser, pages["digits"]) as page:
        page.ready()
        page.page.locator("#latents .lock").first.click()
        value = page.text("#latents output >> nth=0")
        other = page.text("#latents output >> nth=1")
        for _ in range(3):
            page.page.click("#example")
            page.page.wait_for_timeout(250)
        check(page.text("#latents output >> nth=0") == value, "a lock keeps a latent")
        check(page.text("#latents output >> nth=1") != other, "another latent changes")


def png(width, height, data=b"", color=0):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, color, 0, 0, 0))
            + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def test_uploads(browser, pages, _):
    """Pictures are prepared as the model's images; others are refused in a sentence."""
    paper = bytearray()
    for y in range(40):
        paper += b"\0" + bytes(0 if 17 <= x <= 21 and 6 <= y <= 33 else 255 for x in range(40))
    cases = [
        ("huge.png", png(60000, 60000), "60000 x 60000 pixels; expected at most 100 million"),
        ("words.txt", b"no picture", "no image that this browser can read"),
        ("empty.png", b"", "no image that this browser can read"),
        ("ink.png", png(40, 40, zlib.compress(bytes(paper))), "40 x 40 pixels"),
    ]
    with Page(browser, pages["digits"]) as page:
        page.ready()
        for name, data, expected in cases:
            page.page.set_input_files("#file", {"name": name, "mimeType": "image/png", "buffer": data})
            page.wait(f"document.getElementById('draw-note').textContent.includes({json.dumps(expected)})")
        page.page.wait_for_timeout(300)
        check(page.ask("document.getElementById('swap').checked"), "dark ink on light paper is exchanged")
        chosen = page.ask("document.querySelector('.choice[aria-pressed=true]').textContent")
        check(chosen == "1", f"a dark stroke on paper is a 1, not {chosen}")
        check(not page.messages, f"uploads said {page.messages}")


def test_several(browser, pages, _):
    """Models share the drawing and their sliders."""
    with Page(browser, pages["several"]) as page:
        page.ready()
        check(page.ask("document.querySelectorAll('.column').length") == 3, "a column for each model")
        page.page.click("#tabs button >> nth=1")
        page.page.wait_for_timeout(800)
        check(page.ask("document.querySelectorAll('#tabs button')[1].getAttribute('aria-checked')") == "true", "a tab chooses")
        before = page.ask("[...document.querySelectorAll('.column > canvas')].map(c => c.toDataURL())")
        page.page.locator("#latents input[type=range]").first.fill("2.5")
        page.page.wait_for_timeout(500)
        after = page.ask("[...document.querySelectorAll('.column > canvas')].map(c => c.toDataURL())")
        check(before[1] != after[1], "a slider moves the model that is shown")
        check(any(before[i] != after[i] for i in (0, 2)), "a slider moves other models, too")
        check(not page.messages, f"several models said {page.messages}")


def test_map(browser, pages, _):
    """Points of a data set: hovering shows an image, a click takes it, colors follow the labels."""
    with Page(browser, pages["map"]) as page:
        page.ready()
        page.wait("document.getElementById('map-note').textContent.includes('placed by their codes')", 60)
        page.page.wait_for_timeout(500)
        page.page.locator("#map").scroll_into_view_if_needed()
        page.page.focus("#map")
        page.page.keyboard.press("ArrowRight")
        page.wait("!document.getElementById('map-hover').hidden")
        before = page.picture("seen")
        page.page.keyboard.press("ArrowLeft")
        page.page.keyboard.press("Enter")
        page.page.wait_for_timeout(500)
        check(page.picture("seen") != before, "enter takes the image of a point")
        check(page.ask("document.querySelectorAll('#nearest-images button').length") == 6, "nearest images are shown")
        for axis in ("p0", "z0"):
            page.page.select_option("#map-x", axis)
        page.page.select_option("#map-color", "label")
        check(page.ask("document.querySelectorAll('#map-legend > span').length") > 1, "a legend names the labels")
        check(not page.messages, f"the map said {page.messages}")


def test_names(browser, pages, folder):
    """Names that are given are saved with the page, as text."""
    with Page(browser, pages["digits"]) as page:
        page.ready()
        page.page.click("#names-card summary")
        page.page.fill("#names input >> nth=0", "<b>slant</b></script>")
        with page.page.expect_download() as download:
            page.page.click("#save")
        saved = os.path.join(folder, "saved.html")
        download.value.save_as(saved)
    with Page(browser, saved) as page:
        page.ready()
        check(page.text(".latent-name >> nth=0") == "<b>slant</b></script>", "the saved page has the name")
        check(not page.messages, f"the saved page said {page.messages}")


def test_tour(browser, pages, _):
    """Five steps, with the model's own numbers."""
    for name in ("digits", "no-categories", "no-sliders"):
        with Page(browser, pages[name]) as page:
            page.ready()
            page.page.click("#start-tour")
            for step in range(5):
                check(page.text("#tour-count") == f"{step + 1} of 5", "the steps are counted")
                check(page.ask("document.getElementById('tour-paper').href").startswith("https://arxiv.org/abs/"), "a step names its source")
                check("undefined" not in page.text("#tour") and "NaN" not in page.text("#tour"), page.text("#tour"))
                page.page.click("#tour-next")
            check(not page.page.is_visible("#tour"), "the tour ends")
            check(not page.messages, f"the tour said {page.messages}")


def test_odd_models(browser, pages, _):
    """Models without discrete or continuous latents, of many categories, in color, with alpha, of 128 pixels, not square."""
    for name in ("no-categories", "no-sliders", "sixty", "color", "alpha", "large", "odd", "markup", "foreign"):
        for width in (1280, 390):
            with Page(browser, pages[name], width=width) as page:
                page.ready()
                page.page.wait_for_timeout(700)
                for button in ("#example", "#from-prior", "#reset", "#from-drawing", "#clear", "#middle"):
                    page.page.click(button)
                page.page.wait_for_timeout(400)
                check(not page.messages, f"{name} said {page.messages}")
                check(page.ask("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width} pixels")
                check(page.ask("document.querySelectorAll('#app b, #app i, #app img').length") == 0, "names are text")


def test_alpha(browser, pages, _):
    """Pictures of a model with alpha are transparent where it says so, also on the paper and back; others are opaque."""
    alphas = """(id => {
      const canvas = document.getElementById(id), { width, height } = canvas;
      const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
      return [...Array(width * height).keys()].map(n => data[4 * n + 3]);
    })"""
    with Page(browser, pages["alpha"]) as page:
        page.ready()
        page.page.click("#example")
        page.page.wait_for_timeout(400)
        # Disks that fade: opaque in the middle, nothing in the corners.
        seen = page.ask(f"{alphas}('seen')")
        check(seen[0] == 0 and seen[16 * 32 + 16] > 250, f"the encoder sees alphas of {min(seen)} to {max(seen)}")
        check(min(page.ask(f"{alphas}('picture')")) < 255, "the picture has the decoder's alpha")
        check(set(page.ask(f"{alphas}('difference')")) == {255}, "differences are opaque")
        check(page.ask("document.getElementById('picture').classList.contains('see-through')"), "squares show through")
        page.page.click("#clear")
        page.page.wait_for_timeout(300)
        check(set(page.ask(f"{alphas}('seen')")) == {0}, "empty paper is transparent")
        page.page.click("#undo")
        page.page.wait_for_timeout(300)
        check(page.ask(f"{alphas}('seen')") == seen, "the picture is back")
        # The browser has a word on canvases that this test reads again and again.
        said = [message for message in page.messages if "willReadFrequently" not in message]
        check(not said, f"it said {said}")
    with Page(browser, pages["color"]) as page:
        page.ready()
        check(set(page.ask(f"{alphas}('picture')")) == {255}, "pictures without alpha are opaque")
        check(page.ask("document.querySelectorAll('.see-through').length") == 0, "no squares without alpha")


def test_damage(browser, pages, folder):
    """A file that was cut off or damaged, a browser without vector instructions or without WebAssembly."""
    html = pathlib.Path(pages["digits"]).read_text()
    for share in (0.02, 0.3, 0.7, 0.95, 0.995):
        cut = os.path.join(folder, "cut.html")
        pathlib.Path(cut).write_text(html[:int(len(html) * share)])
        with Page(browser, cut) as page:
            page.wait("document.getElementById('notice') && !document.getElementById('notice').hidden || document.body.innerText.includes('cut')", 5)
    start = html.index('id="weights-0">') + len('id="weights-0">')
    damaged = os.path.join(folder, "damaged.html")
    pathlib.Path(damaged).write_text(html[:start] + html[start + 4000:])
    with Page(browser, damaged) as page:
        page.wait("document.getElementById('notice').textContent.includes('damaged')")
    scalar = "const validate = WebAssembly.validate; WebAssembly.validate = () => false;"
    # A worker has a WebAssembly of its own, so the page has to compute in its own thread here.
    with Page(browser, pages["digits"], script=scalar + "delete window.Worker;") as page:
        page.ready()
        slow = page.picture()
    with Page(browser, pages["digits"], script="delete window.Worker;") as page:
        page.ready()
        check(len(slow) > 100, "the engine without vector instructions draws")
    with Page(browser, pages["digits"], script="delete window.Worker; delete window.WebAssembly;") as page:
        page.wait("document.getElementById('notice').textContent.includes('WebAssembly')")


def test_speed(browser, pages, _):
    """From a stroke to code and picture: the median of 40."""
    for name, limit in (("digits", 16), ("large", 60)):
        with Page(browser, pages[name]) as page:
            page.ready()
            page.page.wait_for_timeout(2500)
            times = page.ask("""async () => {
              const paper = document.getElementById('paper'), box = paper.getBoundingClientRect(), times = [];
              const send = (type, x) => paper.dispatchEvent(new PointerEvent(type, { pointerId: 1, bubbles: true, clientX: box.left + x, clientY: box.top + 80 }));
              send('pointerdown', 40);
              for (let n = 0; n < 40; n++) {
                const target = document.getElementById('facts'), start = performance.now();
                const changed = new Promise(done => new MutationObserver((_, o) => { o.disconnect(); done(); }).observe(target, { childList: true }));
                send('pointermove', 40 + 3 * n);
                await changed;
                times.push(performance.now() - start);
                await new Promise(done => setTimeout(done, 40));
              }
              send('pointerup', 160);
              return times;
            }""")
            median = statistics.median(times)
            print(f"  {name}: {median:.1f} ms from a stroke to code and picture (median of {len(times)}), expected below {limit}")
            if os.environ.get("JOINTVAE_TIMING"):
                check(median < limit, f"{name} takes {median:.1f} ms")


def test_accessible(browser, pages, _):
    """axe-core finds no violation in either theme and width."""
    for name in ("digits", "several", "map"):
        for theme, width in LOOKS:
            with Page(browser, pages[name], width, theme) as page:
                page.ready()
                page.page.wait_for_timeout(1500)
                check(not page.violations(), f"{name}, {theme}, {width} pixels: {page.violations()}")


def write_pages(program, folder):
    """The pages of the tests, by name."""
    def explore(name, *arguments):
        path = os.path.join(folder, f"{name}.html")
        subprocess.run([program, "explore", *arguments, "-o", path], check=True, capture_output=True, cwd=folder)
        return path

    # Colored bars, for models of images that are not generated.
    photos = os.path.join(folder, "photos")
    os.makedirs(photos)
    for number in range(16):
        pixels = bytes((x * number + y * c) % 256 for y in range(64) for x in range(64) for c in range(3))
        pathlib.Path(photos, f"{number}.ppm").write_bytes(b"P6 64 64 255\n" + pixels)

    # Disks that fade into nothing.
    stickers = os.path.join(folder, "stickers")
    os.makedirs(stickers)
    for number in range(16):
        rows = b"".join(b"\0" + b"".join(
            bytes((40 + 12 * number, 200, 255 - 12 * number, max(0, 255 - 2 * ((x - 16) ** 2 + (y - 16) ** 2))))
            for x in range(32)) for y in range(32))
        pathlib.Path(stickers, f"{number}.png").write_bytes(png(32, 32, zlib.compress(rows), color=6))

    numbers = subprocess.run([program, "generate", "numbers"], check=True, capture_output=True).stdout
    pathlib.Path(folder, "numbers.json").write_bytes(numbers)

    def model(name, *settings, data="shapes"):
        run = os.path.join(folder, "runs", name)
        subprocess.run(
            [program, "train", data, "--steps", "1", "--limit", "16", "--batch-size", "8", "--out", run, *settings],
            check=True, capture_output=True, cwd=folder)
        return run

    markup = model("markup", "--discrete", "2")
    subprocess.run([program, "name", markup, "0=<img src=x onerror=alert(1)>", "1=</script><b>x"], check=True,
                   capture_output=True)
    return {
        "digits": explore("digits", "mnist"),
        "several": explore("several", "mnist", "fashion-mnist", "shapes"),
        "map": explore("map", "shapes", "--data", "shapes", "--images", "300"),
        "no-categories": explore("no-categories", model("no-categories", "--discrete", "none", "--continuous", "3")),
        "no-sliders": explore("no-sliders", model("no-sliders", "--continuous", "0", "--discrete", "5")),
        "sixty": explore("sixty", model("sixty", "--discrete", "60,1")),
        "color": explore("color", model("color", "--rgb", data=photos)),
        "alpha": explore("alpha", model("alpha", "--rgb", "--alpha", "keep", data=stickers), "--data", stickers),
        "foreign": explore("foreign", "mnist", "--data", photos),
        "large": explore("large", model("large", "--image-size", "128", data=photos)),
        "odd": explore("odd", model("odd", "--image-size", "24x45", data=photos)),
        "markup": explore("markup", markup),
    }


def show(browser, pages, _, folder):
    for name in ("digits", "several", "map", "alpha"):
        for theme, width in LOOKS:
            with Page(browser, pages[name], width, theme) as page:
                page.ready()
                page.page.wait_for_timeout(2500)
                page.page.screenshot(path=f"{folder}/{name}-{theme}-{width}.png", full_page=True)


if __name__ == "__main__":
    sys.exit(main(__doc__, globals(), show, write_pages))
