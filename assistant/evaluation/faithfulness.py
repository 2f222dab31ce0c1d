"""A model as judge: is an answer carried by what it cites? Optional, cached, never averaged in.

Deterministic figures come first; what a model says of a model's answer is one more hint. A
reply that cannot be used counts as a failure of the judge, not as a verdict.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer
from assistant.defusing import defused
from assistant.errors import AssistantError
from assistant.evaluation.provenance import LOCAL_SERVER, model_digest
from assistant.evaluation.record import Judged
from assistant.evaluation.replies import RememberingModel
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.model import ChatModel, Message

_TRIES = 2
_LONGEST_REASON = 500


class JudgeReply(BaseModel):
    """The form of a judge's reply."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    reason: str
    faithful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    label: str
    text: str


class FaithfulnessJudge:
    """Asks a model; a reply that is none of the form is asked for once more."""

    def __init__(self, model: "ChatModel") -> None:
        self._model = model

    def judge(self, answer: Answer) -> Judged:
        """Return the verdict on one answer; `faithful` is None where there is no usable one."""
        from assistant.model import whole_reply

        messages = _prompt(answer)
        form = JudgeReply.model_json_schema() if self._model.fills_schema else None
        reply = ""
        for _ in range(_TRIES):
            try:
                reply = whole_reply(self._model, messages, schema=form)
                found = _parsed(reply)
            except AssistantError as error:
                return Judged(faithful=None, reason=str(error))
            except ValidationError:
                continue
            return Judged(faithful=found.faithful, reason=found.reason[:_LONGEST_REASON])
        return Judged(faithful=None, reason=f"not of the form asked for: {reply[:200]}")


def open_judge(model: str, *, cache: Path | None) -> FaithfulnessJudge:
    """Return a judge that asks a model of the local server, the same thing only once.

    Raises:
        ModelUnavailableError: The server does not answer, or lacks the model.
    """
    from assistant.model import open_model

    opened = open_model(model.removeprefix(LOCAL_SERVER), Settings.from_environment())
    if cache is None:
        return FaithfulnessJudge(opened)
    digest = model_digest(model)
    return FaithfulnessJudge(RememberingModel(opened, digest=digest, folder=cache))


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
