"""What a question counts in the thread, as the filter that shows just these comments."""

from assistant.locale import matched_words, phrases
from assistant.question import Question
from index.language.words import fold
from page.views.workbench import Workbench

_STANCES = ("stance", "supported", "disputed", "arguments")
_SHORTEST_TOPIC = 4
"""Characters of a word that can tell one claim from others."""


def counted(question: Question, bench: Workbench) -> dict[str, str] | None:
    """Return the query of the comments a question counts; None where it counts none.

    "How many are against?" counts who objects, "how many comments did Ada write?" hers. What
    asks for both sides or for none of them leaves the choice to the reader.
    """
    if question.intent == "comment_deleted":
        return {"state": "deleted"}
    if question.intent == "comment_count":
        # An author that an earlier question named is not counted by this one.
        is_named = question.author is not None and "{author}" in question.words
        return {"author": question.author or ""} if is_named else {}
    if question.intent not in _STANCES or question.want != "number" or not bench.has_stances:
        return None
    lists = phrases(question.language).lists
    objecting = matched_words(lists["objecting"], question.words)
    # "Do not agree" is one side, "for or against" are two.
    agreeing = matched_words(lists["agreeing"], question.words) - objecting
    wish = {"stance": "against" if objecting else "for"}
    if bool(objecting) == bool(agreeing):
        wish = {"sort": "disputed"}
    of_sides = " ".join(objecting | agreeing).split()
    terms = (term.folded for term in question.terms)
    topic = [term for term in terms if len(term) >= _SHORTEST_TOPIC and term not in of_sides]
    claims = [number for number, claim in enumerate(bench.claims, 1) if _names(claim, topic)]
    return {**wish, "claim": str(claims[0])} if len(claims) == 1 else wish


def _names(claim: str, topic: list[str]) -> bool:
    words = fold(claim).split()
    return bool(topic) and all(any(w.startswith(term) for w in words) for term in topic)
