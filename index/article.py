"""An article with its reader comments, as published: text, and spans that point into it.

Everything else in the project points into `Article.text`. Making an article from a
file is the work of `index.reading`; storing it that of `index.library.library`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

Source = Literal["article", "comment"]
PassageKind = Literal["title", "paragraph", "quotation", "comment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of one source, the unit that is retrieved and cited.

    `label` is `A0` for the title, `A1`, `A2` ... for the body, `C5.1` for a comment;
    `~2` is appended to the second part of a long one. `start` and `end` are characters
    of `Article.text`, half-open, and `article.text[start:end] == text`.
    """

    label: str
    source: Source
    kind: PassageKind
    start: int
    end: int
    text: str


def whole_label(label: str) -> str:
    """Return the label without its part of a long comment or paragraph.

    >>> whole_label("C3.1~2"), whole_label("A4")
    ('C3.1', 'A4')
    """
    return label.partition("~")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedWords:
    """Words inside a comment that were first written elsewhere on the page.

    `passage` is the label of the passage they come from, or None where it was not found.
    """

    start: int
    end: int
    passage: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A reader's comment. `number` is a path: `5.1` is the first reply to `5`.

    A deleted comment has no words: `start`, `end` and `text` are None. The span holds
    the whole comment; the parts of it that repeat words of others are `quoted`.
    `posted_at` is aware, UTC where the page names no zone; `posted_at_text` is as written.
    """

    number: str
    author: str | None
    posted_at: datetime | None
    posted_at_text: str | None
    score: int | None
    deleted: bool
    parent: str | None
    start: int | None
    end: int | None
    text: str | None
    quoted: tuple[QuotedWords, ...] = ()

    @property
    def label(self) -> str:
        """The label of the comment's (first) passage."""
        return f"C{self.number}"

    @property
    def quotes(self) -> tuple[str, ...]:
        """Labels of the passages the comment quotes, in the order of quoting, each once."""
        return tuple(dict.fromkeys(words.passage for words in self.quoted if words.passage))

    def own_spans(self) -> tuple[tuple[int, int], ...]:
        """The spans of the comment's own words: all of it but what it quotes."""
        if self.start is None or self.end is None:
            return ()
        spans, position = [], self.start
        for words in self.quoted:
            if position < words.start:
                spans.append((position, words.start))
            position = max(position, words.end)
        if position < self.end:
            spans.append((position, self.end))
        return tuple(spans)


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article and its thread.

    `text` is canonical: the title, the body and the bodies of the comments, parted by
    blank lines, and nothing else; NFC, `\\n`, runs of spaces folded. `id` comes from
    `source_key`, `version` from the content. `reported_comment_count` is what the page
    claims, which may differ from what could be read. `warnings` say what could not.
    """

    id: str
    version: str
    source_key: str
    title: str | None
    language: str
    outlet: str | None
    author: str | None
    published_at: datetime | None
    url: str | None
    text: str
    reported_comment_count: int | None = None
    passages: tuple[Passage, ...]
    comments: tuple[Comment, ...]
    warnings: tuple[str, ...] = ()

    @cached_property
    def _passages_by_label(self) -> dict[str, Passage]:
        return {passage.label: passage for passage in self.passages}

    @cached_property
    def _comments_by_number(self) -> dict[str, Comment]:
        return {comment.number: comment for comment in self.comments}

    @cached_property
    def _replies_by_number(self) -> dict[str, tuple[Comment, ...]]:
        replies: dict[str, list[Comment]] = {}
        for comment in self.comments:
            if comment.parent is not None:
                replies.setdefault(comment.parent, []).append(comment)
        return {number: tuple(items) for number, items in replies.items()}

    def passage(self, label: str) -> Passage:
        """Return the passage with that label.

        Raises:
            KeyError: The article has no such passage.
        """
        return self._passages_by_label[label]

    def comment(self, number: str) -> Comment:
        """Return the comment with that number.

        Raises:
            KeyError: The article has no such comment.
        """
        return self._comments_by_number[number]

    def has_comment(self, number: str) -> bool:
        """Whether there is a comment with that number, deleted ones included."""
        return number in self._comments_by_number

    def comment_of(self, passage: Passage) -> Comment | None:
        """Return the comment a passage belongs to, None for passages of the article."""
        if passage.source == "article":
            return None
        return self._comments_by_number[whole_label(passage.label)[1:]]

    def replies(self, number: str) -> tuple[Comment, ...]:
        """Return the direct replies to a comment, in the order of the page."""
        return self._replies_by_number.get(number, ())

    def passage_at(self, position: int) -> Passage:
        """Return the passage that holds a character, or the one before the gap it lies in.

        Raises:
            IndexError: The article has no passage.
        """
        low, high = 0, len(self.passages) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.passages[middle].start <= position:
                low = middle
            else:
                high = middle - 1
        return self.passages[low]

    def body(self) -> Iterator[Passage]:
        """Yield the passages of the article itself, title first, without the comments."""
        return (passage for passage in self.passages if passage.source == "article")

    def live_comments(self) -> tuple[Comment, ...]:
        """Return the comments that were not deleted, in the order of the page."""
        return tuple(comment for comment in self.comments if not comment.deleted)
