"""Puts an answer together: our frame sentences, and quoted words with their citations.

Only here do words of the page enter an answer, and only as spans of `Article.text`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answer import AnswerVerdict, Citation, Lane, Sentence, Status, cite
from assistant.locale import Phrases
from assistant.naming import reader_named
from index.article import Article, Comment
from index.language.words import word_spans
from index.statements import Speaker

MOST_WORDS = 170
"""Of a whole answer; longer ones are not read."""
MOST_CITATIONS = 7
LONGEST_QUOTE_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer before it is checked; `nearest` is what a refusal offers instead."""

    status: Status
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    verdict: AnswerVerdict = "none"
    nearest: tuple[Citation, ...] = ()


@dataclass(slots=True)
class Composer:
    """Collects the sentences of one answer about one article, within the size of an answer."""

    article: Article
    phrases: Phrases
    _sentences: list[Sentence] = field(default_factory=list)
    _citations: list[Citation] = field(default_factory=list)
    _words: int = 0
    verdict: AnswerVerdict = "none"
    _waiting: list[str] = field(default_factory=list)

    def introduce(self, frame: str, **values: object) -> None:
        """Say a frame before the next quotation; not at all where none follows."""
        self._waiting = [self.phrases.say(frame, **values)]

    def judge(self, verdict: AnswerVerdict, frame: str, **values: object) -> None:
        """Begin the answer with its verdict, said in one of our own sentences."""
        self.verdict = verdict
        self.say(frame, **values)

    def say(self, frame: str, **values: object) -> None:
        """Add one of our own sentences; it claims nothing but what was counted."""
        self._waiting = []
        self._add_own(self.phrases.say(frame, **values))

    def _add_own(self, text: str) -> None:
        self._words += len(text.split())
        self._sentences.append(Sentence(text=text, lane="assistant", verdict="counted"))

    def take(self, sentences: Sequence[Sentence], citations: Sequence[Citation]) -> None:
        """Add sentences that somebody else wrote and that were checked, with their citations."""
        self._sentences.extend(sentences)
        self._citations.extend(citations)
        self._words += sum(len(sentence.text.split()) for sentence in sentences)

    def quote(
        self,
        start: int,
        end: int,
        *,
        speaker: Speaker | None = None,
        lead: str | None = None,
        again: bool = False,
    ) -> bool:
        """Add words of the page in quotation marks, cut at the end of a long quotation.

        Args:
            start: First character in `Article.text`.
            end: Character after the last.
            speaker: Who says it in the article, for the citation.
            lead: Who is quoted, written before the words.
            again: Whether words that are already there may be shown a second time.

        Returns:
            Whether the words were added: not if they are already there, or there is no room.
        """
        end, is_cut = self._cut(start, end)
        citation, _ = cite(self.article, start, end, speaker=speaker.name if speaker else None)
        words = len(citation.quote.split())
        if not again and any(start < c.end and c.start < end for c in self._citations):
            return False
        if self.is_full or (self._words + words > MOST_WORDS and self._citations):
            return False
        for waiting in self._waiting:
            self._add_own(waiting)
        self._waiting = []
        lane: Lane = "readers" if citation.source == "comment" else "article"
        text = f"{self.phrases.quoted(citation.quote)}{' …' if is_cut else ''} [{citation.label}]"
        self._sentences.append(
            Sentence(
                text=f"{lead} {text}" if lead else text,
                lane=lane,
                citations=(citation.label,),
            )
        )
        if citation not in self._citations:
            self._citations.append(citation)
        self._words += words + len((lead or "").split())
        return True

    @property
    def room(self) -> int:
        """How many more quotations fit."""
        return 0 if self.is_full else MOST_CITATIONS - len(self._citations)

    def fits(self, words: int) -> bool:
        """Whether so many words more stay within the size of an answer; the first always do."""
        return not self._citations or self._words + words <= MOST_WORDS

    @property
    def is_full(self) -> bool:
        """Whether there is no room for another quotation."""
        return len(self._citations) >= MOST_CITATIONS or self._words >= MOST_WORDS

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What is cited so far."""
        return tuple(self._citations)

    def reader(self, comment: Comment) -> str:
        """Return how a comment's author is named in an answer."""
        return reader_named(comment, self.phrases)

    def quote_comment(
        self,
        comment: Comment,
        *,
        lead: bool = True,
        with_score: bool = False,
        again: bool = False,
        at: int | None = None,
    ) -> bool:
        """Add a comment's own words, without those it quotes, led by its author.

        Args:
            comment: The comment.
            lead: Whether its author is named.
            with_score: Whether its score is told too.
            again: Whether words that are already there may be shown a second time.
            at: Where to begin, at a sentence of its own words; None for the first.
        """
        spans = comment.own_spans()
        if not spans:
            return False
        meant = [span for span in spans if at is not None and span[0] <= at < span[1]]
        start, end = _trimmed(self.article.text, *max(meant or spans, key=lambda s: s[1] - s[0]))
        start = at if at is not None and meant else start
        who = self.reader(comment)
        if with_score and comment.score is not None:
            who = self.phrases.say("score_of", lead=who, score=signed(comment.score))
        told = self.phrases.say("lead", who=who) if lead else None
        return self.quote(start, end, lead=told, again=again)

    def finish(self, status: Status = "answered", *, nearest: Sequence[Citation] = ()) -> Draft:
        """Return what was collected."""
        return Draft(
            status=status,
            sentences=tuple(self._sentences),
            citations=tuple(self._citations),
            verdict=self.verdict,
            nearest=tuple(nearest),
        )

    def _cut(self, start: int, end: int) -> tuple[int, bool]:
        """Return the end of what is quoted of a span: its passage, and a number of words."""
        passage = self.article.passage_at(start)
        stop = min(end, passage.end)
        words = list(word_spans(self.article.text, start, stop))
        if len(words) <= LONGEST_QUOTE_WORDS:
            return stop, stop < end
        last = words[LONGEST_QUOTE_WORDS - 1].end
        comma = self.article.text.rfind(",", start, last)
        return (comma if comma > start + (last - start) // 2 else last), True


def signed(score: int) -> str:
    """Return a score with its sign: "+3", "-6", "0"."""
    return f"{score:+d}" if score else "0"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
