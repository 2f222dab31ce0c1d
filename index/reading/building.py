"""ArticleDraft -> Article: the one canonical text, its passages and the thread in it.

Every reader ends here, so that a page gives the same article however it was read. What is
a quotation of what is the work of `quoting`, numbers that of `numbering`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from index.article import Article, Comment, Passage, PassageKind, Source
from index.article_json import article_to_json
from index.errors import UnreadableArticleError
from index.language.detection import page_language
from index.language.reading_words import bare, phrases
from index.reading.cleaning import clean, one_line
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft
from index.reading.pasted.numbering import Numbered, number_comments
from index.reading.plausibility import plausible
from index.reading.quoted_lines import join_quotations
from index.reading.repeated_words import QuoteTracer
from index.reading.splitting import passages_of

MOST_COMMENTS = 10_000
MOST_CHARACTERS = 5_000_000
_LONGEST_LINE_OF_FACTS = 500
_BLANK_LINE = re.compile(r"\n\n")
_FEWEST_LETTERS = 8
_LONGEST_SCRIPT_NOTICE = 300
_SCRIPT_NOTICE = re.compile(
    r"(?:enable|activ|aktivi|turn on|requir|need|without|sans|ohne|habilit|abilit|включи)"
    r"[^\n.]{0,40}javascript(?!:)"
    r"|javascript(?!:)[^\n.]{0,40}(?:enable|activ|aktivi|requir|need|disabled|off|necess|nécess)",
    re.IGNORECASE,
)


def build_article(draft: ArticleDraft, *, source_key: str) -> Article:
    """Return the article a draft describes.

    Args:
        draft: As a reader understood its source.
        source_key: What the article is known by (canonical URL, path, digest of the
            content); the id comes from it.

    Raises:
        UnreadableArticleError: There are no words in it.
    """
    draft = plausible(draft)
    page = _Page()
    title = page.add_title(draft.title)
    page.add_body(draft.paragraphs)
    kept = _at_most(draft.comments, page)
    comments = page.add_comments(number_comments(kept))
    outlet, author = page.fact(draft.outlet), page.fact(draft.author)
    page.removed = max(page.removed, draft.removed)
    _refuse_wordless(page.text)
    body = " ".join(passage.text for passage in page.passages[:40])
    article = Article(
        id=_digest(source_key, length=12),
        version="",
        source_key=source_key,
        title=title,
        language=page_language(body, _language_code(draft.language)),
        outlet=outlet,
        author=author,
        url=draft.url,
        published_at=_utc(draft.published_at),
        text=page.text,
        passages=tuple(page.passages),
        comments=comments,
        reported_comment_count=draft.reported_comment_count,
        warnings=(*map(_warning, draft.warnings), *page.all_warnings()),
    )
    return replace(article, version=_version(article))


@dataclass(slots=True)
class _Page:
    """The canonical text while it grows."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    passages: list[Passage] = field(default_factory=list)
    removed: int = 0
    is_cut: bool = False
    warnings: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(self.pieces)

    def all_warnings(self) -> Iterator[str]:
        yield from self.warnings
        if self.is_cut:
            yield f"the text was cut after {MOST_CHARACTERS:,} characters"
        if self.removed:
            yield f"{self.removed} invisible or control characters were removed"

    def add_title(self, written: str | None) -> str | None:
        title = one_line(self.cleaned(written or "")) or None
        if title is not None:
            self.add(title, label="A0", source="article", kind="title")
        return title

    def add_body(self, drafts: Iterable[ParagraphDraft]) -> None:
        paragraphs = (
            ParagraphDraft(text=part, kind=draft.kind)
            for draft in drafts
            for part in _parts(self.cleaned(draft.text), draft.kind)
            if part
        )
        for position, paragraph in enumerate(join_quotations(paragraphs), 1):
            self.add(paragraph.text, label=f"A{position}", source="article", kind=paragraph.kind)

    def add_comments(self, numbered: tuple[Numbered, ...]) -> tuple[Comment, ...]:
        tracer = QuoteTracer()
        if numbered:
            tracer.add_passages(self.passages)
        return tuple(self._comment(comment, tracer) for comment in numbered)

    def _comment(self, numbered: Numbered, tracer: QuoteTracer) -> Comment:
        draft = numbered.draft
        label = f"C{numbered.number}"
        text = "" if draft.deleted else self.cleaned(draft.text or "")
        span = self.add(text, label=label, source="comment", kind="comment") if text else None
        comment = Comment(
            number=numbered.number,
            parent=numbered.parent,
            author=_author(self.fact(draft.author)),
            posted_at=_utc(draft.posted_at),
            posted_at_text=self.fact(draft.posted_at_text),
            score=draft.score,
            deleted=draft.deleted or span is None,
            start=None,
            end=None,
            text=None,
        )
        if span is None:
            return comment
        start, end = span
        text = text[: end - start]
        quoted = tracer.trace_comment(
            text,
            label=label,
            marked=tuple(clean(words).text for words in draft.quoted),
            parent=f"C{numbered.parent}" if numbered.parent else None,
        )
        moved = tuple(
            replace(words, start=start + words.start, end=start + words.end) for words in quoted
        )
        return replace(comment, start=start, end=end, text=text, quoted=moved)

    def cleaned(self, written: str) -> str:
        found = clean(written)
        self.removed += found.removed
        return found.text

    def fact(self, written: str | None) -> str | None:
        """Return a line of facts (a name, an outlet) in canonical form, None where it is empty."""
        return one_line(self.cleaned(written or ""))[:_LONGEST_LINE_OF_FACTS] or None

    def add(
        self, text: str, *, label: str, source: Source, kind: PassageKind
    ) -> tuple[int, int] | None:
        """Append a piece with its passages; return its span, None where the text is full."""
        start = self.length + 2 if self.pieces else 0
        if start + len(text) > MOST_CHARACTERS:
            self.is_cut = True
            text = text[: max(0, MOST_CHARACTERS - start)].rstrip()
            if not text:
                return None
        self.pieces.append(text)
        self.length = start + len(text)
        for passage in passages_of(
            text, start=0, end=len(text), label=label, source=source, kind=kind
        ):
            self.passages.append(
                replace(passage, start=passage.start + start, end=passage.end + start)
            )
        return start, self.length


