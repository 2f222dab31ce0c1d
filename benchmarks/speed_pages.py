"""Searches a generated thread of one size in a process of its own, and prints what it cost.

    python -m benchmarks.speed_pages PASSAGES QUESTIONS [--beside]

With `--beside` the same texts and vectors are put to bm25s and to Chroma alone as well.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.speed_measure import resident_megabytes
from benchmarks.threads import varied


def main() -> None:
    """Build the page, ask, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passages", type=int)
    parser.add_argument("questions", type=int)
    parser.add_argument("--beside", action="store_true")
    options = parser.parse_args()
    page = _page(options.passages)
    questions = _questions([p.text for p in page.article.passages], count=options.questions)
    before = resident_megabytes()
    began = time.perf_counter()
    page.search(questions[0])
    first = time.perf_counter() - began
    busy = time.process_time()
    taken = _milliseconds(page.search, questions)
    busy = time.process_time() - busy
    figures: dict[str, Any] = {
        "passages": len(page.article.passages),
        "p50_ms": round(statistics.median(taken), 3),
        "p95_ms": round(sorted(taken)[int(0.95 * len(taken))], 3),
        "mean_processor_ms": round(busy * 1_000 / len(questions), 3),
        "first_question_seconds": round(first, 3),
        "memory_megabytes": round(resident_megabytes()),
        "of_which_words_megabytes": round(resident_megabytes() - before),
    }
    figures["disk_megabytes"] = round(_on_disk(page), 1)
    if options.beside:
        figures["beside"] = _beside(page, questions)
    print(json.dumps(figures))


def _page(passages: int) -> Any:
    """Return an index with all that search needs; statements and disputes are left out."""
    from index.encoder import StaticEmbedder
    from index.library.article_index import ArticleIndex
    from index.library.derived import derive_vectors

    article = _article(passages)
    embedder = StaticEmbedder.open()
    return ArticleIndex(article, derive_vectors(article, _InPortions(embedder)), embedder)


def _article(size: int) -> Any:
    """Return a page of that many passages, not read from a file: no reader takes so large a one."""
    from index.article import Article, Passage

    thread: Any = varied(size)["comments"]
    passages, start = [], 0
    for number, comment in enumerate(thread, start=1):
        text = comment["text"]
        end = start + len(text)
        passages.append(
            Passage(
                label=f"C{number}",
                source="comment",
                kind="comment",
                start=start,
                end=end,
                text=text,
            )
        )
        start = end + 2
    return Article(
        id="generated",
        version="1",
        source_key="generated",
        title=None,
        language="en",
        outlet=None,
        author=None,
        url=None,
        published_at=None,
        text="\n\n".join(passage.text for passage in passages),
        passages=tuple(passages),
        comments=(),
    )


class _InPortions:
    """An embedder that takes a part at a time: a million texts at once hold all their words."""

    def __init__(self, embedder: Any) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.fingerprint = embedder.fingerprint
        self.dimension = embedder.dimension

    def encode_documents(self, texts: Sequence[str]) -> Any:
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), 50_000):
            part = slice(start, start + 50_000)
            rows[part] = self._embedder.encode_documents(texts[part])
        return rows

    weight_beside_words = 0.3

    def encode_queries(self, texts: Sequence[str]) -> Any:
        return self._embedder.encode_queries(texts)


def _questions(texts: Sequence[str], *, count: int) -> list[str]:
    """Return questions with words of the page, every third with words it does not have."""
    chance = random.Random(11)
    questions = []
    for number in range(count):
        words = [word.strip(".,?!") for word in chance.choice(texts).split()]
        some = chance.sample(words, min(len(words), 5))
        if number % 3 == 2:
            some = ["qui", "zahlt", "fuer", "la", f"piscine{number}"]
        questions.append(f"What is said about {' '.join(some)}?")
    return questions


def _milliseconds(search: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    taken = []
    for question in questions:
        began = time.perf_counter()
        search(question)
        taken.append((time.perf_counter() - began) * 1_000)
    return taken


def _on_disk(page: Any) -> float:
    """Return what article and vectors take in the library, in megabytes.

    Added up, not written: writing a million passages holds three copies of them in memory.
    """
    from index.article_json import article_to_json

    derived = page.derived
    arrays = (derived.passage_vectors, derived.sentence_vectors, derived.sentence_passages)
    article = json.dumps(article_to_json(page.article), ensure_ascii=False).encode()
    return float(len(article) + sum(array.nbytes for array in arrays)) / 1e6


def _beside(page: Any, questions: Sequence[str]) -> dict[str, float]:
    """Return what the bare parts take for the same questions: the limit of their kind."""
    import bm25s
    import chromadb

    texts = [passage.text for passage in page.article.passages]
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)

    def by_words(question: str) -> object:
        tokens = bm25s.tokenize([question], show_progress=False)
        return retriever.retrieve(tokens, k=8, show_progress=False)

    with tempfile.TemporaryDirectory() as place:
        collection = chromadb.PersistentClient(place).create_collection(
            "page", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        vectors = page.derived.passage_vectors
        for start in range(0, len(texts), 5_000):
            some = range(start, min(start + 5_000, len(texts)))
            collection.add(
                ids=[str(row) for row in some], embeddings=vectors[some.start : some.stop]
            )
        asked = {question: page.embedder.encode_queries([question]) for question in questions}
        near = _milliseconds(
            lambda question: collection.query(query_embeddings=asked[question], n_results=8),
            questions,
        )
    worded = _milliseconds(by_words, questions)
    return {
        "bm25s_p50_ms": round(statistics.median(worded), 3),
        "chroma_query_p50_ms": round(statistics.median(near), 3),
    }


if __name__ == "__main__":
    main()
