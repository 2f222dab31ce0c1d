"""Whether an answer is right, and if not what harm it does, by rules that need no model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.answer import Answer, Citation
from assistant.evaluation import attributing, forming
from assistant.evaluation.cases import Case
from assistant.evaluation.cases.case import Expected, Position
from assistant.evaluation.gold import Gold
from assistant.evaluation.harms import Fault, Harm
from assistant.evaluation.telling import AGAINST, Telling, tellings
from assistant.locale import phrases
from assistant.markers import without_markers
from index.article import Article
from index.disputes import Dispute
from index.language.negation import negation_words
from index.language.words import content_words, fold, folded_words, spaced_words
from index.statements import Speaker, Statement, speaker_matches

_MOSTLY = 0.6
"""Share of the words of a reference in prose that an answer must hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an answer is compared with: the article, what is known of it, what people marked."""

    article: Article
    statements: Sequence[Statement] = ()
    disputes: Sequence[Dispute] = ()
    gold: Gold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is wrong with an answer, in the order of the rules; no fault means right.

    `measured` are the harms that the case and the answer allow to be seen.
    """

    case: str
    found: tuple[Fault, ...]
    measured: frozenset[Harm] = frozenset()

    @property
    def faults(self) -> tuple[str, ...]:
        """The faults in words."""
        return tuple(fault.reason for fault in self.found)

    @property
    def harms(self) -> tuple[Harm, ...]:
        """The kinds of the faults, each once."""
        return tuple(dict.fromkeys(fault.harm for fault in self.found))

    @property
    def is_right(self) -> bool:
        """Whether no rule is broken."""
        return not self.found


def judge(case: Case, answer: Answer, page: Page | None = None) -> Judgement:
    """Return whether an answer is right, and if not why.

    Of several right answers the one counts that it comes nearest to. Without a page, nothing is
    said about whose words are whose.
    """
    said = _Said(answer=answer, told=tuple(tellings(answer)))
    expectations = (case, *case.any_of)
    outcomes = [tuple(_faults(expected, case, said)) for expected in expectations]
    found = [*min(outcomes, key=len)]
    if not said.is_refused:
        found += forming.faults(case, answer, said.told)
        found += _of_lanes(case, said)
        if page is not None:
            found += attributing.faults(case, said.told, page.article, page.statements, page.gold)
            found += _denials(said, page)
    return Judgement(
        case=case.id, found=tuple(found), measured=frozenset(_measured(case, said, found))
    )


def matched_groups(expected: Expected, answer: Answer) -> tuple[bool, ...]:
    """Return for each group of `answer_all` whether a member is in the answer."""
    text = spaced_words(without_markers(answer.text))
    return tuple(
        any(spaced_words(member) in text for member in group) for group in expected.answer_all
    )


@dataclass(frozen=True, kw_only=True)
class _Said:
    """An answer as the rules see it."""

    answer: Answer
    told: tuple[Telling, ...]

    @property
    def is_refused(self) -> bool:
        return self.answer.status == "not_in_article"

    @cached_property
    def text(self) -> str:
        return spaced_words(without_markers(self.answer.text))


def _faults(expected: Expected, case: Case, said: _Said) -> Iterator[Fault]:
    """Yield where an answer is not the one that is expected."""
    answer = said.answer
    if case.refuse:
        if not said.is_refused:
            yield Fault(
                "wrongly_answered", f"answered although the article does not ({answer.status})"
            )
        if answer.citations:
            yield Fault("wrongly_answered", "cites in a refusal")
        return
    if said.is_refused:
        yield Fault("wrongly_refused", "refused")
        return
    yield from _of_words(expected, said)
    yield from _of_citations(expected, answer)
    yield from _of_expectations(expected, said)


def _of_words(expected: Expected, said: _Said) -> Iterator[Fault]:
    missed = [
        group
        for group, is_matched in zip(
            expected.answer_all, matched_groups(expected, said.answer), strict=True
        )
        if not is_matched
    ]
    numbers = any(word[0].isdigit() for word in folded_words(" ".join(t.shown for t in said.told)))
    for group in missed:
        is_number = numbers and all(any(c.isdigit() for c in member) for member in group)
        harm: Harm = "wrong_number" if is_number else "beside_the_point"
        if not said.answer.citations and _says_none(said.answer):
            harm = "false_none"
        yield Fault(harm, f"misses {' / '.join(group)}")
    for word in (*expected.answer_none, *expected.must_not_say):
        if spaced_words(word) in said.text:
            yield Fault("says_what_it_must_not", f"holds {word}")
    if expected.reference and not _holds_most(said.text, expected.reference):
        yield Fault("beside_the_point", f"holds too little of: {expected.reference}")
    if expected.in_order and not missed:
        places = [
            min(at for member in group if (at := said.text.find(spaced_words(member))) >= 0)
            for group in expected.answer_all
        ]
        if places != sorted(places):
            yield Fault("bad_form", "the expected words are in another order")


def _of_citations(expected: Expected, answer: Answer) -> Iterator[Fault]:
    if not expected.cite_any_of:
        return
    fitting = [c for c in answer.citations if contains_any(c.passage_text, expected.cite_any_of)]
    if not fitting:
        nobody = not answer.citations and _says_none(answer)
        yield Fault(
            "false_none" if nobody else "beside_the_point",
            "cites no passage with the expected words",
        )
    elif expected.speaker and not any(
        is_by(citation, expected.speaker) or _is_told_as(expected.speaker, citation, answer)
        for citation in fitting
    ):
        named = ", ".join(sorted({c.speaker or c.author or "nobody" for c in fitting}))
        yield Fault("false_attribution", f"speaker {named} instead of {expected.speaker}")


