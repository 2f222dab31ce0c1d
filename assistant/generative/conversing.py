"""A question that leans on the ones before it, made to stand alone by a model."""

from collections.abc import Generator, Sequence
from contextlib import closing

from assistant import prompt
from assistant.answer import AnswerDraft
from assistant.defusing import defused
from assistant.errors import AssistantError
from assistant.markers import without_markers
from assistant.model import ChatModel, Waiting
from assistant.question import Question, Turn
from index.language.words import fold, stop_words, word_spans

_FEW_WORDS = 6
_LONGEST = 300


def standalone(
    question: Question, turns: Sequence[Turn], model: ChatModel
) -> Generator[AnswerDraft, None, str]:
    """Return a question that can be understood without the turns before it; empty drafts meanwhile.

    A rewriting that brings in words from nowhere is not used, nor one that failed: then the
    question stays as it is.
    """
    words = [span.of(question.text) for span in word_spans(question.text)]
    if not turns or not (question.is_follow_up or len(words) <= _FEW_WORDS):
        return question.text
    shown = [
        Turn(question=_in_a_line(t.question), answer=_in_a_line(without_markers(t.answer)))
        for t in turns
    ]
    asked = prompt.messages("follow_up", turns=shown, question=defused(question.text))
    reply = ""
    try:
        with closing(model.stream(asked)) as stream:
            for piece in stream:
                if isinstance(piece, str):
                    reply += piece
                elif isinstance(piece, Waiting):
                    yield AnswerDraft(text="", engine=model.name, before=piece.before)
    except AssistantError:
        return question.text
    reply = reply.strip()
    return reply if _is_rewriting(reply, question, turns) else question.text


def _in_a_line(text: str) -> str:
    return " ".join(defused(text).split())


def _is_rewriting(reply: str, question: Question, turns: Sequence[Turn]) -> bool:
    if not reply or len(reply) > _LONGEST or "\n" in reply:
        return False
    known = {fold(span.of(text)) for text in _texts(question, turns) for span in word_spans(text)}
    common = stop_words()
    new = [fold(span.of(reply)) for span in word_spans(reply)]
    return all(word in known or word in common or not _is_weighty(word) for word in new)


def _texts(question: Question, turns: Sequence[Turn]) -> tuple[str, ...]:
    return (question.text, *(text for turn in turns for text in (turn.question, turn.answer)))


def _is_weighty(word: str) -> bool:
    """Whether a word could be a name or a number; small words of a rewriting are no harm."""
    return len(word) > 4 or any(character.isdigit() for character in word)
