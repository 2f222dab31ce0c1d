"""How near the words of an answer are to a reference: token F1 and chrF."""

from collections import Counter
from collections.abc import Sequence

from index.language.words import folded_words


def token_f1(answer: str, references: Sequence[str]) -> float:
    """Return the best F1 of shared words over the references, in [0, 1].

    As in SQuAD's own script, but with words folded and no articles left out, which only
    English has in that form.

    >>> round(token_f1("The council votes on 22 March", ["22 march", "spring"]), 3)
    0.5
    """
    words = folded_words(answer)
    return max((_f1(words, folded_words(reference)) for reference in references), default=0.0)


def chrf(answer: str, references: Sequence[str]) -> float:
    """Return the chrF (Popović 2015) of an answer, best reference of several, in [0, 1]."""
    from sacrebleu.metrics.chrf import CHRF

    return float(CHRF().sentence_score(answer, list(references)).score) / 100


def _f1(words: Sequence[str], reference: Sequence[str]) -> float:
    shared = sum((Counter(words) & Counter(reference)).values())
    return 2 * shared / (len(words) + len(reference)) if shared else 0.0
