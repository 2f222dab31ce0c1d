"""A GGUF file run in this process by llama.cpp's own server, from the package `xllamacpp`.

It listens on a free port of loopback, to nobody who lacks the key that is made here, and is spoken
to as any other server is: schema, cache, queue and interruption are the same.
"""

import secrets
from functools import cache
from pathlib import Path
from typing import Any

from assistant.errors import ModelUnavailableError
from assistant.model.served import OpenAIServer
from assistant.settings import Settings

_INSTALL = "pip install 'article-assistant[gguf]'"


def open_file(path: str, settings: Settings) -> OpenAIServer:
    """Return the model in a file; it is read once, however often it is opened.

    Raises:
        ModelUnavailableError: There is no such file, it holds no model, or the package is missing.
    """
    file = Path(path).expanduser().resolve()
    if not file.is_file():
        raise ModelUnavailableError(f"there is no file {path!r}")
    server, key = _serve(file, settings.window)
    return OpenAIServer.open(f"{server.listening_address}/v1", settings, key=key)


@cache
def _serve(file: Path, window: int) -> tuple[Any, str]:
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelUnavailableError(f"a GGUF file needs llama.cpp; run: {_INSTALL}") from error
    key = secrets.token_urlsafe(24)
    asked = xllamacpp.CommonParams()
    asked.model.path, asked.n_ctx, asked.n_parallel = str(file), window, 1
    asked.port, asked.api_keys, asked.ui, asked.endpoint_slots = 0, [key], False, False
    asked.use_jinja, asked.cache_prompt, asked.offline, asked.verbosity = True, True, True, -1
    try:
        return xllamacpp.Server(asked), key
    except Exception as error:
        raise ModelUnavailableError(f"llama.cpp cannot run {file.name}: {error}"[:300]) from error
