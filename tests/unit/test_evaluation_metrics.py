"""Figures agree with the implementations everybody uses, and with values worked by hand."""

import random
from collections.abc import Sequence

import ir_measures
import numpy as np
import pytest
from ir_measures import RR, R, Success, nDCG
from sacrebleu import sentence_chrf

from assistant.evaluation.comparing import permutation_p
from assistant.evaluation.metrics.intervals import estimate
from assistant.evaluation.metrics.overlap import chrf, token_f1
from assistant.evaluation.metrics.ranking import judge_ranking

CASES = 200
DEPTH = 8


def test_retrieval_figures_equal_those_of_the_reference_on_random_rankings() -> None:
    choose = random.Random(3)
    labels = [f"A{number}" for number in range(30)]
    for number in range(CASES):
        retrieved = choose.sample(labels, choose.randint(1, 20))
        relevant = set(choose.sample(labels, choose.randint(1, 12)))
        ours = judge_ranking(retrieved, relevant, depth=DEPTH)
        run = [
            ir_measures.ScoredDoc(str(number), label, float(-rank))
            for rank, label in enumerate(retrieved)
        ]
        judged = [ir_measures.Qrel(str(number), label, 1) for label in relevant]
        wanted = [Success @ DEPTH, R @ DEPTH, RR @ DEPTH, nDCG @ DEPTH]
        theirs = ir_measures.calc_aggregate(wanted, judged, run)
        measured = (ours.hit, ours.recall, ours.reciprocal_rank, ours.ndcg)
        assert measured == pytest.approx([theirs[measure] for measure in wanted], abs=1e-9)


def _random_text(choose: random.Random) -> str:
    words = ["la", "digue", "the", "council", "été", "vingt-deux", "о", "порту", "1912", ";", "«"]
    return " ".join(choose.choices(words, k=choose.randint(1, 15)))


def test_chrf_equals_that_of_the_reference_on_random_texts() -> None:
    choose = random.Random(4)
    for _ in range(CASES):
        answer = _random_text(choose)
        references = [_random_text(choose) for _ in range(choose.randint(1, 3))]
        theirs = sentence_chrf(answer, references).score / 100
        assert chrf(answer, references) == pytest.approx(theirs, abs=1e-9)


def _squad_f1(answer: Sequence[str], gold: Sequence[str]) -> float:
    """The F1 of SQuAD's script, by precision and recall."""
    left = list(gold)
    same = 0
    for word in answer:
        if word in left:
            left.remove(word)
            same += 1
    if not same:
        return 0.0
    precision, recall = same / len(answer), same / len(gold)
    return 2 * precision * recall / (precision + recall)


def test_token_f1_equals_that_of_squad_on_random_words() -> None:
    choose = random.Random(5)
    for _ in range(CASES):
        answer = choose.choices("abcdefgh", k=choose.randint(1, 12))
        golds = [choose.choices("abcdefgh", k=choose.randint(1, 6)) for _ in range(2)]
        wanted = max(_squad_f1(answer, gold) for gold in golds)
        ours = token_f1(" ".join(answer), [" ".join(gold) for gold in golds])
        assert ours == pytest.approx(wanted, abs=1e-9)


def test_an_interval_holds_the_true_mean_about_as_often_as_it_says() -> None:
    generator = np.random.default_rng(6)
    held = 0
    for _ in range(CASES):
        found = estimate(generator.binomial(1, 0.3, size=80).astype(float).tolist())
        assert found is not None
        held += found.low <= 0.3 <= found.high
    assert 0.88 <= held / CASES <= 0.99


def test_an_interval_is_the_same_at_every_call_whatever_the_order() -> None:
    values = [0.1, 0.5, 0.5, 1.0, 0.0]
    assert estimate(values) == estimate(values[::-1])


def test_quantiles_are_values_that_were_measured() -> None:
    seconds = [0.01 * number for number in range(1, 101)]
    median, slow = estimate(seconds, statistic="p50"), estimate(seconds, statistic="p95")
    assert median is not None
    assert slow is not None
    assert (median.value, slow.value) == pytest.approx((0.5, 0.95))
    assert slow.low < slow.value < slow.high


def test_nothing_measured_is_no_figure() -> None:
    assert estimate([]) is None


def test_the_permutation_test_agrees_with_counting_all_signs() -> None:
    gains = np.array([1.0, 1.0, 1.0, -1.0, 0.5, 0.5, -0.5, 2.0])
    signs = np.array(np.meshgrid(*[[-1, 1]] * len(gains))).reshape(len(gains), -1)
    exact = np.mean(np.abs(np.abs(gains) @ signs) >= abs(gains.sum()) - 1e-9)
    assert permutation_p(gains) == pytest.approx(exact, abs=0.02)
