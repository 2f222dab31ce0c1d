"""What is being asked: which kind of question, about whom, about what, in which language.

Decided from the words of the question and the names on the page, without a model. Finding
the answer is the work of `assistant.extractive`.
"""

from assistant.question.asked import Memory, Question, Somebody, Term, Turn, Want
from assistant.question.following import follow_up, leaning
from assistant.question.memory import meant, remembered, somebodies
from assistant.question.persons import persons
from assistant.question.plain import two_questions
from assistant.question.recognition import Classifier, Named, Scores
from assistant.question.understanding import understand

__all__ = [
    "Classifier",
    "Memory",
    "Named",
    "Question",
    "Scores",
    "Somebody",
    "Term",
    "Turn",
    "Want",
    "follow_up",
    "leaning",
    "meant",
    "persons",
    "remembered",
    "somebodies",
    "two_questions",
    "understand",
]
