"""Who accuses whom in a sentence: the sides of a story, told by names, peoples and capitals."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.disputes.claims import Sentence
from index.disputes.conflict import stem
from index.language.dispute_words import Vocabulary
from index.language.phrase_patterns import Found, Word
from index.language.words import Span, fold, stop_words

_AGENT_WORDS = 5
_ACCUSED_WORDS = 8

Sides = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accusation:
    """A sentence in which one side blames another. `is_explicit`: a verb says that it accuses."""

    sentence: Sentence
    accusers: Sides
    accused: Sides
    cue: Span
    is_explicit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """A word that names a side, and its place in the sentence."""

    place: int
    name: str


def accusation_in(sentence: Sentence, text: str, vocabulary: Vocabulary) -> Accusation | None:
    """Return who accuses whom in a sentence, None where nobody named accuses anybody."""
    words = sentence.reading.words
    sides = _sides(words, text, vocabulary)
    verbs = [
        found
        for found in vocabulary.accuse_verbs.find(words)
        if not negated(found, words, vocabulary)
    ]
    if verbs:
        return _explicit(sentence, words, sides, verbs[0], vocabulary)
    return _implied(sentence, words, sides, vocabulary)


def sides_in(sentence: Sentence, text: str, vocabulary: Vocabulary) -> Sides:
    """Return all sides that a sentence names."""
    return frozenset(side.name for side in _sides(sentence.reading.words, text, vocabulary))


def negated(found: Found, words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Whether a negation stands within three words before or right after a verb."""
    around = (
        *words[max(0, found.first - 3) : found.first],
        *words[found.last + 1 : found.last + 2],
    )
    return any(vocabulary.negators.holds(word.folded) for word in around)


def _explicit(
    sentence: Sentence,
    words: Sequence[Word],
    sides: Sequence[_Side],
    verb: Found,
    vocabulary: Vocabulary,
) -> Accusation | None:
    before = frozenset(side.name for side in sides if side.place < verb.first)
    agents = words[verb.last + 1 : verb.last + 1 + _AGENT_WORDS]
    if vocabulary.agents.phrases and any(
        word.folded == vocabulary.agents.phrases[0][0] for word in agents[:2]
    ):
        return None
    inside = (verb.first, verb.last + _ACCUSED_WORDS)
    accused = frozenset(side.name for side in sides if inside[0] <= side.place <= inside[1])
    accusers = before or _speaker_sides(sentence, vocabulary)
    if not accused or not accusers or accused == accusers:
        return None
    return Accusation(
        sentence=sentence,
        accusers=accusers,
        accused=accused - accusers,
        cue=Span(verb.start, verb.end),
        is_explicit=True,
    )


def _implied(
    sentence: Sentence, words: Sequence[Word], sides: Sequence[_Side], vocabulary: Vocabulary
) -> Accusation | None:
    verbs = vocabulary.report_verbs.find(words)
    if not verbs:
        return None
    verb = verbs[0]
    harms = [found for found in vocabulary.harms.find(words) if found.first > verb.last]
    accusers = frozenset(side.name for side in sides if side.place < verb.first)
    if not harms or not accusers:
        return None
    agent = next(
        (f.last for f in vocabulary.agents.find(words) if f.first > harms[0].last), verb.last
    )
    accused = frozenset(side.name for side in sides if side.place > agent) - accusers
    if not accused:
        return None
    return Accusation(
        sentence=sentence,
        accusers=accusers,
        accused=accused,
        cue=Span(harms[0].start, harms[0].end),
        is_explicit=False,
    )


def _sides(words: Sequence[Word], text: str, vocabulary: Vocabulary) -> tuple[_Side, ...]:
    stop = stop_words(vocabulary.language)
    taken: dict[int, str] = {}
    for number, party in enumerate(vocabulary.parties):
        for found in party.find(words):
            for place in range(found.first, found.last + 1):
                taken.setdefault(place, f"party:{number}")
    for place, word in enumerate(words):
        if place not in taken and text[word.start].isupper() and word.folded not in stop:
            taken[place] = f"name:{stem(word.folded)}"
    return tuple(_Side(place=place, name=taken[place]) for place in sorted(taken))


def _speaker_sides(sentence: Sentence, vocabulary: Vocabulary) -> Sides:
    if sentence.speaker is None:
        return frozenset()
    words = fold(sentence.speaker.name).split()
    return frozenset(f"name:{stem(word)}" for word in words if word)
