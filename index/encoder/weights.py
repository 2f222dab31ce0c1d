"""Which files a model may be read from: safetensors, which hold numbers and nothing else.

A pickle can run code while it is read. The libraries prefer safetensors where there are any,
and fall back to pickles for single modules where there are none; such models are refused.
"""

from importlib.util import find_spec
from pathlib import Path

from index.errors import EmbedderError

_PICKLES = frozenset((".bin", ".ckpt", ".h5", ".pickle", ".pkl", ".pt", ".pth"))
_NAMED = ("modules.json", "config.json")


def refuse_pickles(model: str) -> None:
    """Refuse a model with weights that only a pickle holds, and any where no library reads it.

    Args:
        model: Its folder, or its name in the local cache of the hub.

    Raises:
        EmbedderError: A folder of the model has a pickle and no safetensors beside it, or
            sentence-transformers is not installed.
    """
    folder = _folder(model)
    if find_spec("sentence_transformers") is None:
        raise EmbedderError(
            f"{model!r} needs sentence-transformers; install article-assistant[models], or take "
            "a model in ONNX: assistant pull --embedder OWNER/MODEL"
        )
    if folder is None:
        return
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in _PICKLES and not any(file.parent.glob("*.safetensors")):
            raise EmbedderError(
                f"{model!r} keeps weights in {file.relative_to(folder)}, a format that can run"
                " code; take a revision with safetensors, or convert it where you trust it"
            )


def _folder(model: str) -> Path | None:
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    for name in (model, f"sentence-transformers/{model}"):
        for file in _NAMED:
            try:
                found = try_to_load_from_cache(name, file)
            except HFValidationError:
                continue
            if isinstance(found, str):
                return Path(found).parent
    return None
