"""The canonical form of a piece of text: what every offset of the project counts in.

NFC, `\\n`, runs of spaces folded, at most one blank line, nothing invisible. Signs that only
hide or reorder words (controls, zero-width characters, direction marks, tags, lone surrogates)
are taken out; the joiners that emoji, Arabic and Indic writing need are kept.
"""

import re
import unicodedata
from dataclasses import dataclass

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SILENT = re.compile("[\u00ad\ufeff]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_NOT_IN_MARKUP = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EMOJI = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_JOINING_SCRIPTS = "\u0600-\u07ff\u0840-\u0dff\u1780-\u17ff"
_NEEDED = re.compile(
    f"(?<=[{_EMOJI}0-9#*])\ufe0f\u200d?|(?<=[{_EMOJI}])\u200d(?=[{_EMOJI}])"
    f"|(?<=[{_JOINING_SCRIPTS}])[\u200c\u200d](?=[{_JOINING_SCRIPTS}])"
)
_SPACES = re.compile(r"[^\S\n]+")
_SPACE_AT_LINE_END = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text in canonical form, and how many invisible characters were taken out of it."""

    text: str
    removed: int


def clean(text: str) -> CleanText:
    """Return a text in canonical form; cleaning it again changes nothing.

    >>> clean("Un  caf\\u0065\\u0301\\r\\nno\\u200bir ")
    CleanText(text='Un café\\nnoir', removed=1)
    """
    text = _LINE_END.sub("\n", text)
    removed = 0
    if not text.isascii() or not text.isprintable():
        text = _SILENT.sub("", text)
        text, removed = _without_invisible(text)
        text = unicodedata.normalize("NFC", text)
    text = _SPACES.sub(" ", text)
    text = _SPACE_AT_LINE_END.sub("\n", text)
    return CleanText(_BLANK_LINES.sub("\n\n", text).strip(), removed)


def one_line(text: str) -> str:
    """Return a text in canonical form without line breaks: a title, a name, an outlet.

    >>> one_line("A\\n\\n b")
    'A b'
    """
    return " ".join(clean(text).text.split())


def forbidden_in_markup(text: str) -> int:
    """Return how many characters of a text no markup may hold: its readers drop them."""
    return 0 if text.isascii() and text.isprintable() else len(_NOT_IN_MARKUP.findall(text))


def _without_invisible(text: str) -> tuple[str, int]:
    if not _INVISIBLE.search(text):
        return text, 0
    pieces, position, removed = [], 0, 0
    for match in _NEEDED.finditer(text):
        piece, count = _INVISIBLE.subn("", text[position : match.start()])
        pieces += [piece, match.group()]
        removed += count
        position = match.end()
    piece, count = _INVISIBLE.subn("", text[position:])
    return "".join([*pieces, piece]), removed + count
