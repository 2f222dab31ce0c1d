"""A local model as judge of stance: how comments stand whose stand the rules leave open.

A position counts if two ways of asking agree on its side and its words stand in the comment. A
model that misreads pairs whose stand is plain is asked nothing more: a weak one does no harm, a
better one finds more. What it found is kept with the version of the article.
"""

import hashlib
import json
import tomllib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, TypeVar

from assistant import prompt
from assistant.checking.places import place_of
from assistant.defusing import defused
from assistant.errors import UnusableReplyError
from assistant.model import ChatModel, whole_reply
from index.article import Article
from index.disputes import OpenStand, Relation, find_stances, open_stands, taking
from index.library import durable
from index.library.article_index import ArticleIndex
from index.library.library import Library

Side = Literal["for", "against", "none"]
Item = TypeVar("Item")

_BATCH = 5
_MOST_MISSED = 1
"""Of the ten control pairs."""
_LONGEST_COMMENT, _LONGEST_WORDS = 800, 240
"""Characters of a comment that are shown, and of the words that show its stand."""
_RELATIONS: dict[str, Relation] = {
    "contests": "contradicts",
    "corrects": "counters",
    "questions": "questions",
    "mocks": "mocks",
    "qualifies": "objects",
    "supports": "supports",
}
_AGAIN: dict[str, Side] = {"open": "none", "right": "for", "wrong": "against"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of the comments whose stand is open are judged."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A claim and a comment on it as they stand in a prompt."""

    number: int
    claim: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What both askings agree on; None for no stand, or none that both see."""

    relation: Relation | None
    words: str

    @property
    def side(self) -> Side:
        if self.relation is None:
            return "none"
        return "for" if self.relation == "supports" else "against"


def judge_stances(
    page: ArticleIndex, model: ChatModel, library: Library
) -> Generator[Progress, None, None]:
    """Judge the comments of a page whose stand is open, and take what is found into the page.

    Each batch is kept when it is judged: closing the generator loses no more than one.

    Args:
        page: Its disputes and agreements hold the stands that are found, when this ends.
        model: Must be able to fill a schema; one that cannot judges nothing.
        library: Where the judgements are kept.

    Raises:
        AssistantError: The model does not answer, or not in time.
    """
    article = page.article
    rules = find_stances(article, page.statements)
    stands = open_stands(article, page.statements, rules)
    kept = _Kept(library, article, model)
    missing = [stand for stand in stands if stand.key not in kept.found]
    yield Progress(done=len(stands) - len(missing), total=len(stands))
    if missing and model.fills_schema and kept.may_judge(model):
        for batch in _batches(missing):
            pairs = [(stand.claim.text, _own_words(stand, article)) for stand in batch]
            for stand, judged in zip(batch, _judged(pairs, model), strict=True):
                kept.found[stand.key] = _placed(stand, judged, article)
            kept.save()
            yield Progress(done=len(kept.found), total=len(stands))
    taken = [
        taking(stand, start=start, end=end, relation=relation, article=article, by=model.name)
        for stand in stands
        if (found := kept.found.get(stand.key)) is not None
        for start, end, relation in [found]
    ]
    page.take_stances(find_stances(article, page.statements, judged=taken) if taken else rules)


def sides(pairs: Sequence[tuple[str, str]], model: ChatModel) -> tuple[Side, ...]:
    """Return how comments stand to claims, each given as (claim, comment)."""
    return tuple(judged.side for batch in _batches(pairs) for judged in _judged(batch, model))


@cache
def control_pairs() -> tuple[tuple[str, str, Side], ...]:
    """Return the pairs whose stand is plain: claim, comment and side."""
    read = tomllib.loads(resources.files("assistant").joinpath("stance_controls.toml").read_text())
    return tuple((pair["claim"], pair["comment"], pair["side"]) for pair in read["pairs"])


class _Kept:
    """The judgements of one model on one version of an article, as they are kept."""

    def __init__(self, library: Library, article: Article, model: ChatModel) -> None:
        name = hashlib.sha256(model.name.encode()).hexdigest()[:16]
        self._file = library.derived_place(article, f"stances-{name}.json")
        self._library = library
        self.found: dict[str, tuple[int, int, Relation] | None] = {}
        self._is_fit: bool | None = None
        try:
            read = json.loads(self._file.read_bytes())
            self._is_fit = bool(read["is_fit"])
            self.found = {key: tuple(v) if v else None for key, v in read["found"].items()}
        except (OSError, ValueError, KeyError, TypeError):
            return

    def may_judge(self, model: ChatModel) -> bool:
        """Whether a model reads the control pairs rightly; asked once."""
        if self._is_fit is None:
            known = control_pairs()
            read = sides([(claim, comment) for claim, comment, _ in known], model)
            missed = sum(side != right for side, (_, _, right) in zip(read, known, strict=True))
            self._is_fit = missed <= _MOST_MISSED
            self.save()
        return self._is_fit

    def save(self) -> None:
        content = json.dumps({"is_fit": self._is_fit, "found": self.found}).encode()
        self._library.keep(lambda: durable.replace_file(self._file, content, flushed=False))


def _judged(pairs: Sequence[tuple[str, str]], model: ChatModel) -> list[_Judged]:
    """Return what two askings agree on; the second asks the other way round and backwards."""
    stances = ("none", *_RELATIONS)
    answer = {
        "words": {"type": "string", "maxLength": _LONGEST_WORDS},
        "stance": {"type": "string", "enum": list(stances)},
    }
    first = _asked("stance", pairs, model, _object(answer))
    again = _asked("stance_again", pairs[::-1], model, {"type": "string", "enum": list(_AGAIN)})
    found = []
    for said, second in zip(first, again[::-1], strict=True):
        said = said if isinstance(said, dict) else {}
        judged = _Judged(
            relation=_RELATIONS.get(str(said.get("stance"))), words=str(said.get("words", ""))
        )
        agree = judged.side == _AGAIN.get(str(second))
        found.append(judged if agree else _Judged(relation=None, words=""))
    return found


def _asked(
    template: str, pairs: Sequence[tuple[str, str]], model: ChatModel, answer: dict[str, Any]
) -> list[Any]:
    """Return the answer for each pair, None where the reply lacks it."""
    shown = [
        Pair(number=number, claim=defused(claim), comment=defused(comment[:_LONGEST_COMMENT]))
        for number, (claim, comment) in enumerate(pairs, start=1)
    ]
    form = _object({str(pair.number): answer for pair in shown})
    reply = whole_reply(model, prompt.messages(template, pairs=shown), schema=form)
    try:
        read = json.loads(reply)
    except ValueError:
        raise UnusableReplyError(f"the model {model.name} filled no schema", reply=reply) from None
    return [read.get(str(pair.number)) if isinstance(read, dict) else None for pair in shown]


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _own_words(stand: OpenStand, article: Article) -> str:
    return " ".join(article.text[start:end] for start, end in stand.comment.own_spans())


def _placed(
    stand: OpenStand, judged: _Judged, article: Article
) -> tuple[int, int, Relation] | None:
    """Return where the words that show a stand begin and end, None where they stand nowhere."""
    words = judged.words.strip().rstrip(".,;")
    if judged.relation is None or not words:
        return None
    for passage in article.passages:
        if article.comment_of(passage) != stand.comment:
            continue
        start = place_of(words, passage)
        if start is not None and any(a <= start < b for a, b in stand.comment.own_spans()):
            return start, start + len(words), judged.relation
    return None
