"""The JSON forms of the command line, as plain dictionaries ready for `json.dumps`."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from assistant.answer import Answer, Citation, Sentence
from index.article import Comment, Passage
from index.disputes import Dispute, Position
from index.library.changes import Changes
from index.library.library import Entry
from index.statements import QuotationCheck, Speaker, Statement


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return the form of `assistant ask --json`."""
    return {
        "question": answer.question,
        "language": answer.language,
        "status": answer.status,
        "verdict": answer.verdict,
        "text": answer.text,
        "sentences": [sentence_json(sentence) for sentence in answer.sentences],
        "citations": [citation_json(citation) for citation in answer.citations],
        "nearest": [citation_json(citation) for citation in answer.nearest],
        "retrieved": [
            {
                "article": item.article,
                "label": item.label,
                "rank": item.rank,
                "similarity": round(item.similarity, 4),
            }
            for item in answer.retrieved
        ],
        "warnings": list(answer.warnings),
        "dropped": [sentence_json(sentence) for sentence in answer.dropped],
        "engine": answer.engine,
        "usage": asdict(answer.usage) if answer.usage else None,
        "seconds": round(answer.seconds, 4),
    }


def sentence_json(sentence: Sentence) -> dict[str, Any]:
    """Return one entry of `sentences` or `dropped`."""
    return {
        "text": sentence.text,
        "lane": sentence.lane,
        "citations": list(sentence.citations),
        "verdict": sentence.verdict,
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """Return one entry of `citations`."""
    return {
        "article": citation.article,
        "label": citation.label,
        "source": citation.source,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "passage_text": citation.passage_text,
        "speaker": citation.speaker,
        "author": citation.author,
        "comment": citation.comment,
        "posted_at": _time(citation.posted_at),
        "score": citation.score,
    }


def statements_json(statements: Iterable[Statement]) -> dict[str, Any]:
    """Return the form of `assistant quotes --json`."""
    return {"statements": [statement_json(statement) for statement in statements]}


def statement_json(statement: Statement) -> dict[str, Any]:
    """Return one entry of `statements`."""
    return {
        "speaker": _speaker(statement.speaker),
        "manner": statement.manner,
        "text": statement.text,
        "start": statement.start,
        "end": statement.end,
        "cue": statement.cue,
        "passage": statement.passage,
        "source": statement.source,
        "via": list(statement.via),
    }


def disputes_json(disputes: Iterable[Dispute]) -> dict[str, Any]:
    """Return the form of `assistant disputes --json`."""
    return {
        "disputes": [
            {
                "claim": {
                    "text": dispute.claim.text,
                    "start": dispute.claim.start,
                    "end": dispute.claim.end,
                    "passage": dispute.claim.passage,
                    "speaker": _speaker(dispute.claim.speaker),
                },
                "contested_by": [_position(position) for position in dispute.contested_by],
                "supported_by": [_position(position) for position in dispute.supported_by],
                "voices_against": dispute.voices_against,
                "voices_for": dispute.voices_for,
                "voices_anonymous": dispute.voices_anonymous,
            }
            for dispute in disputes
        ]
    }


def check_json(check: QuotationCheck) -> dict[str, Any]:
    """Return the form of `assistant check --json`."""
    return {
        "verdict": check.verdict,
        "statement": statement_json(check.statement) if check.statement else None,
        "differences": list(check.differences),
    }


def entry_json(entry: Entry, *, changes: Changes | None = None) -> dict[str, Any]:
    """Return one entry of `articles` in `assistant add` and `list`."""
    return {
        "id": entry.id,
        "version": entry.version,
        "title": entry.title,
        "language": entry.language,
        "url": entry.url,
        "passages": entry.passages,
        "comments": entry.comments,
        "added_at": _time(entry.added_at),
        "changes": _changes(changes) if changes is not None else None,
    }


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "summary": changes.summary(),
        "title_changed": changes.title_changed,
        "passages_added": [_piece(passage) for passage in changes.passages_added],
        "passages_removed": [_piece(passage) for passage in changes.passages_removed],
        "passages_edited": [asdict(edited) for edited in changes.passages_edited],
        "quotations_added": list(changes.quotations_added),
        "quotations_removed": list(changes.quotations_removed),
        "numbers_added": list(changes.numbers_added),
        "numbers_removed": list(changes.numbers_removed),
        "comments_added": [_piece(comment) for comment in changes.comments_added],
        "comments_removed": [_piece(comment) for comment in changes.comments_removed],
        "comments_edited": [asdict(edited) for edited in changes.comments_edited],
    }


def _piece(piece: Passage | Comment) -> dict[str, Any]:
    return {"label": piece.label, "text": piece.text}


def _position(position: Position) -> dict[str, Any]:
    return {
        "text": position.text,
        "start": position.start,
        "end": position.end,
        "passage": position.passage,
        "speaker": _speaker(position.speaker),
        "author": position.author,
        "relation": position.relation,
        "cue": position.cue,
    }


def _speaker(speaker: Speaker | None) -> dict[str, Any] | None:
    if speaker is None:
        return None
    return {"name": speaker.name, "as_written": speaker.as_written, "role": speaker.role}


def _time(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
