"""The words by which pages name their parts, and the labels readers see, of all languages.

The words themselves are data: the `pages` tables of `index.language.lexicon`.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from lxml.html import HtmlElement

from index.language import lexicon
from index.language.reading_words import any_of, phrases
from index.language.words import fold

# A date or time of day as pages print it, whatever the language of the month's name.
DATE_TEXT = re.compile(
    r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b(?:[T ,]{1,3}\d{1,2}[:h.]\d{2}(?::\d{2})?)?"
    r"|\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})\b"
    r"|\b\d{1,2}(?:\.|er|º|st|nd|rd|th)?[ -](?:de |of )?[^\W\d_]{3,12}\.?,?[ -](?:de |of )?\d{4}\b"
    r"|\b[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:at )?\d{4}\b"
    r"|\b\d{1,2}[:h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?"
)
_NAME_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+")
_NEGATED = re.compile(
    r"(?:no|has|have|with|without|allow|open|off|disabled|enable|single|hide|show)s?[-_]?comment"
    r"|comments?[-_]?(?:off|open|opened|closed|disabled|enabled|link|count|counter|number|icon)"
    r"|(?:recent|latest|newest|last)[-_]?comment|comments?[-_]?(?:recent|latest)"
    r"|commentar(?:y|ies)|commentator|commentable|live.{0,24}comment|ticker"
    r"|^(?:category|tag|type|status|format|page|postid|cat|topic)[-_]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words of ids and classes (folded), and visible labels (folded, without end marks)."""

    comment: re.Pattern[str]
    remark: frozenset[str]
    author: frozenset[str]
    writer: frozenset[str]
    date: frozenset[str]
    text: frozenset[str]
    score: frozenset[str]
    side: frozenset[str]
    invitation: frozenset[str]
    widget: frozenset[str]
    forum: frozenset[str]
    labels: frozenset[str]
    deleted: frozenset[str]
    says: re.Pattern[str]
    by: re.Pattern[str]
    changed: re.Pattern[str]
    answering: re.Pattern[str]
    count: re.Pattern[str]
    heading: re.Pattern[str]
    closed: re.Pattern[str]
    relative: re.Pattern[str]
    script: re.Pattern[str]

    def names_comments(self, names: str) -> bool:
        """Whether ids or classes speak of comments; "no-comments" and "commentary" do not."""
        folded = names.lower()
        found = self.comment.search(folded)
        if found is None:
            return False
        return any(
            self.comment.search(name) and not _NEGATED.search(name) for name in folded.split()
        )


@cache
def vocabulary() -> Vocabulary:
    """Return the words of all languages of the lexicon."""
    tables = [lexicon.table(code, "pages") for code in lexicon.languages()]

    def words(key: str) -> frozenset[str]:
        return frozenset(fold(word) for table in tables for word in table[key])

    def pattern(key: str, form: str) -> re.Pattern[str]:
        longest_first = sorted(words(key), key=lambda word: (-len(word), word))
        return re.compile(form.replace("{}", "|".join(re.escape(word) for word in longest_first)))

    return Vocabulary(
        comment=pattern("comment", "(?:{})"),
        remark=words("remark"),
        author=words("author") | words("writer"),
        writer=words("writer"),
        date=words("date"),
        text=words("text"),
        score=words("score"),
        side=words("side"),
        invitation=words("invitation"),
        widget=words("widget"),
        forum=words("forum"),
        labels=frozenset(map(label_form, words("label") | phrases().buttons)),
        deleted=frozenset(map(label_form, phrases().deleted)),
        says=re.compile(rf"\s{any_of(phrases().says)}\b\s*(?:\.\.\.|…)?:?"),
        by=pattern("by", r"^(?:{})\b\s*:?\s+"),
        changed=pattern("changed", r"(?:^|\W)(?:{})\b"),
        answering=pattern("answering", r"^(?:{})\b"),
        count=pattern("count", r"(?:{})"),
        heading=pattern(
            "count", r"\W*(?:\d{1,6}\W*)?(?:\w+ ){0,2}(?:{})(?: \w+)?\W*(?:\d{1,6}\W*)?"
        ),
        closed=pattern("closed", r"^(?:{})\b"),
        relative=_relative(pattern("ago", "{}").pattern, pattern("lately", "{}").pattern),
        script=pattern("script", r"(?:{})"),
    )


def _relative(ago: str, lately: str) -> re.Pattern[str]:
    number = rf"(?:\d{{1,4}}|{any_of(phrases().ago_numbers)})"
    return re.compile(
        rf"\b(?:{number} ?\w{{1,10}} (?:{ago})|(?:{ago}) {number} ?\w{{1,10}}"
        rf"|(?:{lately})(?=\W+\d))\b|^\W*(?:{lately})\W*$"
    )


def label_form(text: str) -> str:
    """Return a label as labels are compared: folded, without numbers and marks at its ends.

    >>> label_form("Répondre (3)")
    'repondre'
    """
    return fold(text).strip(" \t\n\r\xa0()[]{}|·•»«›‹>-–—0123456789.:,;!…#↩↑↓▲▼+*'\"")


@lru_cache(maxsize=32_768)
def name_words(names: str) -> frozenset[str]:
    """Return the words that ids and classes are made of, folded.

    >>> sorted(name_words("comment-authorName li-3"))
    ['author', 'comment', 'li', 'name']
    """
    return frozenset(fold(piece) for piece in _NAME_PIECE.findall(names.replace("_", " ")))


def names_of(element: HtmlElement) -> str:
    """Return what a page calls an element: id, classes and item names in one line."""
    get = element.get
    parts = (get("id"), get("class"), get("itemprop"), get("rel"), get("data-testid"))
    return " ".join(part for part in parts if part)[:400]
