"""The check of a model's reply: each sentence against the passages it cites.

A sentence is kept if its passages are there, carry it, and are told as what they are. If the
citation is wrong but exactly one shown passage carries the sentence, the citation is corrected.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.answer import Citation, Sentence, Verdict
from assistant.checking.agreement import (
    Reading,
    Signs,
    borrowed,
    coverage,
    has_other_number,
    is_hedged,
    is_surer,
)
from assistant.checking.attribution import Fault, reader_fault, speaker_fault
from assistant.checking.checked import CheckedReply, CheckedSentence
from assistant.checking.claims import Claim, read_claims
from assistant.checking.following import Following, changed, follow
from assistant.checking.frame import Frames
from assistant.checking.judge import Judge
from assistant.checking.places import stands_in
from assistant.checking.premises import Premise, Premises
from assistant.checking.roles import exchanged
from assistant.checking.scope import told_as_fact
from assistant.locale import phrases
from assistant.markers import with_markers
from assistant.naming import reader_named
from index.article import Article, Passage
from index.language.detection import detect_language
from index.library.article_index import ArticleIndex

_CLEARLY = 0.85
"""Share of a sentence that a passage must hold to be cited in place of another one, or to carry it
where nobody judges."""
_CLEARLY_ACROSS = 0.5
_COPIED = 0.7
"""Share of a sentence that follows the page from which a word of its own replaces one of it: from
half on a fifth of the right sentences of models would fall, and no more wrong ones."""
_FOREIGN = 0.4
"""Strength below which a word stands in no form in a text."""


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
        judge: Weighs what speaks for a sentence and against it. Who says it, what is quoted, and
            denials, demands and accusations told as facts are for the rules alone.
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
            nearest=checker.premises.nearest(claim, cited, by_label.values()),
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
        self.premises = Premises(article_index, self._frames, judge)

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
        if not claim.quotations and not self._frames.content(claim.body, claim, passages):
            return _Finding(verdict="unsupported", reason="it says nothing")
        others = (p.text for p in self._page.article.passages if p not in passages)
        row = borrowed(claim.body, [self._with_author(passage) for passage in passages], others)
        if row is not None:
            return _Finding(verdict="unsupported", reason=f"said elsewhere: “{row}”")
        report = told_as_fact(claim, passages, self._page, self._frames)
        if report is not None:
            name = f" by {report.holder.name}" if report.holder else ""
            told = f"told as a fact, but it is {report.standing}{name}"
            if report.standing != "said":
                return _Finding(verdict="unsupported", reason=told, contradicts=True)
        premise = self.premises.of(claim, passages)
        language = self._page.article.language
        found = follow(claim.body, premise.text, language) if claim.language == language else None
        change, verb = self._otherwise(claim, passages, premise, found)
        here = Reading.of(claim.outside, claim.language)
        there = Reading.of(premise.text, language)
        signs = Signs(
            is_across=here.language != there.language,
            is_bare=claim.is_bare,
            is_hedged=is_hedged(here, there),
            is_surer=is_surer(here, there, self._page),
            is_report=report is not None,
            is_changed=change is not None,
            is_exchanged=verb is not None,
        )
        followed = found.share if found is not None else 0.0
        if self._is_carried(claim, passages, premise, signs, followed=followed):
            return _Finding(
                verdict="supported",
                citations=tuple(self.premises.citation(p, premise, claim) for p in passages),
            )
        reason = "the passage does not say so"
        if change is not None or verb is not None:
            reason = f"other than there: {change or f'who does it to whom ({verb})'}"
        elif report is not None:
            reason = told
        is_near = self.premises.share(claim, passages, premise) >= _CLEARLY_ACROSS
        return _Finding(
            verdict="unsupported",
            reason=reason,
            contradicts=report is not None or (signs.speaks_against and is_near),
        )

    def _otherwise(
        self,
        claim: Claim,
        passages: Sequence[Passage],
        premise: Premise,
        found: Following | None,
    ) -> tuple[str | None, str | None]:
        """Return the word that a sentence has otherwise than the page it follows, and the verb
        around which two have changed places."""
        if found is None or not self._frames.content(claim.outside, claim, passages):
            return None, None
        language, own = self._page.article.language, self._frames.frame(claim, passages)
        change = changed(found, premise.text, language, own=own) if found.is_close else None
        return change, exchanged(claim.body, premise.text, language)

    def _with_author(self, passage: Passage) -> str:
        """Return a passage behind who wrote it, where it is a comment."""
        comment = self._page.article.comment_of(passage)
        author = comment.author if comment is not None else None
        return f"{author}: {passage.text}" if author else passage.text

    def _is_carried(
        self,
        claim: Claim,
        passages: Sequence[Passage],
        premise: Premise,
        signs: Signs,
        *,
        followed: float,
    ) -> bool:
        """Whether the judge finds a sentence carried; without one, whether its words are there.

        What copies the page word by word, `followed` being the share that does, needs no judge.
        """
        told = [self._with_author(passage) for passage in passages]
        language = self._page.article.language
        if has_other_number(claim.outside, claim.language, " ".join(told), language):
            return False  # whatever a judge makes of the rest
        if followed >= _CLEARLY and self._is_own(claim, passages, premise, signs):
            return True
        if followed >= _COPIED and self._is_foreign(claim, passages):
            return False  # "warned that the old airport have no other quiet place to study"
        if self._judge is not None:
            return self._judge.carries(told, premise.text, claim.text, signs=signs)
        return self._is_own(claim, passages, premise, signs)

    def _is_own(
        self, claim: Claim, passages: Sequence[Passage], premise: Premise, signs: Signs
    ) -> bool:
        """Whether a sentence has the page's own words, and says no more."""
        if signs.speaks_against:
            return False
        share = self.premises.share(claim, passages, premise)
        if signs.is_across:
            return share >= _CLEARLY_ACROSS
        return share >= _CLEARLY and not self._is_foreign(claim, passages)

    def _is_foreign(self, claim: Claim, passages: Sequence[Passage]) -> bool:
        """Whether a sentence has a word that stands in no form in what it cites."""
        words = self.premises.words(claim, passages)
        whole = " ".join(passage.text for passage in passages)
        return bool(words) and bool((self._page.align(words, [whole]) < _FOREIGN).any())


def _with_labels(sentence: Sentence, labels: tuple[str, ...]) -> Sentence:
    """Return a sentence that cites these labels and no others."""
    return replace(sentence, text=with_markers(sentence.text, labels), citations=labels)
