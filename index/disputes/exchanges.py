"""Two speakers of an article on one matter, where the later one contests the earlier one.

What shows it is not a verb: the later words call the earlier ones false, deny that there was "any
such letter", or are set against them by a contrast.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.disputes.claims import Sentence, telling_figures
from index.disputes.conflict import Reading
from index.disputes.deniers import Deniers
from index.disputes.dispute import Relation
from index.disputes.verdicts import WHOLE, verdict_in
from index.language.dispute_words import Vocabulary
from index.language.phrase_patterns import Found
from index.language.report_words import load
from index.language.stemming import stem_words
from index.language.words import Span, content_words, fold, folded_words
from index.statements.matching import same_speaker
from index.statements.statement import Speaker

_VERDICT_WINDOW = 3
_WINDOW = 2
"""Sentences between a claim and what is said against it."""
_COMMON = 4
"""A word in as many sentences of the article tells no matter apart from another."""
_OPENING = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A claim, who holds it, the words against it, whose these are and what shows it."""

    claim: Sentence | Span
    position: Sentence
    relation: Relation
    cue: Span | None
    holder: Speaker | None
    speaker: Speaker | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """A sentence with the words that are said in it, by its speaker or by the narrator."""

    sentence: Sentence
    said: Reading
    forms: frozenset[str]

    @classmethod
    def of(cls, sentence: Sentence) -> "_Turn":
        """Leave out "the mayor said" and the speaker's name, where somebody speaks."""
        read, speaker = sentence.reading, sentence.speaker
        spans = [s for s in sentence.statements if s.speaker is not None]
        words = tuple(w for w in read.words if any(s.start <= w.start < s.end for s in spans))
        said = replace(read, words=words) if words else read
        named = folded_words(f"{speaker.name} {speaker.role or ''}") if speaker else []
        names = stem_words(named, read.vocabulary.language)
        # "60 grams short", "60 grams in two hours": what is counted is no common matter.
        counted = {n.last + 1 for n in said.numbers} | {n.last for n in said.numbers}
        forms = {form for form, place in said.forms.items() if place not in counted}
        return cls(sentence=sentence, said=said, forms=frozenset(forms.difference(names)))


