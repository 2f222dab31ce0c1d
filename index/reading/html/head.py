"""The head of an article: its title, who wrote it and when, machine-readable sources first.

A page says the same thing in several places. What it says to machines counts before what it
shows, and the day it was published before the day it was changed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import islice

from lxml.html import HtmlElement

from index.language.page_words import name_words, names_of, vocabulary
from index.language.reading_words import bare, phrases
from index.language.words import fold
from index.reading.blocks import line_of
from index.reading.dates import MONTH_FIRST_LANGUAGES, dateline, find_date, parse_date
from index.reading.draft import ParagraphDraft
from index.reading.html.facts import clean_name
from index.reading.html.near_headline import letters_of, names_author
from index.reading.html.site_links import canonical_addresses, own_address
from index.reading.html.structured import article_data, person_names
from index.reading.pasted.bylines import behind_by

_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "dc.date.issued", "dcterms.created", "pubdate", "publishdate", "sailthru.date",
)  # fmt: skip
_PUBLISHED_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{10,40})"')
_MOST_DATES = 50
_MOST_PARTS = 30
_JOINING = re.compile(r"\W*(?:\w{1,3}\W*)?")
_SEPARATOR = re.compile(r"\s+[|·•–—:»-]\s+|\s*[|»]\s*|\s+(?=\[[^\]]+\]$)")
_OUTSIDE = frozenset(("nav", "footer", "aside"))
_MOST_AUTHORS = 5
_LONGEST_NAME = 60
_LONGEST_LINE = 120
_MOST_REPEATED = 3
_LONGEST_DOMAIN = 4
_LATE, _DAY = 18, timedelta(days=1)
_MOST_LETTERS = 3
# Countries whose pages in English write the month first; elsewhere the day comes first.
_MONTH_FIRST = frozenset(("us", "ph"))
_COUNTRY = re.compile(r"[a-z]{2,3}[-_]([a-z]{2})\b", re.I)
_HOME = re.compile(r"(?:https?://[^/]*)?/?(?:index\.\w+|home)?(?:[?#].*)?", re.I)
_HOST = re.compile(r"://(?:www\.)?([^/:?#]*)")


def published_at(
    tree: HtmlElement,
    parts: Sequence[HtmlElement],
    *,
    near: Sequence[HtmlElement],
    url: str | None,
    guessed: datetime | None,
) -> datetime | None:
    """Return when a page says its article was published, None where it does not say it.

    Args:
        tree: The page.
        parts: Its small elements, as `small_parts` gives them.
        near: Those around its headline, as `near_headline` gives them.
        url: Its address: its country tells which comes first in 04/05/2020.
        guessed: The day another reader takes for it; counts before what the page only shows.
    """
    stated = [moment for written in _stated_dates(tree) if (moment := parse_date(written))]
    day_first = is_day_first(tree, url)
    shown = list(islice(_shown_dates(parts, day_first), _MOST_DATES))
    marked = [moment for moment, is_sure in shown if is_sure]
    beside = _day_beside(near, day_first)
    moments = [*stated, *marked[:1], *beside, *([guessed] if guessed else [])]
    moments += [at for at, _ in shown[:1]]
    if not moments:
        return None
    # A system that states every time in UTC (WordPress.com): the reader's day is the one shown.
    if stated and beside and stated[0].utcoffset() == timedelta():
        is_late = stated[0].hour >= _LATE and beside[0].date() == stated[0].date() + _DAY
        moments = [beside[0], *moments] if is_late else moments
    # A day without its time ("2019-10-18") is completed by another source of the same day.
    alike = (at for at in [*moments, *marked] if at.date() == moments[0].date())
    return next((at for at in alike if at.time() != time()), moments[0])


def _shown_dates(
    parts: Sequence[HtmlElement], day_first: bool | None
) -> Iterator[tuple[datetime, bool]]:
    """Yield the dates of publication that a page shows, and whether they are sure.

    Those are that markup says, or that stand beside the day of a change.
    """
    words = vocabulary().date | {"byline"}
    for element in parts:
        is_marked = element.tag == "time" and element.get("datetime") is not None
        is_named = not name_words(names_of(element)).isdisjoint(words)
        if element.tag != "time" and not is_named and not _is_announced(element):
            continue
        line = line_of(element)
        found = find_date(line, day_first=day_first)
        if len(line) > _LONGEST_LINE or _names_change(element):
            continue
        # "Updated 4 March 2021, published 1 March 2021": the second is the day.
        is_beside = False
        while found is not None and _is_change(line[: found.start]):
            line, is_beside = line[found.end :], True
            found = find_date(line, day_first=day_first)
        if is_beside and found is None:
            continue
        written = (element.get("datetime") or line) if is_marked else line
        if (moment := parse_date(written, day_first=day_first)) is not None:
            yield moment, is_marked or is_beside


def _day_beside(near: Sequence[HtmlElement], day_first: bool | None) -> list[datetime]:
    """Return the day that stands alone around the headline, or begins the text; none without.

    "9 September 2017", "29.11.2022 – The council …", not "The fair opens on 14 August".
    """
    for element in near:
        line = line_of(element)[: 2 * _LONGEST_LINE]
        found = find_date(line, day_first=day_first)
        if found is None or found.at is None or _names_change(element):
            continue
        before, behind = line[: found.start].strip("( "), line[found.end :]
        beside = bare(before + behind)
        known = phrases()
        is_alone = beside in known.weekdays | known.published_prefixes | known.date_prefixes
        is_alone |= sum(map(str.isalpha, beside)) <= _MOST_LETTERS
        is_alone |= vocabulary().by.match(fold(line)) is not None  # "by Ada Lund on 3 May 2021"
        if is_alone or dateline(line, day_first=day_first):
            return [parse_date(line, day_first=day_first) or found.at]
    return []


def _stated_dates(tree: HtmlElement) -> Iterator[str]:
    for node in article_data(tree):
        if isinstance(written := node.get("datePublished"), str):
            yield written
    stated = {
        key.lower(): element.get("content") or element.get("datetime") or ""
        for element in reversed(list(tree.iter("meta", "time")))
        for key in (element.get("property"), element.get("name"), element.get("itemprop"))
        if key
    }
    yield from (stated[name] for name in _PUBLISHED if stated.get(name))
    for script in tree.iter("script"):
        # Data that is no valid JSON still says it.
        yield from _PUBLISHED_DATA.findall((script.text or "")[:200_000])


def _names_change(element: HtmlElement) -> bool:
    """Whether markup says that a date is that of a change."""
    parent = element.getparent()
    names = names_of(element) + (f" {names_of(parent)}" if parent is not None else "")
    return any(word.startswith(("updat", "modif")) for word in name_words(names))


def _is_announced(element: HtmlElement) -> bool:
    """Whether the line before one that ends with a number says so: "Published", "3 May 2021"."""
    before = element.getprevious()
    if before is None or len(element) or not (element.text or "").rstrip()[-1:].isdigit():
        return False
    return bare(line_of(before)) in phrases().published_prefixes


def _is_change(before: str) -> bool:
    """Whether a date after these words is none of publication: "Updated 26 March 2019"."""
    return vocabulary().changed.search(fold(before)) is not None


def is_day_first(tree: HtmlElement, url: str | None) -> bool | None:
    """Return how the country of a page writes 04/05/2020; None where no country shows."""
    locales = [tree.get("lang") or ""]
    locales += [
        element.get("content") or ""
        for element in tree.iter("meta")
        if (element.get("property") or element.get("http-equiv") or "").lower()
        in ("og:locale", "content-language")
    ]
    for locale in locales:
        if match := _COUNTRY.match(locale):
            return match[1].lower() not in _MONTH_FIRST
    language = locales[0][:2].lower()
    if language and language not in MONTH_FIRST_LANGUAGES:
        return True
    host = re.sub(r"^\w+://|[/:?#].*", "", url or "").rpartition(".")[2]
    return host not in _MONTH_FIRST if len(host) == 2 else None


def small_parts(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the small elements of a page that are not in its menus, side columns and footer."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in _OUTSIDE:
            continue
        waiting.extend(reversed(element))
        # A byline is small; the text of every large element would take the square of the page.
        if sum(1 for _ in islice(element.iter(), _MOST_PARTS)) < _MOST_PARTS:
            yield element


def author_of(
    tree: HtmlElement,
    parts: Sequence[HtmlElement],
    guessed: str | None,
    *,
    near: Sequence[HtmlElement] = (),
    outlet: str | None = None,
) -> str | None:
    """Return who wrote the article of a page.

    Args:
        tree: The page without its comments.
        parts: Its small elements, as `small_parts` gives them.
        guessed: Who another reader takes for the author; what counts where the page marks nobody.
        near: The elements around its headline, as `near_headline` gives them.
        outlet: The name of the site, which is no author where the page names one.
    """
    stated = [_without_by(name) for node in article_data(tree) for name in person_names(node)]
    distinct = list(dict.fromkeys(" ".join(name.split()) for name in filter(_is_known, stated)))
    site = letters_of(outlet or "")
    if any(letters_of(name) != site for name in distinct):
        return "; ".join(distinct[:_MOST_AUTHORS])
    marked = list(dict.fromkeys(filter(_is_known, _marked_authors(parts))))
    guess = clean_name(_with_addresses(tree, guessed or ""))
    guess = guess if _is_known(guess) else ""
    if not marked and letters_of(guess) in (site, ""):
        return next(_names_beside(near), "; ".join(distinct) or guess) or None
    if not marked or guess in marked:
        return guess or None
    # Two names that share no word: one of them stands in a link to somebody else's article.
    # A guess of one word is as often a label: "Username".
    is_other = set(fold(guess).split()).isdisjoint(fold(" ".join(marked)).split())
    return guess if is_other and len(guess.split()) > 1 else "; ".join(marked[:_MOST_AUTHORS])


def _is_known(name: str) -> bool:
    """Whether a name is one, not what a page sets where nobody gave one: "Unknown"."""
    known = phrases()
    return bare(name) not in known.anonymous | known.published_prefixes | known.date_prefixes


def _without_by(name: str) -> str:
    """Return a name without what bylines set before it: "By Ada Lund", "Text: Ada Lund"."""
    words = name.split()
    return " ".join(behind_by(words) or words)


def _with_addresses(tree: HtmlElement, guessed: str) -> str:
    """Return guessed names with each address as the page writes it; none where persons stand.

    The other reader takes the full stops out of it: "Larvik Post No" is larvik.post.no.
    """
    names = [name.strip() for name in guessed.split(";")]
    if not any(" " in name for name in names):
        return guessed
    stated = [
        meta.get("content", "")[:_LONGEST_LINE]
        for meta in tree.iter("meta")
        if "author" in _words_stated(meta)
    ]
    stated += [text for text in map(line_of, tree.iter("a")) if len(text) <= _LONGEST_NAME]
    addresses = {name: found for name in names if (found := _address(name, stated))}
    persons = [name for name in names if name not in addresses]
    return "; ".join(persons or addresses.values())


def _address(name: str, stated: Sequence[str]) -> str | None:
    """Return the address on a page that a guessed name was made of, None where it is a name."""
    words = name.split()
    if len(words) < 2 or not 2 <= len(words[-1]) <= _LONGEST_DOMAIN:
        return None
    written = re.compile(rf"\b{re.escape('.'.join(words))}\b", re.IGNORECASE)
    return next((found.group() for text in stated if (found := written.search(text))), None)


def _words_stated(meta: HtmlElement) -> set[str]:
    """Return the words of what a meta element states."""
    return set(re.split(r"\W", (meta.get("name") or meta.get("property") or "").lower()))


def _marked_authors(parts: Sequence[HtmlElement]) -> list[str]:
    """Return the names in the byline: marked for machines, else the links of a line "By ...".

    "By Ruth Tanner Staff Writer Link Copied" names whom it links.
    """
    marked: list[HtmlElement] = []
    bylines: list[HtmlElement] = []
    for element in parts:
        if "author" in (element.get("itemprop") or "").split() or element.get("rel") == "author":
            marked.append(element)
        elif "byline" in name_words(names_of(element)) or _begins_by(element):
            bylines.append(element)
    for group in (marked, bylines[:1]):
        for element in group:
            if names := _names_in(element):
                return names
    return []


def _names_beside(near: Sequence[HtmlElement]) -> Iterator[str]:
    """Yield the names around the headline that markup, or an address, says to be the author's."""
    for element in near:
        if names_author(element) and (names := [*filter(_is_known, _names_in(element))]):
            yield "; ".join(dict.fromkeys(names[:_MOST_AUTHORS]))


