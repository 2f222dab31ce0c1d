"""From what somebody wants added to the files and articles it stands for."""

from collections.abc import Iterator
from pathlib import Path

from index.article import Article
from index.library.intake import take_in
from index.library.library import Library
from index.library.search.preparing import Unread
from index.reading import read_articles
from index.reading.exports import export_files

_MAY_HOLD_MANY = (".gz", ".json", ".jsonl", ".xml")


def expanded(
    source: str | Path | Article, library: Library, *, body: str | Path | None
) -> Iterator[Unread | Article]:
    """Yield what there is to add: files not read yet, and articles that are.

    Args:
        source: A path, a folder, a pattern, an address, an id of the library, or an article.
        library: Where what is read here is stored.
        body: The file of the article, for an export that holds only its comments.

    Raises:
        ArticleError: There is nothing, or it cannot be read.
    """
    files = () if isinstance(source, Article) else _files(str(source))
    if not files:
        yield take_in(source, library)
        return
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


def _files(name: str) -> tuple[Path, ...]:
    """Return the files a name stands for, none where it is no path at all."""
    if name[:8].lower().startswith(("http://", "https://")):
        return ()
    try:
        path = Path(name).expanduser()
        if path.is_file():
            return (path,)
        if path.is_dir() or any(character in name for character in "*?["):
            return export_files(path)
    except (OSError, RuntimeError, ValueError):
        pass
    return ()
