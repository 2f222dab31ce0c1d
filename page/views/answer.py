"""A checked answer as blocks of one lane each, its markers turned into chips."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer import EXTRACTIVE, Answer, Citation, Lane, Sentence
from assistant.locale.page import Words
from page.conversations import Turn

_MARKER = re.compile(r"[ \t]?\[((?:A\d{1,6}|C\d{1,6}(?:\.\d{1,6}){0,200})(?:~\d{1,4})?)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A marker of an answer: where its words stand, and who said them."""

    article: str
    label: str
    marker: str
    start: int
    end: int
    quote: str
    who: str
    when: str
    is_reader: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a sentence, or a chip in their place."""

    text: str
    chip: Chip | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Sentences of one lane that follow each other."""

    lane: Lane
    sentences: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCard:
    """All that is shown of one turn."""

    number: int
    article: str
    question: str
    language: str
    status: str
    blocks: tuple[Block, ...]
    dropped: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    engine: str
    engine_name: str
    spent: str
    opinion: str | None
    comments: tuple[str, ...]

    def sources(self) -> tuple[Chip, ...]:
        """Return what the answer cites, each passage's words once, in the order of citing."""
        chips = (
            piece.chip
            for block in self.blocks
            for sentence in block.sentences
            for piece in sentence
        )
        return tuple(dict.fromkeys(chip for chip in chips if chip is not None))


def answer_card(turn: Turn, words: Words) -> AnswerCard:
    """Return what the page shows of one question and its answer."""
    answer = turn.answer
    return AnswerCard(
        number=turn.number,
        article=turn.article,
        question=answer.question,
        language=answer.language,
        status=answer.status,
        blocks=tuple(
            Block(
                lane=lane,
                sentences=tuple(_pieces(sentence, answer.citations, words) for sentence in group),
            )
            for lane, group in groupby(answer.sentences, key=lambda sentence: sentence.lane)
        ),
        dropped=tuple(
            (sentence.text, words(f"verdict_{sentence.verdict}")) for sentence in answer.dropped
        ),
        warnings=answer.warnings,
        engine=words("engine_extractive") if answer.engine == EXTRACTIVE else answer.engine,
        engine_name=answer.engine,
        spent=_spent(answer, words),
        opinion=turn.opinion,
        comments=tuple(dict.fromkeys(c.comment for c in answer.citations if c.comment)),
    )


def _spent(answer: Answer, words: Words) -> str:
    spent = words("seconds", number=f"{answer.seconds:.1f}")
    if answer.usage is None or answer.usage.reply_tokens is None:
        return spent
    return f"{spent} · {words('tokens', number=answer.usage.reply_tokens)}"


def _pieces(sentence: Sentence, citations: Sequence[Citation], words: Words) -> tuple[Piece, ...]:
    pieces, position = [], 0
    for marker in _MARKER.finditer(sentence.text):
        citation = _meant(marker.group(1), sentence, citations)
        if citation is None:
            continue
        if marker.start() > position:
            pieces.append(Piece(text=sentence.text[position : marker.start()]))
        pieces.append(Piece(text=marker.group(1), chip=_chip(citation, words)))
        position = marker.end()
    if position < len(sentence.text):
        pieces.append(Piece(text=sentence.text[position:]))
    return tuple(pieces)


def _meant(label: str, sentence: Sentence, citations: Sequence[Citation]) -> Citation | None:
    """Return the citation a marker stands for: of its passage, the one whose words are shown."""
    if label not in sentence.citations:
        return None
    of_passage = [citation for citation in citations if citation.label == label]
    shown = [citation for citation in of_passage if citation.quote in sentence.text]
    return next(iter(shown or of_passage), None)


def _chip(citation: Citation, words: Words) -> Chip:
    is_reader = citation.source == "comment"
    number = citation.label[1:].split("~")[0]
    if is_reader:
        who = words("reader_of", who=citation.author or words("anonymous"), number=number)
    else:
        who = citation.speaker or words("the_article")
    return Chip(
        article=citation.article,
        label=citation.label,
        marker=words("sign_comment" if is_reader else "sign_passage", number=number),
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        who=who,
        when=words.when(citation.posted_at),
        is_reader=is_reader,
    )
