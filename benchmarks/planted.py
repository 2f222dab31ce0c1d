"""Texts with planted disputes, and how many of them are found.

A folder holds `*.json` files: an article in the form that `read_article` takes, and beside it,
under `disputes`, what is contested: `{"claim": words, "against": [words]}`. No `disputes` means
that nothing is. A dispute is right when its claim holds the claim's words, or is held by them,
and one of its positions does the same with words of `against`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.disputes import Dispute, find_disputes
from index.reading import read_bytes
from index.statements import find_statements
from index.words import folded_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One dispute that a text holds; `is_optional` ones may be found or not."""

    claim: str
    against: tuple[str, ...]
    is_optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article, what was planted in it, and what was found."""

    name: str
    planted: tuple[Planted, ...]
    found: tuple[Dispute, ...]


def read_texts(folder: Path) -> list[Text]:
    """Return the texts of a folder with the disputes found in each."""
    texts = []
    for file in sorted(folder.rglob("*.json")):
        stored = json.loads(file.read_text("utf-8"))
        planted = stored.pop("disputes", [])
        article = read_bytes(json.dumps(stored.get("article", stored)).encode())
        texts.append(
            Text(
                name=file.stem,
                planted=tuple(
                    Planted(
                        claim=item["claim"],
                        against=tuple(item["against"]),
                        is_optional=bool(item.get("optional")),
                    )
                    for item in planted
                ),
                found=find_disputes(article, find_statements(article)),
            )
        )
    return texts


def score(texts: Sequence[Text]) -> dict[str, object]:
    """Return precision and recall over all positions of all texts, and print the faults."""
    found = right = wanted = recalled = 0
    for text in texts:
        for planted in text.planted:
            hit = any(_agrees(planted, dispute) for dispute in text.found)
            wanted += not planted.is_optional
            recalled += hit and not planted.is_optional
            if not hit and not planted.is_optional:
                print(f"{text.name}: missed: {planted.claim} <- {planted.against}")
        for dispute in text.found:
            hit = any(_agrees(planted, dispute) for planted in text.planted)
            found += 1
            right += hit
            if not hit:
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


def _agrees(planted: Planted, dispute: Dispute) -> bool:
    if not _same(planted.claim, dispute.claim.text):
        return False
    return any(
        _same(words, position.text)
        for words in planted.against
        for position in dispute.contested_by
    )


def _same(one: str, other: str) -> bool:
    a, b = " ".join(folded_words(one)), " ".join(folded_words(other))
    return bool(a and b) and (f" {a} " in f" {b} " or f" {b} " in f" {a} ")
