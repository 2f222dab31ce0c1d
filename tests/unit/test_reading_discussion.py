"""Discussion pages of known markup: the opening post is the article, the others answer it."""

import pytest

from index.article import Article
from index.reading import read_text

FIRST, SECOND = "The market was never cheap.", "It was, before the new roof."
OPENING = "The market gets a new roof in May, and nobody asked the traders."

REDDIT = """<div class="thing link"><p class="title"><a class="title">Roof</a></p>
<a class="author">ann</a><time datetime="2024-03-01T08:00:00+00:00">x</time>
<div class="md"><p>{opening}</p></div></div><div class="commentarea">
<div class="thing comment"><div class="entry"><a class="expand">[–]</a><a class="author">ida</a>
<span class="score dislikes">6 points</span><span class="score unvoted">7 points</span>
<time datetime="2024-03-01T08:01:00+00:00">1 year ago</time><div class="md"><p>{first}</p>
</div></div>
<div class="child"><div class="thing comment"><div class="entry"><a class="author">Sven B</a>
<span class="score unvoted">-2 points</span><div class="md"><p>{second}</p></div></div></div>
</div></div></div>"""
REDDIT_NEW = """<shreddit-post author="ann" score="40"
created-timestamp="2024-03-01T08:00:00+00:00">
<div slot="text-body"><p>{opening}</p></div></shreddit-post>
<shreddit-comment author="ida" score="7" depth="0" created="2024-03-01T08:01:00+00:00">
<div slot="comment"><p>{first}</p></div></shreddit-comment>
<shreddit-comment author="Sven B" score="-2" depth="1"><div slot="comment"><p>{second}</p></div>
</shreddit-comment>"""
HACKER_NEWS = """<table class="fatitem"><tr><td><span class="score">40 points</span>
<a class="hnuser">ann</a> <span class="age" title="2024-03-01T08:00:00">1 hour ago</span></td>
</tr>
<tr><td><div class="toptext">{opening}</div></td></tr></table><table>
<tr class="athing comtr"><td class="ind" indent="0"></td><td><a class="hnuser">ida</a>
<span class="age" title="2024-03-01T08:01:00">x</span><div class="commtext">{first}</div>
<div class="reply">reply</div></td></tr>
<tr class="athing comtr"><td class="ind" indent="1"></td><td><a class="hnuser">Sven B</a>
<span class="age">x</span><div class="commtext">{second}</div></td></tr></table>"""
QUESTION = """<div class="question"><div class="js-post-body"><p>{opening}</p></div>
<div class="user-info"><a>editor</a></div><div class="user-details" itemprop="author">
<a>ann</a></div></div>
<div class="answer"><div class="js-vote-count">7</div><div class="s-prose js-post-body">
<p>{first}</p></div>
<div class="user-details"><a>editor</a></div>
<div class="user-details" itemprop="author"><a>ida</a></div>
<ul><li class="comment"><div class="comment-score">-2</div>
<span class="comment-copy">{second}</span> –
<a class="comment-user">Sven B</a></li></ul></div>"""
BOARD = """<div class="post" id="p1">
<p class="author">by <a class="username">ann</a> » 1 Mar 2024, 08:00</p>
<div class="postbody"><div class="content">{opening}</div></div></div>
<div class="post" id="p2"><p class="author">by <a class="username">ida</a> » 1 Mar 2024, 08:01</p>
<div class="postbody"><div class="content">{first}</div></div></div>
<div class="post" id="p3">
<p class="author">by <a class="username">Sven B</a> » 2 Mar 2024, 08:02</p>
<div class="postbody"><div class="content"><blockquote>{first}</blockquote>{second}</div></div>
</div>"""


def _read(markup: str) -> Article:
    body = markup.format(opening=OPENING, first=FIRST, second=SECOND)
    return read_text(
        f"<html><head><title>Roof</title></head><body><h1>Roof</h1>{body}</body></html>"
    )


def _body(article: Article) -> list[str]:
    return [passage.text for passage in article.passages if passage.source == "article"]


@pytest.mark.parametrize(
    "markup", [REDDIT, REDDIT_NEW, HACKER_NEWS, QUESTION], ids=["reddit", "new", "hn", "question"]
)
def test_the_opening_post_is_the_article_and_answers_are_voices(markup: str) -> None:
    article = _read(markup)
    assert (_body(article), article.author) == (["Roof", OPENING], "ann")
    assert [(c.number, c.author, c.text) for c in article.comments] == [
        ("1", "ida", FIRST),
        ("1.1", "Sven B", SECOND),
    ]
    scores = [comment.score for comment in article.comments]
    assert scores == ([None, None] if markup is HACKER_NEWS else [7, -2])


def test_the_first_post_of_a_board_is_what_it_is_about() -> None:
    article = _read(BOARD)
    assert (_body(article), article.author) == (["Roof", OPENING], "ann")
    first, second = article.comments
    assert (first.author, first.text) == ("ida", FIRST)
    assert second.posted_at is not None
    assert second.quoted[0].start == second.start
