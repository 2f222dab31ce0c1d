"""A question as a model learns from it: what is known of each answer that comes into question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.encoder.regression import Numbers

_FOLDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The features of what came into question, (rows, features), and which rows answer, (rows,).

    `drafted` is whether what was found without the model answers, `is_elsewhere` whether the
    question was written for another page.
    """

    page: str
    features: Numbers
    answers: np.ndarray
    is_answerable: bool
    drafted: bool = False
    is_elsewhere: bool = False


def stacked(questions: Sequence[Asked]) -> tuple[Numbers, list[bool]]:
    """Return all rows and which of them answer.

    A question whose answer is among none of its rows teaches nothing.
    """
    told = [q for q in questions if len(q.features) and (q.answers.any() or not q.is_answerable)]
    features = np.concatenate([question.features for question in told])
    return features, np.concatenate([question.answers for question in told]).tolist()


def pages_apart(questions: Sequence[Asked]) -> Iterator[tuple[list[Asked], list[Asked]]]:
    """Yield what is learned and what measures it, four times, each page in one of both alone."""
    pages = sorted({question.page for question in questions})
    for fold in range(_FOLDS):
        unseen = set(pages[fold::_FOLDS])
        learned = [question for question in questions if question.page not in unseen]
        yield learned, [q for q in questions if q.page in unseen and len(q.features)]


def share_of(holds: Sequence[bool] | np.ndarray) -> float:
    """Return how often something holds, to three digits."""
    return round(float(np.mean(holds)), 3)
