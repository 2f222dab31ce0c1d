"""How the author of a comment is named: some write a whole sentence where a name belongs."""

from assistant.phrases import Phrases
from index.article import Comment
from index.words import word_spans

_LONGEST_NAME = 4
_SHOWN = 40


def is_name(author: str) -> bool:
    """Whether an author's name is short enough to be one: at most four words."""
    return len(list(word_spans(author))) <= _LONGEST_NAME


def reader_named(comment: Comment, phrases: Phrases) -> str:
    """Return how an answer names the author of a comment.

    What is too long for a name stands in quotation marks, cut: it is somebody's text.
    """
    if comment.author is None:
        return phrases.say("anonymous_reader", number=comment.number)
    author = comment.author
    if not is_name(author):
        cut = author if len(author) <= _SHOWN else f"{author[:_SHOWN].rstrip()} …"
        author = phrases.quoted(cut)
    return phrases.say("reader", author=author, number=comment.number)
