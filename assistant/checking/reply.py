"""The check of a model's reply: each sentence against the passages it cites.

A sentence is kept if its passages are there, carry it, and are told as what they are. If the
citation is wrong but exactly one shown passage carries the sentence, the citation is corrected.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Literal

from assistant.answer import Citation, Sentence, Verdict, cite
from assistant.checking.agreement import Reading, coverage, liberties, other_things
from assistant.checking.attribution import Fault, reader_fault, speaker_fault
from assistant.checking.claims import Claim, read_claims
from assistant.checking.following import Following, changed, follow
from assistant.checking.frame import Frames
from assistant.checking.judge import Judge
from assistant.checking.places import place_of, stands_in
from assistant.checking.scope import scoped
from assistant.locale import phrases
from assistant.markers import with_markers
from assistant.naming import reader_named
from index.article import Article, Passage
from index.language.detection import detect_language
from index.language.numbers import is_number
from index.language.sentences import sentence_spans
from index.language.words import Span, content_words, fold
from index.library.article_index import ArticleIndex

_MOST_PREMISES = 3
_ADDS = 0.08
"""Of the weight of a sentence that one more sentence of the page must carry to be drawn in."""
_CLEARLY = 0.85
"""Share of a sentence that a passage must hold to be cited in place of another one, or to carry it
where nobody judges."""
_CLEARLY_ACROSS = 0.5
_NEAREST = 0.2
"""How near a sentence must be, by words or by meaning, to be shown in place of what fails."""
_FAR_NEARER = 0.15
"""How much nearer in meaning the words of another passage are where a label is wrong: of 170 true
sentences, those with a wrong label were 0.24 to 0.56 nearer to another, the rest at most 0.13."""
_FOREIGN = 0.4
"""Strength below which a word stands in no form in a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSentence:
    """What came of one sentence of a reply.

    Attributes:
        sentence: As it may be shown where it holds, with its verdict.
        citations: What carries it.
        reason: Why it does not hold, in words fit to show.
        nearest: The words of the page that it comes nearest to, where it cited some.
        corrections: What was done about its citations, in words fit to show.
    """

    sentence: Sentence
    citations: tuple[Citation, ...] = ()
    reason: str = ""
    nearest: tuple[Span, ...] = ()
    corrections: tuple[str, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether what it cites carries it."""
        return self.sentence.verdict == "supported"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedReply:
    """What came of each sentence of a reply, in order."""

    results: tuple[CheckedSentence, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Those that hold."""
        return tuple(result.sentence for result in self.results if result.is_held)

    @property
    def dropped(self) -> tuple[Sentence, ...]:
        """Those that do not."""
        return tuple(result.sentence for result in self.results if not result.is_held)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What carries those that hold, each once."""
        return tuple(dict.fromkeys(c for r in self.results if r.is_held for c in r.citations))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was corrected or dropped, in words fit to show."""
        return tuple(
            said
            for r in self.results
            for said in (
                *r.corrections,
                *(() if r.is_held else (f"dropped, {r.reason}: {r.sentence.text[:120]}",)),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    """What came of a sentence with certain passages."""

    verdict: Verdict
    citations: tuple[Citation, ...] = ()
    reason: str = ""
    contradicts: bool = False


def check_reply(
    sentences: Sequence[Sentence],
    article_index: ArticleIndex,
    shown: Sequence[Passage],
    *,
    judge: Judge | None = None,
) -> CheckedReply:
    """Return what came of each sentence of a reply: whether what it cites carries it.

    Args:
        sentences: The reply, each sentence with its markers in the text and their labels in
            `citations`.
        article_index: The page it is about.
        shown: The passages the model was given; it may cite no others.
        judge: A second opinion on paraphrases. Who says it, how it stands, what is quoted, its
            numbers and names are for the rules alone.
    """
    article = article_index.article
    language = detect_language(" ".join(s.text for s in sentences), likely=article.language)
    authors = {comment.author for comment in article.comments if comment.author}
    speakers = {s.speaker.name for s in article_index.statements if s.speaker}
    texts = [sentence.text for sentence in sentences]
    claims = read_claims(
        texts, language, names=sorted(authors), leads=_leads(article, speakers, language)
    )
    checker = _Checker(article_index, judge)
    by_label = {passage.label: passage for passage in shown}
    return CheckedReply(
        results=tuple(
            _result(sentence, claim, checker, by_label)
            for sentence, claim in zip(sentences, claims, strict=True)
        )
    )


def _leads(article: Article, speakers: Collection[str], language: str) -> Mapping[str, str]:
    """Return what may stand before a colon as who says what follows, and who that is."""
    known = phrases(language)
    readers = {reader_named(c, known): c.author or "" for c in article.live_comments()}
    return {**readers, **{name: name for name in speakers}}


def _result(
    sentence: Sentence, claim: Claim, checker: "_Checker", by_label: Mapping[str, Passage]
) -> CheckedSentence:
    cited = [by_label[label] for label in sentence.citations if label in by_label]
    finding = checker.finding(claim, cited)
    corrections: tuple[str, ...] = ()
    if finding.verdict != "supported" and not finding.contradicts:
        others = [passage for passage in by_label.values() if passage not in cited]
        elsewhere = checker.elsewhere(claim, others)
        if len(elsewhere) == 1:
            passage, finding = elsewhere[0]
            was = ", ".join(sentence.citations) or "none"
            corrections = (f"a citation was corrected: {passage.label} instead of {was}",)
    if finding.verdict != "supported":
        return CheckedSentence(
            sentence=replace(sentence, verdict=finding.verdict),
            reason=finding.reason,
            nearest=checker.nearest(claim, cited, by_label.values()),
        )
    lane: Literal["article", "readers"] = (
        "readers" if any(c.source == "comment" for c in finding.citations) else "article"
    )
    labels = tuple(dict.fromkeys(c.label for c in finding.citations))
    return CheckedSentence(
        sentence=replace(_with_labels(sentence, labels), lane=lane, verdict="supported"),
        citations=finding.citations,
        corrections=corrections,
    )


class _Checker:
    """Judges sentences against passages of one page."""

    def __init__(self, article_index: ArticleIndex, judge: Judge | None) -> None:
        self._page = article_index
        self._judge = judge
        self._frames = Frames(article_index)

    def finding(self, claim: Claim, passages: Sequence[Passage]) -> _Finding:
        """Return whether passages carry a sentence, and the words that do."""
        if not passages:
            return _Finding(verdict="uncited", reason="it cites no passage it was shown")
        missing = next((q for q in claim.quotations if not stands_in(q, passages)), None)
        if missing is not None:
            return _Finding(verdict="unsupported", reason=f"no such words: “{missing[:60]}”")
        fault = self._attribution_fault(claim, passages)
        if fault is not None and fault.is_misattributed:
            return _Finding(verdict="misattributed", reason=f"{fault.reason}, but {fault.said_by}")
        if fault is not None:
            said_by = f" ({fault.said_by})" if fault.said_by else ""
            return _Finding(verdict="unsupported", reason=f"{fault.reason}{said_by}")
        return self._carried(claim, passages)

    def nearest(
        self, claim: Claim, cited: Sequence[Passage], others: Collection[Passage]
    ) -> tuple[Span, ...]:
        """Return the sentence of each passage that a claim cites which it comes nearest to.

        None where all are far from it; the one of another passage that is far nearer than all,
        for then its label is wrong.
        """
        found = [self._nearest(claim, passage) for passage in cited]
        if self._judge is not None and found:
            near = self._page.search(claim.body, limit=_MOST_PREMISES)
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

    def elsewhere(self, claim: Claim, others: Sequence[Passage]) -> list[tuple[Passage, _Finding]]:
        """Return the passages that clearly carry a sentence which does not cite them."""
        words = self._frames.content(claim.body, claim, others)
        if not words or not others:
            return []
        shares = coverage(words, [passage.text for passage in others], self._page)
        return [
            (passage, found)
            for passage, share in zip(others, shares, strict=True)
            if share >= _CLEARLY
            and (found := self.finding(claim, [passage])).verdict == "supported"
        ]

    def _attribution_fault(self, claim: Claim, passages: Sequence[Passage]) -> Fault | None:
        article = self._page.article
        comments = [c for p in passages if (c := article.comment_of(p)) is not None]
        if comments:
            fault = reader_fault(claim, comments, self._page)
            if fault is not None:
                return fault
        told = [passage for passage in passages if passage.source == "article"]
        return speaker_fault(claim, told, self._page) if told else None

    def _carried(self, claim: Claim, passages: Sequence[Passage]) -> _Finding:
        """Return whether the words of passages carry a sentence, whoever says them."""
        article = self._page.article
        words = self._frames.content(claim.body, claim, passages)
        if not words and not claim.quotations:
            return _Finding(verdict="unsupported", reason="it says nothing")
        fault = scoped(claim, passages, self._page, self._frames)
        if fault is not None:
            return _Finding(verdict="unsupported", reason=fault, contradicts=True)
        spans = [
            (passage, span)
            for passage in passages
            for span in sentence_spans(article.text, passage.start, passage.end)
        ]
        premises = self._premises(words, spans)
        text = " ".join(span.of(article.text) for _, span in premises)
        language = article.language
        found = follow(claim.body, text, language) if claim.language == language else None
        fault = self._otherwise(claim, passages, text, found)
        if fault is not None:
            reason = f"other than there: {fault}"
            is_near = self._share(claim, passages, text) >= _CLEARLY_ACROSS
            return _Finding(verdict="unsupported", reason=reason, contradicts=is_near)
        if not self._is_carried(claim, passages, text, found):
            return _Finding(verdict="unsupported", reason="the passage does not say so")
        return _Finding(
            verdict="supported",
            citations=tuple(self._citation(passage, premises, claim) for passage in passages),
        )

    def _otherwise(
        self, claim: Claim, passages: Sequence[Passage], text: str, found: Following | None
    ) -> str | None:
        """Return the number, name or changed word that a sentence has otherwise than the page."""
        language = self._page.article.language
        if not self._frames.content(claim.outside, claim, passages):
            return None
        here, there = Reading.of(claim.outside, claim.language), Reading.of(text, language)
        names = self._frames.names(claim, passages)
        fault = other_things(here, there, self._page, known_names=names)
        if fault is not None or found is None or not found.is_close:
            return fault
        own = self._frames.frame(claim, passages)
        return changed(found, text, language, own=own)

    def _is_carried(
        self, claim: Claim, passages: Sequence[Passage], text: str, found: Following | None
    ) -> bool:
        """Whether the judge finds a sentence carried; without one, whether its words are there.

        How it follows the page (`found`) is None where it is in another language. What copies
        the page word by word needs no judge, who reads numbers badly.
        """
        share = self._share(claim, passages, text)
        language = self._page.article.language
        here, there = Reading.of(claim.outside, claim.language), Reading.of(text, language)
        taken = liberties(here, there, self._page)
        words = self._words(claim, passages)
        whole = " ".join(passage.text for passage in passages)
        is_foreign = bool((self._page.align(words, [whole]) < _FOREIGN).any()) if words else False
        is_own = found is not None and share >= _CLEARLY and not (taken or is_foreign)
        if is_own and found is not None and found.share >= _CLEARLY:
            return True
        if is_foreign and found is not None and found.is_close:
            return False  # "warned that | the old airport | have no other quiet place to study"
        if self._judge is None:
            return is_own if found is not None else share >= _CLEARLY_ACROSS and not taken
        told = []
        for passage in passages:
            comment = self._page.article.comment_of(passage)
            author = comment.author if comment is not None else None
            told.append(f"{author}: {passage.text}" if author else passage.text)
        return self._judge.carries(" ".join(told), text, claim.text, liberties=taken)

    def _words(self, claim: Claim, passages: Sequence[Passage]) -> list[str]:
        """Return the content words outside quotation marks; numbers are compared by value."""
        return [
            word
            for word in self._frames.content(claim.outside, claim, passages)
            if not is_number(fold(word), claim.language)
        ]

    def _share(self, claim: Claim, passages: Sequence[Passage], text: str) -> float:
        """Return the share of a sentence that its premise holds; quoted words were found there."""
        words = self._words(claim, passages)
        if not words:
            return 1.0
        quoted = [w for quotation in claim.quotations for w in content_words(quotation)]
        held = float(coverage(words, [text], self._page)[0])
        own = float(self._page.word_weights(words).sum())
        whole = own + float(self._page.word_weights(quoted).sum() if quoted else 0.0)
        return 1.0 - own * (1.0 - held) / whole

    def _premises(
        self, words: Sequence[str], spans: Sequence[tuple[Passage, Span]]
    ) -> list[tuple[Passage, Span]]:
        """Return the few sentences that carry the words of a claim, in reading order."""
        if not words or not spans:
            return list(spans[:1])
        text = self._page.article.text
        weights = self._page.word_weights(words)
        held = self._page.align(words, [span.of(text) for _, span in spans])
        chosen = [int((weights @ held).argmax())]
        covered = held[:, chosen[0]]
        while len(chosen) < _MOST_PREMISES:
            gains = weights @ (held.clip(min=covered[:, None]) - covered[:, None])
            best = int(gains.argmax())
            if gains[best] < _ADDS * weights.sum():
                break
            chosen.append(best)
            covered = held[:, chosen].max(axis=1)
        return [spans[place] for place in sorted(chosen)]

    def _citation(
        self, passage: Passage, premises: Sequence[tuple[Passage, Span]], claim: Claim
    ) -> Citation:
        article = self._page.article
        spans = [span for other, span in premises if other == passage]
        span = spans[0] if spans else Span(passage.start, passage.end)
        if len(spans) > 1:
            words = self._frames.content(claim.body, claim, [passage])
            shares = coverage(words, [span.of(article.text) for span in spans], self._page)
            span = spans[int(shares.argmax())]
        for quotation in claim.quotations:
            place = place_of(quotation, passage)
            if place is not None:
                span = Span(place, place + len(quotation))
                break
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


def _with_labels(sentence: Sentence, labels: tuple[str, ...]) -> Sentence:
    """Return a sentence that cites these labels and no others."""
    return replace(sentence, text=with_markers(sentence.text, labels), citations=labels)
