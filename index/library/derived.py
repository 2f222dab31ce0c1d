"""What is made from one article and can be made again: statements, stances, vectors.

Kept below `derived/<article id>/<version>/<fingerprint>/` and used only if it is whole and
was made by the same embedder and the same rules.
"""

import hashlib
import io
import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from index.article import Article
from index.disputes import Agreement, Claim, Dispute, Position, find_stances
from index.encoder import Embedder
from index.errors import EmbedderError
from index.language.sentences import sentence_spans
from index.library import durable
from index.statements import Speaker, Statement, find_statements

SCHEMA = 2
"""Of the files that are kept here; raised when their form changes."""

_RULES = ("language", "statements", "disputes", "reading/splitting.py")


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
            if file.suffix in (".py", ".toml", ".json"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def derive(article: Article, embedder: Embedder) -> Derived:
    """Return everything that is made from an article, made now.

    Raises:
        EmbedderError: What the embedder gives are not vectors.
    """
    vectors = derive_vectors(article, embedder)
    statements = find_statements(article)
    stances = find_stances(article, statements, embedder=embedder)
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


def save(derived: Derived, folder: Path) -> None:
    """Write it as a folder, whole or not at all.

    Raises:
        OSError: The disk refused.
    """
    files = {
        "statements.json": _encode([_statement_entry(s) for s in derived.statements]),
        "disputes.json": _encode([_dispute_entry(d) for d in derived.disputes]),
        "agreements.json": _encode([_agreement_entry(a) for a in derived.agreements]),
        "passage_vectors.npy": _array_bytes(derived.passage_vectors),
        "sentence_vectors.npy": _array_bytes(derived.sentence_vectors),
        "sentence_passages.npy": _array_bytes(derived.sentence_passages),
    }
    durable.publish_folder(folder, files, facts={"schema": SCHEMA}, flushed=False)


def load(folder: Path, article: Article) -> Derived | None:
    """Return what was saved for an article, None where it is missing or not whole."""
    try:
        manifest = durable.read_manifest(folder)

        def content(name: str) -> bytes:
            return durable.read_checked(folder, name, manifest=manifest)

        return Derived(
            statements=tuple(
                _statement(entry, article) for entry in json.loads(content("statements.json"))
            ),
            disputes=tuple(
                _dispute(entry, article) for entry in json.loads(content("disputes.json"))
            ),
            agreements=tuple(
                _agreement(entry, article) for entry in json.loads(content("agreements.json"))
            ),
            passage_vectors=_array(content("passage_vectors.npy")),
            sentence_vectors=_array(content("sentence_vectors.npy")),
            sentence_passages=_array(content("sentence_passages.npy")),
        )
    except (OSError, durable.DamagedFolderError, ValueError, KeyError, TypeError):
        return None


def load_passage_vectors(folder: Path) -> np.ndarray | None:
    """Load of what was saved the vectors of the passages alone, None where they are not whole."""
    try:
        manifest = durable.read_manifest(folder)
        return _array(durable.read_checked(folder, "passage_vectors.npy", manifest=manifest))
    except (OSError, durable.DamagedFolderError, ValueError):
        return None


def _encode(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _array_bytes(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _array(content: bytes) -> np.ndarray:
    array: np.ndarray = np.load(io.BytesIO(content), allow_pickle=False)
    return array


def _speaker_entry(speaker: Speaker | None) -> list[Any] | None:
    if speaker is None:
        return None
    return [speaker.name, speaker.as_written, speaker.role, list(speaker.aliases)]


def _speaker(entry: list[Any] | None) -> Speaker | None:
    if entry is None:
        return None
    name, as_written, role, aliases = entry
    return Speaker(name=name, as_written=as_written, role=role, aliases=tuple(aliases))


def _statement_entry(s: Statement) -> dict[str, Any]:
    return {
        "speaker": _speaker_entry(s.speaker),
        "manner": s.manner,
        "start": s.start,
        "end": s.end,
        "cue": s.cue,
        "passage": s.passage,
        "source": s.source,
        "via": list(s.via),
        "spans": [list(span) for span in s.spans],
        "reason": s.reason,
    }


def _statement(entry: dict[str, Any], article: Article) -> Statement:
    return Statement(
        speaker=_speaker(entry["speaker"]),
        manner=entry["manner"],
        start=entry["start"],
        end=entry["end"],
        text=article.text[entry["start"] : entry["end"]],
        cue=entry["cue"],
        passage=entry["passage"],
        source=entry["source"],
        via=tuple(entry["via"]),
        spans=tuple((start, end) for start, end in entry.get("spans", ())),
        reason=entry.get("reason"),
    )


def _claim_entry(c: Claim) -> dict[str, Any]:
    return {
        "start": c.start,
        "end": c.end,
        "passage": c.passage,
        "speaker": _speaker_entry(c.speaker),
    }


def _claim(entry: dict[str, Any], article: Article) -> Claim:
    return Claim(
        start=entry["start"],
        end=entry["end"],
        text=article.text[entry["start"] : entry["end"]],
        passage=entry["passage"],
        speaker=_speaker(entry["speaker"]),
    )


def _dispute_entry(d: Dispute) -> dict[str, Any]:
    return {
        "claim": _claim_entry(d.claim),
        "contested_by": [_position_entry(position) for position in d.contested_by],
        "supported_by": [_position_entry(position) for position in d.supported_by],
        "voices": [d.voices_against, d.voices_for, d.voices_anonymous],
    }


def _dispute(entry: dict[str, Any], article: Article) -> Dispute:
    against, supporting, anonymous = entry["voices"]
    return Dispute(
        claim=_claim(entry["claim"], article),
        contested_by=tuple(_position(position, article) for position in entry["contested_by"]),
        supported_by=tuple(_position(position, article) for position in entry["supported_by"]),
        voices_against=against,
        voices_for=supporting,
        voices_anonymous=anonymous,
    )


def _agreement_entry(a: Agreement) -> dict[str, Any]:
    return {
        "claim": _claim_entry(a.claim) if a.claim else None,
        "speaker": _speaker_entry(a.speaker),
        "positions": [_position_entry(position) for position in a.positions],
    }


def _agreement(entry: dict[str, Any], article: Article) -> Agreement:
    return Agreement(
        claim=_claim(entry["claim"], article) if entry["claim"] else None,
        speaker=_speaker(entry["speaker"]),
        positions=tuple(_position(position, article) for position in entry["positions"]),
    )


def _position_entry(p: Position) -> dict[str, Any]:
    return {
        "start": p.start,
        "end": p.end,
        "passage": p.passage,
        "speaker": _speaker_entry(p.speaker),
        "author": p.author,
        "relation": p.relation,
        "cue": p.cue,
    }


def _position(entry: dict[str, Any], article: Article) -> Position:
    return Position(
        start=entry["start"],
        end=entry["end"],
        text=article.text[entry["start"] : entry["end"]],
        passage=entry["passage"],
        speaker=_speaker(entry["speaker"]),
        author=entry["author"],
        relation=entry["relation"],
        cue=entry["cue"],
    )
