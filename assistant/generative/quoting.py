"""Where the words that a model quotes stand on the page, and how they are shown."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.checking.places import place_of
from assistant.extractive.composing import Composer
from assistant.extractive.sentences import sentence_around
from index.article import Passage
from index.language.sentences import sentence_spans
from index.language.words import Span, folded_words
from index.library.article_index import ArticleIndex
from index.statements import Statement

_LEFT_OUT = re.compile(r"\s*[\[(]?(?:…|\.{3})[\])]?\s*")
_MARKS = " \t\n\"'«»“”„‘’"
_FEWEST_WORDS = 2
_NEARLY = 0.75
"""Share of its words, in order, that a quotation which is not verbatim has of a sentence."""


def locate(
    quote: str, label: str, passages: Sequence[Passage], article_index: ArticleIndex
) -> Span | None:
    """Return where quoted words stand: in the passage that is named, else in any that was shown.

    Words that are nearly those of a sentence stand for that sentence. What a comment repeats of
    the article is not the reader's.
    """
    ordered = sorted(passages, key=lambda passage: passage.label != label)
    parts = sorted((p.strip(_MARKS) for p in _LEFT_OUT.split(quote)), key=len, reverse=True)
    words = folded_words(parts[0]) if parts else []
    if len(words) < _FEWEST_WORDS:
        return None
    for passage in ordered:
        place = place_of(parts[0], passage)
        if place is not None and _is_own(Span(place, place + 1), passage, article_index):
            return Span(place, min(place + len(parts[0].rstrip(".,;")), passage.end))
    return _nearly(words, ordered, article_index)


def _nearly(
    words: Sequence[str], passages: Sequence[Passage], article_index: ArticleIndex
) -> Span | None:
    text, best, found = article_index.article.text, _NEARLY, None
    for passage in passages:
        for span in sentence_spans(text, passage.start, passage.end):
            there = folded_words(span.of(text))
            blocks = SequenceMatcher(None, there, words, autojunk=False).get_matching_blocks()
            share = sum(block.size for block in blocks) / len(words)
            if share > best and _is_own(span, passage, article_index):
                best, found = share, span
    return found


def _is_own(span: Span, passage: Passage, article_index: ArticleIndex) -> bool:
    comment = article_index.article.comment_of(passage)
    return comment is None or any(start <= span.start < end for start, end in comment.own_spans())


def holder_of(span: Span, article_index: ArticleIndex) -> Statement | None:
    """Return the statement of somebody named that holds most of a span, None where none does."""
    held = [
        (min(span.end, s.end) - max(span.start, s.start), -(s.end - s.start), s)
        for s in article_index.statements
        if s.source == "article" and s.speaker and s.start < span.end and span.start < s.end
    ]
    return max(held, key=lambda item: item[:2])[2] if held else None


def quote(span: Span, composer: Composer, article_index: ArticleIndex) -> bool:
    """Show words of the page with who says them; return whether there was room, and need.

    Of reported words the whole sentence is shown: "he had taken money" alone would be told by
    the article, not denied by him.
    """
    article = article_index.article
    comment = article.comment_of(article.passage_at(span.start))
    start, end = sentence_around(article, span.start, span.end)
    if comment is not None:
        own = next(((a, b) for a, b in comment.own_spans() if a <= span.start < b), (start, end))
        who = composer.phrases.say("lead", who=composer.reader(comment))
        return composer.quote(max(start, own[0]), min(end, own[1]), lead=who)
    said = holder_of(span, article_index)
    speaker = said.speaker if said is not None else None
    if said is None or said.manner != "direct" or not said.start <= span.start < said.end:
        return composer.quote(start, end, speaker=speaker)
    led = composer.phrases.say("lead", who=speaker.name) if speaker else None
    return composer.quote(max(start, said.start), min(end, said.end), speaker=speaker, lead=led)
