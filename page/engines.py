"""Which engines can answer here: the page's own words always, models where some are installed."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import EXTRACTIVE
from assistant.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """What can be chosen.

    `usual` is the model that is used where nobody chooses; `has_server` says whether a model
    server listens at all.
    """

    models: tuple[str, ...]
    usual: str
    has_server: bool

    @property
    def chosen(self) -> str:
        """The engine that is chosen at first: the usual model, else any, else none."""
        return (*self._usual, *self.models, EXTRACTIVE)[0]

    @property
    def can_pull(self) -> bool:
        """Whether the usual model could be downloaded: there is a server, and it lacks it."""
        return self.has_server and bool(self.usual) and not self._usual

    @property
    def _usual(self) -> tuple[str, ...]:
        return tuple(m for m in self.models if m in (self.usual, f"{self.usual}:latest"))


NOT_ASKED = Engines(models=(), usual="", has_server=True)
"""What the page shows at first: whether a server answers may take a moment to learn."""


def engines() -> Engines:
    """Return the engines that can be used now; at once where no model server listens."""
    from assistant.model.choosing import listed_models, served_models, server_listens

    settings = Settings.from_environment()
    has_server = server_listens(settings.ollama)
    models = (*(listed_models(settings) if has_server else ()), *served_models(settings))
    return Engines(models=models, usual=settings.model, has_server=has_server)


def pull_usual() -> Iterator[float | None]:
    """Download the usual model; yields the share that is there, None while it is not known.

    Raises:
        AssistantError: The server does not answer, or does not know the model.
    """
    from assistant.model.local import LocalServer

    settings = Settings.from_environment()
    for part in LocalServer(settings.ollama, read_seconds=120.0).pull(settings.model):
        total = part.total_bytes
        yield part.completed_bytes / total if total else None
