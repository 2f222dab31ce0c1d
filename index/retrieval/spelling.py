"""The words of one page as it writes them: what is a name there, and what a slip may have meant."""

from collections.abc import Callable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.language.words import fold
from index.retrieval.vocabulary import Vocabulary

_SHORTEST = 5
"""Letters of a word that may be misspelt; shorter ones are near too many others."""
_SPELLED_AS_WORDS = 0.6
"""Share of the longest piece from which a word is taken for one, and left alone."""
_LONG = 8
"""Letters from which two slips are forgiven."""


class Spelling:
    """The words of a page; built once for it.

    Args of the constructor:
        vocabulary: The words of the page and of the names of its readers.
        pieces: How much of a word the longest of its pieces takes, in a table of word pieces:
            a misspelt word falls into short ones ("pl-n-ated", but "plant-ed").
    """

    def __init__(
        self, vocabulary: Vocabulary, *, pieces: Callable[[Sequence[str]], Sequence[float]]
    ) -> None:
        self._pieces = pieces
        self._written: dict[str, dict[str, int]] = {}
        self._small: set[str] = set()
        self.names = vocabulary.names
        """The names of several words that the page writes within its sentences, each once."""
        for word, folded, count in zip(
            vocabulary.words, vocabulary.forms.folded, vocabulary.within, strict=True
        ):
            if word[0].islower():
                self._small.add(folded)
            self._written.setdefault(folded, {})[word] = count

    def __contains__(self, folded: str) -> bool:
        return folded in self._written

    def written(self, folded: str) -> str | None:
        """Return a word as the page writes it within its sentences, None where it has it not."""
        forms = self._written.get(folded)
        return max(forms, key=forms.__getitem__) if forms else None

    def is_name(self, folded: str) -> bool:
        """Whether the page never writes a word small, and capital within a sentence."""
        forms = self._written.get(folded)
        if forms is None or folded in self._small or folded[0].isdigit():
            return False
        return any(word[0].isupper() and count for word, count in forms.items())

    def meant_by(self, word: str, also: Sequence[str] = ()) -> str | None:
        """Return the word that a misspelt one means: of the page or of some others, else None.

        A word that is spelled as words are is left alone, however near another one may be, and the
        first letter is seldom a slip: "proved" is not "roved".
        """
        folded = fold(word)
        if len(folded) < _SHORTEST or folded in self._written or folded in also:
            return None
        slips = 2 if len(folded) >= _LONG else 1
        near = process.extract(
            folded, [*self._written, *also], scorer=OSA.distance, score_cutoff=slips, limit=3
        )
        near = [
            item
            for item in near
            if len(item[0]) >= _SHORTEST - 1
            and (item[0][0] == folded[0] or item[0][1::-1] == folded[:2])
        ]
        if not near or sum(item[1] == near[0][1] for item in near) > 1:
            return None
        meant = self.written(near[0][0]) or near[0][0]
        own, other = self._pieces([word.lower(), meant.lower()])
        return meant if own < min(_SPELLED_AS_WORDS, other) else None
