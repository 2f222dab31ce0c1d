"""PDF -> an article draft: its text is taken out by pypdf, in a process of its own.

A PDF can be made to unpack without end; a process can be ended and kept small.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from index.errors import UnreadableArticleError
from index.reading.cleaning import one_line
from index.reading.draft import ArticleDraft

_MOST_SECONDS = 20.0
_WORKER = Path(__file__).with_name("pdf_worker.py")
_FEWEST_PAGES_WITH_HEADER = 3
_FULL_LINE = 0.75
_AT_START = 2_000
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]$")
_SENTENCE_END = tuple(".!?…:»”\"'")


def draft_from_pdf(data: bytes) -> ArticleDraft:
    """Return the article of a PDF that holds text; one of pictures is refused.

    Raises:
        UnreadableArticleError: pypdf is not installed, the file is damaged or locked, takes too
            long, or holds no text.
    """
    from index.reading.pasted.text import draft_from_text

    if find_spec("pypdf") is None:
        raise UnreadableArticleError(
            "this is a PDF, which is read once pypdf is installed: pip install pypdf"
        )
    record = _read(data)
    text = _joined(record["pages"])
    if not text.strip():
        raise UnreadableArticleError(
            "the PDF holds no text, only pictures of pages; give the page it was made from"
        )
    draft = draft_from_text(text)
    start = one_line(text[:_AT_START])
    title, author = (one_line(record[name] or "") for name in ("title", "author"))
    # What programs write into these fields is often of another document: it must be seen.
    if len(title) > len(draft.title or "") and title in start:
        draft = replace(draft, title=title)
    if author and draft.author is None and author in start:
        draft = replace(draft, author=author)
    if record["is_cut"]:
        draft = replace(
            draft, warnings=(*draft.warnings, "only the first pages of the PDF were read")
        )
    return draft


def _read(data: bytes) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-P", str(_WORKER)],
            input=data,
            capture_output=True,
            timeout=_MOST_SECONDS,
            check=True,
        )
        record: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise UnreadableArticleError(
            f"the PDF was not read within {_MOST_SECONDS:.0f} seconds"
        ) from error
    except (subprocess.CalledProcessError, ValueError, OSError) as error:
        raise UnreadableArticleError("the PDF is damaged, locked or too large") from error
    return record


def _joined(pages: list[str]) -> str:
    """Return the text of pages: lines joined to paragraphs, without what all pages repeat."""
    lined = [page.splitlines() for page in pages]
    repeated = Counter(form for lines in lined for form in {_form(line) for line in lines})
    lines = [
        line.strip()
        for page in lined
        for line in page
        if len(lined) < _FEWEST_PAGES_WITH_HEADER or repeated[_form(line)] * 2 <= len(lined)
    ]
    width = max(map(len, lines), default=0)
    paragraphs: list[list[str]] = []
    is_full = True
    for line in lines:
        last = paragraphs[-1][-1] if paragraphs and paragraphs[-1] else ""
        if not line or not last or (not is_full and _ends(paragraphs[-1])):
            paragraphs.append([line] if line else [])
        elif _HYPHEN.search(last) and line[0].islower():
            paragraphs[-1][-1:] = [last[:-1] + line]
        else:
            paragraphs[-1].append(line)
        is_full = len(line) > _FULL_LINE * width
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph)


def _ends(paragraph: list[str]) -> bool:
    """Whether a short line ends a paragraph: the last of a sentence, or a headline of its own."""
    return paragraph[-1].endswith(_SENTENCE_END) or len(paragraph) == 1


def _form(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())
