"""A checked answer as blocks of one lane each, its markers turned into chips."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from assistant.answer import EXTRACTIVE, Answer, Citation, Lane, Sentence
from assistant.locale.page import Words
from index.article import whole_label

_NUMBERED = re.compile(r"\d{1,2}\. ")
"""How the first sentence on one of several claims begins."""
_MARKER = re.compile(r"[ \t]?\[((?:A\d{1,6}|C\d{1,6}(?:\.\d{1,6}){0,200})(?:~\d{1,4})?)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A marker of an answer: the words it leads to, and who said them when."""

    citation: Citation
    marker: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Sentences of one lane that follow each other, each as words and the chips between them.

    `begins` says that a numbered claim begins here: what follows up to the next one is on it.
    """

    lane: Lane
    begins: bool
    sentences: tuple[tuple[str | Chip, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCard:
    """All that is shown of an answer."""

    answer: Answer
    blocks: tuple[Block, ...]
    engine: str
    spent: str

    @property
    def comments(self) -> tuple[str, ...]:
        """The numbers of the comments it cites, in the order of citing."""
        return tuple(dict.fromkeys(c.comment for c in self.answer.citations if c.comment))

    def sources(self) -> tuple[Chip, ...]:
        """Return what the answer cites, each passage's words once, in the order of citing."""
        sentences = (sentence for block in self.blocks for sentence in block.sentences)
        chips = (part for sentence in sentences for part in sentence if isinstance(part, Chip))
        return tuple(dict.fromkeys(chips))


def answer_card(answer: Answer, words: Words) -> AnswerCard:
    """Return what the page shows of one answer."""
    return AnswerCard(
        answer=answer,
        blocks=tuple(_blocks(answer, words)),
        engine=words("engine_extractive") if answer.engine == EXTRACTIVE else answer.engine,
        spent=_spent(answer, words),
    )


def _blocks(answer: Answer, words: Words) -> Iterator[Block]:
    """Yield the sentences by lane; one that is numbered begins a block whatever its lane."""
    claims = accumulate(_is_numbered(sentence) for sentence in answer.sentences)
    placed = zip(claims, answer.sentences, strict=True)
    for _, group in groupby(placed, key=lambda place: (place[0], place[1].lane)):
        told = [sentence for _, sentence in group]
        yield Block(
            lane=told[0].lane,
            begins=_is_numbered(told[0]),
            sentences=tuple(_parts(sentence, answer.citations, words) for sentence in told),
        )


def _is_numbered(sentence: Sentence) -> bool:
    return _NUMBERED.match(sentence.text) is not None


def _spent(answer: Answer, words: Words) -> str:
    spent = words("seconds", number=f"{answer.seconds:.1f}")
    if answer.usage is None or answer.usage.reply_tokens is None:
        return spent
    return f"{spent} · {words('tokens', number=answer.usage.reply_tokens)}"


def _parts(
    sentence: Sentence, citations: Sequence[Citation], words: Words
) -> tuple[str | Chip, ...]:
    parts: list[str | Chip] = []
    position = 0
    for marker in _MARKER.finditer(sentence.text):
        citation = _meant(marker.group(1), sentence, citations)
        if citation is not None:
            parts += [sentence.text[position : marker.start()], chip(citation, words)]
            position = marker.end()
    return tuple(part for part in (*parts, sentence.text[position:]) if part)


def _meant(label: str, sentence: Sentence, citations: Sequence[Citation]) -> Citation | None:
    """Return the citation a marker stands for: of its passage, the one whose words are shown."""
    if label not in sentence.citations:
        return None
    of_passage = [citation for citation in citations if citation.label == label]
    shown = [citation for citation in of_passage if citation.quote in sentence.text]
    return next(iter(shown or of_passage), None)


def chip(citation: Citation, words: Words) -> Chip:
    """Return the marker that stands for a citation."""
    is_reader = citation.source == "comment"
    number = whole_label(citation.label)[1:]
    if is_reader:
        who = words("reader_of", who=citation.author or words("anonymous"), number=number)
    else:
        who = citation.speaker or words("the_article")
    return Chip(
        citation=citation,
        marker=words("sign_comment" if is_reader else "sign_passage", number=number),
        who=" · ".join(filter(None, (who, words.when(citation.posted_at)))),
    )
