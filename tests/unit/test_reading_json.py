import json
from typing import Any

import pytest

from index.errors import UnreadableArticleError
from index.reading import read_text

BODY = "The mayor closed the bridge.\n\nNobody was asked."


def _read(**fields: Any) -> Any:
    return read_text(json.dumps({"title": "Bridge", "text": BODY} | fields))


def test_text_is_parted_into_paragraphs() -> None:
    assert [passage.label for passage in _read().passages] == ["A0", "A1", "A2"]


def test_all_fields_come_through() -> None:
    article = _read(
        language="fr", author="Ann", outlet="News", url="https://news.example/1",
        published_at="2021-03-12", comments=[],
    )  # fmt: skip
    assert (article.language, article.author, article.outlet) == ("fr", "Ann", "News")
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2021-03-12T00:00:00+00:00"


def test_comments_nest_by_number_or_by_parent() -> None:
    numbered = _read(comments=[{"number": "1", "text": "a b"}, {"number": "1.1", "text": "c d"}])
    linked = _read(comments=[{"id": 7, "text": "a b"}, {"id": 8, "parent": 7, "text": "c d"}])
    for article in (numbered, linked):
        assert [comment.number for comment in article.comments] == ["1", "1.1"]


def test_numbers_as_text_and_missing_authors_are_tolerated() -> None:
    article = _read(comments=[{"text": "no", "score": "3", "author": None, "posted_at": None}])
    assert (article.comments[0].score, article.comments[0].author) == (3, None)


def test_a_comment_without_text_counts_as_deleted_with_a_warning() -> None:
    article = _read(comments=[{"text": "yes"}, {"text": None}])
    assert article.comments[1].deleted
    assert article.warnings == ("comment 2 has no text; it counts as deleted",)


def test_a_date_that_cannot_be_read_is_kept_as_written_with_a_warning() -> None:
    article = _read(comments=[{"text": "yes", "posted_at": "last spring"}])
    assert (article.comments[0].posted_at, article.comments[0].posted_at_text) == (
        None,
        "last spring",
    )
    assert len(article.warnings) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"title": "x"}', 'neither "text" nor "paragraphs"'),
        ('{"text": "x y z", "paragraphs": []}', "both"),
        ('{"text": "words", "bogus": 1}', 'unknown field: "bogus"'),
        ('{"text": "words", "comments": [{}, {"who": 1}]}', '"who" of comment 1'),
        ('{"text": "words", "comments": [{"score": "many"}]}', '"score" of comment 0'),
        ('{"text": "words", "comments": {}}', '"comments"'),
        ("[1, 2]", "expected an article object"),
        ("12", "expected an article object"),
        ('{"text": "a"', "line 1"),
        ('{\n"text": NaN}', "NaN"),
        ('{"text": "a", "text": "b"}', "stands twice"),
        ("[" * 200_000, "nested too deep"),
        ('{"a":' * 150 + "1" + "}" * 150, "nested too deep"),
        ('{"a": ' + "1" * 10_000 + "}", "not valid JSON"),
    ],
)
def test_json_that_is_no_article_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(UnreadableArticleError, match=message):
        read_text(text)
