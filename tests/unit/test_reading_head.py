"""The head of an article in HTML: title, author and date, machine-readable sources first."""

import time
from datetime import UTC, datetime

import pytest

from index.reading.draft import ArticleDraft
from index.reading.html import draft_from_html

_BODY = (
    "<p>The museum of Larvik opens its new hall in spring, its director said on Monday morning"
    " after a long meeting.</p><p>Visitors had waited for it for nine years. The hall holds the"
    " boats that were found in the fjord, and a workshop for schools.</p>"
)


def _read(*, head: str = "", byline: str = "", attributes: str = 'lang="en"') -> ArticleDraft:
    return draft_from_html(
        f"<html {attributes}><head><title>Larvik opens its hall</title>{head}</head><body><article>"
        f"<h1>Larvik opens its hall</h1>{byline}{_BODY}</article></body></html>"
    )


def test_date_that_the_data_states_counts_before_the_date_of_a_change() -> None:
    draft = _read(
        head='<meta property="article:published_time" content="2021-03-02T09:00:00Z">',
        byline='<p class="date">Last modified 9 June 2021</p>',
    )

    assert draft.published_at == datetime(2021, 3, 2, 9, tzinfo=UTC)


def test_day_without_a_time_is_completed_by_the_time_element_of_that_day() -> None:
    draft = _read(
        head='<meta property="article:published_time" content="2021-03-02">',
        byline='<time datetime="2021-03-02T07:30:00Z">2 March</time>',
    )

    assert draft.published_at == datetime(2021, 3, 2, 7, 30, tzinfo=UTC)


def test_markup_of_a_date_counts_before_the_date_as_it_is_shown() -> None:
    draft = _read(byline='<p><time datetime="2021-11-04T10:00:00Z">11/04/2021</time></p>')

    assert draft.published_at is not None
    assert (draft.published_at.month, draft.published_at.day) == (11, 4)


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">By <a href="/p/1">Siri Aune</a> <span>Staff Writer</span></p>',
        '<span itemprop="author">By <a href="/p/1">Siri Aune</a></span>',
        '<div itemprop="author"><a href="/p/1">Siri Aune</a><i itemprop="name">Siri Aune</i></div>',
        '<div>By <a href="/p/1">Siri Aune</a> on <time datetime="2021-03-02">2 March</time></div>',
    ],
)
def test_byline_names_the_author_and_nothing_else(byline: str) -> None:
    draft = _read(byline=byline)

    assert draft.author == "Siri Aune"
    assert not draft.comments


def test_authors_that_the_data_states_are_all_named() -> None:
    data = (
        '{"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Siri Aune"},'
        ' {"@type": "Person", "name": "Tor Lie"}]}'
    )

    draft = _read(head=f'<script type="application/ld+json">{data}</script>')

    assert draft.author == "Siri Aune; Tor Lie"


@pytest.mark.parametrize("separator", [" | ", " - ", " – ", " » "])
def test_title_is_the_headline_without_the_name_of_the_site(separator: str) -> None:
    title = f"Larvik opens its hall{separator}The Fjord Post"
    draft = _read(head=f'<meta property="og:title" content="{title}">')

    assert draft.title == "Larvik opens its hall"


def test_title_keeps_its_own_dash() -> None:
    headline = "Larvik - a town of boats"
    draft = draft_from_html(
        f"<html><head><title>{headline}</title></head><body><article><h1>{headline}</h1>{_BODY}"
        "</article></body></html>"
    )

    assert draft.title == headline


def test_headline_is_no_paragraph_of_the_article() -> None:
    assert _read().paragraphs[0].text.startswith("The museum of Larvik")


def test_line_of_a_comment_that_begins_with_a_link_names_whom_it_links() -> None:
    comments = "".join(
        f'<div class="comment"><div class="byline"><a href="/u/{name}">{name}</a> edited'
        f' <span>{hours} hours ago</span> | <a href="#c{hours}">link</a></div>'
        f'<div class="comment_text"><p>{text}</p></div></div>'
        for name, hours, text in (
            ("siri", 3, "The hall was never closed, as I remember it."),
            ("tor", 5, "It was closed in winter, I stood before the door."),
        )
    )
    draft = draft_from_html(
        f"<html><body><article><h1>Larvik opens its hall</h1>{_BODY}</article>"
        f'<div class="comments">{comments}</div></body></html>'
    )

    assert [comment.author for comment in draft.comments] == ["siri", "tor"]


def test_of_the_days_of_change_and_publication_in_one_line_the_second_counts() -> None:
    line = '<p class="byline">By Siri Aune, updated 4 March 2021, published 1 March 2021</p>'
    draft = draft_from_html(
        f"<html><body><h1>Larvik opens its hall</h1>{line}{_BODY}</body></html>"
    )

    assert draft.author == "Siri Aune"
    assert draft.published_at is not None
    assert draft.published_at.date().isoformat() == "2021-03-01"


