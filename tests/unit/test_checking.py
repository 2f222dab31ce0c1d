"""The check of a reply, on an invented page: each verdict and each kind of mistake."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from assistant.answer import Sentence, cite
from assistant.checking import CheckedReply, ReaderJudge, check, check_reply
from assistant.checking.agreement import Signs
from assistant.checking.following import follow
from assistant.checking.roles import exchanged
from assistant.extractive.composing import Draft
from index.encoder import Reader, open_embedder
from index.language.numbers import numbers
from index.library.article_index import ArticleIndex
from index.reading import read_bytes

ENGLISH = {
    "title": "Ferry to Skell Island may stop in winter",
    "language": "en",
    "paragraphs": [
        "The ferry to Skell Island may stop from 3 November, the harbour board said on Monday. "
        "It carried 4,200 passengers last winter, eighteen of them each day on average.",
        "“The boat loses money every day it sails,” said Marta Lindqvist, head of the harbour board. "  # noqa: E501
        "She said that a smaller boat would not be safe in the sound.",
        "Doctor Owen Tranter accused Marta Lindqvist of hiding the accounts. "
        "“Nobody on the island has seen a single page,” said Owen Tranter.",
    ],
    "comments": [
        {"id": "1", "author": "Gannet", "text": "My mother missed two appointments last week."},
        {"id": "2", "author": "Puffin", "text": "Sell the old boat and buy an electric one."},
    ],
}
FRENCH = {
    "title": "Le téléphérique de Monval fermera trois mois",
    "language": "fr",
    "paragraphs": [
        "Le téléphérique de Monval fermera le 12 mars 2023 pour trois mois. Les travaux coûteront "
        "2 millions d'euros, dont la moitié à la charge de la région.",
        "« Les câbles ont quarante ans et ne tiendront pas un hiver de plus », a déclaré Sabine "
        "Orcel, maire de Monval. Elle n'a pas exclu une fermeture plus longue.",
        "« On nous prévient par une affiche », a répondu l'hôtelier Luc Dervaux. Il estime que la "
        "station perdra un tiers de ses clients.",
    ],
    "comments": [{"id": "1", "author": "Marmotte", "text": "Les bus de remplacement sont pleins."}],
}
GERMAN = {
    "title": "Brücke in Altental bleibt gesperrt",
    "language": "de",
    "paragraphs": [
        "Die Brücke in Altental bleibt bis Oktober 2024 gesperrt. Die Reparatur kostet drei "
        "Millionen Euro, teilte die Gemeinde mit.",
        "„Die Pfeiler sind nicht mehr sicher“, sagte Bürgermeisterin Karla Wenz.",
    ],
}


@pytest.fixture(scope="module")
def english() -> ArticleIndex:
    return _page(ENGLISH)


@pytest.fixture(scope="module")
def french() -> ArticleIndex:
    return _page(FRENCH)


@pytest.fixture(scope="module")
def german() -> ArticleIndex:
    return _page(GERMAN)


def _page(entry: dict[str, object]) -> ArticleIndex:
    return ArticleIndex.build(read_bytes(json.dumps(entry).encode()), open_embedder())


def _check(page: ArticleIndex, text: str, *labels: str) -> CheckedReply:
    marked = f"{text} {''.join(f'[{label}]' for label in labels)}".strip()
    sentence = Sentence(text=marked, lane="article", citations=labels)
    return check_reply([sentence], page, page.article.passages)


def _verdict(page: ArticleIndex, text: str, *labels: str) -> str:
    checked = _check(page, text, *labels)
    return str([*checked.sentences, *checked.dropped][0].verdict)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The ferry to Skell Island may stop from 3 November, the harbour board said.", "A1"),
        ("the harbour board: The ferry to Skell Island may stop from 3 November.", "A1"),
        ("Gannet, comment 1: My mother missed two appointments last week.", "C1"),
        ("The ferry carried 4200 passengers last winter, 18 each day on average.", "A1"),
        ("According to the article, the ferry carried 4,200 passengers last winter.", "A1"),
        ("Marta Lindqvist said: “The boat loses money every day it sails.”", "A2"),
        ("According to Lindqvist, a smaller boat would not be safe in the sound.", "A2"),
        ("Selon Marta Lindqvist, « The boat loses money every day it sails ».", "A2"),
        ("Owen Tranter accused Marta Lindqvist of hiding the accounts.", "A3"),
        ("A reader, Gannet, says: “My mother missed two appointments last week.”", "C1"),
    ],
)
def test_a_sentence_that_its_passage_carries_is_supported(
    english: ArticleIndex, text: str, label: str
) -> None:
    assert _verdict(english, text, label) == "supported"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The ferry to Skell Island may not stop from 3 November.", "A1"),
        ("The ferry to Skell Island will stop from 3 November.", "A1"),
        ("The ferry to Skell Island may stop from 3 December.", "A1"),
        ("The ferry to Skell Island may stop from 13 November.", "A1"),
        ("The ferry to Dunmore Island may stop from 3 November.", "A1"),
        ("It carried 4,200 passengers last winter, eighty of them each day on average.", "A1"),
        ("She said that a smaller boat would be safe in the sound.", "A2"),
        ("She said that a bigger boat would not be safe in the sound.", "A2"),
        ("Marta Lindqvist accused Owen Tranter of hiding the accounts.", "A3"),
        ("Marta Lindqvist said: “We have no choice at all.”", "A2"),
        ("Marta Lindqvist said: “The boat loses money every week it sails.”", "A2"),
        ("The ferry may stop from 3 November, because the engine is broken.", "A1"),
        ("The North Sea is a part of the Atlantic Ocean.", "A1"),
        ("My mother missed two appointments last week.", "C1"),
        ("According to the article, my mother missed two appointments last week.", "C1"),
    ],
)
def test_a_sentence_that_says_otherwise_is_dropped(
    english: ArticleIndex, text: str, label: str
) -> None:
    checked = _check(english, text, label)
    assert not checked.sentences
    assert checked.dropped[0].verdict in ("unsupported", "misattributed")
    assert checked.warnings


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The ferry to Skell Island may stop from 3 November.", "A1"),
        ("The boat loses money every day it sails.", "A2"),
        ("Marta Lindqvist was hiding the accounts.", "A3"),
        ("Marta Lindqvist confirmed that she was hiding the accounts.", "A3"),
        ("Owen Tranter: The boat loses money every day it sails.", "A2"),
    ],
)
def test_what_somebody_says_or_accuses_of_is_told_only_with_them(
    english: ArticleIndex, text: str, label: str
) -> None:
    assert _verdict(english, text, label) != "supported"


def test_what_somebody_says_of_themselves_is_no_fact_by_their_name() -> None:
    denial = "“I stole nothing. A voice was lent to me,” said Vera Aksen at the prize."
    page = _page({"title": "A notebook", "language": "en", "paragraphs": [denial]})
    assert _verdict(page, "Vera Aksen stole nothing.", "A1") != "supported"
    assert _verdict(page, "Vera Aksen said that she stole nothing.", "A1") == "supported"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Le téléphérique de Monval fermera le 12 mars 2023 pour 3 mois.", "A1"),
        ("Selon Sabine Orcel, « les câbles ont quarante ans ».", "A2"),
        ("The cable car of Monval will close on 12 March 2023 for three months.", "A1"),
        ("Sabine Orcel told reporters: “Les câbles ont quarante ans”.", "A2"),
        ("Un lecteur, Marmotte, écrit : « Les bus de remplacement sont pleins. »", "C1"),
    ],
)
def test_a_french_sentence_or_one_on_a_french_page_is_supported(
    french: ArticleIndex, text: str, label: str
) -> None:
    assert _verdict(french, text, label) == "supported"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Le téléphérique de Monval ne fermera pas le 12 mars 2023 pour trois mois.", "A1"),
        ("Le téléphérique de Monval fermera le 12 avril 2023 pour trois mois.", "A1"),
        (
            "Les travaux coûteront 5 millions d'euros, dont la moitié à la charge de la région.",
            "A1",
        ),
        ("Elle a exclu une fermeture plus longue.", "A2"),
        ("Sabine Orcel a déclaré : « Les câbles sont neufs ».", "A2"),
        ("The cable car of Monval will close on 12 March 2023 for five months.", "A1"),
        ("Selon l'article, les bus de remplacement sont pleins.", "C1"),
        ("Paris est la capitale de la France.", "A1"),
    ],
)
def test_a_french_sentence_that_says_otherwise_is_dropped(
    french: ArticleIndex, text: str, label: str
) -> None:
    assert not _check(french, text, label).sentences


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        (
            "The skippers' club of the old harbour accuses the board of hiding tide tables.",
            True,
        ),
        ("The bakery of the old harbour accuses the board of hiding the tide tables.", False),
        ("The bank robbers' choir of the old harbour accuses the board of hiding them.", False),
        ("The skippers of the old harbour accuse the board of hiding the tide tables.", True),
    ],
)
def test_nobody_the_page_does_not_know_stands_in_the_place_of_who_speaks(
    text: str, is_kept: bool
) -> None:
    page = _page(
        {
            "title": "Quarrel over tides",
            "language": "en",
            "paragraphs": [
                "The skippers' club of the old harbour accuses the board of hiding tide tables.",
                "The board met on Friday in the town hall. It gave no reasons.",
            ],
        }
    )
    assert bool(_check(page, text, "A1").sentences) is is_kept


def test_german_sentences_are_kept_and_dropped(german: ArticleIndex) -> None:
    kept = "Die Brücke in Altental bleibt bis Oktober 2024 gesperrt."
    assert _verdict(german, kept, "A1") == "supported"
    assert _verdict(german, kept.replace("Oktober", "März"), "A1") == "unsupported"
    assert _verdict(german, "Die Reparatur kostet vier Millionen Euro.", "A1") == "unsupported"
    assert _verdict(german, "Karla Wenz sagte: „Die Pfeiler sind sicher“.", "A2") == "unsupported"


@pytest.mark.parametrize(
    ("text", "label", "really"),
    [
        ("Owen Tranter said: “The boat loses money every day it sails.”", "A2", "Marta Lindqvist"),
        ("“Nobody on the island has seen a single page,” said Marta Lindqvist.", "A3", "Owen Tranter"),  # noqa: E501
        ("A reader, Puffin, says: “My mother missed two appointments last week.”", "C1", "Gannet"),
    ],
)  # fmt: skip
def test_words_given_to_another_speaker_are_misattributed(
    english: ArticleIndex, text: str, label: str, really: str
) -> None:
    checked = _check(english, text, label)
    assert [sentence.verdict for sentence in checked.dropped] == ["misattributed"]
    assert really in checked.warnings[0]


def test_a_sentence_that_cites_nothing_it_was_shown_is_uncited(english: ArticleIndex) -> None:
    assert _verdict(english, "Rain fell all week.") == "uncited"
    assert _verdict(english, "Rain fell all week.", "A99") == "uncited"


def test_a_wrong_citation_is_corrected_where_one_passage_carries_the_sentence(
    english: ArticleIndex,
) -> None:
    checked = _check(english, "Owen Tranter accused Marta Lindqvist of hiding the accounts.", "A1")
    assert checked.sentences[0].citations == ("A3",)
    assert checked.sentences[0].text.endswith("[A3]")
    assert "corrected" in checked.warnings[0]


def test_a_citation_quotes_the_sentence_that_carries_most(english: ArticleIndex) -> None:
    checked = _check(english, "The ferry carried 4,200 passengers last winter.", "A1")
    (citation,) = checked.citations
    assert citation.quote.startswith("It carried 4,200 passengers")
    assert english.article.text[citation.start : citation.end] == citation.quote


def test_what_rests_on_a_comment_is_in_the_lane_of_readers(english: ArticleIndex) -> None:
    text = "A reader, Puffin, says: “Sell the old boat and buy an electric one.”"
    checked = _check(english, text, "C2")
    assert [sentence.lane for sentence in checked.sentences] == ["readers"]
    assert checked.citations[0].author == "Puffin"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    """Finds every sentence carried, or none."""

    finds: bool

    def carries(self, told: Sequence[str], near: str, sentence: str, *, signs: Signs) -> bool:
        return self.finds

    def nearness(self, sentence: str, texts: Sequence[str]) -> np.ndarray:
        return np.zeros(len(texts))


def _judged(index: ArticleIndex, text: str, judge: _Judge) -> CheckedReply:
    sentence = Sentence(text=f"{text} [A1]", lane="article", citations=("A1",))
    return check_reply([sentence], index, index.article.passages, judge=judge)


COPIED = "It carried 4,200 passengers last winter, eighteen of them each day on average."
IN_OTHER_WORDS = "Boats could cease to sail to the isle."


def test_a_judge_says_whether_other_words_are_carried(english: ArticleIndex) -> None:
    assert _judged(english, IN_OTHER_WORDS, _Judge(finds=True)).sentences
    assert not _judged(english, IN_OTHER_WORDS, _Judge(finds=False)).sentences


def test_what_copies_the_page_needs_no_judge(english: ArticleIndex) -> None:
    assert _judged(english, COPIED, _Judge(finds=False)).sentences


def test_no_judge_lets_words_pass_that_are_not_quoted_rightly(english: ArticleIndex) -> None:
    text = "The article says: “The ferry will never stop”."
    assert not _judged(english, text, _Judge(finds=True)).sentences


@pytest.mark.parametrize(
    "told",
    [
        "It carried 4,200 passengers last winter, Owen Tranter says. [A1]",
        "Owen Tranter says that the boat loses money every day it sails. [A3]",
    ],
)
def test_no_judge_gives_words_to_somebody_who_speaks_elsewhere(
    english: ArticleIndex, told: str
) -> None:
    sentence = Sentence(text=told, lane="article", citations=(told[-3:-1],))
    result = check_reply([sentence], english, english.article.passages, judge=_Judge(finds=True))
    assert not result.sentences


QUARREL = {
    "title": "Damp in the Harbour flats",
    "language": "en",
    "paragraphs": [
        "The tenants' union accuses Harbour Homes of ignoring forty complaints about damp. The "
        "landlord denies this; its manager, Odette Kane, said every flat had been inspected.",
        "Six of the nine lifts have since been repaired. Kane called on the union to wait.",
        "The repair fund was opened in 2019 after the council withdrew its grant for the roof.",
    ],
    "comments": [{"id": "1", "author": "tenant since 1999", "text": "My wall is still wet."}],
}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Harbour Homes rejects the charge that it ignored complaints about damp.", "A1"),
        ("Odette Kane wants the union to wait.", "A2"),
        ("One tenant since 1999 writes that the wall is wet.", "C1"),
    ],
)
def test_who_says_it_may_be_told_in_other_words(text: str, label: str) -> None:
    sentence = Sentence(text=f"{text} [{label}]", lane="article", citations=(label,))
    page = _page(QUARREL)
    judge = _Judge(finds=True)
    assert check_reply([sentence], page, page.article.passages, judge=judge).sentences


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Harbour Homes accuses the tenants' union of ignoring complaints about damp.", "A1"),
        ("Nine lifts have since been repaired.", "A2"),
        ("The repair fund was opened in 2031.", "A3"),
    ],
)
def test_who_did_it_to_whom_and_how_many_is_told_as_it_stands(text: str, label: str) -> None:
    assert _verdict(_page(QUARREL), text, label) == "unsupported"


def test_signs_weigh_beside_what_the_reader_finds() -> None:
    judge = ReaderJudge(Reader.open())
    told = "The harbour board closed the old pier on Friday after a storm."
    same = "On Friday, after a storm, the harbour board shut the old pier."
    other = "The bakers of the valley won a prize for their rye bread."
    assert judge.carries([told], told, same, signs=Signs())
    assert not judge.carries([told], told, other, signs=Signs())
    assert not judge.carries(
        [told], told, same, signs=Signs(is_bare=True, is_changed=True, is_exchanged=True)
    )


@pytest.mark.parametrize(
    ("claim", "premise", "language"),
    [
        ("Die Werft verklagt das Ministerium.", "Das Ministerium verklagt die Werft.", "de"),
        (
            "Die Stiftung wirft dem Verband Geiz vor.",
            "Der Verband wirft der Stiftung Geiz vor.",
            "de",
        ),
        ("La régie assigne Montclair.", "Hier, Montclair assigne la régie.", "fr"),
        ("Orsol acusa al sindicato.", "El sindicato acusa a Orsol de mentir.", "es"),
    ],
)
def test_two_who_changed_places_around_a_verb_are_found(
    claim: str, premise: str, language: str
) -> None:
    assert exchanged(claim, premise, language)
    assert exchanged(premise, premise, language) is None


def test_a_speaker_may_stand_before_or_behind_the_words() -> None:
    assert exchanged("Ann Lowe said the mill burned.", "The mill burned, Ann Lowe said.", "en") is (
        None
    )


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("1,900 and 1.5", "en", ["1900", "1.5"]),
        ("1 900 et 1,5", "fr", ["1900", "1.5"]),
        ("quatre-vingt-dix-sept", "fr", ["97"]),
        ("two hundred and forty thousand", "en", ["240000"]),
        ("twenty-five of three million", "en", ["25", "3000000"]),
        ("le 3 mai, en mars 2020", "fr", ["3", "5 calendar", "3 calendar", "2020"]),
        ("He may come in May 2020", "en", ["5 calendar", "2020"]),
        ("drei Millionen", "de", ["3000000"]),
        ("one of them", "en", []),
        ("at 13:29, 1¾ cups, 3² and ٣ things", "en", ["809 clock", "1.75", "3", "2", "3"]),
    ],
)
def test_numbers_have_one_form_in_all_languages(
    text: str, language: str, values: list[str]
) -> None:
    assert [number.key for number in numbers(text, language, with_months=True)] == values


def test_words_that_moved_are_no_change() -> None:
    found = follow("The mill was sold in 1996.", "In 1996 the mill was sold.", "en")
    assert found.is_close
    assert not any(change.new for change in found.changes)


def _draft(page: ArticleIndex, speaker: str) -> Draft:
    """Return an answer in the page's own words that gives a quotation to somebody."""
    words = "The boat loses money every day it sails"
    start = page.article.text.index(words)
    citation, _ = cite(page.article, start, start + len(words), speaker=speaker)
    return Draft(
        status="answered",
        sentences=(
            Sentence(text=f"{speaker} says:", lane="assistant", verdict="counted"),
            Sentence(text=f"“{words}” [A2]", lane="article", citations=("A2",)),
        ),
        citations=(citation,),
    )


def test_a_draft_that_names_the_right_speaker_is_kept(english: ArticleIndex) -> None:
    checked = check(_draft(english, "Marta Lindqvist"), english.article, english.statements)
    assert [s.verdict for s in checked.sentences] == ["counted", "supported"]


def test_a_draft_loses_words_of_another_speaker_and_the_frame_before_them(
    english: ArticleIndex,
) -> None:
    checked = check(_draft(english, "Owen Tranter"), english.article, english.statements)
    assert not checked.sentences
    assert not checked.citations
    assert checked.warnings
