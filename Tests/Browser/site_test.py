"""Exports notebooks with nbrun and uses the pages in a headless Chromium as readers do.

    python3 site_test.py NBRUN [PICTURES]

Exits with 1 and names what failed; with PICTURES, a folder, screenshots are left there to look at.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from chromium import Chromium

ROOT = pathlib.Path(__file__).resolve().parents[2]

NOTEBOOK = """# Spirals

```yaml {.nbrun-data #spirals}
spirals: {classes: 3, examples: 120, noise: 0.1}
```

```yaml {.nbrun-model #net}
preset: mlp
features: 2
hidden: [16, 16]
classes: 3
```

```yaml {.nbrun-train #run}
model: net
data: spirals
steps: 20
batch: 8
optimizer: {adamw: {lr: 0.01}}
```

## A table

| name | size | time |
| :-- | --: | --: |
| b | 1.5 GiB | 2.0 s |
| a | 900.00 MiB | 30 ms |
| c | 1 024.00 MiB | – |
| **total** | 9 GiB | 1 s |
"""

HOSTILE = """# <script>window.hacked = 1</script>

<script>window.hacked = 2</script>

<img src=x onerror="window.hacked = 3"> [x](javascript:window.hacked=4)

<svg onload="window.hacked = 5"><a href="javascript:1">x</a></svg>

