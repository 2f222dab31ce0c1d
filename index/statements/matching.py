"""Is this name that speaker? Names as people type them: surname, role, other script, a slip.

Precision first: "Paul Martin" is not Julie Martin, and "Martin" not Martinez.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from index.language.names import TITLES
from index.language.transliteration import to_latin
from index.language.words import content_words, fold, folded_words, name_words, stop_words
from index.statements.statement import Speaker, Statement

_SOUNDS = (
    ("tch", "ch"), ("sch", "sh"), ("kh", "h"), ("ph", "f"), ("ck", "k"), ("ou", "u"),
    ("yu", "iu"), ("ya", "ia"), ("y", "i"), ("j", "i"), ("w", "v"), ("x", "ks"),
)  # fmt: skip
_HARD_C = re.compile(r"c(?![eih])")
_DOUBLED = re.compile(r"(.)\1+")
_CYRILLIC = re.compile(r"[а-яёіїєґ]", re.IGNORECASE)
_SLAVIC_ENDING = re.compile(
    r"(?:oi|oiu|oiy|im|ami|iami|om|em|ogo|ego|omu|emu|imi|ih|iu|ia|ie|ei|ov|u|a|e|i|o)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerCount:
    """A speaker of a page and how many statements are theirs."""

    speaker: Speaker
    statements: int


def speaker_matches(name: str, speaker: Speaker) -> bool:
    """Whether a name as somebody types it can mean the speaker.

    Every word of the name must be one of the speaker's: of the name, of an alias, or of the
    role. Case, accents, script and small spelling differences do not count.

    >>> akar = Speaker(name="Hulusi Akar", as_written="Akar", role="ministre turc")
    >>> [speaker_matches(name, akar) for name in ("AKAR", "Акар", "ministre turc", "Shoigu")]
    [True, True, True, False]
    """
    wanted = _words(name)
    if not wanted:
        return False
    inflected = bool(_CYRILLIC.search(name))
    known = _known_words(speaker)
    if not all(_known(word, known.everything, inflected) for word in wanted):
        return False
    named, role = known.named, known.role
    by_name = [_known(word, known.personal, inflected) for word in wanted]
    if all(by_name):
        return True
    only_role = not any(by_name) and role and all(_known(word, role, inflected) for word in wanted)
    return bool(only_role or any(by_name) or any(_known(w, named, inflected) for w in wanted))


def is_called(name: str, speaker: Speaker) -> bool:
    """Whether a name means a speaker; a single word that is no person's name must be the head.

    "The minister" may mean the Turkish minister of defence, "the community" the Turkish
    community of a town; "Turkish" alone means neither.
    """
    if not speaker_matches(name, speaker):
        return False
    named = content_words(name)
    if len(named) > 1:
        return True
    if speaker_matches(name, replace(speaker, role=None)):
        is_person = all(word[0].isupper() for word in speaker.name.split())
        return is_person or speaker_matches(name_words(speaker.name)[0], _only(name))
    return content_words(speaker.role or "")[:1] == named


def _only(name: str) -> Speaker:
    return Speaker(name=name, as_written=name)


def speakers(statements: Iterable[Statement]) -> tuple[SpeakerCount, ...]:
    """Return the distinct known speakers, those with most statements first.

    The speaker shown is the first mention that states a role, else the first one.
    """
    shown: dict[str, Speaker] = {}
    counts: dict[str, int] = {}
    for statement in statements:
        speaker = statement.speaker
        if speaker is None:
            continue
        key = " ".join(_words(speaker.name)) or fold(speaker.name)
        counts[key] = counts.get(key, 0) + 1
        known = shown.get(key)
        if known is None or (known.role is None and speaker.role is not None):
            shown[key] = speaker
    order = sorted(counts, key=lambda key: -counts[key])
    return tuple(SpeakerCount(speaker=shown[key], statements=counts[key]) for key in order)


# A question is held against the same few hundred names, window by window.
@lru_cache(maxsize=4_096)
def _words(name: str) -> tuple[str, ...]:
    bare = re.sub(r"(\w{3,})['’](?:s|in|ın|un|ün|nin|nın|nun|nün|da|de|ta|te|a|e)\b", r"\1", name)
    words = folded_words(bare)
    untitled = tuple(word for word in words if word not in TITLES)
    return tuple(word for word in untitled if word not in stop_words(None)) or untitled


@dataclass(frozen=True, slots=True, kw_only=True)
class _KnownWords:
    """The words of a speaker: of the name, of all names, of the role, of all these."""

    personal: frozenset[str]
    named: frozenset[str]
    role: frozenset[str]
    everything: frozenset[str]


@lru_cache(maxsize=4_096)
def _known_words(speaker: Speaker) -> _KnownWords:
    forms = [speaker.name, speaker.as_written, *speaker.aliases]
    named = frozenset(word for form in forms for word in _words(form))
    role = frozenset(_words(speaker.role or ""))
    return _KnownWords(
        personal=frozenset(_words(speaker.name)),
        named=named,
        role=role,
        everything=named | role,
    )


@lru_cache(maxsize=16_384)
def _known(word: str, words: frozenset[str], inflected: bool) -> bool:
    return any(_same(word, other, inflected) for other in words)


def _same(word: str, other: str, inflected: bool) -> bool:
    if word == other:
        return True
    ours, theirs = _sound(word), _sound(other)
    if min(len(ours), len(theirs)) < 3:
        return False
    if ours == theirs:
        return True
    if len(word) >= 5 and word == other + "s":  # a genitive: "Merkels"
        return True
    if not inflected:
        return False
    stem, bare = _SLAVIC_ENDING.sub("", ours), _SLAVIC_ENDING.sub("", theirs)
    return len(stem) >= 3 and stem in (theirs, bare)


@lru_cache(maxsize=16_384)
def _sound(word: str) -> str:
    """Return a word as it sounds, roughly, in any script.

    >>> _sound("путин") == _sound("poutine"), _sound("шойгу") == _sound("shoigu")
    (True, True)
    """
    latin = to_latin(word)
    for written, spoken in _SOUNDS:
        latin = latin.replace(written, spoken)
    latin = _DOUBLED.sub(r"\1", _HARD_C.sub("k", latin))
    return latin[:-1] if len(latin) > 4 and latin.endswith("e") else latin


def same_speaker(first: Speaker | None, second: Speaker | None) -> bool:
    """Whether two statements have the same known speaker."""
    if first is None or second is None:
        return False
    return _words(first.name) == _words(second.name)
