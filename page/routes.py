"""The page's own addresses: the page, its tabs, articles that are brought, conversations."""

import json
import secrets
from asyncio import shield, wrap_future
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

from assistant.answer import EXTRACTIVE
from assistant.errors import AssistantError
from assistant.locale import FALLBACK, languages
from assistant.locale.page import Words, wanted_language, words_of
from index.errors import ArticleError
from page.access import policy
from page.answering import Answering
from page.articles import ALL_ARTICLES, OpenArticles
from page.conversations import Conversations
from page.engines import NOT_ASKED, engines
from page.exporting import FORMS, taken_away
from page.keeping import PLACES, Kept
from page.rendering import FOLDER, render
from page.views import disputes, speakers, thread
from page.views.article import NEXT_ROWS, article_page, comment_rows
from page.views.map import dispute_map
from page.views.opening import opening, questions
from page.views.workbench import FILTERS, ROWS_AT_ONCE, SORTS, Wish, Workbench, as_csv, as_records

TABS = ("article", "speakers", "disputes", "thread", "compare", "notes")
STATIC = frozenset(path.name for path in (FOLDER / "static").iterdir())
_PREPARED = ("speakers", "disputes", "opening")
"""What shows statements and disputes, which take a while to be found."""
_LONGEST_NAME = 200
_MOST_TAGS = 20
_WISHED = ("search", "sort", "only", *FILTERS)
"""What a query tells of the comments that are wanted, apart from how they are shown."""
_LONGEST_GLOSSED = 1_500
"""Characters of a quotation that are translated."""
_FIRST_PASSAGES = 8
"""Passages that stand there before any script has come."""
Document = Callable[[Request, dict[str, Any], str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """What the addresses lead to."""

    articles: OpenArticles
    conversations: Conversations
    answering: Answering
    first_article: dict[str, str]
    kept: Kept | None = None

    def first(self, language: str = FALLBACK) -> str:
        """Return the id of the article that is shown where nobody names one."""
        return self.first_article.get(language, self.first_article[FALLBACK])


Act = Callable[[Rooms, Request, bytes], Response]
"""Does what a request with a body asks for; may wait."""


def routes(rooms: Rooms, document: Document) -> APIRouter:
    """Return the page's own addresses; `document` fills the page's first HTML."""
    router, articles = APIRouter(), rooms.articles

    @router.get("/")
    def page(request: Request) -> Response:
        words = _words(request)
        asked = request.query_params
        try:
            values = page_values(
                rooms, words, article_id=asked.get("article"), question=asked.get("q", "")
            )
        except ArticleError as error:
            missing = render("missing.html", words=words, message=str(error))
            return HTMLResponse(missing, status_code=404)
        nonce = secrets.token_urlsafe(16)
        headers = {"content-security-policy": policy(nonce)}
        if "bring" in asked:  # the page that is brought hands itself over to the window it opens
            headers["cross-origin-opener-policy"] = "unsafe-none"
        response = HTMLResponse(document(request, values, nonce), headers=headers)
        response.set_cookie("language", words.language, samesite="strict", max_age=31_536_000)
        return response

    @router.get("/healthy")
    async def healthy() -> Response:  # needs no thread: the others may all be at work
        return Response("ok", media_type="text/plain")

    @router.get("/static/{name}")
    def static(name: str) -> Response:
        if name not in STATIC:
            return Response(status_code=404)
        return FileResponse(FOLDER / "static" / name, headers={"cache-control": "no-cache"})

    @router.get("/articles/{article_id}/{tab}")
    async def tab(request: Request, article_id: str, tab: str) -> Response:
        words, asked = _words(request), request.query_params
        try:
            if tab in _PREPARED:
                # Waited for here, where waiting takes no thread away from other requests; one
                # reader who goes away must not end the work that others wait for.
                await shield(wrap_future(await run_in_threadpool(articles.prepare, article_id)))
            return await run_in_threadpool(_tab, articles, article_id, tab, words, asked)
        except AssistantError as error:
            return HTMLResponse(render("trouble.html", message=str(error)), status_code=404)

    @router.get("/articles")
    def shelf(request: Request) -> Response:
        return _html(
            "library.html",
            words=_words(request),
            is_library=False,
            article_id=request.query_params.get("article"),
            **_library_values(articles),
        )

    @router.get("/engines")
    def engine_box(request: Request) -> Response:
        return _html(
            "engines.html", words=_words(request), engines=engines(), extractive=EXTRACTIVE
        )

    for path, act in _ACTS.items():
        router.add_route(path, partial(_answered, rooms, act), methods=["POST"])
    return router


async def _answered(rooms: Rooms, act: Act, request: Request) -> Response:
    """Answer, in a thread, what a request brings or asks for; say what is wrong with it."""
    try:
        return await run_in_threadpool(act, rooms, request, await request.body())
    except AssistantError as error:
        return Response(str(error), status_code=404, media_type="text/plain")
    except (ValueError, TypeError, KeyError):
        return Response(status_code=400)


def page_values(
    rooms: Rooms,
    words: Words,
    *,
    article_id: str | None = None,
    question: str = "",
) -> dict[str, Any]:
    """Return what the parts of the page show of an article, in one language.

    Raises:
        ArticleError: The library has no such article.
    """
    shown_id = article_id or rooms.first(words.language)
    is_library = shown_id == ALL_ARTICLES
    tabs: tuple[str, ...] = ("article", "notes") if is_library else TABS
    if len(rooms.articles.entries()) < 2:
        tabs = tuple(tab for tab in tabs if tab != "compare")
    shown = None if is_library else article_page(rooms.articles.assistant(shown_id).article)
    return {
        "words": words,
        "name": (shown.article.title or words("untitled")) if shown else words("library_all"),
        "token": rooms.articles.token(),
        "article_id": shown_id,
        "article_version": "" if is_library else rooms.articles.library.entry(shown_id).version,
        "is_library": is_library,
        "is_kept": rooms.kept is not None,
        "page": shown,
        "beginning": shown and replace(shown, body=shown.body[:_FIRST_PASSAGES], comments=()),
        "tabs": tabs,
        "languages": [(tag, words_of(tag)("name")) for tag in languages()],
        "here": "./?" + (f"article={article_id}&" if article_id else ""),
        "questions": questions(None, words),
        "question": question[:4_000],
        "engines": NOT_ASKED,
        "extractive": EXTRACTIVE,
        **_library_values(rooms.articles),
        "sentences": dict(words.sentences),
    }


def _library_values(articles: OpenArticles) -> dict[str, Any]:
    entries = articles.entries()
    months = {f"{entry.published_at or entry.added_at:%Y-%m}" for entry in entries}
    return {"entries": entries, "months": sorted(months, reverse=True)}


def _change_entry(rooms: Rooms, request: Request, body: bytes) -> Response:
    """Have a model read an article of the library, rename or tag it, or take it out."""
    articles, article_id = rooms.articles, request.path_params["article_id"]
    action = request.path_params["action"]
    asked = json.loads(body)
    if action == "ahead":
        articles.read_ahead(article_id, str(asked["engine"]))
    elif action == "remove":
        articles.library.remove(article_id)
    elif action == "label":
        tags = [tag.strip()[:_LONGEST_NAME] for tag in str(asked["tags"]).split(",")]
        name = str(asked["name"])[:_LONGEST_NAME]
        articles.library.label(article_id, name=name, tags=tags[:_MOST_TAGS])
    else:
        return Response(status_code=404)
    return Response(status_code=204)


def _tab(
    articles: OpenArticles, article_id: str, tab: str, words: Words, asked: Mapping[str, str]
) -> Response:
    opened = articles.assistant(article_id)
    article = opened.article
    shown: dict[str, Any]
    match tab:
        case "comments":
            rows = comment_rows(article, first=_first(asked), count=NEXT_ROWS)
            shown = {"page": {"comments": rows}}
        case "thread" | "bench" | "rows":
            bench = articles.bench(article_id)
            shown = _bench_values(bench, article_id, asked)
            if tab != "rows":
                shown |= {"filters": bench.choices(shown["wish"], words)}
            if tab == "thread":
                shown |= {"thread": thread.thread_page(article, words)}
        case "thread.csv" | "thread.json":
            return _taken_away(articles.bench(article_id), tab, asked)
        case "opening":
            shown = {"opening": opening(opened, words)}
        case "speakers":
            shown = {"voices": speakers.voices(opened.statements())}
        case "disputes":
            contests = disputes.contests(opened.disputes(), article, words)
            shown = {
                "contests": contests,
                "contest_at": {(c.claim.words.start, c.claim.words.end): c for c in contests},
                "debate": articles.prepare(article_id).result(),
                "side_of": partial(disputes.side_of, article=article, words=words),
                "map": dispute_map(contests),
            }
        case _:
            raise AssistantError(f"there is no tab {tab[:40]!r}")
    return _html(f"{tab}.html", words=words, language=article.language, **shown)


def _html(template: str, **values: Any) -> Response:
    return HTMLResponse(render(template, **values))


def _first(asked: Mapping[str, str]) -> int:
    first = asked.get("first", "0")[:9]
    return int(first) if first.isdecimal() else 0


def _bench_values(bench: Workbench, article_id: str, asked: Mapping[str, str]) -> dict[str, Any]:
    wish = Wish.from_query(asked)
    found, first = bench.found(wish), _first(asked)
    # What is folded away is taken away all the same.
    kept = {name: value for name, value in asked.items() if name in _WISHED}
    return {
        "article_id": article_id,
        "wish": wish,
        "sorts": SORTS,
        "total": len(found),
        "all": len(bench.rows),
        "has_stances": bench.has_stances,
        "has_replies": any(row.below for row in bench.rows),
        "query": urlencode(kept),
        "slice": ROWS_AT_ONCE,
        "rows": found[first : first + ROWS_AT_ONCE],
    }


def _taken_away(bench: Workbench, name: str, asked: Mapping[str, str]) -> Response:
    """Return the comments a wish leaves, as a file."""
    rows = bench.found(Wish.from_query(asked))
    if name.endswith(".csv"):
        return Response(as_csv(rows), media_type="text/csv; charset=utf-8")
    content = json.dumps({"comments": as_records(rows)}, ensure_ascii=False, indent=1)
    return Response(content, media_type="application/json")


def _taken_in(rooms: Rooms, request: Request, body: bytes) -> Response:
    """Take an article in: a file, pasted text, or what an address serves."""
    kind, name = (request.headers.get(header, "")[:300] for header in ("x-kind", "x-name"))
    if kind == "file":
        return JSONResponse({"article": rooms.articles.open_file(body, name=name)})
    text = body.decode("utf-8", "replace").strip()
    if kind == "address":
        text = text.replace(" ", "%20")
        if not text[:8].lower().startswith(("http://", "https://")):
            text = f"https://{text}"  # never a path of this machine
    return JSONResponse({"article": rooms.articles.open_text(text)})


def _glossed(rooms: Rooms, request: Request, body: bytes) -> Response:
    """Return words of an article in the reader's language, told as the model's translation."""
    words = _words(request)
    asked = json.loads(body)
    start, end, engine = int(asked["start"]), int(asked["end"]), str(asked["engine"])
    opened = rooms.articles.assistant(str(asked["article"]), engine=engine)
    quote = opened.article.text[max(0, start) : min(end, start + _LONGEST_GLOSSED)]
    told = opened.gloss(quote, language=words("name")) if quote.strip() else None
    return JSONResponse({"gloss": told and words("gloss", engine=engine, words=told)})


def _begun(rooms: Rooms, request: Request, body: bytes) -> Response:
    return JSONResponse({"key": rooms.conversations.begin()})


def _merged(rooms: Rooms, request: Request, body: bytes) -> Response:
    """Take conversations or notes of a browser over, and return what is kept of all."""
    place = request.path_params["place"]
    if rooms.kept is None or place not in PLACES:
        return Response(status_code=404)
    return JSONResponse(rooms.kept.merged(place, body))


def _changed(rooms: Rooms, request: Request, body: bytes) -> Response:
    """Change a conversation, show it, or hand it out."""
    words, action = _words(request), request.path_params["action"]
    asked = json.loads(body)
    talk, number = rooms.conversations.of(str(asked["key"])), int(asked.get("turn", 0))
    if talk is None:
        return Response(words("error_gone"), status_code=404, media_type="text/plain")
    if action in FORMS:
        content, media_type = taken_away(rooms.articles, talk, action, words, asked.get("notes"))
        return Response(content, media_type=media_type)
    if action == "stop":
        talk.stopped.set()
        return Response(status_code=204)
    if action == "opinion":
        talk.judge(number, asked["opinion"])
        return Response(status_code=204)
    if action == "undo":
        talk.undo()
    elif action == "remove":
        talk.remove(number)
    elif action != "turns":
        return Response(status_code=404)
    return HTMLResponse(rooms.answering.turns(talk, words))


_ACTS: Mapping[str, Act] = {
    "/articles": _taken_in,
    "/articles/{article_id}/{action}": _change_entry,
    "/conversation": _begun,
    "/conversation/{action}": _changed,
    "/gloss": _glossed,
    "/kept/{place}": _merged,
}


def _words(request: Request) -> Words:
    asked = request.query_params.get("lang") or request.cookies.get("language")
    if asked in languages():
        return words_of(asked)
    return words_of(wanted_language(request.headers.get("accept-language", "")))
