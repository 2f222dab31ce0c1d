"""One element -> one comment: author, time, score, words, and whom it answers."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from lxml.html import HtmlElement

from index.reading.dates import find_date, is_day_first, parse_date
from index.reading.draft import CommentDraft
from index.reading.html.blocks import facts_of, line_of, text_of
from index.reading.html.container import header_of
from index.reading.html.outline import Outline
from index.reading.html.vocabulary import DATE_TEXT, label_form, name_words, vocabulary
from index.words import fold

_LEVEL = re.compile(r"(?:^|[\s_-])(?:depth|level|lvl|indent|nest(?:ed|ing)?)[_-]?(\d{1,2})\b", re.I)
_INDENT = re.compile(r"(?:margin|padding)-left\s*:\s*(\d{1,4})(?:\.\d+)?(px|em|rem|%)", re.I)
_NUMBER = re.compile(r"[+\-−]?\s?\d{1,6}\b")
_NUMBER_AFTER_DASH = re.compile(r"\s[-–—|·,]\s?\d")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?::\d{2})?")
_LEADING_COUNT = re.compile(r"^\d{1,4}\s+(?=[^\W\d])")
_JOINER = re.compile(r"\s(?:on|at|am|um|le|à|el|il|den|ha)$")
_PARENT_ATTRIBUTES = ("data-parent-id", "data-parent", "data-parentid", "data-parent_id")
_QUOTE_WORDS = frozenset(("quote", "quoted", "quotation", "citation", "zitat", "cita"))


def read_records(outline: Outline, records: list[HtmlElement]) -> tuple[CommentDraft, ...]:
    """Return the comments in the order of the page, each with its own key and its parent's."""
    places = {element: number for number, element in enumerate(records)}
    around = {element: _record_around(element, places) for element in records}
    nested: dict[HtmlElement, list[HtmlElement]] = {element: [] for element in records}
    for element, parent in around.items():
        if parent is not None:
            nested[parent].append(element)
    parents = _parents(records, around)
    drafts: list[CommentDraft] = []
    for number, element in enumerate(records):
        header = header_of(outline, element, set(records))
        draft = _read(outline, element, nested[element], header, number, parents[number])
        if draft is not None:
            drafts.append(draft)
    return _dated(_without_lost_parents(drafts))


def _dated(drafts: tuple[CommentDraft, ...]) -> tuple[CommentDraft, ...]:
    """Read the dates that are only shown, each as the whole page writes its dates."""
    shown = [draft.posted_at_text for draft in drafts if draft.posted_at_text]
    day_first = is_day_first(shown)
    return tuple(
        replace(draft, posted_at=parse_date(draft.posted_at_text, day_first=day_first))
        if draft.posted_at is None and draft.posted_at_text
        else draft
        for draft in drafts
    )


def _read(
    outline: Outline,
    element: HtmlElement,
    nested: list[HtmlElement],
    header: HtmlElement | None,
    number: int,
    parent: int | None,
) -> CommentDraft | None:
    inside = _own_elements(element, nested)
    if header is not None:
        inside = [*inside, *_own_elements(header, [])]
    author_element, author = _author(outline, inside)
    time_element, posted_at, posted_at_text = _time(outline, inside)
    if author is None and posted_at_text:
        author = _name_before_date(posted_at_text)
    score_element, score = _score(outline, inside)
    dropped = [*nested, *_furniture(outline, inside, author_element, time_element)]
    if score_element is not None:
        dropped.append(score_element)
    text = _body(outline, inside, element, dropped)
    text, author, posted_at_text = _unfold_header(text, author, posted_at_text)
    deleted = _is_deleted(text)
    if not deleted and not text:
        return None
    quoted = () if deleted else _quoted(inside, dropped, text)
    return CommentDraft(
        text=None if deleted else text,
        key=str(number),
        parent_key=None if parent is None else str(parent),
        author=author,
        posted_at=posted_at,
        posted_at_text=posted_at_text,
        score=score,
        deleted=deleted,
        quoted=quoted,
    )


