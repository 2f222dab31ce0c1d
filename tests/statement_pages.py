"""Pages that the tests of who-said-what are written on: a text becomes an article at once."""

from index.article import Article, Comment, Passage, QuotedWords
from index.statements import Statement, find_statements


def page(
    *paragraphs: str,
    language: str = "fr",
    set_off: tuple[int, ...] = (),
    comments: tuple[Comment, ...] = (),
) -> Article:
    """Return an article of the paragraphs; those numbered in `set_off` are set-off quotations."""
    passages: list[Passage] = []
    text = ""
    for number, paragraph in enumerate(paragraphs):
        text += "\n\n" if text else ""
        start = len(text)
        text += paragraph
        passages.append(
            Passage(
                label=f"A{number + 1}",
                source="article",
                kind="quotation" if number in set_off else "paragraph",
                start=start,
                end=len(text),
                text=paragraph,
            )
        )
    return Article(
        id="page",
        version="1",
        source_key="page",
        title=None,
        language=language,
        outlet=None,
        author=None,
        url=None,
        published_at=None,
        text=text,
        passages=tuple(passages),
        comments=comments,
    )


def with_comments(article: Article, *written: tuple[str | None, str, str | None]) -> Article:
    """Return the article with comments: author, text, and the words of it that are quoted."""
    text = article.text
    passages, comments = list(article.passages), []
    for number, (author, words, quoted) in enumerate(written, 1):
        start = len(text) + 2
        text += "\n\n" + words
        at = words.index(quoted) + start if quoted else None
        spans = ()
        if at is not None and quoted:
            spans = (QuotedWords(start=at, end=at + len(quoted), passage="A1"),)
        passages.append(
            Passage(
                label=f"C{number}",
                source="comment",
                kind="comment",
                start=start,
                end=len(text),
                text=words,
            )
        )
        comments.append(
            Comment(
                number=str(number),
                parent=None,
                author=author,
                posted_at=None,
                posted_at_text=None,
                score=None,
                deleted=False,
                start=start,
                end=len(text),
                text=words,
                quoted=spans,
            )
        )
    return Article(
        id="page",
        version="1",
        source_key="page",
        title=None,
        language=article.language,
        outlet=None,
        author=None,
        url=None,
        published_at=None,
        text=text,
        passages=tuple(passages),
        comments=tuple(comments),
    )


def said(*paragraphs: str, language: str = "fr", set_off: tuple[int, ...] = ()) -> list[
    tuple[str | None, str, str]
]:
    """Return speaker, manner and words of each statement of a page."""
    return [shown(item) for item in find_statements(page(*paragraphs, language=language, set_off=set_off))]


def shown(statement: Statement) -> tuple[str | None, str, str]:
    """Return speaker, manner and words of a statement."""
    name = statement.speaker.name if statement.speaker else None
    return name, statement.manner, statement.text