def _begins_by(element: HtmlElement) -> bool:
    """Whether a short line begins with "By" and a link: "By Ruth Tanner on 3 May"."""
    first = element[0] if len(element) else None
    text = (element.text or "").strip()
    return (
        first is not None
        and first.tag == "a"
        and 0 < len(text) <= _LONGEST_NAME
        and vocabulary().by.fullmatch(fold(text) + " ") is not None
    )


def _names_in(element: HtmlElement) -> list[str]:
    named = [part for part in element.iter() if "name" in (part.get("itemprop") or "").split()]
    links = [element] if element.tag == "a" else list(element.iter("a"))
    count = 1
    while count < len(links) and _JOINING.fullmatch(links[count - 1].tail or "none"):
        count += 1
    texts = [part.get("content") or line_of(part) for part in named[:1] or links[:count]]
    if not texts:
        texts = [element.get("content") or line_of(element)]
    names = [_once(clean_name(text)) for text in texts]
    return [
        name
        for name in names
        if name and len(name) <= _LONGEST_NAME and "/" not in name and not find_date(name)
    ]


def _once(name: str) -> str:
    """Return a name that markup shows twice ("Ada Lund Ada Lund") once."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else name


def title_without_site(
    tree: HtmlElement, title: str | None, outlet: str | None, url: str | None
) -> str | None:
    """Return a title without the name of the site before or behind it.

    The piece that is a headline of the page is the title; else the pieces that are not its name.
    Where all of it is the name of the site, the title of the document is looked at instead.
    """
    mastheads = {letters_of(line_of(head)) for head in tree.iter("h1", "h2") if _is_masthead(head)}
    sites = mastheads | _names_of_host(tree, url) | {letters_of(outlet or "")} - {""}
    if title and letters_of(title) in mastheads | {letters_of(outlet or "")}:
        title = " ".join(tree.findtext(".//title", "").split()) or title
    pieces = [piece for piece in _SEPARATOR.split(title or "") if piece]
    if not title or len(pieces) < 2:
        return title
    headlines = {
        letters_of(text) for text in map(line_of, tree.iter("h1", "h2")) if text
    } - mastheads
    if letters_of(title) in headlines | {letters_of(line_of(head)) for head in tree.iter("h3")}:
        return title
    for count in range(len(pieces) - 1, 0, -1):
        for start in (0, len(pieces) - count):
            first, last = pieces[start], pieces[start + count - 1]
            part = title[title.index(first) : title.rindex(last) + len(last)]
            if letters_of(part) in headlines:
                return part
    if letters_of(pieces[-1]) in sites:
        return title[: title.rindex(pieces[-1])].rstrip(" |·•–—:»-")
    if letters_of(pieces[0]) in sites:
        return title[len(pieces[0]) :].lstrip(" |·•–—:»-")
    return title


def _is_masthead(head: HtmlElement) -> bool:
    """Whether a heading names the site: all of it is a link to where the site begins."""
    said = line_of(head)
    if len(said) > _LONGEST_LINE:
        return False
    links = [link for link in (head.getparent(), *head.iter("a")) if link is not None]
    return any(
        link.tag == "a"
        and line_of(link) == said
        and _HOME.fullmatch(own_address(link.get("href", ""))) is not None
        for link in links
    )


def _names_of_host(tree: HtmlElement, url: str | None) -> set[str]:
    """Return what the address of a page calls its site: "larvik-post.no" and "larvik-post"."""
    found = canonical_addresses(tree)
    found += [meta.get("content", "") for meta in tree.iter("meta") if _is_address(meta)]
    hosts = [match[1] for address in (*found, url or "") if (match := _HOST.search(address))]
    return {letters_of(name) for host in hosts for name in (host, *host.split(".")[:-1])}


def _is_address(meta: HtmlElement) -> bool:
    return (meta.get("property") or "").lower() == "og:url"


def without_headline(
    tree: HtmlElement, paragraphs: tuple[ParagraphDraft, ...], title: str | None
) -> tuple[ParagraphDraft, ...]:
    """Return the paragraphs without the headline where it stands again among the first of them.

    It may stand in several lines, and may be another than the title that a page tells machines.
    """
    headlines = {letters_of(title or "")}
    shown = [letters_of(line_of(head)) for head in tree.iter("h1") if not _is_masthead(head)]
    if headlines.isdisjoint([*shown, *(letters_of(line_of(head)) for head in tree.iter("h2"))]):
        headlines.update(shown[:1])
    texts = [letters_of(paragraph.text) for paragraph in paragraphs[:_MOST_REPEATED]]
    for start in range(len(texts)):
        for end in range(start + 1, len(texts) + 1):
            if (joined := "".join(texts[start:end])) and joined in headlines:
                rest = paragraphs[:start] + paragraphs[end:]
                return without_headline(tree, rest, title) if rest else paragraphs
    first, _, behind = paragraphs[0].text.partition("\n") if paragraphs else ("", "", "")
    if behind and letters_of(first) in headlines - {""}:
        return (replace(paragraphs[0], text=behind), *paragraphs[1:])
    return paragraphs
