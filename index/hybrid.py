"""One similarity from two kinds of evidence: the same words, and the same meaning.

Which of them decides depends on the question. Where some passage holds the words it asks for,
words decide and meaning only parts equals; where hardly any passage does, because the
question is in another language or in other words, meaning decides. Scores are added, never
ranks: a weak ranking fused by rank makes a good one worse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from index.lexical import LexicalIndex

Vector = npt.NDArray[np.float32]

_LEAST_MEANING = 0.3  # weight of meaning, beside 1 for words, where the words were found
_MOST_MEANING = 2.0  # and where no word of the question stands in any passage
_FOUND = 0.3  # this share of the question's words in one passage: they were found
_WHOLE_SHARE = 0.2  # of meaning: the passage as a whole, the rest its best sentence


def rank_passages(
    question: str,
    *,
    lexical: LexicalIndex,
    query_vector: Vector,
    passage_vectors: Vector,
    sentence_vectors: Vector | None = None,
    sentence_passages: npt.NDArray[np.integer] | None = None,
    language: str | None = None,
) -> Vector:
    """Return the similarity of every passage to a question.

    Args:
        question: Plain text.
        lexical: The index of the same passages in the same order.
        query_vector: The question's row of length 1, shape (dimension,).
        passage_vectors: One row per passage, (passages, dimension).
        sentence_vectors: One row per sentence of the passages, (sentences, dimension); without
            them passages are compared as wholes.
        sentence_passages: For each sentence the position of its passage, (sentences,).
        language: The question's language, if it is known.

    Returns:
        float32 of shape (passages,), in [0, 1]; 0 means that nothing matches.
    """
    meaning = dense_scores(
        query_vector,
        passage_vectors=passage_vectors,
        sentence_vectors=sentence_vectors,
        sentence_passages=sentence_passages,
    )
    return combine(lexical.scores(question, language=language), meaning)


def dense_scores(
    query_vector: Vector,
    *,
    passage_vectors: Vector,
    sentence_vectors: Vector | None = None,
    sentence_passages: npt.NDArray[np.integer] | None = None,
) -> Vector:
    """Return how near each passage is in meaning: mostly its best sentence, partly the whole.

    A long paragraph says many things, and the mean of them hides the one that is asked for.
    Arguments as in `rank_passages`; the result is float32 of shape (passages,) in [-1, 1].
    """
    whole = np.asarray(passage_vectors @ query_vector, np.float32)
    if sentence_vectors is None or sentence_passages is None or not len(sentence_passages):
        return whole
    best = np.full(len(whole), -1, np.float32)
    np.maximum.at(best, sentence_passages, sentence_vectors @ query_vector)
    best = np.where(best > -1, best, whole)
    return np.asarray(_WHOLE_SHARE * whole + (1 - _WHOLE_SHARE) * best, np.float32)


def combine(words: Vector, meaning: Vector) -> Vector:
    """Return one similarity per passage from its lexical and its dense score.

    >>> [f"{similarity:.2f}" for similarity in combine(np.array([0.8, 0]), np.array([0.5, 0.5]))]
    ['0.73', '0.12']
    >>> [f"{similarity:.2f}" for similarity in combine(np.array([0, 0]), np.array([0.6, 0.3]))]
    ['0.40', '0.20']

    Args:
        words: Lexical scores in [0, 1], 0 for no match.
        meaning: Cosines in [-1, 1]; opposite vectors count as unrelated.

    Returns:
        float32 in [0, 1], of the same shape.
    """
    if not len(words):
        return np.zeros(0, np.float32)
    missing = max(0.0, 1 - float(words.max()) / _FOUND)
    weight = _LEAST_MEANING + (_MOST_MEANING - _LEAST_MEANING) * missing
    similarity = (words + weight * np.maximum(meaning, 0)) / (1 + weight)
    return np.clip(similarity, 0, 1).astype(np.float32)
