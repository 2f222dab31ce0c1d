"""The likelihood that a sentence answers: what it finds beyond words, and what it keeps back."""

import json
from dataclasses import replace

import numpy as np
import pytest

from assistant import Assistant
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.likelihood import (
    FEATURES,
    Likelihood,
    answer_model,
    likelihood_of,
    measured,
)
from assistant.extractive.sentences import ScoredSpan
from assistant.locale import phrases
from assistant.question import understand
from index.encoder.static import StaticEmbedder
from index.encoder.trees import Trees
from index.library.article_index import ArticleIndex
from index.reading import read_bytes

PAGE = {
    "title": "Le phare de Kerlann rouvre après sept ans",
    "language": "fr",
    "paragraphs": [
        "Le phare de Kerlann, fermé depuis la tempête de 2018, a rouvert samedi.",
        "La gardienne, Armelle Quiniou, monte chaque matin nettoyer la lentille.",
        "La commune a payé 340 000 euros pour la nouvelle toiture, la région le reste.",
        "Un nichoir installé sous la galerie abrite un couple de faucons.",
    ],
    "comments": [
        {"number": "1", "author": "Breizh_Nico", "text": "On y est montés dimanche, vue superbe."},
        {"number": "2", "author": "marie.l", "text": "Et le parking, toujours rien ?"},
    ],
}


@pytest.fixture(scope="module")
def page() -> Assistant:
    return Assistant.open(read_bytes(json.dumps(PAGE).encode()), llm=None)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param(
            "what kind of birds live up there",
            "faucons",
            marks=pytest.mark.xfail(
                reason="the reader doubts a nest box for where birds live", strict=True
            ),
        ),
        ("Wer putzt dort jeden Morgen die Linse?", "Armelle Quiniou"),
        ("how much did the village pay towards the roof", "340 000 euros"),
    ],
)
def test_an_answer_without_a_word_of_the_question_is_found(
    page: Assistant, question: str, told: str
) -> None:
    answer = page.ask(question)
    assert any(told in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Wie heißt der Mann der Wärterin?",
        "What colour is the lantern room painted?",
        "quel âge a Armelle Quiniou ?",
        "когда родилась смотрительница",
    ],
)
def test_what_the_page_does_not_tell_is_refused(page: Assistant, question: str) -> None:
    assert page.ask(question).status == "not_in_article"


def _inquiry(question: str, *, with_reader: bool) -> Inquiry:
    article = read_bytes(json.dumps(PAGE).encode())
    index = ArticleIndex.build(article, StaticEmbedder.open())
    understood = understand(question, article, index.statements)
    reader = _Even() if with_reader else None
    return Inquiry.begin(understood, index, phrases(understood.language), reader)


class _Even:
    """Reads every sentence alike."""

    def answers(self, question: str, sentences: list[str], behind: list[str]) -> tuple[float, ...]:
        return (0.5,) * len(sentences)

    def nearness(self, question: str, sentences: list[str]) -> tuple[float, ...]:
        return (0.1,) * len(sentences)


def test_without_a_reader_nothing_is_likely() -> None:
    likelihood = likelihood_of(_inquiry("Qui grimpe les marches ?", with_reader=False))
    assert likelihood == Likelihood()
    assert likelihood.told == []


def test_every_sentence_that_is_read_has_every_feature() -> None:
    spans, features = measured(_inquiry("Qui grimpe les marches ?", with_reader=True))
    assert features.shape == (len(spans), len(FEATURES))
    assert np.isfinite(features).all()


def test_the_neighbour_of_a_sentence_may_belong_to_it(page: Assistant) -> None:
    passage = page.search("phare")[0].passage
    best, beside, apart = (
        ScoredSpan(start=start, end=start + 9, passage=passage, score=score)
        for start, score in ((10, 0.9), (20, 0.1), (40, 0.2))
    )
    likelihood = Likelihood(spans=(best, apart, beside))
    assert likelihood.told == [best]
    assert likelihood.beside(best) == [beside]
    assert likelihood.where(lambda span: span != beside).beside(best) == []


def test_only_sentences_nearly_as_likely_as_the_best_are_told(page: Assistant) -> None:
    passage = page.search("phare")[0].passage
    sure = answer_model().sure
    best, like, other = (
        ScoredSpan(start=10 * n, end=10 * n + 9, passage=passage, score=score)
        for n, score in enumerate((0.9, 0.8, sure + 0.01))
    )
    assert Likelihood(spans=(best, like, other)).told == [best, like]
    assert Likelihood(spans=(replace(best, score=sure - 0.01),)).told == []


def test_trees_add_up_the_values_of_the_leaves_a_row_comes_to() -> None:
    trees = Trees(
        feature=np.array([[0, -1, -1], [1, -1, -1]]),
        left=np.array([[1, 0, 0], [1, 0, 0]]),
        right=np.array([[2, 0, 0], [2, 0, 0]]),
        threshold=np.array([[0.5, 0, 0], [2.0, 0, 0]], np.float32),
        value=np.array([[0, -1.0, 1.0], [0, -0.25, 0.25]], np.float32),
        start=0.5,
    )
    rows = np.array([[0.5, 3.0], [0.6, 2.0]], np.float32)
    assert trees.logits(rows).tolist() == [-0.25, 1.25]
