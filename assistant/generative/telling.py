"""An answer made of what a model says: each point as its gist where that holds, else as the words.

Nothing true is lost and nothing unproven is said: a gist that cannot be shown to hold gives way
to the verbatim quotation with who says it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answer import Sentence, cite
from assistant.checking import CheckedSentence, Judge, check_reply
from assistant.extractive.composing import Composer
from assistant.extractive.copies import is_copy
from assistant.generative.points import Point
from assistant.generative.quoting import holder_of, locate, quote
from assistant.markers import with_markers, without_markers
from index.article import Passage
from index.language.detection import detect_language
from index.language.words import Span, content_words, spaced_words, word_spans
from index.library.article_index import ArticleIndex

_ENOUGH_WORDS = 8
_ENDS = re.compile(r"[.!?…。！？]['\"’”»]*\s*$")


@dataclass(slots=True, kw_only=True)
class Telling:
    """Collects the answer.

    Attributes:
        article_index: The page.
        passages: What the model was shown.
        composer: Holds what is shown so far.
        language: ISO 639-1 code of the question.
        judge: A second opinion on what the model writes.
        dropped: What was replaced, with its verdict.
        warnings: What was done, in words fit to show.
        gists: How many sentences of the model are shown as it wrote them.
        quotations: For how many words of the page are shown instead.
    """

    article_index: ArticleIndex
    passages: Sequence[Passage]
    composer: Composer
    language: str
    judge: Judge | None = None
    dropped: list[Sentence] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    gists: int = 0
    quotations: int = 0

    def point(self, point: Point) -> None:
        """Tell one point."""
        span = locate(point.quote, point.label, self.passages, self.article_index)
        label = self.article_index.article.passage_at(span.start).label if span else point.label
        if span is not None and self._is_shown(span):
            return
        checked = self._checked(point.gist, label)
        if checked is None or not checked.is_held:
            led = self._led(point.gist, label, span)
            checked = led if led is not None and led.is_held else checked
        if checked is not None and checked.is_held:
            self._take(checked, span)
            return
        nearest: tuple[Span, ...] = ()
        if checked is not None:
            self._drop(checked)
            nearest = checked.nearest
        self._quote((span,) if span is not None else nearest)

    def sentences(self, sentences: Sequence[Sentence]) -> None:
        """Tell the sentences of a reply, read as one text."""
        for checked in check_reply(
            sentences, self.article_index, self.passages, judge=self.judge
        ).results:
            self.warnings.extend(checked.corrections)
            if checked.is_held:
                self._take(checked, None)
                continue
            self._drop(checked)
            self._quote(checked.nearest)

    @property
    def text(self) -> str:
        """What is shown so far."""
        return "\n".join(sentence.text for sentence in self.composer.finish().sentences)

    def _is_shown(self, span: Span) -> bool:
        shown = self.composer.citations
        return any(c.start <= span.start and span.end <= c.end for c in shown)

    def _take(self, checked: CheckedSentence, span: Span | None) -> None:
        words = len(checked.sentence.text.split())
        if self.composer.is_full or not self.composer.fits(words) or self._is_told(checked):
            return
        citations = checked.citations
        if span is not None and citations:
            # What the model quoted for it, verbatim, is what it stands on, in the same passage.
            own, _ = cite(
                self.article_index.article, span.start, span.end, speaker=citations[0].speaker
            )
            citations = tuple(own if c.label == own.label else c for c in citations)
        self.gists += 1
        self.composer.take([checked.sentence], citations)

    def _is_told(self, checked: CheckedSentence) -> bool:
        """Whether a sentence says once more what one on words of the same person says."""
        words = frozenset(content_words(without_markers(checked.sentence.text)))
        whose = [(c.author, c.speaker) for c in checked.citations]
        told = self.composer.finish()
        labels = {c.label for c in told.citations if (c.author, c.speaker) in whose}
        return any(
            is_copy(words, frozenset(content_words(without_markers(sentence.text))))
            for sentence in told.sentences
            if labels & set(sentence.citations)
        )

    def _quote(self, spans: Sequence[Span]) -> None:
        shown = [quote(span, self.composer, self.article_index) for span in spans]
        self.quotations += any(shown)

    def _drop(self, checked: CheckedSentence) -> None:
        self.dropped.append(checked.sentence)
        self.warnings.append(f"replaced, {checked.reason}: {checked.sentence.text[:120]}")

    def _checked(self, text: str, label: str) -> CheckedSentence | None:
        if not _ENDS.search(text) or not is_in_language(text, self.language):
            return None  # half a sentence says nothing that could be checked
        sentence = Sentence(text=with_markers(text, (label,)), lane="article", citations=(label,))
        return check_reply([sentence], self.article_index, self.passages, judge=self.judge).results[
            0
        ]

    def _led(self, gist: str, label: str, span: Span | None) -> CheckedSentence | None:
        """Return a gist led by who says its words, as the record names them."""
        if span is None:
            return None
        article = self.article_index.article
        comment = article.comment_of(article.passage_at(span.start))
        said = holder_of(span, self.article_index)
        if comment is not None:
            who = self.composer.reader(comment)
        elif said is not None and said.speaker is not None:
            who = said.speaker.name
        else:
            return None
        if spaced_words(who.split()[-1]) in spaced_words(gist):
            return None  # "Ann Lowe: Ann Lowe says that …"
        return self._checked(f"{self.composer.phrases.say('lead', who=who)} {gist}", label)


def is_in_language(text: str, language: str) -> bool:
    """Whether a text is in a language; a short one leaves it open."""
    if sum(1 for _ in word_spans(text)) < _ENOUGH_WORDS:
        return True
    return detect_language(text, likely=language) == language
