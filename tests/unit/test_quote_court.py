"""The quote court: verbatim, altered, somebody else's, or not on the page."""

import pytest

from index.reading.building import build_article
from index.reading.draft import ArticleDraft, ParagraphDraft
from index.statements import QuotationCheck, check_quotation, find_statements

_TEXT = (
    "« Le pont ne coûtera jamais 12 millions à la commune », a déclaré Marc Vidal.",
    "« La rivière n'a pas débordé depuis trois ans », estime Anne Roux.",
    "La réunion a duré plus de deux heures dans la salle des fêtes.",
    "« Nous irons jusqu'au bout, prévient Léa Dumas. Rien ne nous arrêtera. »",
)
_ARTICLE = build_article(
    ArticleDraft(
        title=None, paragraphs=tuple(ParagraphDraft(text=part) for part in _TEXT), language="fr"
    ),
    source_key="test",
)
_STATEMENTS = find_statements(_ARTICLE)


def check(quote: str, speaker: str | None = None) -> QuotationCheck:
    return check_quotation(quote, _ARTICLE, _STATEMENTS, speaker=speaker)


@pytest.mark.parametrize(
    "quote",
    [
        "Le pont ne coûtera jamais 12 millions à la commune",
        "« LE PONT ne coûtera jamais  12 millions »",
        "… jamais 12 millions à la commune.",
    ],
)
def test_words_of_the_speaker_are_verbatim_in_any_dress(quote: str) -> None:
    assert check(quote, "Vidal").verdict == "verbatim"


@pytest.mark.parametrize(
    ("quote", "difference"),
    [
        ("Le pont ne coûtera jamais 13 millions à la commune", "“13” instead of “12”"),
        ("Le pont coûtera 12 millions à la commune", "left out: ne"),
        ("La rivière a débordé depuis trois ans", "left out: pas"),
        ("Le port ne coûtera jamais 12 millions à la commune", "“port” instead of “pont”"),
    ],
)
def test_a_changed_number_name_or_negation_is_altered(quote: str, difference: str) -> None:
    found = check(quote)
    assert found.verdict == "altered"
    assert any(difference in item for item in found.differences)


def test_words_of_somebody_else_are_theirs() -> None:
    found = check("La rivière n'a pas débordé", "Marc Vidal")
    assert found.verdict == "other_speaker"
    assert found.statement is not None
    assert found.statement.speaker is not None
    assert found.statement.speaker.name == "Anne Roux"


def test_words_of_the_narrator_are_no_speakers() -> None:
    found = check("La réunion a duré plus de deux heures", "Marc Vidal")
    assert found.verdict == "other_speaker"
    assert found.statement is None


def test_words_of_the_narrator_are_verbatim_where_nobody_is_named() -> None:
    assert check("La réunion a duré plus de deux heures").verdict == "verbatim"


def test_words_that_are_not_on_the_page_are_absent() -> None:
    found = check("Les étoiles brillaient au-dessus du vieux moulin", "Marc Vidal")
    assert (found.verdict, found.statement, found.start) == ("absent", None, None)


def test_a_quotation_put_together_around_its_attribution_is_verbatim() -> None:
    assert check("Nous irons jusqu'au bout. Rien ne nous arrêtera.", "Dumas").verdict == "verbatim"


def test_the_place_of_the_words_is_exact() -> None:
    found = check("n'a pas débordé depuis trois ans", "Anne Roux")
    assert found.start is not None
    assert found.end is not None
    assert _ARTICLE.text[found.start : found.end] == "n'a pas débordé depuis trois ans"


@pytest.mark.parametrize("quote", ["", "…", "« »"])
def test_nothing_is_absent(quote: str) -> None:
    assert check(quote).verdict == "absent"


def test_an_omission_that_hides_a_negation_is_an_alteration() -> None:
    assert check("La rivière n'a […] débordé", "Roux").verdict == "altered"
