"""Article -> passages: lossless, each within one source, none much longer than a screen.

Every character of the text but the spaces between passages is in exactly one passage. Finding
out what is a paragraph, a quotation or a comment is the work of `index.reading`.
"""

from collections.abc import Generator, Iterator

from index.article import Passage, PassageKind, Source
from index.language.sentences import sentence_spans
from index.language.words import Span, trimmed

LONGEST_PASSAGE = 1_000
"""Characters; a longer piece is parted at the ends of sentences, then at spaces, then anywhere."""

_SHORTEST_REST = 200


def passages_of(
    text: str, *, start: int, end: int, label: str, source: Source, kind: PassageKind
) -> Iterator[Passage]:
    """Yield the passages of one piece of a text: a paragraph, a quotation or a comment.

    The first has the label given, the following ones `label~2`, `label~3` ...

    >>> [passage.label for passage in passages_of(
    ...     "One two. " * 200, start=0, end=1799, label="A1", source="article", kind="paragraph")]
    ['A1', 'A1~2']
    """
    for position, span in enumerate(split(text, start, end)):
        yield Passage(
            label=label if position == 0 else f"{label}~{position + 1}",
            source=source,
            kind=kind,
            start=span.start,
            end=span.end,
            text=span.of(text),
        )


def split(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield spans of at most `LONGEST_PASSAGE` characters that cover all characters but spaces."""
    if end - start <= LONGEST_PASSAGE:
        yield from trimmed(text, start, end)
        return
    begin, last = start, start
    for sentence in sentence_spans(text, start, end):
        if sentence.end - begin > LONGEST_PASSAGE:
            if last > begin:
                yield from trimmed(text, begin, last)
                begin = sentence.start
            if sentence.end - begin > LONGEST_PASSAGE:
                begin = yield from _cut(text, begin, sentence.end)
        last = sentence.end
    yield from trimmed(text, begin, end)


def _cut(text: str, begin: int, end: int) -> Generator[Span, None, int]:
    """Yield full pieces of one endless sentence; return where its unyielded rest begins."""
    while end - begin > LONGEST_PASSAGE:
        limit = begin + LONGEST_PASSAGE
        space = text.rfind(" ", begin + LONGEST_PASSAGE - _SHORTEST_REST, limit)
        cut = space if space > begin else limit
        yield from trimmed(text, begin, cut)
        begin = cut
    return begin
