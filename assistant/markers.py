"""The markers in a reply of a model: `[A7]`, `[A7, C4]`, `【A7】`, `(A7)`, whole or in pieces."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache

from assistant.locale import languages, table
from index.language.quotation_marks import quotations_in
from index.language.sentences import sentence_spans

_LABEL = r"[AC]\d{1,5}(?:\.\d{1,5}){0,8}(?:~\d{1,3})?"
_LABELS = re.compile(_LABEL)
_MARKER = re.compile(
    # "[A2]", "[A2, C4]", "[passage A2]", "[A2-A4]", "[A2 and A3]", "(A2)"
    rf"[\[【(]\s?(?:[^\W\d_]{{2,12}}\.?\s)?{_LABEL}"
    rf"(?:\s?(?:[,;/&–-]|[^\W\d_]{{1,5}}\s)?\s?{_LABEL}){{0,7}}\s?[\]】)]"
)
_RANGE = re.compile(r"\b([AC])(\d{1,3})\s?[–-]\s?[AC](\d{1,3})\b")
_LONGEST_RANGE = 8
_NORMAL = re.compile(rf"\s?\[({_LABEL})\]")
_BEGUN = re.compile(r"(?:[\[【(][\w.,;~ &/–-]{0,60}|`{1,3})$")
_REMOVED = re.compile(r"(?<!\s)\s*\[[AC]\d[\d.~]*\]")
"""A marker and the space before it, also one that no passage can bear."""
_CODE = re.compile(r"(`{1,3})")
_LIST_OR_HEADING = re.compile(r"^\s{0,8}(?:[-*•]|\d{1,2}[.)]|#{1,6})\s+", re.MULTILINE)
_EMPHASIS = re.compile(r"\*\*|__")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A sentence of a reply without its markers, and the labels they name."""

    text: str
    labels: tuple[str, ...]


@dataclass(slots=True)
class MarkerStream:
    """Writes the markers of a reply in one form while it arrives in pieces.

    A marker that is cut in two by a piece is held back until it is whole. What stands in
    code is no marker, and round brackets are one only around a label that was shown: the A7
    is a road, too.

    >>> stream = MarkerStream(shown={"A7", "C4"})
    >>> [stream.feed(piece) for piece in ("Closed [A", "7, C4]. Not", " (A9).")], stream.end()
    (['Closed ', '[A7][C4]. Not', ' (A9).'], '')
    """

    shown: Collection[str]
    _held: str = ""
    _in_code: bool = field(default=False)

    def feed(self, piece: str) -> str:
        """Return what can be shown after the next piece."""
        text = self._held + piece
        begun = _BEGUN.search(text)
        cut = begun.start() if begun else len(text)
        self._held = text[cut:]
        return self._written(text[:cut])

    def end(self) -> str:
        """Return what was held back when nothing more comes."""
        rest, self._held = self._held, ""
        return self._written(rest)

    def _written(self, text: str) -> str:
        parts = []
        for part in _CODE.split(text):
            if part.startswith("`"):
                self._in_code = not self._in_code
                parts.append(part)
            else:
                parts.append(part if self._in_code else _MARKER.sub(self._in_one_form, part))
        return "".join(parts)

    def _in_one_form(self, marker: re.Match[str]) -> str:
        labels = _LABELS.findall(_RANGE.sub(_whole_range, marker[0]))
        if marker[0].startswith("(") and not all(label in self.shown for label in labels):
            return marker[0]
        return "".join(f"[{label}]" for label in labels)


def _whole_range(found: re.Match[str]) -> str:
    """Return the labels that "A2-A4" stands for."""
    kind, first, last = found[1], int(found[2]), int(found[3])
    if not first < last <= first + _LONGEST_RANGE:
        return found[0]
    return " ".join(f"{kind}{number}" for number in range(first, last + 1))


def marked_sentences(reply: str) -> tuple[Marked, ...]:
    """Return the sentences of a reply whose markers are in one form.

    A marker belongs to the sentence before it, also where it stands behind the full stop.

    >>> [(s.text, s.labels) for s in marked_sentences("It is closed. [A1][A2] Why? [A3]")]
    [('It is closed.', ('A1', 'A2')), ('Why?', ('A3',))]
    """
    reply = _EMPHASIS.sub("", _LIST_OR_HEADING.sub("", reply))
    reply = _sources().sub(lambda found: f"{found[2]} {found[1]}", reply)
    plain, places, position = "", [], 0
    for marker in _NORMAL.finditer(reply):
        plain += reply[position : marker.start()]
        position = marker.end()
        places.append((len(plain.rstrip()), marker[1]))
    plain += reply[position:]
    # "He said: “It is late. We must go.” [A1]" is one sentence with one marker.
    quoted = [q for q in quotations_in(plain) if q.is_closed and "\n" not in plain[q.start : q.end]]
    spans = list(sentence_spans(plain, quoted=quoted))
    sentences = []
    for number, span in enumerate(spans):
        until = spans[number + 1].start if number + 1 < len(spans) else len(plain) + 1
        labels = [label for place, label in places if span.start < place <= until]
        if number == 0:
            labels = [label for place, label in places if place <= until]
        sentences.append(Marked(text=span.of(plain), labels=tuple(dict.fromkeys(labels))))
    return tuple(sentences)


@cache
def _sources() -> re.Pattern[str]:
    """Return what finds "According to [A8], the council met.": the marker alone says who."""
    words = {word.strip() for code in languages() for word in table(code, "words")["according"]}
    choices = "|".join(map(re.escape, sorted(words)))
    return re.compile(
        rf"(?:^|(?<=[.!?]\s))(?:{choices})\s?((?:\s?\[{_LABEL}\])+),\s+([^.!?\n]*)",
        re.IGNORECASE | re.MULTILINE,
    )


def without_markers(text: str) -> str:
    """Return a text without its markers and the spaces before them.

    >>> without_markers("It is closed [A1][C5.1~2]. Why? [A3]")
    'It is closed. Why?'
    """
    return _REMOVED.sub("", text)


def with_markers(text: str, labels: Iterable[str]) -> str:
    """Return a sentence with the markers of these labels at its end and no others.

    >>> with_markers("It is closed. [A1]", ("A2", "C4"))
    'It is closed. [A2][C4]'
    """
    markers = "".join(f"[{label}]" for label in labels)
    return f"{without_markers(text).rstrip()} {markers}".strip()
