"""The sentences of an article, those in which nobody says anything, and whose these are.

What a report tells is put down to nobody; an essay in the first person speaks for its writer.
"""

from collections.abc import Iterable, Sequence

from index.article import Article
from index.disputes.claims import is_proposition
from index.language.dispute_words import is_of_self
from index.language.sentences import sentence_spans
from index.language.words import Span
from index.statements import Speaker, Statement

_FEWEST = 3
"""Sentences in the first person, in nobody's words, of a page that speaks for its writer."""


def sentences_of(article: Article) -> list[Span]:
    """Return the sentences of the article's body, without title and comments."""
    return [
        span
        for passage in article.body()
        if passage.kind in ("paragraph", "quotation")
        for span in sentence_spans(article.text, passage.start, passage.end)
    ]


def narrated(article: Article, statements: Sequence[Statement]) -> tuple[Span, ...]:
    """Return the sentences of the body in which nobody is quoted or reported."""
    said = [s for s in statements if s.source == "article"]
    return tuple(
        span
        for span in sentences_of(article)
        if not any(s.start < span.end and span.start < s.end for s in said)
    )


def propositions(article: Article, spans: Iterable[Span]) -> list[Span]:
    """Return the sentences that may say something: no headings, no names in a list."""
    return [span for span in spans if is_proposition(span.of(article.text))]


def essayist(article: Article, told: Iterable[Span]) -> Speaker | None:
    """Return the writer of a page in the first person; None of any other.

    Args:
        article: The page.
        told: Its sentences in which nobody says anything.
    """
    writer = writer_alone(article)
    if writer is None:
        return None
    texts = (span.of(article.text) for span in propositions(article, told))
    return writer if sum(is_of_self(text, article.language) for text in texts) >= _FEWEST else None


def writer_alone(article: Article) -> Speaker | None:
    """Return who signed a page; None where several did, or a desk: "Ada Lund; Bo Berg", "DPA"."""
    author = article.author
    if author is None or ";" in author or author.isupper():
        return None
    return Speaker(name=author, as_written=author)
