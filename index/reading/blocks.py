"""The words of an element as lines: one line for each block, as a browser would show them."""

from collections.abc import Collection, Iterator

from lxml.html import HtmlElement

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "menu", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_PARAGRAPHS = frozenset((
    "p", "blockquote", "pre", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6",
))  # fmt: skip
_WORDLESS = frozenset((
    "script", "style", "noscript", "textarea", "select", "option", "button", "input", "head",
    "title", "meta", "link",
))  # fmt: skip


def chunks(
    element: HtmlElement, without: Collection[HtmlElement] = ()
) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the pieces of text under an element in order, each with its parent.

    Breaks come as pieces too: "\\n" where a block begins or ends. `without` are elements
    whose text is left out.
    """
    skipped = set(without)
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        is_block = node.tag in BLOCKS
        if leaving:
            if is_block:
                yield node, "\n\n" if node.tag in _PARAGRAPHS else "\n"
            if node is not element and node.tail:
                yield node.getparent(), flat(node.tail)
            continue
        stack.append((node, True))
        if node is not element and node in skipped:
            continue
        if not isinstance(node.tag, str) or node.tag in _WORDLESS:
            continue
        if node.tag == "br":
            yield node, "\n"
        elif is_block:
            yield node, "\n\n" if node.tag in _PARAGRAPHS else "\n"
        if node.text:
            yield node, flat(node.text) if node.tag != "pre" else node.text
        stack.extend((child, False) for child in reversed(node))


def text_of(element: HtmlElement, without: Collection[HtmlElement] = ()) -> str:
    """Return the text of an element: lines trimmed, spaces folded, at most one blank line."""
    text = "".join(piece for _, piece in chunks(element, without))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def line_of(element: HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join(text_of(element).split())


def facts_of(element: HtmlElement) -> str:
    """Return the text of an element in one line, a space between all its parts: "28.09. 12:44"."""
    return " ".join(" ".join(piece for _, piece in chunks(element)).split())


def flat(text: str) -> str:
    """Return a text without the line breaks of its source, which no browser shows."""
    return text.replace("\n", " ").replace("\r", " ")
