"""How often the kind of a question is recognised, on labelled questions of no particular page.

    python -m benchmarks.recognition FILE.jsonl…

Each line is `{"q": the question, "intent": its kind}`; a file is named by its language
("de-1.jsonl"). The last line is one JSON object.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from assistant.question import understand
from index.reading import read_bytes


def main(files: Sequence[str]) -> None:
    """Print which kinds are taken for which, then the shares recognised."""
    page = read_bytes(b'{"title": "A page", "text": "A page without names."}')
    right: dict[str, Counter[str]] = defaultdict(Counter)
    missed: Counter[tuple[str, str]] = Counter()
    for file in map(Path, files):
        language = file.name.split("-")[0]
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            found = understand(row["q"], page, ()).intent
            for group in (language, row["intent"], "all"):
                right[group][str(found == row["intent"])] += 1
            if found != row["intent"]:
                missed[row["intent"], found] += 1
                if os.environ.get("SHOW"):
                    print(f"{language} {row['intent']} -> {found}: {row['q']}")
    for (wanted, found), count in missed.most_common(20):
        print(f"{wanted} taken for {found}: {count}")
    shares = {group: round(counts["True"] / counts.total(), 3) for group, counts in right.items()}
    print(json.dumps(dict(sorted(shares.items()))))


if __name__ == "__main__":
    main(sys.argv[1:])
