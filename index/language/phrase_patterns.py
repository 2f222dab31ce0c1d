"""Finding the phrases of a lexicon in a text, word by word, in one pass."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.language.words import fold, folded_words, word_spans

_LONGEST_GAP = 9


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `start` and `end` are characters, `folded` is what is compared."""

    start: int
    end: int
    folded: str
    is_capital: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A phrase of the lexicon in a text: `first` and `last` are positions among the words."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class PhraseSet:
    """Phrases of a lexicon; `stem*` stands for any ending, a lone `*` for up to nine words.

    >>> phrases = PhraseSet.of(["bestreit*", "weist * zurück"])
    >>> text = "Er bestreitet das und weist den Vorwurf zurück."
    >>> [text[found.start:found.end] for found in phrases.find(read_words(text))]
    ['bestreitet', 'weist den Vorwurf zurück']
    """

    phrases: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "PhraseSet":
        """Read the phrases of a lexicon."""
        return cls(phrases=tuple(_parts(phrase) for phrase in phrases))

    @cached_property
    def _by_word(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        return _grouped(phrase for phrase in self.phrases if not phrase[0].endswith("*"))

    @cached_property
    def _by_stem(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        return _grouped(phrase for phrase in self.phrases if phrase[0].endswith("*"))

    @cached_property
    def _stem_lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(stem) - 1 for stem in self._by_stem}))

    def find(self, words: Sequence[Word]) -> tuple[Found, ...]:
        """Return the phrases in reading order, the longest at each place, none overlapping."""
        found, position, (size, heads) = [], 0, self._heads
        while position < len(words):
            folded = words[position].folded
            if folded[:size] not in heads:
                position += 1
                continue
            last = _longest_of(self._beginning(folded), words, position)
            if last is None:
                position += 1
                continue
            start, end = words[position].start, words[last].end
            found.append(Found(first=position, last=last, start=start, end=end))
            position = last + 1
        return tuple(found)

    @cached_property
    def _held(self) -> dict[str, bool]:
        return {}

    def holds(self, word: str) -> bool:
        """Whether a single folded word is a phrase of the set."""
        known = self._held.get(word)
        if known is None:
            alone = (Word(0, len(word), word),)
            known = _longest_of(self._beginning(word), alone, 0) is not None
            self._held[word] = known
        return known

    @cached_property
    def _heads(self) -> tuple[int, frozenset[str]]:
        """The first letters, so many, of the words that phrases begin with; few words have them."""
        firsts = [phrase[0].removesuffix("*") for phrase in self.phrases]
        size = min(map(len, firsts), default=0)
        return size, frozenset(first[:size] for first in firsts)

    def _beginning(self, folded: str) -> list[tuple[str, ...]]:
        """Return the phrases that can begin with a folded word."""
        candidates = list(self._by_word.get(folded, ()))
        for length in self._stem_lengths:
            if length <= len(folded):
                candidates.extend(self._by_stem.get(folded[:length] + "*", ()))
        return candidates


def read_words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Return the words of a stretch of a text with their places in the whole text."""
    return tuple(
        Word(span.start, span.end, fold(span.of(text)), text[span.start].isupper())
        for span in word_spans(text, start, end)
    )


def _parts(phrase: str) -> tuple[str, ...]:
    parts: list[str] = []
    for piece in phrase.split():
        if piece == "*":
            parts.append("*")
            continue
        words = folded_words(piece.removesuffix("*"))
        if piece.endswith("*") and words:
            words[-1] += "*"
        parts.extend(words)
    return tuple(parts)


def _grouped(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    grouped: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        grouped.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(items) for first, items in grouped.items()}


def _longest_of(
    phrases: Iterable[tuple[str, ...]], words: Sequence[Word], position: int
) -> int | None:
    """Return the position of the last word of the longest phrase that stands at a place."""
    ends = (_end_of(phrase, words, position) for phrase in phrases)
    return max((end for end in ends if end is not None), default=None)


def _end_of(phrase: tuple[str, ...], words: Sequence[Word], position: int) -> int | None:
    """Return the position of the phrase's last word, None where it does not stand there."""
    at = position
    for place, part in enumerate(phrase):
        if part == "*":
            following = phrase[place + 1]
            limit = min(len(words), at + _LONGEST_GAP)
            at = next((i for i in range(at, limit) if _same(following, words[i].folded)), -1)
            if at < 0:
                return None
            continue
        if at >= len(words) or not _same(part, words[at].folded):
            return None
        at += 1
    return at - 1


def _same(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else part == word
