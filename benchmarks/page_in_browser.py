"""What a reader sees of the page's speed, measured in a real browser."""

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.support.browser import open_browser, running_page

_QUESTIONS = (
    "Quelles affirmations sont contestées ?",
    "Que disent les lecteurs ?",
    "De quoi parle l'article ?",
    "Que dit le commentaire 1 ?",
    "Combien y a-t-il de commentaires ?",
    "Quel commentaire a le meilleur score ?",
)
# Resolves with the milliseconds from sending a question to the first words of its answer.
_FIRST_WORDS = """question => new Promise((resolve) => {
  const answers = document.getElementById("answers");
  const waiting = JSON.parse(document.getElementById("assistant").dataset.sentences).loading;
  const begun = performance.now();
  const watch = new MutationObserver(() => {
    const answer = answers.lastElementChild?.querySelector(".answer");
    const words = answer?.textContent.trim();
    if (words && words !== waiting) {
      watch.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - begun));
    }
  });
  watch.observe(answers, { childList: true, subtree: true, characterData: true });
  document.getElementById("question").value = question;
  document.getElementById("ask").requestSubmit();
})"""
_FRAMES = """async () => {
  const pane = document.getElementById("panel-article"), times = [];
  pane.scrollTop = 0;
  await new Promise(requestAnimationFrame);
  for (let step = 0, last = performance.now(); step < 120; step += 1) {
    pane.scrollTop += 300;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
}"""
# Resolves with the milliseconds from a wish for other comments to their rows on the screen.
_WISHED = """([selector, value]) => new Promise((resolve) => {
  const bench = document.getElementById("bench"), begun = performance.now();
  const watch = new MutationObserver(() => {
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
  });
  watch.observe(bench, { childList: true });
  const wish = document.querySelector(selector);
  wish.value = value;
  wish.dispatchEvent(new Event(wish.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
})"""
_PAINTS = """async () => {
  const largest = await new Promise((resolve) => new PerformanceObserver((list) =>
    resolve(list.getEntries().at(-1).startTime)).observe(
      { type: "largest-contentful-paint", buffered: true }));
  const [first] = performance.getEntriesByName("first-contentful-paint");
  const loaded = [...performance.getEntriesByType("resource"),
    ...performance.getEntriesByType("navigation")];
  return {
    first_paint_ms: first.startTime, largest_paint_ms: largest,
    kilobytes: loaded.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000,
    requests: loaded.length,
  };
}"""
_WORDS = (
    "port digue marais coût mairie pêcheurs étude faux vrai pourquoi jamais argent travaux "
    "chiffre million bateau vent région vote conseil passe mur tempête quai étrange enfin"
)
_BARE_PAGE = """
import gradio
with gradio.Blocks(analytics_enabled=False) as page:
    gradio.Chatbot()
    gradio.Textbox(elem_id="question")
page.launch(server_port={port}, quiet=True, ssr_mode=False, run_history=False)
"""


def first_words(article: str, home: Path) -> dict[str, Any]:
    """Return milliseconds to the first words on the page, beside `ask` in this process."""
    from assistant import Assistant

    assistant = Assistant.open(article, home=home)
    assistant.ask(_QUESTIONS[0])
    inside = [_milliseconds(lambda q=question: assistant.ask(q)) for question in _QUESTIONS]
    with running_page(article, home=home) as (address, _), open_browser() as browser:
        page = browser.new_page(locale="fr")
        page.goto(address)
        page.wait_for_selector("body[data-whole]")
        page.evaluate(_FIRST_WORDS, _QUESTIONS[0])
        page.locator(".turn[data-turn='1']").wait_for()
        page.locator("#send").wait_for()
        shown = []
        for number, question in enumerate(_QUESTIONS, start=2):
            shown.append(page.evaluate(_FIRST_WORDS, question))
            page.locator(f".turn[data-turn='{number}']").wait_for()
            page.locator("#send").wait_for()  # nothing is asked while an answer is written
    more = [there - here for there, here in zip(shown, inside, strict=True)]
    return {
        "questions": len(_QUESTIONS),
        "page_ms_median": round(statistics.median(shown), 1),
        "page_ms_most": round(max(shown), 1),
        "in_process_ms_median": round(statistics.median(inside), 1),
        "more_ms_median": round(statistics.median(more), 1),
        "more_ms_most": round(max(more), 1),
        "bar_more_ms": 300,
    }


def starts(article: str, home: Path, *, repeat: int) -> dict[str, Any]:
    """Return seconds from starting the program to a page that answers, beside a bare page."""
    with running_page(article, home=home) as (address, _), open_browser() as browser:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        page.click("#tab-disputes")
        page.wait_for_selector("#panel-disputes .sheet")
    ours, bare = [], []
    with open_browser() as browser:
        for _ in range(repeat):
            begun = time.perf_counter()
            with running_page(article, home=home) as (address, _):
                page = browser.new_page()
                page.goto(address)
                page.wait_for_selector("body[data-ready]")
                ours.append(time.perf_counter() - begun)
                page.close()
            bare.append(_bare_start(browser))
    return {
        "page_s_median": round(statistics.median(ours), 2),
        "page_s_most": round(max(ours), 2),
        "bare_gradio_s_median": round(statistics.median(bare), 2),
        "bar_s": 6,
    }


def _brought(page: Any, address: str, file: Path) -> float:
    """Bring a file to the page and wait until it can be read; return when that began."""
    page.goto(address)
    page.wait_for_selector("#opening[data-ready=yes]", state="attached")
    page.click("#open-bring")
    begun = time.perf_counter()
    page.set_input_files("#bring-file", file)
    page.wait_for_url("**/?article=*", wait_until="commit")
    page.wait_for_selector("body[data-ready]")
    return begun


