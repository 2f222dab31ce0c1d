"""How a reply ended, read from what each kind of server says beside the text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.model.chat import ReplyEnd

if TYPE_CHECKING:
    from llama_index.core.llms import ChatResponse


@dataclass(slots=True)
class Ending:
    """Gathers the end of a reply from its parts: a dictionary each (Ollama) or an object (OpenAI).

    An OpenAI-compatible server may tell the usage in a part after the one with the reason, and
    its client takes a stream that broke off for a whole one: no reason means that it was cut.
    """

    _prompt_tokens: int | None = None
    _reply_tokens: int | None = None
    _reason: str | None = None
    _names_reasons: bool = False

    def note(self, part: "ChatResponse") -> None:
        """Take what a part says about the end."""
        raw: Any = part.raw
        usage = _value(raw, "usage")
        self._prompt_tokens = _first(
            _value(raw, "prompt_eval_count"), _value(usage, "prompt_tokens"), self._prompt_tokens
        )
        self._reply_tokens = _first(
            _value(raw, "eval_count"), _value(usage, "completion_tokens"), self._reply_tokens
        )
        choices = _value(raw, "choices")
        reason = _value(raw, "done_reason")
        if isinstance(choices, list) and choices:
            self._names_reasons = True
            reason = _value(choices[0], "finish_reason")
        if isinstance(reason, str):
            self._reason = reason

    def end(self, *, is_too_long: bool) -> ReplyEnd:
        """Return how the reply ended, after its last part."""
        broke_off = self._names_reasons and self._reason is None
        return ReplyEnd(
            prompt_tokens=self._prompt_tokens,
            reply_tokens=self._reply_tokens,
            was_cut=is_too_long or broke_off or self._reason == "length",
        )


def _value(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


def _first(*counts: Any) -> int | None:
    return next((count for count in counts if isinstance(count, int)), None)
