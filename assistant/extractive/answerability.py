"""Whether a page answers at all: how sure it is, and whether the sentence is of the right kind.

A question for an age, a length, a cause, a time needs a sentence that holds one. Where a name or
the noun that is asked about stands nowhere on the page, no other words make up for it.
"""

import math
import re
from itertools import pairwise

import numpy as np

from assistant.extractive.inquiry import MATCHED, SAME_WORD, Inquiry
from assistant.locale import cause_words, matched_words, time_words, units_of
from index.article import Passage, Source
from index.language import report_words
from index.language.numbers import is_number, numbers
from index.language.words import content_words, fold, folded_words, split_words, stop_words
from index.statements import Speaker

_CONFIDENT = 0.28
"""Confidence from which a sentence is shown as the answer; see `confidence`."""
_CONFIDENT_ACROSS = 0.15
_OF_SENTENCE, _OF_PAGE, _OF_NEARNESS = 0.2, 0.3, 0.5
_USUAL_PASSAGES = 5
_LENGTH_SHARE = 0.08
"""Taken off for each e-fold of a page's length: a long page holds any word somewhere."""
_UNKNOWN_NAME = 0.6
_OLDEST = 120
_COUNTED = 2
"""Words behind "how many" within which the thing stands that is counted."""
_NEAR = 4
"""Words between a number and what it counts."""
MATCHED_ACROSS = 0.25
"""Strength at which a word counts as found in another language."""
_YEAR_OR_HOUR = re.compile(
    r"\b(?:1[0-9]{3}|20[0-9]{2}|[0-2]?\d[:.h]\d{2})\b|\b\d{1,2}\s?(?:h|am|pm)\b"
)
_SET_OFF_AGE = re.compile(r"[^\W\d_](?:,\s|\s\()\d{1,3}(?=[,)])")
"""An age stands without a unit behind a name: "Tilda Marchbanks, 26,", "Jens Brandt (58)"."""
_SIGNS = re.compile(r"[$£€%°₽₺]")


def is_answered(inquiry: Inquiry, *, score: float, passage: Passage) -> bool:
    """Whether a span with this score is good enough to be shown as the answer."""
    needed = _CONFIDENT_ACROSS if inquiry.is_across else _CONFIDENT
    return confidence(inquiry, score=score, passage=passage) >= needed


def confidence(inquiry: Inquiry, *, score: float, passage: Passage) -> float:
    """Return how sure it is that the page answers; about 0 where it does not, at most 1.

    Three views: how well the chosen span covers the topic (`score`), how much of the topic the
    page mentions anywhere, and how near its nearest passage is to the question as a whole. A
    name or number that the page never mentions makes it unlikely. Measured on questions asked
    of their own and of another article: `docs/quality.md`.
    """
    found = inquiry.held_in(passage.source)
    nearest = inquiry.evidence(passage.source)[0].similarity
    sure = _OF_SENTENCE * score + _OF_PAGE * float(found.mean()) + _OF_NEARNESS * nearest
    named = [
        strength
        for term, strength in zip(inquiry.terms, found, strict=True)
        if term.is_name or term.text[0].isdigit()
    ]
    if any(strength < MATCHED for strength in named):
        sure *= _UNKNOWN_NAME
    longer = max(0.0, math.log(_length(inquiry, of=passage.source) / _USUAL_PASSAGES))
    return sure - _LENGTH_SHARE * longer


def refuses(inquiry: Inquiry, source: Source) -> bool:
    """Whether the record alone tells that no sentence of a lane can answer.

    A question why something happened needs every word of it on the page: "Why did she resign?"
    is no question about a page on which nobody resigns. Where of what is asked about somebody
    no word is on the page ("born"), their name is no answer.
    """
    if not inquiry.terms:
        return inquiry.question.measure is None
    found = inquiry.held_in(source)
    told = [(term, float(strength)) for term, strength in zip(inquiry.terms, found, strict=True)]
    things = [strength for term, strength in told if not term.is_name]
    least = MATCHED_ACROSS if inquiry.is_across else MATCHED
    if things and max(things) < least:
        return True
    return inquiry.question.want == "reason" and bool(things) and min(things) < least


