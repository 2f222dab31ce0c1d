"""Several users who ask at once: does every answer arrive, belong to its asker, and memory hold?"""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.browser import running_page

_SAMPLES = 6
"""Of the page's memory, evenly over the time; the first ones still warm up."""
_ASKED = "Que dit le commentaire {number} ? ({user}-{turn})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question: how long it took, and whether its own answer came."""

    seconds: float
    arrived: bool
    is_own: bool


def crowd(article: str, home: Path, *, users: int, seconds: float) -> dict[str, Any]:
    """Return what became of the questions of many users."""
    with running_page(article, home=home) as (address, process):
        stop = threading.Event()
        with ThreadPoolExecutor(users) as pool:
            asking = [pool.submit(_user, address, user, stop) for user in range(users)]
            memory = []
            for _ in range(_SAMPLES):
                time.sleep(seconds / _SAMPLES)
                memory.append(round(_resident_megabytes(process), 1))
            stop.set()
            asked = [one for user in asking for one in user.result()]
    waits = sorted(one.seconds for one in asked)
    return {
        "users": users,
        "seconds": seconds,
        "questions": len(asked),
        "arrived": sum(one.arrived for one in asked),
        "own": sum(one.is_own for one in asked),
        "wait_s_median": round(statistics.median(waits), 3),
        "wait_s_p95": round(waits[int(0.95 * len(waits))], 3),
        "memory_mb": memory,
    }


def _user(address: str, user: int, stop: threading.Event) -> list[Asked]:
    asked: list[Asked] = []
    with httpx.Client(base_url=address, timeout=60) as http:
        page = http.get("/").text
        article = page.split('data-article="')[1].split('"')[0]
        key = http.post("/conversation", json={}).json()["key"]
        while not stop.is_set():
            number = 1 + (user + len(asked)) % 3
            question = _ASKED.format(number=number, user=user, turn=len(asked))
            begun = time.perf_counter()
            data = {"data": [key, question, article, "extractive", "fr"]}
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


def _resident_megabytes(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1_000
    return 0.0
