import json
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from index.errors import UnreadableArticleError
from index.reading import MOST_BYTES, read_article, read_bytes, read_text

TEXT = """Mayor closes the bridge

The mayor of Northwick announced on Tuesday that the old bridge will be closed for six months.

The council was not asked.
"""
DATA = Path(os.environ.get("ARTICLE_DATA", "../shared"))


def test_a_file_is_known_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_text(json.dumps({"title": "Bridge", "text": "It is closed for six months."}))
    assert read_article(str(file)).title == "Bridge"


def test_the_id_stays_when_the_file_changes(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(TEXT)
    before = read_article(file)
    file.write_text(TEXT + "\nNow it is open again.\n")
    after = read_article(file)
    assert before.id == after.id
    assert before.version != after.version


def test_pasted_text_is_known_by_its_words() -> None:
    assert read_text(TEXT).id == read_bytes(TEXT.encode()).id
    assert read_text(TEXT, source_key="mine").id != read_text(TEXT).id


def test_an_address_in_the_source_decides_the_id(tmp_path: Path) -> None:
    record = {"url": "https://news.example/a", "text": "The bridge is closed."}
    file = tmp_path / "a.json"
    file.write_text(json.dumps(record))
    assert read_article(file).id == read_text(json.dumps(record)).id


def test_an_article_is_its_own_reading() -> None:
    article = read_text(TEXT)
    assert read_article(article) is article


@pytest.mark.parametrize("source", ["no/such/file.txt", "nothing.html", "What did he say?"])
def test_a_path_that_does_not_exist_is_never_read_as_text(source: str) -> None:
    with pytest.raises(UnreadableArticleError, match="there is no file"):
        read_article(source)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableArticleError, match="is a folder"):
        read_article(tmp_path)


@pytest.mark.parametrize("data", [b"", b"  \r\n ", b"\xef\xbb\xbf", b"\0\0\0"])
def test_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArticleError, match="nothing to read"):
        read_bytes(data)


def _zip(name: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "words")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "picture"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (_zip("xl/workbook.xml"), "office document"),
        (_zip("../../etc/passwd"), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office document"),
        (b"\x7fELF\x02\x01", "program"),
        (b"\x01\x02\x03\x04\x05\x06\x07" * 50, "not text"),
    ],
)
def test_what_is_not_text_is_refused_by_its_name(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableArticleError, match=what):
        read_bytes(data)


def test_too_many_bytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1_000_000)
    with pytest.raises(UnreadableArticleError, match="at most 20 MB"):
        read_article(file)


def test_a_text_that_is_too_long_is_cut_visibly() -> None:
    article = read_text("word " * 1_100_000)
    assert len(article.text) <= 5_000_000
    assert article.warnings == ("the text was cut after 5,000,000 characters",)


def test_a_page_that_needs_a_script_is_no_article() -> None:
    with pytest.raises(UnreadableArticleError, match="JavaScript"):
        read_text("Please enable JavaScript to view this page.")


@pytest.mark.parametrize(
    "text",
    ["1. 0\n" * 3_000, "[" * 60_000, "<" * 60_000, '"a ' * 30_000, "Read also:\nlink\n" * 9_000,
     "6 comments\n" * 3_000, "**a " * 30_000 + "\n# b\n> c", "12 mars 2021 " * 9_000],
)  # fmt: skip
def test_text_made_to_hurt_is_read_or_refused_soon(text: str) -> None:
    try:
        article = read_text(text)
    except UnreadableArticleError:
        return
    assert all(article.text[p.start : p.end] == p.text for p in article.passages)


def test_a_real_pasted_page_is_read_as_it_must_be() -> None:
    gold_file = DATA / "gold" / "karabakh.reading.json"
    if not gold_file.exists():
        pytest.skip("no article data; set ARTICLE_DATA")
    gold = json.loads(gold_file.read_text("utf-8"))
    article = read_article(gold_file.parent / gold["source"])
    assert (article.language, article.title) == (gold["language"], gold["title"])
    assert article.reported_comment_count == gold["reported_comment_count"]
    assert not any(words in article.text for words in gold["not_in_text"])
    for words, speaker in gold["quotation_paragraphs"]:
        (passage,) = (one for one in article.body() if words in one.text)
        assert passage.kind == "quotation"
        assert speaker in passage.text
    for comment, wanted in zip(article.comments, gold["comments"], strict=True):
        own = " ".join(article.text[start:end] for start, end in comment.own_spans()).strip()
        posted_at = comment.posted_at.isoformat() if comment.posted_at else None
        assert (comment.number, comment.parent, comment.author) == (
            wanted["number"],
            wanted["parent"],
            wanted["author"],
        )
        assert (comment.score, posted_at, comment.deleted, own or None) == (
            wanted["score"],
            wanted["posted_at"],
            wanted["deleted"],
            wanted["text"],
        )
        quoted = wanted["quotes_passage_containing"]
        assert len(comment.quotes) == (quoted is not None)
        assert quoted is None or quoted in article.passage(comment.quotes[0]).text
