"""Questions that go on from an answer: what stands beside the quoted words answers them."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from assistant.extractive import composed
from assistant.extractive.continuing import FEATURES, continuing_model, measured
from assistant.extractive.inquiry import Inquiry
from assistant.locale import phrases
from assistant.question import follow_up, remembered, understand
from index.encoder.static import StaticEmbedder
from index.library.article_index import ArticleIndex
from index.reading import read_bytes

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "harlow-library.en.json"

PAGE = {
    "title": "Harrow Bend to sell its ferry",
    "language": "en",
    "paragraphs": [
        'The town will sell its ferry in May, said the mayor, Dora Finch. "It costs too much."',
        "The ferry has crossed the river since 1911 and carries forty people at a time.",
        "The choir sings in the chapel on Sunday, and the baker opens at six.",
        "A buyer from the coast, Abel Stroud, has offered 90,000 euros. "
        "He wants to serve pancakes on board.",
    ],
    "comments": [
        {"number": "1", "author": "oarlock", "text": "Selling the ferry is a disgrace, Dora."},
        {"number": "1.1", "author": "tiller_tim", "text": "@oarlock then buy it yourself"},
        {"number": "2", "author": "crumb", "text": "The new bread is very good."},
    ],
}


@pytest.fixture(scope="module")
def page() -> Assistant:
    return Assistant.open(read_bytes(json.dumps(PAGE).encode()), llm=None)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("who is abel stroud", "and what does he want to do with the ferry", "pancakes"),
        ("who is abel stroud", "what does he plan to serve", "pancakes"),
        ("what does the mayor say", "wow. anyone in the comments against that", "disgrace"),
    ],
)
def test_what_goes_on_from_an_answer_is_found_beside_it(
    page: Assistant, first: str, second: str, told: str
) -> None:
    talk = page.conversation()
    talk.ask(first)
    assert any(told in citation.quote for citation in talk.ask(second).citations)


def test_nothing_is_read_before_an_answer_or_without_a_reader() -> None:
    index = ArticleIndex.build(read_bytes(json.dumps(PAGE).encode()), StaticEmbedder.open())
    asked = [
        understand(text, index.article, index.statements)
        for text in ("What does Dora Finch say?", "And why?")
    ]
    draft = composed(asked[0], index)
    memory = remembered(asked[0], None, draft.citations, ())
    for question in (asked[0], follow_up(asked[1], memory)):
        inquiry = Inquiry.begin(question, index, phrases("en"))
        assert measured(inquiry, draft)[0] == []


def test_what_is_probable_grows_with_nearness_and_falls_for_what_was_quoted() -> None:
    weights = dict(zip(FEATURES, continuing_model().weights, strict=True))
    assert weights["read_both"] > 0
    assert weights["same_passage"] > 0
    assert weights["quoted"] < 0
    assert np.isfinite(continuing_model().bias)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which claims are disputed?", "Disputed claims"),
        ("Summarize the article", "close the Harlow Street library"),
        ("How much is a flight to Tokyo?", "I found nothing"),
    ],
)
def test_what_stands_alone_is_not_answered_from_what_was_told(question: str, told: str) -> None:
    talk = Assistant.open(SAMPLE, llm=None).conversation()
    talk.ask("How much would it save?")
    assert told in talk.ask(question).text
