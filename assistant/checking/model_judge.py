"""The model itself as the judge of whether a passage carries a sentence (`ASSISTANT_JUDGE`)."""

import json
from collections.abc import Sequence

import numpy as np

from assistant import prompt
from assistant.checking.agreement import Signs
from assistant.checking.judge import ReaderJudge
from assistant.defusing import defused
from assistant.model import ChatModel, whole_reply

_FORM = {
    "type": "object",
    "properties": {"carried": {"type": "string", "enum": ["no", "yes"]}},
    "required": ["carried"],
    "additionalProperties": False,
}


class ModelJudge:
    """Asks a model; how near words are is still for the bundled encoder."""

    def __init__(self, model: ChatModel, reader: ReaderJudge) -> None:
        self._model = model
        self._reader = reader

    def carries(self, told: Sequence[str], near: str, sentence: str, *, signs: Signs) -> bool:
        """Return whether the model finds a sentence carried; see `Judge`.

        What a sign speaks against is not asked for.

        Raises:
            AssistantError: The model does not answer, or not in time.
        """
        if signs.speaks_against:
            return False
        asked = prompt.messages(
            "support_judge", passage=defused(" ".join(told)), sentence=defused(sentence)
        )
        reply = whole_reply(self._model, asked, schema=_FORM)
        try:
            read = json.loads(reply)
        except ValueError:
            return False
        return isinstance(read, dict) and read.get("carried") == "yes"

    def nearness(self, sentence: str, texts: Sequence[str]) -> np.ndarray:
        """Return how near texts are to a sentence in meaning; see `Judge`."""
        return self._reader.nearness(sentence, texts)
