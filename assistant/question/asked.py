"""A question as we understood it."""

from dataclasses import dataclass
from typing import Literal

from index.language.report_words import Gender
from index.language.words import Span
from index.statements import Speaker

Want = Literal["name", "time", "place", "number", "person", "reason", "thing"]


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

    Attributes:
        text: As it was asked.
        plain: The same without courtesies, its spelling mended by the words of the page.
        words: The folded words of `plain`, "{name}" and "{author}" for those who are named.
        language: ISO 639-1 code.
        intent: The name of its kind, of `assistant.intents`.
        want: What a sentence must hold to answer.
        measure: Which sort of number is wanted: "money", "duration", "age" …
        terms: The words of its topic.
        all_terms: These and those that name the speaker or author.
        speaker: The speaker of the page it names; `speakers` are all whom it names, in order.
        namesakes: All whom the speaker's name can mean, where they are several.
        stranger: A name beside a speaker's that is not theirs: "Paul" in "Paul Martin".
        source_named: The words behind "according to".
        reader_of_name: A reader who bears the speaker's name.
        author: The author of a comment it names; `authors` are all, in order.
        comment: The number of a comment; `comments` are all, in order.
        quoted: The words it puts in quotation marks.
        sentences: How many sentences the answer shall have, None where it does not say.
        direct_only: Only word-for-word speech is wanted.
        asks_readers: The readers are named.
        is_follow_up: It points back ("he", "that").
        goes_on: It is but the rest of a question ("And the last one?").
        cited: What the answer before it quotes, where it leans on that: "What does he reply?".
        beside: What the answer before it quotes, where it leans on it in any way: "And the price?".
        memory: What was spoken of before it, where it is not the first question.
    """

    text: str
    plain: str
    words: tuple[str, ...]
    language: str
    intent: str
    want: Want | None
    terms: tuple[Term, ...]
    all_terms: tuple[Term, ...]
    measure: str | None = None
    speaker: Speaker | None = None
    speakers: tuple[Speaker, ...] = ()
    namesakes: tuple[Speaker, ...] = ()
    stranger: str | None = None
    source_named: str | None = None
    reader_of_name: str | None = None
    author: str | None = None
    authors: tuple[str, ...] = ()
    comment: str | None = None
    comments: tuple[str, ...] = ()
    quoted: str | None = None
    sentences: int | None = None
    direct_only: bool = False
    asks_readers: bool = False
    is_follow_up: bool = False
    goes_on: bool = False
    cited: tuple[Span, ...] = ()
    beside: tuple[Span, ...] = ()
    memory: "Memory | None" = None

    @property
    def refers_back(self) -> bool:
        """Whether it is about what was told before, by a word that points there or as a rest."""
        return self.is_follow_up or self.goes_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Somebody a conversation spoke of: a speaker of the article, or the author of a comment."""

    speaker: Speaker | None = None
    author: str | None = None
    gender: Gender | None = None

    @property
    def name(self) -> str | None:
        """What they are called."""
        return self.speaker.name if self.speaker else self.author


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a conversation stands at, for the next question to lean on.

    Attributes:
        question: The last one, completed by those before it.
        people: Who was spoken of, last first.
        quoted: What its answer quotes; `quoted_before` what the one before that quotes.
    """

    question: Question
    people: tuple[Somebody, ...] = ()
    quoted: tuple[Span, ...] = ()
    quoted_before: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question of a conversation and the text of its answer."""

    question: str
    answer: str
