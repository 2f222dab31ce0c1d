"""Which pieces of the tokenizer we keep: those of our languages, and every single letter.

Of 250,000 pieces for a hundred languages most are never used here. Kept are the pieces of the
most frequent words of nine languages (the lists of wordfreq), small and with a capital, those
of the sentence pairs that may be shipped, and every letter, digit and sign of the scripts our
readers write in, so that a word cut into unknown pieces is still spelt.
"""

import gzip
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "ru", "uk", "tr")
_WORDS = 100_000
_AT_ONCE = 20_000
_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "ARABIC"})
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
SPACE = "▁"


def tokenizer_of(pieces: Iterable[tuple[str, float]]) -> Tokenizer:
    """Return the tokenizer of some pieces with their log probabilities, special ones first."""
    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=_SPECIAL.index("<unk>")))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(list(_SPECIAL))
    return tokenizer


def choose(tokenizer: Tokenizer, pieces: tuple[str, ...], texts: Iterable[str]) -> list[int]:
    """Return the numbers of the pieces to keep, rising."""
    kept = set(range(len(_SPECIAL)))
    kept.update(number for number, piece in enumerate(pieces) if is_single(piece))
    for some in _batches(texts):
        for encoding in tokenizer.encode_batch(some, add_special_tokens=False):
            kept.update(encoding.ids)
    return sorted(kept)


def is_single(piece: str) -> bool:
    """Whether a piece is one letter, digit or sign of our scripts, with or without a space.

    >>> is_single("ё"), is_single("▁%"), is_single("ne"), is_single("選")
    (True, True, False, False)
    """
    sign = piece.removeprefix(SPACE)
    if len(sign) != 1:
        return piece == SPACE
    if not sign.isalpha():
        return not unicodedata.category(sign).startswith("M") or sign < "\u0700"
    return unicodedata.name(sign, "").partition(" ")[0] in _SCRIPTS


def texts_of_our_languages(pairs: Path) -> Iterator[str]:
    """Yield frequent words and the sentences of the files that may be shipped."""
    from wordfreq import top_n_list

    for language in LANGUAGES:
        for word in top_n_list(language, _WORDS):
            yield word
            yield word.capitalize()
    for path in sorted(pairs.glob("tatoeba*.gz")) + sorted(pairs.glob("tico19*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from line.rstrip("\n").split("\t")


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(texts)
    while some := list(islice(remaining, _AT_ONCE)):
        yield some