def test_comments_without_any_class_are_found_by_who_posted_them() -> None:
    rows = "".join(
        f'<tr><td>#{n}</td><td>{text}<br><i>posted by <a href="/x">{name}</a> at 10:0{n}</i>'
        "</td></tr>"
        for n, name, text in (
            (1, "siri", "The hall was never closed, as I remember it."),
            (2, "tor", "It was closed in winter, I stood before the door."),
            (3, "liv", "You stood before the wrong door, as always."),
        )
    )
    draft = draft_from_html(
        f"<html><body><h1>Larvik opens its hall</h1>{_BODY}<table>{rows}</table></body></html>"
    )

    assert [comment.author for comment in draft.comments] == ["siri", "tor", "liv"]
    assert draft.comments[0].text == "The hall was never closed, as I remember it."


@pytest.mark.parametrize(
    "masthead",
    [
        '<h1><a href="https://www.fjordpost.no/">The Fjord Post</a></h1>',
        '<a href="/"><h1>The Fjord Post</h1></a>',
        '<h1 class="logo"><a href="https://archive.org/web/2016/http://fjordpost.no">The Fjord Post'
        "</a></h1>",
    ],
)
def test_the_name_of_the_site_is_no_title(masthead: str) -> None:
    draft = draft_from_html(
        "<html><head><title>The Fjord Post » Larvik opens its hall</title></head><body>"
        f"{masthead}<article><h2>Larvik opens its hall</h2>{_BODY}</article></body></html>"
    )

    assert draft.title == "Larvik opens its hall"


def test_title_is_without_what_the_address_of_the_site_says() -> None:
    draft = _read(
        head='<meta property="og:title" content="Larvik has a hall - Fjordpost.no">'
        '<meta property="og:url" content="https://www.fjordpost.no/larvik">'
    )

    assert draft.title == "Larvik has a hall"


@pytest.mark.parametrize(
    ("content", "author"),
    [
        ("Siri Aune - http://aune.no", "Siri Aune"),
        ("fjordpost.no", "fjordpost.no"),
    ],
)
def test_an_address_is_no_name(content: str, author: str) -> None:
    assert _read(head=f'<meta name="author" content="{content}">').author == author


def test_data_that_states_a_byline_names_the_author() -> None:
    data = '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "By SIRI AUNE"}}'

    assert _read(head=f'<script type="application/ld+json">{data}</script>').author == "SIRI AUNE"


def test_the_year_one_is_no_date() -> None:
    data = '{"@type": "NewsArticle", "datePublished": "0001-01-01T00:00:00Z"}'

    assert _read(head=f'<script type="application/ld+json">{data}</script>').published_at is None


def test_lines_around_the_article_are_none_of_it_and_say_who_wrote_it_when() -> None:
    draft = draft_from_html(
        '<html lang="en"><head><title>Larvik opens its hall</title>'
        '<meta property="og:title" content="Larvik opens its hall"></head><body><article>'
        "<h1><span>At last</span><br><span>Larvik has a hall for its boats</span></h1>"
        "<p>By Siri Aune</p><p>Published 2 May 2021</p><p>At last</p>"
        f"<p>Larvik has a hall for its boats</p>{_BODY}"
        "<p>Read also: Boats of the fjord</p><p>Share on Facebook</p></article></body></html>"
    )

    assert (draft.author, draft.published_at) == ("Siri Aune", datetime(2021, 5, 2, tzinfo=UTC))
    assert [paragraph.text[:10] for paragraph in draft.paragraphs] == ["The museum", "Visitors h"]


def _paragraphs(markup: str) -> list[str]:
    draft = draft_from_html(
        f"<html><head><title>Larvik opens its hall</title></head><body><article>{_BODY}{markup}"
        "</article></body></html>"
    )
    return [paragraph.text for paragraph in draft.paragraphs][2:]


def test_a_list_within_a_list_is_said_once() -> None:
    assert _paragraphs("<ul><li>Boats<ul><li>Oars</li></ul></li><li>Nets</li></ul>") == [
        "Boats",
        "Oars",
        "Nets",
    ]


def test_a_name_above_each_turn_of_an_interview_stands_beside_it() -> None:
    turns = (
        "<p><b>Post:</b></p><p>Why now, after nine years?</p>"
        "<p><b>Siri:</b></p><p>The roof is done at last, and so is the floor.</p>"
    )

    assert _paragraphs(turns + turns)[:2] == [
        "Post: Why now, after nine years?",
        "Siri: The roof is done at last, and so is the floor.",
    ]


