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
from sklearn.ensemble import HistGradientBoostingClassifier

from assistant.extractive.likelihood import FEATURES, WEIGHTS, measured
from index.encoder.regression import Numbers
from training.question_pages import inquiries
from training.reader_data import is_marked
from training.trees import fitted, write

TARGET = Path(__file__).parent.parent / "assistant" / "extractive" / WEIGHTS
KINDS = ("fact", "none", "factual", "yes_no")
"""What whose words are, and what somebody said, is found otherwise."""
SURE, UNLIKELY = 0.35, 0.1
_FOLDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: the features of the sentences that were read, and whether each answers it."""

    page: str
    features: Numbers
    answers: np.ndarray
    is_answerable: bool


def asked_of_pages() -> Iterator[Asked]:
    """Yield the questions with what the product knows of the sentences of their pages."""
    for row, inquiry in inquiries(kinds=KINDS):
        spans, features = measured(inquiry)
        texts = [span.of(inquiry.article.text) for span, _ in spans]
        yield Asked(
            page=row["page"],
            features=features,
            answers=np.array([is_marked(text, row["answers"]) for text in texts]),
            is_answerable=bool(row["answers"]),
        )


def learned_from(questions: Sequence[Asked]) -> HistGradientBoostingClassifier:
    """Return the trees; a question whose answer was not read teaches nothing."""
    told = [item for item in questions if item.answers.any() or not item.is_answerable]
    features = np.concatenate([item.features for item in told])
    answers = np.concatenate([item.answers for item in told])
    return fitted(features, answers.tolist())


def figures(questions: Sequence[Asked]) -> dict[str, float]:
    """Return how often the likeliest sentence answers, and how sure it is, on unseen pages."""
    pages = sorted({item.page for item in questions})
    first: list[bool] = []
    sure: list[bool] = []
    refused: list[bool] = []
    for fold_of_pages in range(_FOLDS):
        unseen = set(pages[fold_of_pages::_FOLDS])
        model = learned_from([item for item in questions if item.page not in unseen])
        for item in questions:
            if item.page not in unseen or not len(item.features):
                continue
            shares = model.predict_proba(item.features)[:, 1]
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
    write(options.target, FEATURES, learned_from(questions), sure=SURE, unlikely=UNLIKELY)
    print(json.dumps({"questions": len(questions)} | figures(questions)))


if __name__ == "__main__":
    main()
