"""Make `index/disputes/contest.json` again: what a comment contests where no expression shows it.

    python -m training.contest [--pages gold.jsonl=FOLDER …]

Learned from the threads in `training/data/relation_thread` and `training/data/debate`, and from
annotated real pages where their gold and a folder with the pages are named. Every page is read as
the product reads it; a row is a comment and one thing it may be about. `--without`
leaves files out, so that the pages in them can tell how good the weights are.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from index.article import Article, Comment
from index.disputes.claims import Claims, Sentence
from index.disputes.comments import ReadComments
from index.disputes.entailment import word_table
from index.disputes.features import Numbers
from index.disputes.likelihood import FEATURES, WEIGHTS, Candidate, Candidates, with_cosines
from index.language.dispute_words import vocabulary
from index.language.words import Span
from index.reading import read_article, read_bytes
from index.statements import find_statements

DATA = Path(__file__).parent / "data"
TARGET = Path(__file__).parent.parent / "index" / "disputes" / WEIGHTS
STRENGTH = 0.03
THRESHOLD, THRESHOLD_OF_COMMENTS = 0.65, 0.85
REAL_WEIGHT = 2  # real pages are fewer rows, and what readers meet


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and what its comments contest: (number of the comment, words of the claim).

    `read` are the comments that were annotated, None where all were; `is_partial` says that not
    every quarrel among readers was marked.
    """

    source: str
    article: Article
    contests: tuple[tuple[str, Span], ...]
    read: frozenset[str] | None = None
    is_partial: bool = False


def pages_of(real: Sequence[str] = ()) -> Iterator[Page]:
    """Yield all pages: those written for this project, then real ones (`GOLD=FOLDER`)."""
    for file in sorted((DATA / "debate").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield _written(file.stem, json.loads(line))
    for file in sorted((DATA / "relation_thread").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield _marked(file.stem, json.loads(line))
    for pair in real:
        gold, _, folder = pair.partition("=")
        for line in Path(gold).read_text("utf-8").splitlines():
            page = _real(json.loads(line), Path(folder))
            if page is not None:
                yield page


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


def _real(row: dict[str, Any], folder: Path) -> Page | None:
    file = folder / row["page"].partition("/")[2]
    if not file.is_file():
        return None
    article = read_article(str(file))
    passages = {claim["id"]: [claim["text"]] for claim in row["claims"]}
    for claim in row["claims"]:
        passages[claim["id"]] += [words["text"] for words in claim.get("also", [])]
    contests = [
        (position["comment"], span)
        for position in row["positions"]
        if position["stance"] != "supports"
        for words in passages[position["claim"]]
        for span in _places(article, words)
    ]
    annotated = frozenset(row["annotated"])
    return Page(source="real", article=article, contests=tuple(contests), read=annotated)


def _places(article: Article, words: str) -> list[Span]:
    start = article.text.find(words)
    return [Span(start, start + len(words))] if start >= 0 else []


def rows_of(page: Page) -> Iterator[tuple[Numbers, bool]]:
    """Yield the features of each comment with what it may contest, and whether it does."""
    article = page.article
    claims = Claims.of(article, find_statements(article), vocabulary(article.language))
    comments = ReadComments(article)
    found = Candidates(article.text, claims, comments)
    candidates = [
        candidate
        for comment in article.live_comments()
        if page.read is None or comment.number in page.read
        if comments.markers_of(comment)[0]
        for candidate in found.of(comment, _answered(article, comment))
    ]
    for candidate in with_cosines(candidates, word_table()):
        contested = _is_contested(page, candidate)
        if contested or not page.is_partial or isinstance(candidate.target, Sentence):
            yield candidate.features, contested


def _answered(article: Article, comment: Comment) -> tuple[Comment, ...]:
    if comment.parent is None or not article.has_comment(comment.parent):
        return ()
    parent = article.comment(comment.parent)
    return () if parent.deleted or parent.author == comment.author else (parent,)


def _is_contested(page: Page, candidate: Candidate) -> bool:
    start, end = candidate.target.start or 0, candidate.target.end or 0
    return any(
        number == candidate.comment.number and span.start < end and start < span.end
        for number, span in page.contests
    )


def fitted(
    features: Numbers, contested: Sequence[bool], counts: Sequence[int]
) -> tuple[Numbers, float]:
    """Return weights and bias for features as they are; `counts` says how often a row counts."""
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit((features - mean) / scale, contested, sample_weight=counts)
    weights = model.coef_[0] / scale
    return weights, float(model.intercept_[0] - weights @ mean)


def main() -> None:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", nargs="*", default=[], metavar="GOLD=FOLDER")
    parser.add_argument("--without", nargs="*", default=[], help="files to leave out, by name")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    rows = [
        (*row, REAL_WEIGHT if page.source == "real" else 1)
        for page in pages_of(options.pages)
        if page.source not in options.without
        for row in rows_of(page)
    ]
    features, contested, counts = zip(*rows, strict=True)
    weights, bias = fitted(np.array(features), contested, counts)
    stored = {
        "features": list(FEATURES),
        "weights": [round(float(weight), 4) for weight in weights],
        "bias": round(bias, 4),
        "threshold": THRESHOLD,
        "threshold_of_comments": THRESHOLD_OF_COMMENTS,
    }
    options.target.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    print(f"{len(rows)} rows, {sum(contested)} contested")


if __name__ == "__main__":
    main()
