"""What can go wrong between a question and its answer; `index.errors` draws the whole tree."""

from index.errors import AssistantError

__all__ = [
    "AssistantError",
    "CasesError",
    "ModelTimeoutError",
    "ModelUnavailableError",
    "PromptCutError",
    "UnusableReplyError",
]


class ModelUnavailableError(AssistantError):
    """There is no server, or it does not have the model."""


class ModelTimeoutError(AssistantError):
    """The model did not reply in time."""


class UnusableReplyError(AssistantError):
    """The model's reply cannot be used."""

    def __init__(self, message: str, *, reply: str) -> None:
        super().__init__(message)
        self.reply = reply


class PromptCutError(AssistantError):
    """The prompt is longer than the window; `counted` tokens and `window`, as the server says."""

    def __init__(
        self, message: str, *, counted: int | None = None, window: int | None = None
    ) -> None:
        super().__init__(message)
        self.counted = counted
        self.window = window


class CasesError(AssistantError):
    """A cases file cannot be read."""