def _own_elements(element: HtmlElement, nested: list[HtmlElement]) -> list[HtmlElement]:
    """Return the elements of a comment without those of its replies, in document order."""
    skipped = set(nested)
    found, stack = [], [element]
    while stack:
        node = stack.pop()
        if node in skipped or not isinstance(node.tag, str):
            continue
        found.append(node)
        stack.extend(reversed(node))
    return found


def _record_around(element: HtmlElement, places: dict[HtmlElement, int]) -> HtmlElement | None:
    node = element.getparent()
    while node is not None:
        if node in places:
            return node
        node = node.getparent()
    return None


def _parents(
    records: list[HtmlElement], around: dict[HtmlElement, HtmlElement | None]
) -> list[int | None]:
    """Return for each comment the number of the one it answers, from what the page says.

    In this order: an attribute that names the parent, the comment around it, the depth that
    classes or indentation tell, a replies list that follows the parent.
    """
    places = {element: number for number, element in enumerate(records)}
    by_id = _by_identifier(records)
    levels = _levels(records)
    open_levels: list[tuple[int, int]] = []
    parents: list[int | None] = []
    for number, element in enumerate(records):
        named = _named_parent(element, by_id)
        outer = around[element]
        while open_levels and open_levels[-1][0] >= levels[number]:
            open_levels.pop()
        if named is not None and named < number:
            parents.append(named)
        elif outer is not None:
            parents.append(places[outer])
        elif open_levels:
            parents.append(open_levels[-1][1])
        else:
            parents.append(None)
        open_levels.append((levels[number], number))
    return parents


