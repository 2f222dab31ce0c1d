"""Make `contest.json`, `contest_read.json` and `tone.json` of `index/disputes` again.

    python -m training.contest

Learned from the threads in `training/data/debate` and `training/data/relation_thread`, all written
for this project. Every page is read as the product reads it; a row is a comment and one thing it
may be about. How a comment sounds is told by words of other pages alone, and how the trees and the
reader weigh is learned from pages that neither has seen. Prints how much is found and how rightly
on these, all contests of other pages but one fold.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from index.article import Article, Comment
from index.disputes.agreements import Sides
from index.disputes.claims import Claims
from index.disputes.likelihood import (
    FEATURES,
    READ,
    READING,
    WEIGHTS,
    Candidate,
    Likely,
    read_signs,
)
from index.disputes.reader_words import read_pairs
from index.disputes.thread import ThreadReader
from index.disputes.tone import WEIGHTS as TONE
from index.disputes.tone import Tone
from index.encoder import word_table
from index.encoder.regression import Numbers, logit
from index.language.dispute_words import vocabulary
from index.language.words import Span
from index.reading import read_bytes
from index.statements import find_statements
from training import tone as tones
from training.contest_data import is_against
from training.reader_data import is_thread_held_out, written
from training.regression import fitted
from training.regression import write as write_regression
from training.tone import Heard
from training.trees import write

TARGET = Path(__file__).parent.parent / "index" / "disputes"
THRESHOLD, LEAST_UNREAD, WORTH_READING = 0.75, 0.8, -2.0
"""On 172 held-out pages recall is .31 and precision .88, on 80 of a few comments .57 and .95; at
0.7 it was .34, .88 and .59, .93."""
SHORT_THREAD = 4
"""Comments. Articles above longer ones were not read for what contests what inside them."""
_FOLDS = 3
_TREES, _LEAVES, _FEWEST_ROWS, _RATE = 120, 10, 30, 0.1
_NEGATIVES = 2
"""One in so many of the pairs that are no contest is learned, for as many."""
_STRENGTH = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, what its comments contest and support, (number of the comment, words of the claim).

    `words` are those that show a contest, by comment; `is_partial` says that not every quarrel
    among readers was marked, `is_unread` that the reader has not learned the page.
    """

    article: Article
    contests: tuple[tuple[str, Span], ...]
    supports: tuple[tuple[str, Span], ...]
    words: tuple[tuple[str, str], ...] = ()
    is_partial: bool = False
    is_unread: bool = False

    @property
    def is_short(self) -> bool:
        """Whether its thread is short."""
        return len(self.article.live_comments()) <= SHORT_THREAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The candidates of a page, which are contested, and which of them teach.

    `told` says whether the words that would be shown as the claim, `claims`, are contested, and
    `supported` whether they are supported; `known` are the contests of the page.
    """

    page: Page
    items: tuple[Candidate, ...]
    claims: tuple[str, ...]
    contested: np.ndarray
    told: np.ndarray
    supported: np.ndarray
    is_learned: np.ndarray
    known: int

    @property
    def features(self) -> Numbers:
        """The features of the candidates, (candidates, features)."""
        found = [item.features for item in self.items]
        return np.array(found, np.float32).reshape(-1, len(FEATURES))


def pages_of() -> Iterator[Page]:
    """Yield all pages."""
    for _, row in written("debate"):
        yield _written(row)
    for language, row in written("relation_thread"):
        yield _marked(language, row)


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
    return Page(
        article=article, contests=contests, supports=supports, words=words,
        is_unread=is_thread_held_out(row["title"]),
    )  # fmt: skip


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
        contests=tuple(s for label, s in stands if is_against(label)),
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
    statements = find_statements(article)
    claims = Claims.of(article, statements, vocabulary(article.language))
    reader = ThreadReader(article, claims, Sides(statements), tone=tone)
    found, _ = reader.by_expressions()
    items = [item for group in reader.candidates(found) for item in group]
    told = [reader.claim_of(item) for item in items]
    holds = [
        _is_among(page.contests, item.comment.number, item.target.start, item.target.end)
        for item in items
    ]
    shown = [
        [
            claim is not None and _is_among(stands, item.comment.number, claim.start, claim.end)
            for item, claim in zip(items, told, strict=True)
        ]
        for stands in (page.contests, page.supports)
    ]
    learned = [
        held or not page.is_partial or not isinstance(item.target, Comment)
        for item, held in zip(items, holds, strict=True)
    ]
    return Rows(
        page=page,
        items=tuple(items),
        claims=tuple(claim.text if claim else "" for claim in told),
        contested=np.array(holds, bool),
        told=np.array(shown[0], bool),
        supported=np.array(shown[1], bool),
        is_learned=np.array(learned, bool),
        known=sum(number != "article" for number, _ in page.contests),
    )


def _is_among(
    stands: Sequence[tuple[str, Span]], number: str, start: int | None, end: int | None
) -> bool:
    return any(n == number and s.start < (end or 0) and (start or 0) < s.end for n, s in stands)


def learned_from(rows: Sequence[Rows]) -> HistGradientBoostingClassifier:
    """Return the trees."""
    contested = np.concatenate([item.contested for item in rows])
    used = np.concatenate([item.is_learned for item in rows])
    used &= contested | (np.random.RandomState(0).randint(0, _NEGATIVES, len(used)) == 0)
    features = np.concatenate([item.features for item in rows])[used]
    return HistGradientBoostingClassifier(
        max_iter=_TREES, max_leaf_nodes=_LEAVES, min_samples_leaf=_FEWEST_ROWS,
        learning_rate=_RATE, l2_regularization=1.0, random_state=0,
    ).fit(
        features, contested[used], sample_weight=np.where(contested[used], 1, _NEGATIVES)
    )  # fmt: skip


def likely_in(item: Rows, model: HistGradientBoostingClassifier) -> list[tuple[Likely, int]]:
    """Return the likeliest two of each comment of a page, with their places."""
    if not item.items:
        return []
    logits = model.decision_function(item.features)
    by_comment: dict[str, list[int]] = {}
    for place in np.argsort(-logits, kind="stable"):
        by_comment.setdefault(item.items[place].comment.number, []).append(int(place))
    return [
        (Likely(candidate=item.items[place], logit=float(logits[place])), place)
        for places in by_comment.values()
        for place in places[:2]
        if logits[place] >= WORTH_READING
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A likely candidate of a page that nothing has learned, with its signs."""

    page: int
    comment: str
    signs: Numbers
    holds: bool
    is_supported: bool


