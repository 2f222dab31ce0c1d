"""A conversation to take away: to read, to check, or to hand on as one file that needs nothing."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.errors import AssistantError
from assistant.locale.page import Words
from page.keeping import ENTRIES
from page.rendering import render
from page.views.answer import answer_card, chip

if TYPE_CHECKING:
    from assistant.formats.proof import Pin
    from index.article import Article
    from page.articles import OpenArticles
    from page.conversations import Talk, Turn

FORMS = ("markdown", "proof", "html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What a reader wrote on answers, by their question, and on words of articles."""

    on_questions: dict[str, str]
    pins: "tuple[Pin, ...]"


def notes_of(articles: "OpenArticles", given: Any) -> Notes:
    """Return notes as the browser keeps them; pinned words are the article's own.

    Raises:
        ArticleError: The version of an article that was noted on is no longer kept.
        AssistantError: They are no notes.
    """
    from assistant.formats.proof import Pin

    try:
        notes = ENTRIES.validate_python(given or [])
    except ValidationError as error:
        raise AssistantError(f"these are no notes: {error.error_count()} faults") from error
    pins = []
    for note in notes:
        if note.start < note.end:
            article = articles.library.article(note.article, version=note.version)
            if note.end > len(article.text):
                raise AssistantError("a note is on words that the article does not have")
            pins.append(Pin(article=article, start=note.start, end=note.end, text=note.text))
    return Notes(on_questions={n.question: n.text for n in notes if n.question}, pins=tuple(pins))


def taken_away(
    articles: "OpenArticles", talk: "Talk", form: str, words: Words, given: Any
) -> tuple[str, str]:
    """Return a conversation with the notes given on it in one of `FORMS`, and its media type.

    The HTML holds the answers with the words they cite and runs no script: it is for sharing.

    Raises:
        ArticleError: The version of an article that answered is no longer kept.
        AssistantError: What is given are no notes.
    """
    from assistant.formats.proof import Exchange, conversation_markdown, names, proof_json

    notes, turns = notes_of(articles, given), talk.turns
    # A question that was asked twice has its note where it stands last.
    noted = {turn.answer.question: turn.number for turn in turns}
    on_turns = {noted[q]: text for q, text in notes.on_questions.items() if q in noted}
    exchanges = tuple(
        Exchange(
            answer=turn.answer,
            article=_asked(articles, turn),
            asked_at=turn.asked_at,
            opinion=turn.opinion,
            note=on_turns.get(turn.number, ""),
        )
        for turn in turns
    )
    if form == "markdown":
        markdown = conversation_markdown(exchanges, notes.pins, heading=words("tab_notes"))
        return markdown, "text/markdown"
    if form == "html":
        html = render(
            "shared.html",
            words=words,
            name=names(exchanges),
            cards=[(turn.number, answer_card(turn.answer, words)) for turn in turns],
            notes=on_turns,
            pins=[(chip(pin.citation, words), pin.text) for pin in notes.pins],
        )
        return html, "text/html"
    proof = proof_json(exchanges, notes.pins)
    return json.dumps(proof, ensure_ascii=False, indent=1), "application/json"


def _asked(articles: "OpenArticles", turn: "Turn") -> "Article | None":
    """Return the article that answered, in the version that did; None for a whole library."""
    if turn.version is None:
        return None
    cited = next((citation.article for citation in turn.answer.citations), turn.article)
    return articles.library.article(cited, version=turn.version)
