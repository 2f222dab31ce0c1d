"""What a page sets into an article, or between comments, and is neither article nor comment."""

import pytest

from index.reading.draft import ArticleDraft
from index.reading.html import draft_from_html

_URL = "https://courier.example/2021/harbour"
_FIRST = "The harbour of Lindau closes on the third of May, the council decided on Friday evening."
_SECOND = (
    "Two hundred people work there, most of them for the ferries that cross to the islands,"
    " and nobody has told them yet where they are going to work when the summer comes."
)
_THIRD = "The ferries will leave from Arnholm instead, an hour further along the coast road."
_PARAGRAPHS = (_FIRST, _SECOND, _THIRD)
_BODY = "".join(f"<p>{text}</p>" for text in _PARAGRAPHS)


def _read(article: str, *, after: str = "", head: str = "") -> ArticleDraft:
    return draft_from_html(
        '<!doctype html><html lang="en"><head><title>Harbour of Lindau to close</title>'
        f"{head}</head><body><main><article><h1>Harbour of Lindau to close</h1>{article}</article>"
        f"{after}</main></body></html>",
        url=_URL,
    )


def _texts(draft: ArticleDraft) -> list[str]:
    return [paragraph.text for paragraph in draft.paragraphs]


_THREAD = """
<section id="comments"><h2>{count} comments</h2><ol class="comment-list">
<li class="comment" id="comment-1"><cite class="fn">Nora</cite> <time datetime="2021-05-04">4 May
2021</time><div class="comment-content"><p>My brother works on the ferry and heard nothing.</p>
</div></li>
{mentions}
<li class="comment" id="comment-2"><cite class="fn">Ivo</cite> <time datetime="2021-05-05">5 May
2021</time><div class="comment-content"><p>Arnholm has no station, how would one get there?</p>
</div></li></ol></section>
"""


@pytest.mark.parametrize(
    "mention",
    [
        '<li class="post pingback"><p>Pingback: <a href="https://b.example/x">Ports in May</a></p>'
        "</li>",
        '<li class="trackback" id="comment-3"><cite class="fn">Ports in May</cite> <time '
        'datetime="2021-05-06">6 May 2021</time><div class="comment-content"><p>Others write of it'
        " too.</p></div></li>",
        '<li class="comment" id="comment-3"><cite class="fn">Ports in May</cite> <time '
        'datetime="2021-05-06">6 May 2021</time><div class="comment-content"><p>[...] the harbour'
        " closes, says the council [...]</p></div></li>",
    ],
)
def test_a_site_that_links_here_is_no_reader(mention: str) -> None:
    draft = _read(_BODY, after=_THREAD.format(count=3, mentions=mention))
    assert [comment.author for comment in draft.comments] == ["Nora", "Ivo"]
    assert "Ports in May" not in " ".join(_texts(draft))


def test_sites_that_link_here_are_not_announced_as_comments() -> None:
    mention = '<li class="comment pingback"><p>Pingback: <a href="/x">Ports in May</a></p></li>'
    draft = _read(_BODY, after=_THREAD.format(count=3, mentions=mention))
    assert draft.reported_comment_count == 2
    assert draft.warnings == ()


def test_the_heading_a_reader_set_above_a_comment_is_of_it() -> None:
    subject = '<div class="comment-content">'
    thread = _THREAD.format(count=2, mentions="")
    draft = _read(_BODY, after=thread.replace(subject, f"<h5>Nobody asked us</h5>{subject}", 1))
    assert draft.comments[0].text == (
        "Nobody asked us\n\nMy brother works on the ferry and heard nothing."
    )
    assert draft.comments[1].text == "Arnholm has no station, how would one get there?"
