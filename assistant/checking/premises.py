"""The few sentences of passages that a sentence stands on, and how much of it they hold."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import itemgetter

from assistant.answer import Citation, cite
from assistant.checking.agreement import coverage
from assistant.checking.claims import Claim
from assistant.checking.frame import Frames
from assistant.checking.judge import Judge
from assistant.checking.places import place_of
from index.article import Passage
from index.language.numbers import is_number
from index.language.sentences import sentence_spans
from index.language.words import Span, content_words, fold
from index.library.article_index import ArticleIndex

_MOST = 3
_ADDS = 0.08
"""Of the weight of a sentence that one more sentence of the page must carry to be drawn in."""
_NEAREST = 0.2
"""How near a sentence must be, by words or by meaning, to be shown in place of what fails."""
_FAR_NEARER = 0.15
"""How much nearer in meaning the words of another passage are where a label is wrong: of 170 true
sentences, those with a wrong label were 0.24 to 0.56 nearer to another, the rest at most 0.13."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Premise:
    """The sentences of passages that a claim stands on, in reading order, and their words."""

    spans: tuple[tuple[Passage, Span], ...]
    text: str


class Premises:
    """Finds on one page what sentences stand on."""

    def __init__(self, article_index: ArticleIndex, frames: Frames, judge: Judge | None) -> None:
        self._page = article_index
        self._frames = frames
        self._judge = judge

    def of(self, claim: Claim, passages: Sequence[Passage]) -> Premise:
        """Return the few sentences of passages that carry the words of a claim."""
        text = self._page.article.text
        spans = [(p, span) for p in passages for span in sentence_spans(text, p.start, p.end)]
        words = self._frames.content(claim.body, claim, passages)
        chosen = self._chosen(words, [span.of(text) for _, span in spans]) if words else [0]
        some = tuple(spans[place] for place in sorted(chosen) if place < len(spans))
        return Premise(spans=some, text=" ".join(span.of(text) for _, span in some))

    def _chosen(self, words: Sequence[str], texts: Sequence[str]) -> list[int]:
        weights = self._page.word_weights(words)
        held = self._page.align(words, texts)
        chosen = [int((weights @ held).argmax())]
        covered = held[:, chosen[0]]
        while len(chosen) < _MOST:
            gains = weights @ (held.clip(min=covered[:, None]) - covered[:, None])
            best = int(gains.argmax())
            if gains[best] < _ADDS * weights.sum():
                break
            chosen.append(best)
            covered = held[:, chosen].max(axis=1)
        return chosen

    def words(self, claim: Claim, passages: Sequence[Passage]) -> list[str]:
        """Return the content words outside quotation marks; numbers are compared by value."""
        return [
            word
            for word in self._frames.content(claim.outside, claim, passages)
            if not is_number(fold(word), claim.language)
        ]

    def share(self, claim: Claim, passages: Sequence[Passage], premise: Premise) -> float:
        """Return the share of a claim that its premise holds; quoted words were found there."""
        words = self.words(claim, passages)
        if not words:
            return 1.0
        quoted = [w for quotation in claim.quotations for w in content_words(quotation)]
        held = float(coverage(words, [premise.text], self._page)[0])
        own = float(self._page.word_weights(words).sum())
        whole = own + float(self._page.word_weights(quoted).sum() if quoted else 0.0)
        return 1.0 - own * (1.0 - held) / whole

    def nearest(
        self, claim: Claim, cited: Sequence[Passage], others: Collection[Passage]
    ) -> tuple[Span, ...]:
        """Return the sentence of each passage that a claim cites which it comes nearest to.

        None where all are far from it; the one of another passage that is far nearer than all,
        for then its label is wrong.
        """
        found = [self._nearest(claim, passage) for passage in cited]
        if self._judge is not None and found:
            near = self._page.search(claim.body, limit=_MOST)
            other = max(
                (self._nearest(claim, e.passage) for e in near if e.passage in others),
                key=itemgetter(0),
                default=found[0],
            )
            if other[0] > max(share for share, _ in found) + _FAR_NEARER:
                found = [other]
        return tuple(span for share, span in found if share >= _NEAREST)

    def _nearest(self, claim: Claim, passage: Passage) -> tuple[float, Span]:
        """Return the sentence nearest to a claim, and how near it is, in [-1, 1].

        By its words, and by its meaning where somebody judges.
        """
        text = self._page.article.text
        spans = list(sentence_spans(text, passage.start, passage.end))
        texts = [span.of(text) for span in spans]
        words = self._frames.content(claim.body, claim, [passage])
        held = coverage(words, texts, self._page)
        shares = held if self._judge is None else self._judge.nearness(claim.body, texts)
        best = int((held + shares).argmax())
        return float(shares[best]), spans[best]

    def citation(self, passage: Passage, premise: Premise, claim: Claim) -> Citation:
        """Return the words of a passage that carry a claim, with who says them."""
        article = self._page.article
        span = self._quoted(passage, claim)
        if span is None:
            spans = [span for other, span in premise.spans if other == passage]
            words = self._frames.content(claim.body, claim, [passage])
            shares = coverage(words, [span.of(article.text) for span in spans], self._page)
            whole = Span(passage.start, passage.end)
            span = spans[int(shares.argmax())] if spans else whole
        said = next(
            (
                s
                for s in self._page.statements
                if s.source == "article" and s.start < span.end and span.start < s.end
            ),
            None,
        )
        speaker = said.speaker.name if said is not None and said.speaker else None
        return cite(article, span.start, span.end, speaker=speaker)[0]

    def _quoted(self, passage: Passage, claim: Claim) -> Span | None:
        for quotation in claim.quotations:
            place = place_of(quotation, passage)
            if place is not None:
                return Span(place, place + len(quotation))
        return None
