"""Where a sentence follows the page word by word: what was changed on the way.

A reply often repeats a sentence of the page with a few words left out, moved or replaced. Then
each replaced word can be looked at for itself: a negation, a number, a month, a name, an
opposite. Sentences in words of their own, or in another language, are the
work of `assistant.checking.agreement`.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from index.language.dispute_words import Vocabulary, vocabulary
from index.language.numbers import numbers
from index.language.report_words import load
from index.language.sentences import begins_sentence
from index.language.words import fold, month_numbers, stop_words, word_spans

_CLOSE = 0.6
"""Share of its words that a sentence has in the order of the page, to be said to follow it."""
_FEWEST = 4
_SMALL = 3
"""Words that may be left out or replaced at once and still be one change."""
_LONG = 8

Kind = Literal["figure", "negation", "modal", "name", "content", "function"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is compared, `key`, and as it is written."""

    key: str
    written: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the page and what a sentence has in their place.

    The sentence follows the page before it if it `goes_on`, before and after if it `is_inside`;
    `next` is what stands behind it in both.
    """

    old: tuple[Token, ...]
    new: tuple[Token, ...]
    goes_on: bool
    is_inside: bool
    next: Token | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """How closely a sentence follows its premise, in [0, 1], and what it changes."""

    share: float
    changes: tuple[Change, ...]

    @property
    def is_close(self) -> bool:
        """Whether its changes can be looked at one by one."""
        return self.share >= _CLOSE


def follow(claim: str, premise: str, language: str) -> Following:
    """Return how a sentence follows a text of the same language.

    >>> found = follow("The mill was not sold in 1998.", "The mill was sold in 1996.", "en")
    >>> [(" ".join(t.key for t in c.old), " ".join(t.key for t in c.new)) for c in found.changes]
    [('', 'not'), ('1996', '1998')]
    """
    here, there = tokens(claim, language), tokens(premise, language)
    matcher = SequenceMatcher(
        None, [token.key for token in there], [token.key for token in here], autojunk=False
    )
    changes, matched = [], 0
    pairs = {(a.key, b.key) for a, b in itertools.pairwise(there)}
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            matched += j2 - j1
            continue
        new = here[j1:j2]
        names = [[t for t in run if t.kind == "name"] for run in (there[i1:i2], new)]
        is_exchange = all(names) and max(i2 - i1, len(new)) <= _LONG
        if _is_moved(new, pairs) and not is_exchange:
            matched += len(new)
            new = ()
        inside = j1 > 0 and j2 < len(here)
        after = here[j2] if j2 < len(here) else None
        changes.append(Change(there[i1:i2], new, goes_on=j1 > 0, is_inside=inside, next=after))
    enough = matched >= _FEWEST
    return Following(share=matched / len(here) if here and enough else 0.0, changes=tuple(changes))


def changed(
    found: Following,
    premise: str,
    language: str,
    *,
    own: frozenset[str],
) -> str | None:
    """Return the first change that makes a sentence say something else, fit to show.

    Args:
        found: How the sentence follows the premise.
        premise: The text it follows.
        language: ISO 639-1 code of both.
        own: Folded words that are the sentence's frame: who says it, and that it is said.
    """
    known = vocabulary(language)
    everything = {token.key for token in tokens(premise, language)}
    for change in found.changes:
        fault = (
            _negation(change)
            or _figure(change)
            or _name(change, own, everything)
            or _opposite(change, known)
        )
        if fault is not None:
            return fault
    return None


def tokens(text: str, language: str) -> tuple[Token, ...]:
    """Return the words of a text as they are compared; a number of many words is one token."""
    return tuple(_tokens(text, vocabulary(language), language))


def _tokens(text: str, known: Vocabulary, language: str) -> Iterator[Token]:
    spans = list(word_spans(text))
    stop, nouns = stop_words(language), load(language).capitalised_nouns
    numbered = {number.first: number for number in numbers(text, language, with_months=True)}
    place = 0
    while place < len(spans):
        number = numbered.get(place)
        if number is not None:
            written = text[spans[place].start : spans[number.last].end]
            yield Token(number.key, written, "figure")
            place = number.last + 1
            continue
        word = spans[place].of(text)
        key = fold(word)
        kind: Kind = "content"
        if known.negators.holds(key) and not known.weak_negators.holds(key):
            kind = "negation"
        elif known.modals.holds(key):
            kind = "modal"
        elif key in stop or len(key) < 3:
            kind = "function"
        elif word[0].isupper() and not nouns and not begins_sentence(text, spans[place].start):
            kind = "name"
        yield Token(key, word, kind)
        place += 1


def _is_moved(new: Sequence[Token], pairs: set[tuple[str, str]]) -> bool:
    """Whether words stand like this elsewhere in the premise: moved, not new."""
    if len(new) < 2:
        return False
    held = [(a.key, b.key) in pairs for a, b in itertools.pairwise(new)]
    return all(held)


def _negation(change: Change) -> str | None:
    here = [token for token in change.new if token.kind == "negation"]
    there = [token for token in change.old if token.kind == "negation"]
    if here and not there:
        return f"a negation ({here[0].written})"
    if len(here) > len(there):
        return f"a negation ({here[-1].written})"
    if there and not here and change.is_inside and len(change.old) <= _SMALL:
        return f"a negation that is left out ({there[0].written})"
    return None


def _figure(change: Change) -> str | None:
    # "…was abandoned in 1994" where "in 2021" and half a sentence more stand in its place.
    there = {token.key for token in change.old[:_LONG] if token.kind == "figure"}
    other = [t for t in change.new if t.kind == "figure" and t.key not in there]
    if any(key.endswith("calendar") for key in there):
        # A short name such as "mars" is a month where it stands in the place of one.
        other += [
            t
            for t in change.new
            if f"{month_numbers().get(t.key)} calendar" not in there and t.key in month_numbers()
        ]
    if there and not change.new and change.next is not None and change.next.kind == "figure":
        return f"the number before {change.next.written}"  # "Six of the nine", told as "nine"
    if other and there:
        return f"the number or date {other[0].written}"
    return None


def _name(change: Change, own: frozenset[str], everything: set[str]) -> str | None:
    there = {token.key for token in change.old if token.kind == "name"}
    here = [t for t in change.new if t.kind == "name" and t.key not in own]
    if here and not change.old and change.goes_on and len(change.new) <= _SMALL:
        return f"who or what is meant ({here[0].written})"
    other = [token for token in here if token.key not in there]
    if not other:
        return None
    if other[0].key not in everything:
        return f"the name {other[0].written}"
    if there and len(change.old) <= _LONG and not there <= {token.key for token in here}:
        return f"who or what is meant ({other[0].written})"
    return None


def _opposite(change: Change, known: Vocabulary) -> str | None:
    if len(change.old) > _LONG:
        return None
    for one in change.new:
        for other in change.old:
            if known.opposites.are(one.key, other.key):
                return f"the opposite: {one.written}"
    return None
