"""E-mail (RFC 5322), a file of several (mbox, RFC 4155), a page saved as one file (RFC 2557).

The first message is the article, those that answer it are its comments.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from index.errors import UnreadableArticleError
from index.reading.dates import parse_date
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft
from index.reading.encodings import decode
from index.reading.exports.thread import thread_draft
from index.reading.markup import words_of_html, words_of_markdown

_HEAD_BYTES = 8_192
_HEADERS = re.compile(rb"\s*(?:From [^\n]*\n)?((?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+)")
_TELLING = frozenset((b"from", b"subject", b"date", b"message-id", b"received", b"to", b"sender"))
_FEWEST_TELLING = 3
_NEXT_MESSAGE = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]+\r?\n(?=[A-Za-z][\w-]*:)")
_SIGNATURE = re.compile(r"\n-- ?\n.*\Z", re.S)
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_MOST_MESSAGES = 10_000


def is_mail(data: bytes) -> bool:
    """Whether bytes begin with the header of a message, as saved pages (MHTML) do too."""
    header = _HEADERS.match(data[:_HEAD_BYTES])
    names = re.findall(rb"^([A-Za-z][\w-]*):", header[1], re.M) if header else []
    told = {name.lower() for name in names}
    return b"mime-version" in told or len(told & _TELLING) >= _FEWEST_TELLING


def draft_from_mail(data: bytes) -> ArticleDraft:
    """Return the article of a saved page, or of a message with the messages that answer it.

    Raises:
        UnreadableArticleError: It is damaged, or holds no text.
    """
    starts = [found.end() for found in _NEXT_MESSAGE.finditer(data)] or [0]
    ends = [*starts[1:], len(data)]
    try:
        messages = [
            message_from_bytes(data[start:end], policy=policy.compat32)
            for start, end in zip(starts[:_MOST_MESSAGES], ends, strict=False)
        ]
        first = messages[0]
        page = _part(first, _PAGE_TYPES)
        address = _address(first, page)
        if address or not (first.get("Subject") or first.get("From")):
            return _saved_page(page, address)
        return _thread(first, page, messages[1:])
    except (MessageError, RecursionError, LookupError, ValueError, TypeError) as error:
        raise UnreadableArticleError("the mail or saved page is damaged") from error


def _saved_page(page: Message | None, address: str | None) -> ArticleDraft:
    from index.reading.html import draft_from_html

    markup = _text(page)
    if not markup.strip():
        raise UnreadableArticleError("the saved page (MHTML) holds no HTML")
    return draft_from_html(markup, url=address)


def _thread(first: Message, page: Message | None, others: list[Message]) -> ArticleDraft:
    answered = {key: None} if (key := _key(first)) else {}
    comments, strangers = [], 0
    for message in others:
        parents = _parents(message)
        parent = next((one for one in parents if one in answered), None)
        if parent is None:
            strangers += 1
            continue
        answered[_key(message) or f"#{len(answered)}"] = None
        comments.append(_comment(message, None if parent == key else parent))
    body = _body(first, page)
    note = f"messages of the file that do not answer the first, left out: {strangers}"
    return thread_draft(
        comments,
        title=_header(first, "Subject") or body.title,
        url=None,
        paragraphs=_without_title(body, _header(first, "Subject")),
        outlet=parseaddr(_header(first, "From") or "")[0] or None,
        published_at=_time(first),
        warnings=(note,) if strangers else (),
    )


def _body(message: Message, page: Message | None) -> ArticleDraft:
    """Return the text of a message as a page or, where its markup holds none, as it is written."""
    from index.reading.html import draft_from_html
    from index.reading.pasted.text import draft_from_text

    if page is not None:
        try:
            return draft_from_html(_text(page))
        except UnreadableArticleError:
            pass
    text = _text(_part(message, ("text/plain",)))
    if not text.strip():
        raise UnreadableArticleError("the mail holds no text")
    # A line of its own before the text keeps its first line from being taken for a title.
    return draft_from_text(f"{_header(message, 'Subject') or '-'}\n\n{text}")


def _without_title(body: ArticleDraft, subject: str | None) -> tuple[ParagraphDraft, ...]:
    return tuple(part for part in body.paragraphs if part.text not in (subject, "-"))


def _comment(message: Message, parent: str | None) -> CommentDraft:
    written = _SIGNATURE.sub("", _text(_part(message, ("text/plain",))).replace("\r\n", "\n"))
    words = (
        words_of_markdown(written)
        if written.strip()
        else words_of_html(_text(_part(message, _PAGE_TYPES)))
    )
    name, address = parseaddr(_header(message, "From") or "")
    return CommentDraft(
        text=words.text or None,
        key=_key(message),
        parent_key=parent,
        author=name or address.partition("@")[0] or None,
        posted_at=_time(message),
        posted_at_text=_header(message, "Date"),
        deleted=not words.text,
        quoted=words.quoted,
    )


def _key(message: Message) -> str:
    return str(message.get("Message-ID") or "").strip()


def _parents(message: Message) -> list[str]:
    """Return what a message answers, the nearest first."""
    named = re.findall(r"<[^<>\s]+>", str(message.get("In-Reply-To") or ""))
    return [*named, *reversed(re.findall(r"<[^<>\s]+>", str(message.get("References") or "")))]


def _time(message: Message) -> datetime | None:
    written = str(message.get("Date") or "")
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return parse_date(written) if written else None


def _header(message: Message, name: str) -> str | None:
    written = str(message.get(name) or "")
    with suppress(MessageError, LookupError, ValueError):
        written = str(make_header(decode_header(written)))
    return " ".join(written.split()) or None


def _part(message: Message, types: tuple[str, ...]) -> Message | None:
    """Return the part of these types that the message starts with, else the first of them."""
    parts = [part for part in _leaves(message) if part.get_content_type() in types]
    start = message.get_param("start")
    named = (part for part in parts if str(part.get("Content-ID", "")).strip() == start)
    return next(named, parts[0] if parts else None)


def _leaves(message: Message) -> Iterator[Message]:
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if isinstance(payload, list):
            waiting += [one for one in reversed(payload) if isinstance(one, Message)]
        else:
            yield part


def _text(part: Message | None) -> str:
    content = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(content, bytes):
        return ""
    return decode(content, charset=part.get_content_charset())


def _address(message: Message, page: Message | None) -> str | None:
    """Return where a saved page comes from."""
    for owner, name in (
        (message, "Snapshot-Content-Location"),
        (page, "Content-Location"),
        (message, "Content-Location"),
    ):
        value = str(owner.get(name, "")).strip() if owner is not None else ""
        if value.lower().startswith(("http://", "https://")):
            return value
    return None
