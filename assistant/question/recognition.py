"""Which kind of question it is: by the record, by what was learned, by how people ask.

The classifier decides where it is sure; where it is not, the kind that the words of the locale
files name. What the question names on the page (a comment's number, an author, quoted words)
has the last word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.intents import BY_NAME, INTENTS, OTHERWISE
from assistant.locale import Phrases, matches
from assistant.question.speaking import reporting_words

_WORDED, _OTHERWISE = 0.35, 0.15
"""Added to the probability of the kind that the words name; of the kind that none names."""
_LEAST = 0.6
"""Probability without which nothing that was learned is used against the words."""
_OF_THE_RECORD = 0.9
"""Probability from which the page and its thread as such are asked about against the words."""
_UNNAMED = 0.75
"""The same where the question names neither page nor thread: "And the old one?"."""
_NEAR_A_DISPUTE = frozenset({"supported", "who_said", "accusation"})
_MAY_BE_SAID = frozenset({"disputed", "yes_no", "factual"})
_OF_THE_THREAD = frozenset({"comment_by", "comment_replies", "comment_deleted"})
_ABOUT_WORDS = frozenset({"factual", "yes_no", "who_said", "said_what", "quotations", "did_say"})
_OF_A_COMMENT = _ABOUT_WORDS | {"comment_by", "comment_first", "comment_last", "metadata"}
_OF_AN_AUTHOR = frozenset({"accusation", "said_what", "quotations"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a question names on its page, as far as it decides the kind of the question."""

    names_speaker: bool
    names_reader: bool
    names_comment: bool
    has_quotation: bool


class Scored(Protocol):
    """A kind of question and its probability, in [0, 1]."""

    @property
    def intent(self) -> str:
        """The name of the kind, of `assistant.intents`."""
        ...

    @property
    def probability(self) -> float:
        """How probable it is."""
        ...


class Scores(Protocol):
    """How probable each kind of question is."""

    @property
    def best(self) -> Scored:
        """The most probable kind."""
        ...

    def probability_of(self, *intents: str) -> float:
        """Return the probability that it is one of some kinds, in [0, 1]."""
        ...


class Classifier(Protocol):
    """Says of a question how probable each kind is, from examples it learned."""

    def scores(self, text: str, named: Named) -> Scores:
        """Return how probable each kind is."""
        ...


def recognised(
    text: str,
    words: Sequence[str],
    phrases: Phrases,
    named: Named,
    classifier: Classifier | None = None,
) -> str:
    """Return the name of the kind of a question, of `assistant.intents`.

    Args:
        text: The question without its dress.
        words: Its folded words, with "{name}" and "{author}" for those who are named.
        phrases: How people ask in its language.
        named: What it names on the page.
        classifier: What was learned; None asks the words alone.
    """
    intent = worded = _by_words(words, phrases)
    if classifier is not None:
        intent = _weighed(classifier.scores(text, named), intent, words, phrases)
    if intent in _OF_THE_THREAD and not _names_thread(words, phrases, named):
        intent = worded  # "How many shows were cancelled?" asks for no deleted comment
    if intent in _MAY_BE_SAID and _is_said_by(words, phrases):
        intent = "did_say"
    return _by_record(intent, words, phrases, named)


def _names_thread(words: Sequence[str], phrases: Phrases, named: Named) -> bool:
    """Whether a question speaks of the thread or of somebody in it."""
    is_named = named.names_reader or named.names_speaker or named.names_comment
    return is_named or not phrases.reader_words.isdisjoint(words)


def _is_said_by(words: Sequence[str], phrases: Phrases) -> bool:
    """Whether somebody is the subject of a verb of saying, and nothing but yes or no is asked.

    "Is it true that Kunz called the dryer unsafe?" asks for what Kunz said.
    """
    if any(matches(asked, words) for asked in phrases.wants.values()):
        return False
    verbs = reporting_words(phrases.language)
    return any(
        first == "{name}" and verbs & set(words[place + 1 : place + 3])
        for place, first in enumerate(words)
    )


