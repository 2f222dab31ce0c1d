"""The thread as a workbench: its comments searched, filtered, sorted and counted.

Filters are counted as they stand beside each other: each number says how many comments a
choice would leave, given all the other choices.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.locale.page import Words
from index.article import Article, Comment
from index.disputes import Dispute, Position
from index.language.detection import told_language
from page.rendering import cut

SORTS = ("thread", "newest", "oldest", "best", "worst", "answered", "disputed")
FILTERS = ("author", "stance", "claim", "language", "state")
ROWS_AT_ONCE = 50
_MOST_CHOICES = 300
_CLAIM = 70
_FIELDS = (
    *("number", "author", "posted_at", "score", "parent", "replies"),
    *("deleted", "language", "stances", "claims", "text"),
)
_NOBODY = " "
"""Stands for comments without an author: no name is a space alone."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a reader wants to see; `only` names comments by number, empty for all."""

    search: str = ""
    sort: str = "thread"
    chosen: Mapping[str, str]
    only: frozenset[str] = frozenset()

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Wish":
        """Return what the query of an address asks for; what is unknown in it is left out."""
        return cls(
            search=query.get("search", "")[:200].strip().casefold(),
            sort=query.get("sort", "") if query.get("sort") in SORTS else "thread",
            chosen={name: query[name][:200] for name in FILTERS if query.get(name)},
            only=frozenset(filter(None, query.get("only", "")[:20_000].split(","))),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A comment on the bench: `is` holds, for each filter, what it counts as."""

    comment: Comment
    text: str
    folded: str
    replies: int
    contested: int
    counts_as: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a filter, how it is called, and how many comments it leaves."""

    value: str
    name: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """All comments of an article, ready to be asked for."""

    rows: tuple[Row, ...]
    claims: tuple[str, ...]
    has_stances: bool

    def found(self, wish: Wish, *, without: str = "") -> list[Row]:
        """Return the comments a wish leaves, sorted; one filter may be left out of it."""
        wanted = {name: value for name, value in wish.chosen.items() if name != without}
        rows = [
            row
            for row in self.rows
            if (not wish.only or row.comment.number in wish.only)
            and (not wish.search or wish.search in row.folded)
            and all(value in row.counts_as[name] for name, value in wanted.items())
        ]
        return rows if without else _sorted(rows, wish.sort)

    def choices(self, wish: Wish, words: Words) -> dict[str, list[Choice]]:
        """Return the values of each filter with their numbers, of those that tell something."""
        shown = {}
        for name in FILTERS:
            counts = Counter(
                value for row in self.found(wish, without=name) for value in row.counts_as[name]
            )
            values = sorted(counts, key=lambda value: (-counts[value], value))
            if name == "claim":
                values.sort(key=int)
            chosen = wish.chosen.get(name)
            if len(values) > 1 or chosen or (values and name in ("stance", "claim")):
                kept = values[:_MOST_CHOICES]
                kept += [chosen] if chosen and chosen not in kept else []
                shown[name] = [
                    Choice(value=v, name=self._named(name, v, words), number=counts[v])
                    for v in kept
                ]
        return shown

    def _named(self, name: str, value: str, words: Words) -> str:
        if name == "author":
            return words("anonymous") if value == _NOBODY else value
        if name == "claim" and value.isdigit() and 0 < int(value) <= len(self.claims):
            return f"{value}. {cut(self.claims[int(value) - 1], _CLAIM)}"
        if name in ("stance", "state") and f"bench_{value}" in words.sentences:
            return words(f"bench_{value}")
        return value


def workbench(article: Article, disputes: Sequence[Dispute] | None) -> Workbench:
    """Return the bench of an article; None for disputes that are not known yet."""
    stances: dict[str, dict[str, set[str]]] = {}
    contested: Counter[str] = Counter()
    for number, dispute in enumerate(disputes or (), 1):
        claimed_in = _comment_number(dispute.claim.passage)
        if claimed_in:
            contested[claimed_in] += dispute.voices_against
        sides: tuple[tuple[str, Sequence[Position]], ...] = (
            ("against", dispute.contested_by),
            ("for", dispute.supported_by),
        )
        for side, positions in sides:
            for position in positions:
                taken = stances.setdefault(_comment_number(position.passage), {})
                taken.setdefault("stance", set()).add(side)
                taken.setdefault("claim", set()).add(str(number))
    return Workbench(
        rows=tuple(
            _row(comment, article, stances.get(comment.number, {}), contested[comment.number])
            for comment in article.comments
        ),
        claims=tuple(dispute.claim.text for dispute in disputes or ()),
        has_stances=disputes is not None,
    )


def as_csv(rows: Sequence[Row]) -> str:
    """Return comments as CSV; cells that a spreadsheet would run begin with an apostrophe."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(_FIELDS)
    for record in as_records(rows):
        table.writerow(
            [
                "'" + v if isinstance(v, str) and v.startswith(_FORMULA) else v
                for v in record.values()
            ]
        )
    return written.getvalue()


def as_records(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return comments as they are told to programs."""
    return [
        {
            "number": row.comment.number,
            "author": row.comment.author,
            "posted_at": row.comment.posted_at.isoformat() if row.comment.posted_at else None,
            "score": row.comment.score,
            "parent": row.comment.parent,
            "replies": row.replies,
            "deleted": row.comment.deleted,
            "language": min(row.counts_as["language"], default=None),
            "stances": " ".join(sorted(row.counts_as["stance"])),
            "claims": " ".join(sorted(row.counts_as["claim"], key=int)),
            "text": row.text,
        }
        for row in rows
    ]


def _row(comment: Comment, article: Article, taken: Mapping[str, set[str]], contested: int) -> Row:
    text = " ".join((comment.text or "").split())
    languages = frozenset({told_language(text) or article.language}) if text else frozenset()
    kinds = {"reply" if comment.parent else "opening", *(["deleted"] if comment.deleted else [])}
    return Row(
        comment=comment,
        text=text,
        folded=f"{comment.number} {comment.author or ''} {text}".casefold(),
        replies=len(article.replies(comment.number)),
        contested=contested,
        counts_as={
            "author": frozenset({comment.author or _NOBODY}),
            "stance": frozenset(taken.get("stance", {"neither"} if text else ())),
            "claim": frozenset(taken.get("claim", ())),
            "language": languages,
            "state": frozenset(kinds),
        },
    )


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    if sort in ("newest", "oldest"):
        timed = [row for row in rows if row.comment.posted_at]
        timed.sort(key=lambda row: row.comment.posted_at, reverse=sort == "newest")  # type: ignore[arg-type, return-value]
        return timed + [row for row in rows if not row.comment.posted_at]
    by = {
        "best": lambda row: -(row.comment.score or 0),
        "worst": lambda row: row.comment.score or 0,
        "answered": lambda row: -row.replies,
        "disputed": lambda row: -row.contested,
    }
    return sorted(rows, key=by[sort]) if sort in by else rows


def _comment_number(label: str) -> str:
    return label[1:].split("~")[0] if label.startswith("C") else ""
