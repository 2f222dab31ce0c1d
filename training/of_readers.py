"""Make `assistant/question/of_readers.json` again: does a question ask what readers write?

    python -m training.of_readers

Learned from `training/data/readers`, where half of the questions ask readers and half ask people
of the story who are easily taken for them ("the villagers", "users of the app"), and from the
questions of `training/data/intent` whose kind leaves no doubt. Prints how often it is right on
languages that were not learned.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from assistant.locale import phrases
from assistant.question.of_readers import FEATURES, WEIGHTS
from index.encoder import open_embedder
from index.encoder.regression import probabilities
from index.language.words import folded_words
from training.reader_data import written
from training.regression import fitted, write

TARGET = Path(__file__).parent.parent / "assistant" / "question" / WEIGHTS
STRENGTH = 0.005
SURE = 0.7
_OF_READERS = (
    "readers_summary", "comment_list", "comment_count", "comment_best", "comment_worst",
    "comment_first", "comment_last", "comment_deleted",
)  # fmt: skip
_OF_OTHERS = (
    "factual", "metadata", "who_said", "said_what", "summary", "told_about", "accusation",
    "did_say", "most_quoted", "quotations", "greeting", "request", "disputed", "compare",
)  # fmt: skip


def examples() -> list[tuple[str, str, bool]]:
    """Return language, question and whether it asks readers."""
    found = [(language, row["q"], row["readers"]) for language, row in written("readers")]
    return found + [
        (language, row["q"], row["intent"] in _OF_READERS)
        for language, row in written("intent")
        if row["intent"] in (*_OF_READERS, *_OF_OTHERS) and not _names_both(language, row)
    ]


def _names_both(language: str, row: dict[str, Any]) -> bool:
    """Whether a question of another kind names readers: "Do commenters doubt the figure?"."""
    named = phrases(language).reader_words.intersection(folded_words(row["q"]))
    return row["intent"] in _OF_OTHERS and bool(named)


def main() -> None:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    languages, questions, holds = map(np.array, zip(*examples(), strict=True))
    vectors = open_embedder("e5").encode_queries(questions.tolist())
    told, in_vain = [], []
    for language in sorted(set(languages)):
        unseen = languages == language
        weights, bias = fitted(vectors[~unseen], holds[~unseen].tolist(), strength=STRENGTH)
        sure = probabilities(vectors[unseen] @ weights + bias) >= SURE
        told += sure[holds[unseen]].tolist()
        in_vain += sure[~holds[unseen]].tolist()
    weights, bias = fitted(vectors, holds.tolist(), strength=STRENGTH)
    write(options.target, FEATURES, weights, bias, sure=SURE)
    figures = {"told": float(np.mean(told)), "told in vain": float(np.mean(in_vain))}
    print(json.dumps({"questions": len(questions)} | {k: round(v, 3) for k, v in figures.items()}))


if __name__ == "__main__":
    main()
