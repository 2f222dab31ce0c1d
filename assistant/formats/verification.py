"""Checks a proof file again: hashes, places, and whether each sentence shows what it cites.

No model is asked. Where the library (or a source that is given) has the article in the same
version, the words are compared with it; else only with what the file carries, and that is said.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import AssistantError
from assistant.formats.proof import FORMAT, content_hash, text_hash
from index.article import Article
from index.errors import ArticleError
from index.language.quotation_marks import quotations_in
from index.library.library import Library

MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was checked, one sentence for each fault, and what could not be compared."""

    answers: int
    citations: int
    compared: int
    faults: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing in the file is wrong."""
        return not self.faults


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Article(_Record):
    id: str
    version: str
    text_sha256: str


class _Sentence(_Record):
    text: str
    lane: str
    citations: tuple[str, ...]
    verdict: str


class _Citation(_Record):
    article: str
    version: str
    label: str
    source: str
    quote: str
    start: int
    end: int
    passage_text: str
    passage_start: int
    passage_sha256: str
    quote_sha256: str


class _Answer(_Record):
    question: str
    sentences: tuple[_Sentence, ...]
    citations: tuple[_Citation, ...]


class _Proof(_Record):
    format: str
    articles: tuple[_Article, ...]
    answers: tuple[_Answer, ...]
    sha256: str


def verify_file(
    file: str | Path, *, library: Library, given: Iterable[Article] = ()
) -> Verification:
    """Return what a check of a proof file found.

    Args:
        file: The proof file.
        library: Where its articles may be.
        given: Articles to compare with besides.

    Raises:
        AssistantError: The file cannot be read, or is no proof file.
    """
    content, proof = _read(Path(file))
    faults, notes = [], []
    if content_hash(content) != proof.sha256:
        faults.append("the file was changed after it was written: its hash does not match")
    articles = {}
    for record in proof.articles:
        article = _article(record, library, given)
        if article is None:
            notes.append(
                f"article {record.id} is not here in version {record.version}; its words were "
                "compared with the file alone; give its source: --article SOURCE"
            )
        elif text_hash(article.text) != record.text_sha256:
            faults.append(f"article {record.id} is not the text that was cited")
        else:
            articles[record.id, record.version] = article
    named = {(record.id, record.version) for record in proof.articles}
    compared = 0
    for number, answer in enumerate(proof.answers, start=1):
        for citation in answer.citations:
            place = f"answer {number}, [{citation.label}]"
            cited = (citation.article, citation.version)
            if cited not in named:
                faults.append(f"{place}: the file does not name its article {citation.article!r}")
            faults += [f"{place}: {fault}" for fault in _faults(citation)]
            if cited in articles:
                compared += 1
                strange = _strangeness(citation, articles[cited])
                faults += [f"{place}: {fault}" for fault in strange]
        faults += [f"answer {number}: {fault}" for fault in _unsupported(answer)]
    return Verification(
        answers=len(proof.answers),
        citations=sum(len(answer.citations) for answer in proof.answers),
        compared=compared,
        faults=tuple(faults),
        notes=tuple(notes),
    )


def verification_json(found: Verification) -> dict[str, Any]:
    """Return the form of `assistant verify --json`."""
    return {
        "holds": found.holds,
        "answers": found.answers,
        "citations": found.citations,
        "compared": found.compared,
        "faults": list(found.faults),
        "notes": list(found.notes),
    }


def _read(path: Path) -> tuple[dict[str, Any], _Proof]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AssistantError(f"{path} is too large for a proof file")
        content = json.loads(path.read_text("utf-8"))
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise AssistantError(
                f"{path} is no proof file of the form {FORMAT}; the page makes one: Take away"
            )
        return content, _Proof.model_validate(content)
    except OSError as error:
        raise AssistantError(f"cannot read {path}: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise AssistantError(f"{path} is no whole proof file: {where}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise AssistantError(f"{path} is no JSON: {error}") from error


def _article(record: _Article, library: Library, given: Iterable[Article]) -> Article | None:
    for article in given:
        if text_hash(article.text) == record.text_sha256:
            return article
    if record.id not in library.ids() or not record.version.isalnum():
        return None
    try:
        return library.article(record.id, version=record.version)
    except ArticleError:
        return None


def _faults(citation: _Citation) -> Iterable[str]:
    """Yield what is wrong with a citation by itself."""
    if text_hash(citation.quote) != citation.quote_sha256:
        yield "the quoted words do not match their hash"
    if text_hash(citation.passage_text) != citation.passage_sha256:
        yield "the passage does not match its hash"
    offset = citation.start - citation.passage_start
    length = citation.end - citation.start
    shown = citation.passage_text[offset : offset + length] if offset >= 0 else ""
    if shown != citation.quote or not citation.quote:
        yield "the quoted words do not stand at their place in the passage"


def _strangeness(citation: _Citation, article: Article) -> Iterable[str]:
    """Yield where a citation differs from the article."""
    if not 0 <= citation.start < citation.end <= len(article.text):
        yield "it points outside the article"
        return
    if article.text[citation.start : citation.end] != citation.quote:
        yield "the article has other words at that place"
        return
    passage = article.passage_at(citation.start)
    if (passage.label, passage.source) != (citation.label, citation.source):
        yield f"those words stand in {passage.label}"
    elif passage.text != citation.passage_text or passage.start != citation.passage_start:
        yield "the passage is another one in the article"


def _unsupported(answer: _Answer) -> Iterable[str]:
    """Yield the sentences that do not show what they claim to stand on."""
    for sentence in answer.sentences:
        shown = sentence.text[:80]
        if sentence.verdict not in ("supported", "counted"):
            yield f"{shown!r} was presented although it was found {sentence.verdict}"
        if sentence.lane != "assistant" and not sentence.citations:
            yield f"{shown!r} cites nothing"
        for label in sentence.citations:
            cited = [citation for citation in answer.citations if citation.label == label]
            if not cited:
                yield f"{shown!r} cites [{label}], which the answer does not carry"
            elif not any((c.source == "comment") == (sentence.lane == "readers") for c in cited):
                yield f"{shown!r} stands in the wrong lane for [{label}]"
        if sentence.citations and not _shows_its_words(sentence, answer):
            yield f"{shown!r} does not show the words it cites"


def _shows_its_words(sentence: _Sentence, answer: _Answer) -> bool:
    """Whether what a sentence puts in quotation marks stands in what it cites.

    A sentence without quotation marks retells: whether it does so rightly takes more than this
    file, so it passes here.
    """
    cited = [
        _folded(citation.quote)
        for citation in answer.citations
        if citation.label in sentence.citations
    ]
    text = sentence.text
    quoted = [_folded(text[found.start : found.end]) for found in quotations_in(text)]
    return all(any(words in quote or quote in words for quote in cited) for words in quoted)


def _folded(text: str) -> str:
    return " ".join(text.split())
