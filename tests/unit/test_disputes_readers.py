"""How readers object without quoting: by asking back, by name, by another figure; or do not."""

import json

import pytest

from index.disputes import Dispute, find_disputes
from index.reading import read_bytes
from index.statements import find_statements

_PAGES = {
    "en": [
        "Night trains will stop at Velmar from December, the operator Norlink announced.",
        "“We have ordered twelve new carriages,” said Norlink's director, Helga Aasen. She said "
        "that noise barriers had been agreed in 2019. Tickets cost from 39 crowns.",
        "Norlink expects 30,000 passengers. A report spoke of 900 stops a year.",
    ],
    "fr": [
        "La piscine de Vaurelle fermera en décembre, a annoncé la maire, Odile Carpentras. La "
        "facture aurait atteint 310 000 euros.",
        "Le club avait été reçu deux fois en septembre, a assuré la maire.",
    ],
    "de": [
        "Der Platz gehört wieder den Menschen, sagte Bürgermeisterin Renate Vogt. Es habe drei "
        "Anhörungen gegeben, sagte Vogt.",
        "Die Polizei zählte im vergangenen Jahr 17 Unfälle auf dem Platz.",
    ],
    "es": [
        "«La red pierde uno de cada cuatro litros», explicó el concejal Raúl Montesa. El concejal "
        "recordó que la tarifa no cambia desde 2015.",
    ],
    "it": ["«Un pilone si è abbassato di quattro centimetri», ha spiegato Lucia Ferrante."],
}


def _disputes(language: str, comment: str) -> tuple[Dispute, ...]:
    page = {
        "title": "Titel", "language": language, "paragraphs": _PAGES[language],
        "comments": [{"number": "1", "author": "A reader", "text": comment}],
    }  # fmt: skip
    article = read_bytes(json.dumps(page).encode())
    return find_disputes(article, find_statements(article))


@pytest.mark.parametrize(
    ("language", "comment", "claim", "relation"),
    [
        ("en", "30,000 passengers? Never. I was alone in the carriage.", "30,000", "denies"),
        ("en", "Ms Aasen is not telling the truth about the barriers.", "barriers", "denies"),
        (
            "en",
            "Noise barriers agreed in 2019? I live there and see none. She is lying.",
            "barriers",
            "denies",
        ),
        ("en", "30,000 passengers? The timetable says 21,000.", "30,000", "contradicts"),
        ("en", "900 stops a year makes no sense for Velmar in December.", "900", "denies"),
        ("fr", "310 000 euros ? Jamais de la vie.", "310 000", "denies"),
        ("fr", "Le club reçu deux fois ? Faux, il n'y a eu qu'un courriel.", "deux fois", "denies"),
        ("fr", "Mme Carpentras ne dit pas la vérité sur le club.", "club", "denies"),
        ("de", "17 Unfälle? Niemals. Ich habe zwei gesehen.", "17", "denies"),
        ("de", "Drei Anhörungen? Bei uns war niemand. Das ist gelogen.", "Anhörungen", "denies"),
        ("es", "¿Uno de cada cuatro litros? Ni hablar.", "cuatro", "denies"),
        ("es", "¿Que la tarifa no cambia desde 2015? Mentira.", "tarifa", "denies"),
        ("it", "Quattro centimetri? Mai. L'ho misurato io.", "quattro", "denies"),
    ],
)
def test_an_objection_finds_the_claim_it_is_about(
    language: str, comment: str, claim: str, relation: str
) -> None:
    (dispute,) = _disputes(language, comment)
    assert claim in dispute.claim.text
    assert [(p.relation, p.author) for p in dispute.contested_by] == [(relation, "A reader")]


