"""Words and meaning in one similarity."""

import numpy as np
import pytest

from index.retrieval.bm25 import LexicalIndex
from index.retrieval.hybrid import combine, dense_scores, first_of, nearest

EAST, NORTH = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


def test_words_decide_where_they_are_found() -> None:
    similarity = combine(np.array([0.8, 0.1]), np.array([0.2, 0.9]))
    assert similarity.argmax() == 0


def test_meaning_decides_where_no_word_is_found() -> None:
    similarity = combine(np.array([0.02, 0.0]), np.array([0.2, 0.4]))
    assert similarity.argmax() == 1


def test_meaning_parts_passages_with_the_same_words() -> None:
    similarity = combine(np.array([0.7, 0.7]), np.array([0.2, 0.4]))
    assert similarity.argmax() == 1


def test_nothing_in_common_is_zero_and_everything_is_one() -> None:
    assert combine(np.array([0.0, 0.0]), np.array([-0.5, 0.0])).tolist() == [0, 0]
    assert combine(np.array([1.0]), np.array([1.0])).tolist() == pytest.approx([1])
    assert combine(np.array([]), np.array([])).shape == (0,)


def test_a_passage_is_as_near_as_its_best_sentence() -> None:
    whole = np.stack([(EAST + NORTH) / np.sqrt(2), (EAST + NORTH) / np.sqrt(2)])
    sentences = np.stack([EAST, NORTH, (EAST + NORTH) / np.sqrt(2)])
    scores = dense_scores(
        EAST,
        passage_vectors=whole,
        sentence_vectors=sentences,
        sentence_passages=np.array([0, 0, 1]),
    )
    assert scores[0] > scores[1]


def test_a_passage_without_sentences_is_compared_as_a_whole() -> None:
    scores = dense_scores(
        EAST,
        passage_vectors=np.stack([NORTH, EAST]),
        sentence_vectors=np.stack([NORTH]),
        sentence_passages=np.array([0]),
    )
    assert scores.tolist() == [0, 1]


def test_every_passage_gets_one_similarity() -> None:
    lexical = LexicalIndex.build(["le bateau rouge", "la lune"], language="fr")
    meaning = dense_scores(EAST, passage_vectors=np.stack([NORTH, NORTH]))
    similarity = combine(lexical.scores("Où est le bateau ?"), meaning)
    assert similarity.dtype == np.float32
    assert similarity.shape == (2,)
    assert similarity[0] > similarity[1]


def _large_page(words_found: bool) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(3)

    def rows(count: int) -> np.ndarray:
        drawn = chance.normal(size=(count, 16)).astype(np.float32)
        return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)

    owners = np.sort(chance.integers(0, 3_000, size=7_000))  # some passages have no sentence
    words = chance.random(3_000).astype(np.float32) ** 6
    return {
        "words": words if words_found else words * np.float32(0.01),
        "query_vector": rows(1)[0],
        "passage_vectors": rows(3_000),
        "sentence_vectors": rows(7_000),
        "sentence_passages": owners,
    }


@pytest.mark.parametrize("words_found", [True, False])
@pytest.mark.parametrize("limit", [1, 8, 40, 3_500])
@pytest.mark.parametrize("part", ["all", "half", "few", "none"])
def test_the_best_of_a_large_page_are_those_of_comparing_everything(
    words_found: bool, limit: int, part: str
) -> None:
    page = _large_page(words_found)
    words = page.pop("words")
    allowed = np.zeros(len(words), bool)
    allowed[: {"all": 3_000, "half": 1_500, "few": 5, "none": 0}[part]] = True
    everything = combine(words, dense_scores(**page))
    expected = [row for row in np.argsort(-everything, kind="stable") if allowed[row]][:limit]
    found, similarity = nearest(
        words, limit=limit, allowed=None if part == "all" else allowed, **page
    )
    assert similarity.tolist() == pytest.approx(everything[expected].tolist(), abs=1e-6)
    assert found.tolist() == expected


def test_of_equal_values_the_earlier_come_first() -> None:
    values = np.round(np.random.default_rng(5).random(500), 1).astype(np.float32)
    for limit in (0, 1, 7, 250, 500, 600):
        expected = np.argsort(-values, kind="stable")[:limit]
        assert first_of(values, limit).tolist() == expected.tolist()
