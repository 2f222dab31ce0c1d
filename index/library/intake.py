"""From what the user names to an article of the library: read once, recognised afterwards."""

from pathlib import Path
from typing import TYPE_CHECKING

from index.article import Article
from index.errors import UnreadableArticleError
from index.library.library import Library
from index.reading import read_bytes, read_text

if TYPE_CHECKING:
    from index.reading.network.web import FetchedPage

_ARTICLE_ID_LENGTHS = range(8, 65)


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
        return _stored_text(source, library)
    name = str(source)
    if _is_address(name):
        return take_in_page(fetch_page(name), library)
    path = _as_path(name)
    if path is not None and path.is_file():
        return _from_file(path, library)
    if _could_be_id(name) and name in library.ids():
        return library.article(name)
    raise UnreadableArticleError(
        f"there is no file {name!r} and no article of that id in the library; "
        "give a path, an address, or an id from: assistant list"
    )


def take_in_text(text: str, library: Library) -> Article:
    """Return the article read from pasted text, stored in the library.

    Raises:
        UnreadableArticleError: There is no article in it.
        ArticleError: The library cannot be written.
    """
    article = read_text(text)
    library.publish(article, source=text.encode("utf-8", "replace"))
    return article


def fetch_page(address: str) -> "FetchedPage":
    """Return what an address serves, through the gate that judges where it leads.

    Raises:
        UnreadableArticleError: It cannot be fetched.
        UnsafeAddressError: It is not fetched.
    """
    from index.reading.network.web import fetch

    return fetch(address)


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


def _stored_text(article: Article, library: Library) -> Article:
    library.publish(article, source=article.text.encode("utf-8", "replace"))
    return article


def _as_path(name: str) -> Path | None:
    """Return a name as a path, None where it cannot be one."""
    try:
        path = Path(name).expanduser()
        path.exists()
    except (OSError, RuntimeError, ValueError):
        return None
    return path


def _is_address(name: str) -> bool:
    return name[:8].lower().startswith(("http://", "https://"))


def _could_be_id(name: str) -> bool:
    return len(name) in _ARTICLE_ID_LENGTHS and name.isalnum()
