"""The relation of two sentences: the bundled judge, the seam, the features."""

import json
from importlib import resources

import numpy as np
import pytest

from index.disputes import RelationJudgement, StatisticalJudge, relation
from index.disputes.features import FEATURES, features_of
from index.language.detection import told_language
from index.language.dispute_words import vocabulary
from index.language.negation import negations
from index.language.phrase_patterns import read_words


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        ("Le pont est ouvert depuis lundi.", "Le pont n'est pas ouvert depuis lundi."),
        ("The bridge opened before the vote.", "The bridge did not open before the vote."),
    ],
)
def test_a_plain_negation_contradicts(premise: str, hypothesis: str) -> None:
    judgement = relation(premise, hypothesis)
    assert judgement.label == "contradicts"
    assert 0.5 <= judgement.score <= 1


def test_the_same_sentence_does_not_contradict_itself() -> None:
    assert relation("The ferry left at noon.", "The ferry left at noon.").label == "supports"


def test_sentences_about_different_things_are_neither() -> None:
    assert relation("Le pont est ouvert depuis lundi.", "Il pleut à Ormelle.").label == "neither"


def test_another_judge_can_stand_in() -> None:
    class Stubborn:
        def judge(self, premise: str, hypothesis: str) -> RelationJudgement:
            return RelationJudgement(label="supports", score=1.0)

    assert relation("Yes.", "No.", judge=Stubborn()).label == "supports"


def test_without_an_embedder_the_judge_still_judges() -> None:
    judge = StatisticalJudge.open()
    assert judge.judge("Le pont est ouvert.", "Le pont n'est pas ouvert.").label == "contradicts"


@pytest.mark.parametrize("pair", [("", ""), ("?", "Le pont"), ("Le pont", "")])
def test_empty_sentences_are_judged_without_an_error(pair: tuple[str, str]) -> None:
    assert 0 <= relation(*pair).score <= 1


def test_the_weights_fit_the_features_and_are_small() -> None:
    stored = resources.files("index.disputes").joinpath("relation.json").read_bytes()
    assert len(stored) < 1_000_000
    assert tuple(json.loads(stored)["features"]) == FEATURES


def test_the_features_are_finite_and_named() -> None:
    values = features_of(
        "Trois bus sur dix roulent.", "Aucun bus !", vocabulary=vocabulary("fr"), embedder=None
    )
    assert values.shape == (len(FEATURES),)
    assert np.isfinite(values).all()


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Il ne vient pas.", "fr", 1),
        ("Il n'a que trois ans.", "fr", 0),
        ("Il ne vient plus.", "fr", 1),
        ("Les personnes non vaccinées viennent.", "fr", 0),
        ("She did not come.", "en", 1),
        ("Er kommt nicht.", "de", 1),
    ],
)
def test_negations_are_counted_once_and_restrictions_not(
    text: str, language: str, count: int
) -> None:
    assert len(negations(read_words(text), vocabulary(language))) == count


def test_the_language_of_a_pair_is_told_by_its_function_words() -> None:
    assert told_language("Das ist nicht wahr und ich weiß es") == "de"
    assert told_language("Delirium") is None