def read_of(rows: Sequence[Rows], folds: np.ndarray) -> list[Read]:
    """Return the likely candidates of the pages that neither the trees nor the reader learned."""
    found = []
    for fold in range(_FOLDS):
        model = learned_from([r for r, f in zip(rows, folds, strict=True) if f != fold])
        for place, item in enumerate(rows):
            if folds[place] != fold or not item.page.is_unread:
                continue
            likely = likely_in(item, model)
            pairs = [(item.claims[at], one.candidate.comment.text or "") for one, at in likely]
            for (one, at), read in zip(likely, read_pairs(pairs), strict=True):
                found.append(
                    Read(
                        page=place, comment=one.candidate.comment.number,
                        signs=read_signs(one, read), holds=bool(item.told[at]),
                        is_supported=bool(item.supported[at]),
                    )
                )  # fmt: skip
    return found


def figures(read: Sequence[Read], rows: Sequence[Rows]) -> dict[str, dict[str, float]]:
    """Return recall, precision, turned signs and false alarms, weights learned on other pages.

    Those of short threads and of long ones apart.
    """
    told: list[Read] = []
    for fold in range(_FOLDS):
        learned = [item for item in read if item.page % _FOLDS != fold]
        weights, bias = _weights(learned)
        best: dict[tuple[int, str], tuple[float, Read]] = {}
        for item in (item for item in read if item.page % _FOLDS == fold):
            score = float(item.signs @ weights + bias)
            key = item.page, item.comment
            if score >= max(logit(THRESHOLD), best.get(key, (-9.0,))[0]):
                best[key] = score, item
        told += [item for _, item in best.values()]
    unread = {n: item for n, item in enumerate(rows) if item.page.is_unread and item.items}
    short = {n: item for n, item in unread.items() if item.page.is_short}
    long = {n: item for n, item in unread.items() if not item.page.is_short}
    return {
        name: _figures([item for item in told if item.page in part], part)
        for name, part in (("short threads", short), ("long threads", long))
    }


def _figures(told: Sequence[Read], rows: Mapping[int, Rows]) -> dict[str, float]:
    known = sum(item.known for item in rows.values())
    return {
        "pages": len(rows),
        "recall": round(sum(item.holds for item in told) / max(1, known), 3),
        "precision": round(sum(item.holds for item in told) / max(1, len(told)), 3),
        "supports told as contests": sum(item.is_supported for item in told),
        "clean pages": sum(not item.known for item in rows.values()),
        "false alarms there": sum(not rows[item.page].known for item in told),
    }


def _weights(read: Sequence[Read]) -> tuple[Numbers, float]:
    features = np.array([item.signs for item in read])
    return fitted(features, [item.holds for item in read], strength=_STRENGTH)


def target_asked_for(description: str | None) -> Path:
    """Return the folder that the command line names for what is learned, the package's unless."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=Path, default=TARGET)
    target: Path = parser.parse_args().target
    return target


def main() -> None:
    """Learn the weights and write them."""
    target = target_asked_for(__doc__)
    pages = list(pages_of())
    heard, others = list(heard_on(pages)), tones.replies()
    folds = np.random.RandomState(0).randint(0, _FOLDS, len(pages))
    vectors = tones.vectors_of([*heard, *others], word_table())
    of_fold = [
        tones.fitted([*(h for h in heard if folds[h.page] != fold), *others], vectors)
        for fold in range(_FOLDS)
    ]
    rows = [rows_of(page, of_fold[folds[place]]) for place, page in enumerate(pages)]
    tones.write(target / TONE, tones.fitted([*heard, *others], vectors))
    trees = learned_from(rows)
    write(target / WEIGHTS, FEATURES, trees, worth_reading=WORTH_READING)
    read = read_of(rows, folds)
    weights, bias = _weights(read)
    write_regression(
        target / READING, READ, weights, bias, threshold=THRESHOLD,
        least_unread=LEAST_UNREAD,
    )  # fmt: skip
    print(json.dumps({"pages": len(pages)} | figures(read, rows)))


if __name__ == "__main__":
    main()
