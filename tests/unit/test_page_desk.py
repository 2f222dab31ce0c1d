"""What the page takes in: few articles at a time, so that memory stays bounded."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock

import pytest

import index.library.derived
import page.articles
from assistant.errors import AssistantError
from assistant.locale.page import words_of
from index.article import Article
from index.errors import ArticleError
from index.library.intake import take_in
from page.articles import OpenArticles
from page.conversations import Talk
from page.exporting import notes_of, taken_away
from page.limits import READ_AT_ONCE

NOTE = {"id": "a", "at": 1, "text": "why?"}
_WORDS = "The ferry will be repaired in May. The mayor said so on Monday."


def _slow(started: list[int], release: Event, lock: Lock) -> object:
    read = page.articles.take_in_text

    def take_in(text: str, library: object) -> Article:
        with lock:
            started.append(1)
        assert release.wait(10)
        return read(text, library)  # type: ignore[arg-type]

    return take_in


def test_no_more_articles_are_read_at_once_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles, started, release = OpenArticles(tmp_path), list[int](), Event()
    monkeypatch.setattr(page.articles, "take_in_text", _slow(started, release, Lock()))
    with ThreadPoolExecutor(READ_AT_ONCE + 2) as readers:
        texts = [f"{_WORDS} It is ferry {number}." for number in range(READ_AT_ONCE + 2)]
        opened = [readers.submit(articles.open_text, text) for text in texts]
        while len(started) < READ_AT_ONCE:
            assert not any(future.done() for future in opened)
        assert not release.wait(0.2)
        assert len(started) == READ_AT_ONCE
        release.set()
        assert len({future.result(10) for future in opened}) == READ_AT_ONCE + 2


def test_who_waits_too_long_to_be_read_is_told_so_and_the_place_is_free_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles, started, release = OpenArticles(tmp_path), list[int](), Event()
    monkeypatch.setattr(page.articles, "MOST_WAIT_TO_READ_SECONDS", 0.05)
    monkeypatch.setattr(page.articles, "take_in_text", _slow(started, release, Lock()))
    with ThreadPoolExecutor(READ_AT_ONCE) as readers:
        opened = [readers.submit(articles.open_text, _WORDS) for _ in range(READ_AT_ONCE)]
        while len(started) < READ_AT_ONCE:
            assert not any(future.done() for future in opened)
        with pytest.raises(AssistantError, match="other articles are being read"):
            articles.open_file(_WORDS.encode(), name="one.txt")
        release.set()
        (article_id,) = {future.result(10) for future in opened}
    assert articles.open_file(_WORDS.encode(), name="one.txt") == article_id


def test_a_failed_reading_frees_its_place(tmp_path: Path) -> None:
    articles = OpenArticles(tmp_path)
    for _ in range(READ_AT_ONCE + 1):
        with pytest.raises(ArticleError):
            articles.open_file(b"", name="empty.txt")
    assert articles.open_text(_WORDS)


def test_a_conversation_to_hand_on_is_one_file_with_its_quotes_and_runs_nothing(
    tmp_path: Path,
) -> None:
    articles = OpenArticles(tmp_path)
    hostile = "<script>alert(1)</script>"
    article = articles.open_text(f"The pier\n\nMayor Ida Krenn said: “It opens in {hostile} May.”")
    talk = Talk()
    answer = articles.assistant(article).ask("What did Ida Krenn say?")
    version = articles.library.entry(article).version
    talk.keep(answer, article=article, version=version)
    on_words = {"article": article, "version": version, "start": 0, "end": 8}
    notes = [
        {"id": "a", "at": 1, "text": hostile, **on_words},
        {"id": "b", "at": 1, "text": hostile, "question": answer.question},
    ]
    content, kind = taken_away(articles, talk, "html", words_of("en"), notes)
    assert kind == "text/html"
    assert "It opens in" in content
    assert "The pier" in content.split("Notes")[1]
    assert content.count("alert(1)") >= 3
    assert "<script" not in content
    for target in re.findall(r'href="#([^"]+)"', content):
        assert f'id="{target}"' in content
    assert "href=" in content
    assert "http" not in content.replace("http-equiv", "")


@pytest.mark.parametrize(
    "given",
    [
        "note",
        [{"at": 1}],
        [{**NOTE, "html": "<b>"}],
        [{**NOTE, "start": -1, "end": 2}],
        [{**NOTE, "start": 0, "end": 2, "article": "../etc", "version": "1"}],
        [{**NOTE, "text": "x" * 10_001}],
    ],
)
def test_what_is_no_note_is_refused(tmp_path: Path, given: object) -> None:
    with pytest.raises(AssistantError):
        notes_of(OpenArticles(tmp_path), given)


def test_a_pinned_passage_is_in_the_articles_own_words_whatever_the_page_says(
    tmp_path: Path,
) -> None:
    articles = OpenArticles(tmp_path)
    article = articles.open_text(_WORDS)
    version = articles.library.entry(article).version
    note = {**NOTE, "article": article, "version": version, "start": 4, "end": 9}
    (pin,) = notes_of(articles, [note]).pins
    assert pin.citation.quote == articles.assistant(article).article.text[4:9]
    with pytest.raises(AssistantError, match="does not have"):
        notes_of(articles, [{**note, "end": 10_000}])


def test_the_disputes_of_a_very_long_thread_are_found_in_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> object:
        raise AssertionError("derived in the process that answers")

    monkeypatch.setattr(page.articles, "MOST_COMMENTS_HERE", 1)
    monkeypatch.setattr(index.library.derived, "find_stances", refuses)
    articles = OpenArticles(tmp_path)
    sample = Path(__file__).parents[2] / "samples" / "harlow-library.en.json"
    article = take_in(sample, articles.library)
    assert articles.prepare(article.id).result(120).claims
    articles.close()
