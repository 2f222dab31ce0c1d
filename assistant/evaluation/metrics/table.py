"""The metrics of a run, one row each: what it says, how it is computed, how it is shown.

A metric with `of` is measured of one answer and kept in its record; the others are read from
what the record holds anyway. None where a metric does not apply to a case.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from assistant.answer import Answer, Citation
from assistant.evaluation.cases import Case
from assistant.evaluation.harms import HARMS, Harm
from assistant.evaluation.judging import Judgement, contains_any, is_by, matched_groups
from assistant.evaluation.metrics.intervals import Statistic
from assistant.evaluation.metrics.overlap import chrf, token_f1
from assistant.evaluation.metrics.ranking import Ranking, judge_ranking
from assistant.markers import without_markers
from index.article import Article

if TYPE_CHECKING:
    from assistant.evaluation.record import Record

RETRIEVAL_DEPTH = 8


@dataclass(frozen=True, kw_only=True)
class Measured:
    """An answer to a case about one article, and what several metrics need of it.

    `by_model` says whether the model that was asked wrote it, None where none was asked.
    """

    case: Case
    answer: Answer
    judgement: Judgement
    article: Article
    by_model: bool | None = None

    @property
    def is_refused(self) -> bool:
        """Whether the answer says that the article does not answer."""
        return self.answer.status == "not_in_article"

    @property
    def expects_words(self) -> bool:
        """Whether the case names words of the answer; a refusal misses all of them."""
        return bool(self.case.answer_all) and not self.case.refuse

    @property
    def expected(self) -> tuple[str, ...]:
        """Words that a cited passage holds; none where the article does not answer."""
        return () if self.case.refuse else self.case.cite_any_of

    @cached_property
    def fitting(self) -> tuple[Citation, ...]:
        """The citations of passages that hold expected words."""
        return tuple(
            c for c in self.answer.citations if contains_any(c.passage_text, self.expected)
        )

    @cached_property
    def spoken(self) -> str:
        """What the answer says, without markers and without the frames around quotations."""
        if self.is_refused:
            return ""
        cited = [sentence for sentence in self.answer.sentences if sentence.citations]
        return without_markers(" ".join(s.text for s in cited or self.answer.sentences)).strip()

    @cached_property
    def ranking(self) -> Ranking | None:
        """How high the passages with expected words rank; None where there is none."""
        relevant = {p.label for p in self.article.passages if contains_any(p.text, self.expected)}
        if not relevant:
            return None
        retrieved = [i.label for i in self.answer.retrieved if i.article == self.article.id]
        return judge_ranking(retrieved, relevant, depth=RETRIEVAL_DEPTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric: `statistic` of its values over the cases is what a run shows."""

    name: str
    label: str
    what: str
    of: Callable[[Measured], float | None] | None = None
    recorded: "Callable[[Record], float | None] | None" = None
    statistic: Statistic = "mean"
    unit: Literal["share", "seconds", "tokens"] = "share"
    lower_is_better: bool = False

    @property
    def is_share(self) -> bool:
        """Whether its values lie in [0, 1]; the others are costs, which differ between runs."""
        return self.unit == "share"

    def value(self, record: "Record") -> float | None:
        """Return its value in a record, None where it was not measured."""
        if self.recorded is not None:
            return self.recorded(record)
        return record.measures.get(self.name)

    def shown(self, value: float) -> str:
        """Return a value in words: a percentage, seconds, or a number of tokens."""
        if self.is_share:
            return f"{100 * value:.1f} %"
        return f"{value:.3f} s" if self.unit == "seconds" else f"{value:.0f}"

    def signed(self, value: float) -> str:
        """Return a difference of two values: in percentage points, or the metric's own unit."""
        return f"{100 * value:+.1f}" if self.is_share else f"{value:+.3f}"


def _mean(outcomes: Iterable[bool]) -> float | None:
    counted = list(outcomes)
    return sum(counted) / len(counted) if counted else None


def _ranked(field: str) -> Callable[[Measured], float | None]:
    return lambda m: None if m.ranking is None else getattr(m.ranking, field)


def _answer_hit(m: Measured) -> float | None:
    if not m.expects_words:
        return None
    return float(not m.is_refused and all(matched_groups(m.case, m.answer)))


def _citation_precision(m: Measured) -> float | None:
    if not m.expected or not m.answer.citations:
        return None
    return len(m.fitting) / len(m.answer.citations)


def _exact_quotations(m: Measured) -> float | None:
    return _mean(
        m.article.text[c.start : c.end] == c.quote and c.quote in c.passage_text
        for c in m.answer.citations
    )


