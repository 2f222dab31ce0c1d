"""The local model server, Ollama: what it has installed, and LlamaIndex's class made safe.

Loopback by default. What `llama_index.llms.ollama.Ollama` leaves open is set here: the window, that
a prompt is never cut to fit it, the length of a reply, sampling, the thinking, the time limits.
"""

import json
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import ollama
from llama_index.core.llms import ChatMessage, ChatResponse
from llama_index.llms.ollama import Ollama
from pydantic import PrivateAttr

from assistant.errors import UnusableReplyError
from assistant.model.connection import USUAL_READ_SECONDS, Connection, certificates
from assistant.settings import Settings

_REPLY_TOKENS = 700
_GRACE_SECONDS = 1.0
"""More than the limit to the first token, which is kept by the reader: it says what happened."""
_KEEP_ALIVE = "10m"
_EMBEDDING_FAMILIES = ("bert", "nomic-bert", "gemma-embedding")
_REFUSES_SINCE = (0, 12, 6)
"""The version that first knows `truncate` of a chat; older ones cut a long prompt in silence."""
_CLOUD, _CLOUD_HOST = ("-cloud", ":cloud"), "https://ollama.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledModel:
    """A model that the server lists: its tag, its size on disk, the digest of its weights.

    `remote_host` is the machine that runs it where the server only passes prompts on to one
    (Ollama's cloud models), `capabilities` what it says it can do, empty with older servers.
    """

    name: str
    size_bytes: int
    family: str
    digest: str | None = None
    remote_host: str | None = None
    capabilities: tuple[str, ...] = ()

    @property
    def can_chat(self) -> bool:
        """Whether it writes; models that only embed do not."""
        if self.capabilities:
            return "completion" in self.capabilities
        return self.family not in _EMBEDDING_FAMILIES and "embed" not in self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownModel:
    """What the server knows of one model: the tokens it was trained to read, and who runs it."""

    window: int | None
    remote_host: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PullProgress:
    """How far a download is; `total_bytes` is None while it is not known."""

    status: str
    completed_bytes: int = 0
    total_bytes: int | None = None


class LocalServer:
    """One Ollama server.

    Every method raises `ModelUnavailableError` where the server does not answer as one.
    """

    def __init__(self, host: str, *, read_seconds: float = USUAL_READ_SECONDS) -> None:
        self._connection = _connection(host, read_seconds)

    def models(self) -> tuple[InstalledModel, ...]:
        """Return what is installed, largest first."""
        with self._connection.translated():
            models = [_installed(entry) for entry in self._connection.get("/api/tags")["models"]]
        return tuple(sorted(models, key=lambda model: (-model.size_bytes, model.name)))

    def version(self) -> str:
        """Return the server's version."""
        return str(self._connection.get("/api/version").get("version", "unknown"))

    def cuts_prompts(self) -> bool:
        """Whether the server is so old that it cuts what is too long instead of refusing it."""
        numbers = re.findall(r"\d+", self.version())[:3]
        return tuple(map(int, numbers)) < _REFUSES_SINCE

    def shown(self, model: str) -> ShownModel:
        """Return what the server knows of a model, before anything is sent to it."""
        with self._connection.translated():
            said = self._connection.post("/api/show", {"model": model})
            information = said.get("model_info") or {}
        lengths = [v for key, v in information.items() if key.endswith("context_length")]
        names = (model, f"{model}:latest")
        listed = [m.remote_host for m in self.models() if m.name in names]
        # A cloud model need not be installed: its tag alone says where it runs.
        by_name = _CLOUD_HOST if model.endswith(_CLOUD) else None
        return ShownModel(
            window=int(lengths[0]) if lengths else None,
            remote_host=said.get("remote_host") or next(filter(None, listed), by_name),
        )

    def loaded(self) -> dict[str, int | None]:
        """Return the models in memory, each with the window it was loaded with."""
        with self._connection.translated():
            entries = self._connection.get("/api/ps").get("models") or []
            return {str(entry["model"]): entry.get("context_length") for entry in entries}

    def fills_schema(self, model: str, *, window: int) -> bool:
        """Whether a model answers in a JSON form it is given, tried with one field.

        Asked with the window it writes with: another one would have the server load it anew.
        """
        form = {
            "type": "object",
            "properties": {"answer": {"type": "string", "enum": ["yes", "no"]}},
            "required": ["answer"],
        }
        asked = [{"role": "user", "content": "Is water wet? Answer yes or no, as JSON."}]
        options = {"num_predict": 20, "num_ctx": window}
        body = _body(model, asked, options) | {"format": form, "stream": False}
        reply = self._connection.post("/api/chat", body)
        try:
            return json.loads(reply["message"]["content"]).get("answer") in ("yes", "no")
        except (ValueError, AttributeError, KeyError, TypeError):
            return False

    def pull(self, model: str) -> Iterator[PullProgress]:
        """Download a model; a download that was broken off is taken up again."""
        with self._connection.translated():
            for line in self._connection.lines("/api/pull", {"model": model, "stream": True}):
                part = json.loads(line)
                if "error" in part:
                    raise self._connection.refusal(httpx.codes.OK, line, model)
                yield PullProgress(
                    status=part.get("status") or "",
                    completed_bytes=part.get("completed") or 0,
                    total_bytes=part.get("total"),
                )


