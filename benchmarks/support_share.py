"""How much of a sentence a text holds, as one number, without looking at who says it."""

from collections.abc import Sequence

import numpy as np

from index.article import Passage
from index.language.numbers import agree, numbers
from index.language.sentences import sentence_spans
from index.language.words import fold, stop_words, word_spans
from index.library.article_index import ArticleIndex

MOST_PREMISES = 3
_OF_THINGS = 0.5
"""Part of the score that is carried by names and numbers alone."""


def premises(words: Sequence[str], texts: Sequence[str], article_index: ArticleIndex) -> np.ndarray:
    """Return the strength of each word in the few texts that hold most together, (words,)."""
    weights = article_index.word_weights(words)
    held = article_index.align(words, texts)
    covered = np.zeros(len(words), dtype=np.float32)
    for _ in range(MOST_PREMISES):
        best = int((weights @ np.maximum(held, covered[:, None])).argmax())
        covered = np.maximum(covered, held[:, best])
    return covered


def support_share(sentence: str, article_index: ArticleIndex, passages: Sequence[Passage]) -> float:
    """Return the share of a sentence that the best three sentences of passages hold.

    The mean of two shares: that of all its content words by weight, and that of its names and
    numbers, where it has any.
    """
    language = article_index.article.language
    stop = stop_words(language)
    words = [
        word
        for span in word_spans(sentence)
        if fold(word := span.of(sentence)) not in stop and (len(word) > 1 or word.isdigit())
    ]
    texts = [span.of(p.text) for p in passages for span in sentence_spans(p.text)]
    if not words or not texts:
        return 0.0
    held = premises(words, texts, article_index)
    weights = article_index.word_weights(words)
    whole = float(weights @ held / weights.sum())
    things = [
        float(strength)
        for word, strength in zip(words, held, strict=True)
        if word[0].isupper() or word[0].isdigit()
    ]
    there = [n for text in texts for n in numbers(text, language, with_months=True)]
    told = numbers(sentence, language, with_months=True)
    things += [float(agree(number, there)) for number in told]
    if not things:
        return whole
    return (1 - _OF_THINGS) * whole + _OF_THINGS * sum(things) / len(things)
