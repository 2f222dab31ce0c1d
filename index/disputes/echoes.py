"""A comment that begins by holding up words of what it answers: "Six miles? It is nearer eleven."

The echo names the claim, and what follows shows whether it is doubt: another number, a negation,
a contrast, a question, a "no" or what the reader saw. "Twelve new carriages? About time!" is joy.
"""

import re
from collections.abc import Iterator, Sequence

from index.disputes.conflict import Figure, Reading
from index.disputes.stance import Markers, Stance, says_i, stance_of
from index.language.dispute_words import Vocabulary
from index.language.negation import negations
from index.language.numbers import Number, agree
from index.language.phrase_patterns import Found
from index.language.words import Span

_ENDS = re.compile(r"\W*[.!?…]")
_YEARS = (1900, 2100)
_LONGEST_ECHO = 9
_FEWEST_FOLLOWING = 4
_LONGEST_FOLLOWING = 2


def echoed(markers: Sequence[Markers], text: str, known: Vocabulary) -> Reading | None:
    """Return what a comment begins by holding up, None where its beginning cannot be that.

    Args:
        markers: The sentences of the comment.
        text: The text that the sentences are part of.
        known: The words of the comment's language.
    """
    if len(markers) < 2 or not markers[0].words:
        return None
    first = markers[0]
    held = Reading(text=text, words=first.words, vocabulary=known)
    thanks = known.stance.thanks.find(first.words)
    if first.supports or first.objections or first.is_sincere or thanks:
        return None
    if not _ENDS.match(text, first.words[-1].end):
        return None
    if len(first.words) > _LONGEST_ECHO or not (held.stems or held.numbers):
        return None
    begins_asking = first.is_question and known.stance.asks.holds(first.words[0].folded)
    return None if begins_asking else held


def is_echo(held: Reading, claimed: Reading) -> bool:
    """Whether all that is held up, in words and numbers, stands in what was claimed."""
    if not all(agree(number, claimed.numbers) for number in held.numbers):
        return False
    inside = {word for number in held.numbers for word in stems_within(number, held)}
    return all(word in claimed.stems for word in held.stems.keys() - inside)


def doubt(
    markers: Sequence[Markers], held: Reading, claimed: Reading, known: Vocabulary
) -> Stance | None:
    """Return the doubt of a comment that holds up words of a claim, by what follows them."""
    first, following = markers[0], markers[1 : 1 + _LONGEST_FOLLOWING]
    if any(item.supports or known.stance.thanks.find(item.words) for item in following):
        return None
    said = stance_of(following, known, is_answer=True)
    if said is not None:
        return said
    item = following[0]
    if len(item.words) < _FEWEST_FOLLOWING or known.stance.additive.find(item.words):
        return None
    told = Reading(text=held.text, words=item.words, vocabulary=known)
    if held.numbers and first.sentence.of(held.text).endswith("!"):
        return None  # "Forty runners! My shed holds five."
    others = rivals(told, claimed)
    if others and claimed.numbers and not item.is_question:
        return Stance(relation="contradicts", sentence=item.sentence, cue=None)
    plain = held.text[first.words[-1].end : first.sentence.end].strip() == "."
    may = any(known.modals.holds(word.folded) for word in item.words)
    # "Seven years. My uncle went for cigarettes in 1998" goes on, no more.
    tells_own = not (plain or may) and says_i(item.words, known)
    if not (
        # A figure that is asked back is as often astonishment: "39 crowns? A bargain it seems."
        (first.is_question and len(held.stems) > 1 and not held.numbers)
        or others
        or negations(item.words, known)
        or known.stance.contrasts.find(item.words)
        or (item.is_question and not item.is_sincere)
        or (tells_own and not item.sentence.of(held.text).endswith("!"))
    ):
        return None
    cue = Span(first.words[0].start, first.words[-1].end)
    return Stance(relation="questions", sentence=first.sentence, cue=cue)


def rivals(told: Reading, claimed: Reading) -> list[Figure]:
    """Return the figures that can stand in the place of one of a claim.

    They count the same, or nothing that is named: "Six miles? My uncle is 80 years old" has none.
    """
    found = []
    for figure in told.figures:
        number, after = figure.number, told.text[figure.number.end : figure.number.end + 2]
        is_bare = not number.unit and not after.strip().isalnum()
        is_same = bool(number.unit) and number.measure[0] in claimed.kinds
        is_rival = is_bare or is_same or not figure.units.isdisjoint(claimed.units)
        if is_rival and not is_year(number.value) and not agree(number, claimed.numbers):
            found.append(figure)
    return found


def is_year(value: float) -> bool:
    """Whether a number is rather a year than a quantity."""
    return _YEARS[0] <= value <= _YEARS[1]


def stems_within(span: Span | Found | Number, reading: Reading) -> Iterator[str]:
    """Yield the stems of the words inside a stretch."""
    for word, place in reading.stems.items():
        if span.start <= reading.words[place].start < span.end:
            yield word
