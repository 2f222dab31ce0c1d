"""Disputes of an article and its thread, on invented texts."""

from __future__ import annotations

import json

import pytest

from index.article import Article
from index.disputes import Dispute, find_disputes
from index.reading import read_bytes
from index.statements import find_statements

BRIDGE = [
    "La mairie de Saint-Orlan a inauguré lundi le nouveau pont sur la Verdelle. Le pont a coûté "
    "trois millions d'euros, selon le maire Paul Derain. Il doit désengorger le centre-ville.",
    "L'association Rives Vivantes accuse la mairie d'avoir détruit une zone humide. Paul Derain "
    "dément ces accusations.",
]
WATER = [
    "Environmental group Clear Water accused Harlow Chemicals of dumping waste into the Tarn "
    "river. Harlow Chemicals denied the allegations on Tuesday.",
    "The mayor, Jane Holt, said the water was safe to drink.",
]


def article_of(
    paragraphs: list[str],
    comments: list[dict[str, str]] | None = None,
    *,
    language: str = "fr",
    title: str = "Titre",
) -> Article:
    numbered = [{"id": str(place + 1), **item} for place, item in enumerate(comments or [])]
    page = {
        "title": title, "language": language, "paragraphs": paragraphs, "comments": numbered,
    }  # fmt: skip
    return read_bytes(json.dumps(page).encode())


def disputes_of(article: Article) -> tuple[Dispute, ...]:
    return find_disputes(article, find_statements(article))


def about(disputes: tuple[Dispute, ...], words: str) -> Dispute:
    return next(dispute for dispute in disputes if words in dispute.claim.text)


def test_a_comment_that_quotes_and_objects_contests_what_it_quotes() -> None:
    article = article_of(
        BRIDGE,
        [{"author": "Lise", "text": "Il doit désengorger le centre-ville\n\nN'importe quoi !"}],
    )
    dispute = about(disputes_of(article), "désengorger")
    position = dispute.contested_by[0]
    assert (position.relation, position.author, position.cue) == (
        "denies",
        "Lise",
        "N'importe quoi",
    )


def test_a_comment_that_repeats_the_words_and_objects_is_found_without_a_quotation() -> None:
    article = article_of(
        BRIDGE,
        [{"author": "Zoé", "text": "Trois millions d'euros pour ce pont ? N'importe quoi."}],
    )
    assert about(disputes_of(article), "trois millions").voices_against == 1


def test_other_words_for_the_contrary_contradict() -> None:
    article = article_of(
        BRIDGE, [{"author": "Ode", "text": "Le pont ne va pas désengorger le centre-ville."}]
    )
    dispute = about(disputes_of(article), "désengorger")
    assert dispute.contested_by[0].relation == "contradicts"


@pytest.mark.parametrize(
    "text",
    [
        "Il doit désengorger le centre-ville\n\nBravo, il était temps.",
        "Quelqu'un sait si les vélos peuvent emprunter le pont sur la Verdelle ?",
        "Mon voisin raconte n'importe quoi sur ses chats.",
        "Ce n'est pas faux, le pont a coûté trois millions d'euros.",
        "Impossible de se garer le samedi.",
    ],
)
def test_agreement_questions_and_other_matters_contest_nothing(text: str) -> None:
    found = disputes_of(article_of(BRIDGE, [{"author": "A", "text": text}]))
    assert not [p for d in found for p in d.contested_by if p.passage.startswith("C")]


def test_an_accusation_that_is_denied_names_both_sides() -> None:
    dispute = about(disputes_of(article_of(BRIDGE)), "accuse")
    position = dispute.contested_by[0]
    assert dispute.claim.speaker is not None
    assert dispute.claim.speaker.name == "Rives Vivantes"
    assert position.speaker is not None
    assert (position.speaker.name, position.relation) == ("Paul Derain", "denies")


def test_a_denied_accusation_in_english() -> None:
    dispute = about(disputes_of(article_of(WATER, language="en")), "dumping waste")
    assert dispute.contested_by[0].cue == "denied"


def test_a_refused_offer_is_no_dispute() -> None:
    paragraphs = ["Carla Finch said she sold 300 loaves. She rejected an offer to open a shop."]
    assert disputes_of(article_of(paragraphs, language="en")) == ()


def test_what_is_not_denied_is_no_dispute() -> None:
    paragraphs = ["Vera Holm a annoncé une hausse des prix. Otto Brun n'a pas démenti la hausse."]
    assert disputes_of(article_of(paragraphs)) == ()


def test_two_sides_that_accuse_each_other_counter() -> None:
    paragraphs = [
        "La Kordavie accuse la Silvanie d'avoir violé la trêve. La récolte a été bonne.",
        "De son côté, la Silvanie accuse la Kordavie d'avoir bombardé un village.",
    ]
    dispute = about(disputes_of(article_of(paragraphs)), "violé la trêve")
    assert dispute.contested_by[0].relation == "counters"


def test_two_counts_of_the_same_thing_contradict() -> None:
    paragraphs = [
        "Police estimated the crowd at 400 people. Organisers put the figure at 1,500 people."
    ]
    dispute = about(disputes_of(article_of(paragraphs, language="en")), "400")
    assert "1,500" in dispute.contested_by[0].text


