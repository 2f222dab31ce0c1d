"""How names sound, roughly, so that the same name meets in another script or spelling.

"Акар" and "Akar", "Ливию" and "Libye", "Eriwan" and "Erevan". A loose scheme for comparing,
not for showing: it confuses what transliterations confuse and drops the endings of cases.
"""

import re

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ie",
    "ж": "zh", "з": "z", "и": "i", "й": "i", "і": "i", "ї": "i", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu",
    "я": "ia",
}  # fmt: skip
_TABLE = str.maketrans(_LATIN)
_SAME_SOUND = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh|gh"), "h"),
    (re.compile(r"tch|tsch|cz|ch|sch"), "sh"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"[vw]"), "b"),
    (re.compile(r"[cq]"), "k"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_LAST_VOWELS = re.compile(r"[aeiou]+$")


def to_latin(folded: str) -> str:
    """Return a folded word in Latin letters; other scripts stay as they are.

    >>> to_latin("акар")
    'akar'
    """
    return folded.translate(_TABLE)


def sound(folded: str) -> str:
    """Return what is left of a folded name when spellings and last vowels are set aside.

    >>> sound("ливию") == sound("libye"), sound("шоигу") == sound("shoigu")
    (True, True)
    """
    latin = to_latin(folded)
    for pattern, replacement in _SAME_SOUND:
        latin = pattern.sub(replacement, latin)
    return _LAST_VOWELS.sub("", latin) or latin
