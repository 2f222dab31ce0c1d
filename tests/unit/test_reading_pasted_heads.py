"""Heads of pasted comments: who says it, marks beside names, letters above them, days below."""

import pytest

from index.reading.building import build_article
from index.reading.pasted.text import draft_from_text

ARTICLE = (
    "The ponies of Sandvik\n\nThe ponies of Sandvik may stay on the dunes, the council decided on "
    "Monday evening, after a debate of four hours in a hall that was far too small for it.\n\n"
    "They were to leave in May, because the grass does not grow fast enough for thirty of them.\n\n"
)
WORDS = (
    "They ate my whole hedge in one night, and it was a good hedge.",
    "My children know every one of them by name, so do I.",
    "Thirty is too many, twelve would be fine, ask any farmer here.",
)
NAMES = ("Woman from the dunes", "Per Olsen", "kaja_88")


def _read(heading: str, blocks: list[str], foot: str = "") -> list[tuple[str | None, str, int]]:
    text = f"{ARTICLE}{heading}\n\n" + "\n\n".join(blocks) + foot
    article = build_article(draft_from_text(text), source_key="test")
    body = " ".join(p.text for p in article.passages if p.source == "article")
    assert "thirty of them" in body
    assert not any(words in body for words in WORDS)
    days = [c.posted_at.day if c.posted_at else 0 for c in article.comments]
    return [(c.author, c.text, d) for c, d in zip(article.comments, days, strict=True)]


EXPECTED = [
    (name, words, day) for day, (name, words) in enumerate(zip(NAMES, WORDS, strict=True), 1)
]
PARTS = [(day, name, words) for name, words, day in EXPECTED]


@pytest.mark.parametrize("says", ["says:", "said...", "wrote:", "sagt:", "dijo…"])
def test_whoever_says_it_above_a_day_wrote_it(says: str) -> None:
    blocks = [f"{name} {says}\n{day} May 2024, 14:05\n{words}" for day, name, words in PARTS]
    assert _read("3 comments", blocks) == EXPECTED


@pytest.mark.parametrize("says", ["said:", "dijo..."])
def test_a_day_below_the_words_is_that_of_whoever_says_them_above(says: str) -> None:
    blocks = [f"{name} {says}\n{words}\n{day} May 2024, 20:15" for day, name, words in PARTS]
    foot = "\n\nPost a comment\n\nNewer post     Home     Older post\n"
    assert _read("3 comments:", blocks, foot) == EXPECTED


@pytest.mark.parametrize("mark", ["Guest - {}", "Misafir - {}", "{} (Gast)", "{} (not verified)"])
def test_marks_of_guests_are_no_part_of_their_names(mark: str) -> None:
    blocks = [f"{mark.format(n)}\n{day} May 2024 14:05\n{words}\nReply" for day, n, words in PARTS]
    assert _read("Comments", blocks) == EXPECTED


def test_a_letter_drawn_above_a_name_is_none() -> None:
    blocks = [
        f"{name[0].upper()}\n{name}\n{day} May 2024\n{words}\nReply" for day, name, words in PARTS
    ]
    assert _read("3 comments", blocks) == EXPECTED


def test_a_number_with_parts_stands_between_a_name_and_a_day() -> None:
    blocks = [
        f"{name}\n#{number}  —  {day} May 2024, 7:10\n{words}\nReply   Report"
        for number, (day, name, words) in zip(("1", "1.1", "2"), PARTS, strict=True)
    ]
    assert _read("Comments", blocks) == EXPECTED


@pytest.mark.parametrize("heading", ["Comments — 3", "COURRIER DES LECTEURS (3)", "Коментарі – 3"])
def test_headings_with_a_count_behind_a_dash_or_of_letters(heading: str) -> None:
    blocks = [f"{name} _ {day:02}.05.2024 10:58\n{words}" for day, name, words in PARTS]
    assert _read(heading, blocks) == EXPECTED


def test_links_below_the_last_signature_are_no_comment() -> None:
    blocks = [f"{words}\n\n— {name}, {day} May 2024" for day, name, words in PARTS]
    foot = "\n\nWrite to the editors\nSubscriptions and back issues\n"
    assert _read("Letters to the editor", blocks, foot) == EXPECTED
