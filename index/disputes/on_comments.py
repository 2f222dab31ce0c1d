"""Readers against readers: a reply contests what it answers."""

from collections.abc import Iterator, Sequence

from index.article import Article, Comment
from index.disputes.addresses import same_author
from index.disputes.answering import MOST_SENTENCES, answer
from index.disputes.comments import words_of
from index.disputes.conflict import Reading
from index.disputes.contest import Contest
from index.disputes.positions import contest_of
from index.disputes.stance import Markers, Stance, read_markers, stance_of
from index.disputes.targets import Targets
from index.disputes.turning import turn
from index.language.dispute_words import Vocabulary
from index.language.words import folded_words

_SHARED_WITH_TARGET = 2
_SHARED_IN_QUARREL = 1


class OnComments:
    """Finds what other comments a comment contests."""

    def __init__(self, article: Article, targets: Targets) -> None:
        self._article = article
        self._text = article.text
        self._targets = targets
        self._comments = targets.comments

    def contests(
        self, comment: Comment, markers: Sequence[Markers], known: Vocabulary
    ) -> Iterator[Contest]:
        """Yield the contests of a reply with the comments it answers: by name, else its parent."""
        addressed = self._targets.addresses.of(comment)
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
        is_turn = False
        if self._comments.asks(target):
            stance = stance_of(markers[:MOST_SENTENCES], known, is_answer=True)
        else:
            stance = answer(claim, markers, known, self._targets.claims)
            if is_turn := stance is None:
                # Two who go on answering each other quarrel: A, B, A, B.
                fewest = _SHARED_IN_QUARREL if target.parent is not None else _SHARED_WITH_TARGET
                stems = self._comments.asserted_by(target)
                stance = turn(markers, stems, known, self._text, fewest_shared=fewest)
        laughs = stance is not None and stance.relation == "mocks"
        if stance is not None and not (laughs and _is_laughter(stance, self._text)):
            said = " ".join(item.sentence.of(self._text) for item in markers)
            claim = self._comments.claim_of(target, words, contest=said) or claim
            if not is_turn or self._comments.may_contest(claim, said):
                yield contest_of(self._article, claim, comment, stance, markers)


def _is_laughter(stance: Stance, text: str) -> bool:
    """Whether the mockery is no more than a laugh, which may be about anything."""
    return stance.cue is None or len(set(folded_words(stance.cue.of(text)))) < 2
