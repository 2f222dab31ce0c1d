"""How well statements and their speakers are found, against annotated news.

    python -m benchmarks.quotes --german FILE --polnear DIR --gold FILE --text DIR

`--german` is JSON Lines with `text` and `annotations`; `--polnear` a folder with `text` and
`attributions` (brat), of which the first annotator by name counts; `--gold` JSON Lines
`{"doc", "statements": [{"start", "end", "manner", "speaker": [names] or null, "optional"}]}`
over the files of `--text`. A found statement matches a gold one when their words overlap
with an F1 of at least .5, one to one. Prints one JSON object on its last line.
"""

import argparse
import json
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.agreement import Gold, Score, agrees, scored
from index.article import Article, Passage
from index.statements import Statement, find_statements

_WORD = re.compile(r"\w+")
_BLANK = re.compile(r"\n[ \t]*\n|\n(?=[\"“„«–—-])|\n")


def plain_article(text: str, language: str) -> Article:
    """Return an article whose canonical text is the given text, one passage per line."""
    passages: list[Passage] = []
    for match in re.finditer(r"[^\n]+", text):
        if not match.group().strip():
            continue
        start, end = match.span()
        passages.append(
            Passage(
                label=f"A{len(passages) + 1}",
                source="article",
                kind="paragraph",
                start=start,
                end=end,
                text=text[start:end],
            )
        )
    return Article(
        id="plain",
        version="1",
        source_key="plain",
        title=None,
        language=language,
        outlet=None,
        author=None,
        url=None,
        published_at=None,
        text=text,
        passages=tuple(passages),
        comments=(),
    )
