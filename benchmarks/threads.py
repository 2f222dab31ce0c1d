"""Generated threads of any length, and how long reading disputes out of them takes."""

import random
import time
from collections.abc import Iterator
from itertools import accumulate

from index.disputes import find_disputes
from index.reading import read_article
from index.statements import find_statements

_CLAIMS = (
    "The new tramway of Larnmoor cost forty million crowns, the mayor said",
    "The depot at Quay Street employs 300 people",
    "Nine stations are open at night",
    "The operator Velrail denied that trains had been cancelled",
    "Ticket sales rose by 12 percent in spring",
)
_REMARKS = (
    "Nonsense, I counted only seven stations.",
    "I agree, it was about time.",
    "My cat likes trams more than I do.",
    "Source? Who believes that ticket sales rose by 12 percent?",
    "That's false, the depot at Quay Street employs 120 people.",
    "Does anyone know when line 4 opens?",
)
_LINKS = ("the", "a", "of", "and", "to", "in", "is", "that", "for", "was", "not", "with", "", "")
_ONSETS = ("b", "br", "c", "d", "f", "g", "gr", "h", "l", "m", "n", "p", "r", "s", "st", "t", "v")
_RIMES = ("a", "an", "ar", "e", "el", "en", "er", "i", "in", "o", "on", "or", "u", "un", "y")
_VOCABULARY = 60_000
_EVERYDAY = """
time year people way day man thing woman life child world school state family student group
country problem hand part place case week company system question work number night point home
water room mother area money story fact month lot right study book eye job word business issue
side kind head house service friend father power hour game line end member law car city community
name president team minute idea body information back parent face level office door health person
art war history party result change morning reason research girl guy moment air teacher force
education street train make know take see come think look want give use find tell ask seem feel
try leave call pay vote build close open run move believe happen write sit lose begin bring keep
hold stand hear let good new old great high small large long young early public bad same able big
local cheap empty
"""


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
    words = [*_EVERYDAY.split(), *_invented_words(chance)]
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