def _speaker_right(m: Measured) -> float | None:
    if not m.expected or not m.case.speaker:
        return None
    return float(any(is_by(citation, m.case.speaker) for citation in m.fitting))


def _lane_errors(m: Measured) -> float | None:
    """Return the share of sentences that tell a reader's words as the article's, or reversed."""
    if m.is_refused:
        return None
    source = {c.label: c.source for c in m.answer.citations}
    lanes = {"article": "article", "readers": "comment"}
    return _mean(
        s.lane in lanes
        and any(source[label] != lanes[s.lane] for label in s.citations if label in source)
        for s in m.answer.sentences
    )


def _supported(m: Measured) -> float | None:
    if m.is_refused:
        return None
    sentences = (*m.answer.sentences, *m.answer.dropped)
    return _mean(sentence.verdict in ("supported", "counted") for sentence in sentences)


def _faithful(record: "Record") -> float | None:
    judged = record.judged
    return None if judged is None or judged.faithful is None else float(judged.faithful)


def _points_told(field: str) -> "Callable[[Record], float | None]":
    """Return the share of what a model wrote and we showed that was shown in one of two ways."""

    def share(record: "Record") -> float | None:
        told = record.cost.as_written + record.cost.as_quotation
        return getattr(record.cost, field) / told if told else None

    return share


def _cost(field: str) -> "Callable[[Record], float | None]":
    return lambda record: getattr(record.cost, field)


def _harm(harm: Harm) -> Callable[[Measured], float | None]:
    """Return the metric of a harm: None where this answer could not do it."""
    return lambda m: float(harm in m.judgement.harms) if harm in m.judgement.measured else None


