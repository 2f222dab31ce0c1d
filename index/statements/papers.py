"""Which newspaper "le journal" is: the one that the page named last."""

from collections.abc import Sequence

from index.language.report_words import Language
from index.statements.phrases import Phrase, phrase_after
from index.statements.tokens import Sentence, Token

_SENTENCES_BACK = 4


def paper_meant(
    sentences: Sequence[Sentence], sentence: int, phrase: Phrase, text: str, language: Language
) -> str | None:
    """Return the name of the newspaper that a phrase such as "le journal" stands for."""
    tokens = sentences[sentence].tokens
    words = tokens[phrase.first : phrase.last + 1]
    if len(words) != 2 or not words[0].has("determiner:definite"):
        return None
    if words[1].capital or not words[1].has("press_nouns"):
        return None
    for back in range(sentence, max(sentence - 1 - _SENTENCES_BACK, -1), -1):
        before = sentences[back].tokens
        last = phrase.first if back == sentence else len(before)
        for position in range(last - 1, 0, -1):
            if _names_paper(before, position):
                found = phrase_after(before, position - 1, language, skip=False)
                if found is None:
                    return None
                start, end = found.span(before)
                return text[start:end]
    return None


def _names_paper(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    return (
        token.capital
        and token.has("press_names")
        and tokens[position - 1].has("determiner")
        and position + 1 < len(tokens)
    )
