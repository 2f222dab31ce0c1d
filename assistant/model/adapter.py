"""Any LlamaIndex `LLM` as a chat model of ours: in time, one question at a time, no thinking."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any, Literal

from assistant.errors import (
    AssistantError,
    ModelUnavailableError,
    PromptCutError,
    UnusableReplyError,
)
from assistant.model.chat import Message, ReplyEnd, Waiting
from assistant.model.ending import Ending
from assistant.model.thinking import ThinkingFilter
from assistant.model.timing import BEAT_SECONDS, within
from assistant.model.tokens import estimated_prompt_tokens, estimated_tokens, fewest_tokens
from assistant.model.turns import Ticket, Turns
from assistant.settings import Limits

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse

Overlong = Literal["refused", "cut", "unknown"]
_LONGEST_REPLY = 16_000
"""Characters; a model that writes more has lost its way."""
_CUT_BELOW = 0.8
"""Of the fewest tokens a prompt can have: a server that read fewer has cut it."""


class LlamaIndexModel:
    """A `ChatModel` made of a LlamaIndex `LLM`.

    Args of the constructor:
        llm: Who writes.
        limits: How long it may take, from its turn on.
        interrupt: Ends what `llm` waits for or reads, from any thread; None where nothing can.
        remote_host: The other machine that runs it, None for this one.
        turns: The queue before its server; None for one of its own.
        overlong: What its server does with a prompt that is too long.
    """

    def __init__(
        self,
        llm: "LLM",
        *,
        limits: Limits,
        interrupt: Callable[[], None] | None = None,
        remote_host: str | None = None,
        turns: Turns | None = None,
        overlong: Overlong = "unknown",
    ) -> None:
        self._llm = llm
        self.remote_host = remote_host
        self._limits = limits
        self._interrupt = interrupt
        self._turns = turns or Turns()
        self._overlong = overlong
        self._told_window: int | None = None
        self._tokens_per_estimated = 1.0

    @property
    def name(self) -> str:
        """How the model is called."""
        return str(self._llm.metadata.model_name)

    @property
    def window(self) -> int:
        """Tokens of prompt and reply together, no more than its server has told it has."""
        window = int(self._llm.metadata.context_window)
        return min(window, self._told_window or window)

    def count_tokens(self, text: str) -> int:
        """Return about how many tokens a text has, corrected by what the server counted."""
        if self._overlong == "cut":  # no more is sent than fits however it counts
            return len(text.encode())
        return int(estimated_tokens(text) * self._tokens_per_estimated) + 1

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
    ) -> Generator[str | Waiting | ReplyEnd, None, None]:
        """Yield the reply in pieces, how it ended last; see `ChatModel.stream`."""
        ticket = self._turns.ask(Ticket(most_seconds=self._limits.total_seconds))
        try:
            while before := self._turns.before(ticket, seconds=BEAT_SECONDS):
                yield Waiting(before=before)
            yield from self._pieces(messages, schema)
        except PromptCutError as error:
            self._learn(error, messages)
            raise
        except AssistantError:
            raise
        except Exception as error:
            # A model class of somebody else raises what it likes.
            said = f"{type(error).__name__}: {error}"[:300]
            raise ModelUnavailableError(f"the model {self.name} failed ({said})") from error
        finally:
            self._turns.leave(ticket)

    def warm(self, messages: Sequence[Message]) -> None:
        """Have the server read what prompts begin with; see `ChatModel.warm`."""
        most_seconds = self._limits.total_seconds
        ticket = self._turns.ask(Ticket(most_seconds=most_seconds, gives_way=True))
        try:
            if self._turns.before(ticket, seconds=0.0):
                return
            with closing(self._arriving(messages, {})) as parts:
                for part in parts:
                    is_read = part is not None and part.delta
                    if is_read or self._turns.is_awaited(ticket):
                        return
        except Exception:  # noqa: BLE001, S110 - whoever asks is told, nobody has asked
            pass
        finally:
            self._turns.leave(ticket)

    def _learn(self, error: PromptCutError, messages: Sequence[Message]) -> None:
        """Count from now on as the server does, which has said how long a prompt really is."""
        self._told_window = error.window or self._told_window
        if error.counted:
            estimated = estimated_prompt_tokens([message.text for message in messages])
            self._tokens_per_estimated = max(self._tokens_per_estimated, error.counted / estimated)

    def _arriving(
        self, messages: Sequence[Message], form: dict[str, Any]
    ) -> "Generator[ChatResponse | None, None, None]":
        """Yield what the model says in time, None while it says nothing."""
        from llama_index.core.llms import ChatMessage

        asked = [ChatMessage(role=message.role, content=message.text) for message in messages]
        return within(self._limits, lambda: self._parts(asked, form), interrupt=self._interrupt)

    def _pieces(
        self, messages: Sequence[Message], schema: Mapping[str, Any] | None
    ) -> Generator[str | Waiting | ReplyEnd, None, None]:
        thoughts = ThinkingFilter()
        ending, written, is_blank = Ending(), 0, True
        form = self._schema_argument(schema) if schema is not None else {}
        with closing(self._arriving(messages, form)) as parts:
            for part in parts:
                if part is None:
                    yield Waiting()
                    continue
                ending.note(part)
                piece = thoughts.feed(part.delta or "")
                written += len(piece)
                is_blank = is_blank and not piece.strip()
                if piece:
                    yield piece
                if written > _LONGEST_REPLY:
                    break
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
        read, fewest = end.prompt_tokens, sum(fewest_tokens(m.text) for m in messages)
        if self._overlong != "unknown" or read is None:
            return  # it would have refused, or could not be too long
        if read < fewest * _CUT_BELOW or read >= self.window:
            raise PromptCutError(
                f"the model server read {read} tokens of a prompt of {fewest} words; "
                "its window is smaller than the one it was asked for"
            )
