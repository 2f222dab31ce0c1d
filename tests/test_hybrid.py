"""Words and meaning in one similarity."""

import numpy as np
import pytest

from index.hybrid import combine, dense_scores, rank_passages
from index.lexical import LexicalIndex

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
    similarity = rank_passages(
        "Où est le bateau ?",
        lexical=lexical,
        query_vector=EAST,
        passage_vectors=np.stack([NORTH, NORTH]),
    )
    assert similarity.dtype == np.float32
    assert similarity.shape == (2,)
    assert similarity[0] > similarity[1]
