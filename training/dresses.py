"""The same question as hurried or polite people type it: words around it, slips, no accents.

What a question is called does not change with its dress, so each written question is learned in
some of them too. Dresses that measure are others than these.
"""

import random
import re
import tomllib
from pathlib import Path

from index.language.words import fold

_WORDS_AROUND = tomllib.loads(Path(__file__).with_name("dresses.toml").read_text("utf-8"))
_SHORTEST_SLIPPED = 4
_LETTERS = {
    "ru": "абвгдежзийклмнопрстуфхцчшщьыэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DOUBLED = re.compile(r"(\w)\1")


def dressed(question: str, language: str, chance: random.Random) -> str:
    """Return a question in another dress, now and then as it is.

    >>> dressed("Wie hoch ist die Brücke?", "de", random.Random(1))
    'wie hoch ist die brucke danke'
    """
    if chance.random() < 0.4:
        question = _with_words_around(question, language, chance)
    written = chance.random()
    if written < 0.3:
        question = question.rstrip(" ?.").lower()
    elif written < 0.5:
        question = question.strip(" ?!.¿¡")
        question = question.lower() if language in _LETTERS else fold(question)
    elif written < 0.6:
        question = (question.replace("i", "İ") if language == "tr" else question).upper()
    elif written < 0.65:
        question = question.rstrip("?") + chance.choice(("??", "?!", " ???", "..."))
    return _with_slips(question, language, chance) if chance.random() < 0.4 else question


def _with_words_around(question: str, language: str, chance: random.Random) -> str:
    around = _WORDS_AROUND[language]
    before = chance.choice(around["openings"]) if chance.random() < 0.7 else ""
    after = chance.choice(around["closings"]) if not before or chance.random() < 0.5 else ""
    if before and chance.random() < 0.6:
        question = question[:1].lower() + question[1:]
    if after and chance.random() < 0.5:
        question = question.rstrip("?. ")
    return before + question + after


def _with_slips(question: str, language: str, chance: random.Random) -> str:
    """Return it with one or two words misspelt: a wrong letter, a letter too few, words joined."""
    words = question.split(" ")
    long = [n for n, word in enumerate(words) if len(word) >= _SHORTEST_SLIPPED and word.isalpha()]
    for place in chance.sample(long, min(len(long), chance.choice((1, 1, 2)))):
        word, at = words[place], chance.randrange(1, len(words[place]))
        kind = chance.randrange(3)
        if kind == 0:
            letter = chance.choice(_LETTERS.get(language, _LATIN_LETTERS))
            words[place] = word[:at] + letter + word[at + 1 :]
        elif kind == 1:
            single = _DOUBLED.sub(r"\1", word)
            words[place] = single if single != word else word[: at - 1] + word[at:]
        else:
            words[place] = word + "\0"
    return " ".join(words).replace("\0 ", "").replace("\0", "")
