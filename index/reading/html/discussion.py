"""Discussion pages whose markup is known: the opening post is the article, the others answer it.

What each of them calls its parts stands in `engines.toml`; `container` finds comments by
their form on all other pages.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from index.reading.blocks import facts_of, line_of, text_of
from index.reading.dates import find_date, parse_date
from index.reading.draft import CommentDraft, ParagraphDraft
from index.reading.html.body import Body, read_body
from index.reading.html.facts import clean_name, machine_time
from index.reading.html.nesting import by_identifier, linked_parent
from index.reading.html.records import dated, own_elements
from index.reading.markup import Words, paragraphs_of_html, words_of_html

_PLACE = re.compile(r"([\w-]*)((?:[.#][\w-]+|\[[\w-]+(?:\^?=[^\]]+)?\])*)")
_PART = re.compile(r"([.#])([\w-]+)|\[([\w-]+)(?:(\^?=)([^\]]+))?\]")
_NAME = re.compile(r"[\w-]+")
_NUMBER = re.compile(r"[+\-−–]?\s?\d{1,7}")
_INDENT = 40
_LONG_PARAGRAPH = 100
_FEWEST_PARAGRAPHS = 3
_NAMING = ("author", "data-author")
_TIMING = ("created", "created-timestamp", "data-time")
_SCORING = ("score",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The opening post of a discussion."""

    comment: CommentDraft
    text: HtmlElement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """The posts of a page, and the elements they stand in."""

    opening: Post | None
    comments: tuple[CommentDraft, ...]
    elements: tuple[HtmlElement, ...]


def read_discussion(tree: HtmlElement, markup: str) -> Discussion | None:
    """Return the discussion of a page whose markup is known, None where it is none."""
    for engine in _engines().values():
        if not any(_NAME.findall(place)[-1] in markup for place in engine["record"]):
            continue
        if "needs" in engine and next(_found(tree, engine["needs"]), None) is None:
            continue
        records = list(_found(tree, engine["record"]))
        posts = [(element, _post(element, set(records), engine)) for element in records]
        written = [(element, post) for element, post in posts if post.text is not None]
        if not written or 2 * len(written) < len(posts):
            continue
        opening = next(_found(tree, engine["opening"]), None)
        first = _post(opening, set(records), engine) if opening is not None else None
        apart = next(_found(tree, engine.get("opening_text", [])), None)
        if first is not None and apart is not None:
            first = replace(first, text=apart)
        below = first is None and _stands_below_article(tree, records[0])
        if first is None and not below and engine.get("first_is_opening") and len(written) > 1:
            first, posts = posts[0][1], posts[1:]
        outer = [*(one for one in (opening, apart) if one is not None), *records]
        if below:
            outer += _following(records[0])
        return Discussion(
            opening=first,
            comments=dated(tuple(_nested(posts, engine))),
            elements=tuple(outer),
        )
    return None


def _stands_below_article(tree: HtmlElement, first: HtmlElement) -> bool:
    """Whether paragraphs of an article stand before the first post."""
    paragraphs = 0
    for element in tree.iter():
        if element is first:
            break
        if element.tag == "p" and len(element.text_content()) >= _LONG_PARAGRAPH:
            paragraphs += 1
    return paragraphs >= _FEWEST_PARAGRAPHS


