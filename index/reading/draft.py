"""What a reader hands over: the parts of an article in order, before there are offsets.

Every module of `index.reading` turns one kind of source into an `ArticleDraft`;
`index.reading.building` makes the one `Article` out of it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphDraft:
    """One paragraph of the body; a `quotation` is set off and holds its attribution line."""

    text: str
    kind: Literal["paragraph", "quotation"] = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentDraft:
    """One comment. `depth` counts from 0; a reply follows its parent in the thread.

    `key` and `parent_key` are the source's own ids, where it has them: then they decide the
    nesting and `depth` is ignored. `quoted` holds the parts of `text`, verbatim and in
    order, that the source itself marks as the words of somebody else.
    """

    text: str | None
    depth: int = 0
    key: str | None = None
    parent_key: str | None = None
    author: str | None = None
    posted_at: datetime | None = None
    posted_at_text: str | None = None
    score: int | None = None
    deleted: bool = False
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDraft:
    """An article as one reader understood it; `warnings` are sentences fit to show.

    `removed` counts the invisible characters in the source, where a reader takes them out itself.
    """

    title: str | None
    paragraphs: tuple[ParagraphDraft, ...]
    comments: tuple[CommentDraft, ...] = ()
    language: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    reported_comment_count: int | None = None
    warnings: tuple[str, ...] = ()
    removed: int = 0
