"""Conversations that last, and the way back from the words on a phone."""

import json
from pathlib import Path
from typing import Any

from tests.support.browser import running_page

FIRST, SECOND = "Que dit Samir Delvaux ?", "Que disent les lecteurs ?"


def _asked(page: Any) -> list[str]:
    return [text.split("\n")[-1] for text in page.locator(".asked").all_inner_texts()]


def test_a_conversation_is_edited_undone_reloaded_and_asked_anew_where_it_was_forgotten(
    watched: Any, address: str
) -> None:
    visit = watched(locale="fr")
    page = visit.open(address)
    visit.ask(FIRST)
    visit.ask(SECOND)
    page.locator("[data-do=edit]").first.click()
    assert page.input_value("#question") == FIRST
    page.fill("#question", "Qui est Irène Kovalesk ?")
    page.press("#question", "Enter")
    page.locator(".notice button").wait_for()
    assert _asked(page) == ["Qui est Irène Kovalesk ?", SECOND]
    page.locator(".notice button").click()
    page.locator(".turn", has_text=FIRST).wait_for()
    assert _asked(page) == [FIRST, SECOND]
    page.reload()
    page.locator(".turn[data-turn]").nth(1).wait_for()
    assert _asked(page) == [FIRST, SECOND]
    page.evaluate(
        "localStorage.conversations ="
        ' localStorage.conversations.replace(/"key":"[^"]*/, \'"key":"gone\')'
    )
    page.reload()
    page.locator(".turn[data-turn]").nth(1).wait_for()
    assert _asked(page) == [FIRST, SECOND]
    assert page.locator(".turn .chip").count() > 1


def test_conversations_are_begun_renamed_opened_and_deleted(watched: Any, address: str) -> None:
    visit = watched(locale="fr")
    page = visit.open(address)
    visit.ask(FIRST)
    page.click("#talk-new")
    assert page.locator(".turn").count() == 0
    visit.ask(SECOND)
    page.click("#talk-name")
    rows = page.locator("#talk-list li")
    assert rows.count() == 2
    rows.nth(1).get_by_role("button", name="Renommer").click()
    page.locator("#talk-list input").fill("<b>Delvaux</b>")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="<b>Delvaux</b>").click()
    page.locator(".turn", has_text=FIRST).wait_for()
    page.click("#talk-name")
    rows.nth(1).get_by_role("button", name="Supprimer").click()
    assert page.locator(".turn").count() == 0
    page.locator(".notice button").click()
    page.locator(".turn", has_text=FIRST).wait_for()
    visit.assert_clean()


def test_on_a_phone_back_leads_from_the_words_to_the_answer(watched: Any, address: str) -> None:
    visit = watched(locale="fr", viewport={"width": 390, "height": 800}, has_touch=True)
    page = visit.open(address)
    for back in (lambda: page.click("#back"), page.go_back):
        chip = visit.ask(SECOND).locator(".chip").first
        chip.click()
        page.wait_for_selector("mark.cited")
        assert not chip.is_visible()
        back()
        chip.wait_for()
        assert page.url.startswith(address)
        assert not page.locator("#back").is_visible()
    visit.assert_clean()


def test_what_was_written_before_a_stop_stays_and_says_that_it_is_unchecked(
    watched: Any, address: str
) -> None:
    page = watched(locale="en").open(address)
    page.route(
        "**/gradio_api/call/converse/*",
        lambda route: route.fulfill(
            content_type="text/event-stream",
            body='event: generating\ndata: [{"draft": "Half of an ans"}]\n\n'
            'event: generating\ndata: [{"stopped": "Stopped."}]\n\nevent: complete\ndata: []\n\n',
        ),
    )
    page.fill("#question", "Why?")
    page.press("#question", "Enter")
    page.locator(".turn.stopped .warning").wait_for()
    assert page.locator(".turn .answer").inner_text() == "Half of an ans"


def test_passages_and_answers_are_noted_and_taken_away_with_the_conversation(
    watched: Any, address: str, tmp_path: Path
) -> None:
    visit = watched(locale="fr", viewport={"width": 1400, "height": 900})
    page = visit.open(address)
    visit.ask(FIRST).locator("[data-do=note]").click()
    page.keyboard.type("à vérifier")
    page.locator("#tab-article").click()
    passage = page.locator("#A2")
    words = passage.inner_text()
    passage.click()
    assert " ," not in page.locator("#about-words").inner_text()  # with its marks taken out
    page.locator("#about-questions").get_by_role("button", name="Noter").click()
    page.keyboard.type("<b>chiffre</b> ?")
    page.locator("#tab-notes").focus()
    page.reload()
    page.locator("#A2.noted").wait_for(state="attached")
    page.locator(".turn[data-turn]").wait_for()
    page.click("#export summary")
    with page.expect_download() as taken:
        page.click("[data-export=proof]")
    taken.value.save_as(tmp_path / "proof.json")
    proof = json.loads((tmp_path / "proof.json").read_text("utf-8"))
    assert proof["answers"][0]["note"] == "à vérifier"
    assert [pin["text"] for pin in proof["pins"]] == ["<b>chiffre</b> ?"]
    assert proof["pins"][0]["citation"]["quote"] == words
    page.click("#tab-notes")
    rows = page.locator("#note-list li")
    assert rows.count() == 2
    rows.first.locator(".into").click()
    page.wait_for_selector("mark.cited")
    page.click("#tab-notes")
    rows.first.get_by_role("button", name="Supprimer").click()
    assert rows.count() == 1
    page.locator(".notice button").click()
    assert rows.count() == 2
    visit.assert_clean()


def test_with_keep_another_browser_finds_conversations_and_notes(
    watched: Any, tmp_path: Path
) -> None:
    with running_page("--keep", home=tmp_path) as (kept_at, _):
        first = watched(locale="fr")
        first.open(kept_at)
        first.ask(FIRST).locator("[data-do=note]").click()
        with first.page.expect_response("**/kept/notes"):
            first.page.keyboard.type("pour tous")
            first.page.keyboard.press("Tab")
        other = watched(locale="fr", viewport={"width": 1400, "height": 900}).open(kept_at)
        other.click("#talk-name")
        other.locator("#talk-list .talk-open", has_text=FIRST).click()
        other.locator(".turn[data-turn]").wait_for()
        other.click("#tab-notes")
        assert other.locator("#note-list textarea").input_value() == "pour tous"
        first.assert_clean()
