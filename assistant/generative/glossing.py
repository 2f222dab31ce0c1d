"""A quotation in the reader's language: beside the words, never in their place, never cited."""

from assistant import prompt
from assistant.defusing import defused
from assistant.errors import UnusableReplyError
from assistant.model import ChatModel, whole_reply

_LONGEST_SHARE = 4
"""A translation many times as long as its words says something else."""
_FEW_CHARACTERS = 200


def gloss(words: str, language: str, model: ChatModel) -> str:
    """Return what a model says some words mean.

    Args:
        words: A quotation, as it stands on the page.
        language: The name of the language it is put into, in that language.
        model: Who translates; nobody checks it.

    Raises:
        AssistantError: The model does not answer, or its reply can be no translation.
    """
    asked = prompt.messages("gloss", language=language, words=" ".join(defused(words).split()))
    reply = whole_reply(model, asked)
    told = " ".join(reply.split()).strip('"“”«»„ ')
    if not told or len(told) > _LONGEST_SHARE * len(words) + _FEW_CHARACTERS:
        raise UnusableReplyError("the reply is no translation of the quotation", reply=reply)
    return told
