"""What a denial denies: its own clause, or what somebody said before about the same matter."""

import json

import pytest

from index.disputes import Stances, find_stances
from index.reading import read_bytes
from index.statements import find_statements


def _stances(language: str, paragraphs: list[str], *comments: str) -> Stances:
    thread = [
        {"number": str(place), "author": f"Reader {place}", "text": text}
        for place, text in enumerate(comments, 1)
    ]
    page = {"title": "-", "language": language, "paragraphs": paragraphs, "comments": thread}
    article = read_bytes(json.dumps(page).encode())
    return find_stances(article, find_statements(article))


@pytest.mark.parametrize(
    ("language", "other", "denial", "claim"),
    [
        (
            "en",
            "The shop closed its door in May, the mayor said.",
            "Doctor Ada Low denied that the vaccine causes fever.",
            "the vaccine causes fever",
        ),
        (
            "en",
            "“The oven will cool in June,” said baker Tom Reed.",
            "Doctor Ada Low rejected the accusation that the clinic hid deaths.",
            "the clinic hid deaths",
        ),
        (
            "fr",
            "Le budget doublera en deux ans, affirme le maire Pierre Aubin.",
            "L'ingénieure Sonia Reyre conteste que l'eau soit polluée.",
            "l'eau soit polluée",
        ),
        (
            "fr",
            "Le budget doublera en deux ans, affirme le maire Pierre Aubin.",
            "L'ingénieure Sonia Reyre rejette l'accusation selon laquelle la digue est fragile.",
            "la digue est fragile",
        ),
        (
            "de",
            "Bürgermeisterin Ilse Kron wirft dem Kämmerer vor, die Belege verloren zu haben.",
            "Ingenieurin Rita Sand widerspricht der Behauptung, der Steg sei unsicher.",
            "der Steg sei unsicher",
        ),
    ],
)
def test_a_denial_of_another_matter_denies_its_own_clause(
    language: str, other: str, denial: str, claim: str
) -> None:
    (dispute,) = _stances(language, [other, denial]).disputes
    assert dispute.claim.text == claim
    assert dispute.claim.speaker is None
    assert [position.text for position in dispute.contested_by] == [denial]


def test_a_denial_of_the_same_matter_denies_who_said_it() -> None:
    said = "The vaccine causes fever, the baker Tom Reed said."
    (dispute,) = _stances(
        "en", [said, "Doctor Ada Low denied that the vaccine causes fever."]
    ).disputes
    assert dispute.claim.text == said
    assert dispute.claim.speaker is not None


def test_what_who_denies_says_next_is_not_what_they_deny() -> None:
    said = "Ada Low said Reed had told her in May that no shops were closing."
    denial = 'Brightfield denied this, saying that he had spoken only of "no large plan".'
    (dispute,) = _stances("en", [f"{said} {denial}"]).disputes
    assert dispute.claim.text == said


@pytest.mark.parametrize(
    ("language", "said", "repeated"),
    [
        (
            "en",
            "“The works will cost 6 million euros,” said the mayor, Ada Low.",
            "The works will cost 6,000,000 euros, as the mayor says.",
        ),
        (
            "fr",
            "« Les travaux coûteront 6,5 millions d'euros », a déclaré la maire, Léa Dumas.",
            "Les travaux coûteront 6 500 000 euros, comme le dit la maire.",
        ),
        (
            "fr",
            "« Les travaux coûteront 6,5 millions d'euros », a déclaré la maire, Léa Dumas.",
            "Je confirme : six millions et demi.",
        ),
        (
            "de",
            "Der Deich kostet sechs Millionen Euro, sagte Bürgermeisterin Irene Kron.",
            "Der Deich kostet 6.000.000 Euro, wie Frau Kron sagt.",
        ),
    ],
)
def test_a_figure_repeated_in_other_digits_supports(
    language: str, said: str, repeated: str
) -> None:
    stances = _stances(language, [said], repeated)
    assert stances.disputes == ()
    (agreement,) = stances.agreements
    assert agreement.claim.text == said
    assert [position.text for position in agreement.positions] == [repeated]


@pytest.mark.parametrize(
    "comment",
    [
        "No: the works will cost six million euros.",
        "The works will cost 6,000,000 euros? Who pays?",
        "The works will never cost 6,000,000 euros.",
        "6,000,000 euros would buy four schools, two buses and a bakery.",
    ],
)
def test_a_figure_repeated_otherwise_is_no_support(comment: str) -> None:
    said = "“The works will cost 6 million euros,” said the mayor, Ada Low."
    assert _stances("en", [said], comment).agreements == ()


@pytest.mark.parametrize(
    ("language", "paragraphs", "claim"),
    [
        (
            "en",
            [
                "The refit saves £90,000 a year, the council says.",
                "“A third of our grant is gone in two years,” said leader Ada Low.",
                "The porters' union rejected the figure.",
            ],
            "£90,000",
        ),
        (
            "fr",
            [
                "La fermeture économisera 90 000 euros par an, selon la mairie.",
                "« Nous avons perdu un tiers du budget en deux ans », a dit Pierre Aubin.",
                "Le syndicat conteste ce chiffre.",
            ],
            "90 000",
        ),
    ],
)
def test_a_denied_figure_is_one_written_as_a_figure(
    language: str, paragraphs: list[str], claim: str
) -> None:
    (dispute,) = _stances(language, paragraphs).disputes
    assert claim in dispute.claim.text


def test_what_is_said_behind_a_denial_is_about_what_is_denied() -> None:
    page = {
        "title": "Cider press at Lower Fenwick shut after wasps overrun bottling hall",
        "language": "en",
        "paragraphs": [
            "The community cider press at Lower Fenwick has been shut for a fortnight after wasps "
            "nested in the roof of its bottling hall, the parish said on Friday.",
            '"Eleven volunteers were stung, two of them badly," said press manager Owen Tarrant. '
            "He blamed the council for refusing to pay for new netting in May.",
            "Council clerk Shirin Vale denied that any request for netting had been made. "
            '"We have looked through every letter since January and there is nothing," she said.',
            "A pest controller, Bob Hale, found three nests on Tuesday. He expects the hall to be "
            "safe by 28 September and will charge £640.",
            "About 9,000 litres of juice are waiting in tanks. Tarrant said half of it would spoil "
            "if the hall stayed shut until October.",
        ],
    }
    article = read_bytes(json.dumps(page).encode())
    (dispute,) = find_stances(article, find_statements(article)).disputes
    assert "refusing to pay" in dispute.claim.text


def test_what_another_adds_to_a_denial_does_not_contest_it() -> None:
    stances = _stances(
        "fr",
        [
            "Le collectif accuse la mairie d'avoir caché une étude de l'université de Rennes.",
            "La mairie dément avoir caché l'étude. « Elle se lit au guichet depuis le 3 mars », a "
            "répondu l'adjoint aux travaux, Basile Thorel, qui reproche au collectif de bloquer le "
            "projet depuis trois ans.",
        ],
    )
    assert not [d for d in stances.disputes if "dément" in d.claim.text]
