"""The questions a newcomer may begin with, made for the article at hand."""

from collections import Counter
from typing import TYPE_CHECKING

from page.desk import ALL_ARTICLES
from page.words import Words

if TYPE_CHECKING:
    from page.desk import Desk

_LONGEST_NAME = 40


def examples(desk: "Desk", article_id: str, words: Words) -> tuple[str, ...]:
    """Return questions in the page's language, one on the most quoted speaker where known."""
    questions = [words("example_disputed"), words("example_readers"), words("example_summary")]
    if article_id != ALL_ARTICLES and desk.is_ready(article_id):
        names = Counter(
            statement.speaker.name
            for statement in desk.assistant(article_id).statements()
            if statement.source == "article" and statement.speaker is not None
        )
        who = next((name for name, _ in names.most_common() if len(name) <= _LONGEST_NAME), None)
        if who is not None:
            questions.insert(1, words("example_speaker", who=who))
    return tuple(questions)
