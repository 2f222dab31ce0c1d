"""The writer of a page, whose words its own are where they are asked for by name.

"What does Gillmor say about opting out?" of a page that Gillmor wrote is answered by what the page
itself tells. A report has a writer too, but what it tells is not put down to them unasked.
"""

from assistant.extractive.inquiry import Inquiry
from index.language.dispute_words import is_of_self
from index.language.quotation_marks import quotations_in
from index.language.words import Span, fold
from index.library.narration import propositions, writer_alone
from index.statements import Speaker


def is_writer(inquiry: Inquiry, speaker: Speaker) -> bool:
    """Whether somebody is who wrote the page."""
    author = inquiry.article.author
    return author is not None and fold(speaker.name) == fold(author)


def own_sentences(inquiry: Inquiry) -> list[Span]:
    """Return the sentences of the body, below the title, that are nobody's words: no headings."""
    return propositions(inquiry.article, inquiry.article_index.narrated)


def writer_asked_for(inquiry: Inquiry) -> Speaker | None:
    """Return who wrote the page where a question names them, or the page speaks for them."""
    asked = inquiry.question.speaker
    if asked is not None and is_writer(inquiry, asked):
        return asked
    return inquiry.article_index.essayist


def writer_of(inquiry: Inquiry, text: str) -> Speaker | None:
    """Return who wrote a sentence that nobody says, where it or its page speaks for them.

    "In lectures I tell my students that …": whoever signed it, where the page quotes nobody else
    who says "I".
    """
    language = inquiry.article.language
    said = (s.text for s in inquiry.said if s.source == "article")
    is_own = is_of_self(text, language) and not quotations_in(text)
    if is_own and not any(is_of_self(words, language) for words in said):
        return writer_alone(inquiry.article)
    return inquiry.article_index.essayist
