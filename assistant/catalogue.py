"""Questions about the library itself: how many articles, by whom, from where, of which days.

They are looked up in what the articles say of themselves, never searched. What restricts a
question ("from The Evening Ledger", "in French", "in June 2025") is read from its words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.answer import Sentence
from assistant.extractive.composing import MOST_WORDS
from assistant.extractive.record import source_told
from assistant.locale import Phrases, matched_words, matches, phrases
from assistant.question import Question
from assistant.scope import ArticleFilter, Listed, Pages
from index.language.numbers import numbers
from index.language.words import content_words, fold, folded_words, stop_words

_KINDS = frozenset(
    {
        "metadata",
        "comment_count",
        "comment_first",
        "comment_last",
        "comment_list",
        "comment_by",
        "summary",
        "compare",
        "said_what",
        "factual",
        "yes_no",
    }
)
"""Kinds a question about articles may be taken for: "Which is the newest?" sounds like a thread."""
_SMALL_TALK = frozenset({"greeting", "request"})
"""Kinds that are none of a question that names articles: "Those of June 2026?" sounds like one."""
_YEARS = range(1800, 2200)
_SAME_LETTERS = 5
"""Letters that the name of a language keeps when it is inflected: "французский", "французском"."""
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryQuestion:
    """What a question says of the library.

    Attributes:
        only: The articles it restricts itself to; None for all.
        told: How the restriction is told; empty where there is none.
        told_by: The folded words of the question that tell it.
        terms: The folded words of its topic, of which the library's own are none.
        speaks_of_articles: Whether it names articles, several of them.
        is_catalogue: Whether the articles as such are asked for, not what they say.
    """

    only: ArticleFilter | None
    told: str
    told_by: frozenset[str]
    terms: frozenset[str]
    speaks_of_articles: bool
    is_catalogue: bool


def read_question(question: Question, pages: Pages) -> LibraryQuestion:
    """Return what a question says of the library."""
    known = phrases(question.language)
    words = question.words
    speaks = bool(known.articles & set(folded_words(question.plain)))
    about = (*known.record["author"], *known.record["date"], *known.record["outlet"])
    asks_record = matches(about, words)
    is_of_articles = speaks or bool(known.page_words & set(words))
    only, told = _restriction(question, pages, known, of_articles=is_of_articles or asks_record)
    own = known.articles | known.everywhere | known.page_words | known.kind_words | told
    patterns = (*about, *known.asks["metadata"], *known.lists["newest"], *known.lists["oldest"])
    own |= matched_words(patterns, words) | matched_words(known.asks["summary"], words)
    left = frozenset(term.folded for term in question.all_terms) - own
    return LibraryQuestion(
        only=only,
        told=_told(only, known),
        told_by=told,
        terms=frozenset(t.folded for t in question.all_terms)
        - (known.articles | known.everywhere | told),
        # "What does the Evening Ledger report?" is asked of its articles.
        speaks_of_articles=speaks or (only is not None and only.outlet is not None),
        is_catalogue=not left
        and (is_of_articles or only is not None)
        and (question.intent in _KINDS or (only is not None and question.intent in _SMALL_TALK))
        and not known.reader_words & set(words),
    )


def listing(question: Question, asked: LibraryQuestion, listed: Sequence[Listed]) -> list[Sentence]:
    """Return the answer to a question for the articles as such, the newest first."""
    known = phrases(question.language)
    said: list[str] = []
    if matches(known.lists["newest"], question.words):
        listed = listed[:1]
    elif matches(known.lists["oldest"], question.words):
        listed = listed[-1:]
    elif listed:
        said.append(known.say("library_count", count=len(listed), filter=asked.told))
    if not listed:
        said.append(known.say("library_none", filter=asked.told))
    titles = [known.quoted(article.title or article.id) for article in listed[:_MOST_NAMED]]
    told = [title + source_told(one, known) for title, one in zip(titles, listed, strict=False)]
    for place, line in enumerate(told if _fits(said + told) else titles):
        if place and not _fits([*said, line]):
            break
        said.append(line)
    return [Sentence(text=text, lane="assistant", verdict="counted") for text in said]


def _fits(lines: Sequence[str]) -> bool:
    return sum(len(line.split()) for line in lines) <= MOST_WORDS


def _told(only: ArticleFilter | None, known: Phrases) -> str:
    if only is None:
        return ""
    language = only.language and known.language_names.get(only.language, only.language)
    days = [f"{day:%Y-%m-%d}" for day in (only.since, only.until) if day]
    facts = [
        fact for fact in (only.outlet, only.author, language, " – ".join(days), only.tag) if fact
    ]
    return f" ({', '.join(facts)})"


def _restriction(
    question: Question, pages: Pages, known: Phrases, *, of_articles: bool
) -> tuple[ArticleFilter | None, frozenset[str]]:
    """Return the filter a question names, and its folded words that do so.

    An outlet of several words is one wherever it is named, all else only of articles.
    """
    asked = f" {' '.join(content_words(question.plain))} "
    words: set[str] = set()
    listed = pages.listed()
    outlets = {article.outlet for article in listed}
    named: dict[str, Iterable[str | None]] = {
        "outlet": outlets if of_articles else (o for o in outlets if o and _is_of_words(o)),
    }
    if of_articles:
        named["author"] = {article.author for article in listed}
    if of_articles and (marked := known.tag_words & set(question.words)):
        named["tag"] = pages.tags()
        words |= marked
    told: dict[str, str] = {}
    for name, values in named.items():
        for value in sorted({value for value in values if value}, key=len, reverse=True):
            own = content_words(value)
            if own and f" {' '.join(own)} " in asked:
                told[name] = value
                words |= set(own)
                break
    found = ArticleFilter(outlet=told.get("outlet"), author=told.get("author"), tag=told.get("tag"))
    if of_articles:
        language, spelled = _language(question, listed, known)
        since, until, dated = _days(question.plain, known)
        found = replace(found, language=language, since=since, until=until)
        words |= spelled | dated
    return (found, frozenset(words)) if found != ArticleFilter() else (None, frozenset())


def _is_of_words(name: str) -> bool:
    return len(content_words(name)) > 1


def _language(
    question: Question, listed: Sequence[Listed], known: Phrases
) -> tuple[str | None, frozenset[str]]:
    """Return a language of the library that is named beside the articles: "in French".

    "about French cheese" names a thing.
    """
    words = folded_words(question.plain)
    beside = known.articles | known.page_words | stop_words(None)
    for code in {article.language for article in listed}:
        name = fold(known.language_names.get(code, code))[:_SAME_LETTERS]
        for place, word in enumerate(words):
            after = words[place + 1] if place + 1 < len(words) else None
            if word.startswith(name) and len(name) > 2 and (after is None or after in beside):
                return code, frozenset({word})
    return None, frozenset()


def _days(text: str, known: Phrases) -> tuple[date | None, date | None, frozenset[str]]:
    """Return the first and the last day of the month or year that is named."""
    found = numbers(text, known.language, with_months=True)
    years = [n for n in found if not n.unit and int(n.value) in _YEARS]
    months = [n for n in found if n.unit == "calendar" and 1 <= n.value <= 12]
    if not years:
        return None, None, frozenset()
    words = folded_words(text)
    named = [word for n in (*years, *months) for word in words[n.first : n.last + 1]]
    year = int(years[0].value)
    month = int(months[0].value) if months else None
    first = date(year, month or 1, 1)
    after = date(year + (month in (None, 12)), (month or 12) % 12 + 1, 1)
    return first, after - timedelta(days=1), frozenset(named)