@pytest.mark.parametrize(
    ("language", "comment"),
    [
        ("en", "Twelve new carriages? About time!"),
        ("en", "39 crowns? Not bad. I will book tomorrow."),
        ("en", "39 crowns? My sister says she paid 39 as well."),
        ("en", "30,000 passengers! My grandmother was one of them in 1950."),
        ("en", "Can I book a bed? No. The site was down."),
        ("en", "Ms Aasen lives next door to me."),
        ("en", "I never sleep on trains."),
        ("fr", "310 000 euros ? Et qui paie ?"),
        ("fr", "Jamais je ne remettrai les pieds là-bas."),
        ("de", "17 Unfälle? Schlimm genug."),
        ("de", "Nie war der Platz schöner."),
        ("es", "¿Alguien sabe si hay descuento?"),
        ("it", "Mai visto un ponte così bello."),
    ],
)
def test_astonishment_praise_and_other_matters_contest_nothing(language: str, comment: str) -> None:
    assert _disputes(language, comment) == ()


@pytest.mark.parametrize(
    ("language", "paragraphs", "claim", "denier"),
    [
        (
            "en",
            [
                "Spokeswoman Ines Kolb warned that freight trains would run at night.",
                "A study counted 18,000 passengers a year. The operator expects 30,000.",
                "Director Helga Aasen rejected the criticism: barriers had been agreed, she said.",
            ],
            "Kolb warned",
            "Helga Aasen",
        ),
        (
            "fr",
            [
                "Le président du club, Bruno Malherbe, a dénoncé une décision « brutale ».",
                "La facture a atteint 310 000 euros, selon la maire, Odile Carpentras.",
                "La maire a écarté ces critiques : le club avait été reçu, a-t-elle assuré.",
            ],
            "Malherbe",
            "Odile Carpentras",
        ),
        (
            "de",
            [
                "Der Handel befürchtet Einbußen. Dessen Sprecher Jonas Kehl kritisierte, niemand "
                "habe mit den Läden gesprochen.",
                "Bürgermeisterin Renate Vogt wies die Kritik zurück: Es habe Anhörungen gegeben.",
            ],
            "Kehl",
            "Renate Vogt",
        ),
        (
            "es",
            [
                "El precio subirá, anunció el concejal de Hacienda, Raúl Montesa.",
                "La portavoz vecinal, Elvira Sanz, criticó que nadie les avisara.",
                "El concejal rechazó las críticas y recordó que la tarifa no cambia desde 2015.",
            ],
            "Elvira Sanz",
            "Raúl Montesa",
        ),
    ],
)
def test_who_rejects_criticism_disputes_the_words_of_who_criticised(
    language: str, paragraphs: list[str], claim: str, denier: str
) -> None:
    page = {"title": "Titel", "language": language, "paragraphs": paragraphs, "comments": []}
    article = read_bytes(json.dumps(page).encode())
    (dispute,) = find_disputes(article, find_statements(article))
    assert claim in dispute.claim.text
    assert [p.speaker.name for p in dispute.contested_by if p.speaker] == [denier]


def test_criticism_that_nobody_voiced_is_no_dispute() -> None:
    paragraphs = [
        "The operator expects 30,000 passengers. Tickets cost from 39 crowns, it said.",
        "Director Helga Aasen rejected the criticism: barriers had been agreed, she said.",
    ]
    page = {"title": "T", "language": "en", "paragraphs": paragraphs, "comments": []}
    article = read_bytes(json.dumps(page).encode())
    assert find_disputes(article, find_statements(article)) == ()


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        (
            "en",
            "Is the kiosk at the station still open? We used to meet there after school.",
            "It is open, but the kiosk has a new owner and no longer sells the old rolls.",
        ),
        (
            "de",
            "Hat der Kiosk am Bahnhof noch auf? Wir haben uns dort nach der Schule getroffen.",
            "Der Kiosk ist offen, hat aber einen neuen Besitzer und keine Brötchen mehr wie einst.",
        ),
    ],
)
def test_who_answers_a_question_contests_nothing(language: str, question: str, answer: str) -> None:
    comments = [
        {"id": "1", "author": "Ada", "text": question},
        {"id": "2", "author": "Bo", "parent": "1", "text": answer},
    ]
    page = {"title": "T", "language": language, "paragraphs": _PAGES[language]}
    article = read_bytes(json.dumps({**page, "comments": comments}).encode())
    assert find_disputes(article, find_statements(article)) == ()
