"""How a statement is quoted: its words or its whole sentence, and what turns it behind it."""

from collections.abc import Sequence

from assistant.extractive.inquiry import Inquiry
from assistant.extractive.sentences import sentence_around
from assistant.extractive.turns import quote_turn
from index.article import Article
from index.statements import Statement


def quote_statement(statement: Statement, inquiry: Inquiry, *, lead: str | None = None) -> bool:
    """Quote a statement, and the sentence after it where that turns it.

    Its words where they are direct, its whole sentence where they are reported.
    """
    start, end = shown_span(statement, inquiry.article)
    # Of a comment its author is told, who is no speaker of the article.
    speaker = statement.speaker if statement.source == "article" else None
    added = inquiry.composer.quote(start, end, speaker=speaker, lead=lead)
    if added:
        quote_turn(inquiry, end)
    return added


def shown_span(statement: Statement, article: Article) -> tuple[int, int]:
    if statement.manner == "direct" or statement.passage == "A0":
        return statement.start, statement.end
    return sentence_around(article, statement.start, statement.end)


def apart(statements: Sequence[Statement], article: Article) -> list[Statement]:
    """Return the statements but for those whose words are shown with a longer one anyway."""
    shown = [shown_span(statement, article) for statement in statements]
    return [
        statement
        for statement, (start, end) in zip(statements, shown, strict=True)
        if not any(
            other_start <= start and end <= other_end and (end - start) < (other_end - other_start)
            for other_start, other_end in shown
        )
    ]