def long_thread(comments: int, home: Path) -> dict[str, Any]:
    """Return how long an article with many comments takes to open, and how it scrolls."""
    file = home / "long.json"
    file.write_text(long_article(comments), "utf-8")
    with running_page(home=home) as (address, _), open_browser() as browser:
        page = browser.new_page(locale="fr", viewport={"width": 1360, "height": 850})
        begun = _brought(page, address, file)
        brought = time.perf_counter() - begun
        page.wait_for_selector("body[data-whole]")
        whole = time.perf_counter() - begun
        rows = page.locator(".comment").count()
        page.click("#tab-speakers")
        page.wait_for_selector("#panel-speakers .sheet")
        indexed = time.perf_counter() - begun
        page.click("#tab-article")
        begun = time.perf_counter()
        page.reload()
        page.wait_for_selector("body[data-ready]")
        again = time.perf_counter() - begun
        page.wait_for_selector("body[data-whole]")
        frames = sorted(page.evaluate(_FRAMES))
    return {
        "comments": comments,
        "rows": rows,
        "opened_s": round(brought, 2),
        "all_rows_s": round(whole, 2),
        "indexed_s": round(indexed, 2),
        "opened_again_s": round(again, 2),
        "frame_ms_median": round(statistics.median(frames), 1),
        "frame_ms_p95": round(frames[int(0.95 * len(frames))], 1),
        "bar_s": 3,
    }


def bench(comments: int, home: Path) -> dict[str, Any]:
    """Return how long a thread takes to be read, to its debate, and to be searched and filtered."""
    file = home / "bench.json"
    file.write_text(long_article(comments), "utf-8")
    with running_page(home=home) as (address, _), open_browser() as browser:
        page = browser.new_page(locale="fr", viewport={"width": 1400, "height": 900})
        begun = _brought(page, address, file)
        readable = time.perf_counter() - begun
        page.click("#tab-disputes")
        page.wait_for_selector("#panel-disputes .sheet", timeout=300_000)
        debate = time.perf_counter() - begun
        page.click("#tab-thread")
        page.wait_for_selector("#bench-rows[data-stances=yes]")
        searches, filters = [], []
        for word in _WORDS.split()[:7]:
            searches.append(page.evaluate(_WISHED, ["#bench-search", word]))
            author = page.locator("[data-wish=author] option").nth(2).get_attribute("value")
            filters.append(page.evaluate(_WISHED, ["[data-wish=author]", author]))
            page.evaluate(_WISHED, ["[data-wish=author]", ""])
    return {
        "comments": comments,
        "readable_s": round(readable, 2),
        "debate_s": round(debate, 2),
        "search_ms_median": round(statistics.median(searches)),
        "search_ms_most": round(max(searches)),
        "filter_ms_median": round(statistics.median(filters)),
        "filter_ms_most": round(max(filters)),
        "bars": {"readable_s": 3, "debate_s": 13, "search_ms": 300, "filter_ms": 300},
    }


def paints(article: str, home: Path, *, repeat: int) -> dict[str, Any]:
    """Return what opening the page costs a browser that has nothing of it, beside bare Gradio."""
    with running_page(article, home=home) as (address, _), open_browser() as browser:
        _painted(browser, address)
        ours = [_painted(browser, address) for _ in range(repeat)]
        with _bare_page() as bare_address:
            _painted(browser, bare_address)
            bare = [_painted(browser, bare_address) for _ in range(repeat)]
    return {
        "opened": repeat,
        "page": _medians(ours),
        "bare_gradio": _medians(bare),
        "bars": {"first_paint": "2 times the page before", "largest_paint_s": 2, "kilobytes": 550},
    }


def _painted(browser: Any, address: str) -> dict[str, float]:
    """Return one opening: milliseconds to the first and the largest paint, kilobytes over it."""
    context = browser.new_context(locale="fr", viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    measured = page.evaluate(_PAINTS)
    context.close()
    return dict(measured)


def _medians(openings: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(one[name] for one in openings)) for name in openings[0]}


def _bare_start(browser: Any) -> float:
    begun = time.perf_counter()
    with _bare_page() as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("#question textarea")
        taken = time.perf_counter() - begun
        page.close()
    return taken


@contextmanager
def _bare_page() -> Iterator[str]:
    """Serve Gradio with nothing on it but a conversation and a box; yields its address."""
    port = random.SystemRandom().randint(20_000, 40_000)
    address = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-c", _BARE_PAGE.format(port=port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        begun = time.perf_counter()
        try:
            while True:
                try:
                    httpx.get(address)
                    break
                except httpx.TransportError:
                    if process.poll() is not None or time.perf_counter() - begun > 60:
                        raise
                    time.sleep(0.05)
            yield address
        finally:
            process.terminate()


def long_article(comments: int) -> str:
    import json

    chance = random.Random(7)
    words = _WORDS.split()
    thread = [
        {
            "id": str(number),
            "parent": str(chance.randint(max(1, number - 40), number - 1))
            if number > 1 and chance.random() < 0.5
            else None,
            "author": f"lecteur_{chance.randint(1, comments // 3 + 1)}",
            "posted_at": f"2024-03-{1 + number * 27 // comments:02d}T{number % 24:02d}:15:00Z",
            "score": chance.randint(-9, 40),
            "text": " ".join(chance.choices(words, k=chance.randint(8, 60))).capitalize() + ".",
        }
        for number in range(1, comments + 1)
    ]
    paragraphs = [
        "La maire Irène Kovalesk a déclaré que les travaux coûteraient 4 millions d'euros.",
        "Le conseil votera le 22 mars.",
    ]
    article = {"title": "La digue aux mille avis", "paragraphs": paragraphs, "comments": thread}
    return json.dumps(article, ensure_ascii=False)


def _milliseconds(action: Any) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1_000