def test_a_page_that_says_unknown_names_no_author() -> None:
    draft = _read(byline='<p class="byline">By <span itemprop="author">Unknown</span></p>')

    assert draft.author is None


def test_data_that_says_unknown_leaves_the_author_to_the_byline() -> None:
    data = '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Unknown"}}'
    draft = _read(
        head=f'<script type="application/ld+json">{data}</script>',
        byline='<p class="byline">By <span itemprop="author">Siri Aune</span></p>',
    )

    assert draft.author == "Siri Aune"


@pytest.mark.parametrize(
    "byline",
    [
        '<div class="meta">par <span class="auteurs">Ada Lund</span>, 2 mars 2021</div>',
        '<p>Text: <a href="/staff/ada-lund/">Ada Lund</a></p><p>02.03.2021</p>',
    ],
)
def test_author_and_day_are_found_beside_the_headline(byline: str) -> None:
    draft = _read(byline=byline, attributes='lang="fr"')

    assert draft.author == "Ada Lund"
    assert draft.published_at == datetime(2021, 3, 2, tzinfo=UTC)


def test_site_that_data_names_as_author_gives_way_to_a_person_beside_the_headline() -> None:
    draft = _read(
        head='<meta property="og:site_name" content="Larvik Post"><script type='
        '"application/ld+json">{"@type": "NewsArticle", "author": {"name": "Larvik Post"}}'
        "</script>",
        byline='<div><a href="/auteur/ada-lund-187">Ada Lund</a></div>',
    )

    assert draft.author == "Ada Lund"


def test_day_shown_counts_where_the_page_states_every_time_in_utc() -> None:
    draft = _read(
        head='<meta property="article:published_time" content="2021-03-01T23:11:59+00:00">',
        byline="<p>2021-03-02</p>",
    )

    assert draft.published_at is not None
    assert draft.published_at.day == 2


def test_day_of_something_else_beside_the_headline_is_not_the_day_of_the_article() -> None:
    draft = _read(byline="<p>Release date: 14 August 2017</p><p>9 September 2017</p>")

    assert draft.published_at == datetime(2017, 9, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "beside",
    [
        '<p><a href="/user/login">Log in</a> <a href="/staff/picks">Staff Picks</a></p>',
        '<p><a href="/author/ada-lund">All articles by this author</a></p>',
        '<figure><img><figcaption><a href="/author/tom-moe">Tom Moe</a></figcaption></figure>',
        '<p>Photo: <a href="/author/tom-moe">Tom Moe</a></p>',
        "<p>The fair opens on 14 August 2021.</p><p>Born 3 May 1932, the founder dies.</p>",
    ],
)
def test_links_pictures_and_sentences_beside_the_headline_name_nobody_and_no_day(
    beside: str,
) -> None:
    draft = _read(byline=beside)

    assert draft.author is None
    assert draft.published_at is None


def test_person_that_data_states_stays_the_author_of_their_own_site() -> None:
    draft = _read(
        head='<link rel="canonical" href="https://adalund.com/hall"><script type='
        '"application/ld+json">{"@type": "BlogPosting", "author": {"@type": "Person",'
        ' "name": "Ada Lund"}}</script>',
        byline='<p><a href="/author/henrik-ibsen">Henrik Ibsen</a></p>',
    )

    assert draft.author == "Ada Lund"


def _leads(*numbers: str) -> str:
    return "".join(
        f"<p>The hall of the museum cost {number} million, which the town and the county paid in"
        " equal parts, and nobody knows yet what it will cost to keep it warm in winter, or who"
        " pays for that.</p>"
        for number in numbers
    )


@pytest.mark.parametrize(
    "byline",
    [
        f"{_leads('nine')}<p>02.03.2021 – The museum of Larvik is proud of its boats.</p>",
        f"{_leads('two', 'six', 'nine', 'ten')}<ul><li><p>Mise en ligne</p><p>2 mars 2021</p></li>"
        "<li><p>Enregistrement</p><p>14 mai 2019</p></li></ul>",
    ],
)
def test_day_that_begins_a_paragraph_or_stands_below_its_label_is_that_of_the_article(
    byline: str,
) -> None:
    draft = _read(byline=byline, attributes='lang="fr"')

    assert draft.published_at == datetime(2021, 3, 2, tzinfo=UTC)


def test_a_heading_that_holds_a_page_of_links_is_read_once() -> None:
    links = '<a href="/">The hall of Larvik</a> ' * 6_000
    started = time.perf_counter()
    draft = draft_from_html(f"<html><body><h1>{links}</h1><article>{_BODY}</article></body></html>")

    assert draft.paragraphs
    assert time.perf_counter() - started < 10  # once for each link takes minutes
