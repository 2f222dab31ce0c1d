"""BM25 over the passages of the whole library; disposable, built again when it is not whole."""

import json
import shutil
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from index.article import Article
from index.lexical import LexicalIndex

_STATE = "catalogue.json"


class Catalogue:
    """Which articles hold the words of a question; of the versions it was built from."""

    def __init__(self, lexical: LexicalIndex, *, articles: Sequence[str], rows: Sequence[int]):
        self._lexical = lexical
        self._articles = articles
        self._rows = np.asarray(rows, dtype=np.int64)

    @classmethod
    def open(cls, folder: Path, versions: Mapping[str, str]) -> "Catalogue | None":
        """Return the one in a folder, None where it is missing, damaged or of other versions."""
        with suppress(OSError, ValueError, KeyError):
            state = json.loads((folder / _STATE).read_bytes())
            if state["versions"] == dict(versions):
                lexical = LexicalIndex.load(folder)
                if len(lexical) == len(state["rows"]):
                    return cls(lexical, articles=state["articles"], rows=state["rows"])
        return None

    @classmethod
    def build(cls, articles: Sequence[Article]) -> "Catalogue":
        """Return one over the articles, kept nowhere yet."""
        texts = [passage.text for article in articles for passage in article.passages]
        rows = [n for n, article in enumerate(articles) for _ in article.passages]
        languages = [article.language for article in articles for _ in article.passages]
        lexical = LexicalIndex.build(texts, language=languages)
        return cls(lexical, articles=[article.id for article in articles], rows=rows)

    def save(self, folder: Path, versions: Mapping[str, str]) -> None:
        """Put it in place of what the folder holds.

        Raises:
            OSError: The disk refused.
        """
        aside = folder.parent / f".tmp-{uuid.uuid4().hex}"
        aside.mkdir(parents=True)
        try:
            self._lexical.save(aside)
            state = {
                "versions": dict(versions),
                "articles": list(self._articles),
                "rows": self._rows.tolist(),
            }
            (aside / _STATE).write_text(json.dumps(state), "utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            aside.rename(folder)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise

    def articles(self, question: str, *, limit: int) -> list[str]:
        """Return the ids of the articles of the best matching passages, best first."""
        scores = self._lexical.scores(question)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [self._articles[self._rows[row]] for row in best if scores[row] > 0]
