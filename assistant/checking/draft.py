"""The check of an answer in the page's own words: quotations at their place, in their lane.

What fails is dropped and said so in a warning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, Sentence
from assistant.extractive.composing import Draft
from index.article import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The part of an answer that held, and what was dropped in words fit to show."""

    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[str, ...]


def check(draft: Draft, articles: Mapping[str, Article]) -> Checked:
    """Return a draft without the sentences that what they cite does not carry.

    Args:
        draft: Sentences that quote verbatim what they cite, or cite nothing in the lane
            `assistant`.
        articles: The articles it may cite, by id.
    """
    real = [c for c in draft.citations if is_real(c, articles.get(c.article))]
    judged = [_judged(sentence, real) for sentence in draft.sentences]
    kept = tuple(s for s in judged if s.verdict in ("supported", "counted"))
    dropped = len(judged) - len(kept)
    return Checked(
        sentences=kept,
        citations=tuple(c for c in real if any(_carries(c, sentence) for sentence in kept)),
        warnings=(f"{dropped} sentence(s) failed the check and were dropped",) if dropped else (),
    )


def is_real(citation: Citation, article: Article | None) -> bool:
    """Whether the quoted words stand at their place, in the passage and lane that are named."""
    if article is None:
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
