"""What a page sets into an article, or between comments, and is neither article nor comment."""

import time

import pytest
from lxml import html

from index.reading.draft import ArticleDraft
from index.reading.html import draft_from_html
from index.reading.html.head_lines import Head
from index.reading.html.insertions import prepare

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


def test_a_list_of_sites_that_link_here_holds_no_readers() -> None:
    sites = "".join(
        f'<li class="comment" id="comment-{number}"><cite class="fn">Ports in May</cite> <time'
        ' datetime="2021-05-06">6 May 2021</time><div class="comment-content"><p>Others write of'
        " it too.</p></div></li>"
        for number in (3, 4)
    )
    thread = _THREAD.format(count=2, mentions="")
    draft = _read(_BODY, after=f'{thread}<ol class="trackbacks">{sites}</ol>')
    assert [comment.author for comment in draft.comments] == ["Nora", "Ivo"]
    assert _texts(draft) == list(_PARAGRAPHS)


@pytest.mark.parametrize("names", ["single pingbacks-open", "trackbacks"])
def test_a_page_that_takes_mentions_is_none(names: str) -> None:
    thread = _THREAD.format(count=2, mentions="")
    draft = draft_from_html(
        f'<html><body class="{names}"><article class="{names}"><h1>Harbour of Lindau to close</h1>'
        f"{_BODY}</article>{thread.replace('comment-list', f'comment-list {names}')}</body></html>"
    )
    assert _texts(draft) == list(_PARAGRAPHS)
    assert [comment.author for comment in draft.comments] == ["Nora", "Ivo"]


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


@pytest.mark.parametrize(
    ("heading", "is_of_reader"),
    [
        ("<h6>Senior member</h6>", False),
        ("<h5 class='rank'>Editor's pick</h5>", False),
        ("<h5 class='subject'>Nonsense</h5>", True),
    ],
)
def test_the_rank_of_who_writes_is_no_heading_of_a_comment(
    heading: str, is_of_reader: bool
) -> None:
    words = '<div class="comment-content">'
    thread = _THREAD.format(count=2, mentions="").replace(words, heading + words, 1)
    text = _read(_BODY, after=thread).comments[0].text
    assert text is not None
    assert text.startswith("Nonsense" if is_of_reader else "My brother")


_TEASERS = "".join(
    f'<li><a href="/2021/{number}"><h4>{kicker}</h4></a> <span>{count} comments</span></li>'
    for number, kicker, count in (
        (1, "Comment: why the bridge must stay", 12),
        (2, "Comment: the mayor has lost her way", 7),
        (3, "Night trains return to the coast line", 31),
    )
)


@pytest.mark.parametrize(
    "inserted",
    [
        f'<h3>You may also like</h3><ul class="list">{_TEASERS}</ul>',
        '<p>Read next: <a href="/2021/x">Night trains return to the coast</a></p>',
        '<p><strong><a href="https://courier.example/2021/x">NIGHT TRAINS RETURN TO THE'
        " COAST</a></strong></p>",
        '<p><a href="/2021/x">Night trains return to the coast</a> [VIDEO]<br>'
        '<a href="/2021/y">The mayor has lost her way</a> [INSIGHT]</p>',
        '<article class="box"><h3><a href="/2021/x">Comment: why the bridge must stay</a></h3>'
        "<p>It has carried the road for a hundred years and could carry it for more.</p>"
        "<span>78 comments</span></article>",
        '<div class="box"><h3>The morning letter</h3><p>All the news of the coast in your mailbox'
        ' every day.</p><form><input type="email" name="mail"><button>Go</button></form>'
        "<p>Thanks for signing up!</p></div>",
        '<div itemscope itemtype="https://schema.org/Person"><div itemprop="description"><p>Ada'
        " Lund writes of the coast and of those who live on it.</p></div></div>",
        f"<p>{_URL}</p>",
        '<div role="dialog"><p>We and our partners keep small files on your machine.</p></div>',
        '<blockquote class="instagram-media"><a href="https://photos.example/p/1">View this post on'
        " Instagram</a></blockquote>",
        '<p class="filed">Posted in <a href="/category/coast" rel="category tag">Coast</a>, <a'
        ' href="/category/ports" rel="category tag">Ports</a></p>',
        "<p>Photo: Ada Lund</p>",
        "<p>© Ada Lund</p>",
    ],
)
@pytest.mark.parametrize("place", [1, 3])
def test_what_is_set_into_an_article_is_not_told_as_its_words(inserted: str, place: int) -> None:
    parts = [f"<p>{text}</p>" for text in _PARAGRAPHS]
    draft = _read("".join([*parts[:place], inserted, *parts[place:]]))
    assert _texts(draft) == list(_PARAGRAPHS)
    assert draft.comments == ()


