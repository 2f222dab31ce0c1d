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


def _findings(page: Any, axe: str) -> list[str]:
    # The page's policy lets no foreign script in: it comes through the debugger.
    page.evaluate(f"{axe}; 0")
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in found["violations"]
        if violation["impact"] in _NEEDED
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious_on_any_tab(
    watched: Any, address: str, axe: str, scheme: str, width: int
) -> None:
    visit = watched(
        locale="fr", color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=False
    )
    page = visit.open(address)
    findings = [f"welcome: {finding}" for finding in _findings(page, axe)]
    visit.ask("Quelles affirmations sont contestées ?").locator(".chip").first.click()
    page.wait_for_selector("mark.cited")
    for tab in ("article", "speakers", "disputes", "thread", "notes"):
        page.click(f"#tab-{tab}")
        page.wait_for_selector(f"#panel-{tab} .sheet")
        if tab == "speakers":
            page.locator(".voice summary").first.click()
        findings += [f"{tab}: {finding}" for finding in _findings(page, axe)]
    for name in ("library", "bring"):
        page.click(f"#open-{name}")
        findings += [f"{name}: {finding}" for finding in _findings(page, axe)]
        page.keyboard.press("Escape")
    if width == 360:
        page.click("[data-show=conversation]")
        findings += [f"conversation: {finding}" for finding in _findings(page, axe)]
    assert not findings
