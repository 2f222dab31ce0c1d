"""The main flow: an article and its statements -> what is disputed. Start reading here."""

from collections.abc import Sequence

from index.article import Article
from index.disputes.agreements import Sides
from index.disputes.claims import Claims
from index.disputes.contest import Contest
from index.disputes.dispute import Dispute, Stances
from index.disputes.thread import ThreadReader
from index.disputes.voices import agreements_of, disputes_of
from index.disputes.within import BodyReader
from index.language.dispute_words import vocabulary
from index.statements.statement import Statement


def find_disputes(article: Article, statements: tuple[Statement, ...]) -> tuple[Dispute, ...]:
    """Return the contested claims of an article and its thread, in reading order.

    Args:
        article: The article; its `language` chooses the lexicon.
        statements: Who said what in it, from `index.statements.find_statements`.

    Returns:
        Disputes with at least one position against the claim. What is unclear is left out.
    """
    return find_stances(article, statements).disputes


def find_stances(
    article: Article, statements: tuple[Statement, ...], *, judged: Sequence[Contest] = ()
) -> Stances:
    """Return what is disputed on a page and what is agreed with; see `find_disputes`.

    `judged` are stands that a model found, of `index.disputes.open_stands`.
    """
    known = vocabulary(article.language)
    claims = Claims.of(article, statements, known)
    of_readers, sidings = ThreadReader(article, claims, Sides(statements)).read()
    contests = [*BodyReader(claims).contests(), *of_readers, *judged]
    return Stances(disputes=disputes_of(contests), agreements=agreements_of(contests, sidings))
