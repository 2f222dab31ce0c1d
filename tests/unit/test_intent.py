"""The classifier of questions."""

import pytest

from assistant.question.classifier import Flags, IntentClassifier
from assistant.question.form import hashed

PLAIN = Flags()


@pytest.fixture(scope="module")
def classifier() -> IntentClassifier:
    return IntentClassifier.open()


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("hey there, could you please sum this up for me in 2 lines, cheers", "summary"),
        ("WELCHER KOMMENTAR WURDE GELÖSCHT?", "comment_deleted"),
        ("combien de comentaires y a-t-il sous l'article svp", "comment_count"),
        ("Traduce el artículo al inglés", "request"),
        ("Кто автор этой статьи?", "metadata"),
        ("Okurlar bu plana katılıyor mu?", "stance"),
    ],
)
def test_a_question_in_any_dress_is_understood(
    classifier: IntentClassifier, question: str, intent: str
) -> None:
    assert classifier.scores(question, PLAIN).best.intent == intent


def test_probabilities_add_to_one_best_first(classifier: IntentClassifier) -> None:
    scores = classifier.scores("Who said that the dam was safe?", PLAIN)
    shares = [scored.probability for scored in scores.ranked]
    assert sum(shares) == pytest.approx(1, abs=1e-5)
    assert shares == sorted(shares, reverse=True)
    assert scores.probability_of(*classifier.intents) == pytest.approx(1, abs=1e-5)


def test_what_the_page_knows_changes_the_scores(classifier: IntentClassifier) -> None:
    question = "what does gull write"
    plain = classifier.scores(question, PLAIN).probability_of("comment_by")
    named = classifier.scores(question, Flags(names_reader=True)).probability_of("comment_by")
    assert named > plain


def test_a_question_without_a_word_is_scored_too(classifier: IntentClassifier) -> None:
    assert 0 < classifier.scores("", PLAIN).best.probability < 1


def test_accents_case_and_digits_do_not_change_the_form() -> None:
    assert (hashed("Où était-il en 2019 ?") == hashed("OU ETAIT-IL EN 1848 ?")).all()
