"""What is made from one article and can be made again: statements, stances, vectors.

Kept as `derived/<article id>/<version>/<fingerprint>.npz` and used only if it is whole and was
made by the same embedder and the same rules.
"""

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from index.article import Article
from index.article_json import Form, from_json, to_json
from index.disputes import Agreement, Dispute, find_stances
from index.encoder import Embedder
from index.errors import EmbedderError
from index.language.sentences import sentence_spans
from index.library import arrays
from index.library.library import Library
from index.retrieval.packing import packed, unpacked
from index.statements import Statement, find_statements
from index.statements.comments import comment_statements

SCHEMA = 5
"""Of the files that are kept; raised when their form changes."""

_ARRAYS = ("passage_vectors", "sentence_vectors", "sentence_passages")
_RULES = (
    "language", "statements", "disputes", "reading/splitting.py",
    "encoder/weights/e5/reader-contest.onnx", "encoder/weights/e5/reader-support.onnx",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Who says and contests what in an article, and the vectors of its passages and sentences.

    Row i of `passage_vectors` (passages, dimension) belongs to `article.passages[i]`, row j
    of `sentence_vectors` to a sentence of the passage `sentence_passages[j]`.
    """

    statements: tuple[Statement, ...]
    disputes: tuple[Dispute, ...]
    agreements: tuple[Agreement, ...]
    passage_vectors: np.ndarray
    sentence_vectors: np.ndarray
    sentence_passages: np.ndarray


def fingerprint(embedder: Embedder) -> str:
    """Return the name of everything made with this embedder and these rules."""
    recipe = f"{SCHEMA}\0{embedder.fingerprint}\0{embedder.dimension}\0{_rules_digest()}"
    return hashlib.sha256(recipe.encode()).hexdigest()[:16]


@cache
def _rules_digest() -> str:
    """Return a digest of the rules themselves, so that better rules are applied to all articles."""
    here = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for rule in _RULES:
        place = here / rule
        for file in sorted(place.rglob("*")) if place.is_dir() else (place,):
            if file.suffix in (".py", ".toml", ".json", ".onnx"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def place_of(article: Article, library: Library, embedder: Embedder) -> Path:
    """Return the file of what this embedder and these rules make from an article."""
    return library.derived_place(article, f"{fingerprint(embedder)}.npz")


def derive(article: Article, embedder: Embedder) -> Derived:
    """Return everything that is made from an article, made now.

    Raises:
        EmbedderError: What the embedder gives are not vectors.
    """
    vectors = derive_vectors(article, embedder)
    statements = find_statements(article)
    stances = find_stances(article, statements)
    return replace(
        vectors,
        statements=statements,
        disputes=stances.disputes,
        agreements=stances.agreements,
    )


def derive_vectors(article: Article, embedder: Embedder) -> Derived:
    """Return what searching needs and no more: nobody says or contests anything.

    Raises:
        EmbedderError: What the embedder gives are not vectors.
    """
    sentences: list[str] = []
    passages: list[int] = []
    for number, passage in enumerate(article.passages):
        for span in sentence_spans(article.text, passage.start, passage.end):
            sentences.append(span.of(article.text))
            passages.append(number)
    return Derived(
        statements=(),
        disputes=(),
        agreements=(),
        passage_vectors=_embedded([p.text for p in article.passages], embedder),
        sentence_vectors=_embedded(sentences, embedder),
        sentence_passages=np.array(passages, dtype=np.int32),
    )


def _embedded(texts: list[str], embedder: Embedder) -> np.ndarray:
    """Return one row per text; what is not numbers is not stored, for it would match anything."""
    vectors: np.ndarray = embedder.encode_documents(texts)
    if vectors.shape != (len(texts), embedder.dimension) or not np.isfinite(vectors).all():
        raise EmbedderError(
            f"the embedder {embedder.name} gives rows of another length, or what are not numbers; "
            "choose another: ASSISTANT_EMBEDDER"
        )
    return vectors


def save(derived: Derived, article: Article, library: Library, embedder: Embedder) -> None:
    """Write what was derived of an article as one file, whole or not at all.

    Raises:
        OSError: The disk refused.
    """
    told = {
        # Those of the thread are its comments, which the article has already.
        "statements": [s for s in derived.statements if s.source == "article"],
        "disputes": derived.disputes,
        "agreements": derived.agreements,
    }
    # Their words are those of the article at its places.
    found = packed(to_json(told, without=("text",)))
    kept = {"found": found, **{name: getattr(derived, name) for name in _ARRAYS}}
    arrays.save(place_of(article, library, embedder), kept)


def load(article: Article, library: Library, embedder: Embedder) -> Derived | None:
    """Return what was saved for an article, None where it is missing or not whole."""
    kept = arrays.load(place_of(article, library, embedder), ("found", *_ARRAYS))
    if kept is None:
        return None
    try:
        told = unpacked(kept.pop("found"))

        def decoded(form: type[Form], name: str) -> tuple[Form, ...]:
            return tuple(from_json(form, entry, spans_of=article.text) for entry in told[name])

        return Derived(
            statements=(*decoded(Statement, "statements"), *comment_statements(article)),
            disputes=decoded(Dispute, "disputes"),
            agreements=decoded(Agreement, "agreements"),
            **kept,
        )
    except (ValueError, KeyError, TypeError):
        return None


def load_passage_vectors(
    article: Article, library: Library, embedder: Embedder
) -> np.ndarray | None:
    """Load of what was saved the vectors of the passages alone, None where they are not whole."""
    kept = arrays.load(place_of(article, library, embedder), ("passage_vectors",))
    return None if kept is None else kept["passage_vectors"]
