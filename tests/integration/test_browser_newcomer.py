"""What somebody who opens the page for the first time does, driven in a real browser."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

SIZE_OF = {"fr": (1920, 1080), "en": (1400, 850), "de": (768, 1024), "it": (390, 800)}
QUESTIONS = {
    "fr": ("Qui dit quoi ?", "Que dit Orvault ?", "Qui conteste ?", "Quand ?"),
    "en": ("Who says what?", "What is disputed?", "How many object?", "When?"),
    "de": ("Wer sagt was?", "Was ist strittig?", "Wie viele?", "Wann?"),
    "it": ("Chi dice cosa?", "Cosa è contestato?", "Quanti?", "Quando?"),
}


def _wait_until_in_view(page: Any) -> None:
    """Wait until the cited words are on the screen and have come to rest there."""
    page.wait_for_function(
        """() => {
            const { top, bottom } = document.querySelector("mark.cited").getBoundingClientRect();
            const rests = window.restedAt === top;
            window.restedAt = top;
            return rests && top >= 0 && bottom <= innerHeight;
        }""",
        polling=150,
    )


def test_a_newcomer_asks_follows_a_citation_brings_an_article_and_takes_the_proof_away(
    watched: Any, address: str, karabakh: Path, tmp_path: Path
) -> None:
    visit = watched(locale="fr-FR", viewport={"width": 1360, "height": 850})
    page = visit.open(address)
    examples = page.locator("#opening .example")
    assert examples.count() >= 3
    examples.first.click()
    page.locator(".turn[data-turn]").wait_for()
    chip = page.locator(".turn .chip").first
    chip.hover()
    words = chip.get_attribute("data-quote")
    assert page.locator("#card").inner_text().startswith(words)
    chip.click()
    page.wait_for_selector("mark.cited")
    assert page.locator("mark.cited").all_inner_texts() == [words]
    _wait_until_in_view(page)
    page.click("#tab-disputes")
    page.locator(".contest").first.wait_for()
    page.click("#open-bring")
    page.set_input_files("#bring-file", karabakh)
    page.wait_for_url("**/?article=*")
    page.wait_for_selector("body[data-ready]")
    turn = visit.ask("Qui conteste les experts ?")
    assert turn.locator(".chip").count() >= 1
    with page.expect_download() as proof:
        page.click("#export summary")
        page.click("[data-export=proof]")
    file = tmp_path / "proof.json"
    proof.value.save_as(file)
    assert len(json.loads(file.read_text("utf-8"))["answers"]) == 1  # of this article
    with page.expect_download() as markdown:
        page.click("#export summary")
        page.click("[data-export=markdown]")
    assert "Qui conteste les experts ?" in Path(markdown.value.path()).read_text("utf-8")
    with page.expect_download() as shared:
        page.click("#export summary")
        page.click("[data-export=html]")
    assert shared.value.suggested_filename == "conversation.html"
    visit.assert_clean()


def test_a_dropped_file_becomes_the_article(watched: Any, address: str) -> None:
    visit = watched(locale="en")
    page = visit.open(address)
    text = "The quay of Ossby\n\nMayor Ida Krenn said: “The quay will be open in June.”"
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "pier.txt", { type: "text/plain" }));
            for (const name of ["dragenter", "dragover", "drop"])
              document.body.dispatchEvent(new DragEvent(
                name, { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )
    page.wait_for_url("**/?article=*")
    assert page.locator(".headline").first.inner_text() == "The quay of Ossby"
    visit.assert_clean()


def test_what_cannot_be_read_is_said_in_a_sentence(watched: Any, address: str) -> None:
    page = watched(locale="en").open(address)
    page.click("#open-bring")
    page.set_input_files(
        "#bring-file", {"name": "x.bin", "mimeType": "x/y", "buffer": b"\x7fELF\x00\x01\x02" * 50}
    )
    page.wait_for_selector("#bring-stage.trouble")
    assert len(page.locator("#bring-stage").inner_text()) > 20


def test_characters_beyond_the_basic_plane_do_not_shift_the_highlight(
    watched: Any, address: str
) -> None:
    visit = watched(locale="en")
    page = visit.open(address)
    page.click("#open-bring")
    page.fill(
        "#bring-text",
        "🚢🚢 The ferry of Ossby 🚢\n\n"
        "🚢🚢🚢 Captain Ida Krenn said: “The ferry 🚢 sails at noon.” Nobody else was asked.",
    )
    page.click("#bring-form button[type=submit]")
    page.wait_for_url("**/?article=*")
    page.wait_for_selector("body[data-ready]")
    chip = visit.ask("What does Ida Krenn say?").locator(".chip").first
    chip.click()
    page.wait_for_selector("mark.cited")
    assert page.locator("mark.cited").inner_text() == chip.get_attribute("data-quote")


def test_without_a_model_server_the_page_says_so_and_answers(watched: Any, address: str) -> None:
    visit = watched(locale="en")
    page = visit.open(address)
    page.locator(".engine-state").wait_for()
    assert "No local model" in page.locator(".engine-state").inner_text()
    assert visit.ask("Which claims are disputed?").locator(".chip").count() >= 1
    visit.assert_clean()


def test_a_click_on_a_comment_asks_about_it(watched: Any, address: str) -> None:
    visit = watched(locale="fr")
    page = visit.open(address)
    page.locator(".comment .ask-mark").nth(1).click()
    page.locator("#about-questions button").first.click()
    page.locator(".turn[data-turn] .chip.reader").first.wait_for()
    visit.assert_clean()


def test_a_link_brings_its_question_and_a_reload_keeps_the_conversation(
    watched: Any, address: str
) -> None:
    visit = watched(locale="fr")
    page = visit.open(f"{address}?q=Qui+est+Samir+Delvaux+%3F")
    assert page.input_value("#question") == "Qui est Samir Delvaux ?"
    page.press("#question", "Enter")
    page.locator(".turn[data-turn]").wait_for()
    page.reload()
    page.locator(".turn[data-turn]").wait_for()
    visit.assert_clean()


def test_the_page_speaks_the_browsers_language_and_can_be_switched(
    watched: Any, address: str
) -> None:
    page = watched(locale="fr-CA").open(address)
    assert page.locator("html").get_attribute("lang") == "fr"
    page.click(".languages summary")
    page.click(".languages a[lang=en]")
    page.wait_for_selector("html[lang=en]")
    page.goto(address)
    assert page.locator("html").get_attribute("lang") == "en"


def test_everything_can_be_done_with_the_keyboard(watched: Any, address: str) -> None:
    visit = watched(locale="fr")
    page = visit.open(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("Que disent les lecteurs ?")
    page.keyboard.press("Enter")
    page.locator(".turn[data-turn]").wait_for()
    page.locator("#send").wait_for()
    stops = 0
    while not page.evaluate("document.activeElement.matches('.chip')"):
        stops += 1
        assert stops <= 3
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "to-sources":
            page.keyboard.press("Enter")
    assert page.locator("#card").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.cited")
    page.locator("#tab-article").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-speakers"
    page.locator(".voice summary").first.wait_for()
    page.keyboard.press("ArrowRight")
    page.locator("a.claim").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'contest-1'")
    visit.assert_clean()


def test_nothing_is_wider_than_a_screen_of_360_pixels(watched: Any, address: str) -> None:
    visit = watched(locale="fr", viewport={"width": 360, "height": 740}, has_touch=True)
    page = visit.open(address)
    visit.ask("Quelles affirmations sont contestées ?").locator(".chip").first.click()
    page.wait_for_selector("mark.cited")
    _wait_until_in_view(page)
    for tab in ("article", "speakers", "disputes", "thread"):
        page.click(f"#tab-{tab}")
        page.wait_for_selector(f"#panel-{tab} .sheet")
        wide = "e => e.scrollWidth > e.clientWidth + 1"
        assert not page.locator(f"#panel-{tab}").evaluate(wide), tab
        assert not page.locator("html").evaluate(wide), tab
        if tab == "disputes":
            for part in page.locator(".map-rows a").all():
                box = part.bounding_box()
                assert 0 <= box["x"] < box["x"] + box["width"] <= 360
    visit.assert_clean()


def test_two_readers_do_not_see_each_others_questions(watched: Any, address: str) -> None:
    first, second = watched(locale="fr"), watched(locale="fr")
    first.open(address)
    second.open(address)
    first.ask("Qui est Irène Kovalesk ?")
    second.ask("Que disent les lecteurs ?")
    second.page.reload()
    second.page.locator(".turn[data-turn]").wait_for()
    assert second.page.locator(".turn").count() == 1
    assert "Kovalesk" not in second.page.locator(".asked").inner_text()


def _assert_everything_stays(page: Any, *sizes: tuple[int, int]) -> None:
    """At each size the document does not scroll, and masthead, answers and box have their room."""
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        scrolled, top, turns, box = page.evaluate(
            """() => {
                const all = document.scrollingElement;
                const at = (part) =>
                    document.querySelector(`gradio-app ${part}`).getBoundingClientRect();
                return [[all.scrollTop, all.scrollHeight - innerHeight],
                    at(".masthead").top, at("#turns").height, at("#ask").bottom];
            }"""
        )
        assert scrolled == [0, 0], (width, height)
        assert top == 0, (width, height)
        assert turns > height / 3, (width, height)
        assert abs(box - height) <= 1, (width, height)


def test_the_page_of_the_whole_library_fills_the_screen(watched: Any, address: str) -> None:
    visit = watched(locale="fr")
    page = visit.open(f"{address}?article=all")
    _assert_everything_stays(page, *SIZE_OF.values())
    visit.assert_clean()


def test_every_answer_is_in_view_when_it_comes(watched: Any, address: str) -> None:
    visit = watched(locale="fr", viewport={"width": 390, "height": 800})
    page = visit.open(address)
    for question in QUESTIONS["fr"]:
        answer = visit.ask(question).locator(".answer p").first.bounding_box()
        assert answer["y"] + answer["height"] < page.locator("#ask").bounding_box()["y"]
    visit.page.click("#talk-new")
    assert page.locator(".welcome h2").bounding_box()["y"] > 0


@pytest.mark.parametrize("locale", SIZE_OF)
def test_questions_in_a_row_never_scroll_the_document(
    watched: Any, address: str, locale: str
) -> None:
    """Ten of them at all sizes in one language; `EVERY_SIZE` asks for that in each."""
    size, questions = SIZE_OF[locale], QUESTIONS[locale]
    sizes, times = [size], 1
    if locale == "fr" or os.environ.get("EVERY_SIZE"):
        sizes, times = list(SIZE_OF.values()), 3
    visit = watched(locale=locale, viewport={"width": size[0], "height": size[1]})
    page = visit.open(address)
    for question in (questions * times)[:10]:
        visit.ask(question)
        _assert_everything_stays(page, *sizes)


def test_a_question_sent_the_moment_an_answer_comes_is_asked(watched: Any, address: str) -> None:
    visit = watched(locale="en")
    page = visit.open(address)
    page.evaluate(
        """() => new MutationObserver((_, observer) => {
            if (!document.querySelector(".turn[data-turn]")) return;
            observer.disconnect();
            document.querySelector("#question").value = "What is disputed?";
            document.querySelector("#ask").requestSubmit();
        }).observe(document.querySelector("#answers"), { childList: true })"""
    )
    visit.ask("Who says what?")
    page.locator(".turn[data-turn]").nth(1).wait_for()
    visit.assert_clean()


def test_what_is_sent_while_an_answer_is_written_stays_in_the_box(
    watched: Any, address: str
) -> None:
    page = watched(locale="en").open(address)
    page.route("**/gradio_api/call/converse", lambda route: None)  # no answer comes
    page.fill("#question", "Who says what?")
    page.press("#question", "Enter")
    page.locator(".turn.writing").wait_for()
    page.fill("#question", "What is disputed?")
    page.press("#question", "Enter")
    assert page.input_value("#question") == "What is disputed?"
    assert page.locator(".turn").count() == 1