def _of_expectations(expected: Expected, said: _Said) -> Iterator[Fault]:
    shown = spaced_words("\n".join(telling.shown for telling in said.told))
    for claim in expected.claims:
        if not any(spaced_words(part) in shown for part in claim.split("|")):
            yield Fault("beside_the_point", f"does not show the claim {claim}")
    own = [Position(by=expected.speaker, stance=expected.stance)] if expected.speaker else []
    for position in (*expected.positions, *(own if expected.stance else ())):
        theirs = [t for t in said.told if t.names(position.by)]
        if position.words:
            theirs = [t for t in theirs if contains_any(t.shown, (position.words,))]
        if not theirs:
            yield Fault("beside_the_point", f"does not show the position of {position.by}")
        elif position.stance and not any(_takes(t, position.stance) for t in theirs):
            yield Fault("false_attribution", f"{position.by} is not told as {position.stance} it")
    if expected.verdict and said.answer.verdict != expected.verdict:
        is_denied = (said.answer.verdict, expected.verdict) == ("yes", "no")
        yield Fault(
            "denial_as_fact" if is_denied else "wrong_verdict",
            f"verdict {said.answer.verdict} instead of {expected.verdict}",
        )


def _of_lanes(case: Case, said: _Said) -> Iterator[Fault]:
    """Yield where readers are told as the article, or the article stands where they were asked."""
    known = phrases(said.answer.language)
    readers = known.reader_words | {known.comment_word}
    from_readers = from_article = 0
    for telling in said.told:
        lanes = {"readers" if label.startswith("C") else "article" for label in telling.labels}
        from_readers += "readers" in lanes
        from_article += "readers" not in lanes
        authors = [c.author for c in telling.quotes if c.author]
        is_reader = any(word in readers for word in folded_words(telling.beside))
        if telling.lane not in lanes:
            yield Fault("wrong_lane", f"[{telling.labels[0]}] is not of the {telling.lane}")
        elif "readers" in lanes and not is_reader and not any(map(telling.names, authors)):
            yield Fault("wrong_lane", f"[{telling.labels[0]}] is not told as a reader's")
    asked = phrases(case.lang or said.answer.language)
    wants_readers = any(word in asked.reader_words for word in folded_words(case.question))
    if wants_readers and from_article > from_readers:
        yield Fault("wrong_lane", "readers were asked for, and the article answers")


def _denials(said: _Said, page: Page) -> Iterator[Fault]:
    """Yield what is told as a fact although its own sentence denies it.

    "X denied that he had taken money" carries no "X has taken money".
    """
    denied = [
        dispute.claim
        for dispute in page.disputes
        for position in dispute.contested_by
        if position.relation in ("denies", "contradicts")
        and position.start <= dispute.claim.start
        and dispute.claim.end <= position.end
    ]
    negations = negation_words(said.answer.language) | negation_words(page.article.language)
    for telling in said.told:
        words = set(content_words(telling.shown))
        around = {fold(word) for word in folded_words(f"{telling.beside} {telling.shown}")}
        if telling.stance in AGAINST or around & negations:
            continue
        for claim in denied:
            theirs = set(content_words(claim.text))
            if words and theirs and len(words & theirs) >= _MOSTLY * len(words | theirs):
                yield Fault("denial_as_fact", f"told as a fact, but denied: {claim.text}")


def _says_none(answer: Answer) -> bool:
    """Whether an answer says of itself that there is nobody or nothing."""
    own = " ".join(s.text for s in answer.sentences if not s.citations)
    return bool(set(folded_words(own)) & negation_words(answer.language))


def _holds_most(text: str, reference: str) -> bool:
    wanted = content_words(reference) or folded_words(reference)
    digits = [word for word in wanted if word[0].isdigit()]
    held = sum(f" {word} " in text for word in wanted)
    return held >= _MOSTLY * len(wanted) and all(f" {word} " in text for word in digits)


def _takes(telling: Telling, stance: str) -> bool:
    return telling.stance == "supports" if stance == "for" else telling.stance in AGAINST


def _measured(case: Case, said: _Said, found: Sequence[Fault]) -> Iterator[Harm]:
    """Yield the harms that an answer to this case could do."""
    yield from (fault.harm for fault in found)
    yield "wrongly_answered" if case.refuse else "wrongly_refused"
    if case.refuse:
        return
    yield "false_none"
    if case.verdict:
        yield "wrong_verdict"
    if any(all(any(c.isdigit() for c in m) for m in group) for group in case.answer_all):
        yield "wrong_number"
    if not said.is_refused:
        yield from ("beside_the_point", "bad_form", "says_what_it_must_not")
    if said.told:
        yield from ("false_attribution", "wrong_lane", "denial_as_fact")
    if case.lang:
        yield "wrong_language"


def contains_any(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text holds one of some words or phrases, folded."""
    folded = _spaced(text)
    return any(_spaced(member) in folded for member in words)


@lru_cache(maxsize=20_000)
def _spaced(text: str) -> str:
    """Return spaced words; every case of a page is compared with all of its passages."""
    return spaced_words(text)


def is_by(citation: Citation, speaker: str) -> bool:
    """Whether a citation's words are attributed to a speaker, or its comment to an author."""
    if citation.speaker is None:
        return citation.author == speaker
    said_by = Speaker(name=citation.speaker, as_written=citation.speaker)
    expected = Speaker(name=speaker, as_written=speaker)
    return speaker_matches(speaker, said_by) or speaker_matches(citation.speaker, expected)


def _is_told_as(speaker: str, citation: Citation, answer: Answer) -> bool:
    """Whether an answer that was kept as text names the speaker where it shows the citation."""
    return citation.speaker is None and any(
        telling.names(speaker) or speaker in telling.shown
        for telling in tellings(answer)
        if citation in telling.quotes
    )
