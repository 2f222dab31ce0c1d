"""Readers against the article, and readers against readers.

A comment contests what it quotes or, without a quotation, the one sentence whose words it
repeats; a reply contests what it answers. Each comment is read once: linear in the thread.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from index.article import Article, Comment
from index.disputes.agreements import Side, Sides, Siding
from index.disputes.answering import MOST_SENTENCES, answer
from index.disputes.claims import Claims, Sentence
from index.disputes.comments import words_of
from index.disputes.conflict import Reading
from index.disputes.contest import Contest
from index.disputes.dispute import Claim
from index.disputes.entailment import word_table
from index.disputes.likelihood import Candidates, contest_model
from index.disputes.on_article import OnArticle, said_by
from index.disputes.on_comments import OnComments
from index.disputes.positions import contest_of, position_of
from index.disputes.stance import Markers, Stance, is_short, rhetorical_question, stance_of
from index.disputes.targets import Targets
from index.language.dispute_words import Vocabulary

_MOST_WEIGHED = 1_000  # comments whose stand no expression shows: time, not truth, ends here


class ThreadReader:
    """Reads the thread of one article against its claims."""

    def __init__(self, article: Article, claims: Claims, sides: Sides) -> None:
        self._article = article
        self._sides = sides
        self._text = article.text
        self._claims = claims
        self._targets = Targets(article, claims)
        self._comments = self._targets.comments
        self._on_article = OnArticle(article, self._targets, sides)
        self._on_comments = OnComments(article, self._targets)
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
                claim = said_by(side, markers, known, self._targets)
                if claim is not None:
                    found = [contest_of(self._article, claim, comment, stance, markers)]
                else:
                    position = position_of(self._article, comment, stance, markers)
                    sidings.append(Siding(speaker=side.speaker, position=position))
            elif not found and not comment.quotes:
                found = list(self._on_comments.contests(comment, markers, known))
                if not found and (comment.parent is None or not is_short(markers)):
                    found = list(self._on_article.contests(comment, markers, known))
                if not found:
                    found = list(self._on_comments.with_neighbour(comment, markers, known))
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
            for c in found.of(comment, self._targets.addresses.answered(comment))
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
                yield contest_of(self._article, claim, item.comment, stance, markers)

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

    def _on_quotations(
        self, comment: Comment, markers: Sequence[Markers], known: Vocabulary
    ) -> Iterator[Contest]:
        """Yield contests of what the comment quotes, each with the words that follow it."""
        quoted = [words for words in comment.quoted if words.passage is not None]
        for place, words in enumerate(quoted):
            until = quoted[place + 1].start if place + 1 < len(quoted) else comment.end
            following = [
                item for item in markers if words.end <= item.sentence.start < (until or 0)
            ][:MOST_SENTENCES]
            if not following and len(quoted) == 1:
                following = list(markers[-MOST_SENTENCES:])
            claim = self._targets.quoted(comment, words)
            if claim is None or not following:
                continue
            # Who quotes the article and goes on may as well thank or add: only cues count there.
            target = self._stems(claim) if claim.passage.startswith("C") else ()
            stance = answer(claim, target, following, known, self._claims)
            if stance is None and len(quoted) == 1:
                stance = rhetorical_question(following, self._claims.words, self._text, known)
            if stance is not None:
                yield contest_of(self._article, claim, comment, stance, following)

    def _stems(self, claim: Claim) -> Collection[str]:
        known = self._claims.vocabulary
        return Reading.of(self._text, claim.start, claim.end, known).stems.keys()
