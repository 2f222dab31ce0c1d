"""Readers against the article: the one sentence whose words a comment repeats or dismisses."""

from collections.abc import Iterator, Sequence

from index.article import Article, Comment
from index.disputes.agreements import Side, Sides
from index.disputes.answering import contradiction
from index.disputes.conflict import Reading
from index.disputes.contest import Contest
from index.disputes.corrections import correction
from index.disputes.dispute import Claim
from index.disputes.echoes import doubt, echoed, stems_within
from index.disputes.positions import contest_of
from index.disputes.stance import Markers, Stance, says_i, stance_of
from index.disputes.targets import Targets
from index.language.dispute_words import Vocabulary
from index.language.negation import negations
from index.language.numbers import agree
from index.language.words import folded_words

_LONGEST_DISMISSAL = 6
_FEWEST_RESTATED = 2
_SHARE_RESTATED = 0.75
"""A quarter leaves room for "indeed" or "once more", not for a remark on the figure."""


class OnArticle:
    """Finds what a comment contests of the article without quoting it."""

    def __init__(self, article: Article, targets: Targets, sides: Sides) -> None:
        self._article = article
        self._text = article.text
        self._targets = targets
        self._claims = targets.claims
        self._sides = sides

    def contests(
        self, comment: Comment, markers: Sequence[Markers], known: Vocabulary
    ) -> Iterator[Contest]:
        """Yield the contest of a comment with the sentence whose words it repeats."""
        if echo := self._echo(comment, markers, known):
            yield echo
            return
        stance = stance_of(markers, known)
        for place, item in enumerate(markers):
            if stance is None or stance.sentence != item.sentence:
                if not item.is_question and (found := self._alone(comment, item, markers, known)):
                    yield found
                    return
                continue
            claim = self._objected_to(place, markers, stance, known)
            if claim is None and place == 0 < len(markers) - 1 and comment.parent is None:
                claim = self._dismissed(item, stance, known)
            if claim is not None:
                yield contest_of(self._article, claim, comment, stance, markers)
                return
        if comment.parent is None and (turned := correction(markers, self._claims, known)):
            sentence, stance = turned
            claim = self._claims.claim(sentence)
            yield contest_of(self._article, claim, comment, stance, markers)

    def _objected_to(
        self, place: int, markers: Sequence[Markers], stance: Stance, known: Vocabulary
    ) -> Claim | None:
        """Return the claim that an objection is about: in its words, or in those before it."""
        item = markers[place]
        side = self._sides.side_of(item.objections, item, self._text, known)
        if side is not None:
            claim = said_by(side, markers, known, self._targets) or self._claims.only_of(
                side.speaker
            )
            if claim is not None:
                return claim
        before = markers[place - 1 : place] if place else ()
        around = markers[max(0, place - 1) : place + 2]
        asks_back = bool(before) and before[0].is_question
        # "900 births makes no sense if it delivered 612": what is refused stands before the cue.
        refused = [item.until(stance.cue.start)] if stance.cue else []
        nearest = (before, refused, [item]) if asks_back else (refused, [item], before)
        cue = (stance.cue,) if stance.cue else ()
        for near in (*nearest, around):
            claim = self._targets.meant(near, known, without=cue)
            if claim is not None:
                return claim
        # "I confirm: four and a half million.", "The 9,000 is not true."
        told = Reading(text=self._text, words=item.words, vocabulary=known).figures
        match = self._claims.stating(told)
        if match is not None or stance.relation == "supports":
            return self._claims.claim(match.sentence) if match else None
        for asked in reversed(markers[:place]):
            if asked.is_question and not asked.is_sincere:
                reading = Reading(text=self._text, words=asked.words, vocabulary=known)
                match = self._claims.meant(reading.stems) or self._claims.stating(reading.figures)
                return self._claims.claim(match.sentence) if match else None
        return None

    def _dismissed(self, item: Markers, stance: Stance, known: Vocabulary) -> Claim | None:
        """Return what a comment dismisses at once: "Nonsense." the lead, "A lie, the fee." this."""
        if stance.relation != "denies" or len(item.words) > _LONGEST_DISMISSAL:
            return None
        named = Reading(text=self._text, words=item.words, vocabulary=known).stems
        sentence = self._claims.touched(named)
        return self._claims.claim(sentence) if sentence else None

    def _echo(
        self, comment: Comment, markers: Sequence[Markers], known: Vocabulary
    ) -> Contest | None:
        """Return the doubt of who begins with words of one sentence: "Warmest autumn? In a car
        park, perhaps, not in our valley."
        """
        held = echoed(markers, self._text, known)
        sentence = self._claims.echoed(held) if held else None
        if held is None or sentence is None:
            return None
        stance = doubt(markers, held, sentence.reading, known)
        claim = self._claims.claim(sentence)
        return contest_of(self._article, claim, comment, stance, markers) if stance else None

    def _alone(
        self, comment: Comment, item: Markers, markers: Sequence[Markers], known: Vocabulary
    ) -> Contest | None:
        """Return the contest of a sentence that says otherwise without any expression for it."""
        claim = self._targets.meant([item], known)
        if claim is None or _tells_of_oneself(item, known) or self._only_asks(claim):
            return None
        stance = contradiction(claim, [item], known, self._text)
        stance = stance or self._restated(claim, item, known)
        return contest_of(self._article, claim, comment, stance, markers) if stance else None

    def _only_asks(self, claim: Claim) -> bool:
        """Whether a claim is a question or a heading like one: "Which tin to bake it in"."""
        known = self._claims.vocabulary
        first = folded_words(claim.text)[:1]
        return "?" in claim.text or any(known.stance.asks.holds(word) for word in first)

    def _restated(self, claim: Claim, item: Markers, known: Vocabulary) -> Stance | None:
        """Return the support of a reader who gives somebody's figure, in whatever digits.

        "The works will cost 4,000,000 euros, as the mayor says.": the figure is of the claim,
        and so is nearly every other word but the verb of saying. A remark of the reader's own
        would be more words; a "no", a negation or mockery leaves open what they mean.
        """
        if claim.speaker is None or item.says_no is not None or item.objections:
            return None
        told = Reading(text=self._text, words=item.words, vocabulary=known)
        stated = Reading.of(self._text, claim.start, claim.end, self._claims.vocabulary)
        if not told.numbers or negations(item.words, known) or stated.negated:
            return None
        if not all(agree(number, stated.numbers) for number in told.numbers):
            return None
        cues = {word for found in known.report_verbs.find(item.words)
                for word in stems_within(found, told)}  # fmt: skip
        figures = {s for number in told.numbers for s in stems_within(number, told)}
        own = told.stems.keys() - cues - figures
        shared = own & stated.stems.keys()
        if len(shared) < _FEWEST_RESTATED or len(shared) < _SHARE_RESTATED * len(own):
            return None
        return Stance(relation="supports", sentence=item.sentence, cue=None)


def said_by(
    side: Side, markers: Sequence[Markers], known: Vocabulary, targets: Targets
) -> Claim | None:
    """Return the words of a speaker that a comment for or against them takes up."""
    return targets.meant(markers, known, without=(side.name, side.cue), of=side.speaker)


def _tells_of_oneself(item: Markers, known: Vocabulary) -> bool:
    """Whether a sentence begins with oneself and denies nothing: "I'll book for the year 2400"."""
    return says_i(item.words[:1], known) and not negations(item.words, known)
