"""A LlamaIndex model that says what the test has written for it, and remembers what it read."""

from collections.abc import Sequence
from typing import Any

from llama_index.core.llms import (
    ChatMessage,
    ChatResponse,
    CompletionResponse,
    CustomLLM,
    LLMMetadata,
)
from pydantic import PrivateAttr


class ScriptedModel(CustomLLM):
    """Gives one reply after the other, in pieces of a few characters; errors are raised."""

    window: int = 8192
    piece: int = 7
    _replies: list[str | Exception] = PrivateAttr(default_factory=list)
    _read: list[tuple[ChatMessage, ...]] = PrivateAttr(default_factory=list)
    _closed: int = PrivateAttr(default=0)

    @classmethod
    def saying(cls, *replies: str | Exception, **options: Any) -> "ScriptedModel":
        """Return a model with these replies; the last one is repeated."""
        model = cls(**options)
        model._replies.extend(replies)
        return model

    @property
    def read(self) -> Sequence[tuple[ChatMessage, ...]]:
        """The messages of each call."""
        return self._read

    @property
    def closed(self) -> int:
        """How many replies were ended, by their end or by the reader."""
        return self._closed

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex wants to know."""
        return LLMMetadata(
            context_window=self.window, num_output=512, is_chat_model=True, model_name="scripted"
        )

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> Any:
        """Yield the next reply in pieces."""
        self._read.append(tuple(messages))
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return self._pieces(reply)

    def _pieces(self, reply: str | Exception) -> Any:
        try:
            if isinstance(reply, Exception):
                raise reply
            for start in range(0, max(len(reply), 1), self.piece):
                yield ChatResponse(
                    message=ChatMessage(role="assistant", content=reply[: start + self.piece]),
                    delta=reply[start : start + self.piece],
                )
        finally:
            self._closed += 1

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """Not used: answers are asked for as a chat."""
        raise NotImplementedError

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Any:
        """Not used: answers are asked for as a chat."""
        raise NotImplementedError
