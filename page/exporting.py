"""A conversation to take away: to read, to check, or to hand on as one file that needs nothing."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.locale.page import Words
from page.rendering import render
from page.views.answer import answer_card

if TYPE_CHECKING:
    from index.article import Article
    from page.articles import OpenArticles
    from page.conversations import Turn

FORMS = ("markdown", "proof", "html")


def taken_away(
    articles: "OpenArticles", turns: Sequence["Turn"], form: str, words: Words
) -> tuple[str, str]:
    """Return turns of a conversation in one of `FORMS`, and the media type of that.

    The HTML holds the answers with the words they cite and runs no script: it is for sharing.

    Raises:
        ArticleError: The version of an article that answered is no longer kept.
    """
    from assistant.formats.proof import Exchange, conversation_markdown, names, proof_json

    exchanges = tuple(
        Exchange(
            answer=turn.answer,
            article=_asked(articles, turn),
            asked_at=turn.asked_at,
            opinion=turn.opinion,
        )
        for turn in turns
    )
    if form == "markdown":
        return conversation_markdown(exchanges), "text/markdown"
    if form == "html":
        cards = [answer_card(turn, words) for turn in turns]
        name = names(exchanges)
        return render("shared.html", words=words, name=name, cards=cards), "text/html"
    return json.dumps(proof_json(exchanges), ensure_ascii=False, indent=1), "application/json"


def _asked(articles: "OpenArticles", turn: "Turn") -> "Article | None":
    """Return the article that answered, in the version that did; None for a whole library."""
    if turn.version is None:
        return None
    cited = next((citation.article for citation in turn.answer.citations), turn.article)
    return articles.library.article(cited, version=turn.version)
