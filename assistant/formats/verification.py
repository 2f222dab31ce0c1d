"""Checks a proof file again: hashes, places, speakers, and whether its article gives its answers.

No model is asked. Where the library (or a source that is given) has the article in the same
version, everything is compared with it; else with what the file carries, and that is said.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.answer import Citation, Sentence, cite
from assistant.checking.claims import quotations
from assistant.errors import AssistantError
from assistant.formats.proof import (
    FORMAT,
    Proof,
    ProvedAnswer,
    ProvedArticle,
    ProvedCitation,
    Signature,
    content_hash,
    proved_citation,
    signed_proof,
    text_hash,
)
from assistant.formats.signing import is_signed_by
from assistant.markers import without_markers
from index.article import Article
from index.article_json import FormError, from_json, to_json
from index.errors import ArticleError
from index.library.durable import replace_file
from index.library.library import Library

MOST_BYTES = 50_000_000
_SHOWN = 80
_OF_THE_WORLD = (
    "when it was asked, which model wrote, what was warned of and what the reader thought of it "
    "and noted stand on the word of the file"
)
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was checked, one sentence for each fault, and what could not be compared.

    `signed_by` is the public key of a signature that holds.
    """

    answers: int
    citations: int
    compared: int
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    signed_by: str | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing in the file is wrong."""
        return not self.faults


def verify_file(
    file: str | Path,
    *,
    library: Library,
    given: Iterable[Article] = (),
    signer: str | None = None,
) -> Verification:
    """Return what a check of a proof file found.

    Args:
        file: The proof file.
        library: Where its articles may be.
        given: Articles to compare with besides.
        signer: The public key that must have signed it; None for nobody's in particular.

    Raises:
        AssistantError: The file cannot be read, or is no proof file.
    """
    content, proof = _read(Path(file))
    faults: list[str] = []
    notes: list[str] = []
    sources = tuple(given)
    if content_hash(content) != proof.sha256:
        faults.append("the file was changed after it was written: its hash does not match")
    if proof.signed is not None and not _is_signed(proof.signed, content, notes):
        faults.append("the signature is not that of this content by this key")
    if signer is not None and (proof.signed is None or proof.signed.public_key != signer):
        faults.append("it is not signed by the key that was asked for")
    if not proof.answers:
        faults.append("the file carries no answer, so there is nothing that could hold")
    articles: dict[_Key, Article] = {}
    for record in proof.articles:
        article = _article(record, library, sources)
        if article is None:
            notes.append(
                f"article {record.id} is not here in version {record.version}; its words were "
                "compared with the file alone, its speakers, counts and titles with nothing; "
                "give its source: --article SOURCE"
            )
        else:
            articles[record.id, record.version] = article
            faults += [f"article {record.id}: {fault}" for fault in _other_than(record, article)]
    named = {(record.id, record.version) for record in proof.articles}
    for number, (answer, written) in enumerate(
        zip(proof.answers, content["answers"], strict=True), start=1
    ):
        if written.get("text") != answer.text:
            faults.append(f"answer {number}: its text is not that of its sentences")
        faults += [f"answer {number}: {fault}" for fault in _faults(answer, named, articles)]
    for pin in proof.pins:
        faults += [f"pinned words {fault}" for fault in _misplaced(pin.citation, named, articles)]
    with TemporaryDirectory(prefix="assistant-") as home:
        faults += _not_derived(proof, articles, Path(home), notes)
    citations = [citation for answer in proof.answers for citation in answer.citations]
    return Verification(
        answers=len(proof.answers),
        citations=len(citations),
        compared=sum((c.article, c.version) in articles for c in citations),
        faults=tuple(dict.fromkeys(faults)),
        notes=(*notes, _OF_THE_WORLD),
        signed_by=proof.signed.public_key if proof.signed else None,
    )


def verification_json(found: Verification) -> dict[str, Any]:
    """Return the form of `assistant verify --json`."""
    return {"holds": found.holds, **to_json(found)}


def sign_file(file: str | Path, *, home: Path) -> str:
    """Sign a proof file with the key of a library, and return its public key.

    Raises:
        AssistantError: The file is no proof file, or cannot be signed or written.
    """
    content, _ = _read(Path(file))
    signed = signed_proof(content, home)
    replace_file(Path(file), json.dumps(signed, ensure_ascii=False, indent=2).encode())
    return str(signed["signed"]["public_key"])


def _is_signed(signed: Signature, content: dict[str, Any], notes: list[str]) -> bool:
    """Whether a signature holds; where that cannot be told, a note says so."""
    try:
        return is_signed_by(signed.public_key, signed.signature, content_hash(content))
    except AssistantError as error:
        notes.append(f"its signature was not checked: {error}")
        return True


def _read(path: Path) -> tuple[dict[str, Any], Proof]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AssistantError(f"{path} is too large for a proof file")
        content = json.loads(path.read_text("utf-8"))
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise AssistantError(
                f"{path} is no proof file of the form {FORMAT}; the page makes one: Take away"
            )
        return content, from_json(Proof, content)
    except OSError as error:
        raise AssistantError(f"cannot read {path}: {error.strerror}") from error
    except FormError as error:
        raise AssistantError(f"{path} is no whole proof file: {error}") from error
    except (ValueError, RecursionError) as error:
        raise AssistantError(f"{path} is no JSON: {error}") from error


def _article(record: ProvedArticle, library: Library, given: tuple[Article, ...]) -> Article | None:
    for article in given:
        if text_hash(article.text) == record.text_sha256:
            return article
    if record.id not in library.ids() or not record.version.isalnum():
        return None
    try:
        return library.article(record.id, version=record.version)
    except ArticleError:
        return None


def _other_than(record: ProvedArticle, article: Article) -> Iterable[str]:
    """Yield in what an article is not the one that a file names."""
    if text_hash(article.text) != record.text_sha256:
        yield "it is not the text that was cited"
    if article.title != record.title:
        yield f"its title is {article.title!r}"
    # The same text may be read from elsewhere; in the same version the address is the same too.
    if article.version == record.version and article.url != record.url:
        yield f"its address is {article.url!r}"


def _faults(answer: ProvedAnswer, named: set[_Key], articles: dict[_Key, Article]) -> Iterable[str]:
    """Yield what is wrong with an answer and its citations, as far as nothing is derived."""
    for citation in answer.citations:
        yield from _misplaced(citation, named, articles)
    for offer in answer.nearest:
        of_article = [article for key, article in articles.items() if key[0] == offer.article]
        found = [tuple(_strangeness(offer, article)) for article in of_article]
        yield from (f"[{offer.label}]: {fault}" for fault in min(found, key=len, default=()))
    yield from _unsupported(answer)


def _misplaced(
    citation: ProvedCitation, named: set[_Key], articles: dict[_Key, Article]
) -> Iterable[str]:
    """Yield what is wrong with a citation, by itself and in its article."""
    place, key = f"[{citation.label}]", (citation.article, citation.version)
    if key not in named:
        yield f"{place}: the file does not name its article {citation.article!r}"
    elif key in articles:
        yield from (f"{place}: {fault}" for fault in _strangeness(citation, articles[key]))
    yield from (f"{place}: {fault}" for fault in _contradictions(citation))


def _contradictions(citation: ProvedCitation) -> Iterable[str]:
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


def _strangeness(citation: Citation, article: Article) -> Iterable[str]:
    """Yield where a citation differs from what the article has at its place."""
    if not 0 <= citation.start < citation.end <= len(article.text):
        yield "it points outside the article"
        return
    there, _ = cite(article, citation.start, citation.end, speaker=citation.speaker)
    # The same text may be kept under another id.
    real = replace(there, article=citation.article)
    if isinstance(citation, ProvedCitation):
        real = replace(proved_citation(real, article), version=citation.version)
    for field in fields(real):
        if getattr(real, field.name) != getattr(citation, field.name):
            yield f"its {field.name} is another one in the article"


def _unsupported(answer: ProvedAnswer) -> Iterable[str]:
    """Yield the sentences that do not show what they claim to stand on."""
    for sentence in answer.sentences:
        shown = sentence.text[:_SHOWN]
        if sentence.verdict not in ("supported", "counted"):
            yield f"{shown!r} was presented although it was found {sentence.verdict}"
        if sentence.lane != "assistant" and not sentence.citations:
            yield f"{shown!r} cites nothing"
        if not all(f"[{label}]" in sentence.text for label in sentence.citations):
            yield f"{shown!r} does not show what it cites"
        for label in sentence.citations:
            cited = [citation for citation in answer.citations if citation.label == label]
            if not cited:
                yield f"{shown!r} cites [{label}], which the answer does not carry"
            elif not any((c.source == "comment") == (sentence.lane == "readers") for c in cited):
                yield f"{shown!r} stands in the wrong lane for [{label}]"
        if not _shows_its_words(sentence, answer):
            yield f"{shown!r} shows words that do not stand where it cites"


def _shows_its_words(sentence: Sentence, answer: ProvedAnswer) -> bool:
    """Whether all that a sentence puts in quotation marks stands in the passages it cites."""
    cited = [c for c in answer.citations if c.label in sentence.citations]
    text = without_markers(sentence.text)
    for citation in cited:
        # Quoted words may hold quotation marks themselves.
        text = text.replace(citation.quote, "")
    passages = [_folded(citation.passage_text) for citation in cited]
    shown = [_folded(words) for words in quotations(text)] if cited else []
    return all(any(words in passage for passage in passages) for words in shown)


def _not_derived(
    proof: Proof, articles: dict[_Key, Article], home: Path, notes: list[str]
) -> Iterable[str]:
    """Yield what the articles do not give when they are asked again; note what nobody can ask."""
    from assistant.formats.derivation import Derivation

    asked = {
        key: Derivation(article, home / str(number))
        for number, (key, article) in enumerate(articles.items())
    }
    for number, answer in enumerate(proof.answers, start=1):
        # What cites nothing, such as a count, may be of any article of the file.
        keys = {(c.article, c.version) for c in answer.citations} or set(asked)
        found = [tuple(asked[key].faults(answer)) for key in sorted(keys) if key in asked]
        if not found:
            notes.append(f"answer {number} was not asked again: its article is not known here")
        yield from (f"answer {number}: {fault}" for fault in min(found, key=len, default=()))


def _folded(text: str) -> str:
    return " ".join(text.split())
