"""The one way text of others gets into HTML: templates that escape everything."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: Any) -> str:
    """Return a filled template of `page/templates`; every value is escaped.

    Raises:
        jinja2.UndefinedError: The template needs a value that is not given.
    """
    return _environment().get_template(template).render(**values)
