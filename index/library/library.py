"""The folder on disk: the articles as received and as read. Everything else can be made again.

articles/<id>/<version>/   source.*, article.json, manifest.json; published whole, never changed
articles/<id>/current      the version in force
articles/<id>/labels.json  what a user calls it by: a name, and tags to find it by
readings/<digest>          which article these bytes of this file were read as
generation                 another one whenever an article is added or removed
identity                   the name of this library on a server of vectors
derived/ and index/        disposable, see `index.library.derived` and `index.library.search`
.lock                      one writer at a time
"""

import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from index.article import Article
from index.article_json import article_from_json, article_to_json, from_json, to_json
from index.errors import ArticleError, DamagedArticleError, UnknownArticleError
from index.library import durable
from index.library.entry import Entry
from index.library.lock import FORMAT, WriterLock

_GENERATION = "generation"
_LABELS = "labels.json"
_ID = re.compile(r"[0-9A-Za-z]{1,64}")


class Library:
    """Articles on disk. Readers need no lock: what is published never changes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._articles = home / "articles"
        self._lock = WriterLock(home, settle=self._mend)
        self.writing = self._lock.held
        self._known: tuple[bytes, dict[str, str]] | None = None

    def publish(self, article: Article, *, source: bytes, suffix: str = ".txt") -> Entry:
        """Store an article with the bytes it was read from, and make it the version in force.

        Args:
            article: Its id and version decide where it goes; the same pair is stored once.
            source: The bytes as received.
            suffix: Extension for the copy of the source, with its dot.

        Raises:
            LibraryLockedError: Another process is writing.
            ArticleError: The disk refused; names the path and the reason.
        """
        home = self._articles / article.id
        with self.writing():
            if home.exists():
                self._publish(home, article, source, suffix)
            else:
                # The first version and its mark come together: a kill leaves both or neither.
                with durable.taking_place(home) as aside:
                    self._publish(aside, article, source, suffix)
            self._tell_all()
        return self.entry(article.id)

    def _publish(self, home: Path, article: Article, source: bytes, suffix: str) -> None:
        folder, current = home / article.version, home / "current"
        if not durable.is_whole(folder):
            facts = to_json(Entry.of(article), without=("name", "tags"))
            with durable.publishing(folder, facts={"format": FORMAT, **facts}) as place:
                (place / f"source{suffix}").write_bytes(source)
                (place / "article.json").write_bytes(_encode(article_to_json(article)))
        if not current.exists() or current.read_text() != article.version:
            durable.replace_file(current, article.version.encode())

    def article(self, article_id: str, *, version: str | None = None) -> Article:
        """Return an article in the version in force, or in an older one.

        Raises:
            UnknownArticleError: The library has no such article.
            DamagedArticleError: Its files are not what was published.
        """
        folder = self._current(article_id)
        if version is not None:
            folder = folder.parent / version
        try:
            content = durable.read_checked(folder, "article.json")
        except (durable.DamagedFolderError, OSError) as error:
            raise _damaged(article_id, error) from error
        return article_from_json(json.loads(content))

    def entry(self, article_id: str) -> Entry:
        """Return what the manifest says of an article.

        Raises:
            UnknownArticleError: The library has no such article.
            DamagedArticleError: Its manifest cannot be read.
        """
        folder = self._current(article_id)
        try:
            name, tags = self._labels(article_id)
            known = {"id": article_id, "version": folder.name, "name": name, "tags": tags}
            return from_json(Entry, durable.read_manifest(folder) | known)
        except (durable.DamagedFolderError, OSError, ValueError) as error:
            raise _damaged(article_id, error) from error

    def label(self, article_id: str, *, name: str, tags: Iterable[str]) -> Entry:
        """Call an article by a name and tags of the user's own; the record itself stays as it is.

        Raises:
            UnknownArticleError: The library has no such article.
            LibraryLockedError: Another process is writing.
        """
        together = sorted({tag.strip() for tag in tags} - {""})
        with self.writing():
            file = self._current(article_id).parent / _LABELS
            labels = _encode({"name": name.strip(), "tags": together})
            durable.replace_file(file, labels)
        return self.entry(article_id)

    def tag(self, article_id: str, tags: Iterable[str]) -> Entry:
        """Give an article more tags, words to find it by; raises as `label` does."""
        with self.writing():
            name, known = self._labels(article_id)
            return self.label(article_id, name=name, tags=[*known, *tags])

    def tags(self, article_id: str) -> list[str]:
        """Return the tags of an article, sorted; none where they cannot be read."""
        return self._labels(article_id)[1]

    def _labels(self, article_id: str) -> tuple[str, list[str]]:
        """Return the name and the tags of an article; none where they are missing or damaged."""
        try:
            labels = json.loads((self._articles / article_id / _LABELS).read_bytes())
            return str(labels["name"]), list(map(str, labels["tags"]))
        except (OSError, ValueError, KeyError, TypeError):
            return "", []

    def entries(self) -> tuple[Entry, ...]:
        """Return the sound articles of the library, oldest first."""
        entries = []
        for article_id in self.ids():
            with suppress(ArticleError):
                entries.append(self.entry(article_id))
        return tuple(sorted(entries, key=lambda entry: (entry.added_at, entry.id)))

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all articles, damaged ones included, sorted."""
        return tuple(sorted(self.versions()))

    def remove(self, article_id: str) -> None:
        """Take an article, sound or damaged, with all its versions out of the library.

        Raises:
            UnknownArticleError: The library has no such article.
            LibraryLockedError: Another process is writing.
        """
        if article_id not in self.ids():
            raise self._unknown(article_id)
        with self.writing():
            durable.discard(self._articles / article_id)
            self._tell_all()
            shutil.rmtree(self.home / "derived" / article_id, ignore_errors=True)

    def version(self, article_id: str) -> str:
        """Return the version of an article that is in force.

        Raises:
            UnknownArticleError: The library has no such article.
            DamagedArticleError: Its mark cannot be read.
        """
        return self._current(article_id).name

    def versions(self) -> dict[str, str]:
        """Return the id of every article, damaged ones included, to its version in force."""
        self._lock.refuse_newer_format()
        generation = self.generation()
        if self._known is None or not generation or self._known[0] != generation:
            found = {}
            for article_id in self._folders():
                with suppress(OSError):  # removed meanwhile, or its mark is lost
                    found[article_id] = self._mark(article_id)
            self._known = generation, found
        return dict(self._known[1])

    def generation(self) -> bytes:
        """Return what changes with every article that is added or removed, by any process."""
        try:
            return (self.home / _GENERATION).read_bytes()
        except OSError:
            return b""

    def identity(self) -> str:
        """Return the name of this library among others, made when it is first asked for."""
        mark = self.home / "identity"
        if not mark.is_file():
            with self.writing():
                if not mark.is_file():
                    durable.replace_file(mark, uuid.uuid4().hex[:12].encode())
        return mark.read_text("ascii")

    def derived_place(self, article: Article, name: str) -> Path:
        """Return the place of that name for what is made from an article in this version."""
        return self.home / "derived" / article.id / article.version / name

    def index_folder(self) -> Path:
        """Return the folder of the disposable indexes over the whole library."""
        return self.home / "index"

    def remember_reading(self, origin: str, source: bytes, article: Article) -> None:
        """Note which article these bytes from there were read as, to skip reading them again."""
        note = json.dumps({"id": article.id, "version": article.version})
        with suppress(OSError):
            # The article is stored by now; without the note it is only read again.
            durable.replace_file(self._reading(origin, source), note.encode(), flushed=False)

    def known_reading(self, origin: str, source: bytes) -> Article | None:
        """Return the article that these bytes from there were read as, if that is in force."""
        try:
            note = json.loads(self._reading(origin, source).read_bytes())
            if (self._articles / note["id"] / "current").read_text() != note["version"]:
                return None
            return self.article(note["id"])
        except (OSError, ValueError, KeyError, ArticleError):
            return None

    def keep(self, save: Callable[[], None]) -> None:
        """Run something that saves what can be made again, if the library can be written now."""
        with suppress(ArticleError, OSError), self.writing():
            save()

    def check(self) -> tuple[str, ...]:
        """Return one sentence for every stored file that is not what was published."""
        faults = []
        try:
            ids = self.ids()
        except ArticleError as error:
            return (str(error),)
        for article_id in ids:
            try:
                folder = self._current(article_id)
                for name in durable.read_manifest(folder)["sha256"]:
                    durable.read_checked(folder, name)
            except DamagedArticleError as error:
                faults.append(str(error))
            except (durable.DamagedFolderError, OSError) as error:
                faults.append(f"article {article_id}: {error}")
        faults.extend(
            f"article {folder.name} has lost its mark of the version in force; "
            "the next writer brings it back from a version that is whole"
            for folder in self._unmarked()
        )
        return tuple(faults)

    def _current(self, article_id: str) -> Path:
        try:
            if not _ID.fullmatch(article_id):
                # An id is a name, never a way out of the library.
                raise ValueError(article_id)
            version = self._mark(article_id)
        except (OSError, ValueError) as error:
            raise self._unknown(article_id) from error
        folder = self._articles / article_id / version
        if not _ID.fullmatch(version) or not folder.is_dir():
            raise _damaged(article_id, "its mark of the version in force")
        return folder

    def _mark(self, article_id: str) -> str:
        mark = (self._articles / article_id / "current").read_bytes()
        return mark.decode("ascii", "replace").strip()

    def _folders(self) -> Iterator[str]:
        """Yield the ids of all articles that have a folder, in no order."""
        return (path.name for path in self._articles.glob("*") if _ID.fullmatch(path.name))

    def _unknown(self, article_id: str) -> UnknownArticleError:
        # Only some are looked for: every article is unknown when it is added.
        known = ", ".join(islice(self._folders(), 5)) or "it is empty"
        return UnknownArticleError(
            f"the library has no article {article_id!r} ({known}); see: assistant list"
        )

    def _tell_all(self) -> None:
        """Let all who hold the list of articles in memory see that it is an old one."""
        durable.replace_file(self.home / _GENERATION, uuid.uuid4().hex.encode(), flushed=False)

    def _mend(self) -> None:
        """Bring back lost marks of the version in force."""
        for folder in self._unmarked():
            versions = [version for version in folder.iterdir() if durable.is_whole(version)]
            if versions:
                latest = max(versions, key=lambda v: durable.read_manifest(v)["added_at"])
                durable.replace_file(folder / "current", latest.name.encode())
                self._tell_all()

    def _unmarked(self) -> list[Path]:
        """Return the folders of articles without a mark: it was lost, or never written."""
        if not self._articles.is_dir():
            return []
        return sorted(
            folder
            for folder in self._articles.iterdir()
            if _ID.fullmatch(folder.name)
            and any(folder.iterdir())
            and not (folder / "current").is_file()
        )

    def _reading(self, origin: str, source: bytes) -> Path:
        digest = hashlib.sha256(f"{FORMAT}\0{origin}\0".encode() + source).hexdigest()
        return self.home / "readings" / digest


def _damaged(article_id: str, why: object) -> DamagedArticleError:
    return DamagedArticleError(
        f"article {article_id} is damaged ({why}); add it again from its source"
    )


def _encode(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
