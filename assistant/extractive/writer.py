"""The writer of a page, whose words its own are where they are asked for by name.

"What does Gillmor say about opting out?" of a page that Gillmor wrote is answered by what the page
itself tells, and an essay in the first person speaks for nobody else. A report has a writer too,
but what it tells is not put down to them.
"""

from assistant.extractive.inquiry import Inquiry
from assistant.extractive.sentences import sentences_of
from index.disputes.claims import is_proposition
from index.language.dispute_words import vocabulary
from index.language.words import Span, fold, folded_words
from index.statements import Speaker

_FEWEST = 3
"""Sentences in the first person, in nobody's words, of a page that speaks for its writer."""


def is_writer(inquiry: Inquiry, speaker: Speaker) -> bool:
    """Whether somebody is who wrote the page."""
    author = inquiry.article.author
    return author is not None and fold(speaker.name) == fold(author)


def own_sentences(inquiry: Inquiry) -> list[Span]:
    """Return the sentences of the body, below the title, that are nobody's words: no headings."""
    return [
        span
        for span in sentences_of(inquiry.article)
        if inquiry.said_in(span.start, span.end) is None
        and is_proposition(span.of(inquiry.article.text))
    ]


def speaks_for_itself(inquiry: Inquiry) -> Speaker | None:
    """Return the writer of a page in the first person; None of any other."""
    author = inquiry.article.author
    if author is None:
        return None
    own = vocabulary(inquiry.article.language).stance.self_words
    text = inquiry.article.text
    told = (folded_words(span.of(text)) for span in own_sentences(inquiry))
    if sum(any(own.holds(word) for word in words) for words in told) < _FEWEST:
        return None
    return Speaker(name=author, as_written=author)


def writer_asked_for(inquiry: Inquiry) -> Speaker | None:
    """Return who wrote the page where a question names them, or the page speaks for them."""
    asked = inquiry.question.speaker
    if asked is not None and is_writer(inquiry, asked):
        return asked
    return speaks_for_itself(inquiry)