def test_pages_of_a_site_are_told_apart_by_their_query() -> None:
    teaser = '<p><a href="/?p=8">Night trains return to the coast</a></p>'
    draft = draft_from_html(
        "<html><head><title>Harbour of Lindau to close</title></head><body><article>"
        f"<h1>Harbour of Lindau to close</h1><p>{_FIRST}</p>{teaser}<p>{_SECOND}</p><p>{_THIRD}</p>"
        "</article></body></html>",
        url="https://courier.example/?p=7",
    )
    assert _texts(draft) == list(_PARAGRAPHS)


@pytest.mark.parametrize(
    "kept",
    [
        '<p><a href="/tag/x">The old night trains</a> have been taken off <a href="/tag/y">the line'
        " of the coast</a>.</p>",
        '<p>The <a href="/2021/x">night trains return</a>, the council says.</p>',
        '<p><a href="https://other.example/x">The letter of the council to all the workers</a></p>',
    ],
)
def test_links_of_the_article_stay_in_it(kept: str) -> None:
    draft = _read(f"<p>{_FIRST}</p>{kept}<p>{_SECOND}</p><p>{_THIRD}</p>")
    assert len(_texts(draft)) == len(_PARAGRAPHS) + 1


def test_a_caption_is_told_once() -> None:
    caption = "The last ferry of the season leaves the pier"
    figure = f"<figure><img src='a.jpg' alt='{caption}'><figcaption>{caption}</figcaption></figure>"
    draft = _read(f"<p>{_FIRST}</p>{figure}<p>{caption}</p><p>{_SECOND}</p><p>{_THIRD}</p>")
    assert _texts(draft).count(caption) == 1


@pytest.mark.parametrize(
    "line",
    [
        "<p>posted by Ada Lund on May 3, 2021</p>",
        "<p>Posted by Ada Lund</p><p>May 3, 2021</p>",
        '<p>posted by <a href="/people/ada">Ada Lund</a> at 10:01 on May 3, 2021</p>',
        '<small><b>3 May 2021</b> - Posted by: Ada Lund - Category: <a href="/tag/ports">Ports</a>'
        "</small><br><br>",
        "<div>3 May 2021, 10:01 | Ada Lund</div>",
    ],
)
def test_the_line_that_says_who_posted_an_article_is_its_head(line: str) -> None:
    draft = _read(line + _BODY)
    assert _texts(draft) == list(_PARAGRAPHS)
    assert draft.author == "Ada Lund"
    assert draft.published_at is not None
    assert str(draft.published_at)[:10] == "2021-05-03"


def test_the_author_who_asks_is_named_before_each_question() -> None:
    asked = ("Why does the harbour close?", "Who told you so?")
    answer = "Because nobody paid for the pier, and the pier was old."
    turns = "".join(f"<p>Siri Post:</p><p>{q}</p><p>Ann Bo:</p><p>{answer}</p>" for q in asked)
    draft = _read(f"{_BODY}{turns}", head='<meta name="author" content="Siri Post">')
    assert _texts(draft)[3::2] == [f"Siri Post: {question}" for question in asked]
    bold = turns.replace(":</p>", "</p>")
    draft = _read(f"{_BODY}{bold}", head='<meta name="author" content="Siri Post">')
    assert _texts(draft).count("Siri Post") == 2


def test_the_days_of_a_diary_stay_its_headings() -> None:
    days = ("2 May 2021", "3 May 2021", "4 May 2021")
    diary = "".join(f"<h2>{d}</h2><p>{t}</p>" for d, t in zip(days, _PARAGRAPHS, strict=True))
    published = '<meta property="article:published_time" content="2021-05-03T10:00:00Z">'
    texts = _texts(_read(f"{diary}{_BODY.replace('ferr', 'boat')}", head=published))
    assert texts[:6:2] == list(days)


