"""What a model is shown: the whole page in its order, or as much of it as its window holds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.defusing import defused
from assistant.extractive.copies import is_copy
from assistant.question import Question
from index.article import Passage
from index.language.words import content_words
from index.library.article_index import ArticleIndex, Evidence

_OF_ARTICLE = 24
_OF_READERS = 16
"""Passages that search adds of each lane where the page is too long; apart, so that many comments
cannot crowd out the article, nor the article its readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A passage as it stands in a prompt; `by` names the reader who wrote it."""

    label: str
    by: str
    text: str

    @property
    def fenced(self) -> str:
        """The passage as the prompts write it."""
        return f'<passage label="{self.label}"{self.by}>\n{self.text}\n</passage>\n'


def choose(
    question: Question,
    own_words: Answer,
    article_index: ArticleIndex,
    *,
    count_tokens: Callable[[str], int],
    most_tokens: int,
) -> tuple[Passage, ...]:
    """Return the passages to show, in reading order: all of them where they fit.

    Else what the answer without a model stands on comes first, then what search finds. A comment
    with the words of another, or nearly so, is left out either way.
    """
    page = article_index.article.passages
    whole = told_once(page, article_index, count_tokens, most_tokens)
    if whole is not None:
        return whole
    wanted = [article_index.article.passage(citation.label) for citation in own_words.citations]
    article = article_index.search(question.text, limit=_OF_ARTICLE, source="article")
    readers = article_index.search(question.text, limit=_OF_READERS, source="comment")
    wanted += [item.passage for item in _alternating(article, readers)]
    chosen: list[Passage] = []
    left = most_tokens
    for passage in dict.fromkeys(wanted):
        cost = count_tokens(_shown(passage, article_index).fenced)
        if cost <= left and not _is_told(passage, chosen):
            left -= cost
            chosen.append(passage)
    return tuple(sorted(chosen, key=lambda passage: passage.start))


def told_once(
    passages: Sequence[Passage],
    article_index: ArticleIndex,
    count_tokens: Callable[[str], int],
    most_tokens: int,
) -> tuple[Passage, ...] | None:
    """Return all passages but copies, None where they do not fit."""
    chosen: list[Passage] = []
    for passage in passages:
        if _is_told(passage, chosen):
            continue
        most_tokens -= count_tokens(_shown(passage, article_index).fenced)
        if most_tokens < 0:
            return None
        chosen.append(passage)
    return tuple(chosen)


def shown(passages: Sequence[Passage], article_index: ArticleIndex) -> list[Shown]:
    """Return passages as they stand in a prompt."""
    return [_shown(passage, article_index) for passage in passages]


def _is_told(passage: Passage, chosen: Sequence[Passage]) -> bool:
    """Whether a comment says nearly what another comment says that is shown already."""
    if passage.source == "article":
        return False
    words = frozenset(content_words(passage.text))
    others = (other.text for other in chosen if other.source == "comment")
    return any(is_copy(words, frozenset(content_words(text))) for text in others)


def _alternating(first: Sequence[Evidence], second: Sequence[Evidence]) -> Iterable[Evidence]:
    for position in range(max(len(first), len(second))):
        yield from first[position : position + 1]
        yield from second[position : position + 1]


def _shown(passage: Passage, article_index: ArticleIndex) -> Shown:
    comment = article_index.article.comment_of(passage)
    by = ""
    if comment is not None:
        author = " ".join(defused(comment.author or "").replace('"', "'").split())
        by = f' by="reader {author}"' if author else ' by="a reader"'
    return Shown(label=passage.label, by=by, text=defused(passage.text))
