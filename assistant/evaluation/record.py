"""One line of a run: the case, the answer it got, and what was measured of it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer, AnswerVerdict, Lane, Verdict
from assistant.evaluation.cases import Case
from assistant.evaluation.harms import Harm
from index.article import Source


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class Cost(_Form):
    """What an answer took; the only part of a record that differs between two equal runs."""

    seconds: float
    first_token_seconds: float | None = None
    first_point_seconds: float | None = None
    as_written: int = 0
    as_quotation: int = 0
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
    passage_text: str = ""


class Group(NamedTuple):
    """The groups in which a record is counted."""

    type: str
    language: str
    article: str
    engine: str
    dress: str


class Record(_Form):
    """The answer to one case of a run. `position` counts the cases of the file from 0.

    `status` is that of the answer, or `failed` where there is none, and `failure` says why.
    `measures` are by the names of the metrics, None where one does not apply to the case;
    `faults` says what is wrong, `harms` of which kinds it is;
    `opinions` are the verdicts of people, by their names, which are kept beside the results.
    """

    position: int
    case: Case
    status: Literal["answered", "partly_answered", "not_in_article", "failed"]
    measures: dict[str, float | None]
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
    harms: tuple[Harm, ...] = ()
    verdict: AnswerVerdict = "none"
    judged: Judged | None = None
    failure: str | None = None
    opinions: Mapping[str, str] = Field(default={}, exclude=True)

    @property
    def text(self) -> str:
        """The whole answer, one line per sentence."""
        return "\n".join(sentence.text for sentence in self.sentences)

    @property
    def group(self) -> Group:
        """What the case has in common with others."""
        return Group(
            type=self.case.type or "other",
            language=self.case.lang or self.language or "unknown",
            article=self.article_title or self.case.article,
            engine=self.engine or "none",
            dress=self.case.dress or "as written",
        )

    @property
    def is_right(self) -> bool:
        """Whether no rule for a right answer is broken."""
        return self.status != "failed" and not self.faults


def cost_of(answer: Answer) -> Cost:
    """Return what an answer took."""
    usage = asdict(answer.usage) if answer.usage else {}
    return Cost(seconds=round(answer.seconds, 6), **usage)
