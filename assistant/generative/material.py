"""What a model is shown for one question: passages within its window, and who speaks there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant import prompt
from assistant.answer import Answer
from assistant.defusing import defused
from assistant.extractive.copies import is_copy
from assistant.locale import Phrases
from assistant.question import Question
from index.article import Passage
from index.language.words import content_words, folded_words
from index.library.article_index import ArticleIndex, Evidence

_OF_ARTICLE = 8
_OF_READERS = 5
"""Passages that search adds of each lane; apart, so that many comments cannot crowd out the
article, nor the article its readers."""
_WORDS_OF_A_LINE = 14
_MOST_LINES = 16
_TOKENS_OF_A_FENCE = 30
"""Of the characters around a passage, and of the names in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    label: str
    origin: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _SpeakerLine:
    label: str
    speaker: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _DisputeLine:
    claim_label: str
    claim: str
    label: str
    challenger: str
    relation: str
    words: str


def choose(
    question: Question,
    own_words: Answer,
    article_index: ArticleIndex,
    *,
    count_tokens: Callable[[str], int],
    most_tokens: int,
) -> tuple[Passage, ...]:
    """Return the passages to show, in reading order, as many as fit.

    What the answer without a model stands on comes first, then what search finds; a comment
    with the words of another, or nearly so, is left out.
    """
    wanted = [article_index.article.passage(citation.label) for citation in own_words.citations]
    article = article_index.search(question.text, limit=_OF_ARTICLE, source="article")
    readers = article_index.search(question.text, limit=_OF_READERS, source="comment")
    wanted += [item.passage for item in _alternating(article, readers)]
    chosen: list[Passage] = []
    seen: set[tuple[str, ...]] = set()
    left = most_tokens
    for passage in dict.fromkeys(wanted):
        words = tuple(folded_words(passage.text))
        lines = _speaker_lines((passage,), article_index)
        cost = count_tokens(passage.text + "".join(line.words for line in lines))
        cost += _TOKENS_OF_A_FENCE * (1 + len(lines))
        if words in seen or cost > left or _is_told(passage, chosen):
            continue
        seen.add(words)
        left -= cost
        chosen.append(passage)
    return tuple(sorted(chosen, key=lambda passage: passage.start))


def _is_told(passage: Passage, chosen: Sequence[Passage]) -> bool:
    """Whether a comment says nearly what another comment says that is shown already."""
    if passage.source == "article":
        return False
    words = frozenset(content_words(passage.text))
    others = (other.text for other in chosen if other.source == "comment")
    return any(is_copy(words, frozenset(content_words(text))) for text in others)


def evidence(passages: Sequence[Passage], article_index: ArticleIndex, phrases: Phrases) -> str:
    """Return the part of a prompt that holds passages, their speakers and their disputes."""
    return prompt.text(
        "evidence",
        passages=[_shown(passage, article_index) for passage in passages],
        speakers=_speaker_lines(passages, article_index)[:_MOST_LINES],
        disputes=_dispute_lines(passages, article_index, phrases)[:_MOST_LINES],
    )


def _alternating(first: Sequence[Evidence], second: Sequence[Evidence]) -> Iterable[Evidence]:
    for position in range(max(len(first), len(second))):
        yield from first[position : position + 1]
        yield from second[position : position + 1]


def _shown(passage: Passage, article_index: ArticleIndex) -> _Shown:
    comment = article_index.article.comment_of(passage)
    origin = "the article"
    if comment is not None:
        origin = f"reader {comment.author or 'without a name'}, comment {comment.number}"
    return _Shown(label=passage.label, origin=_in_a_line(origin), text=defused(passage.text))


def _speaker_lines(passages: Sequence[Passage], article_index: ArticleIndex) -> list[_SpeakerLine]:
    labels = {passage.label for passage in passages}
    return [
        _SpeakerLine(
            label=statement.passage,
            speaker=_in_a_line(statement.speaker.name if statement.speaker else "unknown"),
            words=_beginning(statement.text),
        )
        for statement in article_index.statements
        if statement.source == "article" and statement.passage in labels
    ]


def _dispute_lines(
    passages: Sequence[Passage], article_index: ArticleIndex, phrases: Phrases
) -> list[_DisputeLine]:
    labels = {passage.label for passage in passages}
    lines = []
    for dispute in article_index.disputes:
        for position in dispute.contested_by:
            if {dispute.claim.passage, position.passage} <= labels:
                challenger = position.speaker.name if position.speaker else position.author
                lines.append(
                    _DisputeLine(
                        claim_label=dispute.claim.passage,
                        claim=_beginning(dispute.claim.text),
                        label=position.passage,
                        challenger=_in_a_line(challenger or "?"),
                        relation=phrases.relations[position.relation],
                        words=_beginning(position.text),
                    )
                )
    return lines


def _beginning(text: str) -> str:
    words = text.split()
    return _in_a_line(
        " ".join(words[:_WORDS_OF_A_LINE]) + (" …" if len(words) > _WORDS_OF_A_LINE else "")
    )


def _in_a_line(text: str) -> str:
    return " ".join(defused(text).replace('"', "'").split())
