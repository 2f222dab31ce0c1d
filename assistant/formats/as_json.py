"""The JSON forms of the command line, as plain dictionaries ready for `json.dumps`.

What has fields is written by `index.article_json`; here stands what a form shows besides, or hides.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from assistant.answer import Answer
from index.article import Comment, Passage
from index.article_json import to_json
from index.disputes import Debate, Dispute
from index.library.changes import Changes
from index.library.entry import Entry
from index.statements import QuotationCheck, Statement

_OF_NO_USE = ("aliases",)
"""Other names of a speaker: they matter to finding and matching alone."""


def answer_json(answer: Answer, *, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the form of `assistant ask --json`, without the fields of these names."""
    rounded = replace(
        answer,
        retrieved=tuple(
            replace(item, similarity=round(item.similarity, 4)) for item in answer.retrieved
        ),
        seconds=round(answer.seconds, 4),
    )
    return {
        "question": answer.question,
        "language": answer.language,
        "status": answer.status,
        "verdict": answer.verdict,
        "text": answer.text,
        **to_json(rounded, without=without),
    }


def statements_json(statements: Iterable[Statement]) -> dict[str, Any]:
    """Return the form of `assistant quotes --json`."""
    return {"statements": to_json(tuple(statements), without=_OF_NO_USE)}


def disputes_json(disputes: Iterable[Dispute], debate: Debate) -> dict[str, Any]:
    """Return the form of `assistant disputes --json`: each claim with its arguments."""
    arguments = {contention.claim: contention.arguments for contention in debate.every()}
    return {
        "disputes": [
            {
                **to_json(dispute, without=_OF_NO_USE),
                "arguments": to_json(arguments[dispute.claim], without=("positions", *_OF_NO_USE)),
            }
            for dispute in disputes
        ]
    }


def debate_json(debate: Debate) -> dict[str, Any]:
    """Return the form of `assistant debate --json`."""
    form: dict[str, Any] = to_json(debate, without=_OF_NO_USE)
    return form


def check_json(check: QuotationCheck) -> dict[str, Any]:
    """Return the form of `assistant check --json`."""
    return {
        "verdict": check.verdict,
        "statement": to_json(check.statement, without=_OF_NO_USE),
        "differences": list(check.differences),
    }


def entry_json(entry: Entry, *, changes: Changes | None = None) -> dict[str, Any]:
    """Return one entry of `articles` in `assistant add` and `list`."""
    return {**to_json(entry), "changes": _changes(changes) if changes is not None else None}


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "summary": changes.summary(),
        **to_json(changes),
        "passages_added": _pieces(changes.passages_added),
        "passages_removed": _pieces(changes.passages_removed),
        "comments_added": _pieces(changes.comments_added),
        "comments_removed": _pieces(changes.comments_removed),
    }


def _pieces(pieces: Iterable[Passage | Comment]) -> list[dict[str, Any]]:
    return [{"label": piece.label, "text": piece.text} for piece in pieces]
