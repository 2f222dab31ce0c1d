"""Which statements a question asks for: by the words of its topic, by meaning, as it is read."""

from collections.abc import Sequence

import numpy as np

from assistant.extractive.answerability import is_answered
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.sentences import sentence_around
from assistant.extractive.veto import could_be_meant
from index.article import Article
from index.language.numbers import is_number
from index.statements import Statement

_AROUND = 0.97
"""Of the coverage that counts where the words stand around a statement, not in it."""
_AS_GOOD = 0.95
"""Share of the best score from which another statement is told as well."""


def on_topic(inquiry: Inquiry, statements: Sequence[Statement]) -> list[Statement]:
    """Return those of a speaker's statements that hold the topic, best first."""
    if not inquiry.terms or not statements:
        return []
    shares = shares_of(inquiry, statements)
    needed = max(inquiry.enough, float(shares.max()) * _AS_GOOD)
    return _best(statements, shares, least=needed)


def meant(inquiry: Inquiry, statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements a question asks for, best first; none where that is not sure."""
    if not inquiry.terms or not statements:
        return []
    fitting = [s for s in statements if fits(inquiry, s)]
    if not fitting:
        return []
    shares = shares_of(inquiry, fitting)
    best = int(shares.argmax())
    passage = inquiry.article.passage(fitting[best].passage)
    if shares[best] < inquiry.enough:
        return []
    if not is_answered(inquiry, score=float(shares[best]), passage=passage):
        return []
    return _best(fitting, shares, least=float(shares[best]) * _AS_GOOD)


def fits(inquiry: Inquiry, statement: Statement) -> bool:
    return could_be_meant(inquiry, statement, sentence_of(statement, inquiry.article))


def shares_of(inquiry: Inquiry, statements: Sequence[Statement]) -> np.ndarray:
    """Return how much of the topic each statement holds, (statements,) in [0, 1].

    Numbers do not count: a statement with other ones is none of these (`could_be_meant`), and one
    that has the number and little else is about something else.
    """
    language = inquiry.question.language
    topic = [term for term in inquiry.terms if not is_number(term.folded, language)]
    inquiry = inquiry.about(topic or inquiry.terms)
    # The sentence around it names the speaker and the cue, which a question often repeats.
    around = [sentence_of(s, inquiry.article) for s in statements]
    own = inquiry.coverage([s.text for s in statements])
    held = np.maximum(own, inquiry.coverage(around) * _AROUND)
    # Compared without the speaker, whose name would make all their words near.
    asked = " ".join(term.text for term in inquiry.terms)
    return inquiry.raised(held, [s.text for s in statements], asked=asked)


def _best(statements: Sequence[Statement], shares: np.ndarray, *, least: float) -> list[Statement]:
    order = sorted(range(len(statements)), key=lambda i: (-shares[i], statements[i].start))
    return [statements[i] for i in order if shares[i] >= least]


def sentence_of(statement: Statement, article: Article) -> str:
    return article.text[slice(*sentence_around(article, statement.start, statement.end))]