def _weighed(scores: Scores, worded: str, words: Sequence[str], phrases: Phrases) -> str:
    """Return the kind that was learned, unless the words name another that is near to it."""
    learned = scores.best.intent
    if worded == "disputed" and learned in _NEAR_A_DISPUTE:
        return worded  # only a word tells who agrees, or says it, from who contests it
    if worded == "supported" and learned == "disputed":
        return worded
    if worded == "said_what" and learned == OTHERWISE and "{name}" in words:
        return worded  # "¿Qué cuenta Tarqui de la noche?"
    if worded == "who_said" and learned == OTHERWISE:
        return worded  # "Who says that it costs 45 million?" names a sum and asks for somebody
    if learned == "yes_no" and any(matches(asked, words) for asked in phrases.wants.values()):
        return worded  # "When was it closed?" asks for more than yes or no
    of_readers = not phrases.reader_words.isdisjoint(words)
    if learned == "stance" and not of_readers and matches(phrases.wants["number"], words):
        return worded  # "How many votes against?" may be told in the article
    if worded == "comment_replies" and words.count("{author}") > 1:
        return worded  # "What did old swimmer reply to Tansy?", also where there is no reply
    if worded == "did_say" and learned in ("disputed", "yes_no", "factual"):
        return worded
    if worded == "accusation" and learned == "said_what":
        return worded  # "Was wirft sie ihm vor?"
    if learned == "comment_count" and "{author}" in words:
        return learned
    if worded == "comment_by" and "{author}" in words and learned != "comment_replies":
        return worded  # "What does Arlo Cole write?" names a reader of the page
    bonus = _OTHERWISE if worded == OTHERWISE else _WORDED
    needed = max(scores.probability_of(worded) + bonus, _LEAST)
    if BY_NAME[learned].of_record:
        named = phrases.reader_words | phrases.page_words | phrases.kind_words
        if worded != OTHERWISE:
            needed = max(needed, _OF_THE_RECORD)
        elif not named & set(words):
            needed = max(needed, _UNNAMED)
    return learned if scores.best.probability > needed else worded


def _by_words(words: Sequence[str], phrases: Phrases) -> str:
    for intent in INTENTS:
        if intent.recognised != "words":
            continue
        if intent.name == "summary" and "{name}" in words:
            continue
        if matches(phrases.asks.get(intent.name, ()), words):
            return intent.name
    return OTHERWISE


def _by_record(intent: str, words: Sequence[str], phrases: Phrases, named: Named) -> str:
    """Return the kind that what is named makes of the kind that the words suggest."""
    if intent == "greeting" and (named.names_reader or named.names_speaker):
        intent = OTHERWISE  # "Who is Valligiano?" is not "Who are you?"
    if intent == "yes_no" and phrases.reader_words & set(words):
        return "stance"
    if intent in ("stance", "arguments") and named.names_reader and "{author}" in words:
        return "comment_by"  # "Is GardenGnome for or against it?" is told by what they write
    if intent == "summary" and (named.names_speaker or named.names_reader):
        intent = "told_about" if named.names_speaker else "comment_by"
    if intent == "comment_count" and matches(phrases.lists["replies_of"], words):
        return "comment_replies"
    if named.names_comment and intent in _OF_A_COMMENT:
        return "comment_shown"
    # Words in quotation marks are looked up as such, not by their topic.
    if named.has_quotation and intent == "who_said":
        return "did_say"
    if named.has_quotation and intent in ("factual", "yes_no", "quotations"):
        return "did_say" if matches(phrases.asks["did_say"], words) else intent
    if named.names_reader and not named.names_speaker and intent in _OF_AN_AUTHOR:
        return "comment_by"
    asks_fact = any(matches(asked, words) for asked in phrases.wants.values())
    if intent == "comment_by" and asks_fact and not matches(phrases.asks["comment_by"], words):
        return OTHERWISE  # "Where does nonna_ipovedente live?" may be told by nobody
    if intent == "comment_by" and named.names_speaker and not named.names_reader:
        return "said_what"
    return intent
