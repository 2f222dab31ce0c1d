"""Which engines can answer here: the page's own words always, models where some are installed."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import EXTRACTIVE
from assistant.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """What can be chosen, and what is chosen at first: the usual model, else any, else none.

    `has_server` says whether a model server listens at all, `missing` names the usual model where
    that server lacks it and could download it.
    """

    models: tuple[str, ...] = ()
    chosen: str = EXTRACTIVE
    has_server: bool = True
    missing: str = ""


NOT_ASKED = Engines()
"""What the page shows at first: whether a server answers may take a moment to learn."""


def engines() -> Engines:
    """Return the engines that can be used now; at once where no model server listens."""
    from assistant.model.choosing import listed_models, served_models, server_listens

    settings = Settings.from_environment()
    has_server = server_listens(settings.ollama)
    models = (*(listed_models(settings) if has_server else ()), *served_models(settings))
    usual = [name for name in models if name in (settings.model, f"{settings.model}:latest")]
    return Engines(
        models=models,
        chosen=(*usual, *models, EXTRACTIVE)[0],
        has_server=has_server,
        missing=settings.model if has_server and not usual else "",
    )


def pull_usual() -> Iterator[int]:
    """Download the usual model; yields each percent that is there.

    Raises:
        AssistantError: The server does not answer, or does not know the model.
    """
    from assistant.model.local import LocalServer

    settings, shown = Settings.from_environment(), -1
    for part in LocalServer(settings.ollama, read_seconds=120.0).pull(settings.model):
        if not part.total_bytes:
            continue  # a step that loads nothing, "success" the last of them
        percent = round(100 * part.completed_bytes / part.total_bytes)
        if percent != shown:
            shown = percent
            yield percent
