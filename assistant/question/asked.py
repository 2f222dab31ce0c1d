"""A question as we understood it."""

from dataclasses import dataclass
from typing import Literal

from index.statements import Speaker

Intent = Literal[
    "greeting",
    "comment_count",
    "comment_deleted",
    "comment_best",
    "comment_worst",
    "comment_first",
    "comment_last",
    "comment_replies",
    "comment_shown",
    "comment_by",
    "most_quoted",
    "did_say",
    "readers_summary",
    "supported",
    "disputed",
    "who_said",
    "said_what",
    "summary",
    "factual",
]
Want = Literal["time", "place", "number", "person", "reason"]

# Kinds in which a name on the page says whose words are wanted; in others it is a topic.
OF_SOMEBODY: frozenset[Intent] = frozenset(
    {"said_what", "did_say", "comment_by", "comment_replies", "supported"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the question that carries its topic. `is_name` where it looks like a name.

    `share` is 1 for a word that stands alone, less for one of several joined by hyphens.
    """

    text: str
    folded: str
    is_name: bool
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as we understood it.

    `speaker` is the speaker of the page it names, `author` the comment author, `comment` the
    number of the comment. `terms` are the words of its topic, `all_terms` these and those that
    name the speaker or author, `quoted` the words it puts in quotation marks. `direct_only`
    where only word-for-word speech is wanted, `asks_readers` where the readers are named.
    `namesakes` are all whom the speaker's name can mean, where they are several;
    `reader_of_name` a reader who bears the speaker's name; `source_named` the words behind
    "according to". `is_follow_up` where it points back ("he",
    "that"), `goes_on` where it is but the rest of a question ("And the last one?").
    """

    text: str
    language: str
    intent: Intent
    want: Want | None
    terms: tuple[Term, ...]
    all_terms: tuple[Term, ...]
    speaker: Speaker | None = None
    namesakes: tuple[Speaker, ...] = ()
    source_named: str | None = None
    reader_of_name: str | None = None
    author: str | None = None
    comment: str | None = None
    quoted: str | None = None
    direct_only: bool = False
    asks_readers: bool = False
    is_follow_up: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question of a conversation and the text of its answer."""

    question: str
    answer: str
