"""Finding texts by their words: stems and character n-grams, both scored with BM25.

Stems (of the text's own language) find other forms of a word; n-grams of its accent-free
letters find misspellings, compounds and names. Languages written without spaces are read in
steps of one and two characters. What words mean is left to `index.encoder`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from index.language.stemming import stem_words
from index.language.words import fold, stop_words
from index.retrieval.packing import packed, unpacked
from index.retrieval.postings import Numbers, Occurrences, Postings, Scores, rarity_of

_WORD = re.compile(r"\d+|[^\W\d_]+")
# Thai to Burmese, Khmer, Japanese, Chinese: scripts that put no space between words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SHORTEST, _LONGEST = 3, 5
_AT_ONCE = 2_000_000  # terms summed together: what takes 200 megabytes for a moment


def split_words(text: str) -> list[str]:
    """Return the words and numbers of a text without case, accents kept.

    >>> split_words("L'Été 2020 à İzmir")
    ['l', 'été', '2020', 'à', 'izmir']
    """
    return _WORD.findall(text.replace("İ", "i").casefold())


def stems(words: Sequence[str], language: str) -> list[tuple[str, ...]]:
    """Return the terms of each word: its folded stem, or steps of an unspaced script.

    >>> stems(["élections", "選挙"], "fr")
    [('elect',), ('選', '挙', '選挙')]
    """
    stemmed = stem_words(words, language)
    return [
        _steps(word) if _UNSPACED.search(word) else (fold(stem),)
        for word, stem in zip(words, stemmed, strict=True)
    ]


def ngrams(word: str) -> tuple[str, ...]:
    """Return the character n-grams of a word, its beginning and end marked.

    >>> ngrams("Été")
    ('<et', 'ete', 'te>', '<ete', 'ete>', '<ete>')
    """
    if _UNSPACED.search(word):
        return _steps(word)
    marked = f"<{fold(word)}>"
    return tuple(
        marked[start : start + size]
        for size in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(marked) - size + 1)
    )


def _steps(word: str) -> tuple[str, ...]:
    return (*word, *(word[start : start + 2] for start in range(len(word) - 1)))


class LexicalIndex:
    """The words of some texts, numbered as they were given."""

    def __init__(
        self, *, words: Postings, ngrams: Postings, languages: tuple[str, ...], size: int
    ) -> None:
        self._words = words
        self._ngrams = ngrams
        self._languages = languages
        self._size = size

    def __len__(self) -> int:
        """The number of texts."""
        return self._size

    @classmethod
    def build(cls, texts: Sequence[str], *, language: str | Sequence[str]) -> "LexicalIndex":
        """Index the texts.

        Args:
            texts: In the order of which scores are wanted.
            language: The ISO 639-1 code of all of them, or one code per text.
        """
        codes = [language] * len(texts) if isinstance(language, str) else list(language)
        if len(codes) != len(texts):
            raise ValueError(f"{len(texts)} texts but {len(codes)} languages")
        size = len(texts)
        numbers: dict[tuple[str, str], int] = {}
        chosen = [
            [numbers.setdefault((code, word), len(numbers)) for word in split_words(text)]
            for text, code in zip(texts, codes, strict=True)
        ]
        lengths = np.fromiter(map(len, chosen), np.int64, size)
        flat = np.fromiter(chain.from_iterable(chosen), np.int64, int(lengths.sum()))
        pairs, counts = np.unique(
            np.repeat(np.arange(size), lengths) * max(len(numbers), 1) + flat, return_counts=True
        )
        holders, words = np.divmod(pairs, max(len(numbers), 1))
        found = Occurrences(terms=words, texts=holders, counts=counts)
        grams = cache(ngrams)
        return cls(
            words=_postings(_stems_of(numbers), found, size=size),
            ngrams=_postings([grams(word) for _, word in numbers], found, size=size),
            languages=tuple(sorted(set(codes))),
            size=size,
        )

    def scores(self, question: str, *, language: str | None = None) -> Scores:
        """Return how well each text matches, float32 in [0, 1] of shape (texts,).

        The mean of `word_scores` and `ngram_scores`. 0 means that nothing matches: not a hit.
        """
        words = self.word_scores(question, language=language)
        mean: Scores = (words + self.ngram_scores(question)) / np.float32(2)
        return mean

    def word_scores(self, question: str, *, language: str | None = None) -> Scores:
        """Return the share of the question's words each text holds, rare words counting more.

        Function words are left out unless there is nothing else.

        Args:
            question: Plain text.
            language: The question's language; its words are stemmed by the rules of the
                texts' languages, and by those of this one if it is among them only.
        """
        languages = (language,) if language in self._languages else self._languages
        return _shares([self._words], _word_terms(question, languages))[0]

    def ngram_scores(self, question: str) -> Scores:
        """Return the share of the question's character n-grams each text holds, weighted alike."""
        return _shares([self._ngrams], _ngram_terms(question))[0]

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what `from_arrays` makes it of again, by name."""
        facts = {"languages": self._languages, "size": self._size}
        return {
            **self._words.arrays("words"),
            **self._ngrams.arrays("ngrams"),
            "lexical": packed(facts),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> "LexicalIndex":
        """Return what `arrays` was called on."""
        facts = unpacked(arrays["lexical"])
        size = int(facts["size"])
        return cls(
            words=Postings.from_arrays(arrays, "words", size=size),
            ngrams=Postings.from_arrays(arrays, "ngrams", size=size),
            languages=tuple(facts["languages"]),
            size=size,
        )


def scores_together(indexes: Sequence[LexicalIndex], question: str) -> list[Scores]:
    """Return the scores of several indexes as if they were one: for each, float32 (texts,).

    Only the average length of a text is each index's own.
    """
    languages = sorted({code for index in indexes for code in index._languages})
    words = _shares([index._words for index in indexes], _word_terms(question, languages))
    grams = _shares([index._ngrams for index in indexes], _ngram_terms(question))
    return [(one + other) / np.float32(2) for one, other in zip(words, grams, strict=True)]


def _stems_of(numbers: dict[tuple[str, str], int]) -> list[tuple[str, ...]]:
    """Return the terms of each numbered word, stemmed language by language."""
    terms: list[tuple[str, ...]] = [()] * len(numbers)
    by_language: dict[str, list[str]] = {}
    for code, word in numbers:
        by_language.setdefault(code, []).append(word)
    for code, words in by_language.items():
        for word, some in zip(words, stems(words, code), strict=True):
            terms[numbers[code, word]] = some
    return terms


def _postings(terms_of: list[tuple[str, ...]], found: Occurrences, *, size: int) -> Postings:
    """Turn occurrences of words, in the order of the texts, into postings of their terms."""
    numbers: dict[str, int] = {}
    flat = np.array(
        [numbers.setdefault(term, len(numbers)) for terms in terms_of for term in terms], np.int64
    )
    ends = np.cumsum([0, *map(len, terms_of)])

    def parts() -> Iterator[Occurrences]:
        lengths = np.diff(ends)[found.terms]
        for here in _cut(found.texts, lengths):
            yield Occurrences(
                terms=flat[_ranges(ends[found.terms[here]], lengths[here])],
                texts=np.repeat(found.texts[here], lengths[here]),
                counts=np.repeat(found.counts[here], lengths[here]),
            )

    return Postings.build(numbers, parts(), size=size)


def _cut(texts: npt.NDArray[np.signedinteger], lengths: Numbers) -> Iterator[slice]:
    """Yield stretches of whole texts with about `_AT_ONCE` terms each."""
    terms = np.cumsum(lengths)
    begin = 0
    while begin < len(texts):
        done = terms[begin - 1] if begin else 0
        last = min(int(np.searchsorted(terms, done + _AT_ONCE)), len(texts) - 1)
        end = int(np.searchsorted(texts, texts[last], side="right"))
        yield slice(begin, end)
        begin = end


def _ranges(starts: Numbers, lengths: Numbers) -> Numbers:
    """Return `starts[0], starts[0] + 1, ...` for each start, as many as its length."""
    ends = np.cumsum(lengths)
    steps = np.arange(int(ends[-1]) if len(ends) else 0)
    ranges: Numbers = steps + np.repeat(starts - (ends - lengths), lengths)
    return ranges


def _word_terms(question: str, languages: Sequence[str]) -> list[str]:
    stop = {word for code in languages for word in stop_words(code)}
    words = list(dict.fromkeys(split_words(question)))
    telling = [word for word in words if fold(word) not in stop] or words
    terms = (some for code in languages for some in stems(telling, code))
    return list(dict.fromkeys(chain.from_iterable(terms)))


def _ngram_terms(question: str) -> list[str]:
    words = dict.fromkeys(split_words(question))
    return list(dict.fromkeys(chain.from_iterable(map(ngrams, words))))


def _shares(parts: Sequence[Postings], terms: list[str]) -> list[Scores]:
    """Return scores in [0, 1], measured by a text that holds every term once.

    A term that no text holds counts as the rarest: a question about something else scores low.
    Where some text does better, by repeating terms, the best one has 1 and no two are made equal.
    """
    size = sum(map(len, parts))
    rarity = rarity_of(np.sum([part.holders(terms) for part in parts], axis=0), size=size)
    scores = [part.scores(terms, rarity) for part in parts]
    best = max(float(rarity.sum(dtype=float)), *(float(one.max(initial=0)) for one in scores))
    return scores if best <= 0 else [one / np.float32(best) for one in scores]
