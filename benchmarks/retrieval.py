"""Does the right passage come first? Questions to paragraphs, and sentences to translations.

    python -m benchmarks.retrieval --piaf piaf-v1.0.json
    python -m benchmarks.retrieval --bitext wmt-news.eng-fra.tsv.gz --bitext wmt-news.eng-rus.tsv.gz

`--piaf` reads questions and paragraphs in the form of SQuAD and looks for each question's
paragraph among all of them: by words, by character n-grams, by meaning and by all three.
`--bitext` reads translations in two columns and looks for each sentence among those of the
other column, by meaning alone. A passage that ties with the right one counts as before it.
"""

import argparse
import gzip
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import Embedder, open_embedder
from index.language.sentences import sentence_spans
from index.retrieval.bm25 import LexicalIndex
from index.retrieval.hybrid import combine, dense_scores

Rows = npt.NDArray[np.floating]

PIAF_BARS = {"hybrid_at_1": 0.72, "hybrid_at_10": 0.92}
PIAF_FLOORS = {"words_at_1": 0.697, "ngrams_at_1": 0.700, "sum_at_1": 0.716, "sum_at_10": 0.918}
BITEXT_BARS = {"fra-eng": 0.94, "deu-eng": 0.94, "spa-eng": 0.91, "tur-eng": 0.76, "rus-eng": 0.70}
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """The share of questions whose passage came first, and among the first ten."""

    at_1: float
    at_10: float


def main() -> None:
    """Measure what was asked for and print one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--piaf", type=Path, help="questions and paragraphs, form of SQuAD")
    parser.add_argument("--bitext", type=Path, action="append", default=[], help="two columns")
    parser.add_argument("--embedder", help="a sentence-transformers model; the bundled one if not")
    parser.add_argument(
        "--limit", type=int, default=2000, help="most pairs of a bitext, the last ones"
    )
    options = parser.parse_args()
    if options.piaf is None and not options.bitext:
        parser.error("nothing to measure: give --piaf or --bitext")
    embedder = open_embedder(options.embedder)
    result: dict[str, object] = {"embedder": embedder.name, "fingerprint": embedder.fingerprint}
    if options.piaf is not None:
        result["piaf"] = measure_questions(options.piaf, embedder)
    for path in options.bitext:
        result.setdefault("bitext", {})
        figures = measure_bitext(path, embedder, limit=options.limit)
        result["bitext"] |= {path.name.split(".tsv")[0]: figures}  # type: ignore[operator]
    print(json.dumps(result))


def measure_questions(path: Path, embedder: Embedder) -> dict[str, object]:
    """Return the recall of each way to search all paragraphs of a file, beside the bars."""
    paragraphs: list[str] = []
    questions: list[str] = []
    answers: list[int] = []
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for question in paragraph["qas"]:
                questions.append(question["question"])
                answers.append(len(paragraphs))
            paragraphs.append(paragraph["context"])
    lexical = LexicalIndex.build(paragraphs, language="fr")
    sentences = [
        (span.of(text), position)
        for position, text in enumerate(paragraphs)
        for span in sentence_spans(text)
    ]
    passage_vectors = embedder.encode_documents(paragraphs)
    sentence_vectors = embedder.encode_documents([sentence for sentence, _ in sentences])
    sentence_passages = np.array([position for _, position in sentences])
    words = np.stack([lexical.word_scores(question, language="fr") for question in questions])
    ngrams = np.stack([lexical.ngram_scores(question) for question in questions])
    meaning = np.stack(
        [
            dense_scores(
                vector,
                passage_vectors=passage_vectors,
                sentence_vectors=sentence_vectors,
                sentence_passages=sentence_passages,
            )
            for vector in embedder.encode_queries(questions)
        ]
    )
    both = (words + ngrams) / 2
    hybrid = np.stack(
        [
            combine(*scores, least_meaning=embedder.weight_beside_words)
            for scores in zip(both, meaning, strict=True)
        ]
    )
    right = np.array(answers)
    recalls = {
        "words": recall(words, right),
        "ngrams": recall(ngrams, right),
        "lexical": recall(both, right),
        "dense": recall(meaning, right),
        "hybrid": recall(hybrid, right),
    }
    for name, value in recalls.items():
        print(f"{name:8} R@1 {value.at_1:.3f}  R@10 {value.at_10:.3f}")
    best, halves = recalls["hybrid"], [recalls[name] for name in ("words", "ngrams", "dense")]
    reached = (
        best.at_1 >= PIAF_BARS["hybrid_at_1"]
        and best.at_10 >= PIAF_BARS["hybrid_at_10"]
        and all(best.at_1 >= half.at_1 and best.at_10 >= half.at_10 for half in halves)
    )
    return {
        "questions": len(questions),
        "paragraphs": len(paragraphs),
        **{name: asdict(value) for name, value in recalls.items()},
        "floors": PIAF_FLOORS,
        "bars": PIAF_BARS,
        "reached": reached,
    }


def measure_bitext(path: Path, embedder: Embedder, *, limit: int) -> dict[str, object]:
    """Return how often a sentence's translation is the nearest one, in both directions."""
    pairs = _last_distinct(path, limit=limit)
    languages = path.name.split(".tsv")[0].split(".")[-1].split("-")
    first, second = languages if len(languages) == 2 else ("first", "second")
    figures: dict[str, object] = {"sentences": len(pairs)}
    right = np.arange(len(pairs))
    left, other = [a for a, _ in pairs], [b for _, b in pairs]
    for name, queries, documents in (
        (f"{first}-{second}", left, other),
        (f"{second}-{first}", other, left),
    ):
        vectors = embedder.encode_queries(queries)
        found = recall(vectors @ embedder.encode_documents(documents).T, right)
        figures[name] = found.at_1
        bar = BITEXT_BARS.get(name)
        if bar is not None:
            figures |= {"bar": bar, "reached": found.at_1 >= bar}
        print(f"{path.name}: {name} {found.at_1:.3f}" + (f" (bar {bar:.2f})" if bar else ""))
    return figures


def recall(scores: Rows, right: npt.NDArray[np.int64]) -> Recall:
    """Return the recall of a score matrix (questions, passages); ties count as failures."""
    before: list[npt.NDArray[np.int64]] = []
    for start in range(0, len(scores), _ROWS_AT_ONCE):
        some = scores[start : start + _ROWS_AT_ONCE]
        mine = some[np.arange(len(some)), right[start : start + len(some)]]
        before.append((some >= mine[:, None]).sum(axis=1) - 1)
    ranks = np.concatenate(before)
    return Recall(
        at_1=round(float((ranks < 1).mean()), 4), at_10=round(float((ranks < 10).mean()), 4)
    )


def _last_distinct(path: Path, *, limit: int) -> Sequence[tuple[str, str]]:
    """Return the last pairs of a file of which neither side occurs twice."""
    unpack = gzip.open if path.suffix == ".gz" else open
    with unpack(path, "rt", encoding="utf-8") as lines:
        pairs = [tuple(line.rstrip("\r\n").split("\t")[:2]) for line in lines]
    chosen: list[tuple[str, str]] = []
    seen: set[str] = set()
    for pair in reversed(pairs):
        if len(chosen) < limit and len(pair) == 2 and all(pair) and seen.isdisjoint(pair):
            seen.update(pair)
            chosen.append((pair[0], pair[1]))
    return chosen


if __name__ == "__main__":
    main()
