"""How fast the page is: first words, start, a long thread, ten users at once.

    python -m benchmarks.page [--only PART] [--seconds 60] [--comments 5000]

Figures of the browser need a Chromium on this machine; without one they are left out, and the
reason is given.
"""

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import page_crowd, page_in_browser
from tests.support.browser import ROOT, running_page, system_browser

_IN_A_BROWSER = ("words", "start", "paints", "thread", "bench")
_PARTS = ("try", *_IN_A_BROWSER, "users", "heaviest")
SAMPLE = ROOT / "samples" / "port-de-valmer.fr.txt"


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only",
        choices=("try", "words", "start", "paints", "thread", "bench", "users", "heaviest"),
    )
    parser.add_argument("--article", default=str(SAMPLE))
    parser.add_argument("--seconds", type=float, default=60, help="how long the users ask")
    parser.add_argument("--hostile", action="store_true", help="one more user sends the worst")
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--comments", type=int, default=5_000)
    parser.add_argument("--repeat", type=int, default=3, help="starts that are measured")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        parts: dict[str, Callable[[], dict[str, Any]]] = {
            "try": lambda: one_question(arguments.article, home),
            "words": lambda: page_in_browser.first_words(arguments.article, home),
            "start": lambda: page_in_browser.starts(
                arguments.article, home, repeat=arguments.repeat
            ),
            "paints": lambda: page_in_browser.paints(
                arguments.article, home, repeat=arguments.repeat
            ),
            "bench": lambda: page_in_browser.bench(2_000, home),
            "thread": lambda: page_in_browser.long_thread(arguments.comments, home),
            "users": lambda: page_crowd.crowd(
                arguments.article,
                home,
                users=arguments.users,
                seconds=arguments.seconds,
                hostile=arguments.hostile,
            ),
            "heaviest": lambda: page_crowd.beside_the_heaviest(
                arguments.article,
                page_in_browser.long_article(10 * arguments.comments).encode(),
                home,
                users=arguments.users,
                seconds=arguments.seconds,
            ),
        }
        figures: dict[str, Any] = {}
        for name, measure in parts.items():
            if arguments.only not in (None, name):
                continue
            if name in _IN_A_BROWSER and system_browser() is None:
                figures[name] = {"left_out": "no Chromium on this machine"}
                continue
            figures[name] = measure()
            print(f"{name}: {figures[name]}")
    print(json.dumps({"page": figures}))


def one_question(article: str, home: Path) -> dict[str, Any]:
    """Return that a page was started, answered one question as a program asks it, and ended."""
    import os

    os.environ["HF_HUB_OFFLINE"] = "1"
    from gradio_client import Client

    with running_page(article, home=home) as (address, _):
        client = Client(address, verbose=False)
        answer = client.predict(question="Quelles affirmations sont contestées ?", api_name="/ask")
        client.close()
    if answer["status"] != "answered" or not answer["citations"]:
        raise SystemExit(f"the page did not answer: {answer}")
    return {"status": answer["status"], "citations": len(answer["citations"])}


if __name__ == "__main__":
    main()
