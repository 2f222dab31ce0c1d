"""How much text each element of a page holds, and how much of it leads elsewhere on the site."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

_NO_PAGES = frozenset(("javascript", "mailto", "tel", "data"))
_LONGEST_ADDRESS = 2_000
_TAG = re.compile(r"[/?&](?:tags?|category|categories|cat)[/=]", re.I)


class SiteLinks:
    """The elements of a page in order, with sums over what each holds.

    `counts` are elements, the others characters: `sizes` of all text, spaces at the ends of
    pieces aside; `linked` of links to other pages of the same site; `tagged` of links to what
    the site has on a subject.
    """

    def __init__(self, tree: HtmlElement, *, url: str | None) -> None:
        address = url or next(iter(canonical_addresses(tree)), "")
        self.address = address if len(address) <= _LONGEST_ADDRESS else ""
        self.here = _place(self.address)
        self.elements = [element for element in tree.iter() if isinstance(element.tag, str)]
        self.counts: dict[HtmlElement, int] = {}
        self.sizes: dict[HtmlElement, int] = {}
        self.linked: dict[HtmlElement, int] = {}
        self.tagged: dict[HtmlElement, int] = {}
        for element in reversed(self.elements):
            texts = [element.text, *(child.tail for child in element)]
            children = [child for child in element if child in self.sizes]
            size = sum(len(text.strip()) for text in texts if text)
            size += sum(self.sizes[child] for child in children)
            self.sizes[element] = size
            self.counts[element] = 1 + sum(self.counts[child] for child in children)
            for sums, is_such in (
                (self.linked, self.lead_elsewhere),
                (self.tagged, self.is_tag),
            ):
                inside = sum(sums[child] for child in children)
                sums[element] = size * is_such(element) if element.tag == "a" else inside

    def lead_elsewhere(self, link: HtmlElement) -> bool:
        """Return whether a link leads to another page of the same site."""
        href = (link.get("href") or "").strip()
        if (
            not 0 < len(href) <= _LONGEST_ADDRESS
            or href[0] == "#"
            or href.partition(":")[0].lower() in _NO_PAGES
        ):
            return False
        there = _place(self.address, href)
        return there[0] == self.here[0] and there != self.here

    def is_tag(self, link: HtmlElement) -> bool:
        """Return whether a link leads to what else the site has on a subject."""
        if "tag" in (link.get("rel") or "").split():
            return True
        return _TAG.search(link.get("href") or "") is not None and self.lead_elsewhere(link)


@lru_cache(maxsize=4_096)
def _place(address: str, href: str = "") -> tuple[str, str]:
    """Return the site and the page that an address, or a link on its page, leads to."""
    try:
        found = urlsplit(own_address(urljoin(address, href)))
    except ValueError:
        return "", ""
    return found.netloc.removeprefix("www."), f"{found.path.rstrip('/')}?{found.query}"


def canonical_addresses(tree: HtmlElement) -> list[str]:
    """Return the addresses that a page gives as its own."""
    return [link.get("href", "") for link in tree.iter("link") if link.get("rel") == "canonical"]


def own_address(href: str) -> str:
    """Return the address that an archive keeps under its own: "/web/2016/http://larvik.no/"."""
    return href[max(href.rfind("http://"), href.rfind("https://"), 0) :]
