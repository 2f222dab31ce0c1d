"""One line of a run: the case, the answer it got, and what was measured of it."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from assistant.answer import Answer, Citation, Lane, Sentence, Verdict
from assistant.evaluation.cases import Case
from index.article import Source


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Measures(_Form):
    """What was measured of one answer; None where a measure does not apply to the case.

    Shares and rights lie in [0, 1]; `seconds` of the whole answer and to its first token.
    """

    right: float
    answer_hit: float | None = None
    token_f1: float | None = None
    chrf: float | None = None
    citation_hit: float | None = None
    citation_precision: float | None = None
    cited_sentences: float | None = None
    exact_quotations: float | None = None
    speaker_right: float | None = None
    retrieval_hit: float | None = None
    retrieval_recall: float | None = None
    reciprocal_rank: float | None = None
    ndcg: float | None = None
    refusal_recall: float | None = None
    refusal_precision: float | None = None
    wrongly_answered: float | None = None
    wrongly_refused: float | None = None
    lane_errors: float | None = None
    language_match: float | None = None
    supported: float | None = None
    by_model: float | None = None
    failed: float = 0.0


class Cost(_Form):
    """What an answer took; the only part of a record that differs between two equal runs."""

    seconds: float
    first_token_seconds: float | None = None
    prompt_tokens: int | None = None
    reply_tokens: int | None = None


class Judged(_Form):
    """What a model says of an answer; `faithful` None where its reply could not be used."""

    faithful: bool | None
    reason: str


class ShownSentence(_Form):
    """A sentence of an answer, as kept in a run."""

    text: str
    lane: Lane
    verdict: Verdict
    citations: tuple[str, ...]


class ShownCitation(_Form):
    """A citation of an answer, as kept in a run."""

    label: str
    source: Source
    quote: str
    start: int
    end: int
    speaker: str | None = None
    author: str | None = None


class Record(_Form):
    """The answer to one case of a run. `position` counts the cases of the file from 0.

    `status` is that of the answer, or `failed` where there is none, and `failure` says why.
    """

    position: int
    case: Case
    status: Literal["answered", "partly_answered", "not_in_article", "failed"]
    measures: Measures
    cost: Cost
    article_title: str | None = None
    article_language: str | None = None
    language: str | None = None
    engine: str | None = None
    sentences: tuple[ShownSentence, ...] = ()
    dropped: tuple[ShownSentence, ...] = ()
    citations: tuple[ShownCitation, ...] = ()
    retrieved: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    judged: Judged | None = None
    failure: str | None = None

    @property
    def text(self) -> str:
        """The whole answer, one line per sentence."""
        return "\n".join(sentence.text for sentence in self.sentences)

    @property
    def is_right(self) -> bool:
        """Whether no rule for a right answer is broken."""
        return self.status != "failed" and not self.faults

    def without_cost(self) -> dict[str, Any]:
        """Return all that two runs with the same settings must have in common."""
        return self.model_dump(exclude={"cost"})


def shown_sentence(sentence: Sentence) -> ShownSentence:
    """Return a sentence in the form of a record."""
    return ShownSentence(
        text=sentence.text,
        lane=sentence.lane,
        verdict=sentence.verdict,
        citations=sentence.citations,
    )


def shown_citation(citation: Citation) -> ShownCitation:
    """Return a citation in the form of a record."""
    return ShownCitation(
        label=citation.label,
        source=citation.source,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        speaker=citation.speaker,
        author=citation.author,
    )


def cost_of(answer: Answer) -> Cost:
    """Return what an answer took."""
    usage = answer.usage
    return Cost(
        seconds=round(answer.seconds, 6),
        first_token_seconds=usage.first_token_seconds if usage else None,
        prompt_tokens=usage.prompt_tokens if usage else None,
        reply_tokens=usage.reply_tokens if usage else None,
    )
