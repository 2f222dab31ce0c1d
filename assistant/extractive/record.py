"""What the page says of itself: author, outlet, date, title, address, language, length.

Looked up, never searched: a sentence that holds the word "published" answers none of these.
"""

from datetime import datetime
from typing import Protocol

from assistant.extractive.composing import Composer, Draft
from assistant.extractive.inquiry import Inquiry
from assistant.locale import Phrases, matches
from index.article import Article
from index.language.words import word_spans

# Asked in this order where a question names several; what it names not is not told.
_FACTS = ("title", "author", "outlet", "updated", "date", "address", "language", "length")
_MOST = 3
_WHERE_NONE_IS_NAMED = ("title", "author", "date")


class Described(Protocol):
    """An article, or what a library knows of one."""

    @property
    def outlet(self) -> str | None:
        """Who published it."""

    @property
    def author(self) -> str | None:
        """Who wrote it."""

    @property
    def published_at(self) -> datetime | None:
        """When it was published."""


def metadata(inquiry: Inquiry) -> Draft:
    """Say what is asked of the article itself; say so where the page does not tell."""
    known = inquiry.composer.phrases
    asked = [name for name in _FACTS if matches(known.record[name], inquiry.question.words)]
    if inquiry.question.want == "place":
        asked = ["outlet", *(name for name in asked if name not in ("outlet", "date"))]
    told = 0
    for name in (asked or _WHERE_NONE_IS_NAMED)[:_MOST]:
        value = _value(name, inquiry.article, known)
        if name == "length":
            _say_length(inquiry.composer)
        elif value is None:
            inquiry.composer.say(f"{name}_none")
            continue
        else:
            inquiry.composer.say(f"{name}_is", value=value)
        told += 1
    return inquiry.composer.finish("answered" if told else "not_in_article")


def day_named(moment: datetime, known: Phrases) -> str:
    """Return a day as it is written in a language: "14 May 2024"."""
    return known.say("date", day=moment.day, month=known.months[moment.month - 1], year=moment.year)


def moment_named(moment: datetime, known: Phrases) -> str:
    """Return a day and its hour: "14 May 2024, 09:45"."""
    return f"{day_named(moment, known)}, {moment:%H:%M}"


def source_told(article: Described, known: Phrases) -> str:
    """Return outlet, author and day of an article as written behind its title, or nothing."""
    day = day_named(article.published_at, known) if article.published_at else None
    facts = [fact for fact in (article.outlet, article.author, day) if fact]
    return f" ({', '.join(facts)})" if facts else ""


def _value(name: str, article: Article, known: Phrases) -> str | None:
    if name == "date":
        return day_named(article.published_at, known) if article.published_at else None
    if name == "language":
        return known.language_names.get(article.language, article.language)
    if name == "title":
        return known.quoted(article.title) if article.title else None
    return {"author": article.author, "outlet": article.outlet, "address": article.url}.get(name)


def _say_length(composer: Composer) -> None:
    body = [passage for passage in composer.article.body() if passage.kind != "title"]
    words = sum(1 for passage in body for _ in word_spans(passage.text))
    composer.say("length_is", words=words, paragraphs=len(body))
