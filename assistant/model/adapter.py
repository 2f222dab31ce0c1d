"""Any LlamaIndex `LLM` as a chat model of ours: in time, one question at a time, no thinking."""

import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.errors import (
    AssistantError,
    ModelTimeoutError,
    ModelUnavailableError,
    PromptCutError,
    UnusableReplyError,
)
from assistant.model.chat import Message, ReplyEnd
from assistant.model.ending import Ending
from assistant.model.thinking import ThinkingFilter
from assistant.model.timing import within
from assistant.model.tokens import estimated_prompt_tokens, estimated_tokens
from assistant.settings import Limits

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse

_LONGEST_REPLY = 16_000
"""Characters; a model that writes more has lost its way."""
_BEAT_SECONDS = 0.5
_CUT_BELOW = 0.5
"""Of the tokens we counted: a server that read fewer has cut the prompt."""


class LlamaIndexModel:
    """A `ChatModel` made of a LlamaIndex `LLM`."""

    def __init__(
        self,
        llm: "LLM",
        *,
        limits: Limits,
        interrupt: Callable[[], None] = lambda: None,
        remote_host: str | None = None,
    ) -> None:
        self._llm = llm
        self.remote_host = remote_host
        self._limits = limits
        self._interrupt = interrupt
        self._turn = threading.Lock()

    @property
    def name(self) -> str:
        """How the model is called."""
        return str(self._llm.metadata.model_name)

    @property
    def window(self) -> int:
        """Tokens of prompt and reply together."""
        return int(self._llm.metadata.context_window)

    def count_tokens(self, text: str) -> int:
        """Return about how many tokens a text has; rather too many than too few."""
        return estimated_tokens(text)

    @property
    def fills_schema(self) -> bool:
        """Whether its class knows how to tell a server the schema of a reply."""
        return bool(self._schema_argument({}))

    def _schema_argument(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Return a schema as the argument that the class of the model takes."""
        classes = {kind.__name__ for kind in type(self._llm).__mro__}
        if "Ollama" in classes:
            return {"format": schema}
        if classes & {"OpenAI", "OpenAIServer"}:
            named = {"name": "answer", "schema": schema, "strict": True}
            return {"response_format": {"type": "json_schema", "json_schema": named}}
        return {}

    def stream(
        self, messages: Sequence[Message], *, schema: Mapping[str, Any] | None = None
    ) -> Generator[str | ReplyEnd, None, None]:
        """Yield the reply in pieces, how it ended last; see `ChatModel.stream`."""
        yield from self._my_turn()
        try:
            yield from self._pieces(messages, schema)
        except AssistantError:
            raise
        except Exception as error:
            # A model class of somebody else raises what it likes.
            said = f"{type(error).__name__}: {error}"[:300]
            raise ModelUnavailableError(f"the model {self.name} failed ({said})") from error
        finally:
            self._turn.release()

    def _my_turn(self) -> Generator[str, None, None]:
        """Wait until those who asked before are answered; limits count from then on."""
        until = time.monotonic() + self._limits.total_seconds
        while not self._turn.acquire(timeout=_BEAT_SECONDS):
            if time.monotonic() > until:
                raise ModelTimeoutError("the model is still busy with another question; ask again")
            yield ""

    def _pieces(
        self, messages: Sequence[Message], schema: Mapping[str, Any] | None
    ) -> Generator[str | ReplyEnd, None, None]:
        from llama_index.core.llms import ChatMessage

        asked = [ChatMessage(role=message.role, content=message.text) for message in messages]
        thoughts = ThinkingFilter()
        ending, written, is_blank = Ending(), 0, True
        form = self._schema_argument(schema) if schema is not None else {}
        parts = within(self._limits, lambda: self._parts(asked, form), interrupt=self._interrupt)
        try:
            for part in parts:
                if part is None:
                    yield ""  # so that whoever reads can stop while the prompt is read
                    continue
                ending.note(part)
                piece = thoughts.feed(part.delta or "")
                written += len(piece)
                is_blank = is_blank and not piece.strip()
                if piece:
                    yield piece
                if written > _LONGEST_REPLY:
                    break
        finally:
            parts.close()
        if rest := thoughts.end():
            is_blank = is_blank and not rest.strip()
            yield rest
        end = ending.end(is_too_long=written > _LONGEST_REPLY)
        self._refuse_a_cut_prompt(messages, end)
        if is_blank:
            raise UnusableReplyError(f"the model {self.name} replied with nothing", reply="")
        yield end

    def _parts(
        self, asked: "Sequence[ChatMessage]", form: dict[str, Any]
    ) -> "Iterator[ChatResponse]":
        """Yield what the model says; all at once where its class cannot do it in pieces."""
        try:
            parts = iter(self._llm.stream_chat(asked, **form))
            first = next(parts, None)
        except NotImplementedError:
            whole = self._llm.chat(asked, **form)
            yield whole.model_copy(update={"delta": whole.message.content})
            return
        if first is not None:
            yield first
            yield from parts

    def _refuse_a_cut_prompt(self, messages: Sequence[Message], end: ReplyEnd) -> None:
        counted = estimated_prompt_tokens([message.text for message in messages])
        read = end.prompt_tokens
        is_long = counted > self.window * _CUT_BELOW
        if read is not None and is_long and read < counted * _CUT_BELOW:
            raise PromptCutError(
                f"the model server read {read} tokens of a prompt of about {counted}; "
                "its window is smaller than the one it was asked for"
            )
