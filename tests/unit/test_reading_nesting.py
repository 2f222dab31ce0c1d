"""Who answers whom where neither attributes nor elements around a comment say it."""

import pytest

from index.reading.addressed import addressed
from index.reading.draft import ArticleDraft
from index.reading.html import draft_from_html
from index.reading.pasted.text import draft_from_text

ARTICLE = (
    "<h1>The lock at Brenna</h1><p>The lock at Brenna stays shut until the gates are mended, "
    "and that will be in May, the canal office said on Monday.</p><p>Forty boats wait above it, "
    "and the lock keeper has lent his kitchen to those who have no stove on board.</p>"
)
WORDS = (
    "My boat has been there since Easter and nobody told us anything.",
    "They told everybody who asked, the notice hangs at the bridge.",
    "Which bridge, the one that is shut as well, or the other one?",
    "I cook for twelve people now and I do not even mind it much.",
)


def answers(draft: ArticleDraft) -> list[str | None]:
    """Return for each comment whom it answers."""
    authors = {comment.key: comment.author for comment in draft.comments}
    assert [c.text for c in draft.comments] == list(WORDS)
    return [authors.get(c.parent_key) if c.parent_key else None for c in draft.comments]


def _page(comments: str) -> str:
    return f"<html><body><main>{ARTICLE}</main><h2>4 comments</h2>{comments}</body></html>"


def _wrapped(author: str, words: str, replies: str = "", *, around: str = "a1") -> str:
    head = f'<a href="/users/{author}">{author}</a> <time>2 May 2024</time>'
    return f'<div class="{around}"><div class="q">{head}<p>{words}</p></div>{replies}</div>'


def test_the_comment_first_in_an_element_around_its_replies_is_what_they_answer() -> None:
    inner = f'<div class="b">{_wrapped("Cy", WORDS[2], around="a3")}</div>'
    outer = f'<div class="b">{_wrapped("Bo", WORDS[1], inner, around="a2")}</div>'
    markup = f"<div>{_wrapped('Ada', WORDS[0], outer)}{_wrapped('Dee', WORDS[3])}</div>"
    assert answers(draft_from_html(_page(markup))) == [None, "Ada", "Bo", None]


@pytest.mark.parametrize(
    "told",
    [
        '<a data-link-to-post="11" href="/t/9">in reply to Ada</a>',
        '<blockquote><cite><a href="#p11">Ada wrote:</a></cite></blockquote>',
        "<p>In reply to Ada</p>",
    ],
)
def test_a_link_or_a_name_ties_a_comment_to_the_one_it_answers(told: str) -> None:
    told_by = ["", told, "", ""]
    comments = "".join(
        f'<div class="comment" id="p1{number}"><a href="/users/{author}">{author}</a>'
        f" <time>2 May 2024</time>{told_by[number - 1]}<p>{WORDS[number - 1]}</p></div>"
        for number, author in enumerate(("Ada", "Bo", "Cy", "Dee"), 1)
    )
    draft = draft_from_html(_page(comments))
    kept = [comment.text for comment in draft.comments]
    if "wrote" in told:
        assert [comment.parent_key for comment in draft.comments] == [None, "0", None, None]
        assert kept[0] == WORDS[0]
    else:
        assert answers(draft) == [None, "Ada", None, None]


def test_the_name_called_first_is_whom_a_comment_answers() -> None:
    assert addressed(
        ["Ada Lund", "Bo", "Ada Lund", "Cy", "Eve"],
        [None] * 5,
        ["No.", "@Ada why not?", "Because.", "@ada lund: true", "@Zoe where are you?"],
    ) == [None, 0, None, 2, None]


def test_a_pasted_comment_answers_the_one_it_calls_by_name() -> None:
    draft = draft_from_text(
        "The lock at Brenna\n\nThe lock stays shut until May.\n\n2 comments\n\n"
        f"Ada Lund\n2 May 2024\n{WORDS[0]}\n\nBo Ek\n3 May 2024\n@Ada Lund {WORDS[1]}\n"
    )
    assert [comment.parent_key for comment in draft.comments] == [None, "0"]


def test_posts_below_an_article_answer_it_and_none_of_them_opens() -> None:
    posts = "".join(
        f'<div id="p4{number}" class="post"><p class="author"><a class="username">{author}</a>'
        f' <time datetime="2024-05-0{number}T08:00:00Z">May {number}</time></p>'
        f'<div class="postbody"><div class="content">{WORDS[number]}</div></div></div>'
        for number, author in enumerate(("Ada", "Bo", "Cy"), 1)
    )
    article = ARTICLE.replace("</p><p>", f"</p><p>{'The gates are of oak. ' * 6}</p><p>")
    foot = "<div><p>Browsing this forum: Ada and four guests, none of whom is hidden.</p></div>"
    draft = draft_from_html(f"<html><body><div>{article}</div>{posts}{foot}</body></html>")
    assert [comment.author for comment in draft.comments] == ["Ada", "Bo", "Cy"]
    body = " ".join(paragraph.text for paragraph in draft.paragraphs)
    assert "stays shut until" in body
    assert "Browsing this forum" not in body


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ('class="depth-{level}"', ""),
        ("", 'class="comment level-{level}"'),
        ('style="margin-left: {level}0px"', ""),
        ("", 'data-depth="{level}"'),
        ('class="ml-{level}"', ""),
        ('aria-level="{level}"', ""),
    ],
)
def test_how_far_a_comment_or_what_holds_it_alone_is_set_in_tells_its_depth(
    outer: str, inner: str
) -> None:
    comments = "".join(
        f"<div {outer.format(level=level)}><div {inner.format(level=level) or 'class=comment'}>"
        f'<a href="/users/{author}">{author}</a> <time>2 May 2024</time>'
        f"<p>{words}</p></div></div>"
        for author, words, level in zip(
            ("Ada", "Bo", "Cy", "Dee"), WORDS, (1, 2, 3, 1), strict=True
        )
    )
    draft = draft_from_html(_page(f'<section class="comments">{comments}</section>'))
    assert answers(draft) == [None, "Ada", "Bo", None]
