"""Material for replies of a language model: pages, their sentences, and who says what there.

Speakers are found here by a few plain patterns of our own, so that what is measured does not
stand on what the product found.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from benchmarks.material import tables
from index.article import Passage
from index.language.sentences import sentence_spans
from index.library.article_index import ArticleIndex

_SHORTEST, _LONGEST = 40, 260
_SHOWN = 8
"""Passages that a model is shown."""

NAME = (
    r"[A-ZÀ-ÖØ-Þ][\w’'-]*[\wà-ÿ]"
    r"(?:,? (?:(?:de|du|van|von|der|al) )?[A-ZÀ-ÖØ-Þ][\w’'-]*[\wà-ÿ]){0,3}"
).replace(",? ", " ")
_EN_VERB = r"(?:said|says|wrote|writes|added|answered|explained|argued|claimed|warned|stated)"
_FR_VERB = (
    r"(?:a (?:déclaré|dit|répondu|affirmé|expliqué|écrit|précisé|estimé|souligné)"
    r"|déclare|dit|répond|affirme|explique|écrit|précise|estime|souligne|assure)"
)
_ROLE = r"(?:(?:l[ea]s? |l['’]|the |its |son |sa )[^,.“”«»]{3,60},? )?"
_QUOTED = (
    re.compile(
        rf"[“\"](?P<words>[^“”\"]{{15,300}}?)[,.!?]*[”\"],? {_EN_VERB} {_ROLE}(?P<name>{NAME})"
    ),
    re.compile(rf"[“\"](?P<words>[^“”\"]{{15,300}}?)[,.!?]*[”\"],? (?P<name>{NAME}) {_EN_VERB}"),
    re.compile(rf"[“\"](?P<words>[^“”\"]{{15,300}}?)[,.!?]*[”\"],? (?P<name>{NAME}) told"),
    re.compile(rf"«\s?(?P<words>[^«»]{{15,300}}?)[,.!?]*\s?»,? {_FR_VERB} {_ROLE}(?P<name>{NAME})"),
    re.compile(rf"(?P<name>{NAME}) {_EN_VERB}[:,] [“\"](?P<words>[^“”\"]{{15,300}}?)[,.!?]*[”\"]"),
    re.compile(rf"(?P<name>{NAME}) {_FR_VERB} : «\s?(?P<words>[^«»]{{15,300}}?)[,.!?]*\s?»"),
)
_REPORTED = (
    re.compile(rf"(?P<name>{NAME})(?:, [a-z][^,.“”]{{3,60}},)? {_EN_VERB} that (?P<words>[^.“”\"]{{20,200}})\."),  # noqa: E501
    re.compile(rf"According to (?P<name>{NAME}), (?P<words>[^.“”\"]{{20,200}})\."),
    re.compile(rf"(?P<name>{NAME})(?:, [a-z][^,.«»]{{3,60}},)? {_FR_VERB} qu(?:e |')(?P<words>[^.«»]{{20,200}})\."),  # noqa: E501
    re.compile(rf"Selon (?P<name>{NAME}), (?P<words>[^.«»]{{20,200}})\."),
)  # fmt: skip
OPENERS = frozenset(tables("replies")["openers"])
"""Words that are no part of a name: their capital is that of a sentence's beginning."""
_NO_NAMES = OPENERS | frozenset(tables("replies")["no_names"])
_FULL_NAME = re.compile(
    r"(?<![.!?] )(?<!^)\b[A-ZÀ-Þ][a-zà-ÿ]{2,}(?: (?:de |van |von )?[A-ZÀ-Þ][a-zà-ÿ]{2,})+\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of a passage, as published."""

    passage: Passage
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words that somebody says on a page; `is_quoted` if they stand in quotation marks."""

    passage: Passage
    name: str
    words: str
    is_quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One sentence as a model might write it, without its marker.

    `cited` is the label the model gives, `carried_by` that of the passage the sentence was made
    from; `kind` is how it was made.
    """

    kind: str
    is_faithful: bool
    text: str
    cited: str
    carried_by: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page with what sentences are made of."""

    index: ArticleIndex
    has_thread: bool

    @property
    def language(self) -> str:
        """ISO 639-1 code of the page."""
        return self.index.article.language

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The sentences of the article itself, neither very short nor very long."""
        return tuple(_lines(p for p in self.index.article.body() if p.kind == "paragraph"))

    @cached_property
    def reader_lines(self) -> tuple[Line, ...]:
        """The sentences of readers, without what they repeat of others."""
        article = self.index.article
        lines = []
        for comment in article.live_comments():
            for start, end in comment.own_spans():
                for span in sentence_spans(article.text, start, end):
                    text = span.of(article.text)
                    if 25 <= len(text) <= _LONGEST:
                        lines.append(Line(passage=article.passage_at(span.start), text=text))
        return tuple(lines)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Who says what in the article, where a plain pattern shows it."""
        return tuple(_said(self.index.article.body()))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of people and things in the article, in order, each once."""
        text = "\n".join(passage.text for passage in self.index.article.body())
        found = [said.name for said in self.said] + _FULL_NAME.findall(text)
        return tuple(dict.fromkeys(name for name in found if name.split()[0] not in _NO_NAMES))

    def author_of(self, passage: Passage) -> str | None:
        """Return the author of the comment a passage belongs to."""
        comment = self.index.article.comment_of(passage)
        return comment.author if comment else None

    def shown(self, reply: Reply, choose: random.Random) -> tuple[Passage, ...]:
        """Return the passages a model was shown, with those it needs and cites among them."""
        passages = self.index.article.passages
        needed = {reply.cited, reply.carried_by}
        others = [p for p in passages if p.label not in needed]
        picked = {p.label for p in choose.sample(others, min(_SHOWN - len(needed), len(others)))}
        return tuple(p for p in passages if p.label in needed or p.label in picked)


def other_names(name: str, names: Sequence[str]) -> list[str]:
    """Return the names that share no word with one of them."""
    words = set(name.casefold().replace("-", " ").split())
    return [n for n in names if not words & set(n.casefold().replace("-", " ").split())]


def _lines(passages: Iterator[Passage]) -> Iterator[Line]:
    for passage in passages:
        for span in sentence_spans(passage.text):
            text = span.of(passage.text)
            if not (_is_whole(text) and _is_whole(passage.text[: span.start])):
                continue
            if _SHORTEST <= len(text) <= _LONGEST and text[0].isupper() and text[-1] in ".”»":
                yield Line(passage=passage, text=text)


def _is_whole(text: str) -> bool:
    """Whether a sentence stands in no quotation that goes on before or after it."""
    return text.count("«") == text.count("»") and (
        text.count("“") == text.count("”") and text.count('"') % 2 == 0
    )


def _said(passages: Iterator[Passage]) -> Iterator[Said]:
    for passage in passages:
        for patterns, is_quoted in ((_QUOTED, True), (_REPORTED, False)):
            for pattern in patterns:
                for match in pattern.finditer(passage.text):
                    name = match["name"]
                    if name.split()[0] in _NO_NAMES or name.split()[-1] in _NO_NAMES:
                        continue
                    yield Said(
                        passage=passage,
                        name=name,
                        words=match["words"].strip(),
                        is_quoted=is_quoted,
                    )
