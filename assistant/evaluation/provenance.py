"""What a run was made with: versions, prompts, and the digest of the model."""

import hashlib
import platform
from importlib import metadata, resources

from assistant.evaluation.recorded import WITHOUT_MODEL

LOCAL_SERVER = "ollama:"
"""May stand before the tag of a model of the local server."""
_PACKAGES = ("article-assistant", "llama-index-core", "numpy", "ollama")


def versions() -> dict[str, str]:
    """Return the versions of Python, of this project and of what answers depend on."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found


def prompt_digests() -> dict[str, str]:
    """Return the SHA-256 of each prompt file, by its name."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(resources.files("prompts").iterdir(), key=lambda entry: entry.name)
        if file.name.endswith(".jinja")
    }


def model_digest(engine: str) -> str | None:
    """Return the digest of a model as its server names it, None for the extractive engine.

    Raises:
        ModelUnavailableError: The server does not answer, or lacks the model: no question is
            asked then, as all would be answered in the page's own words.
    """
    if engine in WITHOUT_MODEL:
        return None
    from assistant.model import open_model
    from assistant.model.choosing import is_served
    from assistant.model.local import LocalServer
    from assistant.settings import Settings

    settings = Settings.from_environment()
    engine = engine.removeprefix(LOCAL_SERVER)
    open_model(engine, settings)
    if is_served(engine):
        return None
    names = (engine, f"{engine}:latest")
    models = LocalServer(settings.ollama).models()
    return next((model.digest for model in models if model.name in names), None)
