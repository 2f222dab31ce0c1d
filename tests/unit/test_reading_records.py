"""Which of the elements that repeat hold one comment each, and who wrote it when."""

from index.reading.draft import ArticleDraft
from index.reading.html import draft_from_html

ARTICLE = (
    "<h1>Night buses of Torvik</h1><p>The night buses of Torvik run every hour again, the city "
    "said on Monday, and nobody has to walk home along the fjord any more.</p>"
)
SAID = (
    ("Ada Lund", "At last, I have walked that road for two winters now."),
    ("Bo Ek", "Every hour is nothing, the trams go every ten minutes."),
    ("Cy Moen", "The driver of the last one sings, which nobody mentions."),
)


def _read(comments: str) -> ArticleDraft:
    return draft_from_html(f"<html><body><main>{ARTICLE}</main>{comments}</body></html>")


def _said(draft: ArticleDraft) -> list[tuple[str | None, str | None]]:
    return [(comment.author, comment.text) for comment in draft.comments]


def test_a_day_in_the_title_of_a_link_and_a_profile_make_a_comment() -> None:
    comments = "".join(
        f'<div class="comment"><a href="https://x.example/@u{number}">{name}</a>'
        f'<a href="/c/{number}" title="May {number}, 2024, 7:12 AM">May {number}</a>'
        f"<p>{words}</p></div>"
        for number, (name, words) in enumerate(SAID, 1)
    )
    draft = _read(f'<div class="comments">{comments}</div>')
    assert _said(draft) == list(SAID)
    days = [comment.posted_at.day for comment in draft.comments if comment.posted_at]
    assert days == [1, 2, 3]


def test_an_element_that_holds_its_own_head_goes_before_the_words_below_it() -> None:
    comments = "".join(
        f'<div class="row" data-testid="comment"><div class="mb-2">{name[0]}{name.split()[1][0]}'
        f'</div><div class="grow"><div class="mb-1"><h4>{name}</h4><div class="base">{job}'
        f'<span title="{number} May 2024 07:42">two days ago</span></div></div>'
        f'<div class="mb-2 text"><p>{words}</p></div></div></div>'
        for number, (name, words) in enumerate(SAID, 1)
        for job in ("<span>Baker</span>" if number == 1 else "",)
    )
    draft = _read(f'<section class="comments">{comments}</section>')
    assert _said(draft) == list(SAID)


def test_what_shares_a_class_with_comments_above_and_below_them_is_none() -> None:
    comments = "".join(
        f'<div class="one clear"><a href="/users/{number}">{name}</a><time>May {number}, 2024'
        f"</time><p>{words}</p></div>"
        for number, (name, words) in enumerate(SAID, 1)
    )
    above = '<div class="bar clear">3 comments <p>Sorted by what most readers like</p></div>'
    below = '<div class="clear"><p>Plugin of the comments of a friendly company</p></div>'
    draft = _read(f'<section class="comments">{above}{comments}{below}</section>')
    assert _said(draft) == list(SAID)


def test_a_heading_with_a_link_beside_it_heads_the_comments() -> None:
    comments = "".join(
        f'<li class="item"><a href="/users/{number}">{name}</a> <time>May {number}, 2024</time>'
        f"<p>{words}</p></li>"
        for number, (name, words) in enumerate(SAID, 1)
    )
    head = '<div class="head"><h2>3 réactions</h2><a href="/charte">Lire la charte</a></div>'
    assert _said(_read(f"<section>{head}<ul>{comments}</ul></section>")) == list(SAID)


def test_a_link_within_a_name_says_it_without_what_the_page_adds() -> None:
    comments = "".join(
        f'<div class="comment"><h3 class="username"><a class="username">{name}</a>'
        f"<span>author</span></h3><time>May {number}, 2024</time><p>{words}</p></div>"
        for number, (name, words) in enumerate(SAID, 1)
    )
    assert _said(_read(comments)) == list(SAID)


def test_a_name_in_a_line_that_says_whom_a_comment_answers_wrote_nothing() -> None:
    comments = "".join(
        f'<article class="comment"><p class="comment-author"><span>{name}</span></p>'
        f'<p class="comment-time">{number} May 2024</p>'
        f'<p>In reply to <a href="#c1">Night buses</a> by <a class="username">Dee Aas</a></p>'
        f'<div class="text"><p>{words}</p></div></article>'
        for number, (name, words) in enumerate(SAID, 1)
    )
    assert [author for author, _ in _said(_read(comments))] == [name for name, _ in SAID]


def test_a_town_behind_a_link_is_no_part_of_the_name() -> None:
    comments = "".join(
        f'<div class="comment"><p class="user-info"><a href="/p/{number}.html">{name}</a>, '
        f"Saint Olaf upon the Rocks, Kingdom of Norway, <span>{number} hours ago</span></p>"
        f'<p class="words">{words}</p></div>'
        for number, (name, words) in enumerate(SAID, 1)
    )
    assert [author for author, _ in _said(_read(comments))] == [name for name, _ in SAID]


def test_a_day_in_the_title_of_hours_ago_is_read_as_the_browser_writes_it() -> None:
    comments = "".join(
        f'<div class="comment"><span class="author">{name}</span><span class="timestamp">'
        f'<span title="5/{number}/2024, 2:03:21 PM">2 days ago</span></span><p>{words}</p></div>'
        for number, (name, words) in enumerate(SAID, 1)
    )
    days = [c.posted_at.date().isoformat() if c.posted_at else "" for c in _read(comments).comments]
    assert days == ["2024-05-01", "2024-05-02", "2024-05-03"]
