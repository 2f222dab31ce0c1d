"""Lines that say who wrote a comment, when, and how it was received - not what it says.

    3. +1
    Ada Lund, 12 March 2021 at 14:05
    Ivo says:

A line counts only if every character of it is accounted for; otherwise it is text.
"""

import re
from dataclasses import dataclass
from functools import cache

from index.language.reading_words import any_of, bare, phrases
from index.language.words import fold
from index.reading.dates import FoundDate, find_date

_NUMBER = re.compile(
    r"(?:(?:#|№|n°)\s?(?P<marked>\d{1,5}(?:\.\d{1,4}){0,30})[.):]?"
    r"|(?P<plain>\d{1,5}(?:\.\d{1,4}){0,30})[.)]"
    r"|(?P<path>\d{1,5}(?:\.\d{1,4}){1,30}))(?=\s|$)\s*"
)
_SCORE = re.compile(r"(?P<score>[+\-−–]?\s?\d{1,6})")
_TWO_SCORES = re.compile(r"\+\s?(?P<up>\d{1,6})[\s/|]+[-−–]\s?(?P<down>\d{1,6})")
_PIECES = re.compile(r"\s*[·•|]\s*")
_EDGE_SIGNS = " ,;:·•|-–—()[]\t"
_ENDS_OF_SAYS = (":", "...", "…")
_PARTICLES = frozenset((
    "de", "du", "des", "d", "la", "le", "les", "van", "von", "der", "den", "ten", "ter",
    "da", "di", "dos", "das", "del", "della", "bin", "ibn", "al", "el", "abu", "y", "und",
    "of", "the", "zu", "af", "av", "st",
))  # fmt: skip
_NOT_IN_NAMES = re.compile(r"[!?…:;,/<>\"«»“”{}=]|(?:^|\W|[^\W_]{2})\.\s?$|\.\.")
_LONGEST_LINE = 200
_LONGEST_NAME = 40
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadLine:
    """What a line says about a comment; fields it does not name are None."""

    number: str | None = None
    author: str | None = None
    date: FoundDate | None = None
    score: int | None = None
    deleted: bool = False
    says: bool = False


def read_head_line(line: str, *, day_first: bool | None = None) -> HeadLine | None:
    """Return what a line says about a comment, None if it says anything else.

    >>> read_head_line("2. -1").number, read_head_line("2. -1").score
    ('2', -1)
    >>> read_head_line("2. That is wrong.") is None
    True
    """
    if len(line) > _LONGEST_LINE:
        return None
    if is_deleted(line):
        return HeadLine(deleted=True)
    date = find_date(line, day_first=day_first)
    number = _NUMBER.match(line)
    if number and date and number.end() > date.start:
        number = None
    found = number["marked"] or number["plain"] or number["path"] if number else None
    if date is not None:
        before = line[number.end() if number else 0 : date.start]
        return _dated(before, date, line[date.end :], found)
    return _undated(line[number.end() if number else 0 :].strip(), found, day_first)


def _dated(before: str, date: FoundDate, after: str, number: str | None) -> HeadLine | None:
    who, says = _who_before(before)
    name, score = _author_of(who), score_of(before)
    if name is None and score is None and (who or says):
        return None
    rest = after.strip(_EDGE_SIGNS)
    if bare(rest) and not is_button(rest):
        if score is None and score_of(rest) is not None:
            score = score_of(rest)
        elif bare(rest) in phrases().says and name:
            says = True
        elif name is None and re.match(r"\s*[|·•–—-]\s|\s+(?:par|by|von|от)\s", after):
            name = _author_of(re.sub(r"^(?:par|by|von|от)\s+", "", rest))
            if name is None:
                return None
        else:
            return None
    return HeadLine(number=number, author=name, date=date, score=score, says=says)


