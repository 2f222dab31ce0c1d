"""A model as judge: is an answer carried by what it cites? Optional, cached, never averaged in.

Deterministic figures come first; what a model says of a model's answer is one more hint. A
reply that cannot be used counts as a failure, not as a verdict.
"""

from pathlib import Path
from typing import Protocol

from assistant.answer import Answer
from assistant.errors import AssistantError
from assistant.evaluation.record import Judged


class Judge(Protocol):
    """Says whether an answer is faithful to the passages it cites."""

    def judge(self, answer: Answer) -> Judged:
        """Return the verdict on one answer."""
        ...


def open_judge(model: str, *, cache: Path | None) -> Judge:
    """Return the judge."""
    raise AssistantError("no judge yet")


def digest_of(model: str) -> str | None:
    """Return the digest of a model."""
    return None
