"""What a run was made with: versions, prompts, and the digest of the model."""

import hashlib
import platform
from importlib import metadata, resources

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
    """Return the digest of a model as its server names it, None for the extractive engine."""
    if engine == "extractive":
        return None
    from assistant.evaluation.faithfulness import digest_of

    return digest_of(engine)
