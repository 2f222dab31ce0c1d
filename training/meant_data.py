"""What the reader's head for persons learns from: a question, and each who may be meant by it.

The questions ask for the words of somebody whom they name or describe; those of `persons.jsonl` in
nothing but descriptions, one in four of somebody who is not on the page.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from assistant.extractive import described
from assistant.extractive.described import Person
from assistant.extractive.inquiry import Inquiry
from index.language.words import spaced_words
from training.question_pages import inquiries
from training.reader_data import PAGES, Pair

PERSONS = "persons.jsonl"
_SHORTEST = 3
"""Words of an utterance that may itself be part of the marked ones."""


def asked_for_somebody(*, everywhere: bool = False) -> Iterator[tuple[dict[str, Any], Inquiry]]:
    """Yield the questions that ask for somebody's words, those in vain too, with their pages.

    Those of pages that the reader has not learned, unless of all are wanted.
    """
    for row, inquiry in inquiries(kinds=("said_what", "none"), everywhere=everywhere):
        if row.get("kind") != "none" or inquiry.question.intent == "said_what":
            yield row, inquiry
    yield from inquiries(file=PERSONS, everywhere=everywhere)


def persons_meant() -> Iterator[Pair]:
    """Yield each question with each person of its page."""
    for row, inquiry in asked_for_somebody(everywhere=True):
        persons = described.persons_of(inquiry)
        for person, is_meant in zip(persons, which_are_meant(row, persons), strict=True):
            text, behind = described.as_read(person)
            yield Pair(
                head="meant",
                first=inquiry.question.plain,
                second=text,
                behind=behind,
                label=int(is_meant),
                source=PAGES,
                language=row["lang"],
                group=row["page"],
                kind="reader" if person.is_reader else "article",
            )


def is_answerable(row: dict[str, Any]) -> bool:
    """Whether somebody of the page is meant by a question."""
    return bool(row["answers"] if "answers" in row else row["speaker"])


def which_are_meant(row: dict[str, Any], persons: Sequence[Person]) -> list[bool]:
    """Return which persons a question means: those of the name, else those whose words answer."""
    answers = row.get("answers", [])
    named = row.get("speaker") if is_answerable(row) else None
    meant = [bool(named) and is_named(person.speaker.name, named) for person in persons]
    if any(meant):
        return meant
    return [any(holds_answer(said.text, answers) for said in person.said) for person in persons]


def is_named(name: str, speaker: str | None) -> bool:
    """Whether one name is part of the other; any is where nobody is named."""
    own, other = spaced_words(name), spaced_words(speaker or "")
    return not other.strip() or own in other or other in own


def holds_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether an utterance holds words that answer, or is part of them."""
    told = spaced_words(text)
    marked = [spaced_words(words) for words in answers]
    is_long = len(told.split()) >= _SHORTEST
    return any(words in told or (is_long and told in words) for words in marked)