def is_of_kind(inquiry: Inquiry, sentence: str) -> bool | None:
    """Whether a sentence holds what is wanted: a number, a sum, a time, a cause, somebody.

    None where the question wants nothing that can be told from the form of a sentence.
    """
    question = inquiry.question
    words = folded_words(sentence)
    if question.measure == "age" and question.speaker is not None:
        return _is_age_of(question.speaker, sentence, words, inquiry.article.language)
    if question.measure == "age" and inquiry.coverage([sentence])[0] < inquiry.enough:
        return False  # the age of something else
    if question.measure is not None:
        return holds_measure(question.measure, sentence, inquiry.article.language)
    if question.want == "number":
        return _counts(inquiry, sentence, words)
    if question.want == "time":
        return bool(_YEAR_OR_HOUR.search(sentence)) or bool(set(words) & time_words())
    if question.want == "reason":
        return bool(set(words) & cause_words()) or ":" in sentence
    if question.want == "thing":
        return _is_told_which(inquiry, sentence)
    if question.want in ("person", "place"):
        # "Who will replace Marsh?" is not answered by Marsh.
        asked = {term.folded for term in question.all_terms}
        spelled = split_words(sentence)
        told = [word[0].isupper() and fold(word) not in asked for word in spelled]
        if report_words.load(inquiry.article.language).capitalised_nouns:
            # Every noun has a capital; only names are two such words in a row.
            opens = fold(spelled[0]) in stop_words(inquiry.article.language) if spelled else False
            return any(map(all, pairwise(told[opens:])))
        return any(told[1:])
    return None


def _is_told_which(inquiry: Inquiry, sentence: str) -> bool | None:
    """Whether a sentence that has the thing again says more of it than the question; else None.

    "Which two stations were dropped?" is not answered by "two stations had been dropped", but by
    "the nurses' union" and "the bridge at Marlow" if a union or a bridge was asked for.
    """
    words = split_words(sentence)
    thing = next((term for term in inquiry.terms if not _is_number(term.text, inquiry)), None)
    if thing is None or thing.is_name or not words:
        return None
    places = np.flatnonzero(inquiry.article_index.align([thing.text], words)[0] >= SAME_WORD)
    if not places.size:
        return None
    language = inquiry.article.language
    asked = {term.folded for term in inquiry.question.all_terms}
    for place in places:
        before = words[place - 1] if place else ""
        behind = words[place + 1 : place + 1 + _NEAR]
        is_bare = fold(before) in stop_words(language) or _is_number(before, inquiry) or not before
        if not is_bare or any(w[0].isupper() and fold(w) not in asked for w in behind):
            return True
    return False


def _is_number(word: str, inquiry: Inquiry) -> bool:
    languages = (inquiry.article.language, inquiry.question.language)
    return any(is_number(fold(word), language) for language in languages)


def _is_age_of(speaker: Speaker, sentence: str, words: list[str], language: str) -> bool:
    """Whether a sentence about somebody has their age.

    Beside the name ("Tilda Marchbanks, 26,"), with a word for nothing but ages ("aged"), or as
    all that it says ("Ne ha 81."); years that something lasts are none.
    """
    name = set(content_words(speaker.name))
    only_ages = units_of("age") - units_of("duration")
    for number in numbers(sentence, language):
        near = words[max(0, number.first - 2) : number.last + 3]
        beside = name.union(only_ages).intersection(near)
        if 0 < number.value <= _OLDEST and (beside or len(words) <= _NEAR):
            return True
    return False


def _counts(inquiry: Inquiry, sentence: str, words: list[str]) -> bool:
    """Whether a sentence has a number, and beside it the thing that is counted, if it has that.

    "How many firemen came?" is not answered by tons that burned, nor by firemen and a year.
    """
    found = numbers(sentence, inquiry.article.language)
    thing = _counted(inquiry)
    if not found or thing is None:
        return bool(found)
    near = [" ".join(words[max(0, n.first - _NEAR) : n.last + 1 + _NEAR]) for n in found]
    return bool((inquiry.article_index.align([thing], near) >= MATCHED).any())


def _counted(inquiry: Inquiry) -> str | None:
    """Return the word behind "how many" if the page has it; a slip tells nothing."""
    known, words = inquiry.composer.phrases, inquiry.question.words
    many = matched_words(known.wants["number"], words)
    asking = many | stop_words(known.language)
    places = [place for place, word in enumerate(words) if word in many]
    # "Combien de grévistes", but not "How much did the trust make".
    rest = words[places[-1] + 1 : places[-1] + 1 + _COUNTED] if places else ()
    thing = next((word for word in rest if word not in asking), None)
    if thing is None or thing.startswith("{"):
        return None
    return thing if inquiry.article_index.anywhere([thing])[0] >= SAME_WORD else None


def holds_measure(measure: str, sentence: str, language: str) -> bool:
    """Whether a sentence has a number with a unit of some sort within three words of it."""
    if measure == "age" and _SET_OFF_AGE.search(sentence):
        return True
    units = units_of(measure)
    words = folded_words(sentence)
    signs = {sign for sign in _SIGNS.findall(sentence) if sign in units}
    for number in numbers(sentence, language):
        near = words[max(0, number.first - 2) : number.last + 4]
        if signs or units & set(near):
            return True
    return False


def _length(inquiry: Inquiry, *, of: Source) -> int:
    """Return how long a page is, in passages; for the article, comments count as it at most."""
    own = sum(1 for _ in inquiry.article.body())
    comments = len(inquiry.article.passages) - own
    return own + (min(comments, own) if of == "article" else comments)