_OF_ANSWER: dict[str, Callable[[Measured], float | None]] = {
    "right": lambda m: float(m.judgement.is_right),
    "answer_hit": _answer_hit,
    "token_f1": lambda m: token_f1(m.spoken, m.case.references) if m.expects_words else None,
    "chrf": lambda m: chrf(m.spoken, m.case.references) if m.expects_words else None,
    "citation_hit": lambda m: float(bool(m.fitting)) if m.expected else None,
    "citation_precision": _citation_precision,
    "cited_sentences": lambda m: _mean(
        bool(s.citations) for s in m.answer.sentences if s.lane != "assistant"
    ),
    "exact_quotations": _exact_quotations,
    "speaker_right": _speaker_right,
    "retrieval_hit": _ranked("hit"),
    "retrieval_recall": _ranked("recall"),
    "reciprocal_rank": _ranked("reciprocal_rank"),
    "ndcg": _ranked("ndcg"),
    "refusal_recall": lambda m: float(m.is_refused) if m.case.refuse else None,
    "refusal_precision": lambda m: float(m.case.refuse) if m.is_refused else None,
    **{harm: _harm(harm) for harm in HARMS},
    "lane_errors": _lane_errors,
    "language_match": lambda m: float(m.answer.language == m.case.lang) if m.case.lang else None,
    "supported": _supported,
    "by_model": lambda m: None if m.by_model is None else float(m.by_model),
    "replaced": lambda m: None if m.by_model is None else float(not m.by_model),
    "failed": lambda m: 0.0,
}
_OF_RECORD: "dict[str, Callable[[Record], float | None]]" = {
    "people_right": lambda r: _mean(verdict == "right" for verdict in r.opinions.values()),
    "judged_faithful": _faithful,
    "judge_failures": lambda r: None if r.judged is None else float(r.judged.faithful is None),
    "seconds_p50": _cost("seconds"),
    "seconds_p95": _cost("seconds"),
    "first_token_seconds_p50": _cost("first_token_seconds"),
    "first_token_seconds_p95": _cost("first_token_seconds"),
    "first_point_seconds_p50": _cost("first_point_seconds"),
    "as_written": _points_told("as_written"),
    "as_quotation": _points_told("as_quotation"),
    "prompt_tokens": _cost("prompt_tokens"),
    "reply_tokens": _cost("reply_tokens"),
}
_LESS_IS_BETTER = {*HARMS, "lane_errors", "failed", "judge_failures", "replaced"}
_SECONDS = "Seconds; half of the answers, or 19 of 20, took no longer."
_TOKENS = "Mean number of tokens per answer."
_TOLD = {
    "right": ("Right", "Every rule for a right answer holds."),
    "answer_hit": ("Answer hit", "The expected words are in the answer."),
    "token_f1": ("Token F1", "Words shared with the expected answer."),
    "chrf": ("chrF", "Character n-grams shared with the expected answer."),
    "citation_hit": ("Citation hit", "A cited passage holds the expected words."),
    "citation_precision": ("Citation precision", "Cited passages that hold expected words."),
    "cited_sentences": ("Cited sentences", "Sentences with a citation, of those needing one."),
    "exact_quotations": ("Exact quotations", "Quotations that stand in the source as shown."),
    "speaker_right": ("Speaker right", "The cited words have the expected speaker."),
    "retrieval_hit": ("Retrieval hit@8", "A passage with the expected words was found."),
    "retrieval_recall": ("Retrieval recall@8", "Passages with them that were found."),
    "reciprocal_rank": ("MRR@8", "One over the rank of the first such passage."),
    "ndcg": ("nDCG@8", "How high such passages rank, 1 where all come first."),
    "refusal_recall": ("Refusal recall", "Refused, of what the article does not answer."),
    "refusal_precision": ("Refusal precision", "Of the refusals, those that are right."),
    "false_attribution": ("False attribution", "Words or a stance told as another's."),
    "wrong_lane": ("Wrong lane", "A reader told as the article, or it where readers were asked."),
    "denial_as_fact": ("Denial as fact", "What somebody denies is told as a fact."),
    "false_none": ("Falsely nobody", "Says that there is nobody, or nothing, and there is."),
    "wrong_number": ("Wrong number", "Another number than the expected one."),
    "wrong_verdict": ("Wrong verdict", "Another yes, no or contested than expected."),
    "says_what_it_must_not": ("Says what it must not", "Holds words that no answer may hold."),
    "wrongly_answered": ("Wrongly answered", "Answered though the article does not."),
    "wrongly_refused": ("Wrongly refused", "Refused though the article answers."),
    "wrong_language": ("Wrong language", "Answered in another language than asked."),
    "bad_form": ("Bad form", "Too long, not the sentences asked for, or a line left hanging."),
    "beside_the_point": ("Beside the point", "Answers, but not with what is expected."),
    "lane_errors": ("Lane errors", "Readers told as the article, or it as readers."),
    "language_match": ("Language", "Answered in the language of the question."),
    "supported": ("Supported", "Sentences that passed the check of what they cite."),
    "by_model": ("Written by the model", "The others are in the page's own words."),
    "replaced": ("Replaced", "The page's own words stand where a model was asked."),
    "as_written": ("Kept as written", "Of what a model told, the sentences that held."),
    "as_quotation": ("Shown as quotation", "Of what a model told, by words of the page instead."),
    "failed": ("Failed", "No answer at all, for a reason that the case names."),
    "people_right": ("Right (people)", "Share of those who judged an answer that call it right."),
    "judged_faithful": ("Faithful (judge)", "A model found it carried by what it cites."),
    "judge_failures": ("Judge failures", "Unusable replies; not in its other figure."),
    "seconds_p50": ("Seconds, p50", _SECONDS),
    "seconds_p95": ("Seconds, p95", _SECONDS),
    "first_token_seconds_p50": ("First token, p50", _SECONDS),
    "first_token_seconds_p95": ("First token, p95", _SECONDS),
    "first_point_seconds_p50": ("First point, p50", _SECONDS),
    "prompt_tokens": ("Prompt tokens", _TOKENS),
    "reply_tokens": ("Reply tokens", _TOKENS),
}


def _metric(name: str, label: str, what: str) -> Metric:
    unit: Literal["share", "seconds", "tokens"] = "share"
    if what in (_SECONDS, _TOKENS):
        unit = "seconds" if what == _SECONDS else "tokens"
    statistics: dict[str, Statistic] = {"p50": "p50", "p95": "p95"}
    return Metric(
        name=name,
        label=label,
        what=what,
        of=_OF_ANSWER.get(name),
        recorded=_OF_RECORD.get(name),
        statistic=statistics.get(name[-3:], "mean"),
        unit=unit,
        lower_is_better=unit != "share" or name in _LESS_IS_BETTER,
    )


METRICS = tuple(_metric(name, label, what) for name, (label, what) in _TOLD.items())
"""In the order in which they are kept and shown."""

BY_NAME = {metric.name: metric for metric in METRICS}


def measures(measured: Measured) -> dict[str, float | None]:
    """Return the values of one answer, by the names of the metrics that are measured of it."""
    return {metric.name: metric.of(measured) for metric in METRICS if metric.of is not None}


def measures_of_failure() -> dict[str, float | None]:
    """Return the values of a case that got no answer."""
    known = {"right": 0.0, "failed": 1.0}
    return {metric.name: known.get(metric.name) for metric in METRICS if metric.of is not None}