def _following(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield what stands behind an element to the end of the page: it is of the discussion."""
    for around in (element, *element.iterancestors()):
        yield from around.itersiblings()


def read_discussed(tree: HtmlElement, discussion: Discussion, *, url: str | None) -> Body:
    """Return what is discussed: the opening post, or the article that is left on the page.

    Args:
        tree: The page; the posts are taken out of it.
        discussion: The posts.
        url: The address it came from, if known.
    """
    opening = discussion.opening
    paragraphs: tuple[ParagraphDraft, ...] = ()
    if opening is not None and opening.text is not None:
        markup = etree.tostring(opening.text, encoding="unicode", with_tail=False)
        paragraphs = paragraphs_of_html(str(markup))
    for element in discussion.elements:
        if element.getparent() is not None:
            element.drop_tree()
    body = read_body(tree, url=url)
    if opening is None:
        return body
    return replace(
        body,
        author=opening.comment.author or body.author,
        published_at=opening.comment.posted_at or body.published_at,
        paragraphs=paragraphs,
    )


@cache
def _engines() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("engines.toml").read_text("utf-8"))


def _found(tree: HtmlElement, places: list[str]) -> Iterator[HtmlElement]:
    if places:
        yield from tree.xpath(" | ".join(_path(place) for place in places))


@cache
def _path(place: str) -> str:
    """Return the XPath of a place such as "p.author a[href]"."""
    steps = []
    for written in place.split(" "):
        match = _PLACE.fullmatch(written)
        if match is None:
            raise ValueError(f"no place of markup: {place!r}")
        step = f"descendant-or-self::{match[1] or '*'}"
        for sign, name, attribute, equals, value in _PART.findall(match[2]):
            if sign == ".":
                step += f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
            elif sign == "#":
                step += f"[@id='{name}']"
            elif equals == "^=":
                step += f"[starts-with(@{attribute}, '{value}')]"
            else:
                step += f"[@{attribute}='{value}']" if equals else f"[@{attribute}]"
        steps.append(step)
    return "/".join(steps)


def _post(record: HtmlElement, records: set[HtmlElement], engine: dict[str, Any]) -> Post:
    """Return what one post says; what stands in a post within it is not its own."""

    owner = record if record in records else None

    def own(what: str) -> list[HtmlElement]:
        """Return what stands in the first of its places that holds something of this post."""
        for place in engine.get(what, ()):
            found = [one for one in _found(record, [place]) if _owner(one, records) is owner]
            found = [one for one in found if what != "score" or _score(one) is not None]
            if found:
                return found
        return []

    which = -1 if engine.get("last") else 0
    texts, shown = own("text"), own("time")
    authors, scores = own("author"), own("score")
    within = texts[0].iter() if texts else ()
    without = [*own("drop"), *(part for part in within if part in records and part is not record)]
    words = _words(texts[0], without) if texts else Words(text="")
    line = _attribute(shown[which], _TIMING) or facts_of(shown[which]) if shown else ""
    date = find_date(line)
    moment = (machine_time(shown[which]) or parse_date(line)) if shown else None
    return Post(
        comment=CommentDraft(
            text=words.text or None,
            author=_name(authors[which]) if authors else None,
            posted_at=moment,
            posted_at_text=date.text if date else line[:60] or None,
            score=_score(scores[0]) if scores else None,
            deleted=not words.text,
            quoted=words.quoted,
        ),
        text=texts[0] if texts else None,
    )


def _owner(element: HtmlElement, records: set[HtmlElement]) -> HtmlElement | None:
    """Return the innermost post that an element stands in."""
    for around in (element, *element.iterancestors()):
        if around in records:
            return around
    return None


def _words(text: HtmlElement, without: list[HtmlElement]) -> Words:
    """Return the words of a text without what others wrote into it."""
    if without:
        return Words(text=text_of(text, without))
    return words_of_html(str(etree.tostring(text, encoding="unicode", with_tail=False)))


def _attribute(element: HtmlElement, names: tuple[str, ...]) -> str:
    return next((element.get(name, "") for name in names if element.get(name)), "")


def _name(element: HtmlElement) -> str | None:
    return clean_name(_attribute(element, _NAMING) or line_of(element)) or None


def _score(element: HtmlElement) -> int | None:
    written = _attribute(element, _SCORING) or element.get("data-value") or facts_of(element)
    found = _NUMBER.search(written)
    sign = str.maketrans({"−": "-", "–": "-", "+": "", " ": ""})
    return int(found.group().translate(sign)) if found else None


def _nested(
    posts: list[tuple[HtmlElement, Post]], engine: dict[str, Any]
) -> Iterator[CommentDraft]:
    """Yield the posts with keys and the keys of those they answer: around them, or before."""
    keys = {element: str(number) for number, (element, _) in enumerate(posts)}
    by_id = by_identifier(list(keys))
    line: list[tuple[int, str]] = []
    for element, post in posts:
        around = next((one for one in element.iterancestors() if one in keys), None)
        parent = keys[around] if around is not None else None
        level = _level(element, engine)
        if level is not None:
            while line and line[-1][0] >= level:
                line.pop()
            parent = line[-1][1] if line else None
            line.append((level, keys[element]))
        if parent is None:
            linked = linked_parent(own_elements(element, keys), by_id)
            parent = str(linked) if linked is not None and linked < int(keys[element]) else None
        draft = replace(post.comment, key=keys[element], parent_key=parent)
        yield draft


def _level(element: HtmlElement, engine: dict[str, Any]) -> int | None:
    if own := element.get("depth"):
        return int(own) if own.isdecimal() else None
    for part in _found(element, engine.get("level", [])):
        indent, width = part.get("indent", ""), part.get("width", "")
        if indent.isdecimal() or width.isdecimal():
            return int(indent) if indent.isdecimal() else int(width) // _INDENT
    return None