def _by_identifier(records: list[HtmlElement]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, element in enumerate(records):
        for name in ("id", "data-id", "data-comment-id", "data-commentid", "name"):
            identifier = element.get(name)
            if identifier:
                found.setdefault(identifier, number)
                digits = re.search(r"\d+$", identifier)
                if digits:
                    found.setdefault(digits.group(), number)
    return found


def _named_parent(element: HtmlElement, by_id: dict[str, int]) -> int | None:
    for name in _PARENT_ATTRIBUTES:
        value = element.get(name)
        if value and value in by_id:
            return by_id[value]
    return None


def _levels(records: list[HtmlElement]) -> list[int]:
    classes = [_LEVEL.search(element.get("class") or "") for element in records]
    if sum(match is not None for match in classes) * 2 > len(records):
        return [int(match.group(1)) if match else 0 for match in classes]
    widths = []
    for element in records:
        found = _INDENT.search(element.get("style") or "")
        widths.append(int(found.group(1)) if found else 0)
    if len(set(widths)) > 1:
        return widths
    return _reply_lists(records)


def _reply_lists(records: list[HtmlElement]) -> list[int]:
    """Return how many lists of replies lie around each comment, as their classes say."""
    counts = []
    for element in records:
        count, node = 0, element.getparent()
        while node is not None and node.tag not in ("body", "html"):
            words = name_words(f"{node.get('class') or ''} {node.get('id') or ''}")
            if words & {"children", "replies", "child", "answers", "antworten", "reponses"}:
                count += 1
            node = node.getparent()
        counts.append(count)
    return counts


def _author(outline: Outline, inside: list[HtmlElement]) -> tuple[HtmlElement | None, str | None]:
    """Return the element that names who wrote a comment, and the name."""
    best: tuple[int, int, HtmlElement, str] | None = None
    words = vocabulary()
    for order, element in enumerate(inside):
        item = (element.get("itemprop") or "").lower().split()
        own = name_words(outline.names[outline.position[element]])
        if not (outline.is_author[outline.position[element]] or "author" in item):
            continue
        if "author" in item and element.get("content"):
            name = element.get("content", "")
        else:
            name = line_of(element)
        name = _clean_name(name)
        if not name or len(name) > 60:
            continue
        if own & {"fn", "nickname", "username", "pseudo", "nick"} or "name" in item:
            rank = 0
        elif "author" in item or element.tag == "cite":
            rank = 1
        elif own & words.author:
            rank = 2 if own & {"author", "autor", "auteur", "name", "user"} else 3
        else:
            rank = 3
        if best is None or (rank, order) < best[:2]:
            best = (rank, order, element, name)
    if best is None:
        return None, None
    return best[2], best[3]


def _name_before_date(line: str) -> str | None:
    """Return the name in a line such as "Ada Byrne on 3 May 2021".

    >>> _name_before_date("Ada Byrne on 3 May 2021"), _name_before_date("on 3 May 2021")
    ('Ada Byrne', None)
    """
    found = DATE_TEXT.search(line)
    before = line[: found.start()].strip() if found else ""
    if not _JOINER.search(before) or len(before) > 60:
        return None
    return _clean_name(before) or None


def _clean_name(text: str) -> str:
    words = vocabulary()
    flat = " ".join(text.split())
    for found in (DATE_TEXT.search(flat), _NUMBER_AFTER_DASH.search(flat)):
        if found is not None and found.start() > 0:
            flat = flat[: found.start()]
    folded = fold(flat)
    if len(folded) == len(flat):
        said = words.says.search(folded)
        if said is not None:
            flat = flat[: said.start()]
            folded = folded[: said.start()]
        by = words.by.search(folded)
        if by is not None:
            flat = flat[by.end() :]
    flat = _LEADING_COUNT.sub("", flat)
    flat = _JOINER.sub("", flat.strip(" \t,:;|·•-–—@()#"))
    return "" if label_form(flat) in words.labels or flat.isdigit() else flat


def _time(
    outline: Outline, inside: list[HtmlElement]
) -> tuple[HtmlElement | None, datetime | None, str | None]:
    """Return the element that shows when a comment was written, the time, and it as written."""
    shown: tuple[HtmlElement, datetime | None, str] | None = None
    for element in inside:
        if not outline.is_date[outline.position[element]]:
            continue
        text = facts_of(element)
        moment = _machine_time(element)
        if moment is not None:
            return element, moment, text or None
        if shown is None and text:
            found = DATE_TEXT.search(text)
            if found or vocabulary().relative.search(fold(text)):
                shown = (element, None, _with_day(element, text))
    return shown if shown is not None else (None, None, None)


def _with_day(element: HtmlElement, text: str) -> str:
    """Return a bare time of day with the date that stands before it in the same line."""
    parent = element.getparent()
    if not _CLOCK.fullmatch(text) or parent is None:
        return text
    line = facts_of(parent)
    found = find_date(line) if len(line) <= 120 else None
    return found.text if found is not None else text


def _machine_time(element: HtmlElement) -> datetime | None:
    for name in ("datetime", "content", "title", "data-time", "data-timestamp", "data-date"):
        value = (element.get(name) or "").strip()
        if not value:
            continue
        if value.isdigit() and 9 <= len(value) <= 13:
            seconds = int(value) / (1000 if len(value) > 11 else 1)
            return datetime.fromtimestamp(seconds, UTC)
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _score(outline: Outline, inside: list[HtmlElement]) -> tuple[HtmlElement | None, int | None]:
    words = vocabulary()
    for element in inside:
        data = element.get("data-score") or element.get("data-votes")
        if data and _NUMBER.fullmatch(data.strip()):
            return None, _whole(data)
        item = (element.get("itemprop") or "").lower()
        own = name_words(outline.names[outline.position[element]])
        if item != "upvotecount" and own.isdisjoint(words.score):
            continue
        text = element.get("content") if item == "upvotecount" else None
        text = text or line_of(element)
        found = _NUMBER.search(text) if len(text) <= 24 else None
        if found:
            return element, _whole(found.group())
    return None, None


def _whole(text: str) -> int:
    return int(text.replace("−", "-").replace(" ", "").replace("+", ""))


def _furniture(
    outline: Outline,
    inside: list[HtmlElement],
    author: HtmlElement | None,
    time: HtmlElement | None,
) -> list[HtmlElement]:
    """Return what stands in a comment but is not its words: names, dates, labels, headings."""
    words = vocabulary()
    found = [element for element in (author, time) if element is not None]
    for element in inside[1:]:
        place = outline.position[element]
        length = outline.text(place)
        if outline.is_label[place] or outline.is_date[place] or element.tag == "form":
            found.append(element)
        elif length and length <= 120:
            own = name_words(outline.names[place])
            if own.isdisjoint(words.side | words.author):
                continue
            if outline.total(outline.free, place) <= 12:
                found.append(element)
    return found


def _body(
    outline: Outline,
    inside: list[HtmlElement],
    element: HtmlElement,
    dropped: list[HtmlElement],
) -> str:
    """Return the words of a comment: of its part called text, else of all that is left."""
    best: HtmlElement | None = None
    free_of_all = max(1, len(text_of(element, dropped)))
    for part in inside[1:]:
        place = outline.position[part]
        item = (part.get("itemprop") or "").lower()
        own = name_words(outline.names[place])
        if item in ("text", "commenttext", "description", "articlebody"):
            best = part
            break
        if own.isdisjoint(vocabulary().text) or part.tag in ("a", "span", "time"):
            continue
        if len(text_of(part, dropped)) * 10 >= free_of_all * 6:
            best = part
    text = text_of(best if best is not None else element, dropped)
    return _without_labels(text)


def _without_labels(text: str) -> str:
    """Return a text without the lines at its ends that are labels or dates alone."""
    lines = text.split("\n")
    while lines and _is_furniture_line(lines[-1]):
        lines.pop()
    while lines and _is_furniture_line(lines[0]):
        lines.pop(0)
    return "\n".join(lines).strip()


def _is_furniture_line(line: str) -> bool:
    words = vocabulary()
    stripped = line.strip()
    if not stripped or label_form(stripped) in words.labels:
        return True
    if not any(sign.isalnum() for sign in stripped):
        return len(stripped) <= 3 and not stripped.strip("|·•-–—/#:")
    if len(stripped) <= 60 and any(sign.isdigit() for sign in stripped):
        rest = DATE_TEXT.sub("", stripped)
        return rest != stripped and sum(sign.isalpha() for sign in rest) <= 8
    return stripped.startswith("#") and stripped[1:].isdigit()


def _unfold_header(
    text: str, author: str | None, posted_at_text: str | None
) -> tuple[str, str | None, str | None]:
    """Take a first line such as "Ada Byrne says: May 3, 2021" off the words of a comment."""
    first, _, rest = text.partition("\n")
    if not rest or len(first) > 120:
        return text, author, posted_at_text
    words = vocabulary()
    folded = fold(first)
    date = DATE_TEXT.search(first)
    said = words.says.search(f" {folded}") if len(folded) == len(first) else None
    is_header = (author is not None and first.startswith(author) and (date or said)) or (
        date is not None and (said is not None or words.by.search(folded) is not None)
    )
    if not is_header:
        return text, author, posted_at_text
    name = _clean_name(first)
    return (
        _without_labels(rest.strip()),
        author or name or None,
        posted_at_text or (date.group() if date else None),
    )


def _is_deleted(text: str) -> bool:
    return len(text) <= 160 and label_form(text) in vocabulary().deleted


def _quoted(inside: list[HtmlElement], dropped: list[HtmlElement], text: str) -> tuple[str, ...]:
    """Return the parts of a comment that it marks as quoted, as they stand in its text."""
    found: list[str] = []
    covered: set[HtmlElement] = set()
    position = 0
    for element in inside[1:]:
        names = name_words(element.get("class") or "")
        if element.tag != "blockquote" and not names & _QUOTE_WORDS:
            continue
        if any(outer in covered for outer in element.iterancestors()):
            continue
        words = text_of(element, dropped)
        at = text.find(words, position) if words else -1
        if at >= 0 and words != text:
            found.append(words)
            covered.add(element)
            position = at + len(words)
    return tuple(found)


def _without_lost_parents(drafts: list[CommentDraft]) -> tuple[CommentDraft, ...]:
    kept = {draft.key for draft in drafts}
    return tuple(
        draft if draft.parent_key is None or draft.parent_key in kept else _at_top(draft)
        for draft in drafts
    )


def _at_top(draft: CommentDraft) -> CommentDraft:
    return replace(draft, parent_key=None)
