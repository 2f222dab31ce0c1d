"""Does it answer what its article answers, and refuse what another article answers?

    python -m benchmarks.abstention --squad FILE [FILE ...] [--per-article N] [--limit N]

FILE is in SQuAD form (PIAF is). Each question is asked of its own article and of another
one; questions that the file marks as impossible are asked of their own article only. Prints
one JSON object on its last line.
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.extractive import Draft, compose
from assistant.question import understand
from index.encoder import Embedder, open_embedder
from index.language.words import fold
from index.library.article_index import ArticleIndex
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, ParagraphDraft

_SEED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of a file; no answers where its article has none."""

    text: str
    answers: tuple[str, ...]


def main() -> None:
    """Ask and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--squad", nargs="+", type=Path, required=True)
    parser.add_argument("--per-article", type=int, default=5, help="questions of one article")
    parser.add_argument("--limit", type=int, default=None, help="articles of one file")
    options = parser.parse_args()
    embedder = open_embedder()
    figures = {
        file.name: run(file, embedder, per_article=options.per_article, limit=options.limit)
        for file in options.squad
    }
    print(json.dumps(figures, ensure_ascii=False))


def run(file: Path, embedder: Embedder, *, per_article: int, limit: int | None) -> dict[str, Any]:
    """Return the figures of one file, shares in [0, 1]."""
    choose = random.Random(_SEED)
    pages = list(_pages(file, embedder, choose, limit))
    own: list[tuple[Asked, Draft]] = []
    foreign: list[Draft] = []
    for number, (page, questions) in enumerate(pages):
        other = pages[(number + len(pages) // 2) % len(pages)][0]
        for asked in choose.sample(questions, min(per_article, len(questions))):
            own.append((asked, _answer(page, asked)))
            if asked.answers and other is not page:
                foreign.append(_answer(other, asked))
    possible = [(asked, draft) for asked, draft in own if asked.answers]
    impossible = [draft for asked, draft in own if not asked.answers]
    right = sum(_hits(asked, draft) for asked, draft in possible) + sum(map(_refused, impossible))
    return {
        "questions": len(own),
        "answered_on_own_article": _share(not _refused(draft) for _, draft in possible),
        "answer_hit": _share(_hits(asked, draft) for asked, draft in possible),
        "citation_hit": _share(_cites(asked, draft) for asked, draft in possible),
        "refused_on_other_article": _share(map(_refused, foreign)),
        "refused_where_impossible": _share(map(_refused, impossible)),
        "right_or_rightly_refused": round(right / max(len(own), 1), 4),
    }


def _pages(
    file: Path, embedder: Embedder, choose: random.Random, limit: int | None
) -> Iterator[tuple[ArticleIndex, list[Asked]]]:
    for entry in json.loads(file.read_text(encoding="utf-8"))["data"][:limit]:
        paragraphs = entry["paragraphs"]
        if len(paragraphs) > 15:
            paragraphs = choose.sample(paragraphs, 15)
        draft = ArticleDraft(
            title=entry["title"].replace("_", " "),
            paragraphs=tuple(ParagraphDraft(text=p["context"]) for p in paragraphs),
        )
        page = ArticleIndex.build(build_article(draft, source_key=entry["title"]), embedder)
        yield page, [_asked(qa) for paragraph in paragraphs for qa in paragraph["qas"]]


def _asked(entry: dict[str, Any]) -> Asked:
    answers = () if entry.get("is_impossible") else tuple(a["text"] for a in entry["answers"])
    return Asked(text=entry["question"], answers=answers)


def _answer(page: ArticleIndex, asked: Asked) -> Draft:
    return compose(understand(asked.text, page.article, page.statements), page)


def _refused(draft: Draft) -> bool:
    return draft.status == "not_in_article"


def _hits(asked: Asked, draft: Draft) -> bool:
    text = fold(" ".join(sentence.text for sentence in draft.sentences))
    return not _refused(draft) and any(fold(answer) in text for answer in asked.answers)


def _cites(asked: Asked, draft: Draft) -> bool:
    cited = fold("\n".join(citation.passage_text for citation in draft.citations))
    return any(fold(answer) in cited for answer in asked.answers)


def _share(outcomes: Iterable[bool]) -> float | None:
    counted = list(outcomes)
    return round(sum(counted) / len(counted), 4) if counted else None


if __name__ == "__main__":
    main()
