"""Texts with planted disputes, and how many of them are found.

A folder holds `*.jsonl` files; each line is `{"id", "article", "disputes"}`, the article in the
form that `read_article` takes. A dispute is `{"claim": words, "against": [{"words": words}],
"optional"}`; none means that nothing is contested. A dispute that is found is right when its
claim overlaps the planted words and one of its positions overlaps the words of an objection.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.article import Article
from index.disputes import Dispute, find_disputes
from index.encoder import Embedder, open_embedder
from index.language.words import Span
from index.reading import read_bytes
from index.statements import find_statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One dispute that a text holds; `is_optional` ones may be found or not."""

    words: str
    claim: Span
    against: tuple[Span, ...]
    is_optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article, what was planted in it, and what was found."""

    name: str
    planted: tuple[Planted, ...]
    found: tuple[Dispute, ...]


def read_texts(folder: Path) -> list[Text]:
    """Return the texts of a folder with the disputes found in each."""
    embedder = open_embedder()
    return [
        _text(json.loads(line), embedder)
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]


def _text(entry: dict[str, Any], embedder: Embedder) -> Text:
    article = read_bytes(json.dumps(entry["article"]).encode())
    planted = tuple(
        Planted(
            words=dispute["claim"],
            claim=_place(dispute["claim"], article),
            against=tuple(_place(item["words"], article) for item in dispute["against"]),
            is_optional=bool(dispute.get("optional")),
        )
        for dispute in entry["disputes"]
    )
    found = find_disputes(article, find_statements(article))
    return Text(name=entry["id"], planted=planted, found=found)


def _place(words: str, article: Article) -> Span:
    start = article.text.find(" ".join(words.split()))
    if start < 0:
        raise ValueError(f"the article does not hold the planted words {words!r}")
    return Span(start, start + len(" ".join(words.split())))


def score(texts: Sequence[Text]) -> dict[str, object]:
    """Return precision and recall over all texts, and print the faults."""
    found = right = wanted = recalled = 0
    for text in texts:
        needed = [planted for planted in text.planted if not planted.is_optional]
        missed = [p for p in needed if not any(_agrees(p, dispute) for dispute in text.found)]
        invented = list(_invented(text))
        wanted += len(needed)
        recalled += len(needed) - len(missed)
        found += len(text.found)
        right += len(text.found) - len(invented)
        for planted in missed:
            print(f"{text.name}: missed: {planted.words}")
        for dispute in invented:
            positions = [position.text for position in dispute.contested_by]
            print(f"{text.name}: invented: {dispute.claim.text} <- {positions}")
    return {
        "texts": len(texts),
        "found": found,
        "planted": wanted,
        "precision": round(right / max(1, found), 3),
        "recall": round(recalled / max(1, wanted), 3),
        "bar": {"precision": 0.90, "recall": 0.70},
    }


def _invented(text: Text) -> Iterator[Dispute]:
    for dispute in text.found:
        if not any(_agrees(planted, dispute) for planted in text.planted):
            yield dispute


def _agrees(planted: Planted, dispute: Dispute) -> bool:
    return _overlap(planted.claim, dispute.claim.start, dispute.claim.end) and any(
        _overlap(words, position.start, position.end)
        for words in planted.against
        for position in dispute.contested_by
    )


def _overlap(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end