def _installed(entry: dict[str, Any]) -> InstalledModel:
    return InstalledModel(
        name=str(entry["model"]),
        size_bytes=int(entry.get("size") or 0),
        family=str((entry.get("details") or {}).get("family") or ""),
        digest=entry.get("digest"),
        remote_host=entry.get("remote_host") or None,
        capabilities=tuple(entry.get("capabilities") or ()),
    )


def _connection(host: str, read_seconds: float) -> Connection:
    return Connection(host, start="ollama serve", pull="assistant pull", read_seconds=read_seconds)


def _body(
    model: str, messages: Sequence[dict[str, Any]], options: dict[str, Any]
) -> dict[str, Any]:
    """Return the request for a reply; a prompt that does not fit is refused, never cut."""
    return {
        "model": model,
        "messages": messages,
        "options": options,
        "think": False,
        "keep_alive": _KEEP_ALIVE,
        "truncate": False,
        "shift": False,
    }


class LocalModel(Ollama):
    """LlamaIndex's Ollama model with every setting that it leaves to chance made ours."""

    _connection: Connection = PrivateAttr()

    @classmethod
    def open(cls, name: str, settings: Settings) -> "LocalModel":
        """Return the model of that tag; the server is not asked yet."""
        limit = settings.limits.first_seconds + _GRACE_SECONDS
        safe: dict[str, Any] = {
            "trust_env": False,
            "follow_redirects": False,
            "timeout": limit,
            "verify": certificates(),
        }
        model = cls(
            model=name,
            base_url=settings.ollama,
            # Not used by us, but by whoever gives our model to LlamaIndex's other calls.
            client=ollama.Client(settings.ollama, **safe, event_hooks={"request": [_without_key]}),
            async_client=ollama.AsyncClient(
                settings.ollama, **safe, event_hooks={"request": [_without_key_async]}
            ),
            context_window=settings.window,
            request_timeout=limit,
            temperature=0.0,
            thinking=False,
            keep_alive=_KEEP_ALIVE,
            is_function_calling_model=False,
            additional_kwargs={"num_predict": _REPLY_TOKENS, "seed": 7},
        )
        model._connection = _connection(settings.ollama, limit)
        return model

    def interrupt(self) -> None:
        """End the reply that is being read, or waited for, from any thread."""
        self._connection.interrupt()

    def stream_chat(
        self, messages: Sequence[ChatMessage], **kwargs: Any
    ) -> Generator[ChatResponse, None, None]:
        """Yield the reply in pieces; raises our errors."""
        asked = [{"role": m.role.value, "content": m.content or ""} for m in messages]
        body = _body(self.model, asked, self._model_kwargs) | {"stream": True, **kwargs}
        text, is_done = "", False
        with self._connection.translated():
            for line in self._connection.lines("/api/chat", body):
                part = json.loads(line)
                if "error" in part:
                    raise self._connection.refusal(httpx.codes.OK, line, self.model)
                is_done = bool(part.get("done"))
                piece = part["message"].get("content") or ""
                text += piece
                said = ChatMessage(role="assistant", content=text)
                yield ChatResponse(message=said, delta=piece, raw=part)
            if not is_done:
                raise UnusableReplyError("the model server broke off in mid-reply", reply="")

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """Return the whole reply."""
        *_, last = self.stream_chat(messages, **kwargs)
        return last


def _without_key(request: httpx.Request) -> None:
    """Send no key that the client found in the environment."""
    request.headers.pop("authorization", None)


async def _without_key_async(request: httpx.Request) -> None:
    _without_key(request)
