"""What a model is to the rest of the house: messages in, pieces of text out."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a chat."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyEnd:
    """How a reply ended: tokens read and written where known, and whether it was cut short."""

    prompt_tokens: int | None = None
    reply_tokens: int | None = None
    was_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A sign that nothing is said yet: `before` others are answered first, 0 in one's own turn."""

    before: int = 0


@runtime_checkable
class ChatModel(Protocol):
    """A model that writes. `window` is the number of tokens it can read and write in all."""

    @property
    def name(self) -> str:
        """How the model is called."""

    @property
    def window(self) -> int:
        """Tokens of prompt and reply together."""

    @property
    def remote_host(self) -> str | None:
        """The other machine that prompts are sent to; None where all stays on this one."""

    @property
    def fills_schema(self) -> bool:
        """Whether its server can be told the JSON schema of a reply."""

    def stream(
        self, messages: Sequence[Message], *, schema: Mapping[str, Any] | None = None
    ) -> Generator[str | Waiting | ReplyEnd, None, None]:
        """Yield the reply in pieces, without its thinking, and how it ended as the last item.

        While nothing comes there is a `Waiting` every half second, in the queue and while the
        prompt is read: closing the generator frees the model at once, then too.

        Args:
            messages: What it is told and asked.
            schema: The JSON schema that the reply must have; None for prose.

        Raises:
            ModelUnavailableError: There is no server, it lacks the model, or it failed.
            ModelTimeoutError: It did not answer, or did not go on, in time.
            UnusableReplyError: The reply broke off, or is none.
            PromptCutError: The server read only a part of the messages.
        """

    def warm(self, messages: Sequence[Message]) -> None:
        """Have the server read what the next prompts begin with; returns when it has.

        It gives way to every question, and that it cannot be done is no error.
        """

    def count_tokens(self, text: str) -> int:
        """Return about how many tokens a text has; rather too many than too few."""


def whole_reply(
    model: ChatModel, messages: Sequence[Message], *, schema: Mapping[str, Any] | None = None
) -> str:
    """Return all that a model replies, for whoever shows nothing before its end.

    Raises as `ChatModel.stream` does.
    """
    pieces = model.stream(messages, schema=schema)
    return "".join(piece for piece in pieces if isinstance(piece, str))
