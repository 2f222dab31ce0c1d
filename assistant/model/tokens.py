"""About how many tokens a text has for a model whose tokenizer we do not have."""

import re

# Characters per token, by script, as large vocabularies cut them; on the safe side.
_LATIN, _OTHER_ALPHABETS, _IDEOGRAPHS = 3.2, 2.0, 0.8
_IS_LATIN = re.compile(r"[\u0000-\u024f\u2000-\u206f]")
_IS_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PER_MESSAGE = 8


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a text has, rather too many than too few.

    >>> estimated_tokens("a" * 320), estimated_tokens("д" * 200), estimated_tokens("")
    (101, 101, 1)
    """
    latin = len(_IS_LATIN.findall(text))
    ideographs = len(_IS_IDEOGRAPH.findall(text))
    others = len(text) - latin - ideographs
    return int(latin / _LATIN + others / _OTHER_ALPHABETS + ideographs / _IDEOGRAPHS) + 1


def estimated_prompt_tokens(texts: list[str]) -> int:
    """Return about how many tokens the messages of a chat have."""
    return sum(estimated_tokens(text) + _PER_MESSAGE for text in texts)


def fewest_tokens(text: str) -> int:
    """Return how many tokens a text has at the least: hardly one holds more than a word.

    >>> fewest_tokens("Der Stadtrat stimmt ab."), fewest_tokens("理事会は投票する")
    (4, 1)
    """
    return len(text.split())
