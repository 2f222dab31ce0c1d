"""Make `assistant/extractive/answering.json` again: which sentence of a page answers a question.

    python -m training.answering

Learned from the questions in `training/data/question_pages`, all written for this project, put to
their pages as the product does; a row is one of the sentences that come into question. Prints how
often it is right on pages that were not learned, four folds of pages apart.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.extractive.likelihood import FEATURES, WEIGHTS, measured
from index.encoder.regression import Numbers
from index.language.words import fold
from training.question_pages import inquiries
from training.regression import fitted, write

TARGET = Path(__file__).parent.parent / "assistant" / "extractive" / WEIGHTS
STRENGTH = 0.3
SURE, UNLIKELY = 0.5, 0.05
_FOLDS = 4
_SHORTEST = 15
"""Characters of a sentence that may itself be part of the marked words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: the features of the sentences that were read, and whether each answers it."""

    page: str
    features: Numbers
    answers: np.ndarray
    is_answerable: bool


def asked_of_pages() -> Iterator[Asked]:
    """Yield the questions with what the product knows of the sentences of their pages."""
    for row, inquiry in inquiries():
        spans, features = measured(inquiry)
        texts = [fold(span.of(inquiry.article.text)) for span, _ in spans]
        marked = [fold(words) for words in row["answers"]]
        yield Asked(
            page=row["page"],
            features=features,
            answers=np.array([_is_marked(text, marked) for text in texts]),
            is_answerable=bool(marked),
        )


def _is_marked(text: str, marked: Sequence[str]) -> bool:
    return any(words in text or (len(text) > _SHORTEST and text in words) for words in marked)


def learned_from(questions: Sequence[Asked]) -> tuple[Numbers, float]:
    """Return weights and bias; a question whose answer was not read teaches nothing."""
    told = [item for item in questions if item.answers.any() or not item.is_answerable]
    features = np.concatenate([item.features for item in told])
    answers = np.concatenate([item.answers for item in told])
    return fitted(features, answers.tolist(), strength=STRENGTH)


def figures(questions: Sequence[Asked]) -> dict[str, float]:
    """Return how often the likeliest sentence answers, and how sure it is, on unseen pages."""
    pages = sorted({item.page for item in questions})
    first: list[bool] = []
    sure: list[bool] = []
    refused: list[bool] = []
    for fold_of_pages in range(_FOLDS):
        unseen = set(pages[fold_of_pages::_FOLDS])
        weights, bias = learned_from([item for item in questions if item.page not in unseen])
        for item in questions:
            if item.page not in unseen or not len(item.features):
                continue
            shares = 1 / (1 + np.exp(-(item.features @ weights + bias)))
            best = int(shares.argmax())
            if item.is_answerable:
                first.append(bool(item.answers[best]))
                sure.append(bool(item.answers[best]) and shares[best] >= SURE)
            else:
                refused.append(bool(shares[best] < SURE))
    return {
        "likeliest answers": round(float(np.mean(first)), 3),
        "and is sure": round(float(np.mean(sure)), 3),
        "unanswerable, none sure": round(float(np.mean(refused)), 3),
    }


def main() -> None:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    questions = list(asked_of_pages())
    weights, bias = learned_from(questions)
    write(options.target, FEATURES, weights, bias, sure=SURE, unlikely=UNLIKELY)
    print(json.dumps({"questions": len(questions)} | figures(questions)))


if __name__ == "__main__":
    main()
