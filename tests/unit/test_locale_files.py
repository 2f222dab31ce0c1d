"""The files of a language: what they lack, what they may not hold, and what is said then."""

from pathlib import Path

import pytest

from assistant import locale
from index.errors import LanguageFileError
from index.language import lexicon
from index.language.language_files import LanguageFiles
from index.language.lexicon.schema import SCHEMA

ENGLISH = """
[asks]
greeting = ["^ hello"]
summary = ["what ... about"]
[frames]
lead = "{who}:"
comment_count = "Comments: {count}."
"""


def _lexicon(folder: Path, text: str) -> LanguageFiles:
    (folder / "xx.toml").write_text(text, "utf-8")
    return LanguageFiles(folder, topics=SCHEMA)


def _locale(folder: Path, text: str) -> LanguageFiles:
    (folder / "en.toml").write_text(ENGLISH, "utf-8")
    (folder / "xx.toml").write_text(text, "utf-8")
    return LanguageFiles(folder, topics=("asks", "frames"))


@pytest.mark.parametrize("language", lexicon.languages())
@pytest.mark.parametrize("topic", SCHEMA)
def test_every_lexicon_has_no_other_keys_than_the_schema(language: str, topic: str) -> None:
    assert set(lexicon.table(language, topic)) == set(SCHEMA[topic])  # type: ignore[arg-type]


@pytest.mark.parametrize("language", locale.languages())
@pytest.mark.parametrize(
    "topic", ["asks", "wants", "words", "lists", "frames", "filters", "relations", "page"]
)
def test_every_locale_says_all_that_english_says(language: str, topic: str) -> None:
    assert set(locale.table(language, topic)) == set(locale.table("en", topic))


def test_the_page_is_translated_in_every_language_that_has_a_file() -> None:
    english = locale.table("en", "page")
    for language in set(locale.languages()) - {"en"}:
        assert locale.table(language, "page")["welcome_lead"] != english["welcome_lead"], language


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[words]\nstop = ["ka"]\nstops = ["ke"]', r"xx\.toml: \[words\] .*'stops'"),
        ("[words]\nabbreviations = []", r"xx\.toml: \[words\] lacks .*'stop'"),
        ('[words]\nstop = "ka"', r"xx\.toml: \[words\] 'stop' must be a list of words"),
        ('[words]\nstop = ["ka", 3]', r"xx\.toml: \[words\] 'stop' must be a list of words"),
        ('[words]\nstop = [""]', r"xx\.toml: \[words\] 'stop' must be a list of words"),
        ('[word]\nstop = ["ka"]', r"xx\.toml: .*'word'"),
        ('stop = ["ka"]\n[words]\nstop = ["ka"]', r"xx\.toml: .*'stop'"),
        ('[words]\nstop = ["ka"', r"xx\.toml: "),
    ],
)
def test_a_damaged_lexicon_is_refused_with_file_and_key(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(LanguageFileError, match=message):
        lexicon.read_table(_lexicon(tmp_path, text), "xx", "words")


def test_an_unknown_key_of_a_table_inside_a_topic_is_named_with_its_table(tmp_path: Path) -> None:
    text = '[statements.verbs]\nclause = ["kar"]\nclauses = ["kar"]'
    with pytest.raises(LanguageFileError, match=r"xx\.toml: \[statements\.verbs\] .*'clauses'"):
        lexicon.read_table(_lexicon(tmp_path, text), "xx", "statements")


def test_a_topic_that_a_language_lacks_is_empty() -> None:
    assert not any(lexicon.table("nl", "disputes")[key] for key in ("parties", "people"))
    assert lexicon.table("nl", "statements")["verbs"]["clause"] == []


def test_one_topic_is_read_without_the_others(tmp_path: Path) -> None:
    files = _lexicon(tmp_path, '[words]\nstop = ["ka"]\n[disputes]\nbroken = 1')
    assert lexicon.read_table(files, "xx", "words")["stop"] == ["ka"]


def test_what_a_locale_lacks_is_said_in_english(tmp_path: Path) -> None:
    files = _locale(tmp_path, '[frames]\nlead = "{who} :"')
    assert locale.read_table(files, "xx", "frames") == {
        "lead": "{who} :",
        "comment_count": "Comments: {count}.",
    }
    assert locale.read_table(files, "xx", "asks")["greeting"] == ["^ hello"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[frames]\nleed = "{who}"', r"xx\.toml: \[frames\] 'leed'"),
        ('[frames]\nlead = "{whom}:"', r"xx\.toml: \[frames\] 'lead' .*'whom'"),
        ('[frames]\nlead = ["{who}:"]', r"xx\.toml: \[frames\] 'lead' must be"),
        ('[frame]\nlead = "{who}:"', r"xx\.toml: .*'frame'"),
    ],
)
def test_a_damaged_locale_is_refused_with_file_and_key(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(LanguageFileError, match=message):
        locale.read_table(_locale(tmp_path, text), "xx", "frames")


def test_no_label_of_a_page_stands_in_two_lists_of_a_language() -> None:
    for language in lexicon.languages():
        pages, reading = (lexicon.table(language, topic) for topic in ("pages", "reading"))
        assert not set(pages["label"]) & set(reading["buttons"]), language
