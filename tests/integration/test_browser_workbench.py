"""The thread as a workbench, in a browser, at two thousand comments; and the library."""

import json
from typing import Any

COUNT = 2_000


def _thread() -> bytes:
    comments = [
        {
            "id": str(number),
            "author": f"Reader {number % 40}",
            "score": number % 50,
            "posted_at": f"2026-03-{1 + number // 100:02d}T10:{number % 60:02d}:00Z",
            "text": f"Remark {number} on the {'ferry' if number % 8 else 'tide'} of Ossby.",
        }
        for number in range(1, COUNT + 1)
    ]
    story = {"title": "The pier of Ossby", "text": "The pier is shut. " * 40, "comments": comments}
    return json.dumps(story).encode()


def _bring(page: Any) -> None:
    page.click("#open-bring")
    file = {"name": "pier.json", "mimeType": "application/json", "buffer": _thread()}
    page.set_input_files("#bring-file", file)
    page.wait_for_url("**/?article=*")
    page.wait_for_selector("body[data-ready]")


def test_two_thousand_comments_are_searched_sorted_and_filtered(watched: Any, address: str) -> None:
    visit = watched(locale="en", viewport={"width": 1400, "height": 900})
    page = visit.open(address)
    _bring(page)
    page.click("#tab-thread")
    page.locator(".bench-row").first.wait_for()
    assert page.locator(".bench-row").count() < 300  # of two thousand, those near the screen
    page.fill("#bench-search", "tide")
    page.get_by_text(f"250 of {COUNT}", exact=True).wait_for()
    page.select_option("[data-wish=author]", "Reader 16")
    page.get_by_text(f"50 of {COUNT}", exact=True).wait_for()
    with page.expect_download() as taken:
        page.click("[data-take=csv]")
    with open(taken.value.path(), encoding="utf-8") as table:
        assert len(table.readlines()) == 51
    assert "author=Reader+16" in page.url
    page.reload()
    page.get_by_text(f"50 of {COUNT}", exact=True).wait_for()
    page.click(".bench-foot [data-bench]")
    page.get_by_text(f"{COUNT} of {COUNT}", exact=True).wait_for()
    page.select_option("[data-wish=sort]", "newest")
    page.locator(".bench-row", has_text=f"Remark {COUNT} ").first.wait_for()
    page.evaluate("document.getElementById('panel-thread').scrollTop = 90000")
    page.locator(".bench-row", has_text="Remark 10").first.wait_for()
    page.fill("#bench-search", "Remark 1234 ")
    page.locator(".bench-row").first.wait_for()
    page.get_by_text(f"1 of {COUNT}", exact=True).wait_for()
    page.locator(".bench-row .branch").click()
    page.wait_for_selector("mark.cited")
    assert "Remark 1234 on" in page.locator("mark.cited").inner_text()
    visit.assert_clean()


def test_an_answer_shows_its_comments_in_the_thread(watched: Any, address: str) -> None:
    visit = watched(locale="fr", viewport={"width": 1400, "height": 900})
    page = visit.open(address)
    button = visit.ask("Que disent les lecteurs ?").locator("[data-bench]")
    numbers = button.get_attribute("data-bench").split("%2C")
    button.click()
    page.locator(".bench-foot strong", has_text=f"{len(numbers)} sur").wait_for()
    assert page.locator(".bench-row").count() == len(numbers)
    visit.assert_clean()


def test_a_question_that_counts_opens_the_thread_with_its_filter(
    watched: Any, address: str
) -> None:
    visit = watched(locale="en", viewport={"width": 1400, "height": 900})
    page = visit.open(address)
    page.wait_for_selector("#opening[data-ready=yes]", state="attached")
    for question, query, numbers in (
        ("How many comments were deleted?", "state=deleted", ["4.1"]),
        ("How many are against?", "stance=against", None),
        ("How many comments did Grant write?", "author=Grant", ["5"]),
    ):
        visit.ask(question)
        page.wait_for_selector(f"#bench-rows[data-query='{query}']")
        shown = page.locator(".bench-row .branch").evaluate_all(
            "rows => rows.map(row => row.dataset.label.slice(1))"
        )
        assert shown, question
        assert numbers in (None, shown), question
    visit.assert_clean()


def test_replies_are_folded_away_and_stay_so_and_are_taken_away_all_the_same(
    watched: Any, address: str
) -> None:
    visit = watched(locale="fr", viewport={"width": 1400, "height": 900})
    page = visit.open(address)
    page.click("#tab-thread")
    rows, folds = page.locator(".bench-row"), page.locator("button.fold")
    folds.first.wait_for()
    whole = rows.count()
    folds.first.focus()
    page.keyboard.press("Enter")
    page.locator("button.fold[aria-expanded=false]").wait_for()
    assert page.evaluate("document.activeElement.ariaExpanded") == "false"
    hidden = int(folds.first.inner_text().split()[-1])
    assert rows.count() == whole - hidden
    with page.expect_download() as taken:
        page.click("[data-take=json]")
    assert len(json.loads(taken.value.path().read_text("utf-8"))["comments"]) == whole
    page.reload()
    page.locator("button.fold[aria-expanded=false]").wait_for()
    page.click("[data-fold=all]")
    page.wait_for_function("() => !document.querySelector('.bench-row[style*=\"depth:1\"]')")
    page.click("[data-fold=all]")
    page.get_by_text(f"{whole} sur {whole}", exact=True).wait_for()
    visit.assert_clean()


