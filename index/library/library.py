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
import os
import re
import shutil
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.article import Article
from index.article_json import article_from_json, article_to_json
from index.errors import (
    ArticleError,
    DamagedArticleError,
    LibraryLockedError,
    UnknownArticleError,
)
from index.library import durable

FORMAT = 1
"""Of the record on disk; a library of a newer format is refused, not touched."""

_GENERATION = "generation"
_LABELS = "labels.json"
_LOCK_WAIT_SECONDS = 1.0
_ID = re.compile(r"[0-9A-Za-z]{1,64}")
# The lock file parts processes; threads of one process take turns here.
_ONE_THREAD = threading.RLock()


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


class Library:
    """Articles on disk. Readers need no lock: what is published never changes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._articles = home / "articles"
        self._is_settled = False
        self._is_format_known = False
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
                self._publish_new(home, article, source, suffix)
            self._tell_others(article.id, article.version)
        return self.entry(article.id)

    def _publish_new(self, home: Path, article: Article, source: bytes, suffix: str) -> None:
        """Put the first version and its mark in place together: a kill leaves both or neither."""
        aside = home.parent / f"{durable.TEMPORARY}{uuid.uuid4().hex}"
        try:
            self._publish(aside, article, source, suffix)
            self._refusing(aside.rename, home)
            self._refusing(durable.flush, home.parent)
        except ArticleError:
            for refused in (aside, home):
                shutil.rmtree(refused, ignore_errors=True)
            raise

    def _publish(self, home: Path, article: Article, source: bytes, suffix: str) -> None:
        folder, current = home / article.version, home / "current"
        if not durable.is_whole(folder):
            files = {f"source{suffix}": source, "article.json": _encode(article_to_json(article))}
            self._refusing(durable.publish_folder, folder, files, facts=_facts(article))
        if not current.exists() or current.read_text() != article.version:
            self._refusing(durable.replace_file, current, article.version.encode())

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
            manifest = durable.read_manifest(folder)
            content = durable.read_checked(folder, "article.json", manifest=manifest)
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
            facts = durable.read_manifest(folder)
            told = {name: facts[name] for name in ("title", "language", "url")}
            counts = {name: facts[name] for name in ("passages", "comments")}
            published = facts.get("published_at")
            name, tags = self._labels(article_id)
            return Entry(
                id=article_id,
                version=folder.name,
                **told,
                **counts,
                added_at=datetime.fromisoformat(facts["added_at"]),
                outlet=facts.get("outlet"),
                published_at=datetime.fromisoformat(published) if published else None,
                name=name,
                tags=tags,
            )
        except (durable.DamagedFolderError, OSError, KeyError) as error:
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
            self._refusing(durable.replace_file, file, labels)
        return self.entry(article_id)

    def tag(self, article_id: str, tags: Iterable[str]) -> Entry:
        """Give an article more tags, words to find it by; raises as `label` does."""
        with self.writing():
            name, known = self._labels(article_id)
            return self.label(article_id, name=name, tags=[*known, *tags])

    def tags(self, article_id: str) -> tuple[str, ...]:
        """Return the tags of an article, sorted; none where they cannot be read."""
        return self._labels(article_id)[1]

    def _labels(self, article_id: str) -> tuple[str, tuple[str, ...]]:
        """Return the name and the tags of an article; none where they are missing or damaged."""
        try:
            labels = json.loads((self._articles / article_id / _LABELS).read_bytes())
            return str(labels["name"]), tuple(map(str, labels["tags"]))
        except (OSError, ValueError, KeyError, TypeError):
            return "", ()

    def entries(self) -> tuple[Entry, ...]:
        """Return the sound articles of the library, oldest first."""
        entries = []
        for article_id in self.ids():
            try:
                entries.append(self.entry(article_id))
            except ArticleError:
                continue
        return tuple(sorted(entries, key=lambda entry: (entry.added_at, entry.id)))

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all articles, damaged ones included, sorted."""
        self._refuse_newer_format()
        if not self._articles.is_dir():
            return ()
        return tuple(
            sorted(
                path.parent.name
                for path in self._articles.glob("*/current")
                if _ID.fullmatch(path.parent.name) and path.is_file()
            )
        )

    def remove(self, article_id: str) -> None:
        """Take an article, sound or damaged, with all its versions out of the library.

        Raises:
            UnknownArticleError: The library has no such article.
            LibraryLockedError: Another process is writing.
        """
        if article_id not in self.ids():
            raise self._unknown(article_id)
        with self.writing():
            self._refusing(durable.discard_folder, self._articles / article_id)
            self._tell_others(article_id, None)
            shutil.rmtree(self.derived_folder(article_id), ignore_errors=True)

    def version(self, article_id: str) -> str:
        """Return the version of an article that is in force.

        Raises:
            UnknownArticleError: The library has no such article.
            DamagedArticleError: Its mark cannot be read.
        """
        return self._current(article_id).name

    def versions(self) -> dict[str, str]:
        """Return the id of every article, damaged ones included, to its version in force."""
        generation = self.generation()
        if self._known is None or not generation or self._known[0] != generation:
            marks = (self._articles / article_id / "current" for article_id in self.ids())
            self._known = (
                generation,
                {
                    mark.parent.name: mark.read_bytes().decode("ascii", "replace").strip()
                    for mark in marks
                    if mark.is_file()
                },
            )
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
                    self._refusing(durable.replace_file, mark, uuid.uuid4().hex[:12].encode())
        return mark.read_text("ascii")

    def derived_folder(self, article_id: str) -> Path:
        """Return the folder below which things made from an article are kept."""
        return self.home / "derived" / article_id

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

    @contextmanager
    def writing(self, *, patience_seconds: float = _LOCK_WAIT_SECONDS) -> Iterator[None]:
        """Hold the library's lock; nested use by one process is allowed.

        Args:
            patience_seconds: How long to wait for another process.

        Raises:
            LibraryLockedError: Another process holds it; says which.
            ArticleError: The folder cannot be written.
        """
        from filelock import FileLock, Timeout

        self._refuse_newer_format()
        # What somebody reads is nobody else's business on a machine with several accounts.
        self._refusing(self.home.mkdir, mode=0o700, parents=True, exist_ok=True)
        holder = self.home / ".lock.holder"
        lock = FileLock(self.home / ".lock", is_singleton=True)
        try:
            with _ONE_THREAD, lock.acquire(timeout=patience_seconds):
                if lock.lock_counter == 1:
                    self._refusing(holder.write_text, str(os.getpid()))
                    self._settle_once()
                yield
        except Timeout as error:
            process = holder.read_text() if holder.exists() else "unknown"
            raise LibraryLockedError(
                f"process {process} is writing to {self.home}; try again when it has finished"
            ) from error
        except OSError as error:
            where = error.filename or self.home
            raise ArticleError(f"cannot write to {where}: {error.strerror or error}") from error

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
                manifest = durable.read_manifest(folder)
                for name in manifest["sha256"]:
                    durable.read_checked(folder, name, manifest=manifest)
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
            mark = (self._articles / article_id / "current").read_bytes()
        except (OSError, ValueError) as error:
            raise self._unknown(article_id) from error
        version = mark.decode("ascii", "replace").strip()
        folder = self._articles / article_id / version
        if not _ID.fullmatch(version) or not folder.is_dir():
            raise _damaged(article_id, "its mark of the version in force")
        return folder

    def _unknown(self, article_id: str) -> UnknownArticleError:
        known = ", ".join(self.ids()[:5]) or "it is empty"
        return UnknownArticleError(
            f"the library has no article {article_id!r} ({known}); see: assistant list"
        )

    def _tell_others(self, article_id: str, version: str | None) -> None:
        """Let processes that hold the list of articles in memory see that it is an old one."""
        known, generation = self._known, uuid.uuid4().hex
        is_latest = known is not None and known[0] == self.generation()
        self._refusing(
            durable.replace_file, self.home / _GENERATION, generation.encode(), flushed=False
        )
        if known is not None and is_latest:
            versions = {a: v for a, v in known[1].items() if a != article_id}
            if version is not None:
                versions[article_id] = version
            self._known = generation.encode(), versions

    def _settle_once(self) -> None:
        """Remove what killed writers left and mend lost marks: a walk, so not at every lock."""
        if self._is_settled:
            return
        self._refusing(durable.sweep, self.home)
        for folder in self._unmarked():
            versions = [version for version in folder.iterdir() if durable.is_whole(version)]
            if versions:
                latest = max(versions, key=lambda v: durable.read_manifest(v)["added_at"])
                self._refusing(durable.replace_file, folder / "current", latest.name.encode())
                self._tell_others(folder.name, latest.name)
        if not (self.home / "format").exists():
            self._refusing(durable.replace_file, self.home / "format", str(FORMAT).encode())
        self._is_settled = True

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

    def _refuse_newer_format(self) -> None:
        """Refuse to read or write a library of a format that this version does not know."""
        if self._is_format_known:
            return
        mark = self.home / "format"
        try:
            found = int(mark.read_text())
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            raise ArticleError(
                f"{mark} does not say which format the library has ({error}); nothing was changed"
            ) from error
        if found > FORMAT:
            raise ArticleError(
                f"the library in {self.home} has format {found}, this version knows {FORMAT}; "
                "update article assistant, nothing was changed"
            )
        self._is_format_known = True

    def _reading(self, origin: str, source: bytes) -> Path:
        digest = hashlib.sha256(f"{FORMAT}\0{origin}\0".encode() + source).hexdigest()
        return self.home / "readings" / digest

    def _refusing(self, action: Any, *arguments: Any, **options: Any) -> None:
        try:
            action(*arguments, **options)
        except OSError as error:
            where = error.filename or self.home
            raise ArticleError(
                f"cannot write {where}: {error.strerror}; nothing was stored"
            ) from error


def _damaged(article_id: str, why: object) -> DamagedArticleError:
    return DamagedArticleError(
        f"article {article_id} is damaged ({why}); add it again from its source"
    )


def _facts(article: Article) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "title": article.title,
        "language": article.language,
        "url": article.url,
        "outlet": article.outlet,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "passages": len(article.passages),
        "comments": len(article.live_comments()),
        "added_at": datetime.now(UTC).isoformat(),
    }


def _encode(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
