"""What is learned of contests inside an article: who may contest whom, and how surely."""

import json
from dataclasses import replace

import numpy as np
import pytest

from index.disputes import find_disputes
from index.disputes.claims import Claims
from index.disputes.likelihood import Word
from index.disputes.pair_models import WithinReading
from index.disputes.pairs import FEATURES, Pair
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


def pair_in(sentences: int) -> Pair:
    """Return a pair by the narrator in an article of so many sentences."""
    page = {"title": "Mill", "paragraphs": [OPENING, SAID, RECORDS], "language": "en"}
    article = read_bytes(json.dumps(page).encode())
    claims = Claims.of(article, find_statements(article), vocabulary("en"))
    features = np.zeros(len(FEATURES), np.float32)
    features[FEATURES.index("sentences_of_article")] = np.log1p(sentences)
    return Pair(claim=claims.body[1], position=claims.body[2], features=features)


def test_records_contest_what_somebody_says() -> None:
    assert contested(OPENING, SAID, RECORDS) == [SAID]


def test_who_tells_a_story_does_not_contest_it() -> None:
    assert not contested(OPENING, "The weir has been repaired twice this year.", RECORDS)


@pytest.mark.parametrize(("sentences", "is_told"), [(8, True), (60, False)])
def test_a_long_article_asks_for_more(sentences: int, is_told: bool) -> None:
    reading = WithinReading(
        weights=np.array([0, 1, 0], np.float32), bias=0.0,
        threshold=0.6, threshold_of_narrator=0.7, least_unread=1.5,
    )  # fmt: skip
    word = Word(contests=1.5, carries=0.0)
    assert bool(reading.confirmed([(0.0, pair_in(sentences))], [word])) == is_told


def test_the_surest_of_the_narrator_alone_is_told() -> None:
    reading = WithinReading(
        weights=np.array([0, 1, 0], np.float32), bias=0.0,
        threshold=0.6, threshold_of_narrator=0.7, least_unread=1.5,
    )  # fmt: skip
    first = pair_in(8)
    other = replace(first, position=replace(first.position, start=first.position.start + 1))
    words = [Word(contests=1.5, carries=0.0), Word(contests=2.5, carries=0.0)]
    assert reading.confirmed([(0.0, first), (0.0, other)], words) == [other]
