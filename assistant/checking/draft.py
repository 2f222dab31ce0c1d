"""The check of an answer in the page's own words: quotations at their place, in their lane.

What fails is dropped and said so in a warning.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, Sentence
from assistant.extractive.composing import Draft
from index.article import Article
from index.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The part of an answer that held, and what was dropped in words fit to show."""

    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[str, ...]


def check(draft: Draft, article: Article, statements: Sequence[Statement]) -> Checked:
    """Return a draft without the sentences that what they cite does not carry.

    Args:
        draft: Sentences that quote verbatim what they cite, or cite nothing in the lane
            `assistant`.
        article: The one it may cite.
        statements: Who says what in it; a citation that names another speaker than they do is
            not real.
    """
    real = [
        citation
        for citation in draft.citations
        if _is_real(citation, article) and _is_theirs(citation, statements)
    ]
    judged = [_judged(sentence, real) for sentence in draft.sentences]
    held = [sentence.verdict in ("supported", "counted") for sentence in judged]
    kept = tuple(
        sentence
        for place, sentence in enumerate(judged)
        if held[place] and not _introduces_nothing(judged, held, place)
    )
    dropped = held.count(False)
    return Checked(
        sentences=kept,
        citations=tuple(c for c in real if any(_carries(c, sentence) for sentence in kept)),
        warnings=(f"{dropped} sentence(s) failed the check and were dropped",) if dropped else (),
    )


def _is_theirs(citation: Citation, statements: Sequence[Statement]) -> bool:
    """Whether the speaker a citation names is one the page gives its words to.

    Where the page names nobody for these words there is nothing to compare with.
    """
    named = {
        statement.speaker.name
        for statement in statements
        if statement.source == "article"
        and statement.speaker is not None
        and statement.start < citation.end
        and citation.start < statement.end
    }
    return citation.speaker is None or not named or citation.speaker in named


def _introduces_nothing(judged: Sequence[Sentence], held: Sequence[bool], place: int) -> bool:
    """Whether a sentence is a frame and all quotations up to the next frame were dropped."""
    if judged[place].verdict != "counted" or not judged[place].text.rstrip().endswith(":"):
        return False
    following = []
    for later in range(place + 1, len(judged)):
        if judged[later].verdict == "counted":
            break
        following.append(held[later])
    return bool(following) and not any(following)


def _is_real(citation: Citation, article: Article) -> bool:
    """Whether the quoted words stand at their place, in the passage and lane that are named."""
    if citation.article != article.id:
        return False
    try:
        passage = article.passage(citation.label)
    except KeyError:
        return False
    return (
        article.text[citation.start : citation.end] == citation.quote
        and passage.start <= citation.start <= citation.end <= passage.end
        and passage.text == citation.passage_text
        and passage.source == citation.source
    )


def _judged(sentence: Sentence, real: Sequence[Citation]) -> Sentence:
    if sentence.lane == "assistant" and not sentence.citations:
        return replace(sentence, verdict="counted")
    if not sentence.citations:
        return replace(sentence, verdict="uncited")
    carried = all(
        any(citation.label == label and _carries(citation, sentence) for citation in real)
        for label in sentence.citations
    )
    return replace(sentence, verdict="supported" if carried else "unsupported")


def _carries(citation: Citation, sentence: Sentence) -> bool:
    """Whether a sentence shows the words of a citation, in the lane they come from."""
    is_reader = citation.source == "comment"
    return (
        citation.label in sentence.citations
        and citation.quote in sentence.text
        and is_reader == (sentence.lane == "readers")
    )
