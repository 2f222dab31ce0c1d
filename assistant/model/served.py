"""A model behind OpenAI's protocol: llama-server, LM Studio, vLLM, SGLang, at an address /v1.

Spoken to directly: no key, no proxy, no redirect, no retry, which would multiply every wait. The
usage is asked for in the stream, so that what the server counted is known, and a refusal that
says how long the prompt is ends as `PromptCutError`, never as a prompt cut in silence.
"""

import json
import re
import socket
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
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

from assistant.errors import (
    AssistantError,
    ModelTimeoutError,
    ModelUnavailableError,
    PromptCutError,
    UnusableReplyError,
)
from assistant.settings import Settings

REPLY_TOKENS = 500
_GRACE_SECONDS = 1.0
_TOO_LONG = re.compile(r"context|too (?:long|large)|exceed|n_ctx|maximum.{0,20}token", re.I)


class OpenAIServer(CustomLLM):
    """One model of one server, as a LlamaIndex `LLM`."""

    address: str
    model: str
    window: int
    read_seconds: float = 60.0
    _stream: Any = PrivateAttr(default=None)

    @classmethod
    def open(cls, address: str, settings: Settings) -> "OpenAIServer":
        """Return the model that a server has loaded; `address#name` names one of several.

        Raises:
            ModelUnavailableError: The server does not answer, or has no such model.
        """
        address, _, wanted = address.partition("#")
        listed = models_at(address)
        chosen = next((m for m in listed if wanted in ("", m["id"])), None)
        if chosen is None:
            raise ModelUnavailableError(f"no model {wanted!r} at {address}")
        loaded = (chosen.get("meta") or {}).get("n_ctx") or chosen.get("max_model_len")
        window = min(settings.window, int(loaded)) if loaded else settings.window
        return cls(
            address=address.rstrip("/"),
            model=str(chosen["id"]),
            window=window,
            read_seconds=settings.limits.first_seconds + _GRACE_SECONDS,
        )

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
        stream, self._stream = self._stream, None
        if stream is not None:
            with suppress(OSError, AttributeError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

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
        with _translated(self.address):
            for part in self._parts(asked):
                choices = part.get("choices") or [{}]
                piece = (choices[0].get("delta") or {}).get("content") or ""
                text += piece
                said = ChatMessage(role="assistant", content=text)
                yield ChatResponse(message=said, delta=piece, raw=part)

    def _parts(self, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
        timeout = httpx.Timeout(connect=2.0, read=self.read_seconds, write=10.0, pool=5.0)
        with (
            httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST",
                f"{self.address}/chat/completions",
                json=asked,
                extensions={"trace": self._trace},
            ) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise _refusal(response.status_code, response.read(), self.address)
            for line in response.iter_lines():
                if not line.startswith("data:") or line.endswith("[DONE]"):
                    continue
                part = json.loads(line.removeprefix("data:"))
                if "error" in part:
                    raise _refusal(200, json.dumps(part).encode(), self.address)
                yield part

    def _trace(self, event: str, details: dict[str, Any]) -> None:
        if event.endswith("connect_tcp.complete"):
            self._stream = details["return_value"]

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


def models_at(address: str) -> list[dict[str, Any]]:
    """Return what a server says of its models, each with an `id`.

    Raises:
        ModelUnavailableError: The server does not answer as one.
    """
    with _translated(address):
        url = f"{address.rstrip('/')}/models"
        answer = httpx.get(url, timeout=5.0, trust_env=False, follow_redirects=False)
        answer.raise_for_status()
        found = answer.json()["data"]
        return [entry for entry in found if isinstance(entry.get("id"), str)]


def _refusal(status: int, body: bytes, address: str) -> AssistantError:
    said = " ".join(body.decode("utf-8", "replace").split())[:300]
    try:
        error = json.loads(body)["error"]
        said = str(error.get("message", error) if isinstance(error, dict) else error)
        counts = error if isinstance(error, dict) else {}
    except (ValueError, KeyError, TypeError):
        counts = {}
    counted = counts.get("n_prompt_tokens")
    if counted or (status in (400, 413) and _TOO_LONG.search(said)):
        return PromptCutError(f"the prompt is too long for the server: {said[:200]}")
    if "<" in said:
        said = "a page instead of a reply"
    return ModelUnavailableError(f"the model server at {address} answered {status}: {said[:200]}")


@contextmanager
def _translated(address: str) -> Generator[None, None, None]:
    """Turn what the client raises into our errors, each with what to do."""
    try:
        yield
    except AssistantError:
        raise
    except httpx.TimeoutException as error:
        raise ModelTimeoutError(f"the model server at {address} did not answer in time") from error
    except httpx.ConnectError as error:
        raise ModelUnavailableError(
            f"no model server answers at {address}; start it, for example: "
            "llama-server -m MODEL.gguf --port 8080"
        ) from error
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        raise ModelUnavailableError(f"the server at {address} answered {status}") from error
    except httpx.HTTPError as error:
        raise UnusableReplyError("the model server broke off in mid-reply", reply="") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableReplyError(
            f"what answers at {address} does not speak like a model server", reply=""
        ) from error
