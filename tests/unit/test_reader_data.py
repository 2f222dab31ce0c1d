"""What the reader learns from: the data we wrote, as pairs."""

import random

import pytest

from assistant.question.recognition import LEARNED
from training.reader_data import (
    answers_written,
    supports_written,
    with_another_number,
    written,
)

LANGUAGES = {"de", "en", "es", "fr", "it", "ru", "tr", "uk"}


@pytest.mark.parametrize(
    "kind", ["intent", "answer", "support", "relation_flip", "relation_thread"]
)
def test_every_kind_is_written_in_eight_languages(kind: str) -> None:
    assert {language for language, _ in written(kind)} >= LANGUAGES


def test_the_classifier_is_asked_in_the_languages_it_learned() -> None:
    assert {language for language, _ in written("intent")} == LEARNED


def test_no_question_stands_twice_with_its_kind() -> None:
    questions = [row["q"].casefold() for _, row in written("intent")]
    assert len(questions) == len(set(questions))


def test_a_question_without_an_answer_has_only_wrong_sentences() -> None:
    pairs = [pair for pair in answers_written(random.Random(0)) if pair.kind == "none"]
    assert pairs
    assert not any(pair.label for pair in pairs)


def test_the_same_seed_gives_the_same_pairs() -> None:
    first, again = (list(supports_written(random.Random(1))) for _ in range(2))
    assert first == again


def test_what_is_held_out_is_held_out_with_all_of_its_passage() -> None:
    places: dict[str, set[bool]] = {}
    for pair in supports_written(random.Random(0)):
        places.setdefault(pair.group, set()).add(pair.is_held_out)
    assert {len(held) for held in places.values()} == {1}
    assert {True, False} == set().union(*places.values())


def test_a_sentence_without_a_number_is_not_changed() -> None:
    assert with_another_number("Nobody came.", random.Random(0)) == ""
