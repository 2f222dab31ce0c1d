"""Make `assistant/extractive/answering.json` again: which sentence of a page answers a question.

    python -m training.answering

Learned from the questions in `training/data/question_pages`, all written for this project, put to
their pages as the product does; a row is one of the sentences that come into question. Prints how
often it is right on pages that were not learned, four folds of pages apart.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from assistant.extractive.likelihood import FEATURES, WEIGHTS, measured
from training.asked import Asked, pages_apart, share_of, stacked
from training.question_pages import inquiries
from training.reader_data import is_marked
from training.trees import fitted, write

TARGET = Path(__file__).parent.parent / "assistant" / "extractive" / WEIGHTS
KINDS = ("fact", "none", "factual", "yes_no")
"""What whose words are, and what somebody said, is found otherwise."""
SURE, UNLIKELY = 0.2, 0.04
_ELSEWHERE = 0.3


def asked_of_pages() -> Iterator[Asked]:
    """Yield the questions with what the product knows of the sentences of their pages.

    Each is put to another page as well, where nothing answers: "Who drove the car?" of a castle.
    """
    for elsewhere in (False, True):
        yield from _put_to_pages(elsewhere=elsewhere)


def _put_to_pages(*, elsewhere: bool) -> Iterator[Asked]:
    for row, inquiry in inquiries(kinds=KINDS, elsewhere=elsewhere):
        spans, features = measured(inquiry)
        texts = [span.of(inquiry.article.text) for span, _ in spans]
        yield Asked(
            page=row["page"],
            features=features,
            answers=np.array([is_marked(text, row["answers"]) for text in texts]),
            is_answerable=bool(row["answers"]),
            is_elsewhere=elsewhere,
        )


def learned_from(questions: Sequence[Asked]) -> HistGradientBoostingClassifier:
    """Return the trees.

    What another page is asked counts for less: one question in three that was written to be
    vague ("how long did it take?") is answered there as well.
    """
    own = stacked([question for question in questions if not question.is_elsewhere])
    other = stacked([question for question in questions if question.is_elsewhere])
    weights = [1.0] * len(own[1]) + [_ELSEWHERE] * len(other[1])
    return fitted(np.concatenate([own[0], other[0]]), own[1] + other[1], weights)


def figures(questions: Sequence[Asked]) -> dict[str, float]:
    """Return how often the likeliest sentence answers, and how sure it is, on unseen pages."""
    first: list[bool] = []
    sure: list[bool] = []
    refused: list[bool] = []
    strange: list[bool] = []
    for learned, unseen in pages_apart(questions):
        model = learned_from(learned)
        for item in unseen:
            shares = model.predict_proba(item.features)[:, 1]
            best = int(shares.argmax())
            if item.is_answerable:
                first.append(bool(item.answers[best]))
                sure.append(bool(item.answers[best]) and shares[best] >= SURE)
            else:
                (strange if item.is_elsewhere else refused).append(bool(shares[best] < SURE))
    return {
        "likeliest answers": share_of(first),
        "and is sure": share_of(sure),
        "unanswerable, none sure": share_of(refused),
        "of another page, none sure": share_of(strange),
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