![x](https://example.invalid/x.png) <iframe src="https://example.invalid"></iframe>

![x](evil.svg)

</main></body><script>window.hacked = 6</script>

```yaml {.nbrun-train #x}
model: </code></pre><script>window.hacked = 7</script>
```
"""

EVIL = """<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9">
<style></style>
<script>parent.hacked = 8; window.hacked = 8</script>
</svg>
"""

# The lowest contrast of a text to its ground (WCAG 2.2, 1.4.3), over all texts that are shown.
CONTRAST = """(() => {
const channels = c => c.match(/[\\d.]+/g).map(Number);
const level = ([r, g, b]) => [r, g, b].map(v => v / 255)
  .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
let worst = [99, ''];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || element.closest('svg, script, .skip')) continue;
  if (!element.checkVisibility()) continue;
  let ground = element;
  while (ground && channels(getComputedStyle(ground).backgroundColor)[3] === 0)
    ground = ground.parentElement;
  const a = level(channels(getComputedStyle(element).color));
  const b = level(channels(getComputedStyle(ground || document.body).backgroundColor));
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < worst[0]) worst = [contrast, walker.currentNode.data.trim().slice(0, 30)];
}
return worst;
})()"""

failures = []


def check(holds, what):
    print(("ok    " if holds else "FAILS ") + what)
    if not holds:
        failures.append(what)


def centre(browser, selector):
    """The middle of an element, scrolled into view."""
    box = browser.evaluate(
        f"(() => {{ const e = document.querySelector({selector!r}); "
        "e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect(); "
        "return [b.x, b.y, b.width, b.height]; })()")
    return box[0] + box[2] / 2, box[1] + box[3] / 2


def looks(browser, site, pictures):
    """Every page at phone and desktop width, light and dark."""
    for page in sorted(pathlib.Path(site).glob("*.html")):
        for width in [390, 1280]:
            for dark in [False, True]:
                name = f"{page.stem}-{width}-{'dark' if dark else 'light'}"
                browser.open(page, width, dark=dark)
                problems = browser.problems()
                check(not problems, f"{name}: nothing to complain about {problems or ''}")
                wide = browser.evaluate("document.documentElement.scrollWidth")
                check(wide <= width, f"{name}: no wider than its window ({wide})")
                contrast, text = browser.evaluate(CONTRAST)
                check(contrast >= 4.5, f"{name}: contrast {contrast:.2f} at least 4.5 ('{text}')")
                if pictures:
                    browser.screenshot(f"{pictures}/{name}.png", whole=width > 600)


def sorts(browser):
    def column(number):
        return browser.evaluate(
            "Array.from([...document.querySelectorAll('.table table')].at(-1).tBodies[0].rows)"
            f".map(row => row.cells[{number}].textContent.trim())")

    browser.evaluate("[...document.querySelectorAll('.table table')].at(-1).id = 't'")
    check(column(0) == ["b", "a", "c", "total"], "a table begins in the notebook's order")
    browser.click(*centre(browser, "#t th:nth-child(2) button"))
    check(column(0) == ["a", "c", "b", "total"], "a click sorts sizes as sizes, the total stays")
    check(browser.evaluate("document.querySelector('#t th:nth-child(2)').ariaSort") == "ascending",
          "the sorted column says so")
    browser.evaluate("document.querySelector('#t th:nth-child(3) button').focus()")
    browser.press("Enter")
    check(column(0) == ["a", "b", "c", "total"], "Enter sorts times as times, dashes last")
    browser.press("Enter")
    check(column(0) == ["b", "a", "c", "total"], "again: the other way round")
    browser.press("Enter")
    check(column(0) == ["b", "a", "c", "total"]
          and browser.evaluate("document.querySelectorAll('#t [aria-sort]').length") == 0,
          "a third time: as it was")


def explores(browser, pictures):
    check(browser.evaluate("document.querySelectorAll('.live').length") == 2,
          "loss and memory can be explored")
    browser.evaluate("document.querySelectorAll('.live .stage')[1].id = 'memory'")
    browser.move(*centre(browser, "#memory"))
    text = browser.evaluate("document.querySelectorAll('.readout')[1].innerText")
    check("MiB" in text and "live tensors" in text, "pointing at the timeline tells what is live")
    check("fc1.weight" in text, "tensors have names")
    if pictures:
        browser.screenshot(f"{pictures}/pointing.png", whole=False)
    browser.evaluate("document.querySelector('#memory').focus()")
    browser.press("Home")
    browser.press("ArrowRight")
    value = browser.evaluate(
        "['valuenow', 'valuetext'].map(n => document.querySelector('#memory').getAttribute('aria-' + n))")
    check(value[0] == "2" and "forward" in value[1], f"arrow keys go from operation to operation {value}")
    browser.evaluate("document.querySelectorAll('.live .stage')[0].focus()")
    browser.press("Home")
    text = browser.evaluate("document.querySelectorAll('.readout')[0].innerText")
    check(text.startswith("step 1: loss "), f"the loss figure tells steps and values ({text})")


def toggles(browser, page):
    ground = "getComputedStyle(document.body).backgroundColor"
    browser.open(page, 1280)
    light = browser.evaluate(ground)
    browser.click(*centre(browser, ".theme"))
    browser.click(*centre(browser, ".theme"))
    dark = browser.evaluate(ground)
    check(light == "rgb(255, 255, 255)" and dark == "rgb(13, 17, 23)", "the button makes it dark")
    fill = browser.evaluate("getComputedStyle(document.querySelector('svg .ground')).fill")
    check(fill == dark, "figures follow the button")
    browser.open(page, 1280)
    check(browser.evaluate(ground) == dark, "the choice is kept")
    browser.click(*centre(browser, ".theme"))
    check(browser.evaluate(ground) == light, "and can be taken back")


def still(browser, page, pictures):
    browser.open(page, 1280, script=False)
    check(browser.evaluate is not None and not browser.problems(), "a page works without its script")
    if pictures:
        browser.printed(f"{pictures}/printed.pdf")


def harmless(browser, page):
    browser.open(page, 1280)
    check(browser.evaluate("window.hacked") is None, "a hostile notebook runs nothing")
    problems = [p for p in browser.problems() if "requested" in p]
    check(not problems, f"a hostile notebook loads nothing {problems or ''}")
    check(browser.evaluate("document.querySelectorAll('main').length") == 1
          and browser.evaluate("document.querySelector('footer') !== null"),
          "a hostile notebook leaves the page as it is")


def main():
    nbrun = os.path.abspath(sys.argv[1])
    pictures = sys.argv[2] if len(sys.argv) > 2 else None
    if pictures:
        os.makedirs(pictures, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Chromium() as browser:
        def run(*arguments):
            subprocess.run([nbrun, *arguments], cwd=folder, check=True)

        path = pathlib.Path(folder)
        (path / "a.md").write_text(NOTEBOOK)
        (path / "evil.svg").write_text(EVIL)
        run("--quiet", "a.md")
        run("export", "html", "a.md")
        (path / "hostile.md").write_text(HOSTILE.split("```yaml")[0])
        run("export", "html", "hostile.md")
        run("export", "html", str(ROOT / "notebooks"), "-o", "site")
        looks(browser, path / "site", pictures)
        browser.open(path / "a.html", 1280)
        sorts(browser)
        explores(browser, pictures)
        toggles(browser, path / "a.html")
        still(browser, path / "a.html", pictures)
        harmless(browser, path / "hostile.html")
    if failures:
        sys.exit(f"{len(failures)} checks failed")
    print("all checks hold")


if __name__ == "__main__":
    main()
