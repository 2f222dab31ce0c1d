"""What is learned of contests inside an article: who may contest whom, and how surely."""

import json

import numpy as np
import pytest

from index.disputes import find_disputes
from index.disputes.claims import Claims
from index.disputes.likelihood import Word
from index.disputes.pair_models import WithinReading
from index.disputes.pairs import FEATURES, Pair
from index.errors import EmbedderError
from index.language.dispute_words import vocabulary
from index.reading import read_bytes
from index.statements import find_statements

OPENING = "The mill at Orrendale stopped grinding on Tuesday."
SAID = "The owner, Greta Moss, says that the weir has been repaired twice this year."
RECORDS = "But the invoices at the town office list no repair of the weir since 2016."


def contested(*paragraphs: str) -> list[str]:
    page = {"title": "The mill and the weir", "paragraphs": paragraphs, "language": "en"}
    article = read_bytes(json.dumps(page).encode())
    return [dispute.claim.text for dispute in find_disputes(article, find_statements(article))]


def pair_of(claim: int) -> Pair:
    """Return the pair of a sentence and the last one."""
    page = {"title": "Mill", "paragraphs": [OPENING, SAID, RECORDS], "language": "en"}
    article = read_bytes(json.dumps(page).encode())
    claims = Claims.of(article, find_statements(article), vocabulary("en"))
    features = np.zeros(len(FEATURES), np.float32)
    return Pair(claim=claims.body[claim], position=claims.body[2], features=features)


def test_records_contest_what_somebody_says() -> None:
    assert contested(OPENING, SAID, RECORDS) == [SAID]


def test_who_tells_a_story_does_not_contest_it() -> None:
    assert not contested(OPENING, "The weir has been repaired twice this year.", RECORDS)


READING = WithinReading(weights=np.array([0, 1, 0], np.float32), bias=0.0, threshold=0.6)


def told(likely: list[Pair], *contests: float) -> list[Pair]:
    words = [Word(contests=value, carries=0.0) for value in contests]
    return READING.confirmed([(0.0, pair) for pair in likely], words)


@pytest.mark.parametrize(("contests", "is_told"), [(1.5, True), (0.3, False)])
def test_what_the_reader_does_not_take_for_a_contest_is_not_told(
    contests: float, is_told: bool
) -> None:
    assert bool(told([pair_of(1)], contests)) == is_told


def test_a_sentence_contests_its_likeliest_claim_alone() -> None:
    first, other = pair_of(0), pair_of(1)
    assert told([first, other], 1.5, 2.5) == [other]


def test_who_claims_falsely_is_questioned() -> None:
    said = "Greta Moss, who owns the mill, falsely claimed that the weir was sound."
    assert contested(OPENING, said) == [said]


def test_without_the_encoder_the_expressions_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise EmbedderError(name)

    monkeypatch.setattr("index.disputes.within.open_embedder", broken)
    assert not contested(OPENING, SAID, RECORDS)
    assert contested(OPENING, SAID, "Tom Reed, who leads the council, denies it.") == [SAID]
