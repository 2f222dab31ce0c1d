"""Markup -> tree: what a reader of the page could see, and the data it carries for machines.

Scripts, styles, templates and hidden elements go; JSON-LD is kept for `structured`.
"""

import re

from lxml import etree, html

from index.errors import UnreadableArticleError

MOST_CHARACTERS = 5_000_000
MOST_TAGS = 80_000

_UNSEEN_TAGS = (
    "style", "template", "object", "embed", "applet", "svg", "math", "canvas", "audio", "video",
    "select", "datalist", "iframe", "frameset", "noframes", "map",
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_SHADOW_ROOT = frozenset(("shadowrootmode", "shadowroot"))
_JSON_LD = "application/ld+json"


def parse_page(markup: str) -> html.HtmlElement:
    """Return the tree of a page without what it hides.

    Raises:
        UnreadableArticleError: The page is empty, too large, or no HTML can be made of it.
    """
    if len(markup) > MOST_CHARACTERS:
        raise UnreadableArticleError(
            f"the page has {len(markup):,} characters; at most {MOST_CHARACTERS:,} are read"
        )
    tags = markup.count("<")
    if tags > MOST_TAGS:
        raise UnreadableArticleError(f"the page has {tags:,} tags; at most {MOST_TAGS:,} are read")
    clean = _NOT_IN_XML.sub("", markup.replace("\x0b", " ").replace("\x0c", " "))
    if not clean.strip():
        raise UnreadableArticleError("the page is empty")
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        tree = html.document_fromstring(clean.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableArticleError("no HTML page can be made of this") from error
    _drop_unseen(tree)
    return tree


def _drop_unseen(tree: html.HtmlElement) -> None:
    for element in list(tree.iter(etree.Element)):
        if element.tag == "template" and not _SHADOW_ROOT.isdisjoint(element.attrib):
            # A declarative shadow root: browsers show what it holds.
            element.tag = "div"
        if element.getparent() is not None and _is_unseen(element):
            element.drop_tree()


def _is_unseen(element: html.HtmlElement) -> bool:
    tag = element.tag
    if tag in ("html", "body", "head"):
        return False
    if tag in _UNSEEN_TAGS:
        return True
    if tag == "script":
        return str(element.get("type", "")).split(";")[0].strip().lower() != _JSON_LD
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None
