"""Sentences as tokens in which a whole quotation is one token, so that rules see the frame.

Elided words ("qu'"), inverted pronouns ("dit-il") and the English genitive stand alone;
titles keep their full stop.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.language.quotation_marks import Quotation
from index.language.report_words import Language
from index.language.sentences import sentence_spans

Kind = Literal["word", "number", "punctuation", "quotation"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number, a character or a whole quotation; `low` is casefolded, `tags` its parts."""

    start: int
    end: int
    text: str
    low: str
    kind: Kind
    tags: frozenset[str]
    quotation: Quotation | None = None

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital."""
        if self.kind != "word":
            return False
        return self.text[0].isupper() or (self.text[0].isdigit() and "J" in self.text)

    def has(self, *parts: str) -> bool:
        """Whether the word can play one of the parts."""
        return not self.tags.isdisjoint(parts)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence and its span in the text."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    passage: str


_TOKEN = re.compile(
    r"(?:MM|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|St|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Prof|Hr|Fr|Rev|Maj|Sr|Sra|Jr|M)\.(?!\w)"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[A-ZÀ-ÝА-Я]\.(?=\s?[^\W\d_])"
    r"|(?:[А-Яа-яЁёІіЇїЄєҐґ]+['’ʼ])+[А-Яа-яІіЇїЄєҐґ]+(?:-[А-Яа-яІіЇїЄєҐґ]+)*"
    r"|\d+[-‑][^\W\d_](?:[^\W_]|[-‑](?=[^\W_]))*"
    r"|\d+(?:[.,:\u00a0\u202f]\d+)*"
    r"|[^\W\d_](?:[^\W_]|[-‑](?=[^\W_]))*['’](?=[^\W\d_])"
    r"|(?:[^\W_]|(?<=[^\W_])[-‑](?=[^\W_]))+"
    r"|\S"
)
_LONGEST_TOKENS = 400
_INVERTED = re.compile(r"^(.+?)(-t)?-(ils?|elles?|on|je|nous|vous|ce)$", re.IGNORECASE)
_NONE: frozenset[str] = frozenset()


def tokenise(text: str, start: int, end: int, language: Language) -> Iterator[Token]:
    """Yield the words, numbers and characters of a stretch of text."""
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        first = word[0]
        if first.isdigit() and not word[-1].isalpha():
            yield Token(match.start(), match.end(), word, word, "number", _NONE)
        elif not first.isalnum():
            yield Token(match.start(), match.end(), word, word, "punctuation", _NONE)
        elif language.apostrophe_parts and word[-1] in "'’":
            # subtle: "Trump's" came out as "Trump'" and "s"; "Bey'e" as "Bey'" and "e"
            yield _word(language, match.start(), match.end() - 1, word[:-1])
        elif "-" in word and language.inversions and (found := _INVERTED.match(word)):
            middle = match.start() + len(found.group(1))
            last = match.end() - len(found.group(3))
            yield _word(language, match.start(), middle, found.group(1))
            yield _word(language, last, match.end(), found.group(3), inverted=True)
        elif joined := _joined_complementizer(word, language):
            yield _word(language, match.start(), match.end() - joined, word[:-joined])
            yield _word(language, match.end() - joined, match.end(), word[-joined:])
        else:
            yield _word(language, match.start(), match.end(), word)


def _joined_complementizer(word: str, language: Language) -> int:
    """Return the length of a "que" that lost its space behind a verb ("suggérerque"), else 0."""
    low = word.casefold()
    if len(low) < 9 or not low.endswith("que") or low in language.verbs:
        return 0
    return 3 if low[:-3] in language.verbs else 0


def _word(language: Language, start: int, end: int, word: str, *, inverted: bool = False) -> Token:
    low = word.casefold().replace("’", "'")
    tags = language.tagged(low, capital=word[0].isupper())
    if inverted:
        tags = tags | {"inverted"}
    return Token(start, end, word, low, "word", tags)


def sentences(
    text: str, start: int, end: int, quoted: Sequence[Quotation], language: Language, passage: str
) -> tuple[Sentence, ...]:
    """Return the sentences of a passage; no sentence ends inside a quotation of it."""
    made: list[Sentence] = []
    for span in sentence_spans(text, start, end, quoted=quoted):
        words = list(_tokens(text, span.start, span.end, quoted, language))
        tokens = tuple(_opened(words, language))
        for first in range(0, len(tokens), _LONGEST_TOKENS):
            part = tokens[first : first + _LONGEST_TOKENS]
            made.append(Sentence(part[0].start, part[-1].end, part, passage))
    return tuple(made)


def _opened(tokens: list[Token], language: Language) -> list[Token]:
    """Give the adverb that opens a sentence its part: "Clearly the plan", not "Reilly said"."""
    if len(tokens) < 2 or not tokens[0].capital or tokens[0].tags:
        return tokens
    first, following = tokens[0], tokens[1]
    verb = following.has("auxiliaries", "copulas", "finite") or following.low in language.verbs
    if not verb and not following.capital and language.tagged(first.low):
        tokens[0] = replace(first, tags=language.tagged(first.low))
    return tokens


def _outer_end(item: Quotation) -> int:
    return item.outer_end


def _tokens(
    text: str, start: int, end: int, quoted: Sequence[Quotation], language: Language
) -> Iterator[Token]:
    position = start
    first = bisect_right(quoted, start, key=_outer_end)
    for number in range(first, len(quoted)):
        item = quoted[number]
        if item.outer_start >= end:
            break
        yield from tokenise(text, position, item.outer_start, language)
        words = text[item.outer_start : item.outer_end]
        yield Token(
            item.outer_start, item.outer_end, words, words.casefold(), "quotation", _NONE, item
        )
        position = item.outer_end
    yield from tokenise(text, max(position, start), end, language)


def matches(tokens: Sequence[Token], position: int, words: Sequence[str]) -> bool:
    """Whether the words stand at that place."""
    if position + len(words) > len(tokens):
        return False
    return all(tokens[position + ahead].low == word for ahead, word in enumerate(words))


def last_word(tokens: Sequence[Token]) -> int:
    """Return the place of the last token that is not closing punctuation."""
    end = len(tokens) - 1
    while end > 0 and tokens[end].kind == "punctuation" and tokens[end].text in ".,;:!?…":
        end -= 1
    return end