def _undated(rest: str, number: str | None, day_first: bool | None) -> HeadLine | None:
    if is_deleted(rest):
        return HeadLine(number=number, deleted=True)
    if number is not None:
        if not rest:
            return HeadLine(number=number)
        if (score := score_of(rest)) is not None:
            return HeadLine(number=number, score=score)
    if rest.endswith(_ENDS_OF_SAYS):
        who, says = _who_before(rest)
        if says and (name := _author_of(who)):
            return HeadLine(number=number, author=name, says=True)
    pieces = [piece for piece in _PIECES.split(rest) if piece]
    if len(pieces) > 1:
        return _pieced(pieces, number, day_first)
    if number is not None and (name := _author_of(rest)):
        return HeadLine(number=number, author=name)
    return None


def _pieced(pieces: list[str], number: str | None, day_first: bool | None) -> HeadLine | None:
    """Return the head in "Ada · 2h · Reply"."""
    author: str | None = None
    date: FoundDate | None = None
    score: int | None = None
    for position, piece in enumerate(pieces):
        found = find_date(piece, day_first=day_first)
        if found and not bare(piece[: found.start] + piece[found.end :]):
            date = found
        elif is_button(piece):
            continue
        elif score_of(piece) is not None:
            score = score_of(piece)
        elif position == 0 and _author_of(piece):
            author = _author_of(piece)
        else:
            return None
    if date is None and number is None:
        return None
    return HeadLine(number=number, author=author, date=date, score=score)


def _who_before(before: str) -> tuple[str, bool]:
    """Return what is left of "Posted by Ada on" or "Ada says:", and whether somebody says."""
    rest = before.strip(_EDGE_SIGNS)
    known = phrases()
    shortened = [rest, *_without_end(rest, known.date_prefixes)]
    for candidate in shortened:
        for who in _without_end(candidate.strip(_EDGE_SIGNS), known.says)[-1:]:
            return _without_start(who), True
    return _without_start(shortened[-1]), False


def _without_end(text: str, endings: frozenset[str]) -> list[str]:
    """Return the text without each of the endings it has, the shortest ending first."""
    words = text.split()
    return [
        " ".join(words[:-count])
        for count in range(1, min(len(words), 3) + 1)
        if fold(" ".join(words[-count:])).strip(":,.…") in endings
    ]


def _without_start(text: str) -> str:
    """Return the text without "By", "Posted by" and the like."""
    words = text.strip(_EDGE_SIGNS).split()
    for _ in range(2):
        for count in (3, 2, 1):
            if (
                len(words) >= count
                and fold(" ".join(words[:count])).strip(",") in phrases().bylines
            ):
                words = words[count:]
                break
    return " ".join(words).strip(" ,:")


def is_author(line: str) -> bool:
    """Whether a line can be a name: few words, each of them capitalised, or a single nickname.

    >>> [is_author(line) for line in ("Ada van der Lund", "kai_92", "Well said", "Thanks!")]
    [True, True, False, False]
    """
    return _author_of(line) is not None


def is_pseudonym(line: str) -> bool:
    """Whether a line can be what somebody calls themselves, as far as its signs tell.

    >>> [is_pseudonym(line) for line in ("Angry mum of two", "That is wrong.", "Reply")]
    [True, False, False]
    """
    return len(line) <= _LONGEST_NAME and _possible_name(line) == line.strip()


def name_part(line: str, *, day_first: bool | None = None) -> str | None:
    """Return the words of a line that stand where a head has its name, None where none do.

    >>> name_part("3. Prof de maths, 12 March 2021"), name_part("Old Tom · 2h · Reply")
    ('Prof de maths', 'Old Tom')
    """
    if len(line) > _LONGEST_LINE:
        return None
    date, number = find_date(line, day_first=day_first), _NUMBER.match(line)
    start = number.end() if number else 0
    if date is not None and date.start >= start:
        return _PIECES.split(_who_before(line[start : date.start])[0])[0].removesuffix(" _") or None
    if line.endswith(_ENDS_OF_SAYS) and (said := _who_before(line[start:]))[1]:
        return said[0]
    pieces = _PIECES.split(line[start:])
    return pieces[0] if number or len(pieces) > 1 else None


