"""Which model writes: the one that is named, the usual one, or the best that is installed."""

import socket
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import AssistantError
from assistant.model.chat import ChatModel
from assistant.model.turns import turns_at
from assistant.settings import Settings
from index.offline import is_this_machine

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_PROBE_SECONDS = 0.25
_USUAL_PORTS = (8080, 1234, 8000, 30000)
"""Of llama-server, LM Studio, vLLM and SGLang on this machine."""


def open_model(wanted: "str | LLM | ChatModel", settings: Settings) -> ChatModel:
    """Return a chat model.

    Args:
        wanted: A tag of Ollama's server, also as `ollama:TAG`; the address of a server that speaks
            OpenAI's protocol (`http://127.0.0.1:8080/v1`, `…/v1#NAME` for one of several models);
            the path of a file `….gguf`; any LlamaIndex `LLM`; or what is a chat model already.
        settings: Where Ollama's server is, and how long a model may take.

    Raises:
        ModelUnavailableError: The server does not answer, or lacks the model.
    """
    from assistant.model.adapter import LlamaIndexModel

    if isinstance(wanted, ChatModel):
        return wanted
    if not isinstance(wanted, str):
        return LlamaIndexModel(wanted, limits=settings.limits)
    if is_served(wanted):
        from assistant.model.gguf import open_file
        from assistant.model.served import OpenAIServer

        is_address = "://" in wanted
        served = OpenAIServer.open(wanted, settings) if is_address else open_file(wanted, settings)
        return LlamaIndexModel(
            served,
            limits=settings.limits,
            interrupt=served.interrupt,
            remote_host=remote_host(served.address),
            turns=turns_at(served.address),
        )
    from assistant.model.local import LocalModel, LocalServer

    wanted = wanted.removeprefix("ollama:")
    # subtle: asked here, so that where it runs is known before anything is sent, and a missing
    # model before the first question.
    server = LocalServer(settings.ollama)
    shown = server.shown(wanted)
    window = min(settings.window, shown.window or settings.window)
    model = LocalModel.open(wanted, replace(settings, window=window))
    return LlamaIndexModel(
        model,
        limits=settings.limits,
        interrupt=model.interrupt,
        remote_host=shown.remote_host or remote_host(settings.ollama),
        turns=turns_at(settings.ollama),
        overlong="cut" if server.cuts_prompts() else "refused",
    )


def is_served(wanted: str) -> bool:
    """Whether a name of a model is an address or a file, not a tag of Ollama's server."""
    return wanted.partition("://")[0] in ("http", "https") or wanted.endswith(".gguf")


def remote_host(address: str) -> str | None:
    """Return the host of an address that is another machine, None where it is this one."""
    host = urlsplit(address).hostname or ""
    return None if is_this_machine(host) else host


def answering_model(settings: Settings) -> ChatModel | None:
    """Return the usual model, else the largest that is installed; None where none answers.

    Where no server listens this takes no time and imports nothing.
    """
    names = installed_models(settings)
    if not names:
        return None
    usual = [name for name in names if name in (settings.model, f"{settings.model}:latest")]
    try:
        return open_model((usual or list(names))[0], settings)
    except AssistantError:
        return None


def installed_models(settings: Settings) -> tuple[str, ...]:
    """Return the tags of the models that write here, largest first; none without a server."""
    return listed_models(settings) if server_listens(settings.ollama) else ()


def listed_models(settings: Settings) -> tuple[str, ...]:
    """Return what `installed_models` does, of a server that is known to listen.

    A model that runs on another machine is none of them: it is used only where it is named.
    """
    from assistant.model.local import LocalServer

    try:
        models = LocalServer(settings.ollama, read_seconds=3.0).models()
    except AssistantError:
        return ()
    return tuple(model.name for model in models if model.can_chat and not model.remote_host)


def served_models(settings: Settings) -> tuple[str, ...]:
    """Return the models behind OpenAI's protocol on this machine, as `open_model` takes them.

    Where the setting names a file, that is the first.
    """
    addresses = [f"http://127.0.0.1:{port}/v1" for port in _USUAL_PORTS]
    found: list[str] = []
    if settings.llm and is_served(settings.llm):
        if "://" not in settings.llm:
            found.append(settings.llm)
        elif not remote_host(settings.llm):
            addresses.insert(0, settings.llm.partition("#")[0])
    for address in dict.fromkeys(addresses):
        if server_listens(address):
            from assistant.model.served import models_at

            with suppress(AssistantError):
                found += [f"{address}#{model['id']}" for model in models_at(address)]
    return tuple(found)


def server_listens(host: str) -> bool:
    """Whether anything answers at an address, within a quarter of a second."""
    address = urlsplit(host)
    port = address.port or (443 if address.scheme == "https" else 80)
    try:
        socket.create_connection((address.hostname or "", port), timeout=_PROBE_SECONDS).close()
    except OSError:
        return False
    return True
