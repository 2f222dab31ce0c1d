"""What stands behind a sentence that itself answers nothing: a question, a heading, a colon.

In an interview the paper's question comes nearest to the reader's, and the next paragraph answers;
"How the shredder works" is told below, and "Not on the list:" by what is listed.
"""

from dataclasses import replace

from assistant.extractive.sentences import ScoredSpan
from index.article import Article, Passage
from index.language.sentences import sentence_spans
from index.language.words import Span, split_words

_FOLLOWING, _LISTED = 2, 3
"""Sentences that are told of what a question or a heading leads to; of what a colon does."""
_LONGEST_HEADING = 8
"""Words of a paragraph without an end that heads the next one."""


def led_to(article: Article, item: ScoredSpan) -> list[ScoredSpan]:
    """Return a sentence as it is told: itself, or what it leads to with or without it."""
    text = article.text[item.start : item.end].rstrip("\"'»”’“ )")
    if item.passage.source != "article" or item.passage.kind == "title":
        return [item]
    is_heading = _is_heading(item.passage, text)
    if not (is_heading or text.endswith(("?", ":"))):
        return [item]
    most = _LISTED if text.endswith(":") else _FOLLOWING
    behind = [
        replace(item, start=span.start, end=span.end, passage=passage)
        for span, passage in _behind(article, item, most)
    ]
    return behind if behind and text.endswith("?") else [item, *behind]


def _is_heading(passage: Passage, text: str) -> bool:
    is_alone = passage.end - passage.start <= len(text) + 1
    is_open = text[-1:].isalnum()
    return is_alone and is_open and len(split_words(text)) <= _LONGEST_HEADING


def _behind(article: Article, item: ScoredSpan, most: int) -> list[tuple[Span, Passage]]:
    """Return the sentences behind one in its passage, of the next one where there are none."""
    body = [passage for passage in article.body() if passage.kind != "title"]
    places = [place for place, passage in enumerate(body) if passage.label == item.passage.label]
    found = [
        (span, passage)
        for passage in body[places[0] : places[0] + 1 + most]
        for span in sentence_spans(article.text, passage.start, passage.end)
        if span.start >= item.end
    ]
    if item.passage.end > item.end + 1:
        return found[:most]
    return [pair for pair in found if pair[1].label == found[0][1].label or most == _LISTED][:most]
