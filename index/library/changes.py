"""What changed between two versions of an article: passages, quotations, numbers, comments.

Passages are compared as text, not by label, so that a new paragraph in the middle does not
make all later ones new. How a page is read again is the work of `index.library.library`.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz

from index.article import Article, Comment, Passage
from index.language.numbers import numbers
from index.language.quotation_marks import quotations
from index.language.words import fold

Item = TypeVar("Item")

_ALIKE = 60.0
_MOST_PAIRS = 20_000
_COMPARED = 4_000
_SHORTEST_QUOTATION = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedPassage:
    """A passage that is in both versions in different words; labels of each version."""

    old_label: str
    new_label: str
    old_text: str
    new_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedComment:
    """A comment that is in both versions; `deleted` if only its place is left."""

    old_number: str
    new_number: str
    author: str | None
    old_text: str
    new_text: str | None
    deleted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a newer version of an article has and an older one has not, and the reverse.

    Passages and comments are those of the version that has them. Quotations and numbers are
    as written in the article itself, each once, in the order of the text.
    """

    title_changed: bool = False
    passages_added: tuple[Passage, ...] = ()
    passages_removed: tuple[Passage, ...] = ()
    passages_edited: tuple[EditedPassage, ...] = ()
    quotations_added: tuple[str, ...] = ()
    quotations_removed: tuple[str, ...] = ()
    numbers_added: tuple[str, ...] = ()
    numbers_removed: tuple[str, ...] = ()
    comments_added: tuple[Comment, ...] = ()
    comments_removed: tuple[Comment, ...] = ()
    comments_edited: tuple[EditedComment, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed at all."""
        return any(getattr(self, name) for name in self.__slots__)

    def summary(self) -> str:
        """Return one line that counts the changes, "nothing changed" where there are none.

        >>> Changes().summary()
        'nothing changed'
        """
        counts = (
            (len(self.passages_added), "passage", "new"),
            (len(self.passages_edited), "passage", "edited"),
            (len(self.passages_removed), "passage", "gone"),
            (len(self.quotations_added), "quotation", "new"),
            (len(self.quotations_removed), "quotation", "gone"),
            (len(self.numbers_added), "number", "new"),
            (len(self.numbers_removed), "number", "gone"),
            (len(self.comments_added), "comment", "new"),
            (len(self.comments_edited), "comment", "edited or deleted"),
            (len(self.comments_removed), "comment", "gone"),
        )
        said = ["title changed"] if self.title_changed else []
        said += [f"{n} {thing}{'s' * (n != 1)} {what}" for n, thing, what in counts if n]
        return ", ".join(said) or "nothing changed"


def compare(old: Article, new: Article) -> Changes:
    """Return what changed from an older to a newer version of an article."""
    old_body = [passage for passage in old.body() if passage.kind != "title"]
    new_body = [passage for passage in new.body() if passage.kind != "title"]
    gone = _left_over(old_body, new_body, key=lambda passage: passage.text)
    fresh = _left_over(new_body, old_body, key=lambda passage: passage.text)
    edited = _alike([p.text for p in gone], [p.text for p in fresh])
    comments_added, comments_removed, comments_edited = _compare_comments(old, new)
    old_quotes, new_quotes = _quotations(old), _quotations(new)
    old_numbers, new_numbers = _numbers(old), _numbers(new)
    paired_old, paired_new = {pair[0] for pair in edited}, {pair[1] for pair in edited}
    return Changes(
        title_changed=old.title != new.title,
        passages_added=tuple(p for at, p in enumerate(fresh) if at not in paired_new),
        passages_removed=tuple(p for at, p in enumerate(gone) if at not in paired_old),
        passages_edited=tuple(
            EditedPassage(
                old_label=gone[before].label,
                new_label=fresh[after].label,
                old_text=gone[before].text,
                new_text=fresh[after].text,
            )
            for before, after in edited
        ),
        quotations_added=_missing(new_quotes, old_quotes),
        quotations_removed=_missing(old_quotes, new_quotes),
        numbers_added=_missing(new_numbers, old_numbers),
        numbers_removed=_missing(old_numbers, new_numbers),
        comments_added=comments_added,
        comments_removed=comments_removed,
        comments_edited=comments_edited,
    )


def _left_over(
    items: Sequence[Item], others: Sequence[Item], *, key: Callable[[Item], Hashable]
) -> list[Item]:
    """Return the items whose key the other side lacks, as often as it lacks it."""
    there = Counter(map(key, others))
    left = []
    for item in items:
        if there[key(item)] > 0:
            there[key(item)] -= 1
        else:
            left.append(item)
    return left


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return which old text became which new one, the most alike first, each at most once.

    Positions count from 0. Of very many texts only neighbours are compared.
    """
    reach = len(new) if len(old) * len(new) <= _MOST_PAIRS else _MOST_PAIRS // max(1, len(old))
    scored = []
    for before, old_text in enumerate(old):
        for after in range(max(0, before - reach), min(len(new), before + reach + 1)):
            score = fuzz.ratio(old_text[:_COMPARED], new[after][:_COMPARED], score_cutoff=_ALIKE)
            if score >= _ALIKE:
                scored.append((-score, before, after))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, before, after in sorted(scored):
        if before not in pairs and after not in taken:
            pairs[before] = after
            taken.add(after)
    return sorted(pairs.items())


def _compare_comments(
    old: Article, new: Article
) -> tuple[tuple[Comment, ...], tuple[Comment, ...], tuple[EditedComment, ...]]:
    """Return the comments that appeared, those that vanished, and those edited or deleted.

    The same author and words make the same comment, wherever it stands now. What is left is
    paired by author and time, then by author and likeness; a deleted place without a name is
    paired by its number.
    """
    before, now = tuple(old.live_comments()), tuple(new.live_comments())
    fresh = _left_over(now, before, key=lambda comment: (comment.author, comment.text))
    gone = _left_over(before, now, key=lambda comment: (comment.author, comment.text))
    edited: list[EditedComment] = []
    for comment in tuple(gone):
        after = _now(comment, fresh)
        if after is not None:
            fresh.remove(after)
        else:
            after = _deleted_place(comment, new)
        if after is not None:
            gone.remove(comment)
            edited.append(
                EditedComment(
                    old_number=comment.number,
                    new_number=after.number,
                    author=comment.author,
                    old_text=comment.text or "",
                    new_text=after.text,
                    deleted=after.deleted,
                )
            )
    return tuple(fresh), tuple(gone), tuple(edited)


def _now(comment: Comment, fresh: Sequence[Comment]) -> Comment | None:
    same_author = [other for other in fresh if other.author == comment.author]
    if comment.author is not None and comment.posted_at is not None:
        for other in same_author:
            if other.posted_at == comment.posted_at:
                return other
    texts = [other.text or "" for other in same_author]
    pairs = _alike([comment.text or ""], texts)
    return same_author[pairs[0][1]] if pairs else None


def _deleted_place(comment: Comment, new: Article) -> Comment | None:
    for other in new.comments:
        if not other.deleted:
            continue
        if other.author is not None and other.author == comment.author:
            if other.posted_at == comment.posted_at and comment.posted_at is not None:
                return other
        elif other.author is None and other.number == comment.number:
            return other
    return None


def _quotations(article: Article) -> dict[str, str]:
    """Return what stands in quotation marks, as written, by its folded words."""
    found = (article.text[q.start : q.end] for q in quotations(article.text, tuple(article.body())))
    return {fold(words): words for words in found if len(words) >= _SHORTEST_QUOTATION}


def _numbers(article: Article) -> dict[str, str]:
    """Return the numbers as written, by what they are worth: "4 500" and "4,500" are one."""
    return {
        f"{number.key} {number.unit}": " ".join(passage.text[number.start : number.end].split())
        for passage in tuple(article.body())
        for number in numbers(passage.text, article.language)
    }


def _missing(own: dict[str, str], others: dict[str, str]) -> tuple[str, ...]:
    return tuple(shown for key, shown in own.items() if key not in others)
