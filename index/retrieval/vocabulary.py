"""The words of one page, each once: as they are written there, and what they are compared by.

Read once; of a long page it is kept (`index.library.article_index`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np

from index.language.sentences import begins_sentence
from index.language.stemming import stem_words
from index.language.transliteration import sound
from index.language.words import fold, word_spans
from index.retrieval.packing import packed, unpacked

_NAME = re.compile(r"(?<=[^.!?:\s] )[A-ZÀ-ÞА-Я][^\W\d_]+(?: [A-ZÀ-ÞА-Я][^\W\d_]+){1,2}")
_SIGN = re.compile(r"\W")


class WordEmbedder(Protocol):
    """Gives single words vectors whose cosine says how near their meanings are."""

    def encode_words(self, words: Sequence[str]) -> np.ndarray:
        """Return unit rows (n, dimension), float32; a zero row for an unknown word."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Words as they are compared, one of each sort for each word.

    Attributes:
        folded: Without case and accents.
        stems: By the rules of a language.
        sounds: What is left of a name however it is spelled, "" of a word without a capital.
    """

    folded: Sequence[str]
    stems: Sequence[str]
    sounds: Sequence[str]

    @classmethod
    def of(cls, words: Sequence[str], language: str) -> "Forms":
        """Return the forms of words as written, stemmed by the rules of a language."""
        folded = [fold(word) for word in words]
        stems = stem_words([word.casefold() for word in words], language)
        return cls(
            folded=folded,
            stems=[_SIGN.sub("", stem) for stem in stems],
            sounds=[
                sound(form) if word[:1].isupper() else ""
                for word, form in zip(words, folded, strict=True)
            ],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of some passages and of the names of those who commented.

    Attributes:
        words: Distinct, as written, in the order of the texts.
        own: How many of them, from the first, stand in the passages themselves.
        within: How often each stands within a sentence, not at its beginning.
        names: Of several words, as the page writes them within its sentences, each once.
        forms: Of each word.
        vectors: Unit rows, (words, dimension) float32.
    """

    words: Sequence[str]
    own: int
    within: Sequence[int]
    names: Sequence[str]
    forms: Forms
    vectors: np.ndarray

    @classmethod
    def build(
        cls,
        passages: Iterable[str],
        authors: Iterable[str],
        embedder: WordEmbedder,
        *,
        language: str,
    ) -> "Vocabulary":
        """Return the words of a page in a language (ISO 639-1), read now."""
        within: dict[str, int] = {}
        names: dict[str, None] = {}
        _count(passages, within, names)
        own = len(within)
        _count(authors, within, names)
        words = list(within)
        return cls(
            words=words,
            own=own,
            within=list(within.values()),
            names=list(names),
            forms=Forms.of(words, language),
            vectors=embedder.encode_words(words),
        )

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what `from_arrays` makes it of again, by name."""
        facts = {
            "words": self.words,
            "own": self.own,
            "within": self.within,
            "names": self.names,
            "forms": asdict(self.forms),
        }
        return {"vocabulary": packed(facts), "vocabulary.vectors": self.vectors}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> "Vocabulary":
        """Return what `arrays` was called on."""
        facts = unpacked(arrays["vocabulary"])
        forms = Forms(**facts.pop("forms"))
        return cls(**facts, forms=forms, vectors=arrays["vocabulary.vectors"])


def _count(texts: Iterable[str], within: dict[str, int], names: dict[str, None]) -> None:
    for text in texts:
        names.update(dict.fromkeys(_NAME.findall(text)))
        for span in word_spans(text):
            word = span.of(text)
            within[word] = within.get(word, 0) + (not begins_sentence(text, span.start))
