"""Disputes of a real article with its thread, where the material to measure with is there."""

from pathlib import Path

import pytest

from index.disputes import Dispute, find_disputes
from index.reading import read_article
from index.statements import find_statements


@pytest.fixture(scope="module")
def disputes(shared_data: Path) -> tuple[Dispute, ...]:
    file = shared_data / "articles" / "karabakh.fr.txt"
    if not file.exists():
        pytest.skip(f"no article at {file}")
    article = read_article(str(file))
    return find_disputes(article, find_statements(article))


def test_two_readers_contest_the_corridor(disputes: tuple[Dispute, ...]) -> None:
    corridor = next(dispute for dispute in disputes if "couloir" in dispute.claim.text)
    relations = {position.passage: position.relation for position in corridor.contested_by}
    assert relations == {"C4": "denies", "C5": "mocks"}
    assert (corridor.voices_against, corridor.voices_anonymous) == (2, 2)


def test_the_two_sides_stand_against_each_other(disputes: tuple[Dispute, ...]) -> None:
    answered = [
        dispute.claim.text
        for dispute in disputes
        if any("bombardement continu" in position.text for position in dispute.contested_by)
    ]
    assert any("violer le cessez-le-feu" in claim for claim in answered)
    assert any("bombardements mutuels" in claim for claim in answered)


def test_readers_who_contest_nothing_are_left_alone(disputes: tuple[Dispute, ...]) -> None:
    passages = {p.passage for dispute in disputes for p in dispute.contested_by}
    assert not passages & {"C1", "C3", "C5.1"}