def _author_of(written: str) -> str | None:
    name = _possible_name(written)
    words = name.split() if name else []
    if name is None or len(words) == 1:
        return name
    capitalised = all(
        word[0].isupper() or not word[0].isalpha() or fold(word.strip(".'’")) in _PARTICLES
        for word in words
    )
    return name if capitalised and any(word[0].isupper() for word in words) else None


def _possible_name(written: str) -> str | None:
    """Return a line as a name where its length and its signs allow it to be one."""
    name = written.strip().removesuffix(" _").strip(",;|·•").strip()
    if name.startswith("@"):
        name = name[1:]
    if not 1 <= len(name.split()) <= _MOST_WORDS or len(name) > _LONGEST_NAME:
        return None
    if not any(character.isalpha() for character in name) or _NOT_IN_NAMES.search(name):
        return None
    if (
        not (name[0].isalnum() or name[0] in "_'’([")
        or is_button(name)
        or is_furniture_word(name)
        or is_deleted(name)
    ):
        return None
    return name


def is_furniture_word(line: str) -> bool:
    """Whether a line is, as a whole, a label of a page: "Menu", "Newsletter"."""
    return bare(line) in phrases().furniture_lines


def is_deleted(line: str) -> bool:
    """Whether a line stands in for a comment that was taken away.

    >>> is_deleted("[Removed by the night desk]"), is_deleted("They removed the bench.")
    (True, False)
    """
    if len(line) > 120:
        return False
    words = bare(line)
    is_bracketed = line.startswith("[") and line.endswith("]")
    return words in _deleted() or (is_bracketed and _told_deleted().search(words) is not None)


@cache
def _deleted() -> frozenset[str]:
    return frozenset(bare(phrase) for phrase in phrases().deleted)


@cache
def _told_deleted() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(_deleted())}(?!\w)")


def is_button(line: str) -> bool:
    """Whether a line holds only what a page lets its readers press: "Reply · Share · 3 likes"."""
    if len(line) > 120:
        return False
    pieces = _button_pieces(line)
    pressed = [piece for piece in pieces if _is_button_piece(piece)]
    return bool(pressed) and all(piece in pressed or piece.strip().isdecimal() for piece in pieces)


def button_score(line: str) -> int | None:
    """Return the score among buttons: 4 in "Like · Reply · 4"; None where there is none."""
    scores = [score_of(piece) for piece in _button_pieces(line)]
    return next((score for score in scores if score is not None), None)


def _button_pieces(line: str) -> list[str]:
    return [piece for piece in re.split(r"[·•|/]|\s{2,}|\t", line) if bare(piece)]


def _is_button_piece(piece: str) -> bool:
    known = phrases()
    words = bare(piece)
    if words in known.buttons:
        return True
    counted = re.fullmatch(r"(?:\w+ )?(\d+) (.+)|(.+?) (\d+)", words)
    if counted:
        label = counted[2] or counted[3]
        return label in known.buttons | known.likes | known.reply_counts
    # "Reply Share Report" pasted in one line.
    parts = words.split()
    return 1 < len(parts) <= 6 and all(part in known.buttons for part in parts)


def score_of(text: str) -> int | None:
    """Return the score that a piece of text is: "+3", "-2", "12 likes", "+5 / -1".

    >>> [score_of(text) for text in ("+3", "−2", "12 likes", "+5 / -1", "3 hens")]
    [3, -2, 12, 4, None]
    """
    rest = text.strip(" ()[]👍❤▲▼♥:")
    if both := _TWO_SCORES.fullmatch(rest):
        return int(both["up"]) - int(both["down"])
    match = _SCORE.match(rest)
    if match is None:
        match = re.search(rf"{_SCORE.pattern}$", rest)
        label = rest[: match.start()] if match else rest
    else:
        label = rest[match.end() :]
    if (
        match is None
        or (label.strip() and not bare(label))
        or (bare(label) and bare(label) not in phrases().likes)
    ):
        return None
    return int(re.sub(r"\s", "", match["score"]).replace("−", "-").replace("–", "-"))
