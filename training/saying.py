"""Make `utterances`, `described` and `telling.json` in `assistant/extractive`: who said what.

    python -m training.saying

Learned from the questions of `training/data/question_pages` that ask whose words some are, or what
somebody says whom they describe; put to their pages as the product does. A row is one utterance of
the page, or one person on it, or one sentence of theirs; who is asked for in vain ("What does the
mayor say?" of a page without one) teaches who is not meant, and what is asked of somebody in vain
which words are not told. Prints how often they are right on pages that were not learned, four folds
of pages apart.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.extractive import described, people, telling, utterances
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.speech import topic_of
from index.encoder.regression import Numbers, probabilities
from training.asked import Asked, pages_apart, share_of, stacked
from training.meant_data import (
    asked_for_somebody,
    holds_answer,
    is_answerable,
    is_named,
    which_are_meant,
)
from training.question_pages import inquiries
from training.regression import fitted, write

TARGET = Path(__file__).parent.parent / "assistant" / "extractive"
STRENGTH = 0.05
WORDS_SURE, WORDS_LIKELY = 0.65, 0.3
PERSON_SURE, PERSON_LIKELY = 0.5, 0.3
TOLD_SURE = 0.28


def of_words(row: dict[str, Any], inquiry: Inquiry) -> Asked:
    """Return a question that asks whose words some are; a row is one utterance."""
    found = utterances.utterances(inquiry)
    return Asked(
        page=row["page"],
        features=utterances.measured(inquiry, found),
        answers=np.array([holds_answer(item.text, row["answers"]) for item in found]),
        is_answerable=bool(row["answers"]),
    )


def of_telling(row: dict[str, Any], inquiry: Inquiry) -> Asked | None:
    """Return a question that asks what somebody says of a topic; a row is one sentence of theirs.

    None where nobody of the article is asked for, or no topic is named.
    """
    meant = [person.speaker for person in people.meant(inquiry).persons if not person.is_reader]
    if not meant or (row["answers"] and not is_named(meant[0].name, row.get("speaker"))):
        return None
    topic = topic_of(inquiry, meant[0])
    theirs = telling.of_speaker(inquiry, meant[0])
    return Asked(
        page=row["page"],
        features=telling.measured(inquiry, topic, theirs),
        answers=np.array([holds_answer(item.text, row["answers"]) for item in theirs]),
        is_answerable=bool(row["answers"]),
    )


def of_person(row: dict[str, Any], inquiry: Inquiry) -> Asked:
    """Return a question that asks for the words of somebody; a row is one person of the page."""
    persons = described.persons_of(inquiry)
    return Asked(
        page=row["page"],
        features=described.measured(inquiry, persons),
        answers=np.array(which_are_meant(row, persons)),
        is_answerable=is_answerable(row),
    )


def learned_from(questions: Sequence[Asked]) -> tuple[Numbers, float]:
    """Return weights and bias."""
    return fitted(*stacked(questions), strength=STRENGTH)


def figures(questions: Sequence[Asked], *, sure: float) -> dict[str, float]:
    """Return how often the likeliest is meant, and how sure it is, on unseen pages."""
    first: list[bool] = []
    is_sure: list[bool] = []
    refused: list[bool] = []
    for learned, unseen in pages_apart(questions):
        weights, bias = learned_from(learned)
        for item in unseen:
            shares = probabilities(item.features @ weights + bias)
            best = int(shares.argmax())
            if item.is_answerable:
                first.append(bool(item.answers[best]))
                is_sure.append(bool(shares[best] >= sure))
            else:
                refused.append(bool(shares[best] < sure))
    right = np.array(first)
    return {
        "questions": len(questions),
        "likeliest is meant": share_of(right),
        "sure": share_of(is_sure),
        "meant where sure": share_of(right[np.array(is_sure)]),
        "nobody meant, none sure": share_of(refused),
    }


def main() -> None:
    """Learn both sets of weights and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    words = [of_words(*pair) for pair in inquiries(kinds=("who_said",))]
    persons = [of_person(*pair) for pair in asked_for_somebody()]
    told = [of_telling(*pair) for pair in inquiries(kinds=("said_what",))]
    words = [item for item in words if len(item.features)]
    persons = [item for item in persons if len(item.features)]
    of_topic = [item for item in told if item is not None and len(item.features)]
    for questions, file, names, limits in (
        (
            words,
            utterances.WEIGHTS,
            utterances.FEATURES,
            {"sure": WORDS_SURE, "likely": WORDS_LIKELY},
        ),
        (
            persons,
            described.WEIGHTS,
            described.FEATURES,
            {"sure": PERSON_SURE, "likely": PERSON_LIKELY},
        ),
        (of_topic, telling.WEIGHTS, telling.FEATURES, {"sure": TOLD_SURE}),
    ):
        weights, bias = learned_from(questions)
        write(options.target / file, names, weights, bias, **limits)
        print(file, json.dumps(figures(questions, sure=limits["sure"])))


if __name__ == "__main__":
    main()
