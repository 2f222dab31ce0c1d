"""Make `index/disputes/contest.json` and `tone.json` again: what a comment contests.

    python -m training.contest

Learned from the threads in `training/data/debate` and `training/data/relation_thread`, all written
for this project. Every page is read as the product reads it; a row is a comment and one thing it
may be about. How a comment sounds is told, for a page that is learned too, by words of other pages
alone. Prints how much is found and how rightly on pages that were not learned.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from index.article import Article, Comment
from index.disputes.agreements import Sides
from index.disputes.claims import Claims
from index.disputes.likelihood import FEATURES, WEIGHTS
from index.disputes.thread import ThreadReader
from index.disputes.tone import WEIGHTS as TONE
from index.disputes.tone import Tone
from index.encoder.regression import Numbers
from index.language.dispute_words import vocabulary
from index.language.words import Span
from index.reading import read_bytes
from index.statements import find_statements
from training import tone as tones
from training.tone import Heard
from training.trees import write

DATA = Path(__file__).parent / "data"
TARGET = Path(__file__).parent.parent / "index" / "disputes"
LEAST, LEAST_SHOWN = 0.5, -1.5
"""Logits: on pages not learned, three contests out of four are right from the first on."""
_FOLDS = 5
_TREES, _LEAVES, _FEWEST_ROWS, _RATE = 150, 10, 30, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, what its comments contest and support, (number of the comment, words of the claim).

    `words` are those that show a contest, by comment; `is_partial` says that not every quarrel
    among readers was marked.
    """

    article: Article
    contests: tuple[tuple[str, Span], ...]
    supports: tuple[tuple[str, Span], ...]
    words: tuple[tuple[str, str], ...] = ()
    is_partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The candidates of a page: features, which are contested, and of which comment each is.

    `told` says whether the words that would be shown as the claim are contested; `known` are the
    contests of the page, `is_learned` those that teach.
    """

    features: Numbers
    contested: np.ndarray
    told: np.ndarray
    comments: tuple[str, ...]
    is_learned: np.ndarray
    known: int


def pages_of() -> Iterator[Page]:
    """Yield all pages."""
    for file in sorted((DATA / "debate").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield _written(json.loads(line))
    for file in sorted((DATA / "relation_thread").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield _marked(file.stem, json.loads(line))


def _written(row: dict[str, Any]) -> Page:
    given = {key: row[key] for key in ("title", "paragraphs", "comments")}
    article = read_bytes(json.dumps(given | {"language": row["lang"]}).encode())
    contests, supports = (
        tuple(
            (number, span)
            for claim in row[kind]
            for span in _places(article, claim["claim"])
            for number in claim["by"]
        )
        for kind in ("disputed", "supported")
    )
    words = tuple(item for claim in row["disputed"] for item in claim.get("words", {}).items())
    return Page(article=article, contests=contests, supports=supports, words=words)


def _marked(language: str, row: dict[str, Any]) -> Page:
    thread = [
        {"number": c["n"], "author": c["author"], "parent": c["parent"], "text": c["text"]}
        for c in row["comments"]
    ]
    given = {"title": row["topic"], "paragraphs": row["article"], "comments": thread}
    article = read_bytes(json.dumps(given | {"language": language}).encode())
    numbers = {" ".join((c.text or "").split()): c.number for c in article.comments}
    claims = {claim["id"]: claim["text"] for claim in row["claims"]}
    stands = [
        (stance["label"], (numbers[" ".join(comment["text"].split())], span))
        for comment in row["comments"]
        for stance in comment["stances"]
        for span in _places(article, claims[stance["claim"]])
    ]
    return Page(
        article=article,
        contests=tuple(s for label, s in stands if label not in ("supports", "neither")),
        supports=tuple(s for label, s in stands if label == "supports"),
        is_partial=True,
    )


def _places(article: Article, words: str) -> list[Span]:
    start = article.text.find(words)
    return [Span(start, start + len(words))] if start >= 0 else []


def heard_on(pages: Sequence[Page]) -> Iterator[Heard]:
    """Yield the comments of pages, and the words of each that show its contest."""
    for place, page in enumerate(pages):
        contesting, supporting = ({n for n, _ in found} for found in (page.contests, page.supports))
        for comment in page.article.live_comments():
            number, text = comment.number, comment.text or ""
            yield Heard(
                text=text, contests=number in contesting, supports=number in supporting, page=place
            )
            for other, words in page.words:
                if other == number and len(words) < len(text):
                    yield Heard(text=words, contests=True, supports=False, weight=0.5, page=place)


def rows_of(page: Page, tone: Tone) -> Rows:
    """Return what a page teaches."""
    article = page.article
    claims = Claims.of(article, find_statements(article), vocabulary(article.language))
    reader = ThreadReader(article, claims, Sides(find_statements(article)), tone=tone)
    found, _ = reader.by_expressions()
    items = [item for group in reader.candidates(found) for item in group]

    def contested(number: str, start: int, end: int) -> bool:
        return any(n == number and s.start < end and start < s.end for n, s in page.contests)

    told = [reader.claim_of(item) for item in items]
    holds = [
        contested(item.comment.number, item.target.start or 0, item.target.end or 0)
        for item in items
    ]
    return Rows(
        features=np.array([item.features for item in items]).reshape(-1, len(FEATURES)),
        contested=np.array(holds, bool),
        told=np.array([
            claim is not None and contested(item.comment.number, claim.start, claim.end)
            for item, claim in zip(items, told, strict=True)
        ], bool),
        comments=tuple(item.comment.number for item in items),
        is_learned=np.array([
            held or not page.is_partial or not isinstance(item.target, Comment)
            for item, held in zip(items, holds, strict=True)
        ], bool),
        known=sum(number != "article" for number, _ in page.contests),
    )  # fmt: skip


def learned_from(rows: Sequence[Rows]) -> HistGradientBoostingClassifier:
    """Return the trees."""
    used = np.concatenate([item.is_learned for item in rows])
    features = np.concatenate([item.features for item in rows])[used]
    return HistGradientBoostingClassifier(
        max_iter=_TREES, max_leaf_nodes=_LEAVES, min_samples_leaf=_FEWEST_ROWS,
        learning_rate=_RATE, l2_regularization=1.0, random_state=0,
    ).fit(features, np.concatenate([item.contested for item in rows])[used])  # fmt: skip


def figures(rows: Sequence[Rows], folds: np.ndarray) -> dict[str, float]:
    """Return recall, precision and false alarms on clean pages, of pages not learned."""
    right, told, known, false = 0, 0, 0, 0
    for fold in range(_FOLDS):
        model = learned_from([r for r, f in zip(rows, folds, strict=True) if f != fold])
        for item in (r for r, f in zip(rows, folds, strict=True) if f == fold and len(r.comments)):
            logits = model.decision_function(item.features)
            best: dict[str, int] = {}
            for place, number in enumerate(item.comments):
                if (
                    logits[place] >= LEAST
                    and logits[place] > logits[best.get(number, place)] - 1e-9
                ):
                    best[number] = place
            known += item.known
            told += len(best)
            right += sum(bool(item.told[place]) for place in best.values())
            false += 0 if item.known else len(best)
    return {
        "recall": round(right / known, 3),
        "precision": round(right / max(1, told), 3),
        "clean pages": sum(not item.known for item in rows),
        "false alarms there": false,
    }


def main() -> None:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    pages = list(pages_of())
    heard, others = list(heard_on(pages)), tones.replies()
    folds = np.random.RandomState(0).randint(0, _FOLDS, len(pages))
    vectors = tones.vectors_of([*heard, *others])
    of_fold = [
        tones.fitted([*(h for h in heard if folds[h.page] != fold), *others], vectors)
        for fold in range(_FOLDS)
    ]
    rows = [rows_of(page, of_fold[folds[place]]) for place, page in enumerate(pages)]
    tones.write(options.target / TONE, tones.fitted([*heard, *others], vectors))
    write(
        options.target / WEIGHTS, FEATURES, learned_from(rows), least=LEAST, least_shown=LEAST_SHOWN
    )
    print(json.dumps({"pages": len(pages)} | figures(rows, folds)))


if __name__ == "__main__":
    main()
