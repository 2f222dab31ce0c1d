"""The chat model behind LlamaIndex's `LLM` interface: local by Ollama, or any other one.

Nothing heavy is imported before a model is used. An OpenAI-compatible server such as vLLM is
passed as a LlamaIndex model, without retries, which would multiply every wait:

    from llama_index.llms.openai_like import OpenAILike
    llm = OpenAILike(
        model="my-model", api_base="http://127.0.0.1:8000/v1", api_key="none",
        is_chat_model=True, context_window=8192, max_retries=0, timeout=60,
    )
    Assistant.open("article.html", llm=llm)
"""

from typing import TYPE_CHECKING

from assistant.model.chat import ChatModel, Message, ReplyEnd
from assistant.model.choosing import answering_model, installed_models, open_model

if TYPE_CHECKING:
    from llama_index.core.llms import LLM as LLM

__all__ = [
    "ChatModel",
    "Message",
    "ReplyEnd",
    "answering_model",
    "installed_models",
    "open_model",
]
