"""Takes the pictures of the page in docs/images: light and dark, wide and narrow.

python -m benchmarks.screenshots [--out docs/images] [--article samples/…] [--language en]
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import httpx

from tests.support.browser import ROOT, open_browser, running_page

_SIZES = {"wide": (1400, 900), "narrow": (390, 844)}
_QUESTION = {"fr": "Quelles affirmations sont contestées ?", "en": "Which claims are disputed?"}
_OTHER = ROOT / "samples" / "port-de-valmer.fr.txt"
_NOTES = ("À vérifier auprès de la mairie.", "Quel bureau d’études ? Demander le rapport.")
_TABS = {"disputes": "debate", "thread": "workbench", "compare": "compare", "notes": "notes"}


def main() -> None:
    """Write the pictures and print their names as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument(
        "--article", default=str(ROOT / "samples" / "incinerateur-de-brennac.fr.txt")
    )
    parser.add_argument("--language", choices=sorted(_QUESTION), default="fr")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        running_page(arguments.article, home=Path(home)) as (address, _),
        open_browser() as browser,
    ):
        # A second one, to be compared with the first.
        httpx.post(f"{address}articles", content=_OTHER.read_bytes(), headers={"x-kind": "file"})
        written = [
            name
            for size, (width, height) in _SIZES.items()
            for scheme in ("light", "dark")
            for name in _pictures(browser, address, arguments, size, width, height, scheme)
        ]
    print(json.dumps({"pictures": written}))


def _pictures(
    browser: Any,
    address: str,
    arguments: argparse.Namespace,
    size: str,
    width: int,
    height: int,
    scheme: str,
) -> list[str]:
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        device_scale_factor=1,
        locale=arguments.language,
    )
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    written = []

    def shoot(name: str) -> None:
        file = f"{name}-{size}-{scheme}.png"
        page.screenshot(path=arguments.out / file)
        _with_few_colours(arguments.out / file)
        written.append(file)

    page.wait_for_selector("#opening[data-ready=yes]")
    shoot("welcome")
    page.fill("#question", _QUESTION[arguments.language])
    page.press("#question", "Enter")
    page.wait_for_selector(".turn[data-turn]")
    page.wait_for_timeout(300)
    shoot("answer")
    page.locator(".turn .chip.reader").first.click()
    page.wait_for_selector("mark.cited")
    page.wait_for_timeout(900)
    shoot("citation")
    for place, note in (("[data-do=note]", _NOTES[0]), ("#A2", _NOTES[1])):
        _note(page, place, note)
    for tab, name in _TABS.items():
        page.click(f"#tab-{tab}")
        page.wait_for_selector(f"#panel-{tab} .sheet")
        if tab == "thread":
            page.locator("button.fold").first.click()
            page.wait_for_selector("button.fold[aria-expanded=false]")
            page.locator("#bench-search").evaluate("box => box.scrollIntoView()")
        if tab == "compare":
            page.press("#compare input", "Enter")
            page.wait_for_selector(".beside .chip")
            page.locator("#compared").evaluate("place => place.scrollIntoView()")
        page.wait_for_timeout(200)
        shoot(name)
    page.close()
    return written


def _note(page: Any, place: str, note: str) -> None:
    """Write a note on an answer, or on a passage, in whichever pane it lies."""
    page.locator(place).evaluate("part => part.click()")
    if place.startswith("#"):
        page.locator("#about-questions button").last.click()
    page.keyboard.type(note)


def _with_few_colours(file: Path) -> None:
    """Write a picture again with a palette: a third of its size, the same to the eye."""
    from PIL import Image

    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(colors=250, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


if __name__ == "__main__":
    main()