def test_the_day_of_the_head_is_read_as_its_country_writes_it() -> None:
    published = '<meta property="article:published_time" content="2021-05-03T10:00:00Z">'
    head = f'{published}<meta property="og:locale" content="en_GB">'
    line = "<p>Ada Lund, Tuesday 03/05/2021</p>"
    draft = _read(line + _BODY, head=f'{head}<meta name="author" content="Ada Lund">')
    assert _texts(draft) == list(_PARAGRAPHS)


def test_an_embedded_post_is_a_quotation() -> None:
    post = (
        '<div class="social-embed"><blockquote class="twitter-tweet"><p>We are looking at every'
        " other pier on this coast.</p>— Port of Lindau (@port)"
        ' <a href="https://posts.example/1">3 May 2021</a></blockquote></div>'
    )
    draft = _read(f"<p>{_FIRST}</p>{post}<p>{_SECOND}</p><p>{_THIRD}</p>")
    quoted = [part.text for part in draft.paragraphs if part.kind == "quotation"]
    assert len(quoted) == 1
    assert quoted[0].startswith("We are looking at every other pier on this coast.")


@pytest.mark.parametrize(
    "article",
    [
        f"<td><h1>Harbour of Lindau to close</h1>{_FIRST} {_SECOND} {_THIRD}</td>",
        f"<div><b>Harbour of Lindau to close</b><br>{_FIRST} {_SECOND} {_THIRD}</div>",
    ],
)
def test_a_headline_read_as_the_beginning_of_a_paragraph_goes(article: str) -> None:
    draft = draft_from_html(
        f"<html><head><title>Harbour of Lindau to close</title></head><body>{article}</body></html>"
    )
    assert _texts(draft) == [f"{_FIRST} {_SECOND} {_THIRD}"]


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Harbour of Lindau to close", "Harbour of Lindau to close, the council decided in May."),
        ("Harbour of Lindau to close", "Harbour of Lindau to close Friday, the council decided."),
        ("What the harbour costs: 30", "What the harbour costs: 300 000 a year for the ferries."),
    ],
)
def test_a_sentence_that_begins_as_the_headline_does_is_whole(title: str, sentence: str) -> None:
    draft = draft_from_html(
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{sentence}</p>"
        f"<p>{_SECOND}</p><p>{_THIRD}</p></article></body></html>"
    )
    assert _texts(draft) == [sentence, _SECOND, _THIRD]


def test_a_line_break_of_the_source_is_no_line_break_of_the_text() -> None:
    broken = _SECOND.replace("ferries that", "ferries\n     that")
    draft = _read(f"<p>{_FIRST}</p><p>{broken}<br>And a line.</p><p>{_THIRD}</p>")
    assert _texts(draft)[1] == f"{_SECOND}\nAnd a line."


@pytest.mark.parametrize(
    "text",
    [
        "(c) the tenants may stay until May.",
        "Photo: why do you take one of every ferry?",
        "© Ada Lund<br>A short sentence of the article.",
    ],
)
def test_what_only_begins_as_a_credit_is_of_the_article(text: str) -> None:
    draft = _read(f"<p>{_FIRST}</p><p>{text}</p><p>{_SECOND}</p><p>{_THIRD}</p>")
    assert _texts(draft) == [_FIRST, text.rpartition("<br>")[2], _SECOND, _THIRD]


@pytest.mark.parametrize(
    "markup",
    [
        "<article>" * 120 + "<h2>Night trains return</h2>" * 8_000,
        "<a href='/2021/x'>x</a>" + "<p class='a'>.</p>" * 15_000 + "<p class='b'>.</p>" * 14_000,
        "<div>" * 120 + "<b></b>" * 15_000 + "<a rel='tag' href='/tag/x'>x.</a>",
        "".join(f"<p>Ada Lund {day:04}</p>{'words ' * 60}" for day in range(9_000)),
    ],
    ids=["articles", "lists", "tags", "lines of the head"],
)
def test_pages_built_to_take_long_take_bounded_time(markup: str) -> None:
    tree = html.document_fromstring(f"<html><body><div>{markup}</div></body></html>")
    head = Head(
        url=_URL,
        title="Harbour of Lindau to close",
        author="Ada Lund",
        published_at=None,
        day_first=None,
    )
    began = time.process_time()
    prepare(tree, head)
    assert time.process_time() - began < 2
