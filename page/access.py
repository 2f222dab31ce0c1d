"""Stands before every request: who may ask, for what, from where; and the headers of answers.

Plain ASGI, so that streams pass through untouched. What is not on the list of paths does
not exist: Gradio's file, upload, proxy, history and editing routes cannot be reached.
"""

import base64
import binascii
import hmac
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from page.limits import MOST_UPLOAD_BYTES, MOST_WORDS_BYTES

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_POLICY = b"content-security-policy"
_NO_FRAME = b"x-frame-options"
_OPENER = b"cross-origin-opener-policy"
_OWN = (_POLICY, _OPENER)
_SPACE_FRAMES = b"frame-ancestors https://huggingface.co https://*.hf.space"
HEADERS = (
    (_POLICY, POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (_NO_FRAME, b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (_OPENER, b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


def policy(nonce: str) -> str:
    """Return the policy of the page itself.

    Gradio compiles its components' templates in the browser ('unsafe-eval') and sets styles in
    its markup; scripts in the markup run only with the nonce of this one answer.
    """
    scripts = f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'"
    styles = "style-src 'self' 'unsafe-inline'"
    return POLICY.replace("script-src 'self'", scripts).replace("style-src 'self'", styles)


_OUR_PATHS = ("/articles", "/static/", "/conversation", "/kept", "/gloss", "/engines", "/healthy")
_GRADIO_PATHS = (
    "/assets/",
    "/theme.css",
    "/config",
    "/gradio_api/info",
    "/gradio_api/call/",
    "/gradio_api/queue/",
    "/gradio_api/cancel",
    "/gradio_api/heartbeat/",
    "/gradio_api/startup-events",
    "/gradio_api/mcp",
    "/gradio_api/dev/",  # exists only under `gradio app.py`
)
_ASKING = {"www-authenticate": 'Basic realm="article assistant", charset="UTF-8"'}
_FREE = 4
_MOST_SECONDS = 60.0
_MOST_CLIENTS = 1_000
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The one name and password of a small team."""

    name: str
    password: str


class Attempts:
    """Wrong passwords by client, since its last right one: guessing gets slower with each."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def must_wait(self, client: str) -> bool:
        """Whether no password of a client is looked at yet, right or wrong."""
        return self._clock() < self._failed.get(client, (0, 0.0))[1]

    def failed(self, client: str) -> None:
        """Note a wrong password: after four, a wait of 1, 2, 4, ... seconds, at most a minute."""
        count = self._failed.pop(client, (0, 0.0))[0] + 1
        wait = min(2.0 ** (count - _FREE - 1), _MOST_SECONDS) if count > _FREE else 0.0
        self._failed[client] = (count, self._clock() + wait)
        while len(self._failed) > _MOST_CLIENTS:
            self._failed.popitem(last=False)

    def succeeded(self, client: str) -> None:
        """Forget the mistakes of a client."""
        self._failed.pop(client, None)


class Guard:
    """Lets in what may enter and sets the headers of what leaves."""

    def __init__(
        self,
        application: Application,
        *,
        host: str = "127.0.0.1",
        public_name: str = "",
        is_framed: bool = False,
        credentials: Credentials | None = None,
    ) -> None:
        self._application = application
        self._hosts = {*_LOOPBACK, host.lower(), *filter(None, [public_name.lower()])}
        self._is_framed = is_framed
        # An address cannot be rebound to another machine, a name can.
        self._any_address = host in ("0.0.0.0", "::")  # noqa: S104
        self._credentials = credentials
        self._attempts = Attempts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "lifespan":
            await self._application(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        sending = _with_headers(send, is_framed=self._is_framed)
        await (self._refusal(scope) or self._application)(scope, receive, sending)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers, path = Headers(scope=scope), str(scope["path"])
        host = headers.get("host", "").lower()
        if not self._is_ours(_without_port(host)):
            return PlainTextResponse("this page is not served under that name", 400)
        if self._credentials is not None:
            client = str((scope.get("client") or ("",))[0])
            if self._attempts.must_wait(client):
                return PlainTextResponse("too many wrong passwords; try again in a minute", 429)
            if not _is_known(self._credentials, headers):
                if "authorization" in headers:
                    self._attempts.failed(client)
                return PlainTextResponse("a name and a password are needed", 401, _ASKING)
            self._attempts.succeeded(client)
        if not _exists(path):
            return PlainTextResponse("there is nothing here", 404)
        if scope["method"] in ("GET", "HEAD"):
            return None
        if not _comes_from_here(headers, host):
            return PlainTextResponse(
                "only this page and programs of this machine may ask that", 403
            )
        return _too_long(path, headers)

    def _is_ours(self, name: str) -> bool:
        if name in self._hosts:
            return True
        if not self._any_address:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


def _exists(path: str) -> bool:
    return path == "/" or path.startswith(_OUR_PATHS) or path.startswith(_GRADIO_PATHS)


def _comes_from_here(headers: Headers, host: str) -> bool:
    """Whether a request that changes something comes from this page, or from no page at all."""
    origin = headers.get("origin")
    if origin is not None:
        return origin.lower() in (f"http://{host}", f"https://{host}")
    return headers.get("sec-fetch-site", "none") in ("none", "same-origin")


def _too_long(path: str, headers: Headers) -> PlainTextResponse | None:
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return PlainTextResponse("the length of the request is missing", 411)
    most = MOST_UPLOAD_BYTES if path == "/articles" else MOST_WORDS_BYTES
    if int(length) > most:
        return PlainTextResponse(f"that is more than {most // 1_000:,} kB", 413)
    return None


def _is_known(credentials: Credentials, headers: Headers) -> bool:
    scheme, _, encoded = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        given = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return False
    wanted = f"{credentials.name}:{credentials.password}".encode()
    return hmac.compare_digest(given, wanted)


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _with_headers(send: Send, *, is_framed: bool) -> Send:
    ours = {name for name, _ in HEADERS}

    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            given = [(name.lower(), value) for name, value in message.get("headers", ())]
            headers = [
                (name, value)
                for name, value in given
                if name not in ours and not name.startswith(b"access-control-")
            ]
            # What a route of ours says for itself holds: the page's nonce, its opener.
            said = dict(HEADERS) | {name: value for name, value in given if name in _OWN}
            if is_framed:
                said[_POLICY] = said[_POLICY].replace(b"frame-ancestors 'none'", _SPACE_FRAMES)
                del said[_NO_FRAME]
            message["headers"] = [*headers, *said.items()]
        await send(message)

    return sending
