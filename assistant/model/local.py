"""The local model server, Ollama: what it has installed, and LlamaIndex's class made safe.

Only owner of `ollama` and of its HTTP client. Loopback by default, no proxy and no key from
the environment, no redirect followed. What `llama_index.llms.ollama.Ollama` leaves open is
set here: the window, the length of a reply, sampling, the thinking, the time limits.
"""

import json
import socket
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx
import ollama
from llama_index.core.llms import ChatMessage, ChatResponse
from llama_index.llms.ollama import Ollama
from pydantic import PrivateAttr, ValidationError

from assistant.errors import (
    AssistantError,
    ModelTimeoutError,
    ModelUnavailableError,
    UnusableReplyError,
)
from assistant.settings import Settings

_REPLY_TOKENS = 700
_GRACE_SECONDS = 1.0
"""More than the limit to the first token, which is kept by the reader: it says what happened."""
_KEEP_ALIVE = "10m"
_EMBEDDING_FAMILIES = ("bert", "nomic-bert", "gemma-embedding")


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
class PullProgress:
    """How far a download is; `total_bytes` is None while it is not known."""

    status: str
    completed_bytes: int = 0
    total_bytes: int | None = None


class LocalServer:
    """One Ollama server.

    Every method raises `ModelUnavailableError` where the server does not answer as one.
    """

    def __init__(self, host: str, *, read_seconds: float = 10.0) -> None:
        self.host = host
        self._connection = Connection(host, read_seconds=read_seconds)

    def models(self) -> tuple[InstalledModel, ...]:
        """Return what is installed, largest first."""
        # Asked here: the client's own list leaves out `remote_host`.
        with translated(self.host):
            models = [_installed(entry) for entry in self._connection.get("/api/tags")["models"]]
        return tuple(sorted(models, key=lambda model: (-model.size_bytes, model.name)))

    def model(self, name: str) -> InstalledModel | None:
        """Return one model that is listed, by its tag with or without `:latest`."""
        names = (name, f"{name}:latest")
        return next((model for model in self.models() if model.name in names), None)

    def version(self) -> str:
        """Return the server's version."""
        with translated(self.host):
            return str(self._connection.get("/api/version").get("version", "unknown"))

    def window(self, model: str) -> int | None:
        """Return how many tokens a model was trained to read, None where it does not say."""
        with translated(self.host, model):
            information = self._connection.client.show(model).modelinfo or {}
        lengths = [v for key, v in information.items() if key.endswith("context_length")]
        return int(lengths[0]) if lengths else None

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
        with translated(self.host, model):
            reply = self._connection.client.chat(
                model=model,
                messages=asked,
                format=form,
                think=False,
                keep_alive=_KEEP_ALIVE,
                options={"num_predict": 20, "num_ctx": window},
            )
        try:
            return json.loads(reply.message.content or "").get("answer") in ("yes", "no")
        except (ValueError, AttributeError):
            return False

    def pull(self, model: str) -> Iterator[PullProgress]:
        """Download a model; a download that was broken off is taken up again."""
        with translated(self.host, model):
            for part in self._connection.client.pull(model, stream=True):
                yield PullProgress(
                    status=part.status or "",
                    completed_bytes=part.completed or 0,
                    total_bytes=part.total,
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


class Connection:
    """An Ollama client that is safe by its settings and can be cut off while it waits."""

    def __init__(self, host: str, *, read_seconds: float) -> None:
        self._host = host
        self._stream: Any = None
        timeout = httpx.Timeout(connect=2.0, read=read_seconds, write=10.0, pool=5.0)
        self.client = ollama.Client(
            host,
            trust_env=False,
            follow_redirects=False,
            timeout=timeout,
            # A connection of its own for each request, so that the one to cut off is known.
            limits=httpx.Limits(max_keepalive_connections=0),
            event_hooks={"request": [_without_key, self._follow]},
        )
        # Not used by us, but by whoever gives our model to LlamaIndex's asynchronous calls.
        self.async_client = ollama.AsyncClient(
            host,
            trust_env=False,
            follow_redirects=False,
            timeout=timeout,
            event_hooks={"request": [_without_key_async]},
        )

    def get(self, path: str) -> dict[str, Any]:
        """Return the JSON object at a path of the server that the client has no call for."""
        url = f"{self._host.rstrip('/')}{path}"
        answer = httpx.get(url, timeout=5.0, trust_env=False, follow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
        return found if isinstance(found, dict) else {}

    def interrupt(self) -> None:
        """End what is being read, at once and from any thread; the server notices."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with suppress(OSError, AttributeError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def _follow(self, request: httpx.Request) -> None:
        """Have the connection of a request reported as soon as it is made."""
        request.extensions = {**request.extensions, "trace": self._trace}

    def _trace(self, event: str, details: dict[str, Any]) -> None:
        if event.endswith("connect_tcp.complete"):
            self._stream = details["return_value"]


def _without_key(request: httpx.Request) -> None:
    """Send no key that the client found in the environment."""
    request.headers.pop("authorization", None)


async def _without_key_async(request: httpx.Request) -> None:
    _without_key(request)


class LocalModel(Ollama):
    """LlamaIndex's Ollama model with every setting that it leaves to chance made ours."""

    _connection: Connection = PrivateAttr()

    @classmethod
    def open(cls, name: str, settings: Settings) -> "LocalModel":
        """Return the model of that tag; the server is not asked yet."""
        limit = settings.limits.first_seconds + _GRACE_SECONDS
        connection = Connection(settings.ollama, read_seconds=limit)
        model = cls(
            model=name,
            base_url=settings.ollama,
            client=connection.client,
            async_client=connection.async_client,
            context_window=settings.window,
            request_timeout=limit,
            temperature=0.0,
            thinking=False,
            keep_alive=_KEEP_ALIVE,
            is_function_calling_model=False,
            additional_kwargs={"num_predict": _REPLY_TOKENS, "seed": 7},
        )
        model._connection = connection
        return model

    def interrupt(self) -> None:
        """End the reply that is being read, from any thread."""
        self._connection.interrupt()

    def stream_chat(
        self, messages: Sequence[ChatMessage], **kwargs: Any
    ) -> Generator[ChatResponse, None, None]:
        """Yield the reply in pieces; raises our errors instead of the client's."""
        with translated(self.base_url, self.model):
            is_done = False
            for part in super().stream_chat(messages, **kwargs):
                is_done = bool((part.raw or {}).get("done"))
                yield part
            if not is_done:
                raise UnusableReplyError("the model server broke off in mid-reply", reply="")


@contextmanager
def translated(host: str, model: str | None = None) -> Generator[None, None, None]:
    """Turn what the client raises into our errors, each with what to do."""
    try:
        yield
    except AssistantError:
        raise
    except ollama.ResponseError as error:
        raise _refused(error, host, model) from error
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        raise ModelUnavailableError(f"the server at {host} answered {status}") from error
    except httpx.TimeoutException as error:
        raise ModelTimeoutError(f"the model server at {host} did not answer in time") from error
    except (ConnectionError, httpx.ConnectError) as error:
        raise ModelUnavailableError(
            f"no model server answers at {host}; start one with: ollama serve"
        ) from error
    except httpx.HTTPError as error:
        raise UnusableReplyError("the model server broke off in mid-reply", reply="") from error
    except (ValueError, ValidationError, AttributeError, TypeError, KeyError) as error:
        raise UnusableReplyError(
            f"what answers at {host} does not speak like a model server", reply=""
        ) from error


def _refused(error: ollama.ResponseError, host: str, model: str | None) -> AssistantError:
    said = " ".join(str(error.error).split())[:200]
    if error.status_code == 404 and model is not None:
        return ModelUnavailableError(f"no model {model!r} at {host}; run: assistant pull {model}")
    if any(sign in said for sign in ("dial tcp", "no such host", "lookup ")):
        return ModelUnavailableError(
            f"the model server at {host} reaches no network; download {model} where there is one"
        )
    if "memory" in said.lower():
        return ModelUnavailableError(f"the model {model!r} ran out of memory: {said}")
    if error.status_code == 503:
        return ModelUnavailableError(f"the model server at {host} is busy; try again")
    if 300 <= error.status_code < 400:
        return ModelUnavailableError(f"the server at {host} points elsewhere; not followed")
    if "<" in said:
        said = "a page instead of a reply"
    return ModelUnavailableError(f"the model server at {host} failed: {said}")
