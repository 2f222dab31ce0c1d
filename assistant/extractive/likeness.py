"""How like the words of a question and stretches of a page are, word by word and in meaning."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from assistant.extractive.inquiry import MATCHED, Inquiry
from assistant.question import Term
from assistant.question.speaking import reporting_words
from index.encoder.regression import Numbers, logit
from index.language.sentences import CLAUSE_END
from index.language.words import fold, folded_words, split_words, stop_words, word_spans

_PIECE = 4
"""Characters of a piece of a word."""
_RUN = 6
"""Words in a row from which a quotation is verbatim."""
WIDEST = 0.6
"""The most that one nearness or share leads another by."""
_LEAST = 1e-4


def lead_of(values: Numbers, *, widest: float = WIDEST) -> Numbers:
    """Return by how much each value exceeds the best of the others, within a width."""
    best, second = np.sort(values)[::-1][:2]
    others = np.where(values >= best, second, best)
    lead: Numbers = np.clip(values - others, -widest, widest)
    return lead


def in_page(values: Numbers) -> Numbers:
    """Return by how many standard deviations of its page each value lies above the mean."""
    standardised: Numbers = (values - values.mean()) / (values.std() + _LEAST)
    return standardised


def logit_of(probability: float) -> float:
    """Return the logit of a probability, within what a feature may be."""
    return logit(min(max(probability, _LEAST), 1 - _LEAST))


def content_of(inquiry: Inquiry) -> list[Term]:
    """Return the words of all clauses of a question but those every question has."""
    language = inquiry.question.language
    left_out = stop_words(language) | reporting_words(language)
    spans = list(word_spans(inquiry.question.plain))
    words = dict.fromkeys(span.of(inquiry.question.plain) for span in spans)
    return [
        Term(text=word, folded=fold(word), is_name=False)
        for word in words
        if fold(word) not in left_out and (len(word) > 1 or word.isdigit())
    ]


def clauses_of(inquiry: Inquiry) -> list[str]:
    """Return the clauses of a question, and the words of each that are no frame of asking."""
    own = {term.text for term in inquiry.terms}
    found = []
    for clause in CLAUSE_END.split(inquiry.question.plain):
        words = split_words(clause)
        content = [word for word in words if word in own]
        if content:
            found += [clause.strip(), " ".join(content)]
    return list(dict.fromkeys(found)) or [inquiry.question.plain]


def nearness_of(
    inquiry: Inquiry, asked: Sequence[str], texts: Sequence[str], around: Sequence[str]
) -> Numbers:
    """Return the nearness of each text, or its sentence, to the nearest of what is asked."""
    if inquiry.reader is None:
        return np.zeros((2, len(texts)), np.float32)
    near = [inquiry.reader.nearness(part, [*texts, *around]) for part in asked]
    rows = np.array(near, np.float32).reshape(len(asked), 2, len(texts))
    best: Numbers = rows.max(axis=0)
    return best


def rarity_of(held: Numbers) -> Numbers:
    """Return how much each word tells, (words,): those few utterances hold."""
    holders = (held >= MATCHED).sum(axis=1)
    rarity: Numbers = np.log((held.shape[1] + 1) / (holders + 0.5)).astype(np.float32)
    return rarity


def run_of(asked: Sequence[str], text: str) -> float:
    """Return how many words in a row a text has of a question, as a share of what is verbatim."""
    words = folded_words(text)
    lengths = [0] * (len(words) + 1)
    longest = 0
    for word in asked:
        row = [0] * (len(words) + 1)
        for place, other in enumerate(words, start=1):
            if word == other:
                row[place] = lengths[place - 1] + 1
        lengths = row
        longest = max(longest, *row)
    return min(longest, _RUN) / _RUN


def pieces_held(inquiry: Inquiry, texts: Sequence[str]) -> Numbers:
    """Return the share of the pieces of the topic's words, the rare ones first, in each text.

    "Ornitho" is a piece of "ornithologue", "Schublade" of "Schubladen".
    """
    own = {piece for term in inquiry.terms for piece in _of_word(term.folded)}
    sets = [_of_text(text) for text in texts]
    weights = {
        piece: math.log((len(sets) + 1) / (sum(piece in of for of in sets) + 0.5))
        for piece in own
        if any(piece in of for of in sets)
    }
    total = sum(weights.values()) or 1.0
    return np.array(
        [sum(weights[p] for p in weights if p in of) / total for of in sets], np.float32
    )


# Those of a page are compared with every question.
@lru_cache(maxsize=1_024)
def _of_text(text: str) -> frozenset[str]:
    return frozenset(piece for word in folded_words(text) for piece in _of_word(word))


def _of_word(word: str) -> set[str]:
    return {word[n : n + _PIECE] for n in range(len(word) - _PIECE + 1)}
