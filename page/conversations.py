"""What each reader asked so far: never shared, bounded, gone when the page is closed."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, get_args

from page.limits import MOST_CONVERSATIONS, MOST_TURNS

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.ask import Assistant, Conversation

Opinion = Literal["like", "dislike"]


@dataclass(slots=True, kw_only=True)
class Turn:
    """One question with its answer, what was asked about, and what the reader thought of it.

    `version` is that of the article that answers, None where a whole library has no answer.
    `counted` is the query of the comments in the thread that the question counts, if it does.
    """

    number: int
    article: str
    version: str | None
    answer: "Answer"
    asked_at: datetime
    counted: Mapping[str, str] | None = None
    opinion: Opinion | None = None


@dataclass(slots=True, kw_only=True)
class Talk:
    """One reader's conversation. `stopped` is set when the reader wants no more of an answer."""

    turns: tuple[Turn, ...] = ()
    stopped: threading.Event = field(default_factory=threading.Event)
    _asked: "Conversation | None" = None
    _assistant: "Assistant | None" = None
    _numbered: int = 0
    _before: tuple[Turn, ...] | None = None  # the last change

    def with_assistant(self, assistant: "Assistant") -> "Conversation":
        """Return the conversation with an assistant, a new one when it is another than before."""
        if self._asked is None or self._assistant is not assistant:
            self._assistant, self._asked = assistant, assistant.conversation()
        return self._asked

    def keep(
        self,
        answer: "Answer",
        *,
        article: str,
        version: str | None = None,
        counted: Mapping[str, str] | None = None,
        instead: int = 0,
    ) -> Turn:
        """Add an answer as a turn, in the place of the one numbered `instead`, else at the end."""
        self._numbered += 1
        kept = replace(answer, retrieved=())  # never shown again, and half of its size
        turn = Turn(
            number=self._numbered,
            article=article,
            version=version,
            answer=kept,
            asked_at=datetime.now(UTC),
            counted=counted,
        )
        replaced = tuple(turn if old.number == instead else old for old in self.turns)
        self._change(replaced if turn in replaced else (*self.turns, turn)[-MOST_TURNS:])
        return turn

    def remove(self, number: int) -> None:
        """Take a turn out; nothing happens where there is none of that number."""
        self._change(tuple(turn for turn in self.turns if turn.number != number))

    def undo(self) -> None:
        """Bring back the turns as they were before the last change; twice does it again."""
        if self._before is not None:
            self._change(self._before)

    def _change(self, turns: tuple[Turn, ...]) -> None:
        self._before, self.turns = self.turns, turns

    def judge(self, number: int, opinion: Opinion | None) -> None:
        """Note what the reader thinks of an answer.

        Raises:
            ValueError: It is no opinion.
        """
        if opinion not in (*get_args(Opinion), None):
            raise ValueError(opinion)
        for turn in self.turns:
            if turn.number == number:
                turn.opinion = opinion


class Conversations:
    """All conversations by their key, which only the reader's own page knows."""

    def __init__(self) -> None:
        self._talks: OrderedDict[str, Talk] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self) -> str:
        """Return the key of a new conversation."""
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._talks[key] = Talk()
            while len(self._talks) > MOST_CONVERSATIONS:
                self._talks.popitem(last=False)
        return key

    def of(self, key: str) -> Talk | None:
        """Return a conversation, None for a key we did not give or have forgotten."""
        with self._lock:
            talk = self._talks.get(key)
            if talk is not None:
                self._talks.move_to_end(key)
            return talk
