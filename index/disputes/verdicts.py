"""Words that call false what was said before: "calls that figure invented", "Eso es absurdo".

No verb is listed: a word of disbelief ends a clause in which something points back, be it a
pronoun or the noun for what was said ("the charge", "diese Zahl").
"""

from collections.abc import Sequence

from index.disputes.claims import Sentence
from index.disputes.stance import read_markers
from index.language.dispute_words import Vocabulary
from index.language.phrase_patterns import Found, Word
from index.language.report_words import load

_REACH = 7
"""Words before a verdict in which what it is about is pointed at."""
WHOLE = 4
"""Words of a sentence that is hardly more than its verdict."""


def verdict_in(sentence: Sentence, text: str, known: Vocabulary) -> Found | None:
    """Return the words of disbelief of a sentence that judge what was said before it.

    Args:
        sentence: A sentence of the article.
        text: The text that it is part of.
        known: The words of the article's language.
    """
    words = sentence.reading.words
    (markers,) = read_markers(text, [(sentence.start, sentence.end)], known)[:1] or (None,)
    if markers is None or markers.is_question:
        return None
    judging = (
        *markers.denies,
        *markers.mocks,
        *markers.doubts,
        *_untrue(sentence, known),
    )
    for found in sorted(judging, key=lambda found: found.first):
        if _ends_clause(found, words, text, known) and _points_back(found, words, text, known):
            return found
    return None


def _ends_clause(found: Found, words: Sequence[Word], text: str, known: Vocabulary) -> bool:
    """Whether no more follows that a verdict could be about: "wrong to close the school"."""
    if found.last + 1 == len(words):
        return True
    following = words[found.last + 1]
    joins = load(known.language).tagged(following.folded) & {"coordinators"}
    return bool(joins) or not text[found.end : following.start].isspace()


def _points_back(found: Found, words: Sequence[Word], text: str, known: Vocabulary) -> bool:
    if len(words) <= WHOLE:
        return True  # "Absurd.", "That is a lie."
    before = words[max(0, found.first - _REACH) : found.last + 1]
    relatives = load(known.language)
    return any(
        known.pointing.holds(word.folded)
        or _names_words(word.folded, known)
        or "relatives" in relatives.tagged(word.folded)
        for word in before
    )


def _names_words(word: str, known: Vocabulary) -> bool:
    """Whether a word is a noun for what was said, not one of the pronouns beside these."""
    is_function = load(known.language).tagged(word) & {"pronoun", "determiner", "objects"}
    return known.refused_things.holds(word) and not is_function


def _untrue(sentence: Sentence, known: Vocabulary) -> list[Found]:
    """Return the negated words whose opposite is one of disbelief: "that could not be right"."""
    words = sentence.reading.words
    places = {place for item in sentence.reading.negations for place in item.reach - item.own}
    return [
        Found(first=place, last=place, start=words[place].start, end=words[place].end)
        for place in sorted(places & set(range(len(words))))
        if any(map(known.stance.denies.holds, known.opposites.words_against(words[place].folded)))
    ]
