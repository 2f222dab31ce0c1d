"""Article <-> the JSON of `assistant show --json`, the form in which articles are stored.

Reading the JSON back gives the same article, and checks that every span holds the words it
claims. Articles written by hand, without offsets, are read by `index.reading.own_json`.
"""

from typing import Any

from index.article import Article, Comment
from index.errors import UnreadableArticleError
from index.json_codec import from_json, to_json


def article_to_json(article: Article) -> dict[str, Any]:
    """Return an article as JSON values: what `show --json` prints under "article"."""
    return {
        **to_json(article, without=("comments", "warnings")),
        "comments": [_comment_to_json(comment) for comment in article.comments],
        "warnings": list(article.warnings),
    }


def article_from_json(record: dict[str, Any]) -> Article:
    """Return the article that `article_to_json` made the record of.

    Raises:
        UnreadableArticleError: A field is missing, or a span does not hold its words.
    """
    try:
        article = from_json(Article, record)
        _check(article)
    except ValueError as error:
        raise UnreadableArticleError(
            f"this is not an article as `assistant show --json` prints it: {error}"
        ) from error
    return article


def _comment_to_json(comment: Comment) -> dict[str, Any]:
    record = to_json(comment)
    quoted = record.pop("quoted")
    return {
        "number": comment.number,
        "label": comment.label,
        **record,
        "quotes": list(comment.quotes),
        "quoted": quoted,
    }


def _check(article: Article) -> None:
    for name in (article.id, article.version):
        # subtle: ids become names of folders.
        if not name.isalnum() or not name.isascii():
            raise ValueError("id and version are made of letters and digits")
    labels = {passage.label for passage in article.passages}
    if len(labels) != len(article.passages):
        raise ValueError("two passages have the same label")
    if not labels:
        raise ValueError("it has no passages")
    position = 0
    for passage in article.passages:
        if not position <= passage.start < passage.end:
            raise ValueError(f"passage {passage.label} is out of order")
        if article.text[passage.start : passage.end] != passage.text:
            raise ValueError(f"passage {passage.label} does not hold the words of its span")
        position = passage.end
    numbers = {comment.number for comment in article.comments}
    if len(numbers) != len(article.comments):
        raise ValueError("two comments have the same number")
    for comment in article.comments:
        if comment.parent is not None and comment.parent not in numbers:
            raise ValueError(f"comment {comment.number} replies to an unknown comment")
        _check_comment(article, comment, labels)


def _check_comment(article: Article, comment: Comment, labels: set[str]) -> None:
    start, end = comment.start, comment.end
    if start is None or end is None:
        if comment.text is not None or comment.quoted:
            raise ValueError(f"comment {comment.number} has words but no span")
        return
    if comment.label not in labels:
        raise ValueError(f"comment {comment.number} has no passage")
    if start < 0 or article.text[start:end] != comment.text:
        raise ValueError(f"comment {comment.number} does not hold the words of its span")
    for words in comment.quoted:
        if not start <= words.start < words.end <= end:
            raise ValueError(f"comment {comment.number} quotes words outside its span")
        if words.passage is not None and words.passage not in labels:
            raise ValueError(f"comment {comment.number} quotes an unknown passage")
