"""Make `assistant/checking/checking.json` again: how the signs of a sentence are weighed.

    python -m training.checking

Learned from the sentences of `training/data/said` and `training/data/support`, put to the check as
a model's reply is, on pages and passages that the reader has not learned. Sentences that the rules
drop without the judge are not learned from. Prints how many right and wrong ones would be shown as
written, four folds of pages apart.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from assistant.answer import Sentence
from assistant.checking import ReaderJudge, check_reply
from assistant.checking.agreement import Signs
from assistant.checking.judge import FEATURES, WEIGHTS
from assistant.markers import with_markers
from index.article import Article
from index.encoder import Reader, open_embedder
from index.encoder.regression import Numbers
from index.library.article_index import ArticleIndex
from index.reading import read_bytes
from training.question_pages import DATA
from training.reader_data import is_held_out, is_page_held_out, written
from training.regression import fitted, write

TARGET = Path(__file__).parent.parent / "assistant" / "checking" / WEIGHTS
_STRENGTH = 0.1
_FALSE_SHARE = 0.025
"""Of the wrong sentences, how many may be shown as written."""
_FOLDS = 4
_ONE_IN = 8
"""Of the passages of `support`, as the reader holds them out."""


@dataclass(slots=True)
class Recorder:
    """Keeps what the judge is told of a sentence, and finds nothing carried."""

    judge: ReaderJudge = field(default_factory=lambda: ReaderJudge(Reader.open()))
    measured: Numbers | None = None

    def carries(self, told: Sequence[str], near: str, sentence: str, *, signs: Signs) -> bool:
        """Keep what is known of a sentence; see `assistant.checking.Judge`."""
        self.measured = self.judge.measured(told, near, sentence, signs)
        return False

    def nearness(self, sentence: str, texts: Sequence[str]) -> np.ndarray:
        """Return how near texts are to a sentence; see `assistant.checking.Judge`."""
        return self.judge.nearness(sentence, texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A sentence as it is learned; `measured` is None where the rules decide alone."""

    page: str
    is_right: bool
    measured: Numbers | None


def rows() -> Iterator[Row]:
    """Yield the sentences on what the reader has not learned."""
    recorder = Recorder()
    for place, (index, text, labels, is_right) in enumerate(_sentences()):
        recorder.measured = None
        shown = [p for p in index.article.passages if p.label in labels]
        cited = tuple(passage.label for passage in shown)
        sentence = Sentence(text=with_markers(text, cited), lane="article", citations=cited)
        if check_reply([sentence], index, shown, judge=recorder).sentences:
            continue  # it stands there as it is
        yield Row(page=index.article.source_key, is_right=is_right, measured=recorder.measured)
        if place % 200 == 0:
            print(f"{place} sentences read", flush=True)


def _sentences() -> Iterator[tuple[ArticleIndex, str, set[str], bool]]:
    """Yield pages, each with a sentence, the labels it cites, and whether it is right."""
    for _, row in written("said"):
        if is_page_held_out(row["page"]):
            index = _page((DATA / row["page"]).read_bytes())
            passages = index.article.passages
            labels = {p.label for words in row["cites"] for p in passages if words in p.text}
            yield index, row["s"], labels, row["right"]
    for language, example in written("support"):
        passages = example["passages"]
        if not is_held_out(passages[0]["text"], one_in=_ONE_IN):
            continue
        own = [p for p in passages if p["source"] == "article"]
        comments = [p for p in passages if p["source"] == "comment"]
        page = {
            "title": example["topic"],
            "language": language,
            "paragraphs": [p["text"] for p in own],
            "comments": [
                {"id": p["label"], "author": p["by"] or "", "text": p["text"]} for p in comments
            ],
        }
        index = _page(json.dumps(page).encode())
        names = {p["label"]: f"A{place}" for place, p in enumerate(own, start=1)}
        names |= {p["label"]: f"C{place}" for place, p in enumerate(comments, start=1)}
        for told in example["sentences"]:
            yield index, told["s"], {names[label] for label in told["cites"]}, told["right"]


@cache
def _page(content: bytes) -> ArticleIndex:
    article: Article = read_bytes(content)
    return ArticleIndex.build(article, open_embedder())


def learned_from(some: Sequence[Row]) -> tuple[Numbers, float]:
    """Return weights and bias."""
    known = [row for row in some if row.measured is not None]
    features = np.stack([row.measured for row in known if row.measured is not None])
    return fitted(features, [row.is_right for row in known], strength=_STRENGTH)


def unseen_logits(some: Sequence[Row]) -> Numbers:
    """Return the logit of each sentence by weights of other pages, (rows,); -inf by the rules."""
    logits = np.full(len(some), -np.inf, np.float32)
    pages = sorted({row.page for row in some})
    for fold in range(_FOLDS):
        unseen = set(pages[fold::_FOLDS])
        weights, bias = learned_from([row for row in some if row.page not in unseen])
        for place, row in enumerate(some):
            if row.page in unseen and row.measured is not None:
                logits[place] = row.measured @ weights + bias
    return logits


def main() -> None:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    some = list(rows())
    logits = unseen_logits(some)
    right = np.array([row.is_right for row in some])
    wrong = np.sort(logits[~right])[::-1]
    least = round(float(wrong[int(_FALSE_SHARE * len(wrong))]) + 1e-4, 4)
    weights, bias = learned_from(some)
    write(options.target, FEATURES, weights, bias, least=least)
    shown = {
        f"{name} shown at {edge}": round(float((logits[kind] >= edge).mean()), 3)
        for edge in (least, 0.5, 1.0, 1.5, 2.0)
        for name, kind in (("right", right), ("wrong", ~right))
    }
    print(json.dumps({"sentences": len(some)} | shown))


if __name__ == "__main__":
    main()
