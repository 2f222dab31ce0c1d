"""Which statements a question asks for: by the words of its topic, by meaning, as it is read."""

from collections.abc import Sequence

import numpy as np

from assistant.extractive.answerability import is_answered
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.likelihood import likelihood_of
from assistant.extractive.sentences import sentence_around, sentences_of
from assistant.extractive.veto import could_be_meant
from index.article import Article
from index.language.numbers import is_number
from index.statements import Statement

_AROUND = 0.97
"""Of the coverage that counts where the words stand around a statement, not in it."""
_MOST = 3
_NEAREST = 0.2
"""Share of the sentences of the page that are among the nearest to a topic."""
_AS_GOOD = 0.95
"""Share of the best score from which another statement is told as well."""
_LIKELY = 0.12
"""Probability from which words are told of somebody who was asked for: nobody else is meant."""


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


def likely_words(inquiry: Inquiry, said: Sequence[Statement]) -> list[Statement]:
    """Return what somebody says where it is likeliest to answer; none where that is unlikely.

    Args:
        inquiry: The whole question: how likely a sentence answers was learned of those.
        said: What somebody says.
    """
    for item in likelihood_of(inquiry).spans:
        if item.score < _LIKELY:
            break
        if theirs := [s for s in said if s.start < item.end and item.start < s.end]:
            return theirs[:_MOST]
    return []


def among_nearest(inquiry: Inquiry, said: Sequence[Statement]) -> list[Statement]:
    """Return which of somebody's words are among the nearest of the page to the topic, best first.

    What somebody says of a thing is nearer to it than most of the page, in whatever words.
    """
    if inquiry.reader is None or not inquiry.terms or not said:
        return []
    texts = [span.of(inquiry.article.text) for span in sentences_of(inquiry.article)]
    asked = " ".join(term.text for term in inquiry.terms)
    near = inquiry.reader.nearness(asked, [*(s.text for s in said), *texts])
    own, others = near[: len(said)], sorted(near[len(said) :], reverse=True)
    least = others[int(len(others) * _NEAREST)]
    order = sorted(range(len(said)), key=lambda place: -own[place])
    return [said[place] for place in order if own[place] >= least][:_MOST]


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
