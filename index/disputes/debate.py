"""The debate of a page as a small tree: claims, the arguments on each, and their voices.

What the article says comes first, the most voices first; a quarrel among readers hangs under
the claim that its first words are about, or stands apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.article import Article
from index.disputes.arguments import (
    Argument,
    arguments_of,
    comment_number,
    supporters_of,
)
from index.disputes.dispute import Agreement, Claim, Dispute
from index.disputes.features import WordVectors
from index.disputes.stance import read_markers, stance_of
from index.language.detection import told_language
from index.language.dispute_words import vocabulary

_OPENING = 240
"""Characters of a comment in which a stand on something is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contention:
    """A contested claim with the arguments on it and the quarrels that grew from these."""

    claim: Claim
    arguments: tuple[Argument, ...]
    voices_against: int
    voices_for: int
    quarrels: tuple["Contention", ...] = ()

    @property
    def voices(self) -> int:
        """Distinct people on either side."""
        return self.voices_against + self.voices_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Debate:
    """What a page and its readers argue about.

    `claims` are the article's; `among_readers` are quarrels about something else.
    `comments_read` were read, `comments_placed` of them take a position on a claim that is
    known, and `comments_unplaced` show a stand whose claim was not found.
    """

    claims: tuple[Contention, ...]
    among_readers: tuple[Contention, ...]
    comments_read: int
    comments_placed: int
    comments_unplaced: int

    def every(self) -> Iterator[Contention]:
        """Yield every contention, a quarrel behind the one it grew from."""
        waiting = [*self.claims, *self.among_readers][::-1]
        while waiting:
            yield (contention := waiting.pop())
            waiting.extend(contention.quarrels[::-1])


def debate_of(
    article: Article,
    disputes: Sequence[Dispute],
    agreements: Sequence[Agreement],
    *,
    encoder: WordVectors | None = None,
) -> Debate:
    """Return the debate that the disputes and agreements of a page make up; see `arguments_of`."""
    supporters = supporters_of(disputes, agreements)
    contentions = [
        Contention(
            claim=dispute.claim,
            arguments=arguments_of(dispute, article, supporters, encoder),
            voices_against=dispute.voices_against,
            voices_for=dispute.voices_for,
        )
        for dispute in disputes
    ]
    placed = _placed(disputes, agreements)
    live = article.live_comments()
    hung = _hung(contentions)
    return Debate(
        claims=_ranked([c for c in hung if not c.claim.passage.startswith("C")]),
        among_readers=_ranked([c for c in hung if c.claim.passage.startswith("C")]),
        comments_read=len(live),
        comments_placed=len(placed),
        comments_unplaced=sum(
            comment.number not in placed and _takes_a_stand(article, comment.own_spans())
            for comment in live
        ),
    )


def by_prominence(disputes: Sequence[Dispute]) -> list[Dispute]:
    """Return what the article says before quarrels of readers, the most voices first."""
    return sorted(
        disputes,
        key=lambda d: (d.claim.passage.startswith("C"), -d.voices_against, d.claim.start),
    )


def _hung(contentions: Sequence[Contention]) -> list[Contention]:
    """Return the contentions with every quarrel under the one that its claim argues on.

    Linear: each claim in a comment is looked up once among the comments that take positions.
    """
    argued = {
        comment_number(position.passage): place
        for place, contention in enumerate(contentions)
        for argument in contention.arguments
        for position in argument.positions
        if position.passage.startswith("C")
    }
    children: dict[int, list[int]] = {}
    roots: list[int] = []
    for place, contention in enumerate(contentions):
        passage = contention.claim.passage
        above = argued.get(comment_number(passage)) if passage.startswith("C") else None
        # subtle: what stands earlier on the page is never below what stands later, so no circle.
        if above is None or contentions[above].claim.start >= contention.claim.start:
            roots.append(place)
        else:
            children.setdefault(above, []).append(place)
    whole: dict[int, Contention] = {}
    for place in sorted(range(len(contentions)), key=lambda p: -contentions[p].claim.start):
        below = [whole[child] for child in children.get(place, ())]
        whole[place] = replace(contentions[place], quarrels=_ranked(below))
    return [whole[place] for place in roots]


def _ranked(contentions: Sequence[Contention]) -> tuple[Contention, ...]:
    """Return the most voices first; of as many, the headline and what stands first."""
    return tuple(sorted(contentions, key=lambda c: (-c.voices, c.claim.start)))


def _placed(disputes: Sequence[Dispute], agreements: Sequence[Agreement]) -> frozenset[str]:
    positions = [p for d in disputes for p in (*d.contested_by, *d.supported_by)]
    positions += [p for agreement in agreements for p in agreement.positions]
    return frozenset(comment_number(p.passage) for p in positions if p.passage.startswith("C"))


def _takes_a_stand(article: Article, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the words of a comment object or agree, whatever to."""
    spans = [(start, min(end, start + _OPENING)) for start, end in spans[:1]]
    words = " ".join(article.text[start:end] for start, end in spans)
    known = vocabulary(told_language(words) or article.language)
    return stance_of(read_markers(article.text, spans, known), known) is not None
