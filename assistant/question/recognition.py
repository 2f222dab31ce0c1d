"""Which kind of question it is: by the record, by what was learned, by how people ask.

The classifier decides where it is sure; where it is not, the kind that the words of the locale
files name. What the question names on the page (a comment's number, an author, quoted words)
has the last word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.intents import BY_NAME, INTENTS, OTHERWISE
from assistant.locale import Phrases, asks_with, matched_words, matches
from assistant.question.speaking import personal_pronouns
from index.language.words import fold, stop_words

_PLAIN, _WORDED, _OTHERWISE = 0.85, 0.35, 0.15
"""Added to the probability of the kind that the words name, where they say nothing else; of the
kind that they name; of the kind that none names."""
_LEAST = 0.6
"""Probability without which nothing that was learned is used against the words."""
LEARNED = frozenset({"de", "en", "es", "fr", "it", "pt", "ru", "tr", "uk"})
"""Languages of the questions that the classifier learned; of any other the words tell the kind."""
_OF_THE_THREAD = frozenset({"comment_by", "comment_replies", "comment_deleted"})
_ABOUT_WORDS = frozenset({"factual", "yes_no", "who_said", "said_what", "quotations", "did_say"})
_OF_A_COMMENT = _ABOUT_WORDS | {"comment_by", "comment_first", "comment_last", "metadata"}
_OF_QUOTED = frozenset({"greeting", "factual", "yes_no", "quotations", "who_said", "summary"})
_OF_ALL_VOICES = frozenset({"factual", "yes_no", "stance", "compare", "most_quoted", "who_said"})
_PAIR = 2
_STEM = 7
"""Letters: "comment", "comentario" and "kommentieren" begin alike in each language."""
_PLACEHOLDERS = frozenset({"{name}", "{author}"})
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

    def asks_readers(self, text: str) -> bool:
        """Whether a question surely asks what readers write."""
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
    if classifier is not None and phrases.language in LEARNED:
        intent = _weighed(classifier.scores(text, named), worded, words, phrases)
    if intent in _OF_THE_THREAD and not _names_thread(words, phrases, named):
        intent = worded  # "How many shows were cancelled?" asks for no deleted comment
    is_answering = matches(phrases.asks["comment_replies"], words)
    if intent == "comment_replies" and named.names_reader and not is_answering:
        intent = "comment_by"  # "Did she back down about the minibus?"
    if intent == "greeting" != worded and any(matches(p, words) for p in phrases.wants.values()):
        intent = worded  # "Who exactly?" asks for somebody
    if intent == "request" and words.count("{name}") >= _PAIR:
        intent = "compare"  # "Put Tilling's and Pask's accounts side by side"
    elif intent == "request" != worded and (named.names_speaker or named.names_reader):
        intent = "summary"  # "Parle-moi de Maureen Tibbalds"
    if worded == "comment_replies" and words.count("{author}") > 1:
        intent = worded  # "What did old swimmer reply to Tansy?", also where there is no reply
    return _by_record(intent, words, phrases, named)


def _asks_whose(words: Sequence[str], phrases: Phrases, named: Named) -> bool:
    """Whether it is asked who said what is quoted, or whether somebody said so."""
    asked = {want for want, patterns in phrases.wants.items() if matches(patterns, words)}
    reports = any(asks_with(phrases.language, word) for word in words)
    if named.names_speaker:
        return reports and not asked
    return reports and (asked <= {"person"} or matches(phrases.asks["did_say"], words))


def _asks_whether_one(words: Sequence[str], phrases: Phrases, named: Named) -> bool:
    """Whether it is asked if the page tells one thing: "Do they all agree?", "Which two figures?".

    Not of readers, whose stand is another question, and not of two who are named.
    """
    is_of_all = phrases.reader_words.isdisjoint(words) and words.count("{name}") < _PAIR
    return is_of_all and not named.names_reader and matches(phrases.lists["differing"], words)


def _is_of_reader(words: Sequence[str], phrases: Phrases, named: Named) -> bool:
    """Whether the words of a reader are asked for, named before anybody of the article or not.

    "What does tracy_81 think of the coach?", "What does the referee in the comments say?"
    """
    if named.names_reader and "{author}" in words:
        return "{name}" not in words or words.index("{author}") < words.index("{name}")
    is_named = named.names_speaker or named.names_comment
    return not is_named and _speaks_of_comments(words, phrases)


def _speaks_of_comments(words: Sequence[str], phrases: Phrases) -> bool:
    """Whether a word is one for a comment, or for commenting, in any form."""
    stem = fold(phrases.comment_word)[:_STEM]
    return any(word.startswith(stem) for word in words)


def _names_thread(words: Sequence[str], phrases: Phrases, named: Named) -> bool:
    """Whether a question speaks of the thread or of somebody in it."""
    is_named = named.names_reader or named.names_speaker or named.names_comment
    return is_named or not phrases.reader_words.isdisjoint(words)


def _weighed(scores: Scores, worded: str, words: Sequence[str], phrases: Phrases) -> str:
    """Return the kind that was learned, unless that is unsure and the words name another.

    "Qu'a dit Hulusi Akar ?" asks outright for the words of somebody the page names, whom a
    classifier does not know, as "What else does he say?" does; to learn no kind of it is no reason
    against.
    """
    says_no_more = is_plain(words, worded, phrases)
    somebody = phrases.articles | personal_pronouns(phrases.language)
    names = "{name}" in words or not somebody.isdisjoint(words)
    if (worded == "said_what" and names) or (says_no_more and BY_NAME[worded].of_record):
        return worded
    if worded == "disputed" and scores.best.intent == "readers_summary":
        return worded  # "Which claims do readers deny?"
    bonus = _PLAIN if says_no_more else _OTHERWISE if worded == OTHERWISE else _WORDED
    needed = max(scores.probability_of(worded) + bonus, _LEAST)
    return scores.best.intent if scores.best.probability > needed else worded


def is_plain(words: Sequence[str], worded: str, phrases: Phrases) -> bool:
    """Whether a question says nothing but what makes it one of its kind, of somebody or of all.

    "Was ist umstritten?", "Kim kimi suçluyor?": what was learned of longer ones says less.
    """
    asking = matched_words(phrases.asks.get(worded, ()), words)
    return bool(asking) and set(words) <= asking | stop_words(phrases.language) | _PLACEHOLDERS


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
        if matches(phrases.asks["stance"], words):
            return "comment_by"  # "Is GardenGnome for or against it?" is told by what they write
        intent = "comment_by"  # or not: "Where does tern_42 live?"
    if intent in _OF_ALL_VOICES and _asks_whether_one(words, phrases, named):
        return "disputed"
    if intent == "said_what" and _is_of_reader(words, phrases, named):
        return "comment_by"
    if intent == "summary" and (named.names_speaker or named.names_reader):
        intent = "told_about" if named.names_speaker else "comment_by"
    if intent == "comment_count" and matches(phrases.lists["replies_of"], words):
        return "comment_replies"
    if intent == "comment_count" and matches(phrases.asks["stance"], words):
        return "stance"  # "Combien de lecteurs sont pour ?"
    if named.names_comment and intent in _OF_A_COMMENT:
        return "comment_shown"
    # Words in quotation marks are looked up as such, not by their topic.
    if named.has_quotation and intent in _OF_QUOTED and _asks_whose(words, phrases, named):
        return "did_say"
    if named.names_reader and not named.names_speaker and intent in _OF_AN_AUTHOR:
        return "comment_by"
    is_of_author = named.names_reader and intent in (OTHERWISE, "comment_by")
    if is_of_author and _speaks_of_comments(words, phrases):
        return "comment_by"  # "Quante volte ha commentato?"
    asks_fact = any(matches(asked, words) for asked in phrases.wants.values())
    if intent == "comment_by" and asks_fact and not matches(phrases.asks["comment_by"], words):
        return OTHERWISE  # "Where does nonna_ipovedente live?" may be told by nobody
    if intent == "comment_by" and named.names_speaker and not named.names_reader:
        return "said_what"
    return intent
