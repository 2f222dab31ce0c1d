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


def percent(share: float) -> str:
    """Return a share in [0, 1] for people.

    >>> percent(0.75263)
    '75.3 %'
    """
    return f"{100 * share:.1f} %"


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
    environment.filters["percent"] = percent
    environment.filters["in_markdown"] = in_markdown
    return environment
