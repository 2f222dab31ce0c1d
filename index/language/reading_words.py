"""The expressions that pages put around words, in all languages of the lexicon at once.

Pasted text does not say in which language its page speaks (an article in one, its buttons
in another), so the readers of pasted text know all of them together.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from index.language import lexicon
from index.language.words import fold

_EDGE_SIGNS = "".join(sorted(set(" .:;,!?…()[]{}<>›»«|·•*_-–—+▼▲↑↓↩↪⤷👍👎❤✔#\"'")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Folded expressions; each field is the list of that name in the `[reading]` tables."""

    ago_after: frozenset[str]
    ago_before: frozenset[str]
    ago_numbers: frozenset[str]
    ago_units: frozenset[str]
    anonymous: frozenset[str]
    attributions: frozenset[str]
    bylines: frozenset[str]
    buttons: frozenset[str]
    comment_heading_prefixes: frozenset[str]
    comment_words: frozenset[str]
    credits: frozenset[str]
    date_prefixes: frozenset[str]
    deleted: frozenset[str]
    furniture: frozenset[str]
    furniture_lines: frozenset[str]
    in_reply_to: frozenset[str]
    likes: frozenset[str]
    no_comments: frozenset[str]
    published_prefixes: frozenset[str]
    quotes: frozenset[str]
    recent: frozenset[str]
    reply_counts: frozenset[str]
    says: frozenset[str]
    time_joiners: frozenset[str]
    weekdays: frozenset[str]


@cache
def phrases() -> Phrases:
    """Return the expressions of all languages."""
    return Phrases(**{name: _all(name) for name in Phrases.__slots__})


def _all(name: str) -> frozenset[str]:
    tables = (lexicon.table(language, "reading") for language in lexicon.languages())
    return frozenset(fold(phrase) for table in tables for phrase in table[name])


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern that matches any of the folded phrases, the longest first."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase) for phrase in ordered) + ")"


def bare(line: str) -> str:
    """Return a line folded, without the characters around its words: what is compared to a phrase.

    >>> bare("[ Répondre ] ›")
    'repondre'
    """
    return " ".join(fold(line).split()).strip(_EDGE_SIGNS)
