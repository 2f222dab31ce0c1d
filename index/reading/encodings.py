"""Bytes -> text: decoded right, or refused; never silently turned into gibberish.

Unicode is told by its marks and its form. Of the old one-byte encodings, which every byte
fits, the one wins in which the text speaks a language.
"""

import codecs
import re
from functools import cache

from index.errors import UnreadableArticleError
from index.language.words import stop_words

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OLD = ("cp1252", "cp1251", "cp1254", "koi8-r", "cp1250", "cp866", "mac-roman", "iso-8859-1")
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}")
_LEAD_OF_OLD = re.compile(r"[^\x00-\x7f]")
_SAMPLE = 200_000
_HEAD_BYTES = 16_384
_FEW_ODD = 0.002
"""Share of characters that a text of a named encoding may lose: one odd byte refuses no page."""


def decode(data: bytes, *, charset: str | None = None) -> str:
    """Return the text that bytes hold.

    Args:
        data: The bytes.
        charset: The encoding that somebody names for them; believed if it fits and they are
            not UTF-8.

    Raises:
        UnreadableArticleError: The encoding cannot be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return _as_wide(data) if _is_wide(data) else text
    if _is_wide(data):
        return _as_wide(data)
    for name in (charset, _declared(data)):
        text_as_named = _as_named(data, name) if name else None
        if text_as_named is not None:
            return text_as_named
    broken = data.decode("utf-8", "replace")
    # A mostly sound UTF-8 file with a few damaged places, such as one cut in the middle.
    if len(_MULTIBYTE.findall(data)) >= 20 * broken.count("\ufffd"):
        return broken
    return _in_old_encoding(data)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableArticleError(
            f"the file says it is {encoding.upper()} but is damaged at byte {error.start};"
            " save it again as UTF-8"
        ) from error


def _is_wide(data: bytes) -> bool:
    """Whether every other byte is zero for the most part: UTF-16 without a mark."""
    sample = data[:4_000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return len(sample) >= 8 and max(even, odd) > 0.35 * len(sample) / 2 and min(even, odd) == 0


def _as_wide(data: bytes) -> str:
    big_endian = data[:4_000:2].count(0) > data[1:4_000:2].count(0)
    return _decoded(data, "utf-16-be" if big_endian else "utf-16-le")


def _declared(data: bytes) -> str | None:
    """Return the encoding that markup names for itself."""
    head = data[:_HEAD_BYTES]
    match = _DECLARED.search(head) if head.lstrip().startswith(b"<") else None
    return match[1].decode("ascii") if match else None


def _as_named(data: bytes, name: str) -> str | None:
    # subtle: iso-8859-1 is what servers say and cp1252 what they send.
    known = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252"}
    encoding = known.get(name.lower(), name)
    try:
        name = codecs.lookup(encoding).name
        text = data.decode(name, "replace")
    except (LookupError, UnicodeError, ValueError):
        return None
    odd = text.count("\ufffd")
    return text if name != "utf-8" and odd <= max(1, _FEW_ODD * len(text)) else None


def _in_old_encoding(data: bytes) -> str:
    sample = data[:_SAMPLE]
    scores = {}
    for encoding in _OLD:
        try:
            scores[encoding] = _plausibility(sample.decode(encoding))
        except UnicodeDecodeError:
            continue
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < 0.5:
        foreign = len(_LEAD_OF_OLD.findall(sample.decode("latin-1")))
        if foreign <= _FEW_ODD * len(sample):
            return data.decode("cp1252", "replace")
        raise UnreadableArticleError(
            "the encoding of the file cannot be told; save it as UTF-8 and try again"
        )
    try:
        return data.decode(best)
    except UnicodeDecodeError as error:
        raise UnreadableArticleError(
            f"the file looks like {best} but is damaged at byte {error.start}; save it as UTF-8"
        ) from error


def _plausibility(text: str) -> float:
    """Return how much of what is not ASCII is written as languages write it; about 1 is sure."""
    foreign = _LEAD_OF_OLD.findall(text)
    if not foreign:
        return 1.0
    good = bad = 0.0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        marks = [character for character in word if not character.isascii()]
        if word.casefold() in _frequent_words():
            good += 2 * len(marks)
        elif len(word) == 1 or _is_mixed(word):
            # One letter alone is a sign read wrongly: the pound of "£3" is a letter in KOI8-R.
            bad += len(marks)
        else:
            usual = sum(character.lower() in _USUAL for character in marks)
            good += usual
            bad += len(marks) - usual
    for character in foreign:
        if not character.isalpha():
            good += character in _USUAL_SIGNS
            bad += 2 * (character not in _USUAL_SIGNS)
    return (good - bad) / len(foreign)


_USUAL = frozenset(
    "àâäáãåæçèéêëíìîïñóòôöõœúùûüýÿßğışйцукенгшщзхъфывапролджэячсмитьбюёіїєґąćęłńśźżčďěňřšťůžľĺőűăț"
)
_USUAL_SIGNS = frozenset("«»“”„‘’–—…€°№¿¡\u00a0·•§£©®™ºª´")


def _is_mixed(word: str) -> bool:
    """Whether letters stand together that no language joins: capitals inside, two scripts."""
    if len(word) > 1 and not word.isupper() and not word[1:].islower():
        return True
    is_cyrillic = ["\u0400" <= character <= "\u04ff" for character in word]
    return any(is_cyrillic) and not all(is_cyrillic)


@cache
def _frequent_words() -> frozenset[str]:
    return frozenset(word for word in _unfolded_stop_words() if not word.isascii())


def _unfolded_stop_words() -> frozenset[str]:
    from index.language import lexicon

    written = {
        word.casefold()
        for code in lexicon.languages()
        for word in lexicon.table(code, "words")["stop"]
    }
    return frozenset(written | stop_words())
