"""What the bundled embedder is trained on: sentence pairs and a glossary of news words.

Only files whose licence lets us ship a model made from them are read, by the beginning of
their names. The glossary was written for this project: the pairs are everyday sentences, and
the words of news are what they lack.
"""

import gzip
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

_MAY_BE_SHIPPED = ("tatoeba", "tico19")
_GLOSSARY = Path(__file__).with_name("glossary.tsv")
_LANGUAGES = {
    "deu": "de",
    "eng": "en",
    "fra": "fr",
    "ita": "it",
    "rus": "ru",
    "spa": "es",
    "tur": "tr",
    "ukr": "uk",
}
_SMALLEST_BATCH = 256
_GLOSSARY_SHARE = 0.5  # of sentence pairs that get a row of the glossary appended
_DOUBLE_SHARE = 0.5  # of batches of two sentences in one: those of news are long
_ROWS_TOGETHER = (2, 5)  # rows of the glossary that make a sentence of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Texts and their translations, place by place; none of them twice."""

    firsts: tuple[str, ...]
    seconds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsOfLanguages:
    """All sentence pairs of two languages, named by their ISO 639-3 codes.

    `counts` says how many lines came from `tatoeba`, how many from `tico19`.
    """

    first: str
    second: str
    pairs: tuple[tuple[str, str], ...]
    counts: Counter[str]


def read_tsv(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a file of two columns, gzipped or not; other lines are left out."""
    unpack = gzip.open if path.suffix == ".gz" else open
    with unpack(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) == 2 and all(columns):
                yield columns[0], columns[1]


def read_pairs(folder: Path) -> tuple[PairsOfLanguages, ...]:
    """Read the files of a folder that may be shipped, named `corpus.aaa-bbb.tsv.gz`.

    Raises:
        FileNotFoundError: There is none.
    """
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in sorted(folder.glob("*.tsv*")):
        if path.name.startswith(_MAY_BE_SHIPPED):
            first, second = path.name.split(".")[1].split("-")
            lines = list(read_tsv(path))
            found[first, second] += lines
            counts[first, second][path.name.split("-")[0].split(".")[0]] += len(lines)
    if not found:
        raise FileNotFoundError(f"no file named {' or '.join(_MAY_BE_SHIPPED)}* in {folder}")
    return tuple(
        PairsOfLanguages(
            first=codes[0],
            second=codes[1],
            pairs=tuple(dict.fromkeys(pairs)),
            counts=counts[codes],
        )
        for codes, pairs in found.items()
    )


def read_glossary() -> dict[str, tuple[str, ...]]:
    """Return the cells of the glossary by language (ISO 639-1), in the order of its rows."""
    rows = [line.split("\t") for line in _GLOSSARY.read_text("utf-8").splitlines()]
    return {
        language: tuple(row[column] for row in rows[1:]) for column, language in enumerate(rows[0])
    }


def make_batches(
    corpora: tuple[PairsOfLanguages, ...], *, epochs: int, size: int, seed: int
) -> list[Batch]:
    """Return the batches of a whole training, shuffled, each of one pair of languages.

    In half of the sentence pairs a row of the glossary is appended on both sides: the table
    adds up words whatever their order, so the model learns the words of news inside
    sentences. Every two languages also get one batch of rows of the glossary alone.
    """
    chance = random.Random(seed)
    glossary = read_glossary()
    batches: list[Batch] = []
    for corpus in corpora:
        cells = None
        if corpus.first in _LANGUAGES and corpus.second in _LANGUAGES:
            firsts, seconds = (glossary[_LANGUAGES[code]] for code in (corpus.first, corpus.second))
            cells = tuple(zip(firsts, seconds, strict=True))
            batches.append(_rows_alone(cells, size=size, chance=chance))
        for _ in range(epochs):
            pairs = chance.sample(corpus.pairs, len(corpus.pairs))
            for some in _without_repeats(pairs, size=size):
                longer = chance.random() < _DOUBLE_SHARE
                others = chance.choices(pairs, k=len(some)) if longer else None
                batches.append(_enriched(some, others, cells, chance=chance))
    chance.shuffle(batches)
    return batches


def _without_repeats(pairs: list[tuple[str, str]], *, size: int) -> Iterator[list[tuple[str, str]]]:
    """Yield batches in which no text stands twice: it would be its own wrong answer."""
    waiting = iter(pairs)
    postponed: list[tuple[str, str]] = []
    while True:
        seen: set[str] = set()
        chosen: list[tuple[str, str]] = []
        again: list[tuple[str, str]] = []
        for pair in (*postponed, *islice(waiting, size)):
            if len(chosen) == size or pair[0] in seen or pair[1] in seen:
                again.append(pair)
            else:
                seen.update(pair)
                chosen.append(pair)
        postponed = again
        if len(chosen) < _SMALLEST_BATCH:
            return
        yield chosen


def _enriched(
    pairs: list[tuple[str, str]],
    others: list[tuple[str, str]] | None,
    cells: tuple[tuple[str, str], ...] | None,
    *,
    chance: random.Random,
) -> Batch:
    """Append other pairs to all and rows of the glossary to some."""
    if others is not None:
        pairs = [_joined(*both) for both in zip(pairs, others, strict=True)]
    if cells is not None:
        pairs = [
            _joined(pair, chance.choice(cells)) if chance.random() < _GLOSSARY_SHARE else pair
            for pair in pairs
        ]
    return _batch(pairs)


def _rows_alone(cells: tuple[tuple[str, str], ...], *, size: int, chance: random.Random) -> Batch:
    return _batch(
        [_joined(*chance.sample(cells, chance.randint(*_ROWS_TOGETHER))) for _ in range(size)]
    )


def _joined(*pairs: tuple[str, str]) -> tuple[str, str]:
    return " ".join(first for first, _ in pairs), " ".join(second for _, second in pairs)


def _batch(pairs: list[tuple[str, str]]) -> Batch:
    return Batch(
        firsts=tuple(first for first, _ in pairs), seconds=tuple(second for _, second in pairs)
    )
