"""The least a run must reach, from a file: so that a check can say no."""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import AssistantError
from assistant.evaluation.metrics.table import BY_NAME
from assistant.evaluation.record import Group
from assistant.evaluation.summary import Summary

_BOUND = re.compile(r"(\w+(?:\[\w+=[^\]]*\])?)\s*(>=|<=)\s*([0-9.]+)")


class Gate(BaseModel):
    """Figures with the least or the most they may be.

    A name is that of a figure, such as `right`, or of one group, such as `right[type=date]`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    minimum: dict[str, float] = {}
    maximum: dict[str, float] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A figure that misses what the gate asks; `value` None where nothing was measured."""

    name: str
    value: float | None
    bound: float
    is_minimum: bool

    def __str__(self) -> str:
        """Return it in words."""
        wanted = f"{'at least' if self.is_minimum else 'at most'} {self.bound:g}"
        if self.value is None:
            return f"{self.name}: not measured by these cases, wanted {wanted}"
        return f"{self.name}: {self.value:.4f}, wanted {wanted}"


def read_gate(path: Path) -> Gate:
    """Return the gate of a JSON or TOML file; figures outside a table are minimums.

    Raises:
        AssistantError: It cannot be read, or names a figure that does not exist.
    """
    try:
        content = path.read_text("utf-8")
        entry = tomllib.loads(content) if path.suffix.lower() == ".toml" else json.loads(content)
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"cannot read the gate {path}: {error}") from error
    except ValueError as error:
        raise AssistantError(f"the gate {path} is neither JSON nor TOML: {error}") from error
    try:
        gate = Gate.model_validate(_with_tables(entry))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise AssistantError(f"the gate {path}, field {field}: {first['msg']}") from error
    _refuse_unknown(gate, path)
    return gate


def read_gates(asked: Sequence[str]) -> Gate:
    """Return the gate that files and expressions such as `right>=0.8` make together.

    Raises:
        AssistantError: As `read_gate`.
    """
    gate = Gate()
    for item in asked:
        bound = _BOUND.fullmatch(item.strip())
        if bound is None or Path(item).exists():
            more = read_gate(Path(item))
        else:
            name, sign, value = bound.groups()
            figures = {name: float(value)}
            more = Gate(minimum=figures) if sign == ">=" else Gate(maximum=figures)
            _refuse_unknown(more, item)
        gate = Gate(
            minimum={**gate.minimum, **more.minimum}, maximum={**gate.maximum, **more.maximum}
        )
    return gate


def shortfalls(gate: Gate, summary: Summary) -> tuple[Shortfall, ...]:
    """Return what misses the gate, in its order; nothing where the run passes."""
    found = []
    for bounds, is_minimum in ((gate.minimum, True), (gate.maximum, False)):
        for name, bound in bounds.items():
            value = _value(name, summary)
            if value is None or (value < bound if is_minimum else value > bound):
                found.append(Shortfall(name=name, value=value, bound=bound, is_minimum=is_minimum))
    return tuple(found)


def _with_tables(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return {"minimum": entry}
    minimum = dict(entry.get("minimum", {})) if isinstance(entry.get("minimum", {}), dict) else {}
    outside = {name: bound for name, bound in entry.items() if name not in ("minimum", "maximum")}
    return {"minimum": {**minimum, **outside}, "maximum": entry.get("maximum", {})}


def _refuse_unknown(gate: Gate, path: Path | str) -> None:
    for name in (*gate.minimum, *gate.maximum):
        figure, by, _ = _parts(name)
        if figure not in BY_NAME or (by is not None and by not in Group._fields):
            raise AssistantError(
                f"the gate {path} names {name!r}; figures are {', '.join(sorted(BY_NAME))}, "
                f"groups are written right[type=...] with {', '.join(Group._fields)}"
            )


def _parts(name: str) -> tuple[str, str | None, str]:
    figure, bracket, group = name.partition("[")
    if not bracket or not group.endswith("]"):
        return name, None, ""
    by, _, member = group[:-1].partition("=")
    return figure, by, member


def _value(name: str, summary: Summary) -> float | None:
    figure, by, member = _parts(name)
    figures = summary.figures if by is None else summary.by[by].get(member, {})
    found = figures.get(figure)
    return found.value if found else None
