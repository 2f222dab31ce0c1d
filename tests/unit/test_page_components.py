"""The page's parts as Gradio components: words of others enter them as data."""

import tomllib
from pathlib import Path

import pytest

from index.reading import read_text
from page import components
from page.components import ArticlePane, Part

ROOT = Path(__file__).parent.parent.parent
PARTS = sorted(
    (made for made in vars(components).values() if isinstance(made, type)),
    key=lambda made: made.__name__,
)


@pytest.mark.parametrize("made", [made for made in PARTS if issubclass(made, Part)])
def test_a_part_evaluates_nothing_but_its_value(made: type[Part]) -> None:
    part = made(name="x")
    assert part.html_template == "${value}"
    assert part.css_template == ""
    assert "{{" not in (part.js_on_load or "") + components.BEGIN


def test_an_article_pane_takes_an_article_and_escapes_its_words() -> None:
    words = "<img src=x onerror=alert(1)> ${alert(2)} {{alert(3)}}"
    article = read_text(f"The pier of Ossby\n\nMayor Ida Krenn said: “{words}”")
    html = ArticlePane(name="article").postprocess(article)
    assert "<img" not in html
    assert 'id="A1"' in html
    assert "The pier of Ossby" in html


def test_no_stub_file_is_written_beside_the_components() -> None:
    assert not (ROOT / "page" / "components.pyi").exists()


def test_a_space_installs_what_the_package_needs() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == wanted
