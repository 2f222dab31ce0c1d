"""Readers against the article, and readers against readers.

A comment contests what it quotes or, without a quotation, the one sentence whose words it
repeats; a reply contests what it answers. Each comment is read once: linear in the thread.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.article import Article, Comment
from index.disputes.agreements import Side, Sides, Siding
from index.disputes.answering import MOST_SENTENCES, answer
from index.disputes.claims import Claims, Sentence
from index.disputes.comments import words_of
from index.disputes.conflict import Reading
from index.disputes.contest import Contest
from index.disputes.dispute import Claim, Relation
from index.disputes.likelihood import (
    Candidate,
    Candidates,
    contest_model,
    reading_model,
)
from index.disputes.on_article import OnArticle, said_by
from index.disputes.on_comments import OnComments
from index.disputes.positions import contest_of, position_of
from index.disputes.reader_words import read_pairs
from index.disputes.stance import Markers, Stance, is_short, rhetorical_question, stance_of
from index.disputes.targets import Targets
from index.disputes.tone import Tone
from index.disputes.turning import turn
from index.encoder import word_table
from index.language.dispute_words import Vocabulary

_MOST_WEIGHED = 300  # comments; time, not truth, ends here
_MOST_READ = 80  # pairs, the most promising ones


class ThreadReader:
    """Reads the thread of one article against its claims."""

    def __init__(
        self, article: Article, claims: Claims, sides: Sides, *, tone: Tone | None = None
    ) -> None:
        """Read for one article; `tone` stands in for the bundled one where that is learned."""
        self._tone = tone or Tone.bundled()
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
        found, sidings = self.by_expressions()
        judged = {item.comment.number: item for item in self._judged(found)}
        return [
            contest
            for number, items in found.items()
            for contest in (*items, *self._beside(items, judged.get(number)))
        ], sidings

    def candidates(self, found: Mapping[str, Sequence[Contest]]) -> Iterator[list[Candidate]]:
        """Yield what each comment may contest; `found` is what expressions show, by number."""
        weighed = [self._article.comment(number) for number in list(found)[:_MOST_WEIGHED]]
        measuring = Candidates(self._article, self._targets, word_table(), self._tone)
        yield from measuring.of(weighed, found)

    def _judged(self, found: Mapping[str, Sequence[Contest]]) -> list[Candidate]:
        """Return what comments likely contest, one of each; the most promising ones are read."""
        groups = [group for group in self.candidates(found) if group]
        likely = contest_model().likely(groups)
        pairs = []
        for item in likely[:_MOST_READ]:
            claim = self.claim_of(item.candidate)
            pairs.append((claim.text if claim else "", item.candidate.comment.text or ""))
        return reading_model().confirmed(likely, read_pairs(pairs))

    def _beside(self, found: Sequence[Contest], judged: Candidate | None) -> Iterator[Contest]:
        """Yield what a comment likely contests beside what its expressions show."""
        if judged is None or judged.comment.quotes or self._answers_question(judged):
            return
        claim = self.claim_of(judged)
        if claim is not None and not any(_overlap(item.claim, claim) for item in found):
            markers, _ = self._comments.markers_of(judged.comment)
            shows = markers[judged.most_against]
            relation: Relation = "questions" if shows.is_question else "objects"
            stance = Stance(relation=relation, sentence=shows.sentence, cue=None)
            yield contest_of(self._article, claim, judged.comment, stance, markers)

    def _answers_question(self, judged: Candidate) -> bool:
        """Whether a comment answers one that asks: "Is it open?" "No longer on Mondays."."""
        target = judged.target
        if not isinstance(target, Comment) or target.number != judged.comment.parent:
            return False
        return any(item.is_question for item in self._comments.markers_of(target)[0])

    def claim_of(self, candidate: Candidate) -> Claim | None:
        """Return the words that a comment contests: a sentence, or those meant of a comment."""
        if isinstance(candidate.target, Sentence):
            return self._claims.claim(candidate.target)
        markers, known = self._comments.markers_of(candidate.comment)
        words = Reading(text=self._text, words=words_of(markers), vocabulary=known)
        return self._comments.claim_of(candidate.target, words.stems.keys())

    def by_expressions(self) -> tuple[dict[str, list[Contest]], list[Siding]]:
        """Return what expressions alone show: stands by the number of the comment, and sidings."""
        stands: dict[str, list[Contest]] = {}
        sidings: list[Siding] = []
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
            found = [*found, *self._inherited(found)]
            for item in found:
                self._stands[item.position.passage].append(item)
            if found or sided is None:
                stands[comment.number] = found
        return stands, sidings

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
            stance = answer(claim, following, known, self._claims)
            if stance is None and claim.passage.startswith("C"):
                # Who quotes the article and goes on may as well thank or add.
                stems = Reading.of(self._text, claim.start, claim.end, known).stems.keys()
                said = " ".join(item.sentence.of(self._text) for item in following)
                if self._comments.may_contest(claim, said):
                    stance = turn(following, stems, known, self._text, fewest_shared=0)
            if stance is None and len(quoted) == 1:
                stance = rhetorical_question(following, self._claims.words, self._text, known)
            if stance is not None:
                yield contest_of(self._article, claim, comment, stance, following)


def _overlap(one: Claim, other: Claim) -> bool:
    """Whether two claims share words, or are of one comment."""
    is_same = one.passage == other.passage and one.passage.startswith("C")
    return is_same or (one.start < other.end and other.start < one.end)
