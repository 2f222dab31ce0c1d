"""What the user can set from outside, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the library lies and which embedder it uses.

    `home` is the library's folder (`ASSISTANT_HOME`, else the platform's user data folder).
    `embedder` is None for the bundled one, else the path or the cached name of a
    sentence-transformers model (`ASSISTANT_EMBEDDER`).
    """

    home: Path
    embedder: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Return the settings that the environment asks for."""
        home = environment.get("ASSISTANT_HOME")
        return cls(
            home=Path(home).expanduser() if home else _user_data_folder(),
            embedder=environment.get("ASSISTANT_EMBEDDER") or None,
        )


def _user_data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("article-assistant", appauthor=False)
