"""A LlamaIndex model that says what the test has written for it, and remembers what it read."""

from collections.abc import Generator, Sequence
from typing import Any

from llama_index.core.base.llms.generic_utils import stream_completion_response_to_chat_response
from llama_index.core.llms import ChatMessage, CompletionResponse, CustomLLM, LLMMetadata
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
        return stream_completion_response_to_chat_response(self._next(messages))

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Any:
        """Yield the next reply in pieces, to a prompt that is no chat."""
        return self._next([ChatMessage(role="user", content=prompt)])

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """Return the next reply at once."""
        *_, whole = self.stream_complete(prompt, formatted, **kwargs)
        return CompletionResponse(text=whole.text)

    def _next(self, messages: Sequence[ChatMessage]) -> Generator[CompletionResponse, None, None]:
        self._read.append(tuple(messages))
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return self._pieces(reply)

    def _pieces(self, reply: str | Exception) -> Generator[CompletionResponse, None, None]:
        try:
            if isinstance(reply, Exception):
                raise reply
            for start in range(0, max(len(reply), 1), self.piece):
                end = start + self.piece
                yield CompletionResponse(text=reply[:end], delta=reply[start:end])
        finally:
            self._closed += 1


class OpenAI:
    """What the classes of servers that are told a schema descend from, by name."""


class FillingModel(OpenAI, ScriptedModel):
    """A scripted model that is asked for points in the form of a schema."""
