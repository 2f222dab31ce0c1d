"""The thread as statements: a comment's own words are those of its author.

What a comment quotes stays with whoever said it first, so it is no statement here.
"""

from collections.abc import Iterator

from index.article import Article
from index.statements.statement import Speaker, Statement


def comment_statements(article: Article) -> Iterator[Statement]:
    """Yield one statement per stretch of own words of each live comment."""
    for comment in article.live_comments():
        author = (comment.author or "").strip()
        speaker = Speaker(name=author, as_written=author) if author else None
        for start, end in comment.own_spans():
            while start < end and article.text[start].isspace():
                start += 1
            while start < end and article.text[end - 1].isspace():
                end -= 1
            if start == end:
                continue
            yield Statement(
                speaker=speaker,
                manner="comment",
                start=start,
                end=end,
                text=article.text[start:end],
                cue=None,
                passage=article.passage_at(start).label,
                source="comment",
            )
