"""The only reader of `prompts/`: a template and its fields in, messages for a model out."""

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from assistant.model.chat import Message, Role

if TYPE_CHECKING:
    from llama_index.core.prompts import RichPromptTemplate

_ROLES: dict[str, Role] = {"system": "system", "user": "user", "assistant": "assistant"}


def messages(name: str, **fields: Any) -> tuple[Message, ...]:
    """Return the messages of one call of a model.

    Args:
        name: File in `prompts/` without its ending.
        fields: What the template names, all of it and nothing else.

    Raises:
        RuntimeError: A field is missing, or the template has no such field.
    """
    _check_fields(name, fields)
    return tuple(
        Message(role=_ROLES[message.role.value], text=message.content or "")
        for message in _template(name).format_messages(**fields)
    )


def _check_fields(name: str, fields: dict[str, Any]) -> None:
    needed, given = set(_template(name).template_vars), set(fields)
    if needed != given:
        wrong = ", ".join(sorted(needed ^ given))
        raise RuntimeError(f"prompt {name}: fields missing or unknown: {wrong}")


@cache
def _template(name: str) -> "RichPromptTemplate":
    from llama_index.core.prompts import RichPromptTemplate

    return RichPromptTemplate(_written(name))


def _written(name: str) -> str:
    return resources.files("prompts").joinpath(f"{name}.jinja").read_text("utf-8")
