"""The position that a comment takes: its words around the stance, and the contest they make."""

from collections.abc import Sequence

from index.article import Article, Comment
from index.disputes.contest import Contest
from index.disputes.dispute import Claim, Position
from index.disputes.stance import Markers, Stance
from index.language.words import Span

_LONGEST_POSITION = 420


def contest_of(
    article: Article, claim: Claim, comment: Comment, stance: Stance, markers: Sequence[Markers]
) -> Contest:
    """Return the contest of a comment with a claim."""
    return Contest.of_comment(claim, position_of(article, comment, stance, markers), comment)


def position_of(
    article: Article, comment: Comment, stance: Stance, markers: Sequence[Markers]
) -> Position:
    """Return the words of a comment that take a stance, with what shows it."""
    span = _position_span(stance, [item.sentence for item in markers])
    return Position(
        start=span.start,
        end=span.end,
        text=span.of(article.text),
        passage=article.passage_at(span.start).label,
        speaker=None,
        author=(comment.author or "").strip() or None,
        relation=stance.relation,
        cue=stance.cue.of(article.text) if stance.cue else None,
    )


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
