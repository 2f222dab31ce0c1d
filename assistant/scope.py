"""The pages an assistant answers from: one article, or those of a library that a filter leaves."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

from assistant.errors import AssistantError
from index.article import Article
from index.errors import ArticleError
from index.language.words import fold, spaced_words
from index.library.article_index import ArticleIndex, Evidence
from index.library.search import LibrarySearch

_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Which articles of a library are asked; what is None leaves all.

    `since` and `until` are days of publication, both included; `language` is an ISO 639-1 code;
    outlet and author are held by a part of the name: "Ferris" is Jane Ferris. `tag` is one that
    was given to the article when it was added.
    """

    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    since: date | None = None
    until: date | None = None
    tag: str | None = None

    def holds(self, article: "Listed") -> bool:
        """Whether an article is one of those asked."""
        day = article.published_at.date() if article.published_at else None
        return (
            _names(self.outlet, article.outlet)
            and _names(self.author, article.author)
            and self.language in (None, article.language)
            and (self.since is None or (day is not None and day >= self.since))
            and (self.until is None or (day is not None and day <= self.until))
        )


def _names(asked: str | None, name: str | None) -> bool:
    return asked is None or (name is not None and spaced_words(asked) in spaced_words(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a library's article says of itself."""

    id: str
    title: str | None
    outlet: str | None
    author: str | None
    language: str
    published_at: datetime | None

    @classmethod
    def of(cls, article: Article) -> "Listed":
        """Return what an article says of itself."""
        return cls(
            id=article.id,
            title=article.title,
            outlet=article.outlet,
            author=article.author,
            language=article.language,
            published_at=article.published_at,
        )


def newness(article: Article | Listed) -> datetime:
    """Return what articles are sorted by, the newest last; one without a date is the oldest."""
    moment = article.published_at or _EARLIEST
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Pages:
    """The page of one article; without one, those of the articles of the library."""

    def __init__(
        self,
        library_search: LibrarySearch,
        *,
        article: Article | None,
        only: ArticleFilter | None = None,
    ) -> None:
        self._library_search = library_search
        self._article = article
        self._filter = only
        self._listed: dict[str, tuple[str, Listed]] = {}

    @property
    def is_library(self) -> bool:
        """Whether they are those of a whole library."""
        return self._article is None

    @property
    def article(self) -> Article:
        """The one article.

        Raises:
            AssistantError: These are the pages of a whole library.
        """
        if self._article is None:
            raise AssistantError("this needs one article; open it: Assistant.open(source)")
        return self._article

    @property
    def only(self) -> ArticleIndex:
        """The page of the one article; raises like `article`."""
        return self._library_search.pages.open(self.article)

    def all(self, further: ArticleFilter | None = None) -> Iterator[ArticleIndex]:
        """Yield every page that can be read and that the filters leave."""
        if self._article is not None:
            yield self.only
        elif self._filter is None and further is None:
            yield from self.of(self._library_search.library.ids())
        else:
            yield from self.of(listed.id for listed in self.listed(further))

    def of(self, ids: Iterable[str]) -> Iterator[ArticleIndex]:
        """Yield the pages of some articles of the library that can be read."""
        for article_id in ids:
            with suppress(ArticleError):
                yield self._library_search.pages.current(article_id)

    def listed(self, further: ArticleFilter | None = None) -> tuple[Listed, ...]:
        """Return the articles of the library that the filters leave, newest first."""
        library = self._library_search.library
        versions = library.versions()
        for article_id, version in versions.items():
            if self._listed.get(article_id, ("",))[0] != version:
                with suppress(ArticleError):
                    listed = Listed.of(library.article(article_id))
                    self._listed[article_id] = (version, listed)
        found = [self._listed[key][1] for key in versions if key in self._listed]
        filters = [each for each in (self._filter, further) if each is not None]
        kept = [listed for listed in found if all(each.holds(listed) for each in filters)]
        for tag in [each.tag for each in filters if each.tag is not None]:
            kept = [one for one in kept if fold(tag) in map(fold, library.tags(one.id))]
        return tuple(sorted(kept, key=newness, reverse=True))

    def tags(self) -> frozenset[str]:
        """Return the tags that articles of the library were given."""
        library = self._library_search.library
        return frozenset(tag for article_id in library.ids() for tag in library.tags(article_id))

    def candidates(self, question: str) -> Iterator[ArticleIndex]:
        """Yield the pages that may answer a question, the likeliest first."""
        if self._article is not None:
            yield self.only
            return
        if self._filter is None:
            yield from self._library_search.candidates(question)
        else:
            yield from self.all()

    def search(self, question: str, *, limit: int) -> tuple[Evidence, ...]:
        """Return the passages closest to a question on all pages, best first."""
        if self._article is not None:
            return self.only.search(question, limit=limit)
        if self._filter is None:
            return self._library_search.search(question, limit=limit)
        found = [item for page in self.all() for item in page.search(question, limit=limit)]
        return tuple(sorted(found, key=lambda item: -item.similarity)[:limit])
