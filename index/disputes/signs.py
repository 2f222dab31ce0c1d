"""What is known of a comment, of what it may be about, and of both together, as numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from index.disputes.comments import words_of
from index.disputes.conflict import Reading, conflict
from index.disputes.dispute import Relation
from index.disputes.echoes import echoed, is_echo, rivals
from index.disputes.stance import Markers, says_i, stance_of
from index.language.dispute_words import Vocabulary
from index.language.numbers import agree
from index.language.words import content_words
from index.statements.statement import Speaker

OWN = (
    "words", "sentences", "numbers", "negations", "negated_at_once", "asks", "asks_at_once",
    "exclaims", "says_i", "begins_with_oneself", "thanks", "sincere", "denies", "mocks", "doubts",
    "questions", "supports", "supports_at_once", "says_no", "contrasts", "additive", "modals",
    "limits", "hedges", "refutes", "surprise", "stance", "stance_as_answer", "quotes", "holds_up",
    "ellipsis",
)  # fmt: skip
OF_TARGET = ("target_words", "target_numbers", "target_negated", "target_asks", "target_modals")
OF_BOTH = (
    "shared_words", "share_of_target", "share_of_comment", "shared_numbers", "other_numbers",
    "rivals", "conflict", "negation_differs", "echo", "names_speaker", "shared_at_once",
)  # fmt: skip
CODES: dict[Relation, float] = {
    "supports": -1.0, "objects": 1.0, "counters": 1.0, "contradicts": 2.0, "questions": 3.0,
    "mocks": 4.0, "denies": 5.0,
}  # fmt: skip
"""What a stance is as a number."""
_QUOTING = frozenset('"„“”«»‚‘›‹')
_MANY = 6.0


@dataclass(frozen=True, kw_only=True)
class Read:
    """Sentences of one text as the lexicon reads them."""

    text: str
    markers: tuple[Markers, ...]
    known: Vocabulary

    @cached_property
    def whole(self) -> Reading:
        """All its words."""
        return Reading(text=self.text, words=words_of(self.markers), vocabulary=self.known)

    @cached_property
    def sentences(self) -> tuple[Reading, ...]:
        """The words of each sentence."""
        return tuple(
            Reading(text=self.text, words=item.words, vocabulary=self.known)
            for item in self.markers
        )

    @cached_property
    def held_up(self) -> Reading | None:
        """What it begins by holding up."""
        return echoed(self.markers, self.text, self.known)

    @cached_property
    def own(self) -> tuple[float, ...]:
        """Return the signs named by `OWN`."""
        markers, known, words = self.markers, self.known, self.whole.words
        first, stance = markers[0], known.stance
        written = self.text[first.sentence.start : markers[-1].sentence.end]
        return (
            math.log1p(len(words)),
            len(markers),
            min(_MANY, len(self.whole.numbers)),
            len(self.whole.negations) / len(markers),
            bool(self.sentences[0].negations),
            sum(item.is_question for item in markers) / len(markers),
            first.is_question,
            written.count("!") / len(markers),
            says_i(words, known),
            says_i(first.words[:1], known),
            bool(stance.thanks.find(words)),
            any(item.is_sincere for item in markers),
            sum(len(item.denies) for item in markers),
            sum(len(item.mocks) for item in markers),
            sum(len(item.doubts) for item in markers),
            sum(len(item.questions) for item in markers),
            sum(len(item.supports) for item in markers),
            bool(first.supports),
            first.says_no is not None,
            len(stance.contrasts.find(words)),
            len(stance.additive.find(words)),
            sum(known.modals.holds(word.folded) for word in words),
            sum(known.limits.holds(word.folded) for word in words),
            len(known.hedges.find(words)),
            len(known.refutations.find(words)),
            bool(stance.surprises.find(first.words)),
            _code(markers, known, is_answer=False),
            _code(markers, known, is_answer=True),
            any(sign in _QUOTING for sign in written),
            self.held_up is not None,
            "..." in written or "…" in written,
        )

    @cached_property
    def as_target(self) -> tuple[float, ...]:
        """Return the signs named by `OF_TARGET`."""
        words = self.whole.words
        return (
            math.log1p(len(words)),
            min(_MANY, len(self.whole.numbers)),
            len(self.whole.negations),
            any(item.is_question for item in self.markers),
            sum(self.known.modals.holds(word.folded) for word in words),
        )


def signs_of_both(comment: Read, target: Read, speaker: Speaker | None) -> tuple[float, ...]:
    """Return the signs named by `OF_BOTH`."""
    own, claimed = comment.whole, target.whole
    shared = own.stems.keys() & claimed.stems.keys()
    same = sum(agree(number, claimed.numbers) for number in own.numbers)
    held = comment.held_up
    named = set(content_words(speaker.name)) if speaker is not None else set()
    turned = sum((stem in own.negated) != (stem in claimed.negated) for stem in shared)
    return (
        min(_MANY, len(shared)),
        len(shared) / max(1, len(claimed.stems)),
        len(shared) / max(1, len(own.stems)),
        min(_MANY, same),
        min(_MANY, len(own.numbers) - same) if claimed.numbers else 0,
        min(_MANY, len(rivals(own, claimed))) if claimed.numbers and own.numbers else 0,
        any(conflict(claimed, item) is not None for item in comment.sentences) if shared else 0,
        turned,
        held is not None and is_echo(held, claimed),
        not named.isdisjoint(own.folded),
        len(shared & comment.sentences[0].stems.keys()),
    )


def _code(markers: Sequence[Markers], known: Vocabulary, *, is_answer: bool) -> float:
    found = stance_of(markers, known, is_answer=is_answer)
    return CODES[found.relation] if found is not None else 0.0
