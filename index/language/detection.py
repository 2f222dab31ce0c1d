"""In which language is a text written? Counted in function words; quick and without a model.

Every known language has words that hardly any other has. Where those leave it open (very
short texts, languages without a lexicon), the letters decide, and after them py3langid.
"""

import math
import re
import threading
from collections import Counter
from collections.abc import Collection
from functools import cache
from typing import Any

from index.language import lexicon
from index.language.words import fold

_SAMPLE = 6_000
"""Characters that are looked at; more do not change the decision."""

_LEAST = 0.7
_LEAST_SHARE = 0.22
"""Evidence below these, in all and for each word, may stem from a language without a lexicon."""
_FEW_WORDS = 6
_SHORT_PENALTY = -3.0
_EXPECTED = 1.0
"""What it counts for a language that the text is likely to be in, as a word of its own does."""
_UNSURE = 0.3
"""A share of the model below which a line without a known word is left to what is likely."""
_WORDS_OF_A_PAGE = 30

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("fa", re.compile(r"[\u067e\u0686\u0698\u06af\u06a9\u06cc]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0530-\u9fff\uac00-\ud7af\u1f00-\u1fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OTHER_LATIN = (
    "ca", "cs", "da", "et", "eu", "fi", "hr", "hu", "id", "lt", "lv", "nl", "no", "pl", "pt", "ro",
    "sk", "sl", "sq", "sv", "vi",
)  # fmt: skip
_OTHER_CYRILLIC = ("be", "bg", "mk", "sr", "kk", "ky", "mn")

_opening = threading.Lock()
"""Two threads that both open the model would hold it twice."""


def detect_language(text: str, *, likely: str | None = None) -> str:
    """Return the ISO 639-1 code of the language a text is written in, "en" where nothing tells.

    Args:
        text: Any text; of a long one the beginning is read.
        likely: What decides where the words leave it open, such as the language of the page.

    >>> detect_language("Où l'accord a-t-il été conclu ?"), detect_language("Kaç yorum var?")
    ('fr', 'tr')
    """
    return told_language(text) or _by_model(text[:_SAMPLE], likely)


def page_language(text: str, declared: str | None) -> str:
    """Return the language of a page: its words decide, and where they do not, what it declares.

    Pages often bear the language of the theme they were made with. A language without a lexicon
    is believed: its words are not known well enough.
    """
    if declared is None:
        return detect_language(text)
    is_checked = declared in lexicon.languages() and len(_WORD.findall(text)) >= _WORDS_OF_A_PAGE
    return detect_language(text, likely=declared) if is_checked else declared


def told_language(text: str) -> str | None:
    """Return the language that the script or the function words of a text tell, None if none."""
    sample = text[:_SAMPLE]
    letters = len(_LATIN.findall(sample)) + 1
    cyrillic = len(_CYRILLIC.findall(sample))
    for code, script in _SCRIPTS if _OTHER_SCRIPT.search(sample) else ():
        if len(script.findall(sample)) * 2 > max(letters, cyrillic):
            return code
    evidence = _evidence(sample, _known(is_cyrillic=cyrillic > letters))
    ranked = sorted(evidence, key=lambda code: (-evidence[code], code))
    best, second = evidence[ranked[0]], evidence[ranked[1]]
    is_told = best > 1.25 * second and best >= max(
        _LEAST, _LEAST_SHARE * len(_WORD.findall(sample))
    )
    return ranked[0] if is_told else None


@cache
def _known(*, is_cyrillic: bool) -> tuple[str, ...]:
    """Return the languages of a script that have a lexicon."""
    return tuple(
        code
        for code in lexicon.languages()
        if bool(_CYRILLIC.match(lexicon.table(code, "words")["stop"][0])) == is_cyrillic
    )


def _evidence(sample: str, known: tuple[str, ...]) -> dict[str, float]:
    """Return how many words of each language the sample holds, words few languages have most."""
    weights = _weights()
    total = dict.fromkeys(known, 0.0)
    for word, count in Counter(_WORD.findall(sample)).items():
        lowered = word.casefold()
        spelled = weights.get(lowered)
        # A word spelled without its accents still counts, for less.
        found, factor = (spelled, 1.0) if spelled else (weights.get(fold(word)), 0.5)
        if not found:
            continue
        if len(lowered) == 1:
            factor *= 0.5
        for code in known:
            if code in found:
                total[code] += factor * count / len(found)
    accented = Counter(character for character in sample if character > "\x7f")
    for character, count in accented.items():
        owners = [code for code in known if character in _letters(code)]
        for code in owners:
            total[code] += count * (0.6 if len(owners) == 1 else 0.15)
    return total


@cache
def _letters(code: str) -> frozenset[str]:
    return frozenset(lexicon.table(code, "words")["letters"])


def is_cyrillic(text: str) -> bool:
    """Whether a text has a Cyrillic letter."""
    return _CYRILLIC.search(text) is not None


def cyrillic_owners(word: str) -> frozenset[str]:
    """Return the languages with a lexicon that alone have a Cyrillic letter of a word.

    >>> sorted(cyrillic_owners("її")), sorted(cyrillic_owners("это")), cyrillic_owners("на")
    (['uk'], ['ru'], frozenset())
    """
    if word.isascii():
        return frozenset()
    letters = set(filter(_CYRILLIC.match, word.lower()))
    return frozenset(code for code in lexicon.languages() if letters & _letters(code))


@cache
def _weights() -> dict[str, tuple[str, ...]]:
    """Return for each frequent word, as written and folded, the languages that have it."""
    owners: dict[str, set[str]] = {}
    for code in lexicon.languages():
        written = {
            *lexicon.table(code, "words")["stop"],
            *lexicon.table(code, "words")["common"],
            *lexicon.table(code, "reading")["attributions"],
        }
        for phrase in written:
            for word in _WORD.findall(phrase):
                owners.setdefault(word.casefold(), set()).add(code)
    for word in list(owners):
        owners.setdefault(fold(word), set()).update(owners[word])
    return {word: tuple(sorted(codes)) for word, codes in owners.items()}


def _by_model(sample: str, likely: str | None) -> str:
    """Return the likeliest language of the script, by py3langid and our own evidence together."""
    words = _WORD.findall(sample)
    if not words:
        return likely or "en"
    is_cyrillic = len(_CYRILLIC.findall(sample)) > len(_LATIN.findall(sample)) + 1
    evidence = _evidence(sample, _known(is_cyrillic=is_cyrillic))
    shares = _shares(sample, {*evidence, *(_OTHER_CYRILLIC if is_cyrillic else _OTHER_LATIN)})
    is_short = len(words) <= _FEW_WORDS
    if is_short and not any(evidence.values()) and max(shares.values()) < _UNSURE:
        return likely or "en"
    # One point of our evidence, a word that no other language has, is worth a factor of e; in a
    # line of a few words, a language without a lexicon must be much likelier.
    scores = {
        code: math.log(max(share, 1e-9))
        + evidence.get(code, _SHORT_PENALTY if is_short else 0.0)
        + (_EXPECTED if code == likely else 0.0)
        for code, share in shares.items()
    }
    return max(sorted(scores), key=lambda code: scores[code])


def _shares(sample: str, codes: Collection[str]) -> dict[str, float]:
    """Return how likely each of some languages is, by py3langid; together 1."""
    ranked = {code: share for code, share in open_identifier().rank(sample) if code in codes}
    total = sum(ranked.values()) or 1.0
    return {code: share / total for code, share in ranked.items()}


def open_identifier() -> Any:
    """Return py3langid, opened once in half a second and shared by all threads."""
    with _opening:
        return _identifier()


@cache
def _identifier() -> Any:
    # With the columns of our languages only it takes 58 MB, else 84.
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
    from py3langid.modelio import load_model

    table, priors, languages, moves, rows, output = load_model(MODEL_DIR / MODEL_FILE)
    wanted = {*lexicon.languages(), *_OTHER_LATIN, *_OTHER_CYRILLIC}
    kept = [column for column, code in enumerate(languages) if code in wanted]
    return LanguageIdentifier(
        table[:, kept],
        priors[kept],
        [languages[column] for column in kept],
        moves,
        output,
        norm_probs=True,
        tk_row=rows,
    )
