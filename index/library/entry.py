"""What the list of a library says of an article."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

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
    def from_facts(cls, facts: Mapping[str, Any], **known: Any) -> "Entry":
        """Return the entry that facts of a manifest tell, with what is known besides.

        Raises:
            KeyError: A fact is missing.
        """
        published = facts.get("published_at")
        return cls(
            **{name: facts[name] for name in ("title", "language", "url", "passages", "comments")},
            added_at=datetime.fromisoformat(facts["added_at"]),
            outlet=facts.get("outlet"),
            published_at=datetime.fromisoformat(published) if published else None,
            **known,
        )


def facts_of(article: Article) -> dict[str, Any]:
    """Return what the manifest of an article that is stored now says of it."""
    return {
        "title": article.title,
        "language": article.language,
        "url": article.url,
        "outlet": article.outlet,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "passages": len(article.passages),
        "comments": len(article.live_comments()),
        "added_at": datetime.now(UTC).isoformat(),
    }
