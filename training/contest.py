"""Make `index/disputes/contest.json` again: what a comment contests where no expression shows it.

    python -m training.contest

Learned from the threads in `training/data/relation_thread` and `training/data/debate`, all written
for this project. Every page is read as the product reads it; a row is a comment and one thing it
may be about. `--without` leaves files out, so that the pages in them can tell how good the weights
are. The thresholds are those at which real threads, which are not learned, kept their precision.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.article import Article
from index.disputes.claims import Claims, Sentence
from index.disputes.entailment import word_table
from index.disputes.likelihood import FEATURES, WEIGHTS, Candidate, Candidates, with_cosines
from index.disputes.targets import Targets
from index.encoder.regression import Numbers
from index.language.dispute_words import vocabulary
from index.language.words import Span
from index.reading import read_bytes
from index.statements import find_statements
from training.regression import fitted, write

DATA = Path(__file__).parent / "data"
TARGET = Path(__file__).parent.parent / "index" / "disputes" / WEIGHTS
STRENGTH = 0.03
THRESHOLD, THRESHOLD_OF_COMMENTS = 0.7, 0.92


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and what its comments contest: (number of the comment, words of the claim).

    `is_partial` says that not every quarrel among readers was marked.
    """

    source: str
    article: Article
    contests: tuple[tuple[str, Span], ...]
    is_partial: bool = False


def pages_of() -> Iterator[Page]:
    """Yield all pages."""
    for file in sorted((DATA / "debate").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield _written(file.stem, json.loads(line))
    for file in sorted((DATA / "relation_thread").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield _marked(file.stem, json.loads(line))


def _written(source: str, row: dict[str, Any]) -> Page:
    given = {key: row[key] for key in ("title", "paragraphs", "comments")}
    article = read_bytes(json.dumps(given | {"language": row["lang"]}).encode())
    contests = [
        (number, span)
        for claim in row["disputed"]
        for span in _places(article, claim["claim"])[:1]
        for number in claim["by"]
    ]
    return Page(source=source, article=article, contests=tuple(contests))


def _marked(language: str, row: dict[str, Any]) -> Page:
    thread = [
        {"number": c["n"], "author": c["author"], "parent": c["parent"], "text": c["text"]}
        for c in row["comments"]
    ]
    given = {"title": row["topic"], "paragraphs": row["article"], "comments": thread}
    article = read_bytes(json.dumps(given | {"language": language}).encode())
    numbers = {" ".join((c.text or "").split()): c.number for c in article.comments}
    claims = {claim["id"]: claim["text"] for claim in row["claims"]}
    contests = [
        (numbers[" ".join(comment["text"].split())], span)
        for comment in row["comments"]
        for stance in comment["stances"]
        if stance["label"] not in ("supports", "neither")
        for span in _places(article, claims[stance["claim"]])[:1]
    ]
    return Page(source="threads", article=article, contests=tuple(contests), is_partial=True)


def _places(article: Article, words: str) -> list[Span]:
    start = article.text.find(words)
    return [Span(start, start + len(words))] if start >= 0 else []


def rows_of(page: Page) -> Iterator[tuple[Numbers, bool]]:
    """Yield the features of each comment with what it may contest, and whether it does."""
    article = page.article
    claims = Claims.of(article, find_statements(article), vocabulary(article.language))
    targets = Targets(article, claims)
    found = Candidates(article.text, claims, targets.comments)
    candidates = [
        candidate
        for comment in article.live_comments()
        if targets.comments.markers_of(comment)[0]
        for candidate in found.of(comment, targets.addresses.answered(comment))
    ]
    for candidate in with_cosines(candidates, word_table()):
        contested = _is_contested(page, candidate)
        if contested or not page.is_partial or isinstance(candidate.target, Sentence):
            yield candidate.features, contested


def _is_contested(page: Page, candidate: Candidate) -> bool:
    start, end = candidate.target.start or 0, candidate.target.end or 0
    return any(
        number == candidate.comment.number and span.start < end and start < span.end
        for number, span in page.contests
    )


def main() -> None:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--without", nargs="*", default=[], help="files to leave out, by name")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    pages = (page for page in pages_of() if page.source not in options.without)
    rows = [row for page in pages for row in rows_of(page)]
    features, contested = zip(*rows, strict=True)
    weights, bias = fitted(np.array(features), contested, strength=STRENGTH)
    thresholds = {"threshold": THRESHOLD, "threshold_of_comments": THRESHOLD_OF_COMMENTS}
    write(options.target, FEATURES, weights, bias, **thresholds)
    print(f"{len(rows)} rows, {sum(contested)} contested")


if __name__ == "__main__":
    main()
