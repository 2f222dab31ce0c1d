"""A model as judge: is an answer carried by what it cites? Optional, cached, never averaged in.

Deterministic figures come first; what a model says of a model's answer is one more hint. A
reply that cannot be used counts as a failure of the judge, not as a verdict.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer
from assistant.defusing import defused
from assistant.errors import AssistantError
from assistant.evaluation.record import Judged
from assistant.settings import Settings
from index.library.durable import replace_file

if TYPE_CHECKING:
    from assistant.model import ChatModel, Message

_TRIES = 2
_LONGEST_REASON = 500


class Judge(Protocol):
    """Says whether an answer is faithful to the passages it cites."""

    def judge(self, answer: Answer) -> Judged:
        """Return the verdict on one answer."""
        ...


class JudgeReply(BaseModel):
    """The form of a judge's reply."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    reason: str
    faithful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    label: str
    text: str


class ModelJudge:
    """Asks a model. The same question about the same words is asked once and then remembered.

    Args of the constructor:
        model: Writes the verdicts.
        cache: Folder of the verdicts by the digest of model and prompt; None for none.
    """

    def __init__(self, model: "ChatModel", *, cache: Path | None) -> None:
        self._model = model
        self._cache = cache

    def judge(self, answer: Answer) -> Judged:
        """Return the verdict on one answer; `faithful` is None where there is no usable one."""
        messages = _prompt(answer)
        place = self._place(messages)
        known = _read(place)
        if known is None:
            reply = ""
            for _ in range(_TRIES):
                try:
                    reply = self._reply(messages)
                    known = _parsed(reply)
                    break
                except AssistantError as error:
                    return Judged(faithful=None, reason=str(error))
                except ValidationError:
                    continue
            if known is None:
                return Judged(faithful=None, reason=f"not of the form asked for: {reply[:200]}")
            if place is not None:
                place.parent.mkdir(parents=True, exist_ok=True)
                replace_file(place, known.model_dump_json().encode())
        return Judged(faithful=known.faithful, reason=known.reason[:_LONGEST_REASON])

    def _reply(self, messages: tuple["Message", ...]) -> str:
        return "".join(piece for piece in self._model.stream(messages) if isinstance(piece, str))

    def _place(self, messages: tuple["Message", ...]) -> Path | None:
        if self._cache is None:
            return None
        asked = json.dumps([self._model.name, *((m.role, m.text) for m in messages)])
        return self._cache / f"{hashlib.sha256(asked.encode()).hexdigest()}.json"


def open_judge(model: str, *, cache: Path | None) -> Judge:
    """Return a judge that asks a model of the local server.

    Raises:
        ModelUnavailableError: The server does not answer, or lacks the model.
    """
    from assistant.model import open_model

    return ModelJudge(open_model(model, Settings.from_environment()), cache=cache)


def _prompt(answer: Answer) -> tuple["Message", ...]:
    from assistant import prompt

    passages = {citation.label: citation.passage_text for citation in answer.citations}
    return prompt.messages(
        "faithfulness_judge",
        passages=[_Shown(label=label, text=defused(text)) for label, text in passages.items()],
        question=defused(answer.question),
        answer=defused(answer.text),
    )


def _parsed(reply: str) -> JudgeReply:
    """Return the reply as a verdict; a fence of code around it is taken off."""
    start, end = reply.find("{"), reply.rfind("}")
    return JudgeReply.model_validate_json(reply[start : end + 1] if start >= 0 else reply)


def _read(place: Path | None) -> JudgeReply | None:
    if place is None or not place.is_file():
        return None
    try:
        return JudgeReply.model_validate_json(place.read_bytes())
    except ValidationError:
        return None
