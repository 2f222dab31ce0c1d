"""A conversation to take away: to read, to check, or to hand on as one file that needs nothing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import AssistantError
from assistant.locale.page import Words
from page.rendering import render
from page.views.answer import answer_card, chip

if TYPE_CHECKING:
    from assistant.formats.proof import Pin
    from index.article import Article
    from page.articles import OpenArticles
    from page.conversations import Turn

FORMS = ("markdown", "proof", "html")


class _Given(BaseModel):
    """A note as the page hands it over: on a turn, or on words of an article."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=10_000)]
    turn: int | None = None
    article: str = ""
    version: str = ""
    start: Annotated[int, Field(ge=0)] = 0
    end: Annotated[int, Field(ge=0)] = 0


_GIVEN = TypeAdapter(Annotated[list[_Given], Field(max_length=500)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What a reader wrote on answers, by the number of the turn, and on words of articles."""

    on_turns: dict[int, str]
    pins: "tuple[Pin, ...]"


def notes_of(articles: "OpenArticles", given: Any) -> Notes:
    """Return notes as the page hands them over; pinned words are the article's own.

    Raises:
        ArticleError: The version of an article that was noted on is no longer kept.
        AssistantError: They are no notes.
    """
    from assistant.formats.proof import Pin

    try:
        notes = _GIVEN.validate_python(given or [])
    except ValidationError as error:
        raise AssistantError(f"these are no notes: {error.error_count()} faults") from error
    pins = []
    for note in notes:
        if note.start < note.end:
            article = articles.library.article(note.article, version=note.version)
            if note.end > len(article.text):
                raise AssistantError("a note is on words that the article does not have")
            pins.append(Pin(article=article, start=note.start, end=note.end, text=note.text))
    return Notes(on_turns={n.turn: n.text for n in notes if n.turn is not None}, pins=tuple(pins))


def taken_away(
    articles: "OpenArticles", turns: Sequence["Turn"], form: str, words: Words, notes: Notes
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
            note=notes.on_turns.get(turn.number, ""),
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
            cards=[answer_card(turn, words) for turn in turns],
            notes=notes.on_turns,
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
