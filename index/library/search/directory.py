"""Which articles of a library a question may be about.

`index/<fingerprint>/` holds segments (`index.library.search.segments`), each with the words of some
articles and, unless a server holds them for all, their vectors. What is in force but in no
segment yet is compared in memory, so that a new article is found at once, whoever is writing.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.encoder import Embedder
from index.errors import ArticleError, VectorsError
from index.library import arrays
from index.library import derived as derived_files
from index.library.article_index import ArticleIndex
from index.library.derived import fingerprint
from index.library.library import Library
from index.library.search import segments
from index.library.search.parts import VECTORS, WORDS, Loaded, Part, words_of
from index.library.search.segments import Member, Plan, Segment, is_whole
from index.library.vectors import ArticleVectors, Proposal, VectorServer, embedded
from index.library.vectors.served import ServedVectors, answers
from index.retrieval.bm25 import scores_together

_PROPOSALS = 60
_MOST_UNINDEXED = 32
"""Articles that are rather compared in memory than indexed while somebody waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An article a question may be about, and how well each of its passages matches in words.

    `words` is float32 of shape (passages,) in [0, 1], a word as rare as the library has it.
    """

    article: str
    version: str
    words: np.ndarray


class Directory:
    """The index over a library; may be shared by threads, and by processes over one folder."""

    def __init__(
        self, library: Library, embedder: Embedder, *, server: VectorServer | None = None
    ) -> None:
        """Open nothing yet.

        Args:
            library: What is indexed.
            embedder: Makes the vectors; another one has an index of its own.
            server: Where the vectors are; None for the folder of the library.

        Raises:
            VectorsError: The address of the server cannot be used.
        """
        self.library = library
        self._embedder = embedder
        name = fingerprint(embedder)
        self._served: ServedVectors | None = None
        if server is not None:
            self._served = ServedVectors(server, name=f"{library.identity()}-{name}")
            name += "-served"
        self._folder = library.index_folder() / name
        self._lock = threading.RLock()
        self._open: dict[Path, Part] = {}
        self._damaged: set[Path] = set()
        # What is in no segment, and the versions for which it was put together.
        self._unindexed: tuple[Mapping[str, str], Part] | None = None

    def catch_up(self, *, patience_seconds: float = 1.0, unless_few: bool = False) -> None:
        """Bring the index in step with the library.

        Args:
            patience_seconds: How long to wait for a process that is writing; 0 also means
                that a server that is away is left alone.
            unless_few: Whether a few articles may stay in no segment: they are compared in
                memory, for opening Chroma takes longer than reading an article.

        Raises:
            LibraryLockedError: Another process is writing.
            ArticleError: The disk refused.
            VectorsError: The server of the vectors cannot be asked.
        """
        if self._served is not None and (patience_seconds > 0 or answers(self._served.server)):
            self._serve(self._served)
        elif unless_few:
            held = {(m.article, m.version) for one in self._published() for m in one.members}
            if len(self.library.versions().items() - held) <= _MOST_UNINDEXED:
                return
        todo = self._plan()
        if not todo.members and len(todo.kept) == len(segments.paths(self._folder)):
            return
        for member in todo.members:
            # What is missing is embedded before anybody has to wait for the lock.
            self._loaded([member])
        with self.library.writing(patience_seconds=patience_seconds):
            todo = self._plan()
            superfluous = {*segments.paths(self._folder)} - {one.folder for one in todo.kept}
            for members in segments.portions(todo.members):
                if loaded := self._loaded(members):
                    self._write(loaded)
            for path in superfluous:
                segments.retire(path)

    def likeliest(self, question: str, vector: np.ndarray, *, limit: int) -> list[Match]:
        """Return articles a question may be about, in no order.

        Half of them hold passages that mean nearly the same, half the words themselves: a name
        is found by its letters, a meaning by its vector.

        Args:
            question: Plain text.
            vector: The question's, of shape (dimension,).
            limit: Most articles to return.
        """
        in_force = self.library.versions()
        parts = self._parts(in_force)
        near = sorted(
            self._near(vector, parts),
            key=lambda found: (-found.similarity, found.article, found.label),
        )
        meant = dict.fromkeys(
            found.article for found in near if in_force.get(found.article) == found.version
        )
        scores = scores_together([part.words for part in parts], question) if parts else []
        scored = list(zip(parts, scores, strict=True))
        worded = [
            (-score, article)
            for part, own in scored
            for score, article in part.best(own, limit=2 * limit)
            if part.versions[article] == in_force.get(article)
        ]
        half = limit // 2
        chosen = dict.fromkeys([*list(meant)[:half], *(a for _, a in sorted(worded)[:half])])
        matches = {
            article: Match(
                article=article,
                version=in_force[article],
                words=part.of_article(own, article),
            )
            for part, own in scored
            for article in chosen
            if part.versions.get(article) == in_force[article]
        }
        return list(matches.values())

    def forget(self, article_id: str) -> None:
        """Remove the words and vectors of an article, whatever else they stand with.

        Raises:
            VectorsError: The server of the vectors cannot be asked.
        """
        with self.library.writing():
            for folder in self.library.index_folder().glob("*"):
                if folder != self._folder:
                    # Of another embedder, or of older rules: made again if it is ever needed.
                    segments.retire(folder)
            segments.forget(self._folder, article_id)
        if self._served is not None:
            self._served.remove(article_id)

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            for part in self._open.values():
                part.close()
            self._open, self._unindexed = {}, None
            if self._served is not None:
                self._served.close()

    def _near(self, vector: np.ndarray, parts: Iterable[Part]) -> Iterator[Proposal]:
        for part in parts:
            try:
                yield from part.propose(vector, limit=_PROPOSALS)
            except VectorsError:
                # Its words still find; it is made anew at the next chance.
                if part.folder is not None:
                    self._damaged.add(part.folder)
        if self._served is not None:
            with suppress(VectorsError):
                yield from self._served.propose(vector, limit=_PROPOSALS)

    def _parts(self, in_force: Mapping[str, str]) -> list[Part]:
        """Return all that is to be searched, open: the segments, and what is in none."""
        with self._lock:
            missing = self._uncovered(in_force)
            if not self._open or len(missing) > _MOST_UNINDEXED or self._damaged:
                # If another process is writing, nobody waits for it: memory will do.
                with suppress(ArticleError):
                    self.catch_up(patience_seconds=0)
                missing = self._uncovered(in_force)
            if not missing:
                return list(self._open.values())
            if self._unindexed is None or self._unindexed[0] != missing:
                self._unindexed = missing, Part.of(self._loaded(self._members(missing)))
            return [*self._open.values(), self._unindexed[1]]

    def _uncovered(self, in_force: Mapping[str, str]) -> dict[str, str]:
        """Open the segments there are now; return the versions in force that none of them holds."""
        present = set(segments.paths(self._folder))
        for path in self._open.keys() - present:
            self._open.pop(path).close()
        self._damaged &= present
        if present - self._open.keys() - self._damaged:
            for segment in self._published(whole=True):
                if segment.folder not in self._open:
                    with suppress(VectorsError):
                        self._open[segment.folder] = Part.open(segment)
            still_there = present.intersection(segments.paths(self._folder))
            self._damaged |= still_there - self._open.keys()
        missing = set(in_force.items())
        for part in self._open.values():
            missing -= part.versions.items()
        return dict(missing)

    def _published(self, *, whole: bool = False) -> list[Segment]:
        """Return the segments that are not known to be damaged; or that are known to be whole."""
        return [
            segment
            for segment in segments.published(self._folder)
            if segment.folder not in self._damaged and not (whole and not is_whole(segment))
        ]

    def _plan(self) -> Plan:
        present = self._published(whole=True)
        known = {(m.article, m.version): m for segment in present for m in segment.members}
        in_force = self.library.versions().items()
        wanted = [known[pair] for pair in in_force & known.keys()]
        return segments.plan(present, [*wanted, *self._members(dict(in_force - known.keys()))])

    def _members(self, versions: Mapping[str, str]) -> Iterator[Member]:
        for article_id in sorted(versions):
            # Damaged or removed meanwhile: the others are indexed.
            with suppress(ArticleError):
                entry = self.library.entry(article_id)
                yield Member(article=entry.id, version=entry.version, passages=entry.passages)

    def _write(self, items: Mapping[Member, Loaded]) -> None:
        """Make a segment of some articles; raises OSError if the disk refuses."""
        with segments.publishing(self._folder, items, unsteady=embedded.UNSTEADY) as folder:
            arrays.save(folder / WORDS, words_of(page for page, _ in items.values()).arrays())
            if self._served is None:
                vectors = [ArticleVectors.of(*item) for item in items.values()]
                embedded.write(folder / VECTORS, vectors)

    def _serve(self, served: ServedVectors) -> None:
        """Bring the server in step with the library."""
        served.mend()
        in_force, present = self.library.versions(), served.versions()
        for article_id in present.keys() - in_force.keys():
            served.remove(article_id)
        changed = {a: v for a, v in in_force.items() if present.get(a) != v}
        for member in self._members(changed):
            for item in self._loaded([member]).values():
                served.put(ArticleVectors.of(*item))

    def _loaded(self, members: Iterable[Member]) -> dict[Member, Loaded]:
        """Return articles with their vectors, without those that are damaged or gone."""
        loaded = {}
        for member in members:
            try:
                article = self.library.article(member.article, version=member.version)
            except ArticleError:
                continue
            vectors = derived_files.load_passage_vectors(article, self.library, self._embedder)
            if vectors is None:
                opened = ArticleIndex.open(article, self.library, self._embedder)
                vectors = opened.derived.passage_vectors
            loaded[member] = article, vectors
        return loaded
