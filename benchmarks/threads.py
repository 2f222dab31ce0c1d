"""Generated threads of any length, and how long reading disputes out of them takes."""

import random
import time

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
