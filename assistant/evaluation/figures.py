"""The figures of a run: what is counted, how it is called, and which way is better."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from assistant.evaluation.metrics.intervals import Statistic
from assistant.evaluation.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureKind:
    """A figure: a statistic of what `of` gives for each record, where it is not None."""

    name: str
    label: str
    what: str
    of: Callable[[Record], float | None]
    statistic: Statistic = "mean"
    is_share: bool = True
    lower_is_better: bool = False


def _share(name: str, label: str, what: str, *, lower_is_better: bool = False) -> FigureKind:
    return FigureKind(
        name=name,
        label=label,
        what=what,
        of=attrgetter(f"measures.{name}"),
        lower_is_better=lower_is_better,
    )


def _seconds(name: str, field: str, label: str, statistic: Statistic) -> FigureKind:
    return FigureKind(
        name=name,
        label=label,
        what="Seconds; half of the answers, or 19 of 20, took no longer.",
        of=attrgetter(f"cost.{field}"),
        statistic=statistic,
        is_share=False,
        lower_is_better=True,
    )


def _tokens(field: str, label: str) -> FigureKind:
    return FigureKind(
        name=field,
        label=label,
        what="Mean number of tokens per answer.",
        of=attrgetter(f"cost.{field}"),
        is_share=False,
        lower_is_better=True,
    )


def _faithful(record: Record) -> float | None:
    judged = record.judged
    return None if judged is None or judged.faithful is None else float(judged.faithful)


def _judge_failed(record: Record) -> float | None:
    return None if record.judged is None else float(record.judged.faithful is None)


KINDS: tuple[FigureKind, ...] = (
    _share("right", "Right", "Every rule for a right answer holds."),
    _share("answer_hit", "Answer hit", "The expected words are in the answer."),
    _share("citation_hit", "Citation hit", "A cited passage holds the expected words."),
    _share("token_f1", "Token F1", "Words shared with the expected answer."),
    _share("chrf", "chrF", "Character n-grams shared with the expected answer."),
    _share("citation_precision", "Citation precision", "Cited passages that hold expected words."),
    _share(
        "cited_sentences", "Cited sentences", "Sentences with a citation, of those needing one."
    ),
    _share("exact_quotations", "Exact quotations", "Quotations that stand in the source as shown."),
    _share("speaker_right", "Speaker right", "The cited words have the expected speaker."),
    _share("supported", "Supported", "Sentences that passed the check of what they cite."),
    _share(
        "lane_errors",
        "Lane errors",
        "Readers told as the article, or it as readers.",
        lower_is_better=True,
    ),
    _share("language_match", "Language", "Answered in the language of the question."),
    _share("refusal_recall", "Refusal recall", "Refused, of what the article does not answer."),
    _share("refusal_precision", "Refusal precision", "Of the refusals, those that are right."),
    _share(
        "wrongly_answered",
        "Wrongly answered",
        "Answered though the article does not.",
        lower_is_better=True,
    ),
    _share(
        "wrongly_refused",
        "Wrongly refused",
        "Refused though the article answers.",
        lower_is_better=True,
    ),
    _share("retrieval_hit", "Retrieval hit@8", "A passage with the expected words was found."),
    _share("retrieval_recall", "Retrieval recall@8", "Passages with them that were found."),
    _share("reciprocal_rank", "MRR@8", "One over the rank of the first such passage."),
    _share("ndcg", "nDCG@8", "How high such passages rank, 1 where all come first."),
    _share("by_model", "Written by the model", "The others are in the page's own words."),
    FigureKind(
        name="judged_faithful",
        label="Faithful (judge)",
        what="A model found the answer carried by what it cites.",
        of=_faithful,
    ),
    FigureKind(
        name="judge_failures",
        label="Judge failures",
        what="Replies of the judge that could not be used; not in its other figure.",
        of=_judge_failed,
        lower_is_better=True,
    ),
    _share(
        "failed",
        "Failed",
        "No answer at all, for a reason that the case names.",
        lower_is_better=True,
    ),
    _seconds("seconds_p50", "seconds", "Seconds, p50", "p50"),
    _seconds("seconds_p95", "seconds", "Seconds, p95", "p95"),
    _seconds("first_token_seconds_p50", "first_token_seconds", "First token, p50", "p50"),
    _seconds("first_token_seconds_p95", "first_token_seconds", "First token, p95", "p95"),
    _tokens("prompt_tokens", "Prompt tokens"),
    _tokens("reply_tokens", "Reply tokens"),
)
"""In the order in which they are shown."""

COSTS = frozenset(kind.name for kind in KINDS if not kind.is_share)
"""Names of the figures that differ between two equal runs."""
