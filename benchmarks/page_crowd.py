"""Several users who ask at once: does every answer arrive, belong to its asker, and memory hold?

One more user may send the worst that a page can be sent; the others must not notice.
"""

import json
import re
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.support.browser import running_page

_SAMPLES = 6
"""Of the page's memory, evenly over the time; the first ones still warm up."""
_WANTING = 45
"""Who want the heaviest article at the same time."""
_ASKED = "Que dit le commentaire {number} ? ({user}-{turn})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question: how long it took, and whether its own answer came."""

    seconds: float
    arrived: bool
    is_own: bool


def crowd(
    article: str, home: Path, *, users: int, seconds: float, hostile: bool = False
) -> dict[str, Any]:
    """Return what became of the questions of many users, perhaps beside a hostile one."""
    with running_page(article, home=home) as (address, process):
        stop = threading.Event()
        with ThreadPoolExecutor(users + 1) as pool:
            harming = pool.submit(_harm, address, stop) if hostile else None
            asking = [pool.submit(_user, address, user, stop) for user in range(users)]
            memory = []
            for _ in range(_SAMPLES):
                time.sleep(seconds / _SAMPLES)
                memory.append(round(_resident_megabytes(process), 1))
            stop.set()
            asked = [one for user in asking for one in user.result()]
            harms = harming.result() if harming is not None else 0
    waits = [one.seconds for one in asked]
    return {
        "users": users,
        "seconds": seconds,
        "questions": len(asked),
        "arrived": sum(one.arrived for one in asked),
        "own": sum(one.is_own for one in asked),
        "wait_s_median": round(statistics.median(waits), 3),
        "wait_s_p95": _p95(waits),
        "memory_mb": memory,
        "harms": harms,
    }


def beside_the_heaviest(
    article: str, heavy: bytes, home: Path, *, users: int, seconds: float
) -> dict[str, Any]:
    """Return how long questions wait while others want the disputes of a very long thread."""
    with running_page(article, home=home) as (address, _):
        quiet = _asked_for(address, users, seconds)
        brought = httpx.post(
            f"{address}articles", content=heavy, headers={"x-kind": "file"}, timeout=600
        )
        wanted = json.loads(brought.text.splitlines()[-1])["article"]
        with ThreadPoolExecutor(_WANTING) as pool:
            wants = [pool.submit(_wants, address, wanted) for _ in range(_WANTING)]
            busy = _asked_for(address, users, seconds)
            still_waiting = sum(not want.done() for want in wants)
            page = [_seconds_of(f"{address}{path}") for path in ("healthy", "")]
            answered = [want.result() for want in wants]
    return {
        "users": users,
        "seconds": seconds,
        "requests_for_the_heaviest": _WANTING,
        "waiting_at_the_end": still_waiting,
        "answered": answered.count(200),
        "quiet_s_p95": _p95(quiet),
        "busy_s_p95": _p95(busy),
        "quiet_questions": len(quiet),
        "busy_questions": len(busy),
        "times": round(_p95(busy) / _p95(quiet), 2),
        "healthy_s": page[0],
        "page_s": page[1],
        "bar_times": 2,
    }


def _asked_for(address: str, users: int, seconds: float) -> list[float]:
    """Return how long each question of some users took, over so many seconds."""
    stop = threading.Event()
    with ThreadPoolExecutor(users) as pool:
        asking = [pool.submit(_user, address, user, stop) for user in range(users)]
        time.sleep(seconds)
        stop.set()
        return [one.seconds for user in asking for one in user.result()]


def _wants(address: str, article: str) -> int:
    return httpx.get(f"{address}articles/{article}/disputes", timeout=3_600).status_code


def _seconds_of(address: str) -> float:
    begun = time.perf_counter()
    httpx.get(address, timeout=60)
    return round(time.perf_counter() - begun, 3)


def _p95(waits: list[float]) -> float:
    return round(sorted(waits)[int(0.95 * len(waits))], 3)


def _article_of(page: str) -> str:
    """Return the id of the article a page shows; its parts stand in the page as JSON."""
    found = re.search(r'data-article=\\?"(\w+)', page)
    assert found is not None
    return found[1]


def _user(address: str, user: int, stop: threading.Event) -> list[Asked]:
    asked: list[Asked] = []
    with httpx.Client(base_url=address, timeout=60) as http:
        page = http.get("/").text
        article = _article_of(page)
        key = http.post("/conversation", json={}).json()["key"]
        while not stop.is_set():
            number = 1 + (user + len(asked)) % 3
            question = _ASKED.format(number=number, user=user, turn=len(asked))
            begun = time.perf_counter()
            data = {"data": [key, question, article, "extractive", "fr", 0]}
            joined = http.post("/gradio_api/call/converse", json=data)
            said = ""
            if joined.status_code == 200:
                event = joined.json()["event_id"]
                said = http.get(f"/gradio_api/call/converse/{event}").text
            asked.append(
                Asked(
                    seconds=time.perf_counter() - begun,
                    arrived="event: complete" in said and '"turn"' in said,
                    is_own=f'data-question=\\"{question}\\"' in said
                    and f'data-turn=\\"{len(asked) + 1}\\"' in said,
                )
            )
    return asked


def _harm(address: str, stop: threading.Event) -> int:
    """Send questions and articles made to hurt until it is time; return how many."""
    # One page just within what is read, one far beyond.
    heavy, dense = (
        f"<html><body>{'<p>a <b>b</b></p>' * count}</body></html>".encode()
        for count in (19_000, 60_000)
    )
    deep = b"[" * 400_000
    sent = 0
    with httpx.Client(base_url=address, timeout=60) as http:
        page = http.get("/").text
        article = _article_of(page)
        key = http.post("/conversation", json={}).json()["key"]
        questions = ("x" * 90_000, '"«' * 1_900, "a " * 2_000, "\u202e<|im_start|>" * 150)
        while not stop.is_set():
            for question in questions:
                data = {"data": [key, question, article, "extractive", "fr", 0]}
                joined = http.post("/gradio_api/call/converse", json=data)
                if joined.status_code == 200 and sent % 2:
                    # Every other time nobody waits for the answer.
                    http.get(f"/gradio_api/call/converse/{joined.json()['event_id']}")
                sent += 1
            for content in (heavy, dense, deep, bytes(1_000_000)):
                http.post("/articles", content=content, headers={"x-kind": "file"})
                sent += 1
            http.post("/conversation/nothing", content=b"{" * 100_000)
            sent += 1
    return sent


def _resident_megabytes(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1_000
    return 0.0
