"""Whom a question that leans on an answer means: the last one its pronoun agrees with."""

import pytest

from assistant.answer import Citation, cite
from assistant.question import (
    Memory,
    follow_up,
    persons,
    remembered,
    somebodies,
    understand,
)
from index.article import Article
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft
from index.statements import find_statements, named_people


@pytest.fixture(scope="module")
def article() -> Article:
    return build_article(
        ArticleDraft(
            title="The mill at Harrow Bend shuts",
            paragraphs=(
                ParagraphDraft(text='"The roof will fall in," said the surveyor, Peter Rudge.'),
                ParagraphDraft(text='"He is guessing" said the owner, Martha Quill.'),
            ),
            comments=(CommentDraft(text="Good riddance.", author="Old Tom"),),
            language="en",
        ),
        source_key="test",
    )


def _cited(article: Article, *words: str) -> list[Citation]:
    found = []
    for statement in find_statements(article):
        if statement.text.startswith(words) and statement.speaker:
            start, end = statement.start, statement.end
            found.append(cite(article, start, end, speaker=statement.speaker.name)[0])
    return found


def _after(article: Article, asked: str, *quoted: str) -> Memory:
    statements, people = find_statements(article), named_people(article)
    everybody = persons(article, statements, people)
    known = somebodies(article, everybody, people, statements)
    first = understand("What does Peter Rudge say?", article, statements)
    before = remembered(first, None, _cited(article, "The roof will fall in"), known)
    question = follow_up(understand(asked, article, statements), before)
    return remembered(question, before, _cited(article, *quoted), known)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("And what does she want?", "Martha Quill"),
        ("And what does he want?", "Peter Rudge"),
        ("Why?", "Martha Quill"),
    ],
)
def test_a_pronoun_means_the_last_one_it_agrees_with(
    article: Article, asked: str, name: str
) -> None:
    memory = _after(article, "Who contradicts him?", "He is guessing")
    question = follow_up(understand(asked, article, find_statements(article)), memory)
    assert memory.people[0].name == "Martha Quill"
    assert question.speaker is None or question.speaker.name == name
    assert question.speaker is not None or asked == "Why?"


def test_a_subject_of_its_own_is_nobody_spoken_of_before(article: Article) -> None:
    memory = _after(article, "Who contradicts him?", "He is guessing")
    asked = understand("And what does the miller say about that?", article, ())
    assert follow_up(asked, memory).speaker is None


def test_a_reaction_before_a_question_is_no_part_of_it(article: Article) -> None:
    memory = _after(article, "Who contradicts him?", "He is guessing")
    asked = understand("wow. and what does she want?", article, find_statements(article))
    assert follow_up(asked, memory).speaker is not None


def test_what_is_taken_back_is_not_asked(article: Article) -> None:
    asked = understand(
        "What does Peter Rudge, no wait Martha Quill say?", article, find_statements(article)
    )
    assert asked.speaker is not None
    assert asked.speaker.name == "Martha Quill"
