"""Markdown -> ArticleDraft: its marks are taken away, its headings and quotations used.

A page saved as Markdown keeps its comments as text under a heading; what that text holds is
found by the same means as in pasted text.
"""

import re
from dataclasses import replace

from index.reading.draft import ArticleDraft
from index.reading.pasted.text import draft_from_text

_FRONT_MATTER = re.compile(r"\A---\n(?P<fields>(?:[^\n]*\n){1,60}?)---\n")
_FIELD = re.compile(r"^(title|author|date|lang|language|url|outlet|source)\s*:\s*(.+)$", re.I)
_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,100}\])")
_LINK = re.compile(r"\[([^\]\n]{1,500})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,100}\])")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]{1,100}\]:\s+\S.*$", re.MULTILINE)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,2000})>")
_HTML_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>|<!--.{0,5000}?-->", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(\S[^\n]{0,250})\n(={3,}|-{3,})[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$", re.MULTILINE)
_STRONG = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\1(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{1,1000}?)(?<=[^\s_])\1(?![\w_])")
_CODE = re.compile(r"`([^`\n]{1,500})`")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)[^\n]*$", re.MULTILINE)
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$", re.MULTILINE)


def draft_from_markdown(source: str, *, url: str | None = None) -> ArticleDraft:
    """Return what a Markdown text says.

    >>> draft = draft_from_markdown("# Storm\\n\\nThe *mill* stands.\\n\\nSo they say.")
    >>> draft.title, draft.paragraphs[0].text
    ('Storm', 'The mill stands.')
    """
    fields, source = _front_matter(source.replace("\r\n", "\n"))
    title, plain = _plain(source)
    draft = draft_from_text(
        _with_title(title or fields.get("title"), plain), url=url, is_wrapped=True
    )
    return replace(
        draft,
        author=draft.author or fields.get("author"),
        language=fields.get("lang") or fields.get("language"),
        outlet=fields.get("outlet") or fields.get("source"),
        url=url or fields.get("url"),
    )


def _front_matter(source: str) -> tuple[dict[str, str], str]:
    match = _FRONT_MATTER.match(source)
    if match is None:
        return {}, source
    found = (_FIELD.match(line) for line in match["fields"].splitlines())
    fields = {one[1].lower(): one[2].strip().strip("\"'") for one in found if one}
    return fields, source[match.end() :]


def _plain(source: str) -> tuple[str | None, str]:
    """Return the title (the first heading of the first level) and the text without marks."""
    text = _UNDERLINED.sub(
        lambda match: f"{'#' if match[2][0] == '=' else '##'} {match[1]}", source
    )
    title = None
    first = _HEADING.search(text)
    if first and (first[1] == "#" or not text[: first.start()].strip()):
        title = first[2]
        text = text[: first.start()] + "\n" + text[first.end() :]
    text = _RULE.sub("\n", text)
    text = _FENCE.sub("", text)
    text = _HEADING.sub(r"\n\2\n", text)
    text = _REFERENCE.sub("", text)
    return title, _inline(text)


def _inline(text: str) -> str:
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _HTML_TAG.sub("", text)
    for mark in (_STRONG, _EMPHASIS):
        text = mark.sub(r"\2", text)
    text = _CODE.sub(r"\1", text)
    text = _HARD_BREAK.sub("", text)
    return _ESCAPED.sub(r"\1", text)


def _with_title(title: str | None, plain: str) -> str:
    return f"{title and _inline(title)}\n\n{plain}" if title else plain
