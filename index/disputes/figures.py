"""Two people who count the same thing differently."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.disputes.claims import Sentence
from index.disputes.conflict import Figure
from index.disputes.vocabulary import Vocabulary
from index.statements.statement import Statement
from index.words import Span, fold

_LARGEST_RATIO = 50
_YEARS = (1900, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """A claim with a figure and the words that give another one."""

    claim: Sentence | Span
    position: Sentence | Span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """A figure that somebody named gives."""

    figure: Figure
    sentence: Sentence
    statement: Statement | None


def rival_figures(
    first: Sentence, window: Sequence[Sentence], vocabulary: Vocabulary
) -> Iterator[Rivals]:
    """Yield other figures for what is counted in a sentence, from it or the following ones.

    Args:
        first: The sentence with the claim.
        window: That sentence and those after it.
        vocabulary: Tells which words set one side against the other.
    """
    claimed = [item for item in _counted(first, vocabulary) if item.statement]
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
    counts = bool(vocabulary.count_verbs.find(sentence.reading.words))
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
        if holder is not None or (counts and not sentence.statements):
            found.append(_Counted(figure=figure, sentence=sentence, statement=holder))
    return found


def _is_rival(claim: _Counted, answer: _Counted, vocabulary: Vocabulary) -> bool:
    one, other = _speaker(claim), _speaker(answer)
    if one is None or one == other:
        return False
    low, high = sorted((claim.figure.value, answer.figure.value))
    if _YEARS[0] <= low <= high <= _YEARS[1]:
        return False
    if low == high or low <= 0 or high / low > _LARGEST_RATIO:
        return False
    if claim.sentence is answer.sentence:
        return bool(claim.figure.units & answer.figure.units) or not answer.figure.units
    if claim.figure.value in {figure.value for figure in answer.sentence.reading.figures}:
        return False
    if not claim.figure.units & answer.figure.units:
        return False
    shared = claim.sentence.reading.stems.keys() & answer.sentence.reading.stems.keys()
    opposed = vocabulary.parallel.find(answer.sentence.reading.words)
    return len(shared) >= 2 or bool(opposed)


def _speaker(counted: _Counted) -> str | None:
    statement = counted.statement
    return fold(statement.speaker.name) if statement and statement.speaker else None


def _part(counted: _Counted) -> Sentence | Span:
    statement = counted.statement
    return Span(statement.start, statement.end) if statement else counted.sentence
