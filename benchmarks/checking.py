"""Does the check of a model's reply catch what is wrong, and keep what is right?

    python -m benchmarks.checking --articles FILE ... [--piaf FILE] [--squad FILE] [--wice FILE]

Sentences about real pages are generated, faithful ones and ones wrong in one way, by a seed;
FILE after `--piaf` and `--squad` is in SQuAD form, its paragraphs are French and English
pages. `--wice` takes claims with the text they cite, in the form of WiCE (Kamoi et al., 2023).
Prints one JSON object on its last line; shares are in [0, 1].
"""

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.answer import Sentence
from assistant.checking import check_reply
from benchmarks.reply_broken import broken
from benchmarks.reply_faithful import faithful
from benchmarks.reply_pairs import Page, Reply
from index.article import Article
from index.encoder import Embedder, open_embedder
from index.library.article_index import ArticleIndex
from index.reading import read_article
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, ParagraphDraft

_PARAGRAPHS = 8
"""Of one article in SQuAD form."""
BARS = {
    "caught": 0.97, "speaker_swapped": 0.99, "number_changed": 0.99, "negated": 0.99,
    "quotation_invented": 0.99, "kept": 0.90,
}  # fmt: skip


def main() -> None:
    """Generate, check and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", nargs="*", type=Path, default=[])
    parser.add_argument("--piaf", type=Path)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--wice", type=Path)
    parser.add_argument("--each", type=int, default=80, help="sentences of one kind and language")
    parser.add_argument("--limit", type=int, default=40, help="articles of one file")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="faults printed of each kind")
    options = parser.parse_args()
    embedder = open_embedder()
    pages = [_page(read_article(str(file)), embedder, has_thread=True) for file in options.articles]
    for file, language in ((options.piaf, "fr"), (options.squad, "en")):
        if file is not None:
            pages += _squad_pages(file, language, embedder, options.limit)
    figures: dict[str, Any] = {}
    if pages:
        figures = measure(pages, each=options.each, seed=options.seed, show=options.show)
    if options.wice is not None:
        from benchmarks.checking_wice import measure_wice

        figures["wice"] = measure_wice(options.wice, embedder)
    print(json.dumps(figures, ensure_ascii=False))


def measure(pages: Sequence[Page], *, each: int, seed: int, show: int = 0) -> dict[str, Any]:
    """Return the shares of broken sentences caught and of faithful ones kept, by kind."""
    right: dict[str, list[bool]] = defaultdict(list)
    caught: list[bool] = []
    kept: list[bool] = []
    corrected: list[bool] = []
    seconds: list[float] = []
    replies = _chosen(pages, each, seed)
    for page in pages:  # what is learned of a page once is not counted
        check_reply(_sentences("Warm.", "A1"), page.index, page.index.article.passages)
    choose = random.Random(seed)
    faults: dict[str, int] = defaultdict(int)
    for page, reply in replies:
        shown = page.shown(reply, choose)
        started = time.process_time()
        result = check_reply(_sentences(reply.text, reply.cited), page.index, shown)
        seconds.append(time.process_time() - started)
        labels = [label for sentence in result.sentences for label in sentence.citations]
        if reply.is_faithful:
            is_right = reply.carried_by in labels
            kept.append(is_right)
        elif reply.kind == "other_passage":
            is_right = reply.cited not in labels
            caught.append(is_right)
            corrected.append(labels == [reply.carried_by])
        else:
            is_right = not labels
            caught.append(is_right)
        right[f"{reply.kind}"].append(is_right)
        if not is_right and faults[reply.kind] < show:
            faults[reply.kind] += 1
            passage = page.index.article.passage(reply.cited)
            print(f"{reply.kind} [{reply.cited}] {reply.text}\n    {passage.text[:700]}")
            for sentence in (*result.sentences, *result.dropped):
                print(f"    -> {sentence.verdict} {sentence.citations} {result.warnings}")
    kinds = {reply.kind: reply.is_faithful for _, reply in replies}
    seconds.sort()
    return {
        "sentences": len(replies),
        "languages": {
            code: sum(page.language == code for page, _ in replies) for code in ("en", "fr")
        },
        "broken_caught": _share(caught),
        "faithful_kept": _share(kept),
        "citations_corrected": _share(corrected),
        "caught": {kind: _counted(right[kind]) for kind in sorted(kinds) if not kinds[kind]},
        "kept": {kind: _counted(right[kind]) for kind in sorted(kinds) if kinds[kind]},
        "cpu_milliseconds_median": round(1000 * seconds[len(seconds) // 2], 1),
        "cpu_milliseconds_p95": round(1000 * seconds[int(len(seconds) * 0.95)], 1),
        "bar": BARS,
    }


def _chosen(pages: Sequence[Page], each: int, seed: int) -> list[tuple[Page, Reply]]:
    """Return at most `each` sentences of one kind and language, spread over the pages."""
    choose = random.Random(seed)
    made: dict[tuple[str, str], list[tuple[Page, Reply]]] = defaultdict(list)
    for number, page in enumerate(pages):
        others = [p for p in pages if p is not page and p.language == page.language]
        neighbours = choose.sample(others, min(3, len(others)))
        for reply in (*faithful(page, choose), *broken(page, neighbours, choose)):
            made[reply.kind, page.language].append((page, reply))
        if number % 10 == 0:
            choose = random.Random(seed + number)
    chosen = []
    for key in sorted(made):
        choose.shuffle(made[key])
        chosen += made[key][:each]
    return chosen


def _sentences(text: str, label: str) -> tuple[Sentence, ...]:
    """Return a sentence as a model writes it, with its marker before the last full stop."""
    marked = f"{text[:-1]} [{label}]." if text.endswith(".") else f"{text} [{label}]"
    return (Sentence(text=marked, lane="article", citations=(label,)),)


def _page(article: Article, embedder: Embedder, *, has_thread: bool) -> Page:
    return Page(index=ArticleIndex.build(article, embedder), has_thread=has_thread)


def _squad_pages(file: Path, language: str, embedder: Embedder, limit: int) -> Iterator[Page]:
    entries = json.loads(file.read_text("utf-8"))["data"]
    step = max(1, len(entries) // limit)
    for entry in entries[::step][:limit]:
        paragraphs = [paragraph["context"] for paragraph in entry["paragraphs"]][:_PARAGRAPHS]
        draft = ArticleDraft(
            title=entry["title"].replace("_", " "),
            language=language,
            paragraphs=tuple(ParagraphDraft(text=text) for text in paragraphs),
        )
        article = build_article(draft, source_key=f"squad:{entry['title']}")
        yield _page(article, embedder, has_thread=False)


def _share(values: Iterable[bool]) -> float:
    held = list(values)
    return round(sum(held) / max(1, len(held)), 4)


def _counted(values: Sequence[bool]) -> dict[str, float]:
    return {"of": len(values), "share": _share(values)}


if __name__ == "__main__":
    main()
