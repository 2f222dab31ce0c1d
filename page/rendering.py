"""The one way text of others gets into HTML: templates that escape everything."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cut"] = cut
    return environment


def render(template: str, **values: Any) -> str:
    """Return a filled template of `page/templates`; every value is escaped.

    Raises:
        jinja2.UndefinedError: The template needs a value that is not given.
    """
    return _environment().get_template(template).render(**values)


def cut(text: str, most: int) -> str:
    """Return the first words of a text in one line, with a mark where some were left out."""
    text = " ".join(text[: 2 * most].split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
