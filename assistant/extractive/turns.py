"""The sentence after a quotation that changes it, and what a correction says: told with it."""

from assistant.extractive.inquiry import Inquiry
from assistant.locale import turn_words
from index.article import Passage
from index.language.sentences import sentence_spans
from index.language.words import folded_words

_TURN_WORDS = 30
"""Words of a sentence that may be told besides; a longer one tells more than a turn."""
_FIRST_WORDS = 4


def quote_turn(inquiry: Inquiry, end: int) -> bool:
    """Quote the sentence after a place where it says that somebody denies, declines or is silent.

    "Carrel said the prefecture had nothing. The prefecture declined to comment."
    """
    article = inquiry.article
    passage = article.passage_at(max(end - 1, 0))
    if passage.source == "comment" or passage.kind == "title":
        return False
    after = [
        span
        for span in sentence_spans(article.text, passage.start, passage.end)
        if span.start >= end
    ]
    if not after:
        return False
    words = folded_words(after[0].of(article.text))
    if len(words) > _TURN_WORDS or not set(words) & turn_words():
        return False
    return inquiry.quote(after[0].start, after[0].end)


def is_correction(passage: Passage, words: frozenset[str]) -> bool:
    """Whether a passage of the article corrects what an earlier version of it said."""
    if passage.source != "article":
        return False
    return not words.isdisjoint(folded_words(passage.text)[:_FIRST_WORDS])
