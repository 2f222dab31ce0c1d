"""The questions of `training/data/question_pages`, put to their pages as the product does."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.extractive.inquiry import Inquiry
from assistant.learned import Learned
from assistant.locale import phrases
from assistant.question import understand
from assistant.question.persons import persons
from assistant.settings import Settings
from index.encoder.static import StaticEmbedder
from index.library.article_index import ArticleIndex
from index.reading import read_bytes
from training.reader_data import is_page_held_out

DATA = Path(__file__).parent / "data" / "question_pages"


def inquiries(
    *,
    file: str = "questions.jsonl",
    kinds: Sequence[str] = (),
    everywhere: bool = False,
    elsewhere: bool = False,
) -> Iterator[tuple[dict[str, Any], Inquiry]]:
    """Yield the questions to pages the reader has not learned, of some kinds where kinds are given.

    Args:
        file: Which of the files in the folder of the pages.
        kinds: What a row names as its kind, or as which kind the product understands it where it
            names none.
        everywhere: Whether pages the reader has learned count as well, for what does not rest
            on its judgement.
        elsewhere: Whether each question is put to another page of its page's language instead,
            which does not answer it.
    """
    learned = Learned.open(Settings.from_environment())
    pages: dict[str, ArticleIndex] = {}
    rows = [json.loads(line) for line in (DATA / file).read_text("utf-8").splitlines()]
    # What the reader says of pages it has learned is surer than it may be.
    rows = [row for row in rows if everywhere or is_page_held_out(row["page"])]
    others = _others(sorted({row["page"] for row in rows})) if elsewhere else {}
    for asked in rows:
        if kinds and "kind" in asked and asked["kind"] not in kinds:
            continue
        row = asked | {"page": others[asked["page"]], "answers": []} if elsewhere else asked
        if row["page"] not in pages:
            article = read_bytes((DATA / row["page"]).read_bytes())
            pages[row["page"]] = ArticleIndex.build(article, StaticEmbedder.open())
        page = pages[row["page"]]
        question = understand(
            row["q"],
            page.article,
            page.statements,
            everybody=persons(page.article, page.statements, page.people),
            spelling=page.spelling,
            classifier=learned.classifier,
        )
        if not kinds or row.get("kind", question.intent) in kinds:
            yield row, Inquiry.begin(question, page, phrases(question.language), learned.reader)


def _others(pages: Sequence[str]) -> dict[str, str]:
    """Return another page for each, the next of its language; of any where it is the only one."""
    others: dict[str, str] = {}
    for page in pages:
        alike = [other for other in pages if other.split(".")[-2] == page.split(".")[-2]]
        among = alike if alike[1:] else pages
        others[page] = among[(among.index(page) + 1) % len(among)]
    return others