def test_two_articles_answer_one_question_side_by_side_each_from_its_own_words(
    watched: Any, address: str
) -> None:
    visit = watched(locale="en", viewport={"width": 1400, "height": 900})
    page = visit.open(address)
    here = page.get_attribute("#assistant", "data-article")
    visit.ask("Which claims are disputed?")
    page.click("#tab-compare")
    assert page.input_value("#compare input") == "Which claims are disputed?"
    there = page.locator("#compare option").last.get_attribute("value")
    page.select_option("#compare select", there)
    page.press("#compare input", "Enter")
    sides = page.locator(".beside > section")
    sides.nth(1).locator(".chip").first.wait_for()
    for side, article in ((sides.nth(0), here), (sides.nth(1), there)):
        cited = side.locator(".chip").evaluate_all("chips => chips.map(c => c.dataset.article)")
        assert set(cited) == {article}
    chip = sides.nth(1).locator(".chip").first
    words = chip.get_attribute("data-quote")
    chip.click()
    page.wait_for_url(f"**/?article={there}*")
    page.wait_for_selector("mark.cited")
    assert words in page.locator("mark.cited").all_inner_texts()
    visit.assert_clean()


def test_an_article_is_found_in_the_library_and_deleted_with_a_way_back(
    watched: Any, address: str
) -> None:
    visit = watched(locale="en")
    page = visit.open(address)
    _bring(page)
    entry = page.locator("#library li[data-entry]", has_text="The pier of Ossby")
    page.click("#open-library")
    page.fill("#library-search", "no such title")
    assert not entry.is_visible()
    page.fill("#library-search", "PIER OF")
    entry.locator("[data-remove]").click()
    page.locator(".notice button").click()
    page.click("#open-library")
    entry.locator("[data-remove]").click()
    page.goto(address)  # leaving the page carries the deletion out
    page.wait_for_selector("body[data-ready]")
    page.wait_for_function(
        "async () => !(await (await fetch('/')).text()).includes('The pier of Ossby')"
    )


def test_an_article_is_renamed_tagged_and_found_by_its_tag(watched: Any, address: str) -> None:
    visit = watched(locale="en")
    page = visit.open(address)
    _bring(page)
    page.click("#open-library")
    page.locator("#library li[data-entry]", has_text="The pier").locator("[data-rename]").click()
    page.keyboard.type("<b>Ossby</b>")
    page.keyboard.press("Tab")
    page.keyboard.type("harbour, to check")
    page.keyboard.press("Enter")
    entry = page.locator("#library li[data-entry]", has_text="<b>Ossby</b>")
    entry.locator("span", has_text="harbour, to check").wait_for()
    page.select_option("[data-shelf=tags]", "to check")
    shown = page.locator("#library li[data-entry]:visible")
    assert shown.count() == 1
    page.select_option("[data-shelf=tags]", "")
    page.select_option("[data-shelf=language]", "fr")
    assert shown.count() >= 1
    assert not entry.is_visible()
    visit.assert_clean()


def test_a_page_is_handed_over_by_the_bookmark_after_asking(
    watched: Any, address: str, tmp_path: Any
) -> None:
    visit = watched(locale="en")
    page = visit.open(address)
    page.click("#open-bring")
    script = page.get_attribute("#bookmarklet", "href")
    file = tmp_path / "news.html"
    body = "<p>Mayor Ida Krenn said: “The ferry of Ossby sails at noon.”</p>" * 3
    file.write_text(f"<title>The ferry of Ossby</title><h1>The ferry of Ossby</h1>{body}", "utf-8")
    page.goto(file.as_uri())
    with page.expect_popup() as opened:
        page.evaluate("code => eval(decodeURIComponent(code.slice('javascript:'.length)))", script)
    window = opened.value
    window.locator("#bring-stage", has_text="The ferry of Ossby").wait_for()
    assert "article=" not in window.url
    window.locator("#bring-stage + button").click()
    window.wait_for_url("**/?article=*")
    window.locator(".gradio-container .headline", has_text="The ferry of Ossby").wait_for(
        state="attached"
    )


def test_a_stranger_without_the_token_hands_nothing_over(watched: Any, address: str) -> None:
    page = watched(locale="en").page
    page.goto("about:blank")
    with page.expect_popup() as opened:
        page.evaluate(
            """address => {
                const opened = open(`${address}?bring`);
                addEventListener("message", () => opened.postMessage(
                  { token: "guess", html: "<p>x</p>", title: "stranger" }, "*"));
            }""",
            address,
        )
    opened.value.wait_for_selector("body[data-ready]")
    opened.value.wait_for_timeout(500)
    assert not opened.value.locator("#bring[open]").count()
