"""How the author of a comment is named: some write a whole sentence where a name belongs."""

from assistant.locale import Phrases
from index.article import Comment

_LONGEST_NAME = 4


def is_name(author: str) -> bool:
    """Whether an author's name is short enough to be one: at most four words."""
    return len(author.split()) <= _LONGEST_NAME


def reader_named(comment: Comment, phrases: Phrases) -> str:
    """Return how an answer names the author of a comment.

    What is too long for a name is somebody's text: then the comment's number stands alone.
    """
    if comment.author is None or not is_name(comment.author):
        return phrases.say("anonymous_reader", number=comment.number)
    return phrases.say("reader", author=comment.author, number=comment.number)
