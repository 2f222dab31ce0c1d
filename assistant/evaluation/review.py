"""What people say of the answers of a run, and how far they and each metric agree.

`verdicts/NAME.jsonl` in the folder of a run: one line per verdict, the last one of a case
counts. So two people can judge without seeing each other's, and verdicts travel with the run.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import AssistantError
from assistant.evaluation.agreement import kappa
from assistant.evaluation.metrics.table import BY_NAME
from assistant.evaluation.record import Record

PersonsVerdict = Literal[
    "right", "partly", "wrong", "wrongly_refused", "should_refuse", "false_attribution"
]
VERDICTS: tuple[PersonsVerdict, ...] = get_args(PersonsVerdict)
"""In the order of their keys, 1 to 6."""
_FOLDER = "verdicts"
_OF_PEOPLE: dict[str, Callable[[str], bool]] = {
    "right": lambda verdict: verdict == "right",
    "false_attribution": lambda verdict: verdict == "false_attribution",
    "wrongly_refused": lambda verdict: verdict == "wrongly_refused",
    "wrongly_answered": lambda verdict: verdict == "should_refuse",
    "judged_faithful": lambda verdict: verdict not in ("wrong", "false_attribution"),
}
"""What a person's verdict says of a metric; the others have no counterpart."""


class Opinion(BaseModel):
    """One verdict of one person on the answer to one case, with a word of why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    position: int
    case: str
    by: str
    verdict: PersonsVerdict
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two agree on the same answers: `kappa` beyond chance, `same` of `answers` alike."""

    one: str
    other: str
    answers: int
    same: int
    kappa: float


def add_opinion(run: Path, opinion: Opinion) -> None:
    """Write a verdict into the folder of a run."""
    folder = run / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "-", opinion.by).strip("-.") or "someone"
    with (folder / f"{name}.jsonl").open("a", encoding="utf-8") as file:
        file.write(opinion.model_dump_json() + "\n")


def read_opinions(run: Path) -> dict[str, dict[int, Opinion]]:
    """Return the verdicts in the folder of a run: by person, then by position of the case.

    Raises:
        AssistantError: A line is no verdict; names file and line.
    """
    found: dict[str, dict[int, Opinion]] = {}
    for file in sorted((run / _FOLDER).glob("*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            try:
                opinion = Opinion.model_validate_json(line)
            except ValidationError as error:
                raise AssistantError(f"{file}, line {number} is no verdict; take it out") from error
            found.setdefault(opinion.by, {})[opinion.position] = opinion
    return found


def agreements(records: Iterable[Record]) -> tuple[Agreement, ...]:
    """Return how people agree with each other, then each metric with all of them."""
    judged = [record for record in records if record.opinions]
    people = sorted({name for record in judged for name in record.opinions})
    found = []
    for one, other in combinations(people, 2):
        pairs = [
            (record.opinions[one], record.opinions[other])
            for record in judged
            if one in record.opinions and other in record.opinions
        ]
        found += _agreement(one, other, pairs)
    for name, says in _OF_PEOPLE.items():
        values = [
            (bool(value), says(verdict))
            for record in judged
            if (value := BY_NAME[name].value(record)) is not None
            for verdict in record.opinions.values()
        ]
        found += _agreement(name, "people", values)
    return tuple(found)


def _agreement(one: str, other: str, pairs: Sequence[tuple[object, object]]) -> list[Agreement]:
    if not pairs:
        return []
    same = sum(first == second for first, second in pairs)
    return [Agreement(one=one, other=other, answers=len(pairs), same=same, kappa=kappa(pairs))]
