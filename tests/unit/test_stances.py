"""A model as judge of comments whose stand the rules leave open: what counts, and what is kept."""

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.stances import control_pairs
from index.article import Article
from index.disputes import Position
from index.reading import read_text
from tests.support.scripted_model import FillingModel

COMMENT = "Tell that to the seals. I spent the night at sea."
_SAID = {"against": "contests", "for": "supports", "none": "none"}
_AGAIN = {"against": "wrong", "for": "right", "none": "open"}


def _article() -> Article:
    return read_text(
        json.dumps(
            {
                "title": "Ferry to Skell runs as usual",
                "language": "en",
                "paragraphs": ["The harbour board opened a second pier on Monday."],
                "comments": [
                    {"id": "a", "author": "Puffin", "text": "The crossing is safe in winter."},
                    {"id": "b", "parent": "a", "author": "Kittiwake", "text": COMMENT},
                ],
            }
        )
    )


def _controls(*, misread: int = 0) -> list[str]:
    """Return the replies to the control pairs, in batches of five, each asked in two ways."""
    right = [side for _, _, side in control_pairs()]
    read = ["none" if n < misread and s != "none" else s for n, s in enumerate(right)]
    replies = []
    for start in range(0, len(read), 5):
        batch = read[start : start + 5]
        first = {
            str(n): {"words": "", "stance": _SAID[side]} for n, side in enumerate(batch, start=1)
        }
        again = {str(n): _AGAIN[side] for n, side in enumerate(batch[::-1], start=1)}
        replies += [json.dumps(first), json.dumps(again)]
    return replies


def _found(model: FillingModel, home: Path) -> list[Position]:
    opened = Assistant.open(_article(), llm=model, home=home)
    list(opened.judge_stances())
    return [position for dispute in opened.disputes() for position in dispute.contested_by]


def _asked(words: str, stance: str, again: str) -> list[str]:
    first = {"1": {"words": words, "stance": stance}}
    return [*_controls(), json.dumps(first), json.dumps({"1": again})]


def test_a_stand_on_which_two_askings_agree_is_found_and_marked(tmp_path: Path) -> None:
    words = "Tell that to the seals"
    (position,) = _found(FillingModel.saying(*_asked(words, "mocks", "wrong")), tmp_path)
    assert position.text == words
    assert (position.author, position.relation) == ("Kittiwake", "mocks")
    assert position.judged_by == "scripted"


@pytest.mark.parametrize(
    ("words", "stance", "again"),
    [
        ("Tell that to the seals", "mocks", "right"),
        ("Tell that to the seals", "mocks", "open"),
        ("Whoever wrote this has never been to sea", "mocks", "wrong"),
        ("", "contests", "wrong"),
        ("The crossing is safe in winter", "contests", "wrong"),
    ],
)
def test_no_stand_is_taken_on_which_askings_differ_or_whose_words_are_not_the_comments(
    words: str, stance: str, again: str, tmp_path: Path
) -> None:
    assert not _found(FillingModel.saying(*_asked(words, stance, again)), tmp_path)


def test_a_model_that_misreads_plain_pairs_is_asked_nothing_about_the_page(tmp_path: Path) -> None:
    model = FillingModel.saying(*_controls(misread=4))
    assert not _found(model, tmp_path)
    assert len(model.read) == len(_controls())
    assert all(COMMENT not in str(message) for call in model.read for message in call)


def test_what_was_judged_is_not_judged_again(tmp_path: Path) -> None:
    words = "I spent the night at sea"
    first = _found(FillingModel.saying(*_asked(words, "contests", "wrong")), tmp_path)
    again = FillingModel.saying("no reply is needed")
    assert _found(again, tmp_path) == first
    assert not again.read


def test_without_a_model_nothing_changes(tmp_path: Path) -> None:
    opened = Assistant.open(_article(), llm=None, home=tmp_path)
    before = opened.disputes()
    assert not list(opened.judge_stances())
    assert opened.disputes() == before


def test_it_tells_how_far_it_is(tmp_path: Path) -> None:
    model = FillingModel.saying(*_asked("", "none", "open"))
    opened = Assistant.open(_article(), llm=model, home=tmp_path)
    assert [(p.done, p.total) for p in opened.judge_stances()] == [(0, 1), (1, 1)]
