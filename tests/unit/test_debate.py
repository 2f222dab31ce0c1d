"""From a thread to a debate: whom a reply means, how it stands, and what the arguments are."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.disputes import Debate, Dispute, debate_of, find_stances
from index.disputes.features import Numbers
from index.disputes.stance import agreement, read_markers, stance_of
from index.language.dispute_words import vocabulary
from index.reading import read_article
from index.statements import find_statements

BODY = (
    "The council wants to close the harbour mill in May.\n\nThe mayor Ida Brandt said that the"
    " mill costs 400,000 euros a year."
)


def _read(tmp_path: Path, comments: list[dict[str, Any]], body: str = BODY) -> Debate:
    return _page(tmp_path, comments, body)[1]


def _page(
    tmp_path: Path, comments: list[dict[str, Any]], body: str = BODY
) -> tuple[tuple[Dispute, ...], Debate]:
    file = tmp_path / "page.json"
    page = {"title": "Mill row", "language": "en", "text": body, "comments": comments}
    file.write_text(json.dumps(page), "utf-8")
    article = read_article(file)
    stances = find_stances(article, find_statements(article))
    return stances.disputes, debate_of(article, stances.disputes, stances.agreements)


def _comment(number: str, author: str, text: str, **more: Any) -> dict[str, Any]:
    return {"number": number, "author": author, "text": text, **more}


def _contests(disputes: tuple[Dispute, ...]) -> set[tuple[str, str]]:
    return {(p.passage, d.claim.passage) for d in disputes for p in d.contested_by}


STATEMENT = _comment("1", "Ada", "The mill was built in 1990 and its roof is falling apart.")


@pytest.mark.parametrize(
    "reply",
    [
        "@Ada: No, it was built in 1974.",
        "Dear Ada, that is not true.",
        "@1: Nonsense, it was built in 1974.",
    ],
)
def test_in_a_flat_thread_a_comment_answers_whom_it_addresses(tmp_path: Path, reply: str) -> None:
    between = _comment("2", "Cem", "My children like the ducks there.")
    disputes, _ = _page(tmp_path, [STATEMENT, between, _comment("3", "Ben", reply)])
    assert _contests(disputes) == {("C3", "C1")}


def test_words_asked_back_and_refused_are_about_the_comment_before(tmp_path: Path) -> None:
    reply = "The mill built in 1990? Nonsense, I learned to swim there in 1975."
    disputes, _ = _page(tmp_path, [STATEMENT, _comment("2", "Ben", reply)])
    assert _contests(disputes) == {("C2", "C1")}


def test_words_of_the_article_asked_back_are_doubted_and_figures_are_not(tmp_path: Path) -> None:
    doubts = _comment("1", "Ada", "Close the harbour mill? The council renewed its lease in June.")
    wonders = _comment("2", "Ben", "400,000 euros? My sister says so as well.")
    disputes, _ = _page(tmp_path, [doubts, wonders])
    assert _contests(disputes) == {("C1", "A1")}


def test_a_bare_number_in_a_terse_reply_is_put_in_the_place_of_another(tmp_path: Path) -> None:
    told = _comment("1", "Ada", "With the lamp on my battery lasts 9 days.")
    disputes, _ = _page(tmp_path, [told, _comment("1.1", "Ben", "I get 17.", parent="1")])
    assert _contests(disputes) == {("C1.1", "C1")}


def test_a_reply_that_takes_up_words_and_tells_otherwise_objects(tmp_path: Path) -> None:
    reply = "The roof was renewed in 2021, the bill hangs in the hall."
    disputes, _ = _page(tmp_path, [STATEMENT, _comment("1.1", "Ben", reply, parent="1")])
    assert [p.relation for d in disputes for p in d.contested_by] == ["objects"]


@pytest.mark.parametrize(
    "reply",
    [
        "Thanks for telling us about the roof of the mill, I did not know that until today at all.",
        "Agree with you. The roof of the mill is not what it was, and nobody repairs it.",
        "My aunt lived near there for years and never once complained about the weather.",
    ],
)
def test_thanks_agreement_and_other_matters_are_no_objection(tmp_path: Path, reply: str) -> None:
    disputes, _ = _page(tmp_path, [STATEMENT, _comment("1.1", "Ben", reply, parent="1")])
    assert disputes == ()


def test_an_answer_to_a_question_is_no_objection(tmp_path: Path) -> None:
    asked = _comment("1", "Ada", "The mill is near the harbour. Does anyone know when it opens?")
    reply = "The mill does not open before ten, but the harbour gate is open from eight o'clock."
    disputes, _ = _page(tmp_path, [asked, _comment("1.1", "Ben", reply, parent="1")])
    assert disputes == ()


def test_of_a_long_comment_the_sentence_with_the_telling_words_is_contested(
    tmp_path: Path,
) -> None:
    long = (
        "Good that somebody writes about it. I find the article clear, even if the figures are"
        " missing and the club hardly gets a word in, which is a pity with such a matter."
        " Entrance fees should simply be doubled. Everybody talks about the weather here, and"
        " the weather has been as fine this spring as it was in all the springs before it."
    )
    reply = "I disagree. Families cannot pay such entrance fees."
    disputes, _ = _page(
        tmp_path, [_comment("1", "Ada", long), _comment("1.1", "Ben", reply, parent="1")]
    )
    assert [d.claim.text for d in disputes] == ["Entrance fees should simply be doubled."]


@pytest.mark.parametrize("said", ["Layne Staley", "Exactly, well said.", "Many thanks for this."])
def test_a_name_an_agreement_and_thanks_are_no_claim(tmp_path: Path, said: str) -> None:
    reply = _comment("1.1", "Ben", "I disagree.", parent="1")
    assert _page(tmp_path, [_comment("1", "Ada", said), reply])[0] == ()


def test_an_objection_stands_although_something_is_granted_after_it(tmp_path: Path) -> None:
    reply = "That is not true at all. Of course you are right that Mondays are quiet."
    disputes, _ = _page(tmp_path, [STATEMENT, _comment("1.1", "Ben", reply, parent="1")])
    assert _contests(disputes) == {("C1.1", "C1")}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Das stimmt so nicht."),
        ("de", "Nein, der Umbau ist richtig."),
        ("de", "Sie haben leider nicht ganz recht."),
        ("en", "I don't agree with that."),
        ("en", "I cannot quite agree."),
        ("fr", "Je ne suis pas d'accord."),
        ("fr", "Vous n'avez pas tout à fait raison."),
    ],
)
def test_a_negated_agreement_is_an_objection(language: str, words: str) -> None:
    known = vocabulary(language)
    markers = read_markers(words, [(0, len(words))], known)
    assert agreement(markers, known) is None
    stance = stance_of(markers, known, is_answer=True)
    assert stance is not None
    assert stance.relation == "denies"


def test_the_next_sentence_of_an_article_may_reject_what_was_said(tmp_path: Path) -> None:
    body = (
        "The mayor Ida Brandt said that nobody swims in winter. That is absurd, for the club"
        " counts 300 swimmers every week."
    )
    disputes, _ = _page(tmp_path, [], body)
    assert [p.relation for d in disputes for p in d.contested_by] == ["denies"]


def test_a_doubt_of_nobody_known_is_no_dispute(tmp_path: Path) -> None:
    body = "The Zoom felt loose in the bends. I was skeptical at first, but the bends suit it."
    assert _page(tmp_path, [], body)[0] == ()


ROOF = "The roof is sound: slate lasts eighty years, and the engineer found no crack in it."


def test_near_duplicates_are_one_argument_and_agreement_is_a_voice_for_it(tmp_path: Path) -> None:
    comments = [
        STATEMENT,
        _comment("1.1", "Ben", f"That is wrong. {ROOF}", parent="1", score=2),
        _comment("1.1.1", "Dora", "You are right.", parent="1.1"),
        _comment("1.1.2", "Finn", "+1", parent="1.1"),
        _comment("1.2", "Cem", f"Wrong! {ROOF}", parent="1", score=9),
        _comment("1.3", "Eve", "Nonsense.", parent="1"),
    ]
    debate = _read(tmp_path, comments)
    (contention,) = debate.among_readers
    first, second = contention.arguments
    assert (first.voices, first.position.author, len(first.positions)) == (4, "Cem", 2)
    assert (second.has_reason, second.voices) == (False, 1)


def test_a_quarrel_hangs_under_the_claim_its_first_words_are_about(tmp_path: Path) -> None:
    comments = [
        _comment("1", "Ada", "The mill costs 400,000 euros? Nonsense, it costs 90,000 euros."),
        _comment("1.1", "Ben", "I disagree, the mill burns oil like a ship.", parent="1"),
        _comment("2", "Cem", "Dogs should be kept out of the park."),
        _comment("2.1", "Dora", "I disagree, dogs need a place too.", parent="2"),
    ]
    debate = _read(tmp_path, comments)
    assert [c.claim.passage for c in debate.claims] == ["A2"]
    assert [q.claim.passage for q in debate.claims[0].quarrels] == ["C1"]
    assert [c.claim.passage for c in debate.among_readers] == ["C2"]


def test_the_claim_with_most_voices_comes_first_and_the_comments_are_counted(
    tmp_path: Path,
) -> None:
    comments = [
        _comment("1", "Ada", "The council wants to close the harbour mill in May? Nonsense."),
        _comment("2", "Ben", "The mill costs 400,000 euros a year? Nonsense."),
        _comment("3", "Cem", "That the mill costs 400,000 euros a year is wrong."),
        _comment("4", "Dora", "This is ridiculous."),
        _comment("5", "Eve", "My bicycle is green."),
    ]
    debate = _read(tmp_path, comments)
    assert [c.claim.passage for c in debate.claims] == ["A2", "A1"]
    counts = (debate.comments_read, debate.comments_placed, debate.comments_unplaced)
    assert counts == (5, 3, 1)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("400,000 euros? I have the accounts here and it is 90,000.", "contradicts"),
        ("400,000 euros. Nobody has ever shown us that bill.", "questions"),
        ("Close the harbour mill! We have no other place to meet.", "questions"),
    ],
)
def test_words_held_up_and_turned_against_are_doubted(
    tmp_path: Path, text: str, relation: str
) -> None:
    (dispute,) = _page(tmp_path, [_comment("1", "Ada", text)])[0]
    assert [p.relation for p in dispute.contested_by] == [relation]


def test_words_held_up_with_the_same_of_oneself_are_not_doubted(tmp_path: Path) -> None:
    disputes, _ = _page(tmp_path, [_comment("1", "Ada", "400,000 euros? We pay that as well.")])
    assert disputes == ()


def test_who_agrees_with_an_objection_to_the_article_objects_too(tmp_path: Path) -> None:
    objects = _comment("1", "Ada", "400,000 euros? I have the accounts here and it is 90,000.")
    joins = _comment("1.1", "Ben", "Ours say so too.", parent="1")
    (dispute,) = _page(tmp_path, [objects, joins])[0]
    assert [p.author for p in dispute.contested_by] == ["Ada", "Ben"]
    assert dispute.voices_against == 2


def test_an_agreement_that_is_taken_back_is_no_support(tmp_path: Path) -> None:
    reply = "Exactly, the roof is old. But the mill was built in 1974."
    disputes, _ = _page(tmp_path, [STATEMENT, _comment("1.1", "Ben", reply, parent="1")])
    assert not any(dispute.supported_by for dispute in disputes)


def test_a_dismissal_at_once_is_about_what_it_names_or_the_lead(tmp_path: Path) -> None:
    named = _comment("1", "Ada", "A lie, these euros. The books are open.")
    whole = _comment("2", "Ben", "Nonsense. Somebody wants the land.")
    disputes, _ = _page(tmp_path, [named, whole])
    assert _contests(disputes) == {("C1", "A2"), ("C2", "A1")}


class _Reasons:
    """Gives texts on money one direction and texts on noise another."""

    def encode_documents(self, texts: Sequence[str]) -> Numbers:
        return np.array([[1.0, 1.0, 0.2] if "money" in t else [1.0, 0.2, 1.0] for t in texts])


def test_positions_with_the_same_reason_in_other_words_are_one_argument(tmp_path: Path) -> None:
    money = ["there is money in the harbour fund", "the county paid money for its slates",
             "visitors bring money every summer"]  # fmt: skip
    noise = ["trucks would rattle past our bedrooms", "building sites wake every baby here",
             "cranes hammer through each morning"]  # fmt: skip
    comments = [
        _comment(str(n), f"Reader {n}", f"Nonsense. Then {reason}.")
        for n, reason in enumerate(money + noise, start=1)
    ]
    file = tmp_path / "page.json"
    page = {"title": "Mill row", "language": "en", "text": BODY, "comments": comments}
    file.write_text(json.dumps(page), "utf-8")
    article = read_article(file)
    stances = find_stances(article, find_statements(article))
    debate = debate_of(article, stances.disputes, stances.agreements, encoder=_Reasons())
    assert [argument.voices for argument in debate.claims[0].arguments] == [3, 3]
