"""A reader who takes up one word or figure of the article to turn it."""

import json

import pytest

from index.disputes import Dispute, find_disputes
from index.reading import read_bytes
from index.statements import find_statements


def _disputes(
    language: str, title: str, paragraphs: list[str], comment: str
) -> tuple[Dispute, ...]:
    page = {"title": title, "language": language, "paragraphs": paragraphs,
            "comments": [{"number": "1", "author": "Ada", "text": comment}]}  # fmt: skip
    article = read_bytes(json.dumps(page).encode())
    return find_disputes(article, find_statements(article))


_TOLL = ["The toll on Corrie Bridge ends in June.", "It has been charged since 1936."]
_GOAT = ["A goat won the Fell Race at Marden.", "Forty runners finished behind it."]
_CLOCK = ["The clock was made by hand in Leeds.", "It does not need winding."]
_TRAM = ["El tranvía de Olmeda circula de nuevo.", "Tarda veinte minutos en llegar al puerto."]
_WELL = ["Der Brunnen in Telz sprudelt wieder.", "Bezahlt hat ihn die Sparkasse."]
_STAIRS = ["В Заборье построили лестницу к реке.", "В ней 120 ступеней."]
_BARGE = ["La péniche accueille une bibliothèque à Vaux.", "Elle compte 4 000 livres."]
_CATTLE = ["Der Markt öffnet im Mai.", "Alle Stände sind vergeben, sagt der Leiter Jan Holt."]


@pytest.mark.parametrize(
    ("language", "title", "paragraphs", "comment"),
    [
        ("en", "Bridge toll to end", _TOLL, "Not since 1936. My grandad took the first in 1951."),
        ("en", "Race", _GOAT, "Forty? I counted seventeen at the gate, two of them walking."),
        ("en", "New clock", _CLOCK, "It does need winding, every eight days, I have the key."),
        ("es", "Vuelve", _TRAM, "No tarda veinte minutos. Tarda treinta y cinco, lo cogí ayer."),
        ("de", "Wasser", _WELL, "Nicht die Sparkasse. Das Geld kam vom Heimatverein."),
        ("ru", "Лестница", _STAIRS, "Не 120, а 98, я мету их каждое утро."),
        ("fr", "Péniche", _BARGE, "4 000, ce chiffre est faux, j'en ai catalogué 2 650."),
        ("de", "Markt", _CATTLE, "Das stimmt nicht. Gestern war noch einer zu haben."),
    ],
)
def test_one_word_or_figure_is_enough_where_it_is_turned(
    language: str, title: str, paragraphs: list[str], comment: str
) -> None:
    (dispute,) = _disputes(language, title, paragraphs, comment)
    assert dispute.claim.text == paragraphs[1]
    assert [position.author for position in dispute.contested_by] == ["Ada"]


@pytest.mark.parametrize(
    ("language", "title", "paragraphs", "comment"),
    [
        ("en", "Bridge toll to end", _TOLL, "No toll, no queue, lovely."),
        ("en", "Bridge toll to end", _TOLL, "I never paid it anyway, I have a bike."),
        ("en", "New clock", _CLOCK, "It is not the clock that is late."),
        ("en", "Race", _GOAT, "Forty runners! My uncle is 80 years old and never ran."),
        ("fr", "Péniche", _BARGE, "Pas de livres chez moi, je lis sur écran."),
    ],
)
def test_the_same_words_about_something_else_contest_nothing(
    language: str, title: str, paragraphs: list[str], comment: str
) -> None:
    assert _disputes(language, title, paragraphs, comment) == ()
