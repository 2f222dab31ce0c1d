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
SURE, SURE_ACROSS, UNLIKELY = 0.27, 0.2, 0.04


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
    """Return the trees."""
    return fitted(*stacked(questions))


def figures(questions: Sequence[Asked]) -> dict[str, float]:
    """Return how often the likeliest sentence answers, and how sure it is, on unseen pages."""
    first: list[bool] = []
    sure: list[bool] = []
    refused: list[bool] = []
    for learned, unseen in pages_apart(questions):
        model = learned_from(learned)
        for item in unseen:
            shares = model.predict_proba(item.features)[:, 1]
            best = int(shares.argmax())
            if item.is_answerable:
                first.append(bool(item.answers[best]))
                sure.append(bool(item.answers[best]) and shares[best] >= SURE)
            else:
                refused.append(bool(shares[best] < SURE))
    return {
        "likeliest answers": share_of(first),
        "and is sure": share_of(sure),
        "unanswerable, none sure": share_of(refused),
    }


def main() -> None:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    questions = list(asked_of_pages())
    limits = {"sure": SURE, "sure_across": SURE_ACROSS, "unlikely": UNLIKELY}
    write(options.target, FEATURES, learned_from(questions), **limits)
    print(json.dumps({"questions": len(questions)} | figures(questions)))


if __name__ == "__main__":
    main()
