"""Which sentences of a lane answer a question by their words and their kind, where none is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.extractive import people
from assistant.extractive.answerability import (
    MATCHED_ACROSS,
    is_answered,
    is_of_kind,
    refuses,
)
from assistant.extractive.copies import is_copy
from assistant.extractive.inquiry import MATCHED, Inquiry
from assistant.extractive.sentences import ScoredSpan, best_sentences
from assistant.extractive.turns import is_correction
from assistant.extractive.veto import could_be_meant
from assistant.locale import correction_words, matched_words
from assistant.question.speaking import personal_pronouns
from index.article import Source
from index.language.words import Span, content_words, folded_words
from index.statements import TITLES, Speaker

_KIND_BONUS = 0.12
_WRONG_KIND = 0.3
"""Taken off a sentence without what is wanted: a date, a sum, a cause."""
_NEAR_SHARE = 0.4
"""How much the passage's nearness to the whole question counts beside its words."""
_AS_GOOD = 0.85
_MOST_SENTENCES = 3
_OF_THE_THING = 0.4
"""Score from which a sentence with the wanted sort of number is about the thing."""
_ABOUT_WORDS = ("who_said", "said_what")
_ALL_OF_IT = 0.75
"""What a sentence must hold where nobody was found to have said it: nearly the whole topic."""


def answering(inquiry: Inquiry, source: Source) -> list[ScoredSpan]:
    """Return the sentences of a lane that answer, best first; none where that is not sure."""
    topic, lane = _of_somebody(without_measure(inquiry), source)
    intent = topic.question.intent
    if (lane is not None and not lane) or refuses(topic, source):
        return []
    evidence = topic.evidence(source)
    ranked = _ranked(topic, best_sentences(topic, evidence, within=lane)) if evidence else []
    if lane is not None:
        ranked = _of_them(topic, ranked)
    if intent in _ABOUT_WORDS:
        ranked = [item for item in ranked if not _opposes(topic, item.span)]
        if not ranked or ranked[0].span.score < _ALL_OF_IT:
            return []
    if intent == "said_what":
        ranked = [item for item in ranked if _holds_names(topic, item.span)]
    if not ranked or not _is_enough(topic, ranked):
        return []
    good = [item.span for item in ranked if item.value >= ranked[0].value * _AS_GOOD]
    return _different(good, inquiry)[:_MOST_SENTENCES]


def _of_somebody(inquiry: Inquiry, source: Source) -> tuple[Inquiry, list[Span] | None]:
    """Return the rest of a question about somebody, and the sentences that may answer it.

    "Who does Dr Leith work for?" is told where the page speaks of her, also as "she", and what a
    reader does for a living by that reader alone. None where nobody is named.
    """
    question = inquiry.question
    if question.intent not in ("factual", "yes_no", "said_what") or question.authors[1:]:
        return inquiry, None
    if question.author is not None:
        comments = people.by_author(inquiry, question.author) if source == "comment" else []
        return inquiry.about(question.terms), [
            Span(*span) for c in comments for span in c.own_spans()
        ]
    speaker = question.speaker
    if speaker is None or not people.is_person(inquiry, speaker) or not _is_meant(inquiry, speaker):
        return inquiry, None
    if source == "comment":
        named = people.comments_naming(inquiry, [speaker])
        spans = [Span(*span) for comment in named for span in comment.own_spans()]
    else:
        spans = people.sentences_about(inquiry, speaker)
    if question.measure == "age":
        return inquiry.about(()), spans
    topic = people.without_description(inquiry, speaker)
    return topic.about([t for t in topic.terms if t.folded not in TITLES]), spans


def _of_them(inquiry: Inquiry, ranked: Sequence["_Ranked"]) -> list["_Ranked"]:
    """Return the sentences about somebody that hold some of the topic themselves, if any does.

    Whom they work for need be no person.
    """
    if inquiry.question.want == "person":
        ranked = [replace(item, kind=None) for item in ranked]
    texts = [inquiry.article.text[item.span.start : item.span.end] for item in ranked]
    shares = inquiry.coverage(texts)
    held = [item for item, share in zip(ranked, shares, strict=True) if share]
    return held or list(ranked)


def _is_meant(inquiry: Inquiry, speaker: Speaker) -> bool:
    """Whether a question names somebody or points back at them: not by an office alone."""
    words = set(folded_words(inquiry.question.plain))
    named = {word for name in (speaker.name, *speaker.aliases) for word in content_words(name)}
    return not words.isdisjoint(named | personal_pronouns(inquiry.question.language))


