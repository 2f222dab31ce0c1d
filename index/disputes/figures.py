"""Two people who count the same thing differently."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.disputes.claims import Sentence
from index.disputes.conflict import Figure
from index.disputes.echoes import is_year
from index.language.dispute_words import Vocabulary
from index.language.numbers import agree
from index.language.words import Span, fold
from index.statements.statement import Statement

_LARGEST_RATIO = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """A claim with a figure and the words that give another one."""

    claim: Sentence | Span
    position: Sentence | Span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """A figure and who gives it: a speaker, else the words before the verb."""

    figure: Figure
    sentence: Sentence
    statement: Statement | None
    by: str


def rival_figures(
    first: Sentence, window: Sequence[Sentence], vocabulary: Vocabulary
) -> Iterator[Rivals]:
    """Yield other figures for what is counted in a sentence, from it or the following ones.

    Args:
        first: The sentence with the claim.
        window: That sentence and those after it.
        vocabulary: Tells which words set one side against the other.
    """
    claimed = _counted(first, vocabulary)
    for claim in claimed:
        for sentence in window:
            for answer in _counted(sentence, vocabulary):
                if answer.figure.span.start <= claim.figure.span.start:
                    continue
                if _is_rival(claim, answer, vocabulary):
                    same = sentence is first
                    yield Rivals(
                        claim=_part(claim) if same else first,
                        position=_part(answer) if same else sentence,
                    )
                    return


def _counted(sentence: Sentence, vocabulary: Vocabulary) -> list[_Counted]:
    words = sentence.reading.words
    # "The club comes to 31,000 instead": whoever is set against somebody stands before that.
    verbs = (
        vocabulary.count_verbs.find(words)
        or vocabulary.report_verbs.find(words)
        or vocabulary.parallel.find(words)
    )
    subject = " ".join(word.folded for word in words[: verbs[0].first]) if verbs else ""
    found = []
    for figure in sentence.reading.figures:
        holder = next(
            (
                statement
                for statement in sentence.statements
                if statement.speaker
                and statement.start <= figure.span.start
                and figure.span.end <= statement.end
            ),
            None,
        )
        by = fold(holder.speaker.name) if holder and holder.speaker else subject
        if by:
            found.append(_Counted(figure=figure, sentence=sentence, statement=holder, by=by))
    return found


def _is_rival(claim: _Counted, answer: _Counted, vocabulary: Vocabulary) -> bool:
    if claim.by == answer.by or set(claim.by.split()) <= set(answer.by.split()):
        return False
    if agree(claim.figure.number, (answer.figure.number,)):
        return False
    low, high = sorted((claim.figure.number.value, answer.figure.number.value))
    if is_year(low) and is_year(high):
        return False
    if low <= 0 or high / low > _LARGEST_RATIO:
        return False
    if claim.sentence is answer.sentence:
        if claim.statement is None or answer.statement is None:
            return False
        return bool(claim.figure.units & answer.figure.units) or not answer.figure.units
    if agree(claim.figure.number, answer.sentence.reading.numbers):
        return False
    if not claim.figure.units & answer.figure.units:
        return False
    shared = claim.sentence.reading.stems.keys() & answer.sentence.reading.stems.keys()
    shared -= claim.figure.units | answer.figure.units
    words = answer.sentence.reading.words
    opposed = vocabulary.parallel.find(words) or vocabulary.count_verbs.find(words)
    known = claim.statement is not None and answer.statement is not None
    return bool(opposed) or (known and len(shared) >= 2)


def _part(counted: _Counted) -> Sentence | Span:
    statement = counted.statement
    return Span(statement.start, statement.end) if statement else counted.sentence
