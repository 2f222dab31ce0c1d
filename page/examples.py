"""The questions a newcomer may begin with, made for the article at hand."""

from collections import Counter
from typing import TYPE_CHECKING

from assistant.locale.page import Words
from page.articles import ALL_ARTICLES

if TYPE_CHECKING:
    from page.articles import OpenArticles

_LONGEST_NAME = 40


def examples(articles: "OpenArticles", article_id: str, words: Words) -> tuple[str, ...]:
    """Return questions in the page's language, one on the most quoted speaker where known."""
    questions = [words("example_disputed"), words("example_readers"), words("example_summary")]
    if article_id != ALL_ARTICLES and articles.is_ready(article_id):
        names = Counter(
            statement.speaker.name
            for statement in articles.assistant(article_id).statements()
            if statement.source == "article" and statement.speaker is not None
        )
        who = next((name for name, _ in names.most_common() if len(name) <= _LONGEST_NAME), None)
        if who is not None:
            questions.insert(1, words("example_speaker", who=who))
    return tuple(questions)
