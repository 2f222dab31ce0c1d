"""The comments of a thread as read in their own language, and which of their words are meant."""

import math
from collections import Counter
from collections.abc import Collection, Sequence

from index.article import Article, Comment
from index.disputes.conflict import Reading
from index.disputes.dispute import Claim
from index.disputes.reader_words import contest_logits
from index.disputes.stance import Markers, read_markers
from index.language.detection import told_language
from index.language.dispute_words import Vocabulary, vocabulary
from index.language.phrase_patterns import Word
from index.language.words import Span
from index.statements.statement import Speaker

_LONGEST_CLAIM = 300
_FEWEST_WORDS = 3
_LONGEST_AGREEMENT = 6
_SMOOTHING = 4
_QUESTION_BEHIND = 0.5
_MEANT_WITH = 0.5
_FLATTEST = 1e-3
_MOST_READ = 40
"""Answers that are read with what they answer; time, not truth, ends here."""
_UNLIKELY = -2.5
"""Logit of a contest; below it lie 9 of 50 replies that turn and contest nothing, 2 that do."""


class ReadComments:
    """Reads each comment once."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._text = article.text
        self._markers: dict[str, tuple[tuple[Markers, ...], Vocabulary]] = {}
        self._stems: dict[str, frozenset[str]] = {}
        self._to_read = _MOST_READ

    def markers_of(self, comment: Comment) -> tuple[tuple[Markers, ...], Vocabulary]:
        """Return a comment as read in its own language; each is read once."""
        if comment.number not in self._markers:
            spans = comment.own_spans()
            words = " ".join(self._text[start:end] for start, end in spans)
            known = vocabulary(told_language(words) or self._article.language)
            self._markers[comment.number] = (read_markers(self._text, spans, known), known)
        return self._markers[comment.number]

    def asks(self, comment: Comment) -> bool:
        """Whether a comment wants to know something, so that words after it are an answer."""
        markers = self.markers_of(comment)[0]
        return markers[-1].is_question or any(m.is_question and m.is_sincere for m in markers)

    def stems_of(self, comment: Comment) -> frozenset[str]:
        """Return the stems of a comment's own words."""
        if comment.number not in self._stems:
            markers, known = self.markers_of(comment)
            reading = Reading(text=self._text, words=words_of(markers), vocabulary=known)
            self._stems[comment.number] = frozenset(reading.stems)
        return self._stems[comment.number]

    def asserted_by(self, comment: Comment) -> frozenset[str]:
        """Return the stems of what a comment says but for its questions."""
        markers, known = self.markers_of(comment)
        words = words_of([item for item in markers if not item.is_question])
        return frozenset(Reading(text=self._text, words=words, vocabulary=known).stems)

    def claim_of(
        self,
        comment: Comment,
        words: Collection[str],
        *,
        is_quoted: bool = False,
        contest: str | None = None,
    ) -> Claim | None:
        """Return what is contested of a comment: its own words, or the sentence that is meant.

        Args:
            comment: What is answered; nothing of it is a claim where it only asks.
            words: The stems of the answer.
            is_quoted: The answer repeats what it means, a question or not.
            contest: The answer that is known to contest something, which the reader compares with
                each sentence of a long comment; None leaves it to the words.
        """
        spans = comment.own_spans()
        read, known = self.markers_of(comment)
        markers = [item for item in read if _is_claim(item, known)]
        if not markers or (not is_quoted and all(item.is_question for item in markers)):
            return None
        start, end = markers[0].sentence.start, markers[-1].sentence.end
        if end - start > _LONGEST_CLAIM or len(spans) > 1:
            meant = self._sentences_meant(comment, markers, words, contest)
            start, end = meant.start, meant.end
        author = (comment.author or "").strip()
        return Claim(
            start=start,
            end=end,
            text=self._text[start:end],
            passage=self._article.passage_at(start).label,
            speaker=Speaker(name=author, as_written=author) if author else None,
        )

    def _sentences_meant(
        self,
        comment: Comment,
        markers: Sequence[Markers],
        words: Collection[str],
        contest: str | None,
    ) -> Span:
        """Return the sentence of a comment that shares the most telling words with an answer.

        What the reader takes for contested counts as much as the words.

        A word tells the more the fewer sentences of the comment have it; who answers a question
        in a longer comment rather means what is asserted there. Sentences beside it that share
        half as much are meant with it.
        """
        known = self.markers_of(comment)[1]
        stems = [Reading(text=self._text, words=item.words, vocabulary=known).stems
                 for item in markers]  # fmt: skip
        holders = Counter(stem for held in stems for stem in held)
        shares = [
            sum(
                math.log(1 + (len(markers) + 1) / (1 + holders[stem]))
                for stem in held
                if stem in words
            )
            / math.sqrt(_SMOOTHING + len(held))
            - (_QUESTION_BEHIND if item.is_question else 0.0)
            for item, held in zip(markers, stems, strict=True)
        ]
        if contest is not None and self._to_read:
            self._to_read -= 1
            shares = [a + b for a, b in zip(shares, self._contested(markers, contest), strict=True)]
        best = first = last = max(range(len(shares)), key=lambda place: (shares[place], -place))
        while beside := [
            place
            for place in (first - 1, last + 1)
            if 0 <= place < len(shares)
            and shares[place] >= _MEANT_WITH * shares[best] > 0
            and markers[max(last, place)].sentence.end - markers[min(first, place)].sentence.start
            <= _LONGEST_CLAIM
        ]:
            place = max(beside, key=lambda place: shares[place])
            first, last = min(first, place), max(last, place)
        return Span(markers[first].sentence.start, markers[last].sentence.end)

    def may_contest(self, claim: Claim, text: str) -> bool:
        """Whether the reader does not take it for unlikely that a text contests a claim.

        Where it has read as much as it may, or cannot be read, nothing is unlikely.
        """
        if not self._to_read:
            return True
        self._to_read -= 1
        return all(each >= _UNLIKELY for each in contest_logits([(claim.text, text)]))

    def _contested(self, markers: Sequence[Markers], contest: str) -> list[float]:
        """Return how much likelier each sentence is contested than the others, in deviations."""
        pairs = [(item.sentence.of(self._text), contest) for item in markers]
        likely = [-math.log1p(math.exp(-each)) for each in contest_logits(pairs)]
        mean = sum(likely) / max(1, len(likely))
        spread = math.sqrt(sum((each - mean) ** 2 for each in likely) / max(1, len(likely)))
        return [(each - mean) / (spread + _FLATTEST) for each in likely] or [0.0] * len(markers)


def _is_claim(item: Markers, known: Vocabulary) -> bool:
    """Whether a sentence claims something: no name alone, no thanks, no "Exactly, well said"."""
    if len(item.words) < _FEWEST_WORDS or known.stance.thanks.find(item.words):
        return False
    return not item.supports or len(item.words) > _LONGEST_AGREEMENT


def words_of(markers: Sequence[Markers]) -> tuple[Word, ...]:
    """Return the words of some sentences."""
    return tuple(word for item in markers for word in item.words)
