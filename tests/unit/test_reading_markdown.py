from index.reading import read_text

PAGE = """---
author: Ann Fields
lang: en
---
# Mayor closes the *old* bridge

The mayor of [Northwick](https://news.example/n) announced on **Tuesday** that the old bridge
will be closed for six months. ![map](map.png)

> The harbour is ours.

- said Mayor Orm.

The council_of_elders was not asked, and 2 * 3 * 4 is 24.

## Comments

- Ann Lee: Nonsense.
- **Bob**: Indeed, `all` of it.
"""


def test_marks_are_taken_away_and_words_stay() -> None:
    article = read_text(PAGE)
    assert article.title == "Mayor closes the old bridge"
    assert (article.author, article.language) == ("Ann Fields", "en")
    assert article.passage("A1").text == (
        "The mayor of Northwick announced on Tuesday that the old bridge will be closed for six"
        " months."
    )
    assert article.passage("A3").text == (
        "The council_of_elders was not asked, and 2 * 3 * 4 is 24."
    )


def test_a_block_quotation_is_a_quotation() -> None:
    passage = read_text(PAGE).passage("A2")
    assert (passage.kind, passage.text) == (
        "quotation",
        "The harbour is ours.\n- said Mayor Orm.",
    )


def test_a_list_under_a_heading_of_comments_is_the_thread() -> None:
    article = read_text(PAGE)
    assert [(one.author, one.text) for one in article.comments] == [
        ("Ann Lee", "Nonsense."),
        ("Bob", "Indeed, all of it."),
    ]
