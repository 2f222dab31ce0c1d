"""Input at the edge of what is taken: read in time and in bounded memory, or cut visibly."""

import json
import time
from contextlib import suppress
from typing import Any

from assistant import Assistant
from index.article import Article
from index.errors import ArticleError
from index.reading import read_bytes
from index.reading.building import MOST_COMMENTS, build_article
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft

BODY = "The harbour of Valmer closes at noon, the mayor said. Nobody was hurt in the storm."


def _with_comments(*comments: dict[str, Any], **fields: Any) -> Article:
    record = {"title": "The harbour", "text": BODY, "comments": list(comments), **fields}
    return read_bytes(json.dumps(record).encode())


def test_no_comment_one_comment_and_ten_thousand_are_read() -> None:
    assert len(_with_comments().comments) == 0
    assert len(_with_comments({"text": "One."}).comments) == 1
    many = _with_comments(*({"text": f"Number {n}."} for n in range(10_001)))
    assert len(many.comments) == 10_000
    assert any("10,000" in warning for warning in many.warnings)


def test_a_word_of_two_million_characters_is_cut_into_passages() -> None:
    began = time.perf_counter()
    found = _with_comments({"author": "Ann", "text": "x" * 2_000_000})
    assert max(p.end - p.start for p in found.passages) < 100_000
    assert time.perf_counter() - began < 10


def test_ten_thousand_equal_comments_are_quoted_once_each() -> None:
    found = _with_comments(*({"author": f"R{n}", "text": "First!"} for n in range(10_000)))
    labels = [passage.label for passage in found.passages]
    assert len(labels) == len(set(labels)) == len(found.passages)
    told = Assistant.open(found, llm=None).ask("What do readers say?")
    quotes = [citation.quote for citation in told.citations]
    assert len(quotes) == len(set(quotes)) <= 8


def test_no_repeated_pattern_takes_long() -> None:
    for unit in ('"', "a ", "« ", "<", "(", "1.", "\n> ", "said ", "—"):
        began = time.perf_counter()
        with suppress(ArticleError):
            Assistant.from_text(BODY + "\n\n" + unit * (100_000 // len(unit)), llm=None)
        assert time.perf_counter() - began < 10, unit


def _article(*comments: CommentDraft, body: tuple[str, ...] = BODY) -> Article:
    paragraphs = tuple(ParagraphDraft(text=text) for text in body)
    return build_article(
        ArticleDraft(title="The bridge", paragraphs=paragraphs, comments=comments), source_key="k"
    )


def test_too_many_comments_are_cut_visibly() -> None:
    drafts = tuple(CommentDraft(text=f"Word {n}") for n in range(MOST_COMMENTS + 1))
    article = _article(*drafts)
    assert len(article.comments) == MOST_COMMENTS
    assert article.warnings == ("only the first 10,000 of 10,001 comments were read",)


def test_a_thread_ten_thousand_replies_deep_is_flattened() -> None:
    article = _article(*(CommentDraft(text=f"Word {n}", depth=n) for n in range(10_000)))
    assert len(article.comments) == 10_000


def test_a_comment_of_five_megabytes_without_a_space_takes_bounded_time() -> None:
    started = time.process_time()
    article = _article(CommentDraft(text="x" * 4_000_000))
    assert len(article.passages) > 4_000
    assert time.process_time() - started < 20
