"""What is being asked: which kind of question, about whom, about what, in which language."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.locale import FALLBACK, Phrases, languages, matched_words, matches, phrases
from assistant.question.asked import OF_SOMEBODY, Intent, Question, Term, Want
from assistant.question.naming import named_author, named_speaker, namesakes
from index.article import Article
from index.language.detection import detect_language
from index.language.quotation_marks import quotations_in, without_quotations
from index.language.words import fold, stop_words, word_spans
from index.statements import Statement

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
    "supported",
    "disputed",
    "summary",
    "who_said",
    "said_what",
)
# Kinds whose pattern is all they are about: its words are no topic.
_WITHOUT_TOPIC_WORDS: frozenset[Intent] = frozenset(
    {"supported", "disputed", "readers_summary", "summary", "most_quoted"}
)
_WANTS: tuple[Want, ...] = ("reason", "time", "place", "number", "person")
_SHORT = 3
_REST_OF_A_QUESTION = 6
"""Words of a question that begins with "and" and takes up the one before it."""
_COMMENT_NUMBER = re.compile(r"(?:#|n[o°º]?\.? ?)?(\d{1,5}(?:\.\d{1,5}){0,8})")


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
    # What is quoted is looked up; its words say neither whom nor what is asked.
    quoted = next((text[q.start : q.end] for q in quotations_in(text)), None)
    outside = without_quotations(text, left=" … ")
    speaker, speaker_words = named_speaker(outside, statements)
    author, author_words = named_author(outside, article)
    reader_of_name = None
    if author_words <= speaker_words:
        # A reader may bear the name of somebody in the article, who is meant first.
        reader_of_name = author
        author, author_words = None, frozenset()
    words = _with_placeholders(text, speaker_words, author_words)
    comment = _comment_number(words, known)
    asking = _with_placeholders(outside, speaker_words, author_words)
    intent = _intent(asking, known, comment=comment, author=author, has_quote=bool(quoted))
    no_topic: frozenset[str] = frozenset()
    if intent in _WITHOUT_TOPIC_WORDS:
        no_topic = matched_words(known.asks[intent], words)
    terms = all_terms = _terms(text, known, without=no_topic)
    if intent in OF_SOMEBODY:
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
        namesakes=namesakes(speaker, speaker_words, statements),
        reader_of_name=reader_of_name,
        # "According to whom …?" names no source, it asks for one.
        source_named=None if intent == "who_said" else known.source_in(text),
        author=author,
        comment=comment,
        quoted=quoted,
        direct_only=matches(known.direct_only, words),
        asks_readers=bool(known.reader_words & set(words)),
        is_follow_up=bool(known.follow_up_words & set(words)),
        goes_on=0 < len(words) <= _REST_OF_A_QUESTION and words[0] in known.going_on_words,
    )


def _language(text: str, article: Article) -> str:
    """Return the language of a question; a word or two is a greeting before it is anything."""
    words = [fold(span.of(text)) for span in word_spans(text)]
    if len(words) <= _SHORT:
        for code in dict.fromkeys((article.language, FALLBACK, *languages())):
            if code in languages() and matches(phrases(code).asks["greeting"], words):
                return code
    return detect_language(text, likely=article.language)


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
