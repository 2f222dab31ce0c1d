"""Indexes a thread step by step, in a process of its own, and prints what each step took.

python -m benchmarks.speed_index FILE QUESTION HOME
"""

import json
import resource
import sys
import time
from pathlib import Path


def main() -> None:
    """Take the same steps as `assistant add`, each under the clock."""
    began = time.perf_counter()
    from index.disputes import find_disputes
    from index.encoder import StaticEmbedder
    from index.library.article_index import ArticleIndex
    from index.library.derived import derive_vectors
    from index.library.intake import take_in
    from index.library.library import Library
    from index.statements import find_statements

    file, question, home = sys.argv[1:]
    embedder = StaticEmbedder.open()
    steps = {"loading": time.perf_counter() - began}
    last = time.perf_counter()

    def stop(step: str) -> None:
        nonlocal last
        steps[step] = time.perf_counter() - last
        last = time.perf_counter()

    article = take_in(file, Library(Path(home)))
    stop("reading and storing")
    vectors = derive_vectors(article, embedder)
    stop("vectors")
    page = ArticleIndex(article, vectors, embedder)
    found = page.search(question)
    stop("words and the first search")
    searchable = time.perf_counter() - began
    statements = find_statements(article)
    stop("statements")
    disputes = find_disputes(article, statements)
    stop("disputes")
    page.align(["?"], [article.passages[0].text])
    stop("alignment, at the first question that needs it")
    figures = {
        "steps": {step: round(seconds, 3) for step, seconds in steps.items()},
        "to_searchable": searchable,
        "passages": len(article.passages),
        "sentences": len(vectors.sentence_passages),
        "found": len(found),
        "disputes": len(disputes),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
