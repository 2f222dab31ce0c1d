"""Every reader on damaged input: no exception but ours, the worst time, the most memory.

    python -m tests.support.fuzz [--seconds N] [--seed N] [FILE ...]

FILE are pages, exports and texts to damage, beside the samples and those of the tests. Each is
cut, doubled, shuffled, bit-flipped and filled with signs that mean something to a reader; of
archives, one of the files within. Memory is what a reading adds to the most that the process
ever held. The last line is one JSON object; a foreign exception is printed with the seed that
gives it again.
"""

import argparse
import io
import json
import random
import resource
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from index.errors import ArticleError
from index.reading import read_bytes

_ROOT = Path(__file__).parent.parent.parent
_OWN = ("samples/*.txt", "samples/*.en.json", "tests/data/exports/*", "tests/data/pages/*")
_MOST_BYTES = 5_000_000
_FREE_BYTES = 50_000_000
"""What the libraries and the tables of words take, whatever is read first."""
_WITHIN = 0.8
_TOKENS = (
    b"<div>", b"</div>", b"<p>", b"<!--", b"]]>", b"<![CDATA[", b"<script>", b"&#x0;", b"&amp;",
    b"{", b"}", b"[", b"]", b'"', b"\\u0000", b"\\ud800", b"null", b"1e999", b"\x00", b"\xff\xfe",
    b"\n\n", b"\r", b"\t", b"#1", b"-1", b"5.1", b"&lol;", b"<!DOCTYPE x [", b"\x1f\x8b",
    b"MIME-Version: 1.0\r\n", b"\xe2\x80\xae", b"\xf3\xa0\x81\x81", b"9" * 400,
)  # fmt: skip


def main() -> None:
    """Damage and read until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(json.dumps(run(options.files, seconds=options.seconds, seed=options.seed)))


def run(files: Sequence[Path], *, seconds: float, seed: int = 1) -> dict[str, object]:
    """Return how many inputs were read and refused, and the worst time."""
    own = [file for pattern in _OWN for file in sorted(_ROOT.glob(pattern)) if file.is_file()]
    contents = {file.name: file.read_bytes() for file in (*own, *files)}
    outcomes: Counter[str] = Counter()
    foreign, worst, worst_file, number = 0, 0.0, "", seed
    most_bytes, most_file = 0, ""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        number += 1
        chance = random.Random(number)
        name = chance.choice(sorted(contents))
        damaged = _damaged(contents[name], chance)
        held = _most_held()
        started = time.perf_counter()
        try:
            read_bytes(damaged)
            outcomes["read"] += 1
        except ArticleError:
            outcomes["refused"] += 1
        except Exception:  # noqa: BLE001 - what is not ours is what is looked for
            foreign += 1
            print(f"seed {number}, {name}")
            traceback.print_exc()
        taken = time.perf_counter() - started
        if taken > worst:
            worst, worst_file = taken, f"{name}, {len(damaged)} bytes, seed {number}"
        if (grown := _most_held() - held) > max(most_bytes, 10 * len(damaged), _FREE_BYTES):
            most_bytes, most_file = grown, f"{name}, {len(damaged)} bytes, seed {number}"
    return {
        "files": len(contents),
        "inputs": sum(outcomes.values()) + foreign,
        **outcomes,
        "foreign_exceptions": foreign,
        "worst_seconds": round(worst, 3),
        "worst": worst_file,
        "bytes_beyond_ten_times_the_input": most_bytes,
        "largest": most_file,
    }


def _most_held() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _damaged(content: bytes, chance: random.Random) -> bytes:
    if zipfile.is_zipfile(io.BytesIO(content)) and chance.random() < _WITHIN:
        return _damaged_within(content, chance)
    for _ in range(chance.randint(1, 6)):
        content = chance.choice(_DAMAGES)(content, chance)[:_MOST_BYTES]
    return content


def _damaged_within(content: bytes, chance: random.Random) -> bytes:
    """Return an archive one of whose files is damaged, as a cut archive never opens."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _damaged(part, chance) if name == chosen else part)
    return packed.getvalue()


def _cut(content: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.choices(range(len(content) + 1), k=2))
    return content[:start] + content[end:]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 40) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _filled(content: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(content))
    token = chance.choice(_TOKENS) * chance.choice((1, 2, 30, 3_000))
    return content[:place] + token + content[place:]


def _doubled(content: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.choices(range(len(content) + 1), k=2))
    return content[:end] + content[start:end] * chance.choice((1, 3, 20)) + content[end:]


def _shuffled(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


_DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _flipped,
    _filled,
    _doubled,
    _shuffled,
)


if __name__ == "__main__":
    main()
