"""The thread as a workbench: its comments searched, filtered, sorted and counted.

Filters are counted as they stand beside each other: each number says how many comments a
choice would leave, given all the other choices.
"""

import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.formats.as_csv import write_table
from assistant.locale.page import Words
from index.article import Article, Comment, whole_label
from index.disputes import Debate, Dispute
from index.language.detection import told_language
from page.rendering import cut

SORTS = ("thread", "newest", "oldest", "best", "worst", "answered", "disputed")
FILTERS = ("author", "stance", "claim", "argument", "language", "state")
ROWS_AT_ONCE = 50
_MOST_CHOICES = 100
_CLAIM = 70
_NOBODY = " "
"""Stands for comments without an author: no name is a space alone."""
_Taken = dict[str, dict[str, set[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a reader wants to see; `only` names comments by number, empty for all.

    `turned` are the comments whose replies are folded away, or, where `is_folded`, those alone
    whose replies are not: a thread of thousands is folded as a whole.
    """

    search: str = ""
    sort: str = "thread"
    chosen: Mapping[str, str]
    only: frozenset[str] = frozenset()
    is_folded: bool = False
    turned: frozenset[str] = frozenset()

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Wish":
        """Return what the query of an address asks for; what is unknown in it is left out."""
        return cls(
            search=query.get("search", "")[:200].strip().casefold(),
            sort=query.get("sort", "") if query.get("sort") in SORTS else "thread",
            chosen={name: query[name][:200] for name in FILTERS if query.get(name)},
            only=_numbers(query, "only"),
            is_folded=query.get("folded") == "all",
            turned=_numbers(query, "turned"),
        )

    @property
    def is_whole(self) -> bool:
        """Whether it is the thread as it stands that is wished for: replies can be folded away."""
        return not (self.search or self.chosen or self.only) and self.sort == "thread"

    def folds(self, number: str) -> bool:
        """Whether the replies to a comment are folded away."""
        return self.is_folded != (number in self.turned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A comment on the bench: `counts_as` holds its values of each filter.

    `above` are the numbers of the comments it answers, `below` counts all that follow from it.
    """

    comment: Comment
    text: str
    folded: str
    above: tuple[str, ...]
    replies: int
    below: int
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
    """All comments of an article, ready to be asked for; `arguments` by "claim.place"."""

    rows: tuple[Row, ...]
    claims: tuple[str, ...]
    arguments: Mapping[str, str]
    has_stances: bool

    def found(self, wish: Wish) -> list[Row]:
        """Return the comments a wish leaves, sorted, or the whole thread folded as wished."""
        if wish.is_whole:
            return [row for row in self.rows if not any(map(wish.folds, row.above))]
        return _sorted([row for row, missed in self._searched(wish) if not missed], wish.sort)

    def choices(self, wish: Wish, words: Words) -> dict[str, list[Choice]]:
        """Return the values of each filter with their numbers, of those that tell something."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
        for row, missed in self._searched(wish):
            # What only one filter keeps out would be left by another choice of that one.
            for name in missed if len(missed) == 1 else FILTERS * (not missed):
                counts[name].update(row.counts_as[name])
        if not {"claim", "argument"} & set(wish.chosen):
            del counts["argument"]  # of all claims they would be hundreds
        shown = {}
        for name, of_values in counts.items():
            chosen = wish.chosen.get(name)
            values = sorted(of_values, key=lambda value: (-of_values[value], value))
            if len(values) > 1 or chosen or (values and name in ("stance", "claim", "argument")):
                kept = values[:_MOST_CHOICES]
                kept += [chosen] if chosen and chosen not in kept else []
                shown[name] = [
                    Choice(value=v, name=self._named(name, v, words), number=of_values[v])
                    for v in (sorted(kept, key=_claim_number) if name == "claim" else kept)
                ]
        return shown

    def _searched(self, wish: Wish) -> Iterator[tuple[Row, list[str]]]:
        """Yield the comments that are searched for, each with the filters that keep it out."""
        for row in self.rows:
            if wish.only and row.comment.number not in wish.only:
                continue
            if wish.search in row.folded:
                chosen = wish.chosen.items()
                yield row, [name for name, value in chosen if value not in row.counts_as[name]]

    def _named(self, name: str, value: str, words: Words) -> str:
        if name == "author":
            return words("anonymous") if value == _NOBODY else value
        if name == "claim" and 0 < _claim_number(value) <= len(self.claims):
            return f"{value}. {cut(self.claims[int(value) - 1], _CLAIM)}"
        if name == "argument":
            return cut(self.arguments.get(value, value), _CLAIM)
        if name in ("stance", "state") and f"bench_{value}" in words.sentences:
            return words(f"bench_{value}")
        return value


def workbench(
    article: Article, disputes: Sequence[Dispute] = (), debate: Debate | None = None
) -> Workbench:
    """Return the bench of an article; without its debate no stances are known yet."""
    taken: _Taken = defaultdict(lambda: defaultdict(set))
    contested: Counter[str] = Counter()
    arguments = {}
    numbers = {(d.claim.start, d.claim.end): number for number, d in enumerate(disputes, 1)}
    below = Counter(number for comment in article.comments for number in _above(comment.number))
    for contention in debate.every() if debate is not None else ():
        number = numbers[contention.claim.start, contention.claim.end]
        contested[_comment(contention.claim.passage)] += contention.voices_against
        for place, argument in enumerate(contention.arguments, 1):
            key = f"{number}.{place}"
            arguments[key] = argument.position.text
            for position in argument.positions:
                takes = taken[_comment(position.passage)]
                takes["stance"].add(argument.side)
                takes["claim"].add(str(number))
                takes["argument"].add(key)
    return Workbench(
        rows=tuple(
            _row(comment, article, taken[comment.number], below, contested)
            for comment in article.comments
        ),
        claims=tuple(dispute.claim.text for dispute in disputes),
        arguments=arguments,
        has_stances=debate is not None,
    )


_FIELDS: Mapping[str, Callable[[Row], object]] = {
    "number": lambda row: row.comment.number,
    "author": lambda row: row.comment.author,
    "posted_at": lambda row: row.comment.posted_at and row.comment.posted_at.isoformat(),
    "score": lambda row: row.comment.score,
    "parent": lambda row: row.comment.parent,
    "replies": lambda row: row.replies,
    "deleted": lambda row: row.comment.deleted,
    "language": lambda row: min(row.counts_as["language"], default=None),
    "stances": lambda row: " ".join(sorted(row.counts_as["stance"])),
    "claims": lambda row: " ".join(sorted(row.counts_as["claim"], key=int)),
    "text": lambda row: row.text,
}
"""What is told of a comment to programs."""


def as_records(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return comments as they are told to programs."""
    return [{name: told(row) for name, told in _FIELDS.items()} for row in rows]


def as_csv(rows: Sequence[Row]) -> str:
    """Return comments as CSV; cells that a spreadsheet would run begin with an apostrophe."""
    written = io.StringIO()
    write_table(written, _FIELDS, (record.values() for record in as_records(rows)))
    return written.getvalue()


def _numbers(query: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(filter(None, query.get(name, "")[:20_000].split(",")))


def _above(number: str) -> tuple[str, ...]:
    """Return the numbers of the comments that one answers, the nearest last.

    >>> _above("4.1.2")
    ('4', '4.1')
    """
    parts = number.split(".")
    return tuple(".".join(parts[:depth]) for depth in range(1, len(parts)))


def _row(
    comment: Comment,
    article: Article,
    takes: Mapping[str, set[str]],
    below: Mapping[str, int],
    contested: Mapping[str, int],
) -> Row:
    text = " ".join((comment.text or "").split())
    languages = frozenset({told_language(text) or article.language}) if text else frozenset()
    kinds = {"reply" if comment.parent else "opening", *(["deleted"] if comment.deleted else [])}
    return Row(
        comment=comment,
        text=text,
        folded=f"{comment.number} {comment.author or ''} {text}".casefold(),
        above=_above(comment.number),
        replies=len(article.replies(comment.number)),
        below=below[comment.number],
        contested=contested[comment.number],
        counts_as={
            "author": frozenset({comment.author or _NOBODY}),
            "stance": frozenset(takes["stance"] or ({"neither"} if text else ())),
            "claim": frozenset(takes["claim"]),
            "argument": frozenset(takes["argument"]),
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


def _comment(passage: str) -> str:
    """Return the number of a passage's comment, empty for the article's."""
    return whole_label(passage)[1:] if passage.startswith("C") else ""


def _claim_number(value: str) -> int:
    return int(value) if value.isdecimal() else 0
