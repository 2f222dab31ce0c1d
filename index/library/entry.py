"""What the list of a library says of an article."""

from dataclasses import dataclass
from datetime import UTC, datetime

from index.article import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article of the library, as its manifest describes it; counts are of this version.

    `name` and `tags` are what a user calls it by.
    """

    id: str
    version: str
    title: str | None
    language: str
    url: str | None
    passages: int
    comments: int
    added_at: datetime
    outlet: str | None = None
    published_at: datetime | None = None
    name: str = ""
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, article: Article) -> "Entry":
        """Return the entry of an article that is stored now."""
        return cls(
            id=article.id,
            version=article.version,
            title=article.title,
            language=article.language,
            url=article.url,
            passages=len(article.passages),
            comments=len(article.live_comments()),
            added_at=datetime.now(UTC),
            outlet=article.outlet,
            published_at=article.published_at,
        )
