"""Names of commenters that no markup marks: by the place they stand in, and what repeats them."""

import pytest

from index.reading.building import build_article
from index.reading.html import draft_from_html

_BODY = (
    "<article><h1>The ferry is sold</h1><p>The council sold the winter ferry on Tuesday for two"
    " million crowns, and the villagers protested on the quay with lanterns all night.</p><p>The"
    " mayor said that the boat had run empty since October, which nobody there believed.</p>"
    "</article>"
)
_WORDS = (
    "I clean the cabins on that boat and it was full on every crossing I worked.",
    "Two million is a joke, the engine alone cost three the year before last.",
    "Lovely lanterns, though, and the soup was warm and free for everybody.",
    "We shall need it again in a hard winter, mark my words, all of you.",
)
_NAMES = ("Runa Holt", "kelp_77", "Old Piet", "Ada L.")


def _authors(comment: str, names: tuple[str, ...] = _NAMES) -> list[str | None]:
    shown = "".join(
        comment.format(name=name, words=words, day=number + 3)
        for number, (name, words) in enumerate(zip(names, _WORDS, strict=True))
    )
    page = f'<html lang="en"><body>{_BODY}<section class="comments">{shown}</section></body></html>'
    article = build_article(draft_from_html(page), source_key="test")
    return [comment.author for comment in article.comments if comment.text]


@pytest.mark.parametrize(
    "comment",
    [
        '<div class="comment q"><div class="x1"><a href="/@u{day}"><p class="be">{name}</p></a>'
        '</div><div class="x2"><time>{day} March 2026</time></div>'
        '<div class="x3"><p>{words}</p></div></div>',
        '<div class="comment q"><img alt="Picture of {name}" src="a.png"><div class="y"><b>{name}'
        "</b><i>Reply</i></div><time>{day} March 2026</time>"
        '<div class="z"><p>{words}</p></div></div>',
        '<div class="comment"><p>{words}</p><p class="foot">Posted by: {name} | <a href="#c{day}">'
        "{day} March 2026 at 08:16 AM</a></p></div>",
    ],
)
def test_names_stand_in_one_place_of_every_comment(comment: str) -> None:
    assert _authors(comment) == list(_NAMES)


def test_lines_that_nothing_repeats_are_no_names() -> None:
    comment = '<div class="comment"><div class="y"><b>{name}</b></div><p>{words}</p></div>'
    lines = ("So true", "No way", "Oh dear", "Well said")
    assert set(_authors(comment, lines)).isdisjoint(lines)


def test_towns_that_a_page_adds_to_every_name_are_no_part_of_it() -> None:
    name = '<p class="author">{name}, Leeds, United Kingdom</p>'
    comment = f'<div class="comment">{name}<p>{{words}}</p></div>'
    assert _authors(comment) == list(_NAMES)


@pytest.mark.parametrize(
    ("notice", "count"),
    [
        ("This comment was removed by a moderator for breaking the rules.", 3),
        ("This comment was found to break our rules and removed.", 3),
        ("This ferry was removed by a moderator of winds.", 4),
        ("This comment was written on the ferry.", 4),
    ],
)
def test_notice_of_a_removal_that_says_why_is_nobodys_comment(notice: str, count: int) -> None:
    comment = '<div class="comment"><p class="author">{name}</p><p>{words}</p></div>'
    shown = "".join(
        comment.format(name=n, words=w) for n, w in zip(_NAMES[:3], _WORDS[:3], strict=True)
    )
    page = (
        f'<html lang="en"><body>{_BODY}<section class="comments">{shown}<div class="comment"><p>'
        f"{notice}</p></div></section></body></html>"
    )
    article = build_article(draft_from_html(page), source_key="test")
    assert sum(bool(comment.text) for comment in article.comments) == count