class Exchanges:
    """Finds what the speakers of one article say against each other."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        known: Vocabulary,
        deniers: Deniers,
        denials: Mapping[int, Speaker | None],
    ) -> None:
        """Read who says what.

        Args:
            text: The text of the article.
            sentences: Its sentences.
            known: The words of its language.
            deniers: Who denies what in it.
            denials: Whose words a sentence denies by a verb, by where it starts.
        """
        self._text = text
        self._contested = dict(denials)
        self._known = known
        self._turns = [_Turn.of(sentence) for sentence in sentences]
        self._language = load(known.language)
        self._deniers = deniers

    def __iter__(self) -> Iterator[Exchange]:
        for place, turn in enumerate(self._turns):
            if turn.sentence.start in self._contested:
                continue
            found = self._verdict(place, turn.sentence)
            if found is None and turn.sentence.speaker is not None:
                found = self._against(place, turn)
            if found is not None:
                self._contested[turn.sentence.start] = found.holder
                yield found

    def _verdict(self, place: int, sentence: Sentence) -> Exchange | None:
        """Return who calls false what was said in the same sentence or before."""
        cue = verdict_in(sentence, self._text, self._known)
        if cue is None:
            return None
        own = next((s for s in sentence.statements if s.start <= cue.start < s.end), None)
        speaker = own.speaker if own else self._deniers.of(sentence, cue, sentence)
        claim = self._told_within(sentence, cue) or self._told_before(place, speaker)
        is_told = isinstance(claim, Sentence) and claim.speaker is not None
        if claim is None or (speaker is None and not (is_told and cue.last < WHOLE)):
            return None  # the narrator's judgement is no contest of what stands near
        return Exchange(
            claim=claim,
            position=sentence,
            relation="denies",
            cue=Span(cue.start, cue.end),
            holder=claim.speaker if isinstance(claim, Sentence) else None,
            speaker=speaker,
        )

    def _told_within(self, sentence: Sentence, cue: Found) -> Span | None:
        """Return the words before a relative: "The charge that X, which Y calls a fairy tale"."""
        words = sentence.reading.words[: cue.first]
        for place in range(len(words) - 1, 0, -1):
            parted = "," in self._text[words[place - 1].end : words[place].start]
            if parted and "relatives" in self._language.tagged(words[place].folded):
                named = any(self._known.refused_things.holds(w.folded) for w in words[:place])
                return Span(words[0].start, words[place - 1].end) if named else None
        return None

    def _told_before(self, place: int, speaker: Speaker | None) -> Sentence | None:
        """Return the nearest words of somebody else or accusation, else the sentence before."""
        window = [turn.sentence for turn in self._turns[max(0, place - _VERDICT_WINDOW) : place]]
        words = self._turns[place].sentence.reading.words
        if any(self._known.figure_things.holds(word.folded) for word in words):
            figures = [s for s in window if not same_speaker(s.speaker, speaker)]
            return next(reversed(telling_figures(self._text, figures)), None)
        for said in reversed(window):
            is_told = said.speaker or self._known.accuse_verbs.find(said.reading.words)
            if is_told and not same_speaker(said.speaker, speaker):
                return said
        return next((said for said in window[-1:] if said.speaker is None), None)

    def _against(self, place: int, turn: _Turn) -> Exchange | None:
        """Return what a speaker says against somebody who spoke right before."""
        before = [
            earlier
            for earlier in reversed(self._turns[max(0, place - _WINDOW) : place])
            if not same_speaker(earlier.sentence.speaker, turn.sentence.speaker)
        ]
        denied = self._no_such(turn)
        if denied is not None and before:
            meant = next((e for e in before if self._shared(e, turn)), before[0])
            return self._exchange(meant, turn, "contradicts", denied)
        earlier = next((e for e in before if e.sentence.speaker is not None), None)
        if earlier is None or "?" in self._text[earlier.sentence.start : earlier.sentence.end]:
            return None
        is_next = earlier is self._turns[place - 1]
        contrast = self._contrast(turn)
        # "But" is the narrator's, "Grassi, however," sets somebody against who spoke before.
        joins = contrast and "coordinators" in self._language.tagged(fold(contrast.of(self._text)))
        is_set = contrast is not None and not joins and self._shared(earlier, turn)
        if is_set or (is_next and self._replies(earlier, turn)):
            return self._exchange(earlier, turn, "objects", contrast)
        return None

    def _replies(self, earlier: _Turn, turn: _Turn) -> bool:
        """Whether a speaker answers who spoke right before: by a verb, accused, or contested."""
        speaker, read = turn.sentence.speaker, earlier.sentence.reading
        frame = [w for w in turn.sentence.reading.words if w not in turn.said.words]
        if speaker is None or any(self._admits(word.folded) for word in frame):
            return False
        answers = any(word.folded.startswith(self._language.answers) for word in frame)
        contested = same_speaker(self._contested.get(earlier.sentence.start), speaker)
        if answers and (contested or self._shared(earlier, turn)):
            return True
        called = content_words(f"{speaker.name} {speaker.role or ''}", self._known.language)
        blamed = self._known.accuse_verbs.find(read.words)
        after = {word.folded for word in read.words[blamed[0].last + 1 :]} if blamed else set()
        return not after.isdisjoint(called)

    def _admits(self, word: str) -> bool:
        return any(map(self._known.deny_verbs.holds, self._known.opposites.words_against(word)))

    def _exchange(
        self, earlier: _Turn, turn: _Turn, relation: Relation, cue: Span | None
    ) -> Exchange:
        return Exchange(
            claim=earlier.sentence,
            position=turn.sentence,
            relation=relation,
            cue=cue,
            holder=earlier.sentence.speaker,
            speaker=turn.sentence.speaker,
        )

    def _no_such(self, turn: _Turn) -> Span | None:
        """Return the words of "never received any such letter"."""
        words = turn.said.words
        for found in self._known.such.find(words):
            for negation in turn.said.negations:
                if negation.reach & set(range(found.first - 1, found.last + 1)):
                    return Span(words[min(negation.own)].start, found.end)
        return None

    def _contrast(self, turn: _Turn) -> Span | None:
        """Return the contrast that sets a speaker against another: "Grassi, however, says"."""
        words = turn.sentence.reading.words
        opening = {word.start for word in turn.said.words[:_OPENING]}
        for found in (
            *self._known.stance.contrasts.find(words),
            *self._known.parallel.find(words),
        ):
            outside = not any(s.start <= found.start < s.end for s in turn.sentence.statements)
            if outside or found.start in opening:
                return Span(found.start, found.end)
        return None

    def _shared(self, earlier: _Turn, turn: _Turn) -> bool:
        return any(self._is_telling(form) for form in earlier.forms & turn.forms)

    def _is_telling(self, form: str) -> bool:
        return self._counts[form] <= _COMMON

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(form for turn in self._turns for form in turn.forms)
