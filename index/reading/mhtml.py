"""MHTML, a page saved by a browser as one file (RFC 2557): the page within, without its files."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message

from index.errors import UnreadableArticleError

_HEAD_BYTES = 4096
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """The page of an MHTML file: its bytes, their encoding and address where it names them."""

    data: bytes
    charset: str | None
    url: str | None


def is_mhtml(data: bytes) -> bool:
    """Whether bytes begin like a saved page: mail headers that announce related parts."""
    head = data[:_HEAD_BYTES].lower()
    if head.lstrip()[:1] in (b"<", b"{", b"["):
        return False
    return b"mime-version:" in head and (
        b"multipart/related" in head or b"snapshot-content-location:" in head
    )


def page_from_mhtml(data: bytes) -> SavedPage:
    """Return the page that a saved file holds.

    Raises:
        UnreadableArticleError: There is no page in it.
    """
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        part = _page_part(message)
        if part is None:
            raise UnreadableArticleError("the saved page (MHTML) holds no HTML")
        content = part.get_payload(decode=True)
        charset = part.get_content_charset()
    except (MessageError, RecursionError, LookupError, ValueError) as error:
        raise UnreadableArticleError("the saved page (MHTML) is damaged") from error
    if not isinstance(content, bytes) or not content.strip():
        raise UnreadableArticleError("the saved page (MHTML) is empty")
    return SavedPage(data=content, charset=charset, url=_address(message, part))


def _page_part(message: Message) -> Message | None:
    """Return the part the file starts with, else its first page."""
    pages = []
    stack: list[Message] = [message]
    while stack:
        part = stack.pop()
        if part.is_multipart():
            stack.extend(
                reversed([inner for inner in part.get_payload() if isinstance(inner, Message)])
            )
        elif part.get_content_type() in _PAGE_TYPES:
            pages.append(part)
    start = message.get_param("start")
    for part in pages:
        if isinstance(start, str) and str(part.get("Content-ID", "")).strip() == start:
            return part
    return pages[0] if pages else None


def _address(message: Message, part: Message) -> str | None:
    for owner, name in (
        (message, "Snapshot-Content-Location"),
        (part, "Content-Location"),
        (message, "Content-Location"),
    ):
        value = str(owner.get(name, "")).strip()
        if value.lower().startswith(("http://", "https://")):
            return value
    return None
