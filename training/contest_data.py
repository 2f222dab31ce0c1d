"""What the reader's head for contests learns from: a claim and what may contest it.

A claim is a sentence of an article or of a comment. What contests it is a comment, or another
sentence of the article. Most comments contest nothing, and of those that do each contests one
claim of many: so the wrong pairs are those that lie nearest in meaning, as in use.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from index.encoder import Embedder, open_embedder
from index.language.sentences import sentence_spans
from training.reader_data import THREADS, Pair, is_marked, written

LONGEST_COMMENT = 600
"""Characters; what comes after is not compared."""
_NEAR_OF_ARTICLE, _NEAR_OF_OTHERS, _NEAR_WITHIN = 3, 1, 2


def is_against(stand: str) -> bool:
    """Whether a stand that is marked is against the claim, in whatever way."""
    return stand not in ("supports", "neither")


def contests_written() -> Iterator[Pair]:
    """Yield all pairs: of whole pages, and of single replies to a claim."""
    embedder = open_embedder("e5")
    for _, page in written("debate"):
        yield from pairs_of_page(page, embedder)
    for language, row in written("relation"):
        yield Pair(
            head="contest",
            first=row["claim"],
            second=row["reply"],
            label=int(is_against(row["label"])),
            source="replies",
            language=language,
            group=row["claim"],
            kind=row["label"],
        )


def pairs_of_page(page: dict[str, Any], embedder: Embedder) -> Iterator[Pair]:
    """Yield the pairs of a page whose contests are marked, the near wrong ones among them."""
    article = [page["title"], *(s for text in page["paragraphs"] for s in _sentences(text))]
    texts = {c["number"]: (c["text"] or "")[:LONGEST_COMMENT] for c in page["comments"]}
    answers = {
        c["number"]: c.get("parent") or c["number"].rpartition(".")[0] for c in page["comments"]
    }
    of_others = [(number, s) for number, text in texts.items() for s in _sentences(text)]
    near_article = embedder.encode_documents(article)
    near_others = embedder.encode_documents([sentence for _, sentence in of_others])
    contested, supported = (_marked(page[name]) for name in ("disputed", "supported"))

    def pair(
        claim: str, text: str, against: Sequence[str], backed: Sequence[str], kind: str
    ) -> Pair:
        return Pair(
            head="contest",
            first=claim,
            second=text,
            label=int(is_marked(claim, against)),
            source=THREADS,
            language=page["lang"],
            group=page["title"],
            kind="supports" if is_marked(claim, backed) else kind,
        )

    def chosen(
        claims: Sequence[str], cosines: np.ndarray, marked: Sequence[str], most: int
    ) -> list[str]:
        order = np.argsort(-cosines, kind="stable")
        right = [text for text in claims if is_marked(text, marked)]
        return [*right, *[claims[int(n)] for n in order if claims[int(n)] not in right][:most]]

    for number, text in texts.items():
        if not text:
            continue
        (own,) = embedder.encode_documents([text])
        against, backed = contested.get(number, ()), supported.get(number, ())
        marked = (*against, *backed)
        for claim in chosen(article, near_article @ own, marked, _NEAR_OF_ARTICLE):
            yield pair(claim, text, against, backed, "article")
        places = [n for n, (other, _) in enumerate(of_others) if other != number]
        sentences = [of_others[n][1] for n in places]
        for claim in chosen(sentences, near_others[places] @ own, marked, _NEAR_OF_OTHERS):
            yield pair(claim, text, against, backed, "comment")
        for claim in _sentences(texts.get(answers[number], "")):
            yield pair(claim, text, against, backed, "answered")
    for place, text in enumerate(article[1:], start=1):
        others = [n for n in range(len(article)) if n not in (0, place)]
        claims = [article[n] for n in others]
        denied = tuple(row["claim"] for row in page["disputed"] if _is_said(text, row))
        cosines = near_article[others] @ near_article[place]
        for claim in chosen(claims, cosines, denied, _NEAR_WITHIN):
            yield pair(claim, text, denied, (), "within")


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


def _marked(rows: Sequence[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return by who takes a stand the claims it is taken on."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for by in row["by"]:
            found[by] = (*found.get(by, ()), row["claim"])
    return found


def _is_said(text: str, row: dict[str, Any]) -> bool:
    """Whether a sentence of the article holds the words of it that contest a claim."""
    words = row.get("words", {}).get("article") or row.get("denial") or ""
    return bool(words) and is_marked(text, [words])
