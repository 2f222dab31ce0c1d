"""Who holds each stretch of a sentence, and as what it stands there: told, denied, demanded, hoped.

"Brady denied that he had threatened anybody" tells of a denial and of nobody who threatened: only
what no stretch takes up is told by the text itself. Statements give the holders; verbs of the
lexicon (`[scope]`, and those of denial and accusation) say how it stands, also where no statement
was found.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.language.dispute_words import vocabulary
from index.language.negation import negations
from index.language.phrase_patterns import read_words
from index.language.scope_words import VerbStanding, scope_phrases
from index.statements.statement import Speaker, Statement

Standing = VerbStanding | Literal["asserted", "said", "quoted"]

_BEGINNING = re.compile(r"\w+")
_PAUSE = re.compile(r"[:;](?=\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Characters `start` to `end` of a text, half-open, and as what they stand there.

    `holder` is whose words, wish or denial they are, None where the text itself tells them or
    leaves open who does.
    """

    start: int
    end: int
    standing: Standing
    holder: Speaker | None = None


def scopes(
    text: str, start: int, end: int, statements: Sequence[Statement], language: str
) -> tuple[Scope, ...]:
    """Return the stretches of one sentence in order; together they are the whole sentence.

    Args:
        text: The text that holds the sentence.
        start: Where the sentence begins, in characters.
        end: Where it ends.
        statements: The statements of the text.
        language: ISO 639-1 code.

    >>> text = "The mill is old. Ann Lowe denied that it had burned."
    >>> [(s.standing, text[s.start : s.end]) for s in scopes(text, 17, 52, (), "en")]
    [('asserted', 'Ann Lowe '), ('denied', 'denied that it had burned.')]
    """
    verbs = list(_verbs(text, start, end, language))
    said = list(_of_statements(text, start, end, statements, verbs))
    edges = sorted(
        {start, end, *(e for s in (*said, *verbs) for e in (s.start, s.end) if start < e < end)}
    )
    pieces = [_piece(said, verbs, *pair) for pair in itertools.pairwise(edges)]
    return tuple(
        Scope(start=same[0].start, end=same[-1].end, standing=standing, holder=holder)
        for (standing, holder), same in (
            (key, list(group))
            for key, group in itertools.groupby(pieces, lambda s: (s.standing, s.holder))
        )
    )


def _piece(said: Sequence[Scope], verbs: Sequence[Scope], start: int, end: int) -> Scope:
    """Return how the characters between two edges stand.

    Of statements within each other the outer one counts, unless it only says who speaks. A verb
    counts for words of nobody who is named: "rejected the figure and said that it is higher"
    says what is higher.
    """
    around = [s for s in said if s.start <= start and end <= s.end]
    around.sort(key=lambda scope: scope.start - scope.end)
    holder = next((scope.holder for scope in around if scope.holder), None)
    if holder is None:
        around += [s for s in verbs if s.start <= start and end <= s.end]
    held = [scope for scope in around if scope.standing not in ("said", "quoted")] or around
    standing: Standing = held[0].standing if held else "asserted"
    return Scope(start=start, end=end, standing=standing, holder=holder)


def _of_statements(
    text: str, start: int, end: int, statements: Sequence[Statement], verbs: Sequence[Scope]
) -> Iterator[Scope]:
    for statement in statements:
        for first, last in statement.parts:
            if first >= end or last <= start or statement.source != "article":
                continue
            standing: Standing = "quoted" if statement.manner == "direct" else "said"
            for verb in verbs:
                # The verb of this statement: what it announces stands as the verb says.
                cue = statement.cue
                if cue and cue.split()[-1] in _BEGINNING.findall(text, verb.start, verb.end)[:3]:
                    standing = verb.standing
                    break
            if statement.cue is None and statement.manner == "indirect":
                standing = (
                    "alleged"  # "He is said to have left": a mood tells that somebody says it
                )
            yield Scope(
                start=max(first, start),
                end=min(last, end),
                standing=standing,
                holder=statement.speaker,
            )


def _verbs(text: str, start: int, end: int, language: str) -> Iterator[Scope]:
    """Yield a stretch for each verb that denies, demands, accuses: from it to the next one."""
    words = read_words(text, start, end)
    hits = sorted(
        (
            (found.first, -found.last, standing)
            for standing, phrases in scope_phrases(language)
            for found in phrases.find(words)
        ),
    )
    known = vocabulary(language)
    negated = {place for negation in negations(words, known) for place in negation.reach}
    taken: list[tuple[int, VerbStanding]] = []
    reached = -1
    for first, last, standing in hits:
        if standing == "denied" and negated & set(range(first, 1 - last)):
            continue  # "did not deny owing money" admits it
        if first > reached:
            taken.append((first, standing))
            reached = -last
    for number, (begin, how) in enumerate(taken):
        stop = words[taken[number + 1][0]].start if number + 1 < len(taken) else end
        # "She contradicts this: her firm had waited": what follows is what she says.
        stop = next((m.start() for m in _PAUSE.finditer(text, words[begin].start, stop)), stop)
        yield Scope(start=words[begin].start, end=stop, standing=how)
