"""The sentences that can be contested, who says them, and finding the one that is meant."""

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.article import Article, Passage
from index.disputes.conflict import Figure, Reading, stem
from index.disputes.dispute import Claim
from index.disputes.echoes import is_echo, is_year
from index.language.dispute_words import Vocabulary
from index.language.numbers import agree
from index.language.sentences import sentence_spans
from index.language.words import Span, split_words
from index.statements.matching import same_speaker
from index.statements.statement import Speaker, Statement

_FEWEST_SHARED = 2
_FEWEST_WORDS = 2
"""Of a sentence that says something."""
_TITLE_WEIGHT = 1.6
TITLE = "A0"
_DIGIT = re.compile(r"\d")
_SHARE_OF_REPLY = 0.3
_SHARE_OF_LONG_REPLY = 0.22
_SHARE_OF_CLAIM = 0.25
_MOST_OF_REPLY = 0.55
_TELLING_FIGURE = 10
"""A smaller number may be of anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the article's own text, with who says it where that is known."""

    start: int
    end: int
    passage: str
    reading: Reading
    speaker: Speaker | None
    statements: tuple[Statement, ...]


def is_proposition(text: str) -> bool:
    """Whether a sentence may say something: not a name in a list, not a row of a table.

    >>> is_proposition("Layne Staley"), is_proposition("2196 & 2199 Nomad 115, 191 cm (17/18)")
    (False, False)
    >>> is_proposition("Tickets cost 4 crowns."), is_proposition("NOBODY ASKED US")
    (True, True)
    """
    words = split_words(text)
    small = text.isupper() or any(word.islower() for word in words)
    counted = sum(word[0].isdigit() for word in words)
    return len(words) >= _FEWEST_WORDS and small and 2 * counted < len(words)


