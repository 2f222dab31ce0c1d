"""The least a run must reach, from a file: so that a check can say no."""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.evaluation.metrics.table import BY_NAME
from assistant.evaluation.record import Group
from assistant.evaluation.summary import Summary

_EXPRESSION = re.compile(r"(\w+(?:\[\w+=[^\]]*\])?)\s*(>=|<=)\s*([0-9.]+)")
_NAME = re.compile(r"(\w+)(?:\[(\w+)=([^\]]*)\])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The least or the most that a figure may be: of all cases, or of one `member` of a group."""

    name: str
    figure: str
    by: str
    member: str
    wanted: float
    is_minimum: bool

    def value(self, summary: Summary) -> float | None:
        """Return the figure of a run, None where it was not measured."""
        groups = summary.by[self.by] if self.by else {"": summary.figures}
        found = groups.get(self.member, {}).get(self.figure)
        return found.value if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A bound that is missed; `value` None where nothing was measured."""

    bound: Bound
    value: float | None

    def __str__(self) -> str:
        """Return it in words."""
        bound = self.bound
        wanted = f"{'at least' if bound.is_minimum else 'at most'} {bound.wanted:g}"
        if self.value is None:
            return f"{bound.name}: not measured by these cases, wanted {wanted}"
        return f"{bound.name}: {self.value:.4f}, wanted {wanted}"


def read_gates(asked: Sequence[str]) -> tuple[Bound, ...]:
    """Return the bounds of JSON or TOML files and of expressions such as `right>=0.8`.

    A figure is named as `right`, that of a group as `right[type=date]`; those outside the tables
    `minimum` and `maximum` of a file are minimums. Of several bounds of one figure the last counts.

    Raises:
        AssistantError: One cannot be read, or names a figure that does not exist.
    """
    bounds = (bound for item in asked for bound in _bounds(item))
    return tuple({(bound.name, bound.is_minimum): bound for bound in bounds}.values())


def shortfalls(gate: Sequence[Bound], summary: Summary) -> tuple[Shortfall, ...]:
    """Return what misses the gate, in its order; nothing where the run passes."""
    found = []
    for bound in gate:
        value = bound.value(summary)
        if value is None or (value < bound.wanted if bound.is_minimum else value > bound.wanted):
            found.append(Shortfall(bound=bound, value=value))
    return tuple(found)


def _bounds(item: str) -> Iterator[Bound]:
    expression = _EXPRESSION.fullmatch(item.strip())
    if expression is not None and not Path(item).exists():
        name, comparison, written = expression.groups()
        yield _bound(name, written, item, is_minimum=comparison == ">=")
        return
    content = _content(Path(item))
    named = {**content, "outside": content}
    for table, is_minimum in (("outside", True), ("minimum", True), ("maximum", False)):
        bounds = named.get(table, {})
        if not isinstance(bounds, dict):
            raise AssistantError(f"the gate {item}, {table}: a table of figures")
        for name, written in bounds.items():
            if name not in ("minimum", "maximum"):
                yield _bound(name, written, item, is_minimum=is_minimum)


def _content(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
        content = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"cannot read the gate {path}: {error}") from error
    except ValueError as error:
        raise AssistantError(f"the gate {path} is neither JSON nor TOML: {error}") from error
    if not isinstance(content, dict):
        raise AssistantError(f"the gate {path} is no table of figures")
    return content


def _bound(name: str, written: object, item: str, *, is_minimum: bool) -> Bound:
    named = _NAME.fullmatch(name)
    if not named or named[1] not in BY_NAME or named.group(2) not in (None, *Group._fields):
        raise AssistantError(
            f"the gate {item} names {name!r}; figures are {', '.join(sorted(BY_NAME))}, "
            f"groups are written right[type=...] with {', '.join(Group._fields)}"
        )
    try:
        wanted = float(str(written))
    except ValueError as error:
        raise AssistantError(f"the gate {item}, {name}: {written!r} is no number") from error
    figure, by, member = named.groups(default="")
    return Bound(
        name=name, figure=figure, by=by, member=member, wanted=wanted, is_minimum=is_minimum
    )