def _is_enough(inquiry: Inquiry, ranked: Sequence["_Ranked"]) -> bool:
    """Whether the words alone make the best sentence the answer.

    A sentence with the sort of number that is wanted needs less of the other words: "How much
    does it cost?" has none, and "the works" may be "the repair" on the page.
    """
    best = ranked[0].span
    told = [item for item in ranked if not corrects(item.span)]
    is_sure = _is_only_sum(inquiry, ranked) or not _wants_number(inquiry)
    if not is_sure and not _holds_thing(inquiry, best):
        return False  # "How many employees has Bramblesoft?" of a page that knows but the company
    if inquiry.question.measure is None:
        return bool(inquiry.terms) and is_answered(inquiry, score=best.score, passage=best.passage)
    if not inquiry.terms:
        return True
    if is_answered(inquiry, score=best.score, passage=best.passage):
        return True
    if inquiry.misses_name or best.passage.source == "comment":
        return False
    return best.score >= _OF_THE_THING or len(told) == 1


def _is_only_sum(inquiry: Inquiry, ranked: Sequence["_Ranked"]) -> bool:
    """Whether a sum is wanted and one sentence alone has any."""
    told = [item.span for item in ranked if not corrects(item.span)]
    is_only = len(told) == 1 and told[0].passage.source == "article"
    return inquiry.question.measure == "money" and is_only


def _holds_thing(inquiry: Inquiry, span: ScoredSpan) -> bool:
    """Whether a passage, or the title, has the thing whose number is asked for.

    It is the first word of the topic that is no name.
    """
    thing = next((term.text for term in inquiry.terms if not term.is_name), None)
    if thing is None:
        return True
    text = f"{inquiry.article.title}\n{span.passage.text}"
    held = inquiry.article_index.align([thing], [text])[0, 0]
    return float(held) >= (MATCHED_ACROSS if inquiry.is_across else MATCHED)


def _wants_number(inquiry: Inquiry) -> bool:
    return inquiry.question.want == "number" or inquiry.question.measure is not None


def corrects(span: ScoredSpan) -> bool:
    return is_correction(span.passage, correction_words())


def without_measure(inquiry: Inquiry) -> Inquiry:
    """Return the inquiry without the words that only ask for a sort of number: "cost"."""
    measure = inquiry.question.measure
    if measure is None:
        return inquiry
    known, words = inquiry.composer.phrases, inquiry.question.words
    asking = matched_words(known.measures[measure].patterns, words)
    if measure == "money":  # "How much does she earn?" asks for what she earns
        asking &= known.measure_words | matched_words(known.wants["number"], words)
    return inquiry.about([term for term in inquiry.terms if term.folded not in asking])


def _different(spans: list[ScoredSpan], inquiry: Inquiry) -> list[ScoredSpan]:
    """Return the sentences without what other readers wrote nearly alike."""
    kept: list[ScoredSpan] = []
    told: list[frozenset[str]] = []
    for span in spans:
        words = frozenset(content_words(inquiry.article.text[span.start : span.end]))
        if span.passage.source == "comment" and any(is_copy(words, other) for other in told):
            continue
        kept.append(span)
        told.append(words)
    return kept


def _holds_names(inquiry: Inquiry, span: ScoredSpan) -> bool:
    """Whether a sentence has every name of the question: else it is about somebody else."""
    names = [term.text for term in inquiry.question.all_terms if term.is_name]
    text = inquiry.article.text[span.start : span.end]
    return not names or float(inquiry.article_index.align(names, [text]).min()) >= MATCHED


def _opposes(inquiry: Inquiry, span: ScoredSpan) -> bool:
    """Whether all that is said in a sentence says the opposite of the words asked for."""
    around = inquiry.article.text[span.start : span.end]
    statements = inquiry.article_index.statements
    said = [s for s in statements if s.start < span.end and span.start < s.end]
    return bool(said) and not any(could_be_meant(inquiry, s, around) for s in said)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """A sentence with what it is ranked by, higher is better."""

    span: ScoredSpan
    value: float
    kind: bool | None


def _ranked(inquiry: Inquiry, scored: tuple[ScoredSpan, ...]) -> list[_Ranked]:
    """Return the sentences again, best first: the right kind, in a passage near the question.

    Where a sort of number is wanted, only those that have it.
    """
    text = inquiry.article.text
    ranked = []
    for span in scored:
        if text[span.start : span.end].endswith("?"):
            continue  # whoever asks the same answers nothing
        if not span.score and inquiry.terms and not inquiry.is_across:
            continue  # nothing in or around it is what the question is about
        kind = is_of_kind(inquiry, text[span.start : span.end])
        if kind is False and inquiry.question.want == "thing":
            continue
        if kind is False and _wants_number(inquiry) and inquiry.question.measure != "clock":
            continue
        bonus = 0.0 if kind is None else _KIND_BONUS if kind else 0.0
        raised = replace(span, score=span.score + bonus)
        value = raised.score + _NEAR_SHARE * inquiry.nearness(span.passage)
        if kind is False and inquiry.question.want in ("time", "reason"):
            value -= _WRONG_KIND
        ranked.append(_Ranked(span=raised, value=value, kind=kind))
    # What an earlier version had wrong is told last.
    return sorted(
        ranked,
        key=lambda item: (
            corrects(item.span),
            -item.value,
            item.span.start,
        ),
    )
