"""axe-core finds nothing serious on any tab, in light and in dark, wide and narrow."""

from pathlib import Path
from typing import Any

import pytest

_NEEDED = ("serious", "critical")


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core as its package carries it."""
    package = pytest.importorskip("axe_playwright_python", reason="the extra [dev] brings axe-core")
    return (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")


def _findings(page: Any, axe: str, place: str) -> list[str]:
    """Return what axe finds, wide and narrow; in dark, only colours are others than in light."""
    # The page's policy lets no foreign script in: it comes through the debugger.
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{axe}; 0")
    found = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
            page.emulate_media(color_scheme=scheme)
            options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
            result = page.evaluate("options => axe.run(document, options)", options)
            found += [
                f"{place} {width} {scheme}: {violation['id']}: {node['html'][:160]} "
                f"{node['failureSummary'][:200]}"
                for violation in result["violations"]
                if violation["impact"] in _NEEDED
                for node in violation["nodes"]
            ]
    page.emulate_media(color_scheme="light")
    return found


def test_axe_finds_nothing_serious_on_any_tab(watched: Any, address: str, axe: str) -> None:
    visit = watched(locale="fr", reduced_motion="reduce")
    page = visit.open(address)
    findings = _findings(page, axe, "welcome")
    visit.ask("Quelles affirmations sont contestées ?")
    findings += _findings(page, axe, "answer")
    page.locator(".turn .chip").first.click()
    page.wait_for_selector("mark.cited")
    for tab in ("article", "speakers", "disputes", "thread", "compare", "notes"):
        page.click(f"#tab-{tab}")
        page.wait_for_selector(f"#panel-{tab} .sheet")
        if tab == "speakers":
            page.locator(".voice summary").first.click()
        if tab == "compare":
            page.press("#compare input", "Enter")
            page.locator(".beside").wait_for()
        findings += _findings(page, axe, tab)
    for name in ("library", "bring"):
        page.click(f"#open-{name}")
        findings += _findings(page, axe, name)
        page.keyboard.press("Escape")
    assert not findings
