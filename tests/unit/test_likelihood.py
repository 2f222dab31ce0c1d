"""What a comment contests without a word for it: a trained model places it, or leaves it be."""

import json

import numpy as np
import pytest

from index.disputes import Dispute, find_disputes
from index.disputes.likelihood import FEATURES, Candidate, Likely, Word, reading_model
from index.disputes.tone import Tone
from index.encoder import word_table
from index.reading import read_bytes
from index.statements import find_statements

_PAGES = {
    "en": [
        "The lido at Marrow Bay reopened on Friday.",
        "“The water has been heated to 24 degrees every day since June,” said the manager, Joan "
        "Trill.",
        "A season ticket costs 80 pounds.",
    ],
    "de": [
        "Das Freibad in Moorbach hat am Freitag wieder geöffnet.",
        "„Das Wasser ist seit Juni jeden Tag auf 24 Grad geheizt“, sagte die Leiterin Jana Trill.",
        "Eine Saisonkarte kostet 80 Euro.",
    ],
}


def _disputes(language: str, *comments: str) -> tuple[Dispute, ...]:
    """Read a page where every comment after the first answers the first."""
    thread = [
        {"number": "1.1" if place else "1", "author": f"Reader {place}", "text": text}
        | ({"parent": "1"} if place else {})
        for place, text in enumerate(comments)
    ]
    page = {"title": "Lido", "language": language, "paragraphs": _PAGES[language],
            "comments": thread}  # fmt: skip
    article = read_bytes(json.dumps(page).encode())
    return find_disputes(article, find_statements(article))


@pytest.mark.parametrize(
    ("language", "comment", "claim"),
    [
        (
            "en",
            "Heated every day since June, they tell us. The thermometer at the steps showed the "
            "water at 17 degrees on three mornings in July and at 16 on the fourth.",
            "24 degrees",
        ),
        (
            "de",
            "Seit Juni jeden Tag geheizt. Das Thermometer an der Treppe zeigte im Juli an drei "
            "Morgen 17 Grad im Wasser und am vierten 16.",
            "24 Grad",
        ),
    ],
)
def test_what_a_reader_measured_stands_against_what_was_said(
    language: str, comment: str, claim: str
) -> None:
    (dispute,) = _disputes(language, comment)
    assert claim in dispute.claim.text
    assert dispute.contested_by[0].cue is None


@pytest.mark.parametrize(
    "comment",
    [
        "Thank you for the water heated every day since June, the children loved it on Friday.",
        "Exactly, the water was heated to 24 degrees every day since June, we went every day.",
        "My sister is coming over with her twins and we will bring sandwiches for everybody.",
        "Warm water!",
    ],
)
def test_who_thanks_agrees_or_speaks_of_something_else_contests_nothing(comment: str) -> None:
    assert not _disputes("en", comment)


def test_who_answers_a_question_contests_nothing() -> None:
    asked = "Does anybody know whether the café at the lido sells tickets on Sundays as well?"
    told = "The café at the lido sells tickets on Sundays from nine, bring coins for the machine."
    assert not _disputes("en", asked, told)


def _likely(logit: float) -> Likely:
    thread = [{"number": "1", "author": "Ada", "text": "No, it was cold."}]
    page = {"title": "Lido", "language": "en", "paragraphs": _PAGES["en"], "comments": thread}
    (comment,) = read_bytes(json.dumps(page).encode()).comments
    features = np.zeros(len(FEATURES), np.float32)
    candidate = Candidate(comment=comment, target=comment, most_against=0, features=features)
    return Likely(candidate=candidate, logit=logit)


def test_what_nobody_read_counts_only_where_the_trees_are_surer() -> None:
    model = reading_model()
    assert not model.confirmed([_likely(model.least_unread - 0.1)], [])
    assert len(model.confirmed([_likely(model.least_unread + 0.1)], [])) == 1


def test_the_word_of_the_reader_decides_where_the_trees_waver() -> None:
    model = reading_model()
    assert model.confirmed([_likely(0.0)], [Word(contests=6.0, carries=0.0)])
    assert not model.confirmed([_likely(0.0)], [Word(contests=-6.0, carries=0.0)])


def test_a_denial_sounds_more_like_a_contest_than_thanks() -> None:
    texts = ["Rubbish, there is no such bridge and never was.", "Thank you, what a lovely morning!"]
    denial, thanks = Tone.bundled().of(texts, word_table().encode_documents(texts))
    assert denial[0] > thanks[0]