def test_a_german_reader_is_understood() -> None:
    article = article_of(
        ["Bürgermeister Karl Brand sagte, das Bad koste jährlich zwei Millionen Euro."],
        [{"author": "Uwe", "text": "das Bad koste jährlich zwei Millionen Euro\n\nQuatsch."}],
        language="de",
    )
    assert about(disputes_of(article), "Millionen").contested_by[0].cue == "Quatsch"


def test_a_reply_contests_the_comment_it_answers() -> None:
    article = article_of(
        WATER,
        [
            {"author": "Cy", "text": "My well has been dry for years."},
            {"author": "Ed", "text": "Nonsense, it rained all summer.", "parent": "1"},
        ],
        language="en",
    )
    dispute = about(disputes_of(article), "dry for years")
    assert dispute.claim.passage == "C1"
    assert dispute.contested_by[0].author == "Ed"


def test_an_answer_to_a_question_contests_nothing() -> None:
    article = article_of(
        WATER,
        [
            {"author": "Cy", "text": "Is the river open for swimming?"},
            {"author": "Ed", "text": "No, not before June.", "parent": "1"},
        ],
        language="en",
    )
    assert not [d for d in disputes_of(article) if d.claim.passage.startswith("C")]


def test_voices_are_people_not_comments() -> None:
    quote = "Il doit désengorger le centre-ville\n\n"
    article = article_of(
        BRIDGE,
        [
            {"author": "Lise", "text": quote + "C'est faux."},
            {"author": "Lise", "text": quote + "Quel mensonge, vraiment."},
            {"text": quote + "Foutaises."},
            {"text": quote + "La bonne blague."},
            {"author": "Copie", "text": quote + "C'est faux."},
        ],
    )
    dispute = about(disputes_of(article), "désengorger")
    assert (dispute.voices_against, dispute.voices_anonymous) == (3, 2)


def test_every_span_is_verbatim_and_disputes_come_in_reading_order() -> None:
    article = article_of(BRIDGE, [{"text": "Le pont ne va pas désengorger le centre-ville."}])
    found = disputes_of(article)
    for dispute in found:
        for part in (dispute.claim, *dispute.contested_by, *dispute.supported_by):
            assert article.text[part.start : part.end] == part.text
    starts = [dispute.claim.start for dispute in found]
    assert starts == sorted(starts)


def test_the_result_is_the_same_every_time() -> None:
    article = article_of(BRIDGE, [{"author": "Lise", "text": "Le pont ? N'importe quoi."}])
    assert disputes_of(article) == disputes_of(article)


def test_an_article_without_words_has_no_dispute() -> None:
    article = article_of(["Rien."])
    assert find_disputes(article, ()) == ()


@pytest.mark.parametrize(
    ("language", "paragraphs", "claimed", "denied"),
    [
        (
            "en",
            [
                "The Orford mill sold spoiled flour for months, the food agency says.",
                "The mill denies it. Its licence runs until May.",
            ],
            "spoiled flour",
            "The mill denies it",
        ),
        (
            "fr",
            [
                "Le syndicat des bateliers accuse le port de Grelle d'avoir caché un rapport.",
                "Solvane dément. Une enquête est ouverte.",
            ],
            "caché un rapport",
            "Solvane dément",
        ),
    ],
)
def test_a_terse_denial_contests_what_was_said_before(
    language: str, paragraphs: list[str], claimed: str, denied: str
) -> None:
    disputes = disputes_of(article_of(paragraphs, language=language))
    assert any(denied in p.text for p in about(disputes, claimed).contested_by)


@pytest.mark.parametrize(
    ("language", "quoted", "answer", "relation"),
    [
        ("en", "The lift has been mended.", "Mended? I walked up nine floors today.", "questions"),
        ("en", "The lift has been mended.", "Not at all. It stands still.", "denies"),
        ("fr", "L'ascenseur est réparé.", "Absolument pas. Il est à l'arrêt.", "denies"),
        ("fr", "L'ascenseur est réparé.", "Ah bon ? Je monte à pied.", "questions"),
    ],
)
def test_a_quoted_claim_may_be_asked_back_or_answered_not_at_all(
    language: str, quoted: str, answer: str, relation: str
) -> None:
    page = article_of(
        [quoted + (" The tenants pay." if language == "en" else " Les locataires paient.")],
        [{"author": "Odile", "text": f'"{quoted}"\n\n{answer}'}],
        language=language,
    )
    [dispute] = disputes_of(page)
    assert [p.relation for p in dispute.contested_by] == [relation]


def test_two_sides_who_count_the_same_crowd_differ() -> None:
    page = article_of(
        [
            "Le défilé a réuni 9 000 personnes à Orvène, selon les organisateurs.",
            "La gendarmerie, de son côté, a compté 2 400 manifestants.",
        ]
    )
    assert about(disputes_of(page), "9 000").contested_by


def test_the_dead_and_the_living_of_a_town_are_no_rival_figures() -> None:
    page = article_of(
        [
            "La crue a fait 40 victimes, selon la préfecture.",
            "La maire, de son côté, a compté 3 000 habitants sans eau.",
        ]
    )
    assert not disputes_of(page)


@pytest.mark.parametrize("answer", ["Réparé depuis mardi, merci !", "Enfin, merci aux ouvriers."])
def test_thanks_for_a_quoted_sentence_contest_nothing(answer: str) -> None:
    page = article_of(
        ["L'ascenseur est réparé. Les locataires paient."],
        [{"author": "Odile", "text": f'"L\'ascenseur est réparé."\n\n{answer}'}],
    )
    assert not disputes_of(page)
