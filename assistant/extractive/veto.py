"""Which statement cannot be the one asked for: it says the opposite, or another number.

"Who said that the works cost 5 million?" must never name who said 4 million.
"""

from collections.abc import Sequence

from assistant.extractive.inquiry import SAME_WORD, Inquiry
from assistant.question.speaking import reporting_words
from index.language.dispute_words import vocabulary
from index.language.negation import negations
from index.language.numbers import agree, numbers
from index.language.phrase_patterns import read_words
from index.language.sentences import CLAUSE_END
from index.language.words import folded_words, word_spans
from index.statements import Statement, is_denial, is_denied

_REPEATS = 0.6
"""Share of a question that a clause holds which says the same or the opposite."""
_OBJECT = 40
"""Characters behind a verb in which its object stands."""


def could_be_meant(
    inquiry: Inquiry, statement: Statement, around: str, *, strictly: bool = True
) -> bool:
    """Whether a statement agrees with a question in its numbers and in what it denies.

    Args:
        inquiry: What is asked, as a claim whose speaker is wanted.
        statement: The statement that may be meant.
        around: The sentences that hold it.
        strictly: Whether a clause that repeats little of the question must agree as well.
    """
    question, language = inquiry.question, inquiry.article.language
    told = numbers(around, language)
    if not all(agree(number, told) for number in numbers(question.plain, question.language)):
        return False
    if _is_refused(inquiry, around):
        return False
    clauses = _clauses(statement.text)
    if not clauses:
        return True
    shares = inquiry.coverage(clauses)
    clause = clauses[int(shares.argmax())]
    if not strictly and float(shares.max()) < _REPEATS:
        return True  # "that line about the border force" claims nothing
    if _negating(clause, language) & set(folded_words(question.text)):
        return True  # "le blé paie plus" without its "ne"
    denies_as_cue = statement.cue is not None and is_denied(statement.cue, language)
    asked = is_denied(question.text, question.language)
    if (is_denied(clause, language) != denies_as_cue) == asked:
        return True
    # "A word for people who need not reckon" is denied in a clause that holds less of the topic.
    others = [other for other in clauses if other != clause and inquiry.coverage([other])[0]]
    return asked and any(is_denied(other, language) for other in others)


def declines(statement: Statement, language: str) -> bool:
    """Whether a statement tells that something is not said: "He would not say whether …"."""
    words = read_words(statement.text)
    reached = {place for each in negations(words, vocabulary(language)) for place in each.reach}
    reporting = reporting_words(language)
    return any(place < len(words) and words[place].folded in reporting for place in sorted(reached))


def _negating(text: str, language: str) -> set[str]:
    """Return the folded words that negate in a text."""
    words = read_words(text)
    found = negations(words, vocabulary(language))
    return {words[place].folded for each in found for place in each.own}


def _is_refused(inquiry: Inquiry, around: str) -> bool:
    """Whether a sentence refuses what is asked for: "rejected the criticism" criticises nobody."""
    question = inquiry.question
    if is_denied(question.text, question.language):
        return False
    verbs = [term.text for term in question.terms if not term.is_name]
    objects = [clause for clause in _objects(around, inquiry.article.language) if clause]
    if not verbs or not objects:
        return False
    return bool((inquiry.article_index.align(verbs, objects) >= SAME_WORD).any())


def _objects(text: str, language: str) -> Sequence[str]:
    """Return the few words behind each verb of denial."""
    spans = word_spans(text)
    ends = [span.end for span in spans if is_denial(span.of(text), language)]
    return [CLAUSE_END.split(text[end:], maxsplit=1)[0][:_OBJECT].strip() for end in ends]


def _clauses(text: str) -> Sequence[str]:
    return [clause for clause in CLAUSE_END.split(text) if clause.strip()]
