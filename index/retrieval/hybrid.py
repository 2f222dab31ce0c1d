"""One similarity from two kinds of evidence: the same words, and the same meaning.

Which of them decides depends on the question. Where some passage holds the words it asks for,
words decide and meaning only parts equals; where hardly any passage does, because the
question is in another language or in other words, meaning decides. Scores are added, never
ranks: a weak ranking fused by rank makes a good one worse.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]

LEAST_MEANING = 0.3
"""Weight of meaning, beside 1 for words, where the words were found; each embedder has its own."""

_MOST_MEANING = 2.0  # and where no word of the question stands in any passage
_FOUND = 0.3  # this share of the question's words in one passage: they were found
_AT_FIRST = 256  # passages best by words: what is compared before it is known who is out of reach
_ROUNDING = 1e-4
_WORTH_CHOOSING = 0.2  # of all passages; where more are in reach, all at once are compared faster
_WHOLE_SHARE = 0.2  # of meaning: the passage as a whole, the rest its best sentence


def dense_scores(
    query_vector: Vector,
    *,
    passage_vectors: Vector,
    sentence_vectors: Vector | None = None,
    sentence_passages: npt.NDArray[np.integer] | None = None,
) -> Vector:
    """Return how near each passage is in meaning: mostly its best sentence, partly the whole.

    A long paragraph says many things, and the mean of them hides the one that is asked for.

    Args:
        query_vector: The question's row of length 1, shape (dimension,).
        passage_vectors: One row per passage, (passages, dimension).
        sentence_vectors: One row per sentence of the passages, (sentences, dimension); without
            them passages are compared as wholes.
        sentence_passages: For each sentence the position of its passage, (sentences,).

    Returns:
        float32 of shape (passages,) in [-1, 1].
    """
    whole = np.asarray(passage_vectors @ query_vector, np.float32)
    if sentence_vectors is None or sentence_passages is None or not len(sentence_passages):
        return whole
    best = np.full(len(whole), -1, np.float32)
    np.maximum.at(best, sentence_passages, sentence_vectors @ query_vector)
    best = np.where(best > -1, best, whole)
    return np.asarray(_WHOLE_SHARE * whole + (1 - _WHOLE_SHARE) * best, np.float32)


def combine(words: Vector, meaning: Vector, *, least_meaning: float = LEAST_MEANING) -> Vector:
    """Return one similarity per passage from its lexical and its dense score.

    >>> [f"{similarity:.2f}" for similarity in combine(np.array([0.8, 0]), np.array([0.5, 0.5]))]
    ['0.73', '0.12']
    >>> [f"{similarity:.2f}" for similarity in combine(np.array([0, 0]), np.array([0.6, 0.3]))]
    ['0.40', '0.20']

    Args:
        words: Lexical scores in [0, 1], 0 for no match.
        meaning: Cosines in [-1, 1]; opposite vectors count as unrelated.
        least_meaning: Weight of meaning where the words were found: `weight_beside_words` of the
            embedder.

    Returns:
        float32 in [0, 1], of the same shape.
    """
    if not len(words):
        return np.zeros(0, np.float32)
    return _weighted(words, meaning, weight=_weight_of_meaning(words, least_meaning))


def nearest(
    words: Vector,
    *,
    limit: int,
    query_vector: Vector,
    passage_vectors: Vector,
    sentence_vectors: Vector,
    sentence_passages: npt.NDArray[np.integer],
    allowed: npt.NDArray[np.bool_] | None = None,
    least_meaning: float = LEAST_MEANING,
) -> tuple[npt.NDArray[np.intp], Vector]:
    """Return the positions of the most similar passages, best first, and their similarities.

    The same as `combine(words, dense_scores(...))` sorted, for pages so large that comparing
    every sentence takes longer than a question may: what the words leave out of reach of the
    best is not compared. A meaning of 1 is the most there is, so nothing can be missed.

    Args:
        words: The lexical score of every passage, (passages,), in [0, 1].
        limit: Most passages to return, at least 1.
        query_vector: As for `dense_scores`, like the three after it.
        passage_vectors: (passages, dimension).
        sentence_vectors: (sentences, dimension), in the order of the passages.
        sentence_passages: (sentences,), rising.
        allowed: Which passages may be returned, (passages,); None for all.
        least_meaning: As for `combine`.
    """
    weight = _weight_of_meaning(words, least_meaning)

    def similarities(rows: npt.NDArray[np.intp]) -> Vector:
        ends = np.searchsorted(sentence_passages, [rows, rows + 1])
        sentences, owners = _stretches(ends[0], ends[1])
        meaning = dense_scores(
            query_vector,
            passage_vectors=passage_vectors[rows],
            sentence_vectors=sentence_vectors[sentences],
            sentence_passages=owners,
        )
        return _weighted(words[rows], meaning, weight=weight)

    reach = words if allowed is None else np.where(allowed, words, np.float32(-1))
    rows = first_of(reach, min(max(limit, _AT_FIRST), len(reach)))
    rows = np.sort(rows[reach[rows] >= 0])
    found = similarities(rows)
    if len(rows) > limit:
        worst = float(np.partition(found, -limit)[-limit])
        lowest = worst * (1 + weight) - weight - _ROUNDING
        rows = np.flatnonzero((reach >= lowest) & (reach >= 0))
        if len(rows) > len(words) * _WORTH_CHOOSING:
            everything = dense_scores(
                query_vector,
                passage_vectors=passage_vectors,
                sentence_vectors=sentence_vectors,
                sentence_passages=sentence_passages,
            )
            found = _weighted(words, everything, weight=weight)[rows]
        else:
            found = similarities(rows)
    order = first_of(found, limit)
    return rows[order], found[order]


def first_of(values: Vector, limit: int) -> npt.NDArray[np.intp]:
    """Return the places of the highest values, highest first; of equal ones the earlier first.

    >>> first_of(np.array([0.2, 0.9, 0.5, 0.9, 0.5]), 3).tolist()
    [1, 3, 2]
    """
    if limit >= len(values):
        return np.argsort(-values, kind="stable")
    last = np.partition(values, -limit)[-limit] if limit > 0 else np.inf
    chosen = np.flatnonzero(values >= last)
    order = np.argsort(-values[chosen], kind="stable")
    return chosen[order][:limit]


def _weight_of_meaning(words: Vector, least: float) -> float:
    missing = max(0.0, 1 - float(words.max()) / _FOUND)
    return least + (max(_MOST_MEANING, least) - least) * missing


def _weighted(words: Vector, meaning: Vector, *, weight: float) -> Vector:
    similarity = (words + weight * np.maximum(meaning, 0)) / (1 + weight)
    return np.clip(similarity, 0, 1).astype(np.float32)


def _stretches(
    starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the numbers from each start to its end, and which stretch each belongs to."""
    lengths = ends - starts
    owners = np.repeat(np.arange(len(lengths)), lengths)
    firsts = np.cumsum(lengths) - lengths
    return np.arange(len(owners)) + (starts - firsts)[owners], owners