def telling_figures(text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences with a figure: "£180,000" rather than "a quarter in three years"."""
    told = [s for s in sentences if any(not is_year(n.value) for n in s.reading.numbers)]
    written = [s for s in told if _DIGIT.search(text, s.start, s.end)]
    return written or told


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The sentence a reader means; `share` is how much of it they repeat, in [0, 1]."""

    sentence: Sentence
    share: float


@dataclass(frozen=True, kw_only=True)
class Claims:
    """All sentences of an article, with an index of their words."""

    article: Article
    sentences: tuple[Sentence, ...]
    vocabulary: Vocabulary

    @classmethod
    def of(
        cls,
        article: Article,
        statements: Sequence[Statement],
        vocabulary: Vocabulary,
    ) -> "Claims":
        """Read the body of an article."""
        said = sorted((s for s in statements if s.source == "article"), key=lambda s: s.start)
        starts = [statement.start for statement in said]
        longest = max((s.end - s.start for s in said), default=0)
        found = []
        for passage in article.body():
            for span in sentence_spans(article.text, passage.start, passage.end):
                if passage.kind != "title" and not is_proposition(span.of(article.text)):
                    continue
                low = bisect_right(starts, span.start - longest - 1)
                high = bisect_right(starts, span.end)
                inside = tuple(s for s in said[low:high] if _overlap(s, span) > 0)
                found.append(_sentence(article, passage, span, inside, vocabulary))
        return cls(article=article, sentences=tuple(found), vocabulary=vocabulary)

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences below the title."""
        return tuple(s for s in self.sentences if s.passage != TITLE)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of the article."""
        return frozenset(w.folded for s in self.sentences for w in s.reading.words)

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        holders: dict[str, list[int]] = defaultdict(list)
        for place, sentence in enumerate(self.sentences):
            for word in sentence.reading.stems:
                holders[word].append(place)
        return dict(holders)

    @cached_property
    def _by_passage(self) -> dict[str, list[Sentence]]:
        grouped: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            grouped[sentence.passage].append(sentence)
        return dict(grouped)

    def claim(self, sentence: Sentence) -> Claim:
        """Return a sentence as a claim."""
        return Claim(
            start=sentence.start,
            end=sentence.end,
            text=self.article.text[sentence.start : sentence.end],
            passage=sentence.passage,
            speaker=sentence.speaker,
        )

    def quoted(self, words: Reading, passage: str) -> Sentence | None:
        """Return the sentence of a passage that holds most of the quoted words."""
        sentences = self._by_passage.get(passage, ())
        if not sentences:
            return None
        quoted = Counter(word.folded for word in words.words)
        return max(sentences, key=lambda s: (_held(s, quoted), -s.start))

    def meant(self, words: Iterable[str], *, of: Speaker | None = None) -> Match | None:
        """Return the sentence that shares most telling words with a reader's, if it is clear.

        Args:
            words: Beginnings of the content words of the reader's sentence.
            of: Whose sentences count; None for all.
        """
        stems = set(words)
        scores: dict[int, float] = defaultdict(float)
        shared: Counter[int] = Counter()
        for word in stems:
            for place in self._holders.get(word, ()):
                if of is not None and not same_speaker(self.sentences[place].speaker, of):
                    continue
                scores[place] += self.weight(word)
                shared[place] += 1
        if not scores:
            return None
        ranked = sorted(scores, key=lambda p: (-scores[p] / self._norm(p), self.sentences[p].start))
        best = ranked[0]
        total = sum(self.weight(word) for word in stems)
        own = sum(self.weight(word) for word in self.sentences[best].reading.stems)
        if of is not None and shared[best] < _FEWEST_SHARED:
            # They are named: one telling word is enough where no other sentence of theirs has it.
            is_alone = len(ranked) == 1
            return Match(sentence=self.sentences[best], share=0.0) if is_alone else None
        wanted = _SHARE_OF_REPLY if shared[best] == _FEWEST_SHARED else _SHARE_OF_LONG_REPLY
        if shared[best] < _FEWEST_SHARED or scores[best] < wanted * total:
            return None
        share = scores[best] / max(own, 1e-9)
        mostly = scores[best] >= _MOST_OF_REPLY * total
        if share < _SHARE_OF_CLAIM and shared[best] < _FEWEST_SHARED + 1 and not mostly:
            return None
        return Match(sentence=self.sentences[best], share=share)

    def nearness(self, stems: Iterable[str]) -> dict[int, float]:
        """Return how much of some words each sentence has that has any, by its place."""
        shared: dict[int, float] = defaultdict(float)
        for word in set(stems):
            for place in self._holders.get(word, ()):
                shared[place] += self.weight(word)
        return {place: score / self._norm(place) for place, score in shared.items()}

    @cached_property
    def _by_form(self) -> dict[str, list[int]]:
        """The places of the sentences of the body that have a word which the title has not."""
        title = {f for s in self.sentences if s.passage == TITLE for f in s.reading.forms}
        holders: dict[str, list[int]] = defaultdict(list)
        for place, sentence in enumerate(self.sentences):
            for form in sentence.reading.forms if sentence.passage != TITLE else ():
                if form not in title:
                    holders[form].append(place)
        return dict(holders)

    def with_forms(self, forms: Iterable[str]) -> Sentence | None:
        """Return the one sentence of the body that has more of some words than any other.

        Words of the title do not count: what the whole article is about tells none apart.
        """
        counts = Counter(place for form in set(forms) for place in self._by_form.get(form, ()))
        (best, most), (_, second) = [*counts.most_common(2), (0, 0), (0, 0)][:2]
        return self.sentences[best] if most > second else None

    def only_of(self, speaker: Speaker) -> Claim | None:
        """Return the one sentence of the body that a speaker says, None where there are more."""
        said = [
            sentence
            for sentence in self.sentences
            if sentence.passage != TITLE and same_speaker(sentence.speaker, speaker)
        ]
        return self.claim(said[0]) if len(said) == 1 else None

    def stating(self, figures: Iterable[Figure]) -> Match | None:
        """Return the only sentence of the body that states one of some figures."""
        told = [f.number for f in figures if f.number.value >= _TELLING_FIGURE]
        held = [
            sentence
            for sentence in self.sentences
            if sentence.passage != TITLE
            and any(agree(number, sentence.reading.numbers) for number in told)
        ]
        return Match(sentence=held[0], share=1.0) if len(held) == 1 else None

    def touched(self, stems: Iterable[str]) -> Sentence | None:
        """Return the one sentence of the body that has a word.

        Where none has any: what the only one who speaks says, else the lead.
        """
        body = self.body
        wanted = set(stems)
        having = [item for item in body if not wanted.isdisjoint(item.reading.stems)]
        if having:
            return having[0] if len(having) == 1 else None
        told = [item for item in body if item.speaker is not None]
        return told[0] if len(told) == 1 else next(iter(body), None)

    def echoed(self, held: Reading) -> Sentence | None:
        """Return the one sentence that has all words and numbers of some, of the body if it can.

        One word or one small number is enough only where no other sentence has it.
        """
        having = [sentence for sentence in self.sentences if is_echo(held, sentence.reading)]
        body = [sentence for sentence in having if sentence.passage != TITLE]
        found = body or having
        is_telling = len(held.stems) > 1
        return found[0] if found and (is_telling or len(found) == 1) else None

    def _norm(self, place: int) -> float:
        return self._norms[place]

    @cached_property
    def _norms(self) -> list[float]:
        return [
            (_TITLE_WEIGHT if sentence.passage == TITLE else 1.0)
            * math.sqrt(4 + len(sentence.reading.stems))
            for sentence in self.sentences
        ]

    def weight(self, word: str) -> float:
        """Return how much a word tells: the more, the fewer sentences of the article have it."""
        return self._weights.get(word, self._weight_of_unknown)

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {word: self._weight_of(len(places)) for word, places in self._holders.items()}

    @cached_property
    def _weight_of_unknown(self) -> float:
        return self._weight_of(0)

    def _weight_of(self, holders: int) -> float:
        return math.log(1 + (len(self.sentences) + 1) / (1 + holders))


def _sentence(
    article: Article,
    passage: Passage,
    span: Span,
    inside: tuple[Statement, ...],
    vocabulary: Vocabulary,
) -> Sentence:
    main = max(inside, key=lambda s: (_overlap(s, span), -s.start), default=None)
    return Sentence(
        start=span.start,
        end=span.end,
        passage=passage.label,
        reading=Reading.of(article.text, span.start, span.end, vocabulary),
        speaker=main.speaker if main else None,
        statements=inside,
    )


def _overlap(statement: Statement, span: Span) -> int:
    return min(statement.end, span.end) - max(statement.start, span.start)


def _held(sentence: Sentence, quoted: Counter[str]) -> int:
    own = Counter(word.folded for word in sentence.reading.words)
    return sum(
        min(count, own[word]) * (3 if stem(word) in sentence.reading.stems else 1)
        for word, count in quoted.items()
    )
