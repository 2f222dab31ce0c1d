"""A conversation to take away: as Markdown to read, and as a proof file a program can check.

A proof file carries questions, answers, and for every citation its words, its place and the
hashes of what it stands in; `assistant.formats.verification` checks it again without any model.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Citation, cite
from assistant.formats.as_json import answer_json
from assistant.formats.signing import sign
from index.article import Article
from index.article_json import to_json, widened

FORMAT = "article-assistant-proof/1"
_ACTIVE_SIGNS = "\\`*_[]<>#|&"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One answer, when it was asked for, and what the reader thought of it, if anything.

    `article` is the one that answers, in the version it was asked in; None for a whole library.
    """

    answer: Answer
    article: Article | None
    asked_at: datetime
    opinion: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Words of an article, `article.text[start:end]`, and what the reader noted on them."""

    article: Article
    start: int
    end: int
    text: str

    @property
    def citation(self) -> Citation:
        """The pinned words as a citation, by nobody in particular where the article has them."""
        return cite(self.article, self.start, self.end)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedArticle:
    """An article that is cited, and the hash of its text."""

    id: str
    version: str
    title: str | None
    url: str | None
    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedCitation(Citation):
    """A citation with the version of its article, and the hashes of its words and passage."""

    version: str
    passage_start: int
    passage_sha256: str
    quote_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedAnswer(Answer):
    """An answer of a proof file, and when it was asked for; what was looked at is left out."""

    citations: tuple[ProvedCitation, ...] = ()
    asked_at: datetime
    opinion: str | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedPin:
    """Words of an article that a reader pinned, and the note on them."""

    citation: ProvedCitation
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed the hash of a proof: an Ed25519 key and its signature, in hexadecimal digits."""

    public_key: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The content of a proof file, signed or not."""

    format: str
    articles: tuple[ProvedArticle, ...]
    answers: tuple[ProvedAnswer, ...]
    pins: tuple[ProvedPin, ...] = ()
    sha256: str
    signed: Signature | None = None


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 form, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def content_hash(content: Mapping[str, Any]) -> str:
    """Return the hash of a proof's content: all of it but `sha256` itself and the signature."""
    kept = {key: value for key, value in content.items() if key not in ("sha256", "signed")}
    return text_hash(json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def proof_json(exchanges: Sequence[Exchange], pins: Sequence[Pin] = ()) -> dict[str, Any]:
    """Return a conversation, its answers in the order of asking, as a proof."""
    articles = (*_articles(exchanges), *(pin.article for pin in pins))
    named = {(article.id, article.version): _proved_article(article) for article in articles}
    content = {
        "format": FORMAT,
        "articles": to_json(list(named.values())),
        "answers": [
            answer_json(_proved_answer(exchange), without=("retrieved",)) for exchange in exchanges
        ],
        "pins": to_json(
            [
                ProvedPin(citation=proved_citation(pin.citation, pin.article), text=pin.text)
                for pin in pins
            ]
        ),
    }
    return {**content, "sha256": content_hash(content)}


def signed_proof(content: Mapping[str, Any], home: Path) -> dict[str, Any]:
    """Return a proof with a signature by the key of a library, in the place of any other.

    Raises:
        AssistantError: It cannot be signed.
    """
    digest = content_hash(content)
    public_key, signature = sign(digest, home)
    return {
        **content,
        "sha256": digest,
        "signed": to_json(Signature(public_key=public_key, signature=signature)),
    }


def conversation_markdown(
    exchanges: Sequence[Exchange], pins: Sequence[Pin] = (), *, heading: str = "Notes"
) -> str:
    """Return a conversation as Markdown, the pinned words below a heading at its end.

    Characters in words of others do nothing in it.
    """
    lines = [f"# {_plain(names(exchanges))}", ""]
    for exchange in exchanges:
        answer = exchange.answer
        lines += [f"## {_plain(answer.question)}", ""]
        for sentence in answer.sentences:
            lines += [_plain(sentence.text), ""]
        for sentence in answer.dropped:
            lines += [f"~~{_plain(sentence.text)}~~ ({sentence.verdict})", ""]
        for citation in answer.citations:
            lines += [*_source(citation), ""]
        lines += [_plain(exchange.note), ""] if exchange.note else []
        lines += [f"*{_plain(warning)}*" for warning in answer.warnings]
        lines += [f"*{_plain(answer.engine)}, {exchange.asked_at:%Y-%m-%d %H:%M} UTC*", ""]
    lines += [f"## {_plain(heading)}", ""] if pins else []
    for pin in pins:
        lines += [*_source(pin.citation), "", _plain(pin.text), ""]
    return "\n".join(lines)


def _articles(exchanges: Sequence[Exchange]) -> tuple[Article, ...]:
    """Return every article that is cited, each version once, in the order of citing."""
    cited = [exchange.article for exchange in exchanges if exchange.article is not None]
    return tuple({(article.id, article.version): article for article in cited}.values())


def _proved_article(article: Article) -> ProvedArticle:
    return ProvedArticle(
        id=article.id,
        version=article.version,
        title=article.title,
        url=article.url,
        text_sha256=text_hash(article.text),
    )


def _proved_answer(exchange: Exchange) -> ProvedAnswer:
    article = exchange.article
    cited = exchange.answer.citations if article is not None else ()
    return widened(
        ProvedAnswer,
        exchange.answer,
        citations=tuple(proved_citation(citation, article) for citation in cited if article),
        asked_at=exchange.asked_at,
        opinion=exchange.opinion,
        note=exchange.note,
    )


def proved_citation(citation: Citation, article: Article) -> ProvedCitation:
    """Return a citation as a proof file carries it."""
    return widened(
        ProvedCitation,
        citation,
        version=article.version,
        passage_start=article.passage(citation.label).start,
        passage_sha256=text_hash(citation.passage_text),
        quote_sha256=text_hash(citation.quote),
    )


def _source(citation: Citation) -> tuple[str, ...]:
    who = citation.author or citation.speaker
    head = f"[{citation.label}] {who}" if who else f"[{citation.label}]"
    quoted = (f"> {_plain(line)}" for line in citation.quote.splitlines())
    return (f"> **{_plain(head)}**", ">", *quoted)


def names(exchanges: Sequence[Exchange]) -> str:
    """Return the titles of the articles that are cited, "?" where none is."""
    titles = (article.title or article.id for article in _articles(exchanges))
    return "; ".join(dict.fromkeys(titles)) or "?"


def _plain(text: str) -> str:
    """Return text with the characters escaped that Markdown or HTML would obey, on one line."""
    escaped = "".join(
        f"\\{character}" if character in _ACTIVE_SIGNS else character for character in text
    )
    return " ".join(escaped.split())
