"""Dresses, engines side by side, kept replies, what build servers read, and people's verdicts."""

from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from assistant import AssistantError
from assistant.evaluation.cases.dresses import CROWD, DRESSES
from assistant.evaluation.comparing import compare
from assistant.evaluation.engines import side_by_side
from assistant.evaluation.gate import read_gates, shortfalls
from assistant.evaluation.replies import RememberingModel
from assistant.evaluation.report.continuous import write_digest, write_junit
from assistant.evaluation.review import Opinion, add_opinion
from assistant.evaluation.run import Run, evaluate, finish
from assistant.model import Message, ReplyEnd

SAMPLES = Path(__file__).parent.parent.parent / "samples"
VALMER = SAMPLES / "port-de-valmer.cases.jsonl"
DRESSED = (*DRESSES, CROWD)


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Three cases, as written and in every dress."""
    out = tmp_path_factory.mktemp("runs") / "dressed"
    return evaluate(VALMER, out=out, limit=3, dresses=DRESSED)


def test_every_case_is_asked_as_written_and_in_every_dress(dressed: Run) -> None:
    records = list(dressed.folder.records())
    assert len(records) == 3 * (1 + len(DRESSED))
    first = [record.case.question for record in records[: 1 + len(DRESSED)]]
    assert first[0] == first[-1] == "Qui a dit qu'on ne peut pas attendre une autre tempête ?"
    assert first[1] == f"Bonjour, {first[0]}"
    assert len(set(first)) == len(first) - 1


def test_what_flips_is_told_for_every_dress(dressed: Run) -> None:
    right = {r.case.id: r.is_right for r in dressed.folder.records()}
    assert set(dressed.summary.flips) == set(DRESSED)
    for dress, flips in dressed.summary.flips.items():
        assert flips.asked == 3
        for name in flips.lost:
            assert right[name]
            assert not right[f"{name}~{dress}"]
    assert {name for name, _ in dressed.summary.by["dress"].items()} == {"as written", *DRESSED}


def test_ten_times_the_comments_are_there_when_a_crowd_is_asked(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    article = SAMPLES / "harlow-library.en.json"
    cases.write_text(
        '{"id": "1", "lang": "en", "question": "How many comments are there?", '
        f'"article": "{article}"}}'
    )
    run = evaluate(cases, out=tmp_path / "run", dresses=(CROWD,))
    plain, crowded = (int(r.text.split(":")[1].split(".")[0]) for r in run.folder.records())
    assert crowded >= 10 * plain


def test_a_conversation_that_was_cut_goes_on_where_it_was(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    article = SAMPLES / "port-de-valmer.fr.txt"
    cases.write_text(
        f'{{"conversation": "c", "article": "{article}", "lang": "fr", "turns": ['
        '{"question": "Qui est Bastien Orvault ?"}, {"question": "Et que dit-il ?"}]}'
    )
    whole = evaluate(cases, out=tmp_path / "whole")
    results = tmp_path / "whole" / "results.jsonl"
    said = [record.text for record in whole.folder.records()]
    results.write_bytes(results.read_bytes().splitlines(keepends=True)[0])
    again = evaluate(cases, out=tmp_path / "whole", resume=True)
    assert [record.text for record in again.folder.records()] == said
    assert "Orvault" in said[1]


class _Counting:
    """A model that says how often it was asked."""

    name = "counting"
    window = 100
    remote_host = None
    fills_schema = False

    def __init__(self) -> None:
        self.asked = 0

    def count_tokens(self, text: str) -> int:
        return len(text)

    def stream(
        self, messages: Sequence[Message], *, schema: Mapping[str, Any] | None = None
    ) -> Generator[str | ReplyEnd, None, None]:
        self.asked += 1
        yield f"reply {self.asked}"
        yield ReplyEnd(prompt_tokens=3, reply_tokens=2)

    def warm(self, messages: Sequence[Message]) -> None:
        self.asked += 1


def test_a_reply_is_asked_for_once_and_then_kept(tmp_path: Path) -> None:
    asked = (Message(role="user", text="one"),)
    model = _Counting()
    first = list(RememberingModel(model, digest="d", folder=tmp_path).stream(asked))
    again = list(RememberingModel(model, digest="d", folder=tmp_path).stream(asked))
    other = list(RememberingModel(model, digest="e", folder=tmp_path).stream(asked))
    assert first == again == ["reply 1", ReplyEnd(prompt_tokens=3, reply_tokens=2)]
    assert other[0] == "reply 2"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """The page's own words, and an engine that fails at every case."""
    folder = tmp_path_factory.mktemp("runs")
    own = evaluate(VALMER, out=folder / "own", limit=8)
    return own, evaluate(VALMER, out=folder / "recorded", limit=8, engine="recorded")


def test_engines_stand_beside_each_other_with_a_paired_test(two: tuple[Run, Run]) -> None:
    table = side_by_side(two, [compare(two[0].folder, two[1].folder)])
    right = next(row for row in table.rows if row.metric.name == "right")
    assert right.p_values[0] is None
    assert right.p_values[1] == pytest.approx(2 / 2**8)


def test_a_build_server_fails_by_the_gate_alone_where_there_is_one(
    two: tuple[Run, Run], tmp_path: Path
) -> None:
    gate = read_gates(["right>=0.5", "false_attribution<=0"])
    outcomes = [(run, shortfalls(gate, run.summary)) for run in two]
    file = tmp_path / "junit.xml"
    write_junit(outcomes, file, is_gated=True)
    own, failing = ElementTree.parse(file).getroot()
    assert (own.get("failures"), own.get("tests")) == ("0", "8")
    assert failing.get("failures") == str(len(outcomes[1][1]))
    write_junit(outcomes, file, is_gated=False)
    assert ElementTree.parse(file).getroot()[1].get("failures") == str(8 + len(outcomes[1][1]))
    write_digest(outcomes, None, tmp_path / "summary.md")
    assert "below the gate" in (tmp_path / "summary.md").read_text("utf-8")


@pytest.mark.parametrize("asked", ["rihgt>=0.5", "right>0.5", "nothing.toml"])
def test_a_bound_that_cannot_be_meant_is_refused(asked: str) -> None:
    with pytest.raises(AssistantError):
        read_gates([asked])


def test_verdicts_of_people_travel_with_the_run_and_are_compared(tmp_path: Path) -> None:
    run = evaluate(VALMER, out=tmp_path / "run", limit=4)
    names = [record.case.id for record in run.folder.records()]
    for by, verdicts in (("ann", "1161"), ("bob", "1161"), ("bob", "1111")):
        for position, key in enumerate(verdicts):
            verdict = "right" if key == "1" else "false_attribution"
            opinion = Opinion(position=position, case=names[position], by=by, verdict=verdict)
            add_opinion(run.folder.path, opinion)
    counted = finish(run.folder, run.settings).summary
    both = next(item for item in counted.agreements if (item.one, item.other) == ("ann", "bob"))
    assert (both.answers, both.same, both.kappa) == (4, 3, 0.0)
    assert counted.figures["people_right"].value == pytest.approx(7 / 8)
    assert {item.one for item in counted.agreements if item.other == "people"} >= {"right"}
