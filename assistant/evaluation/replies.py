"""A model whose replies are kept: so that a change of the product is measured on the same ones.

A reply is found again by the model, its digest and every word it was asked; what failed is
not kept. Reading it takes no time, so that the seconds of such a run say nothing of the model.
"""

import hashlib
import json
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.model import ReplyEnd, Waiting
from index.library.durable import replace_file

if TYPE_CHECKING:
    from assistant.model import ChatModel, Message


class RememberingModel:
    """A `ChatModel` that asks another one what it was not asked before.

    Args of the constructor:
        model: Writes the replies.
        digest: That of the model's weights, None where its server names none.
        folder: Of the replies, one file each.
    """

    def __init__(self, model: "ChatModel", *, digest: str | None, folder: Path) -> None:
        self._model = model
        self._digest = digest
        self._folder = folder
        self.name = model.name
        self.window = model.window
        self.remote_host = model.remote_host
        self.fills_schema = model.fills_schema

    def count_tokens(self, text: str) -> int:
        """Return about how many tokens a text has."""
        return self._model.count_tokens(text)

    def stream(
        self, messages: "Sequence[Message]", *, schema: Mapping[str, Any] | None = None
    ) -> Generator[str | Waiting | ReplyEnd, None, None]:
        """Yield the reply, how it ended last; see `ChatModel.stream`."""
        asked = [self.name, self._digest, *((m.role, m.text) for m in messages), schema]
        place = self._folder / f"{hashlib.sha256(json.dumps(asked).encode()).hexdigest()}.json"
        if place.is_file():
            kept = json.loads(place.read_bytes())
            yield kept["reply"]
            yield ReplyEnd(**kept["end"])
            return
        pieces, end = [], ReplyEnd()
        for piece in self._model.stream(messages, schema=schema):
            if isinstance(piece, str):
                pieces.append(piece)
            elif isinstance(piece, ReplyEnd):
                end = piece
            yield piece
        told = {
            "prompt_tokens": end.prompt_tokens,
            "reply_tokens": end.reply_tokens,
            "was_cut": end.was_cut,
        }
        self._folder.mkdir(parents=True, exist_ok=True)
        content = {"model": self.name, "reply": "".join(pieces), "end": told}
        replace_file(place, json.dumps(content, ensure_ascii=False).encode())

    def warm(self, messages: "Sequence[Message]") -> None:
        """Have the model read what prompts begin with."""
        self._model.warm(messages)
