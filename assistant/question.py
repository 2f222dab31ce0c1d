"""What is being asked: which kind of question, about whom, about what, in which language.

Decided from the words of the question and the names on the page, without a model. Finding
the answer is the work of `assistant.extractive`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.phrases import FALLBACK, Phrases, languages, matched_words, matches, phrases
from index.article import Article
from index.reading.language import detect_language
from index.statements import Speaker, Statement, speaker_matches, speakers
from index.words import content_words, fold, stop_words, word_spans

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
    "disputed",
    "who_said",
    "said_what",
    "summary",
    "factual",
]
Want = Literal["time", "place", "number", "person", "reason"]

# The order decides: the first kind whose pattern fits is the kind of the question.
_BY_PATTERN: tuple[Intent, ...] = (
    "greeting",
    "comment_count",
    "comment_deleted",
    "comment_best",
    "comment_worst",
    "comment_first",
    "comment_last",
    "comment_replies",
    "comment_by",
    "most_quoted",
    "did_say",
    "readers_summary",
    "disputed",
    "summary",
    "who_said",
    "said_what",
)
# Kinds whose pattern is all they are about: its words are no topic.
_WITHOUT_TOPIC_WORDS: frozenset[Intent] = frozenset(
    {"disputed", "readers_summary", "summary", "most_quoted"}
)
# Kinds in which a name on the page says whose words are wanted; in others it is a topic.
_OF_SOMEBODY: frozenset[Intent] = frozenset(
    {"said_what", "did_say", "comment_by", "comment_replies"}
)
# Of the comments of a thread, the one at an end of some order.
_ENDS_OF_THREAD: tuple[Intent, ...] = (
    "comment_best",
    "comment_worst",
    "comment_first",
    "comment_last",
)
_WANTS: tuple[Want, ...] = ("reason", "time", "place", "number", "person")
_SHORT = 3
_REST_OF_A_QUESTION = 6
"""Words of a question that begins with "and" and takes up the one before it."""
_COMMENT_NUMBER = re.compile(r"(?:#|n[o°º]?\.? ?)?(\d{1,5}(?:\.\d{1,5}){0,8})")
_QUOTED = re.compile(
    r"[«“„\"]\s*([^«»“”„\"]{3,}?)\s*[»”“\"]|[「『]([^「」『』]{3,})[」』]"
    r"|(?<!\w)['‘]([^'‘’]{2,}(?:['’]\w[^'‘’]*){0,9})['’](?!\w)"
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


def understand(
    text: str,
    article: Article,
    statements: Sequence[Statement],
    *,
    language: str | None = None,
) -> Question:
    """Return what is being asked of an article.

    Args:
        text: The question, in any language; phrases exist for `phrases.languages()`.
        article: The page it is asked of: its names decide who is meant.
        statements: The statements of that page.
        language: ISO 639-1 code, where the caller knows it better than detection.
    """
    language = language or _language(text, article)
    known = phrases(language if language in languages() else FALLBACK)
    speaker, speaker_words = _named_speaker(text, statements)
    author, author_words = _named_author(text, article)
    reader_of_name = None
    if author_words <= speaker_words:
        # A reader may bear the name of somebody in the article, who is meant first.
        reader_of_name = author
        author, author_words = None, frozenset()
    words = _with_placeholders(text, speaker_words, author_words)
    comment = _comment_number(words, known)
    quoted = _QUOTED.search(text)
    intent = _intent(words, known, comment=comment, author=author, has_quote=bool(quoted))
    no_topic: frozenset[str] = frozenset()
    if intent in _WITHOUT_TOPIC_WORDS:
        no_topic = matched_words(known.asks[intent], words)
    terms = all_terms = _terms(text, known, without=no_topic)
    if intent in _OF_SOMEBODY:
        naming = speaker_words | author_words
        terms = tuple(term for term in all_terms if term.folded not in naming)
    return Question(
        text=text,
        language=language,
        intent=intent,
        want=next((want for want in _WANTS if matches(known.wants[want], words)), None),
        terms=terms,
        all_terms=all_terms,
        speaker=speaker,
        namesakes=_namesakes(speaker, speaker_words, statements),
        reader_of_name=reader_of_name,
        source_named=known.source_in(text),
        author=author,
        comment=comment,
        quoted=next(filter(None, quoted.groups()), None) if quoted else None,
        direct_only=matches(known.direct_only, words),
        asks_readers=bool(known.reader_words & set(words)),
        is_follow_up=bool(known.follow_up_words & set(words)),
        goes_on=0 < len(words) <= _REST_OF_A_QUESTION and words[0] in known.going_on_words,
    )


def follow_up(question: Question, before: Question) -> Question:
    """Return a question completed by the one before it, where it leaves somebody unnamed.

    "Et qu'a-t-il dit sur la Libye ?" after "Qui est Akar ?" is about Akar.
    """
    if question.goes_on:
        return _taken_up(question, before)
    if question.speaker or question.author or not question.is_follow_up:
        return question
    if before.speaker is None and before.author is None:
        return question
    intent = "said_what" if question.intent == "factual" and not question.want else question.intent
    return replace(question, speaker=before.speaker, author=before.author, intent=intent)


def carried_on(question: Question, before: Question | None) -> Question:
    """Return a question to remember: who was spoken of stays in mind until somebody else is."""
    if before is None or question.speaker or question.author:
        return question
    return replace(question, speaker=before.speaker, author=before.author)


def _taken_up(question: Question, before: Question) -> Question:
    """Return the rest of a question, completed by the one before it.

    "And Whitlock?" asks the same of somebody else, "And on Syria?" the same person about
    something else, "And the readers?" what readers say about the same.
    """
    known = phrases(question.language)
    if before.intent in _ENDS_OF_THREAD:
        words = [fold(span.of(question.text)) for span in word_spans(question.text)]
        named = [word for word in words if word not in known.follow_up_words]
        for end in _ENDS_OF_THREAD:
            if any(
                matches(known.asks[end], order)
                for order in ([*named, known.comment_word], [known.comment_word, *named])
            ):
                return replace(question, intent=end)
    if question.asks_readers and not question.terms:
        return replace(
            question, intent="readers_summary", terms=before.terms, all_terms=before.all_terms
        )
    if question.intent not in ("factual", "said_what", "comment_by") or question.want:
        return question
    if question.speaker or question.author:
        return replace(question, intent=_of_somebody(question, before), terms=before.terms)
    return replace(
        question,
        intent=before.intent,
        speaker=before.speaker,
        author=before.author,
        terms=question.terms or before.terms,
        all_terms=question.all_terms or before.all_terms,
    )


def _of_somebody(question: Question, before: Question) -> Intent:
    if question.author is not None:
        return "comment_by"
    return before.intent if before.intent in _OF_SOMEBODY else "said_what"


def _language(text: str, article: Article) -> str:
    """Return the language of a question; a word or two is a greeting before it is anything."""
    words = [fold(span.of(text)) for span in word_spans(text)]
    if len(words) <= _SHORT:
        for code in dict.fromkeys((article.language, FALLBACK, *languages())):
            if code in languages() and matches(phrases(code).asks["greeting"], words):
                return code
    return detect_language(text)


def _intent(
    words: Sequence[str],
    known: Phrases,
    *,
    comment: str | None,
    author: str | None,
    has_quote: bool,
) -> Intent:
    for intent in _BY_PATTERN:
        if intent == "did_say" and not has_quote:
            continue
        if intent == "comment_by" and comment is not None:
            return "comment_shown"
        if intent == "summary" and "{name}" in words:
            continue
        if matches(known.asks[intent], words):
            # Words in quotation marks are looked up as such, not by their topic.
            return "did_say" if has_quote and intent == "who_said" else intent
    return "comment_by" if author is not None else "factual"


def _named_speaker(
    text: str, statements: Sequence[Statement]
) -> tuple[Speaker | None, frozenset[str]]:
    """Return the speaker the question names, and the folded words that name them."""
    words = [span.of(text) for span in word_spans(text)]
    known = [item.speaker for item in speakers(s for s in statements if s.source == "article")]
    for length in (4, 3, 2, 1):
        for first in range(len(words) - length + 1):
            run = words[first : first + length]
            if all(fold(word) in stop_words() for word in run):
                continue
            for speaker in known:
                if _is_called(" ".join(run), speaker):
                    return speaker, frozenset(content_words(" ".join(run)))
    return None, frozenset()


def _namesakes(
    speaker: Speaker | None, named: frozenset[str], statements: Sequence[Statement]
) -> tuple[Speaker, ...]:
    """Return all persons of the page whom the words that name a speaker can mean, if several."""
    if speaker is None or len(named) != 1:
        return ()
    (word,) = named
    known = [item.speaker for item in speakers(s for s in statements if s.source == "article")]
    same = tuple(
        item
        for item in known
        if len(item.name.split()) > 1
        and content_words(item.name)[-1:] == [word]
        and all(part[0].isupper() for part in item.name.split())
    )
    return same if speaker in same and len(same) > 1 else ()


def _is_called(name: str, speaker: Speaker) -> bool:
    """Whether a name means a speaker; a single word that is no person's name must be the head.

    "The minister" may mean the Turkish minister of defence, "the community" the Turkish
    community of a town; "Turkish" alone means neither.
    """
    if not speaker_matches(name, speaker):
        return False
    named = content_words(name)
    if len(named) > 1:
        return True
    if speaker_matches(name, replace(speaker, role=None)):
        is_person = all(word[0].isupper() for word in speaker.name.split())
        return is_person or speaker_matches(content_words(speaker.name)[0], _only(name))
    return content_words(speaker.role or "")[:1] == named


def _only(name: str) -> Speaker:
    return Speaker(name=name, as_written=name)


def _named_author(text: str, article: Article) -> tuple[str | None, frozenset[str]]:
    authors = dict.fromkeys(comment.author for comment in article.live_comments())
    asked = _spaced(text)
    named = [a for a in authors if a and content_words(a) and _spaced(a) in asked]
    if not named:
        return None, frozenset()
    author = max(named, key=len)
    return author, frozenset(fold(span.of(author)) for span in word_spans(author))


def _spaced(words: str) -> str:
    """Return the folded words with a space around each, so that only whole words match."""
    return f" {' '.join(fold(span.of(words)) for span in word_spans(words))} "


def _with_placeholders(
    text: str, speaker_words: frozenset[str], author_words: frozenset[str]
) -> tuple[str, ...]:
    words: list[str] = []
    for span in word_spans(text):
        word = fold(span.of(text))
        if word in author_words:
            word = "{author}"
        elif word in speaker_words:
            word = "{name}"
        if not (word.startswith("{") and words and words[-1] == word):
            words.append(word)
    return tuple(words)


def _comment_number(words: tuple[str, ...], known: Phrases) -> str | None:
    for position, word in enumerate(words):
        number = _COMMENT_NUMBER.fullmatch(word)
        nearby = words[max(0, position - 1) : position] + words[position + 1 : position + 2]
        if number and any(near in known.reader_words for near in nearby):
            return number.group(1)
    return None


def _terms(text: str, known: Phrases, *, without: frozenset[str]) -> tuple[Term, ...]:
    stop = stop_words(known.language)
    compounds: list[list[Term]] = []
    for position, span in enumerate(word_spans(text)):
        word = span.of(text)
        folded = fold(word)
        if folded in stop | known.frame_words | known.reader_words | without:
            continue
        if known.language == "tr" and text[span.start - 1 : span.start] in ("'", "’"):
            continue  # the ending of a name: Libya'dan
        if len(folded) < 2 and not folded.isdigit():
            continue
        is_name = word[0].isupper() and position > 0 and known.language != "de"
        term = Term(text=word, folded=folded, is_name=is_name or word.isupper())
        is_joined = text[span.start - 1 : span.start] == "-" and bool(compounds)
        if is_joined:
            compounds[-1].append(term)
        else:
            compounds.append([term])
    return tuple(
        replace(term, share=1 / len(compound)) for compound in compounds for term in compound
    )
