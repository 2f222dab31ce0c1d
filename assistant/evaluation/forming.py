"""The form of an answer: its length, its language, lines that hang in the air."""

import re
from collections.abc import Iterator, Sequence

from assistant.answer import Answer
from assistant.evaluation.cases import Case
from assistant.evaluation.harms import Fault
from assistant.evaluation.telling import Telling
from assistant.locale import phrases
from assistant.markers import without_markers
from assistant.question.understanding import sentences_wanted
from index.language.words import content_words, spaced_words

MOST_WORDS = 200
MOST_CITATIONS = 8
_HEADING = re.compile(r"^\s*[+-]?\d+\s*$", re.MULTILINE)
"""A line of nothing but a number: the score of a comment whose heading was taken for words."""


def faults(case: Case, answer: Answer, told: Sequence[Telling]) -> Iterator[Fault]:
    """Yield what is wrong with the form of an answer, whatever it says."""
    known = phrases(case.lang or answer.language)
    if case.lang and answer.language != case.lang:
        yield Fault("wrong_language", f"answered in {answer.language} instead of {case.lang}")
    if len(without_markers(answer.text).split()) > MOST_WORDS:
        yield Fault("bad_form", f"longer than {MOST_WORDS} words")
    if len(answer.citations) > MOST_CITATIONS:
        yield Fault("bad_form", f"more than {MOST_CITATIONS} citations")
    exact = sentences_wanted(case.question, known)
    least, most = case.sentences or ((exact, exact) if exact else (0, len(told)))
    if not least <= len(told) <= most:
        yield Fault("bad_form", f"{len(told)} sentences instead of {least} to {most}")
    yield from _dangling(answer, told)


def _dangling(answer: Answer, told: Sequence[Telling]) -> Iterator[Fault]:
    """Yield frames that nothing follows, stances that are nobody's, headings among words."""
    after = (*answer.sentences[1:], None)
    for sentence, following in zip(answer.sentences, after, strict=True):
        is_frame = sentence.text.rstrip().endswith(":") and not sentence.citations
        if is_frame and (following is None or not following.citations):
            yield Fault("bad_form", f"nothing follows: {sentence.text}")
    relations = [spaced_words(word) for word in phrases(answer.language).relations.values()]
    for telling in told:
        if telling.stance and spaced_words(telling.beside) in relations:
            yield Fault("bad_form", f"nobody is named: {telling.beside}")
        if any(_HEADING.search(quote.quote) for quote in telling.quotes) and content_words(
            telling.shown
        ):
            yield Fault("bad_form", f"a comment's heading among its words: {telling.shown[:60]}")
