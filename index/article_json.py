"""Article <-> the JSON of `assistant show --json`, the form in which articles are stored.

Reading the JSON back gives the same article, and checks that every span holds the words it
claims. Articles written by hand, without offsets, are read by `index.reading.own_json`.
"""

from datetime import datetime
from typing import Any

from index.article import Article, Comment, Passage, QuotedWords
from index.errors import UnreadableArticleError


def article_to_json(article: Article) -> dict[str, Any]:
    """Return an article as JSON values: what `show --json` prints under "article"."""
    return {
        "id": article.id,
        "version": article.version,
        "source_key": article.source_key,
        "title": article.title,
        "language": article.language,
        "outlet": article.outlet,
        "author": article.author,
        "published_at": _written(article.published_at),
        "url": article.url,
        "text": article.text,
        "reported_comment_count": article.reported_comment_count,
        "passages": [
            {
                "label": passage.label,
                "source": passage.source,
                "kind": passage.kind,
                "start": passage.start,
                "end": passage.end,
                "text": passage.text,
            }
            for passage in article.passages
        ],
        "comments": [_comment_to_json(comment) for comment in article.comments],
        "warnings": list(article.warnings),
    }


def article_from_json(record: dict[str, Any]) -> Article:
    """Return the article that `article_to_json` made the record of.

    Raises:
        UnreadableArticleError: A field is missing, or a span does not hold its words.
    """
    try:
        article = Article(
            id=_identifier(record["id"]),
            version=_identifier(record["version"]),
            source_key=record["source_key"],
            title=record["title"],
            language=record["language"],
            outlet=record["outlet"],
            author=record["author"],
            url=record["url"],
            published_at=_read(record["published_at"]),
            text=record["text"],
            passages=tuple(Passage(**passage) for passage in record["passages"]),
            comments=tuple(_comment_from_json(comment) for comment in record["comments"]),
            reported_comment_count=record["reported_comment_count"],
            warnings=tuple(record.get("warnings", ())),
        )
        _check(article)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableArticleError(
            f"this is not an article as `assistant show --json` prints it: {_said(error)}"
        ) from error
    return article


def _comment_to_json(comment: Comment) -> dict[str, Any]:
    return {
        "number": comment.number,
        "label": comment.label,
        "author": comment.author,
        "posted_at": _written(comment.posted_at),
        "posted_at_text": comment.posted_at_text,
        "score": comment.score,
        "deleted": comment.deleted,
        "parent": comment.parent,
        "start": comment.start,
        "end": comment.end,
        "text": comment.text,
        "quotes": list(comment.quotes),
        "quoted": [
            {"start": words.start, "end": words.end, "passage": words.passage}
            for words in comment.quoted
        ],
    }


def _comment_from_json(record: dict[str, Any]) -> Comment:
    return Comment(
        number=record["number"],
        parent=record["parent"],
        author=record["author"],
        posted_at=_read(record["posted_at"]),
        posted_at_text=record["posted_at_text"],
        score=record["score"],
        deleted=record["deleted"],
        start=record["start"],
        end=record["end"],
        text=record["text"],
        quoted=tuple(QuotedWords(**words) for words in record["quoted"]),
    )


def _check(article: Article) -> None:
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


def _identifier(value: Any) -> str:
    # subtle: ids become names of folders.
    if not isinstance(value, str) or not value.isalnum() or not value.isascii():
        raise ValueError("id and version are made of letters and digits")
    return value


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _read(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)


def _said(error: Exception) -> str:
    return f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
