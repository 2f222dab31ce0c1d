"""The chat model behind LlamaIndex's `LLM` interface: local by Ollama, or any other one.

A model is named by a tag of Ollama (`gemma4`, `ollama:gemma4`), by the address of any server that
speaks OpenAI's protocol (`http://127.0.0.1:8080/v1`), by the path of a GGUF file, or given as a
LlamaIndex `LLM`. Nothing heavy is imported before a model is used.
"""

from typing import TYPE_CHECKING

from assistant.model.chat import ChatModel, Message, ReplyEnd, Waiting, whole_reply
from assistant.model.choosing import (
    answering_model,
    installed_models,
    open_model,
    served_models,
)

if TYPE_CHECKING:
    from llama_index.core.llms import LLM as LLM

__all__ = [
    "ChatModel",
    "Message",
    "ReplyEnd",
    "Waiting",
    "answering_model",
    "installed_models",
    "open_model",
    "served_models",
    "whole_reply",
]
