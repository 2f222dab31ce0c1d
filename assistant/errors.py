"""What can go wrong between a question and its answer; every message is fit to show.

    AssistantError
      ModelUnavailableError    no server, or the model is not installed
      ModelTimeoutError        no reply in time
      UnusableReplyError       a reply that cannot be used; carries it
      PromptCutError           the model's window is too small for what it was sent
      CasesError               a cases file that cannot be read: file, line, field

"The article does not say" is an answer, not an error. Failures of reading and storing are
`index.ArticleError`.
"""


class AssistantError(Exception):
    """A failure of the world, not of the programmer: show its message."""


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
    """The server read only a part of the prompt: its window is smaller than thought."""


class CasesError(AssistantError):
    """A cases file cannot be read."""
