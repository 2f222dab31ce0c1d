"""HTTP to a model server on our terms, and what goes wrong with it in our words.

No proxy, no key of the environment, no redirect followed, no retry, which would multiply every
wait. A request can be cut off from any thread, also before the first word: the server notices.
"""

import json
import re
import socket
import ssl
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

import httpx

from assistant.errors import (
    AssistantError,
    ModelTimeoutError,
    ModelUnavailableError,
    PromptCutError,
    UnusableReplyError,
)

USUAL_READ_SECONDS = 10.0
_TOO_LONG = re.compile(r"context|too (?:long|large)|exceed|n_ctx|maximum.{0,20}token", re.I)
_COUNTED = re.compile(
    r"n_prompt_tokens\W+(\d+)|(?:requested |has |\()(\d+) (?:input )?tokens"
    r"|first (\d+) tokens|prompt=(\d+)",
    re.I,
)
_WINDOW = re.compile(
    r"n_ctx\W+(\d+)|context (?:size|length|window)(?: of only| is| of)? \(?(\d+)|limit=(\d+)", re.I
)
_NO_NETWORK = ("dial tcp", "no such host", "lookup ")


class Connection:
    """Requests to one server, one at a time.

    Args of the constructor:
        address: What paths are put behind.
        read_seconds: Longest silence of the server.
        start: The command that starts such a server, for whoever has none.
        pull: The command that brings it a model that it lacks, empty where there is none.
        key: What it asks for; only one that we started asks.
    """

    def __init__(
        self,
        address: str,
        *,
        start: str,
        pull: str = "",
        key: str = "",
        read_seconds: float = USUAL_READ_SECONDS,
    ) -> None:
        self.address = address.rstrip("/")
        self._start, self._pull = start, pull
        self._safe: dict[str, Any] = {
            "timeout": httpx.Timeout(connect=2.0, read=read_seconds, write=10.0, pool=5.0),
            "verify": certificates(),
            "headers": {"authorization": f"Bearer {key}"} if key else {},
            "trust_env": False,
            "follow_redirects": False,
        }
        self._stream: Any = None

    def get(self, path: str) -> dict[str, Any]:
        """Return the JSON object at a path."""
        return self._object("".join(self._lines("GET", path, None)))

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Return the JSON object that answers another one."""
        return self._object("".join(self._lines("POST", path, body)))

    def lines(self, path: str, body: dict[str, Any]) -> Iterator[str]:
        """Yield the answer to a JSON object line by line, as the lines arrive."""
        return self._lines("POST", path, body)

    def interrupt(self) -> None:
        """End what is being read, or waited for, at once and from any thread."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with suppress(OSError, AttributeError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def _lines(self, method: str, path: str, body: dict[str, Any] | None) -> Iterator[str]:
        url, model = f"{self.address}{path}", (body or {}).get("model")
        with (
            self.translated(),
            httpx.Client(**self._safe) as client,
            client.stream(method, url, json=body, extensions={"trace": self._trace}) as response,
        ):
            if response.status_code != httpx.codes.OK:
                said = response.read().decode("utf-8", "replace")
                raise self.refusal(response.status_code, said, model)
            yield from response.iter_lines()

    def _object(self, said: str) -> dict[str, Any]:
        with self.translated():
            found = json.loads(said)
            if not isinstance(found, dict):
                raise TypeError("no object")
            return found

    def _trace(self, event: str, details: dict[str, Any]) -> None:
        if event.endswith("connect_tcp.complete"):
            self._stream = details["return_value"]

    @contextmanager
    def translated(self) -> Generator[None, None, None]:
        """Turn what goes wrong into our errors, each with what to do."""
        at = self.address
        try:
            yield
        except AssistantError:
            raise
        except httpx.TimeoutException as error:
            raise ModelTimeoutError(f"the model server at {at} did not answer in time") from error
        except httpx.ConnectError as error:
            said = f"no model server answers at {at}; start one with: {self._start}"
            raise ModelUnavailableError(said) from error
        except httpx.HTTPError as error:
            raise UnusableReplyError("the model server broke off in mid-reply", reply="") from error
        except (ValueError, KeyError, TypeError, AttributeError, httpx.InvalidURL) as error:
            said = f"what answers at {at} does not speak like a model server"
            raise UnusableReplyError(said, reply="") from error

    def refusal(self, status: int, body: str, model: str | None) -> AssistantError:
        """Return what a refusal means, whether it came as a status or within a reply."""
        said = " ".join(_message(body).split())[:300]
        if status == httpx.codes.NOT_FOUND and model is not None and self._pull:
            return ModelUnavailableError(
                f"no model {model!r} at {self.address}; run: {self._pull} {model}"
            )
        if any(sign in said for sign in _NO_NETWORK):
            return ModelUnavailableError(
                f"the model server at {self.address} reaches no network; "
                f"download {model} where there is one"
            )
        if "memory" in said.lower():
            return ModelUnavailableError(f"the model {model!r} ran out of memory: {said}")
        if status in (httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.TOO_MANY_REQUESTS):
            return ModelUnavailableError(f"the model server at {self.address} is busy; try again")
        if httpx.codes.is_redirect(status):
            return ModelUnavailableError(
                f"the server at {self.address} points elsewhere; not followed"
            )
        if not httpx.codes.is_server_error(status) and _TOO_LONG.search(said):
            return PromptCutError(
                f"the prompt is too long for the model server: {said}",
                counted=_number(_COUNTED, body),
                window=_number(_WINDOW, body),
            )
        if "<" in said:
            said = "a page instead of a reply"
        return ModelUnavailableError(
            f"the model server at {self.address} failed: {said or f'status {status}'}"
        )


@cache
def certificates() -> ssl.SSLContext:
    """Return who is trusted; read once, which takes longer than a request on this machine."""
    return httpx.create_ssl_context(trust_env=False)


def _message(body: str) -> str:
    """Return the sentence in a refusal: `{"error": …}` with a text, or an object that has one.

    >>> _message('{"error": {"code": 400, "message": "too long"}}'), _message('{"error": "busy"}')
    ('too long', 'busy')
    """
    try:
        error = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return body
    return str(error.get("message", error) if isinstance(error, dict) else error)


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    """Return the number that a refusal tells, None where it tells none.

    >>> said = "request (9412 tokens) exceeds the available context size (8192 tokens)"
    >>> _number(_COUNTED, said), _number(_WINDOW, said)
    (9412, 8192)
    """
    found = pattern.search(text)
    return int(next(number for number in found.groups() if number)) if found else None
