"""Conversations that last, and the way back from the words on a phone."""

from typing import Any

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
