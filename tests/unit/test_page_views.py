"""What the parts of the page show, and that the languages say everything."""

import re
import string
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import Citation
from assistant.locale import languages
from assistant.locale.page import wanted_language, words_of
from index.article import Article
from index.reading import read_text
from page.rendering import FOLDER
from page.views.answer import answer_card
from page.views.article import article_page, comment_rows, web_address
from page.views.disputes import contests
from page.views.map import dispute_map
from page.views.speakers import voices
from page.views.thread import thread_page

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "port-de-valmer.fr.txt"
WORDS = words_of("fr")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return Assistant.open(SAMPLE, home=tmp_path_factory.mktemp("home"))


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_all_languages_have_the_same_sentences_with_the_same_values() -> None:
    english = words_of("en").sentences
    for language in languages():
        other = words_of(language).sentences
        assert {key: _fields(other[key]) for key in other} == {
            key: _fields(english[key]) for key in english
        }, language


def test_every_sentence_a_template_asks_for_exists() -> None:
    for template in (FOLDER / "templates").glob("*.html"):
        for key in re.findall(r'words\("(\w+)"', template.read_text("utf-8")):
            assert key in WORDS.sentences or key.endswith("_"), (template.name, key)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB, fr;q=0.9", "en"),
        ("nl-NL, fr;q=0.5, en;q=0.4", "fr"),
        ("de-DE, fr;q=0.5", "de"),
        ("ja", "en"),
        ("", "en"),
        ("fr;q=nonsense", "fr"),
    ],
)
def test_the_browsers_language_is_followed(accepted: str, language: str) -> None:
    assert wanted_language(accepted) == language


def test_no_template_switches_the_escaping_off() -> None:
    for template in (FOLDER / "templates").glob("*.html"):
        written = template.read_text("utf-8")
        assert "|safe" not in written.replace(" ", "")
        assert "autoescape" not in written
        assert not re.search(r"\son\w+=", written)


def test_passages_hold_the_words_at_their_place(assistant: Any) -> None:
    article = assistant.article
    page = article_page(article)
    rows = [page.title, *page.body, *(part for row in page.comments for part in row.passages)]
    assert len(rows) == len(article.passages)
    assert all(row is not None and article.text[row.start : row.end] == row.text for row in rows)


def test_slices_of_comments_join_to_the_whole_thread(assistant: Any) -> None:
    article = assistant.article
    slices = [
        row.comment.number
        for first in range(0, len(article.comments), 2)
        for row in comment_rows(article, first=first, count=2)
    ]
    assert slices == [comment.number for comment in article.comments]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[", None]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_every_marker_of_an_answer_becomes_a_chip_with_its_words(assistant: Any) -> None:
    answer = assistant.ask("Quelles affirmations sont contestées ?")
    card = answer_card(answer, WORDS)
    chips = [chip for block in card.blocks for chip in chips_of(block)]
    assert [chip.label for chip in chips] == [
        label for sentence in answer.sentences for label in sentence.citations
    ]
    text = assistant.article.text
    assert all(text[chip.start : chip.end] == chip.quote for chip in chips)
    assert all(
        (block.lane == "readers") == all(c.source == "comment" for c in chips_of(block))
        for block in card.blocks
        if chips_of(block)
    )


def test_each_of_several_claims_is_numbered_and_begins_a_block_of_its_own(assistant: Any) -> None:
    card = answer_card(assistant.ask("Quelles affirmations sont contestées ?"), WORDS)
    begun = [block.sentences[0][0] for block in card.blocks if block.begins]
    assert [str(words).split()[0] for words in begun] == [f"{n}." for n in range(1, len(begun) + 1)]
    told = [sentence.text for sentence in card.answer.sentences if "Affirmation (" in sentence.text]
    assert len(begun) == len(told) > 1


def chips_of(block: Any) -> list[Citation]:
    parts = [part for sentence in block.sentences for part in sentence]
    return [part.citation for part in parts if not isinstance(part, str)]


def test_all_statements_are_under_their_speaker_and_the_unknown_come_last(assistant: Any) -> None:
    statements = assistant.statements()
    gathered = voices(statements)
    rows = (*gathered.speakers, *gathered.readers)
    assert sum(len(voice.statements) for voice in rows) == len(statements)
    assert all(voice.name for voice in gathered.speakers[:-1])
    assert all(sum(count for _, count in v.manners) == len(v.statements) for v in rows)


def test_every_dispute_is_shown_and_on_the_map(assistant: Any) -> None:
    disputes = assistant.disputes()
    shown = contests(disputes, assistant.article, WORDS)
    drawn = dispute_map(shown)
    assert [contest.claim.words.text for contest in shown] == [d.claim.text for d in disputes]
    assert len(drawn.claims) == len(disputes)
    positions = sum(len(d.contested_by) + len(d.supported_by) for d in disputes)
    assert sum(edge.answered is None for edge in drawn.edges) == positions


def test_a_denial_of_nobody_named_is_not_put_in_the_articles_mouth() -> None:
    from index.disputes import Claim, Dispute, Position

    text = "The fee is 4.\n\nThis was denied: the fee is 6."
    article = read_text(text)
    first, second = (p for p in article.passages if p.source == "article")
    claim = Claim(
        start=first.start, end=first.end, text=first.text, passage=first.label, speaker=None
    )
    position = Position(
        start=second.start,
        end=second.end,
        text=second.text,
        passage=second.label,
        speaker=None,
        author=None,
        relation="denies",
        cue=None,
    )
    dispute = Dispute(
        claim=claim,
        contested_by=(position,),
        supported_by=(),
        voices_against=1,
        voices_for=0,
        voices_anonymous=0,
    )
    [contest] = contests([dispute], article, WORDS)
    assert contest.against[0].who == WORDS("unknown")


def test_a_thread_without_times_or_comments_is_still_a_page() -> None:
    article = read_text("The pier of Ossby\n\nThe pier is closed.")
    empty = thread_page(article, WORDS)
    assert (empty.comments, empty.dots) == (0, ())


def test_replies_are_tied_to_what_they_answer(assistant: Any) -> None:
    article: Article = assistant.article
    thread = thread_page(article, WORDS)
    live = {comment.number for comment in article.live_comments()}
    replies = [c for c in article.live_comments() if c.parent in live]
    assert len(thread.ties) == len(replies)
