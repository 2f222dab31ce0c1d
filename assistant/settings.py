"""What the user can set from outside, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from assistant.errors import AssistantError
from index.library.vectors import VectorServer
from index.offline import is_this_machine

USUAL_MODEL = "gemma4"
USUAL_SERVER = "http://127.0.0.1:11434"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds to wait for a model: to its first word, between two, and for the whole reply."""

    first_seconds: float = 180.0
    between_seconds: float = 20.0
    total_seconds: float = 420.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the library lies, which embedder it uses, and which model writes.

    `home` is the library's folder (`ASSISTANT_HOME`, else the platform's user data folder).
    `embedder` is None for the bundled one, else the path or the cached name of a
    sentence-transformers model, `e5` for the bundled network, or `ollama:NAME` for a model of
    Ollama on this machine (`ASSISTANT_EMBEDDER`).
    `model_judges` is whether the model itself says if a passage carries what it wrote
    (`ASSISTANT_JUDGE`, `model` or `reader`). `has_reader` is whether the bundled reader may be
    asked (`ASSISTANT_READER`, `none` for rules alone). `llm` is what writes where nobody chooses:
    `extractive`, a tag, or the address of a server (`ASSISTANT_LLM`); None looks for one. `model`
    is the tag that is used where it is installed (`ASSISTANT_MODEL`), `ollama` the address of the
    server (`ASSISTANT_OLLAMA`, which may be another machine; `OLLAMA_HOST` only if it is this one),
    `window` the tokens it is asked to read and write (`ASSISTANT_WINDOW`), `limits` how long
    it may take (`ASSISTANT_FIRST_TOKEN_SECONDS`, `ASSISTANT_BETWEEN_TOKENS_SECONDS`,
    `ASSISTANT_REPLY_SECONDS`), `vectors` the Chroma server that holds the library's vectors, None
    for its folder (`ASSISTANT_CHROMA`, with `ASSISTANT_CHROMA_TOKEN` for a proxy in front of it),
    and `ray` the Ray cluster that reads many articles or asks many cases (`ASSISTANT_RAY`).
    `notices` are what the user should know of values that could not be used.
    """

    home: Path
    embedder: str | None = None
    has_reader: bool = True
    model_judges: bool = False
    llm: str | None = None
    model: str = USUAL_MODEL
    ollama: str = USUAL_SERVER
    window: int = 8192
    limits: Limits = field(default_factory=Limits)
    vectors: VectorServer | None = None
    ray: str | None = None
    notices: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Return the settings that the environment asks for.

        Raises:
            AssistantError: A value is none that can be used; names it.
        """
        home = environment.get("ASSISTANT_HOME")
        usual = Limits()
        server, notices = _server(environment)
        return cls(
            home=Path(home).expanduser() if home else _user_data_folder(),
            embedder=_embedder(environment.get("ASSISTANT_EMBEDDER") or None, server),
            has_reader=_one_of(environment, "ASSISTANT_READER", "bundled", "none") == "bundled",
            model_judges=_one_of(environment, "ASSISTANT_JUDGE", "reader", "model") == "model",
            llm=environment.get("ASSISTANT_LLM") or None,
            model=environment.get("ASSISTANT_MODEL") or USUAL_MODEL,
            ollama=server,
            notices=notices,
            window=int(_number(environment, "ASSISTANT_WINDOW", 8192, least=1024)),
            limits=Limits(
                first_seconds=_number(
                    environment, "ASSISTANT_FIRST_TOKEN_SECONDS", usual.first_seconds
                ),
                between_seconds=_number(
                    environment, "ASSISTANT_BETWEEN_TOKENS_SECONDS", usual.between_seconds
                ),
                total_seconds=_number(environment, "ASSISTANT_REPLY_SECONDS", usual.total_seconds),
            ),
            vectors=_vector_server(environment),
            ray=environment.get("ASSISTANT_RAY") or None,
        )


def _number(
    environment: Mapping[str, str], name: str, otherwise: float, *, least: float = 0.1
) -> float:
    written = environment.get(name)
    if not written:
        return otherwise
    try:
        value = float(written)
    except ValueError:
        value = -1.0
    if not least <= value < float("inf"):
        raise AssistantError(f"{name}={written!r} cannot be used; give a number from {least:g}")
    return value


def _embedder(named: str | None, server: str) -> str | None:
    """Return an embedder with the address of its server, where it is a model of Ollama."""
    is_served = named is not None and named.startswith("ollama:") and "@" not in named
    return f"{named}@{server}" if is_served else named


def _vector_server(environment: Mapping[str, str]) -> VectorServer | None:
    address = environment.get("ASSISTANT_CHROMA")
    if not address:
        return None
    return VectorServer(address=address, token=environment.get("ASSISTANT_CHROMA_TOKEN") or None)


def _server(environment: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return the address of the model server, and what is to be said about its choice."""
    named = environment.get("ASSISTANT_OLLAMA")
    if named:
        address = _address(named)
        if address is None:
            raise AssistantError(
                f"{named!r} is no address of a model server; give one such as {USUAL_SERVER}"
            )
        return address, ()
    # Ollama's own variable is not ours: what we cannot use of it costs a warning, no more.
    usual = environment.get("OLLAMA_HOST")
    if not usual:
        return USUAL_SERVER, ()
    address = _address(usual)
    if address is None:
        return USUAL_SERVER, (f"OLLAMA_HOST={usual!r} is no address; {USUAL_SERVER} is used",)
    if not is_this_machine(urlsplit(address).hostname or ""):
        said = f"OLLAMA_HOST={usual!r} is another machine; name it in ASSISTANT_OLLAMA to use it"
        return USUAL_SERVER, (said,)
    return address, ()


def _address(written: str) -> str | None:
    """Return the address of a server as Ollama's client reads it, None where it is none.

    >>> [_address(written) for written in (":9999", '"0.0.0.0:9999"', "[::]:9999", "localhost/a")]
    ['http://127.0.0.1:9999', 'http://127.0.0.1:9999', 'http://[::1]:9999', 'http://localhost:11434/a']
    >>> [_address(written) for written in ("file:///etc/passwd", "host:notaport")]
    [None, None]
    """
    bare = written.strip().strip("\"'")
    parts = urlsplit(bare if "://" in bare else f"http://{bare}")
    try:
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or port == 0 or not parts.netloc:
        return None
    # A server listens on all addresses; a client that is given the same variable asks its own.
    host = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(  # noqa: S104
        parts.hostname or "", parts.hostname or ""
    )
    port = port or (443 if parts.scheme == "https" else 11434)
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}:{port}{parts.path.rstrip('/')}"


def _one_of(environment: Mapping[str, str], name: str, usual: str, other: str) -> str:
    written = environment.get(name) or usual
    if written not in (usual, other):
        raise AssistantError(f"{name} is {written!r}; set it to {other}, or leave it away")
    return written


def _user_data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("article-assistant", appauthor=False)
