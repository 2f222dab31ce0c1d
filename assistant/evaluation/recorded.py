"""An answer that was kept as text, read again: its lines, their markers, the words they quote.

So that answers of other programs, or of another day, are judged by the same rules. What is
shown word for word is looked up in the article; a marker that names no passage cites nothing.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.answer import EXTRACTIVE, Answer, Citation, Lane, Sentence, Status, cite
from assistant.errors import AssistantError
from assistant.evaluation.cases import Case
from assistant.markers import without_markers
from index.article import Article
from index.language.detection import detect_language
from index.language.quotation_marks import without_quotations
from index.statements import Statement

ENGINE = "recorded"
WITHOUT_MODEL = (EXTRACTIVE, ENGINE)
"""The engines that ask no model."""
_MARKER = re.compile(r"\[([AC]\d[\d.~]*)\]")
_OPENING, _CLOSING = "«“„", "»”“"


def recorded_answer(case: Case, article: Article, statements: Sequence[Statement]) -> Answer:
    """Return the answer that a case carries.

    A sentence of the article that tells itself who speaks is cited with that speaker, as it
    would be by us.

    Raises:
        AssistantError: It carries none.
    """
    if case.answer is None and case.status is None:
        raise AssistantError("the case carries no answer; give it a field answer, or ask an engine")
    text = (case.answer or "").strip()
    sentences = tuple(_sentence(line) for line in _lines(text))
    citations = [c for s in sentences for c in _citations(s, article, statements)]
    status: Status = case.status or ("answered" if text else "not_in_article")
    frames = " ".join(without_quotations(without_markers(s.text)) for s in sentences)
    return Answer(
        question=case.question,
        language=detect_language(frames, likely=case.lang or article.language),
        status=status,
        sentences=sentences,
        citations=() if status == "not_in_article" else tuple(dict.fromkeys(citations)),
        engine=ENGINE,
    )


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of an answer; a quotation may run over several, up to its marker."""
    held = ""
    for line in text.splitlines():
        held = f"{held}\n{line}" if held else line
        is_open = any(mark in held for mark in _OPENING) and not _MARKER.search(line)
        if not is_open or held.rstrip().endswith(tuple(_CLOSING)):
            yield held
            held = ""
    if held:
        yield held


def _sentence(line: str) -> Sentence:
    labels = tuple(dict.fromkeys(_MARKER.findall(line)))
    lane: Lane = "assistant"
    if labels:
        lane = "readers" if labels[0].startswith("C") else "article"
    return Sentence(text=line, lane=lane, citations=labels)


def _citations(
    sentence: Sentence, article: Article, statements: Sequence[Statement]
) -> Iterator[Citation]:
    known = {passage.label: passage for passage in article.passages}
    quote = _quoted(without_markers(sentence.text))
    for label in sentence.citations:
        passage = known.get(label)
        if passage is None:
            continue
        start = article.text.find(quote, passage.start) if quote else -1
        start = article.text.find(quote) if quote and start < 0 else start
        end = start + len(quote)
        start, end = (start, end) if start >= 0 else (passage.start, passage.end)
        told = {
            s.speaker.name
            for s in statements
            if s.speaker and start <= s.start and s.end <= end and s.end - s.start < end - start
        }
        yield cite(article, start, end, speaker=told.pop() if len(told) == 1 else None)[0]


def _quoted(text: str) -> str:
    """Return what a line has between its first and its last quotation mark."""
    opening = min((at for mark in _OPENING if (at := text.find(mark)) >= 0), default=-1)
    closing = max(text.rfind(mark) for mark in _CLOSING)
    return text[opening + 1 : closing].strip() if 0 <= opening < closing else ""
