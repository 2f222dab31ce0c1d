"""Readers against the article, and readers against readers.

A comment contests what it quotes or, without a quotation, the one sentence whose words it
repeats; a reply contests what it answers. Each comment is read once: linear in the thread.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.article import Article, Comment
from index.disputes.addresses import Addresses, same_author
from index.disputes.agreements import Side, Sides, Siding
from index.disputes.claims import Claims, Sentence
from index.disputes.comments import ReadComments, words_of
from index.disputes.conflict import Reading, conflict
from index.disputes.contest import Contest
from index.disputes.dispute import Claim, Position
from index.disputes.echoes import doubt, echoed, is_echo, stems_within
from index.disputes.entailment import word_table
from index.disputes.likelihood import Candidates, contest_model
from index.disputes.stance import (
    Markers,
    Stance,
    agreement,
    assent,
    is_short,
    read_markers,
    rhetorical_question,
    same_experience,
    stance_of,
)
from index.disputes.turning import turn
from index.language.dispute_words import Vocabulary
from index.language.negation import negations
from index.language.numbers import agree
from index.language.words import Span, folded_words
from index.statements.statement import Speaker

_LONGEST_POSITION = 420
_SHARED_WITH_TARGET = 2
_SHARED_IN_QUARREL = 1
_SENTENCES_ON_QUOTE = 4
_MOST_WEIGHED = 1_000  # comments whose stand no expression shows: time, not truth, ends here
_SENTENCES_ON_NEIGHBOUR = 2
_FEW_WORDS = 4
_LONGEST_DISMISSAL = 6
_FEWEST_RESTATED = 2
_SHARE_RESTATED = 0.75
"""A quarter leaves room for "indeed" or "once more", not for a remark on the figure."""


class ThreadReader:
    """Reads the thread of one article against its claims."""

    def __init__(self, article: Article, claims: Claims, sides: Sides) -> None:
        self._article = article
        self._sides = sides
        self._text = article.text
        self._claims = claims
        live = article.live_comments()
        self._addresses = Addresses(live, article.text)
        self._before = {after.number: before for before, after in pairwise(live)}
        self._comments = ReadComments(article)
        self._stands: dict[str, list[Contest]] = defaultdict(list)

    def read(self) -> tuple[list[Contest], list[Siding]]:
        """Return who contests or supports what, and who sides with whom without words about what.

        Both in the order of the comments.
        """
        contests: list[Contest] = []
        sidings: list[Siding] = []
        unplaced: list[Comment] = []
        for comment in self._article.live_comments():
            markers, known = self._comments.markers_of(comment)
            if not markers:
                continue
            found = list(self._on_quotations(comment, markers, known))
            sided = None if found else self._side(markers, known)
            if sided is not None:
                side, stance = sided
                claim = self._said_by(side, markers, known)
                if claim is not None:
                    found = [self._contest(claim, comment, stance, markers)]
                else:
                    position = self._position(comment, stance, markers)
                    sidings.append(Siding(speaker=side.speaker, position=position))
            elif not found and not comment.quotes:
                found = list(self._on_comments(comment, markers, known))
                if not found and (comment.parent is None or not is_short(markers)):
                    found = list(self._on_article(comment, markers, known))
                if not found:
                    found = list(self._on_neighbour(comment, markers, known))
            found = [*found, *self._inherited(found)]
            contests += found
            for item in found:
                self._stands[item.position.passage].append(item)
            if not found and sided is None:
                unplaced.append(comment)
        return [*contests, *self._likely(unplaced)], sidings

    def _likely(self, unplaced: Sequence[Comment]) -> Iterator[Contest]:
        """Yield what comments most likely contest in which no expression shows it."""
        found = Candidates(self._text, self._claims, self._comments)
        candidates = [
            c
            for comment in unplaced[:_MOST_WEIGHED]
            for c in found.of(comment, self._addresses.answered(comment))
        ]
        for item in contest_model().likely(candidates, word_table()):
            markers, known = self._comments.markers_of(item.comment)
            words = Reading(text=self._text, words=words_of(markers), vocabulary=known)
            claim = (
                self._claims.claim(item.target)
                if isinstance(item.target, Sentence)
                else self._comments.claim_of(item.target, words.stems.keys())
            )
            if claim is not None:
                stance = Stance(relation="objects", sentence=markers[0].sentence, cue=None)
                yield self._contest(claim, item.comment, stance, markers)

    def _inherited(self, found: Sequence[Contest]) -> Iterator[Contest]:
        """Yield what of the article a comment contests by agreeing with who does: "Same here."."""
        for own in found:
            if own.position.relation != "supports" or not own.claim.passage.startswith("C"):
                continue
            for other in self._stands[own.claim.passage]:
                if other.claim.passage.startswith("C"):
                    continue  # who agrees with an objection to their own words takes these back
                position = replace(own.position, relation=other.position.relation)
                yield replace(own, claim=other.claim, position=position)

    def _side(self, markers: Sequence[Markers], known: Vocabulary) -> tuple[Side, Stance] | None:
        """Return whom a comment sides with, and how it says so."""
        stance = stance_of(markers, known) if any(item.supports for item in markers) else None
        if stance is None or stance.relation != "supports":
            return None
        for item in markers:
            side = self._sides.side_of(item.supports, item, self._text, known)
            if side is not None:
                return side, Stance(relation="supports", sentence=item.sentence, cue=side.cue)
        return None

    def _said_by(self, side: Side, markers: Sequence[Markers], known: Vocabulary) -> Claim | None:
        """Return the words of a speaker that a comment for or against them takes up."""
        return self._meant(markers, known, without=(side.name, side.cue), of=side.speaker)

    def _on_quotations(
        self, comment: Comment, markers: Sequence[Markers], known: Vocabulary
    ) -> Iterator[Contest]:
        """Yield contests of what the comment quotes, each with the words that follow it."""
        quoted = [words for words in comment.quoted if words.passage is not None]
        for place, words in enumerate(quoted):
            until = quoted[place + 1].start if place + 1 < len(quoted) else comment.end
            following = [
                item for item in markers if words.end <= item.sentence.start < (until or 0)
            ][:_SENTENCES_ON_QUOTE]
            if not following and len(quoted) == 1:
                following = list(markers[-_SENTENCES_ON_QUOTE:])
            reading = Reading.of(self._text, words.start, words.end, self._claims.vocabulary)
            claim = self._quoted_claim(comment, words.passage or "", reading)
            if claim is None or not following:
                continue
            # Who quotes the article and goes on may as well thank or add: only cues count there.
            target = self._stems(claim) if claim.passage.startswith("C") else ()
            stance = self._answer(claim, target, following, known)
            if stance is None and len(quoted) == 1:
                stance = rhetorical_question(following, self._claims.words, self._text, known)
            if stance is not None:
                yield self._contest(claim, comment, stance, following)

    def _stems(self, claim: Claim) -> Collection[str]:
        known = self._claims.vocabulary
        return Reading.of(self._text, claim.start, claim.end, known).stems.keys()

    def _quoted_claim(self, comment: Comment, label: str, words: Reading) -> Claim | None:
        sentence = self._claims.quoted(words, label)
        if sentence is not None:
            return self._claims.claim(sentence)
        source = self._article.comment_of(self._article.passage(label))
        if source is None or same_author(source, comment):
            return None
        return self._comments.claim_of(source, words.stems.keys(), is_quoted=True)

    def _on_comments(
        self, comment: Comment, markers: Sequence[Markers], known: Vocabulary
    ) -> Iterator[Contest]:
        """Yield the contests of a reply with the comments it answers: by name, else its parent."""
        addressed = self._addresses.of(comment)
        for address in addressed:
            spans = [
                (max(start, address.start), min(end, address.end))
                for start, end in comment.own_spans()
                if start < address.end and address.start < end
            ]
            said = read_markers(self._text, spans, known)
            if said:
                yield from self._on_comment(comment, address.targets, said, known)
        if addressed or comment.parent is None or not self._article.has_comment(comment.parent):
            return
        parent = self._article.comment(comment.parent)
        if not parent.deleted and not same_author(parent, comment):
            yield from self._on_comment(comment, (parent,), markers, known)

    def _on_comment(
        self,
        comment: Comment,
        targets: Sequence[Comment],
        markers: Sequence[Markers],
        known: Vocabulary,
    ) -> Iterator[Contest]:
        """Yield the contest with the one of some comments of one author that is meant."""
        words = Reading(text=self._text, words=words_of(markers), vocabulary=known).stems.keys()
        parents = [other for other in targets if other.number == comment.parent]
        target = parents[0] if parents else max(
            targets, key=lambda other: len(self._comments.stems_of(other) & words)
        )  # fmt: skip
        claim = self._comments.claim_of(target, words)
        if claim is None:
            return
        # Two who go on answering each other quarrel: A, B, A, B.
        fewest = _SHARED_IN_QUARREL if target.parent is not None else _SHARED_WITH_TARGET
        if self._comments.asks(target):
            stance = stance_of(markers[:_SENTENCES_ON_QUOTE], known, is_answer=True)
        else:
            stems = self._comments.stems_of(target, asserted=True)
            stance = self._answer(claim, stems, markers, known, fewest_shared=fewest)
        laughs = stance is not None and stance.relation == "mocks"
        if stance is not None and not (laughs and _is_laughter(stance, self._text)):
            yield self._contest(claim, comment, stance, markers)

    def _answer(
        self,
        claim: Claim,
        target: Collection[str],
        markers: Sequence[Markers],
        known: Vocabulary,
        *,
        fewest_shared: int = 0,
    ) -> Stance | None:
        """Return how words that answer certain words stand to these.

        An agreement counts at once where it opens the reply, and last where it stands within.
        """
        stance = stance_of(markers[:_SENTENCES_ON_QUOTE], known, is_answer=True)
        within = stance if stance is not None and stance.relation == "supports" else None
        return (
            assent(self._text, markers)
            or agreement(markers, known)
            or same_experience(self._text, markers, known)
            or (None if within else stance)
            or self._contradiction(claim, markers, known, is_answer=True)
            or self._echo_of(claim, markers, known)
            or (
                turn(markers, target, known, self._text, fewest_shared=fewest_shared)
                if target
                else None
            )
            or within
        )

    def _on_neighbour(
        self, comment: Comment, markers: Sequence[Markers], known: Vocabulary
    ) -> Iterator[Contest]:
        """Yield the contest with the comment right before, where its words are taken up.

        "Built in 1990? Nonsense, I learned to swim there in 1975."
        """
        before, markers = self._before.get(comment.number), markers[:_SENTENCES_ON_NEIGHBOUR]
        stance = stance_of(markers, known)
        if before is None or stance is None or same_author(before, comment):
            return
        words = Reading(text=self._text, words=words_of(markers), vocabulary=known).stems.keys()
        if len(words & self._comments.stems_of(before)) < _SHARED_WITH_TARGET:
            return
        claim = self._comments.claim_of(before, words)
        if claim is not None:
            yield self._contest(claim, comment, stance, markers)

    def _on_article(
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
                yield self._contest(claim, comment, stance, markers)
                return

    def _objected_to(
        self, place: int, markers: Sequence[Markers], stance: Stance, known: Vocabulary
    ) -> Claim | None:
        """Return the claim that an objection is about: in its words, or in those before it."""
        item = markers[place]
        side = self._sides.side_of(item.objections, item, self._text, known)
        if side is not None:
            claim = self._said_by(side, markers, known) or self._claims.only_of(side.speaker)
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
            claim = self._meant(near, known, without=cue)
            if claim is not None:
                return claim
        if stance.relation == "supports":
            # "I confirm: four and a half million."
            told = Reading(text=self._text, words=item.words, vocabulary=known).figures
            match = self._claims.stating(told)
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

    def _echo_of(
        self, claim: Claim, markers: Sequence[Markers], known: Vocabulary
    ) -> Stance | None:
        held = echoed(markers, self._text, known)
        claimed = Reading.of(self._text, claim.start, claim.end, known)
        if held is None or not is_echo(held, claimed):
            return None
        return doubt(markers, held, claimed, known)

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
        return self._contest(claim, comment, stance, markers) if stance else None

    def _alone(
        self, comment: Comment, item: Markers, markers: Sequence[Markers], known: Vocabulary
    ) -> Contest | None:
        """Return the contest of a sentence that says otherwise without any expression for it."""
        claim = self._meant([item], known)
        if claim is None or _tells_of_oneself(item, known) or self._only_asks(claim):
            return None
        stance = self._contradiction(claim, [item], known)
        stance = stance or self._restated(claim, item, known)
        return self._contest(claim, comment, stance, markers) if stance else None

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

    def _meant(
        self,
        near: Sequence[Markers],
        known: Vocabulary,
        *,
        without: Sequence[Span] = (),
        of: Speaker | None = None,
    ) -> Claim | None:
        """Return the claim that some sentences repeat, but for the words in some spans.

        Of one speaker, or of anybody.
        """
        words = tuple(
            word
            for item in near
            for word in item.words
            if not any(span.start <= word.start < span.end for span in without)
        )
        reading = Reading(text=self._text, words=words, vocabulary=known)
        match = self._claims.meant(reading.stems, of=of)
        return self._claims.claim(match.sentence) if match else None

    def _contradiction(
        self,
        claim: Claim,
        markers: Sequence[Markers],
        known: Vocabulary,
        *,
        is_answer: bool = False,
    ) -> Stance | None:
        """Return a contradiction by wording: a negation, another number, an opposite."""
        stated = Reading.of(self._text, claim.start, claim.end, known)
        for item in markers:
            if item.is_question:
                continue
            reading = Reading(text=self._text, words=item.words, vocabulary=known)
            if conflict(stated, reading, is_answer=is_answer) is not None:
                return Stance(relation="contradicts", sentence=item.sentence, cue=None)
        return None

    def _contest(
        self, claim: Claim, comment: Comment, stance: Stance, markers: Sequence[Markers]
    ) -> Contest:
        return Contest.of_comment(claim, self._position(comment, stance, markers), comment)

    def _position(self, comment: Comment, stance: Stance, markers: Sequence[Markers]) -> Position:
        span = _position_span(stance, [item.sentence for item in markers])
        return Position(
            start=span.start,
            end=span.end,
            text=span.of(self._text),
            passage=self._article.passage_at(span.start).label,
            speaker=None,
            author=(comment.author or "").strip() or None,
            relation=stance.relation,
            cue=stance.cue.of(self._text) if stance.cue else None,
        )


def _tells_of_oneself(item: Markers, known: Vocabulary) -> bool:
    """Whether a sentence begins with oneself and denies nothing: "I'll book for the year 2400"."""
    begins = item.words[:1]
    says_i = any(known.stance.self_words.holds(word.folded) for word in begins)
    return says_i and not negations(item.words, known)


def _is_laughter(stance: Stance, text: str) -> bool:
    """Whether the mockery is no more than a laugh, which may be about anything."""
    return stance.cue is None or len(set(folded_words(stance.cue.of(text)))) < 2


def _position_span(stance: Stance, sentences: Sequence[Span]) -> Span:
    """Return the comment's own words around its stance, as far as they fit."""
    place = next(i for i, span in enumerate(sentences) if span == stance.sentence)
    first = last = place
    while last + 1 < len(sentences) and (
        sentences[last + 1].end - sentences[first].start <= _LONGEST_POSITION
    ):
        last += 1
    while first > 0 and sentences[last].end - sentences[first - 1].start <= _LONGEST_POSITION:
        first -= 1
    return Span(sentences[first].start, sentences[last].end)
