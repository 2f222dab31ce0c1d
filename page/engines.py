"""Which engines can answer here: the page's own words always, models where some are installed."""

from dataclasses import dataclass

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """What can be chosen. `has_server` says whether a model server answers at all."""

    models: tuple[str, ...] = ()
    has_server: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All engines, the one that needs no model first."""
        return (EXTRACTIVE, *self.models)


def engines() -> Engines:
    """Return the engines that can be used now.

    The one place that knows where models come from; without a model server there is the
    extractive engine alone.
    """
    return Engines()
