"""A model behind OpenAI's protocol: llama-server, LM Studio, vLLM, SGLang, at an address /v1.

The usage is asked for in the stream, so that what the server counted is known, and a refusal that
says how long the prompt is ends as `PromptCutError`, never as a prompt cut in silence.
"""

import json
from collections.abc import Generator, Sequence
from typing import Any

import httpx
from llama_index.core.llms import (
    ChatMessage,
    ChatResponse,
    CompletionResponse,
    CustomLLM,
    LLMMetadata,
)
from pydantic import PrivateAttr

from assistant.errors import ModelUnavailableError
from assistant.model.connection import Connection
from assistant.settings import Settings

REPLY_TOKENS = 500
_GRACE_SECONDS = 1.0
_START = "llama-server -m MODEL.gguf --port 8080"


class OpenAIServer(CustomLLM):
    """One model of one server, as a LlamaIndex `LLM`."""

    address: str
    model: str
    window: int
    _connection: Connection = PrivateAttr()

    @classmethod
    def open(cls, address: str, settings: Settings, *, key: str = "") -> "OpenAIServer":
        """Return the model that a server has loaded; `address#name` names one of several.

        Raises:
            ModelUnavailableError: The server does not answer, or has no such model.
        """
        address, _, wanted = address.partition("#")
        chosen = next((m for m in models_at(address, key=key) if wanted in ("", m["id"])), None)
        if chosen is None:
            raise ModelUnavailableError(f"no model {wanted!r} at {address}")
        meta = chosen.get("meta") or {}
        told = (meta.get("n_ctx"), meta.get("n_ctx_train"), chosen.get("max_model_len"))
        window = min(settings.window, *(int(tokens) for tokens in told if tokens))
        model = cls(address=address, model=str(chosen["id"]), window=window)
        limit = settings.limits.first_seconds + _GRACE_SECONDS
        model._connection = Connection(address, start=_START, key=key, read_seconds=limit)
        return model

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex wants to know."""
        return LLMMetadata(
            context_window=self.window,
            num_output=REPLY_TOKENS,
            is_chat_model=True,
            model_name=self.model.rsplit("/", 1)[-1].removesuffix(".gguf"),
        )

    def interrupt(self) -> None:
        """End the reply that is being read, or waited for, from any thread."""
        self._connection.interrupt()

    def stream_chat(
        self, messages: Sequence[ChatMessage], **kwargs: Any
    ) -> Generator[ChatResponse, None, None]:
        """Yield the reply in pieces."""
        asked = {
            "model": self.model,
            "messages": [{"role": m.role.value, "content": m.content or ""} for m in messages],
            "temperature": 0,
            "seed": 7,
            "max_tokens": REPLY_TOKENS,
            "stream": True,
            "stream_options": {"include_usage": True},
            "cache_prompt": True,
            **kwargs,
        }
        text = ""
        with self._connection.translated():
            for line in self._connection.lines("/chat/completions", asked):
                if not line.startswith("data:") or line.endswith("[DONE]"):
                    continue
                part = json.loads(line.removeprefix("data:"))
                if "error" in part:
                    raise self._connection.refusal(httpx.codes.OK, json.dumps(part), self.model)
                choices = part.get("choices") or [{}]
                piece = (choices[0].get("delta") or {}).get("content") or ""
                text += piece
                said = ChatMessage(role="assistant", content=text)
                yield ChatResponse(message=said, delta=piece, raw=part)

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Any:
        """Yield the reply to a prompt that is no chat."""
        for part in self.stream_chat([ChatMessage(role="user", content=prompt)], **kwargs):
            yield CompletionResponse(text=part.message.content or "", delta=part.delta)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """Return the whole reply to a prompt."""
        return CompletionResponse(
            text="".join(part.delta or "" for part in self.stream_complete(prompt, **kwargs))
        )

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """Return the whole reply."""
        *_, last = self.stream_chat(messages, **kwargs)
        return last


def models_at(address: str, *, key: str = "") -> list[dict[str, Any]]:
    """Return what a server says of its models, each with an `id`.

    Raises:
        ModelUnavailableError: The server does not answer as one.
    """
    connection = Connection(address, start=_START, key=key)
    with connection.translated():
        found = connection.get("/models")["data"]
        return [entry for entry in found if isinstance(entry.get("id"), str)]
