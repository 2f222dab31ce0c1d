"""Pseudonyms of several words above pasted comments, and paragraphs that are no heads."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.reading.draft import ArticleDraft
from index.reading.pasted.text import draft_from_text

_DATA = Path(__file__).parents[1] / "data" / "pasted"
_PSEUDONYMS = [
    tuple(line.split("\t")) for line in (_DATA / "pseudonyms.txt").read_text("utf-8").splitlines()
]
_PARAGRAPHS = (_DATA / "paragraphs.txt").read_text("utf-8").splitlines()
_MONTH = {
    "en": "March",
    "fr": "mars",
    "de": "März",
    "es": "marzo",
    "it": "marzo",
    "pt": "março",
    "ru": "марта",
    "tr": "Mart",
}
_HEADING = {
    "en": "{} comments",
    "fr": "{} commentaires",
    "de": "{} Kommentare",
    "es": "{} comentarios",
    "it": "{} commenti",
    "pt": "{} comentários",
    "ru": "Комментарии: {}",
    "tr": "{} yorum",
}
_ARTICLE = (
    "Ferry fares rise again\n\n"
    "The harbour board of Kelmouth will raise ferry fares by a tenth next month, it said.\n\n"
    "Passengers said they had not been told. The rise pays for two new boats at the pier.\n\n"
)


def _beside(number: int, name: str, month: str) -> str:
    return f"{name}, {number + 10} {month} 2021 14:0{number}"


def _above(number: int, name: str, month: str) -> str:
    return f"{name}\n{number + 10} {month} 2021 14:0{number}"


def _counted(number: int, name: str, month: str) -> str:
    return f"{number}. +{number}\n{name}\n{number + 10} {month} 2021 14:0{number}"


def _pieces(number: int, name: str, month: str) -> str:
    return f"{name} · {number + 10} {month} 2021 14:0{number} · +{number}"


Layout = Callable[[int, str, str], str]
_LAYOUTS = (_beside, _above, _counted, _pieces)


def _read(layout: Layout, language: str, names: list[str], texts: list[str]) -> ArticleDraft:
    comments = [
        f"{layout(number, name, _MONTH[language])}\n{text}"
        for number, (name, text) in enumerate(zip(names, texts, strict=True), start=1)
    ]
    heading = _HEADING[language].format(len(names))
    return draft_from_text(_ARTICLE + heading + "\n\n" + "\n\n".join(comments) + "\n")


@pytest.mark.parametrize("layout", _LAYOUTS)
@pytest.mark.parametrize(("language", "pseudonym"), _PSEUDONYMS)
def test_pseudonym_of_several_words_heads_its_comment(
    layout: Layout, language: str, pseudonym: str
) -> None:
    texts = ["The fares were never low.", "They were low in 2019.", "Two boats are enough."]

    draft = _read(layout, language, ["Ada", pseudonym, "Ivo"], texts)

    assert [(comment.author, comment.text) for comment in draft.comments] == list(
        zip(["Ada", pseudonym, "Ivo"], texts, strict=True)
    )


@pytest.mark.parametrize("layout", _LAYOUTS)
@pytest.mark.parametrize("paragraph", _PARAGRAPHS)
def test_ordinary_paragraph_of_a_comment_heads_nothing(layout: Layout, paragraph: str) -> None:
    texts = ["The fares were never low.", f"They were low.\n\n{paragraph}\n\nI was there.", "No."]

    draft = _read(layout, "en", ["Ada", "Angry mum of two", "Ivo"], texts)

    assert [comment.author for comment in draft.comments] == ["Ada", "Angry mum of two", "Ivo"]
    assert [comment.text for comment in draft.comments] == texts


@pytest.mark.parametrize("paragraph", _PARAGRAPHS)
def test_ordinary_paragraph_of_an_article_begins_no_thread(paragraph: str) -> None:
    draft = draft_from_text(f"{_ARTICLE}{paragraph}\n\nThe pier stays open until the evening.\n")

    assert not draft.comments


def test_announced_comments_that_were_not_read_are_counted_in_a_warning() -> None:
    thread = "5 comments\n\nAda, 12 March 2021 14:05\nNever.\n\nIvo, 12 March 2021 14:09\nAlways.\n"

    draft = draft_from_text(_ARTICLE + thread)

    assert len(draft.comments) == 2
    assert any("3 are missing" in warning for warning in draft.warnings)


def test_words_written_like_no_other_head_of_the_thread_stay_words() -> None:
    said = "I wrote to the board, 12 March 2021"
    thread = (
        f"Comments\n\nAda, 12 March 2021 14:05\nNever.\n\n{said}\n\nIvo, 13 March 2021 14:09\nNo.\n"
    )

    draft = draft_from_text(_ARTICLE + thread)

    assert [comment.text for comment in draft.comments] == [f"Never.\n\n{said}", "No."]


def test_article_of_dated_entries_without_a_heading_of_comments_is_no_thread() -> None:
    entries = "\n\n".join(
        f"The pier is mended again, {day} March 2021\nWork went on, the board said."
        for day in (3, 4, 5)
    )

    assert not draft_from_text(_ARTICLE + entries).comments


@pytest.mark.parametrize("name", ["Maman de 3 nageurs", "ex-agent mairie", "Водитель 5 маршрута"])
def test_a_numbered_pseudonym_is_a_head_with_its_score_between_it_and_the_date(name: str) -> None:
    text = (
        f"{_ARTICLE}3 comments\n\n1. Ada_63\n+21\n20/03/2025 19:02\nWhich summer?\n\n"
        f"2. {name}\n+8\n20/03/2025 19:40\nThat of 2030.\n\n"
        "3. Lolo\n-5\n21/03/2025 08:15\nEasy to say.\n"
    )
    comments = draft_from_text(text).comments
    assert [comment.author for comment in comments] == ["Ada_63", name, "Lolo"]
    assert [comment.score for comment in comments] == [21, 8, -5]


_ARTICLE = (
    "The ferry is sold\n\nThe council sold the winter ferry on Tuesday for two million crowns, and"
    " the villagers protested on the quay with lanterns all night long.\n\nThe mayor said that the"
    " boat had run empty since October, which nobody on the quay believed.\n\n"
)
_REMARKS = (
    (
        "Old man of the quay",
        "It was full on every crossing that I worked in the winter.\n\nEvery single one.",
    ),
    ("Runa Holt", "Two million is a joke, the engine cost three."),
    ("angry mum of two", "And who takes the children to school now?"),
)


@pytest.mark.parametrize(
    "written",
    [
        "{words}\n\nWritten by: {name} | 12 October 2021 15.03\n\n",
        "{words}\n\n— {name}, 3 hours ago\n\n",
    ],
)
def test_names_stand_below_the_words_with_the_day(written: str) -> None:
    remarks = "".join(written.format(name=name, words=words) for name, words in _REMARKS)
    article = draft_from_text(f"{_ARTICLE}Comments\n\n{remarks}")
    found = [(comment.author, (comment.text or "")[:20]) for comment in article.comments]
    assert found == [(name, words[:20]) for name, words in _REMARKS]


def test_a_day_stands_behind_a_sign() -> None:
    names = ("Old Piet", "Runa Holt", "Ada Lund")
    words = [remark[1].partition("\n")[0] for remark in _REMARKS]
    remarks = "".join(
        f"{name} _ 12.10.2021 15:03\n{said}\n\n" for name, said in zip(names, words, strict=True)
    )
    article = draft_from_text(f"{_ARTICLE}3 comments:\n\n{remarks}")
    found = [
        (comment.author, (comment.text or "").partition("\n")[0]) for comment in article.comments
    ]
    assert found == list(zip(names, words, strict=True))


def test_a_line_above_the_first_head_gives_nobody_the_words_of_another() -> None:
    remarks = "".join(f"{name} | 12 October 2021 15.03\n{words}\n\n" for name, words in _REMARKS)
    article = draft_from_text(f"{_ARTICLE}Comments\n\nSort by newest\n\n{remarks}")
    words = {comment.author: comment.text or "" for comment in article.comments}
    assert all(said[:20] in words.get(name, said) for name, said in _REMARKS)


def test_a_numbered_list_in_an_article_is_no_thread() -> None:
    text = (
        "What people leave in books\n\nWe keep an envelope, a number and a date of each find, for"
        " twenty-six years now, and nobody ever came back for one of them.\n\n№ 12\n14 March 1998"
        "\nA tram ticket with a lucky number, found in a textbook on the fatigue of metals, page"
        " nine.\n\nWhat we find most often\n\n1. Tickets\n2. Photographs for documents\n3. Dried"
        " plants, mostly in detective stories\n\nWe hand them back to whoever asks, no questions.\n"
    )
    assert not draft_from_text(text).comments
