"""From what the user names to an article of the library: read once, recognised afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import Article
from index.errors import UnreadableArticleError
from index.library.library import Library
from index.reading import read_articles, read_bytes, read_text
from index.reading.exports import export_files

if TYPE_CHECKING:
    from index.reading.network.web import FetchedPage

_MAY_HOLD_MANY = (".gz", ".json", ".jsonl", ".xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file to be read; `body` is the article's own file where this one holds its comments."""

    file: Path
    body: Path | None = None


def take_in(source: str | Path | Article, library: Library) -> Article:
    """Return the article that is meant, stored in the library.

    Args:
        source: A path, an address, the id of an article of the library, or an article.
        library: Where it is stored. The same bytes of the same file are not read twice.

    Raises:
        UnreadableArticleError: There is no article in it.
        UnsafeAddressError: An address that is not fetched.
        ArticleError: The library cannot be read or written.
    """
    if isinstance(source, Article):
        library.publish(source, source=source.text.encode("utf-8", "replace"))
        return source
    name = str(source)
    page = fetched(name)
    if page is not None:
        return take_in_page(page, library)
    path = _as_path(name)
    if path is not None and path.is_file():
        return _from_file(path, library)
    if name in library.ids():
        return library.article(name)
    raise UnreadableArticleError(
        f"there is no file {name!r} and no article of that id in the library; "
        "give a path, an address, or an id from: assistant list"
    )


def fetched(name: str) -> "FetchedPage | None":
    """Return the page at an address; None where no address is named, and nothing is fetched.

    Raises:
        UnsafeAddressError: An address that is not fetched.
    """
    if not _is_address(name):
        return None
    from index.reading.network.web import fetch

    return fetch(name)


def expanded(
    source: str | Path | Article, library: Library, *, body: str | Path | None
) -> Iterator[Unread | Article]:
    """Yield what there is to add: files not read yet, and articles that are.

    Args:
        source: What `take_in` takes, or a folder, a pattern, or an export with many articles.
        library: Where what is read here is stored.
        body: The file of the article, for an export that holds only its comments.

    Raises:
        ArticleError: There is nothing, or it cannot be read.
    """
    files = () if isinstance(source, Article) else _files(str(source))
    if not files:
        yield take_in(source, library)
    for file in files:
        unread = Unread(file=file, body=Path(body) if body is not None else None)
        if body is None and file.suffix.lower() not in _MAY_HOLD_MANY:
            yield unread
            continue
        articles = read_articles(file, body=body)
        if len(articles) == 1:
            yield unread
        else:
            yield from articles


def take_in_text(text: str, library: Library) -> Article:
    """Return the article read from pasted text, stored in the library.

    Raises:
        UnreadableArticleError: There is no article in it.
        ArticleError: The library cannot be written.
    """
    article = read_text(text)
    library.publish(article, source=text.encode("utf-8", "replace"))
    return article


def take_in_page(page: "FetchedPage", library: Library) -> Article:
    """Return the article of a page that was fetched, stored in the library.

    Raises:
        UnreadableArticleError: There is no article in it.
        ArticleError: The library cannot be written.
    """
    article = read_bytes(page.data, source_key=page.url, url=page.url, charset=page.charset)
    library.publish(article, source=page.data, suffix=".html")
    return article


def read_file(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UnreadableArticleError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableArticleError(f"cannot read {path}: {error.strerror}") from error


def origin_of(path: Path) -> str:
    """Return the name under which the library remembers what it read from a file."""
    return f"file:{path.resolve()}"


def _from_file(path: Path, library: Library) -> Article:
    content, origin = read_file(path), origin_of(path)
    known = library.known_reading(origin, content)
    if known is not None:
        return known
    article = read_bytes(content, source_key=origin)
    library.publish(article, source=content, suffix=path.suffix or ".txt")
    library.remember_reading(origin, content, article)
    return article


def _files(name: str) -> tuple[Path, ...]:
    """Return the files a name stands for, none where it is no path at all."""
    path = None if _is_address(name) else _as_path(name)
    if path is None:
        return ()
    if path.is_file():
        return (path,)
    is_pattern = any(character in name for character in "*?[")
    try:
        return export_files(path) if path.is_dir() or is_pattern else ()
    except (OSError, ValueError):
        return ()


def _as_path(name: str) -> Path | None:
    """Return a name as a path, None where it cannot be one."""
    try:
        path = Path(name).expanduser()
        path.exists()
    except (OSError, RuntimeError, ValueError):
        return None
    return path


def _is_address(name: str) -> bool:
    return name[:8].lower().startswith(("http://", "https://")) and len(name.split()) == 1
