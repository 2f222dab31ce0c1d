"""What is being asked: which kind of question, about whom, about what, in which language.

Decided from the words of the question and the names on the page, without a model. Finding
the answer is the work of `assistant.extractive`.
"""

from assistant.question.asked import Question, Term, Turn, Want
from assistant.question.following import carried_on, follow_up, leaning
from assistant.question.persons import persons
from assistant.question.plain import two_questions
from assistant.question.recognition import Classifier, Named, Scores
from assistant.question.understanding import understand

__all__ = [
    "Classifier",
    "Named",
    "Question",
    "Scores",
    "Term",
    "Turn",
    "Want",
    "carried_on",
    "follow_up",
    "leaning",
    "persons",
    "two_questions",
    "understand",
]