def _parts(text: str, kind: str) -> list[str]:
    """Return the paragraphs of a draft's text; a quotation stays one, without blank lines."""
    return [_BLANK_LINE.sub("\n", text)] if kind == "quotation" else text.split("\n\n")


def _at_most(comments: tuple[CommentDraft, ...], page: _Page) -> tuple[CommentDraft, ...]:
    if len(comments) > MOST_COMMENTS:
        page.warnings.append(
            f"only the first {MOST_COMMENTS:,} of {len(comments):,} comments were read"
        )
    return comments[:MOST_COMMENTS]


def _refuse_wordless(text: str) -> None:
    letters = sum(character.isalpha() for character in text[:10_000])
    if letters < _FEWEST_LETTERS:
        raise UnreadableArticleError(
            "there is no article in this text: it has no words; paste the words of the page,"
            " or save the page and open the file"
        )
    if len(text) <= _LONGEST_SCRIPT_NOTICE and _SCRIPT_NOTICE.search(text):
        raise UnreadableArticleError(
            "the page shows nothing without JavaScript; open it in a browser and save or paste it"
        )


def _utc(moment: datetime | None) -> datetime | None:
    """Return a moment in UTC; one without a zone is taken for UTC, one out of range for none."""
    if moment is None or moment.tzinfo is None:
        return moment and moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _author(name: str | None) -> str | None:
    """Return the name of a comment's author; what pages write for nobody ("Guest") is none."""
    return None if name is None or bare(name) in phrases().anonymous else name


def _warning(written: str) -> str:
    return one_line(written)[:_LONGEST_LINE_OF_FACTS]


def _language_code(written: str | None) -> str | None:
    code = re.split(r"[-_]", (written or "").strip().lower())[0]
    return code if re.fullmatch(r"[a-z]{2}", code) else None


def _version(article: Article) -> str:
    record = article_to_json(article)
    content = {name: record[name] for name in record if name not in ("id", "version", "source_key")}
    return _digest(json.dumps(content, sort_keys=True, ensure_ascii=False), length=16)


def _digest(text: str, *, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
