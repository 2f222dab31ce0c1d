"""What a site sets between the paragraphs of an article: other articles, captions, sign-up boxes.

It stands in the container of the article and is told from it by how it is built: links that lead
to other pages of the site, a form that asks for an address, a line that says no more than the head
of the page does. What is said by words alone is left to `frame`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from lxml.html import HtmlElement

from index.language.page_words import name_words
from index.language.words import fold, split_words
from index.reading.blocks import BLOCKS, line_of, text_of
from index.reading.draft import ParagraphDraft
from index.reading.html.head_lines import Head, is_day, says_only_head
from index.reading.html.site_links import SiteLinks

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SUBHEADINGS = _HEADINGS[1:]
_LINES = frozenset((*_HEADINGS, "p", "div", "li", "header", "section", "address"))
_WITHIN_LINES = ("span", "small")
_LISTS = frozenset(("ul", "ol", "div", "section", "aside", "nav", "td"))
_CAPTIONS = frozenset(("caption", "figcaption"))
_SHORTEST_ARTICLE = 80
_LONGEST_BOX = 600
_LONGEST_CAPTION = 600
_LONGEST_LINE = 160
_LONGEST_HEADING = 60
_LONGEST_LINK = 240
_LONGEST_TEASER = 480
_MOST_BESIDE_LINK = 20
_MOST_BESIDE_LINKS = 320
_FEWEST_TEASERS = 3
_MOST_BESIDE_LIST = 20
_FEWEST_WORDS_OF_A_HEADLINE = 4
# The text of every element within every other takes time that grows with the square of the page.
_MOST_PARTS = 150
_MAIL = re.compile(r"e-?mail", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertions:
    """The lines that are not of the article, and how often each stands on the page besides."""

    elsewhere: Mapping[str, int]

    def taken_from(self, paragraphs: Sequence[ParagraphDraft]) -> tuple[ParagraphDraft, ...]:
        """Return the paragraphs without these lines; all of them where no article is left."""
        told: Counter[str] = Counter()
        kept = []
        for paragraph in paragraphs:
            whole = _bare(paragraph.text)
            lines = [] if self._is_spent(whole, told) else paragraph.text.split("\n")
            lines = [line for line in lines if not self._is_spent(_bare(line), told)]
            told.update({whole, *map(_bare, lines)})
            if lines:
                kept.append(replace(paragraph, text="\n".join(lines)))
        longest = max((len(paragraph.text) for paragraph in kept), default=0)
        return tuple(kept if longest >= _SHORTEST_ARTICLE else paragraphs)

    def _is_spent(self, line: str, told: Mapping[str, int]) -> bool:
        return line in self.elsewhere and told[line] >= self.elsewhere[line]


def prepare(tree: HtmlElement, head: Head) -> tuple[HtmlElement, Insertions]:
    """Return a page ready to be read by paragraphs, and what has to go from those then.

    The lines that only say the head again go at once, or they would be read as the beginning of
    a paragraph. The rest stays for the reading: a short article is found by what surrounds it.

    Args:
        tree: The page without its comments; not changed.
        head: What is known of the article.
    """
    page = _Page(deepcopy(tree), head)
    for is_inserted in (
        page.is_dialog,
        page.asks_for_address,
        page.is_portrait,
        page.is_embedded,
        page.is_repeated_caption,
        page.names_tags,
    ):
        page.mark(is_inserted, with_heading=False)
    for leads_away in (page.is_other_article, page.lists_others, page.leads_on):
        page.mark(leads_away, with_heading=True)
    insertions = page.insertions()
    page.unwrap_quotations()
    page.drop_head_lines()
    return page.tree, insertions


class _Page:
    """The elements of a page, and which of them were found to be inserted."""

    def __init__(self, tree: HtmlElement, head: Head) -> None:
        self.tree = tree
        self.head = head
        self.links = SiteLinks(tree, url=head.url)
        self.sizes, self.linked, self.tagged = (
            self.links.sizes,
            self.links.linked,
            self.links.tagged,
        )
        self.title = _bare(head.title or "")
        self.gone: dict[HtmlElement, None] = {}
        has_captions = any(map(_is_caption, self.links.elements))
        self.told = set(self._paragraph_lines()) if has_captions else set()

    def mark(self, is_inserted: Callable[[HtmlElement], bool], *, with_heading: bool) -> None:
        """Note the elements of a kind, each with the line that heads it alone."""
        for element in self.links.elements:
            if element.tag not in BLOCKS or element in self.gone or _is_whole(element):
                continue
            if self.sizes[element] and is_inserted(element):
                self.gone.update(dict.fromkeys(element.iter()))
                self._mark(element, with_heading=with_heading)

    def _mark(self, element: HtmlElement, *, with_heading: bool) -> None:
        heading = self._heading_of(element) if with_heading else None
        self.gone[element] = None
        for around in element.iterancestors():
            for sums in (self.sizes, self.linked, self.tagged):
                sums[around] -= sums[element]
        if heading is not None:
            self.gone.update(dict.fromkeys(heading.iter()))
            self._mark(heading, with_heading=False)
        parent = element.getparent()
        if parent is not None and not self.sizes[parent] and not _is_whole(parent):
            self._mark(parent, with_heading=with_heading)

    def _heading_of(self, element: HtmlElement) -> HtmlElement | None:
        """Return the line above an element that heads nothing else: what follows is another."""
        above, below = (
            next((e for e in islice(beside, _MOST_BESIDE_LIST) if e not in self.gone), None)
            for beside in (element.itersiblings(preceding=True), element.itersiblings())
        )
        is_line = (
            above is not None
            and above.tag in _LINES
            and self._is_line(above, _LONGEST_HEADING)
            and not (above.tail or "").strip()
            and not line_of(above).endswith((".", "!", "?", "”", "»", '"'))
        )
        is_last = not (element.tail or "").strip() and (below is None or below.tag in _HEADINGS)
        is_list = above is not None and above.tag in _HEADINGS and element.tag in ("ul", "ol")
        is_head = is_line and (is_last or is_list)
        return above if is_head and not self._is_own_title(above) else None

    def insertions(self) -> Insertions:
        """Return the lines of what was noted."""
        whole = Counter(map(_bare, text_of(self.tree).split("\n")))
        noted: Counter[str] = Counter()
        for element in self.gone:
            if element.tag not in BLOCKS:
                continue
            if element.getparent() not in self.gone:
                noted.update(map(_bare, text_of(element).split("\n")))
            if self.sizes[element] <= _LONGEST_TEASER and self._is_small(element):
                noted.setdefault(_bare(line_of(element)), 0)
        del noted[""]
        return Insertions(elsewhere={line: whole[line] - count for line, count in noted.items()})

    def _is_small(self, element: HtmlElement) -> bool:
        return self.links.counts[element] <= _MOST_PARTS

    def is_dialog(self, element: HtmlElement) -> bool:
        """Whether an element lies over the page until it is answered."""
        return bool(element.get("aria-modal") == "true" or element.get("role") == "dialog")

    def asks_for_address(self, element: HtmlElement) -> bool:
        """Whether an element is a box to sign up in: little text around a field for an address."""
        if self.sizes[element] > _LONGEST_BOX or not self._is_small(element):
            return False
        is_of_article = next(element.iter("h1", "time", "article", "figure"), None) is not None
        return not is_of_article and any(map(_asks_for_mail, element.iter("input")))

    def is_other_article(self, element: HtmlElement) -> bool:
        """Whether an element is an article of its own: its heading leads to another page."""
        if element.tag != "article" or not self._is_small(element):
            return False
        if any(map(self._is_own_title, element.iter(*_HEADINGS))):
            return False
        heading = next(element.iter(*_HEADINGS), None)
        if heading is None or not self.sizes[heading]:
            return False
        around = heading.getparent()
        is_link = around is not None and around.tag == "a" and self.links.lead_elsewhere(around)
        return is_link or self.linked[heading] == self.sizes[heading]

    def _is_own_title(self, heading: HtmlElement) -> bool:
        title, line = self.title, _bare(line_of(heading))
        return heading.tag == "h1" or (bool(title and line) and (title in line or line in title))

    def lists_others(self, element: HtmlElement) -> bool:
        """Whether an element is a list of teasers: each a headline that leads to another page."""
        if element.tag not in _LISTS or not self.linked[element]:
            return False
        children = [child for child in element if self.sizes.get(child)]
        if len(children) < _FEWEST_TEASERS:
            return False
        size = sum(self.sizes[child] for child in children)
        kinds = Counter((child.tag, child.get("class")) for child in children)
        ((kind, count),) = kinds.most_common(1)
        alike = [child for child in children if (child.tag, child.get("class")) == kind]
        return (
            count >= _FEWEST_TEASERS
            and size - sum(self.sizes[child] for child in alike) <= _LONGEST_LINE
            and all(map(self._is_teaser, alike))
        )

    def _is_teaser(self, element: HtmlElement) -> bool:
        links = element.iter("a") if self._is_small(element) else ()
        headline = max(links, key=lambda link: self.sizes[link], default=None)
        return (
            headline is not None
            and self.sizes[element] <= _LONGEST_TEASER
            and self.sizes[element] - self.linked[element] <= _MOST_BESIDE_LINKS
            and self.links.lead_elsewhere(headline)
            and _has_words_of_headline(line_of(headline))
        )

    def leads_on(self, element: HtmlElement) -> bool:
        """Whether a paragraph is nothing but the headline of another page, announced or not."""
        if element.tag in ("ul", "ol"):
            items = [item for item in element if self.sizes.get(item)]
            return bool(items) and all(map(self._is_only_link, items))
        return element.tag == "p" and self._is_only_link(element)

    def _is_only_link(self, element: HtmlElement) -> bool:
        size, linked = self.sizes[element], self.linked[element]
        if not linked or not self._is_small(element):
            return False
        links = [link for link in element.iter("a") if self.sizes[link]]
        line = line_of(element)
        announced = line[: line.find(line_of(links[0]))].strip() if links else ""
        count = len(links)
        if linked > _LONGEST_LINK * count or size - linked > _MOST_BESIDE_LINK * count:
            return False
        is_announced = not announced or announced.endswith((":", "|", "-", "–", ">", "»"))
        if count == 1:
            return is_announced and _has_words_of_headline(line)
        # Words between links make it a sentence; a label behind each does not: "[VIDEO]".
        is_list = all(len(split_words(link.tail or "")) <= 1 for link in links)
        return (
            is_announced
            and is_list
            and all(_has_words_of_headline(line_of(link)) for link in links)
        )

    def is_portrait(self, element: HtmlElement) -> bool:
        """Whether an element describes a person in the terms of schema.org: the author."""
        if "description" not in (element.get("itemprop") or "").split():
            return False
        kinds = (around.get("itemtype") or "" for around in element.iterancestors())
        return next(filter(None, kinds), "").endswith("/Person")

    def is_embedded(self, element: HtmlElement) -> bool:
        """Whether an element only stands where a script would show the post of another site."""
        if element.tag != "blockquote" or not self._is_small(element):
            return False
        return self.sizes[element] <= sum(self.sizes[link] for link in element.iter("a"))

    def is_repeated_caption(self, element: HtmlElement) -> bool:
        """Whether an element is the line below a picture that the page says elsewhere, or again."""
        if not _is_caption(element) or not self._is_line(element, _LONGEST_CAPTION):
            return False
        size = self.sizes[element]
        wrapped = takewhile(lambda around: self.sizes[around] == size, element.iterancestors())
        if any(map(_is_caption, wrapped)):
            return False
        line = _bare(line_of(element))
        is_told = line in self.told
        self.told.add(line)
        return is_told

    def _paragraph_lines(self) -> Iterator[str]:
        """Yield what the paragraphs say that stand below no picture."""
        for element in self.links.elements:
            if element.tag != "p" or not self._is_line(element, _LONGEST_CAPTION):
                continue
            if not any(map(_is_caption, (element, *islice(element.iterancestors(), 3)))):
                yield _bare(line_of(element))

    def _is_line(self, element: HtmlElement, longest: int) -> bool:
        return 0 < self.sizes[element] <= longest and self._is_small(element)

    def names_tags(self, element: HtmlElement) -> bool:
        """Whether an element is a line of links to what else the site has on a subject."""
        size, tagged = self.sizes[element], self.tagged[element]
        is_mostly = tagged > 0 and size - tagged <= _MOST_BESIDE_LINK
        is_mostly = is_mostly and self._is_line(element, _LONGEST_LINE)
        return is_mostly and not line_of(element).endswith((".", "!", "?"))

    def drop_head_lines(self) -> None:
        """Drop what only says the head again. What stands there twice says who speaks, or when."""
        found: dict[HtmlElement, str] = {}
        inside: set[HtmlElement] = set()
        for element in self.links.elements:
            if element in inside or _is_whole(element) or not self._repeats_head(element):
                continue
            found[element] = _bare(line_of(element))
            inside.update(element.iter())
        lines = Counter(found.values())
        for element, line in found.items():
            if lines[line] == 1:
                # Its tail stays where it is: moving each behind the one before is quadratic.
                element.clear(keep_tail=True)

    def _repeats_head(self, element: HtmlElement) -> bool:
        """Whether a line says no more than the head: who wrote the article and when, its title."""
        if not self._is_line(element, _LONGEST_LINE) or not _is_own_line(element):
            return False
        if element.tag in _HEADINGS and (element.tail or "").strip():
            # Extraction joins a headline to the text that follows it in no element of its own.
            return _bare(line_of(element)) == self.title
        tags = [link for link in element.iter("a") if self.links.is_tag(link)]
        line = " ".join(text_of(element, tags).split())
        # "Ada Lund:" says who speaks next.
        is_of_text = line.endswith(":") or (element.tag in _SUBHEADINGS and is_day(line, self.head))
        return not is_of_text and says_only_head(line, self.head)

    def unwrap_quotations(self) -> None:
        """Take the names off embedded posts, by which extraction would know and drop them."""
        for quotation in self.tree.iter("blockquote"):
            if self.sizes[quotation] == self.linked[quotation]:
                continue
            for around in (quotation, *quotation.iterancestors()):
                if self.sizes[around] > self.sizes[quotation]:
                    break
                around.attrib.pop("class", None)


def _has_words_of_headline(line: str) -> bool:
    return len(split_words(line)) >= _FEWEST_WORDS_OF_A_HEADLINE


def _is_whole(element: HtmlElement) -> bool:
    return element.getparent() is None or element.tag in ("html", "head", "body", "main")


def _is_own_line(element: HtmlElement) -> bool:
    """Whether an element is a line, not a word in one."""
    if element.tag not in _WITHIN_LINES:
        return element.tag in _LINES
    around, before = element.getparent(), element.getprevious()
    if around is None or around.tag == "p" or around.tag not in BLOCKS:
        return False
    beside = around.text if before is None else before.tail
    return not (beside or "").strip() and not (element.tail or "").strip()


def _is_caption(element: HtmlElement) -> bool:
    names = name_words(element.get("class") or "")
    return element.tag in ("figcaption", "figure") or not names.isdisjoint(_CAPTIONS)


def _asks_for_mail(field: HtmlElement) -> bool:
    if (field.get("type") or "").lower() == "hidden":
        return False
    names = " ".join(field.get(key) or "" for key in ("type", "name", "id", "placeholder"))
    return _MAIL.search(names) is not None


def _bare(text: str) -> str:
    return " ".join(split_words(fold(text)))
