"""What a sentence of a page stands behind: with it the reader knows who "she" is."""

from index.article import Article

_MOST = 260  # characters: the sentence or two before, and the end of the paragraph before


def text_before(article: Article, start: int) -> str:
    """Return what stands before a character in its part of the page, cut at a word.

    The article is one part, each comment another, which begins with its author's name.
    """
    passage = article.passage_at(start)
    comment = article.comment_of(passage)
    if comment is None or comment.start is None:
        return end_of(article.text[max(0, start - _MOST - 1) : start])
    own = article.text[max(comment.start, start - _MOST - 1) : start]
    return end_of(f"{comment.author or ''}: {own}")


def end_of(text: str) -> str:
    """Return the last words of a text.

    >>> end_of("no " * 100 + "yes") == "no " * 85 + "yes"
    True
    """
    text = " ".join(text.split())
    return text if len(text) <= _MOST else text[-_MOST:].split(" ", 1)[-1]
