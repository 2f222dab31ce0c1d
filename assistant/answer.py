"""The answer: sentences in their lanes, and the citations they stand on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from index.article import Article, Passage, Source

Status = Literal["answered", "partly_answered", "not_in_article"]
Lane = Literal["article", "readers", "assistant"]
Verdict = Literal["supported", "counted", "unsupported", "misattributed", "uncited"]
AnswerVerdict = Literal["yes", "no", "contested", "none"]

EXTRACTIVE = "extractive"
"""The engine that answers in the page's own words, without a model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The exact words a sentence stands on: `article.text[start:end] == quote`.

    `article` is the article's id, `passage_text` the whole passage the quote is part of.
    `speaker` says who speaks in the article, `author` who wrote the comment; both None where
    unknown.
    """

    article: str
    label: str
    source: Source
    quote: str
    start: int
    end: int
    passage_text: str
    speaker: str | None = None
    author: str | None = None
    comment: str | None = None
    posted_at: datetime | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of an answer. `text` shows its citations as markers such as `[A7]`.

    The lane `assistant` holds frames and facts counted from the thread, which need no
    citation.
    """

    text: str
    lane: Lane
    citations: tuple[str, ...] = ()
    verdict: Verdict = "supported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """A passage that was looked at: rank from 1, similarity in [-1, 1], higher is closer."""

    article: str
    label: str
    rank: int
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a model spent on one answer, and what came of what it wrote.

    Tokens read and written, seconds to the first one and to the first words that were shown;
    `as_written` counts the sentences that held, `as_quotation` those for which words of the page
    were shown instead.
    """

    prompt_tokens: int | None = None
    reply_tokens: int | None = None
    first_token_seconds: float | None = None
    first_point_seconds: float | None = None
    as_written: int = 0
    as_quotation: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """An answer while it is being written: all of its text so far, not yet checked.

    `before` is how many others a model answers first, 0 once it is at work on this one.
    """

    text: str
    engine: str
    before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A checked answer. `citations` are used, in the order of their use; `retrieved` is all.

    `verdict` is what it says to a question for yes or no, `none` where it says neither. `nearest`
    holds the passages nearest to a question that was not answered, as an offer: no citations.
    `dropped` holds the sentences that failed the check, with their verdicts; they are no part
    of `text`. `engine` is `extractive` or the model's name, `usage` None without a model;
    `seconds` is the time from question to answer.
    """

    question: str
    language: str
    status: Status
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...] = ()
    verdict: AnswerVerdict = "none"
    nearest: tuple[Citation, ...] = ()
    retrieved: tuple[Retrieved, ...] = ()
    warnings: tuple[str, ...] = ()
    dropped: tuple[Sentence, ...] = ()
    engine: str = EXTRACTIVE
    usage: Usage | None = None
    seconds: float = 0.0

    @property
    def text(self) -> str:
        """The whole answer, one line per sentence or quotation."""
        return "\n".join(sentence.text for sentence in self.sentences)


def cite(
    article: Article, start: int, end: int, *, speaker: str | None = None
) -> tuple[Citation, Passage]:
    """Return the citation of `article.text[start:end]` and the passage it lies in.

    A span that runs over the end of its passage is cut there, so that the quote is always
    part of the passage.
    """
    passage = article.passage_at(start)
    end = min(end, passage.end)
    comment = article.comment_of(passage)
    citation = Citation(
        article=article.id,
        label=passage.label,
        source=passage.source,
        quote=article.text[start:end],
        start=start,
        end=end,
        passage_text=passage.text,
        speaker=speaker,
        author=comment.author if comment else None,
        comment=comment.number if comment else None,
        posted_at=comment.posted_at if comment else None,
        score=comment.score if comment else None,
    )
    return citation, passage
