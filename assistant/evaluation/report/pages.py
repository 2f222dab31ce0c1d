"""Fills the templates of reports. Words of others are escaped, whatever the form."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_OF_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~!&])")
_STARTS_A_FORMULA = ("=", "+", "-", "@")


def fill(template: str, **values: object) -> str:
    """Return a template of this folder, filled; a missing value raises."""
    return _environment().get_template(template).render(**values)


def in_markdown(text: object) -> str:
    """Return words of others on one line, without meaning to Markdown or a table.

    >>> in_markdown("a | *b*")
    'a \\\\| \\\\*b\\\\*'
    """
    line = " ".join(str(text).split())
    escaped = _OF_MARKDOWN.sub(
        r"\\\1", "".join(character for character in line if character.isprintable())
    )
    return f"\\{escaped}" if escaped.startswith(_STARTS_A_FORMULA) else escaped


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("assistant.evaluation.report", "templates"),
        autoescape=select_autoescape(("html.jinja",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["in_markdown"] = in_markdown
    return environment
