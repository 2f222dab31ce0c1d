"""Generated threads of any length, and how long reading disputes out of them takes."""

import random
import time
from collections.abc import Iterator
from itertools import accumulate

from benchmarks.material import tables
from index.disputes import find_disputes
from index.reading import read_article
from index.statements import find_statements

_TABLES = tables("threads")
_CLAIMS, _REMARKS, _LINKS = _TABLES["claims"], _TABLES["remarks"], _TABLES["links"]
_ONSETS, _RIMES = _TABLES["onsets"], _TABLES["rimes"]
_VOCABULARY = 60_000


def generated(comments: int, *, seed: int = 7) -> dict[str, object]:
    """Return an article with that many comments, in the JSON form that can be read."""
    chance = random.Random(seed)
    thread: list[dict[str, object]] = []
    for number in range(comments):
        text = chance.choice(_REMARKS) + f" Case {number}."
        if chance.random() < 0.3:
            text = f"{chance.choice(_CLAIMS)}\n\n{text}"
        entry: dict[str, object] = {"id": str(number), "author": f"Reader {number}", "text": text}
        if number and chance.random() < 0.4:
            entry["parent"] = str(chance.randrange(max(0, number - 50), number))
        thread.append(entry)
    return {
        "title": "The tramway of Larnmoor",
        "language": "en",
        "paragraphs": [f"{claim}." for claim in _CLAIMS],
        "comments": thread,
    }


def varied(comments: int, *, seed: int = 7) -> dict[str, object]:
    """Return an article whose thread has the words of people: some everywhere, most seldom.

    Everyday words and invented ones are drawn by Zipf's law, so that their number grows with the
    thread as it does in real ones; a comment has one to five sentences, 24 words on average, and
    in every third one a remark that contests or supports. `generated` says the same few things
    again and again, which no index is slow on.
    """
    chance = random.Random(seed)
    words = [*_TABLES["everyday"], *_invented_words(chance)]
    shares = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    thread: list[dict[str, object]] = []
    for number in range(comments):
        sentences = []
        for _ in range(chance.choice((1, 2, 2, 3, 5))):
            drawn = chance.choices(words, cum_weights=shares, k=chance.randint(4, 9))
            mixed = [part for word in drawn for part in (chance.choice(_LINKS), word)]
            sentences.append(" ".join(mixed).strip().capitalize() + ".")
        if chance.random() < 0.3:
            sentences.insert(0, chance.choice(_REMARKS))
        entry: dict[str, object] = {
            "id": str(number),
            "author": f"Reader {chance.randrange(comments)}",
            "text": " ".join(sentences),
        }
        if number and chance.random() < 0.4:
            entry["parent"] = str(chance.randrange(max(0, number - 50), number))
        thread.append(entry)
    return {
        "title": "The tramway of Larnmoor",
        "language": "en",
        "paragraphs": [f"{claim}." for claim in _CLAIMS],
        "comments": thread,
    }


def _invented_words(chance: random.Random) -> Iterator[str]:
    """Yield distinct words that can be spoken, with a name among every eight."""
    known: set[str] = set()
    while len(known) < _VOCABULARY:
        syllables = chance.randint(1, 4)
        word = "".join(chance.choice(_ONSETS) + chance.choice(_RIMES) for _ in range(syllables))
        if word not in known:
            known.add(word)
            yield word.capitalize() if len(known) % 8 == 0 else word


def timings(largest: int) -> dict[str, object]:
    """Return seconds for threads of 100, 1,000 ... comments, and how they grow."""
    sizes = [size for size in (100, 1_000, 10_000) if size < largest] + [largest]
    seconds = {size: _seconds(size) for size in sizes}
    first, last = sizes[0], sizes[-1]
    growth = seconds[last] / max(seconds[first], 1e-9) / (last / first)
    return {
        "seconds": {str(size): round(value, 3) for size, value in seconds.items()},
        "growth_per_comment": round(growth, 2),
        "bar_seconds": 10,
    }


def _seconds(size: int) -> float:
    import json
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "article.json"
        file.write_text(json.dumps(generated(size)), "utf-8")
        article = read_article(str(file))
    statements = find_statements(article)
    started = time.perf_counter()
    find_disputes(article, statements)
    return time.perf_counter() - started
