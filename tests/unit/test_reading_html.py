"""HTML pages: the comments as records, the article from what is left, and what is missing."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ArticleError, UnreadableArticleError
from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.html import draft_from_html
from index.reading.plausibility import plausible

PAGES = Path(__file__).parent.parent / "data" / "pages"


def _fixture(name: str) -> str:
    """Return the comments of an invented page, in the form of one kind of site."""
    return (PAGES / f"{name}.html").read_text("utf-8")


WORDPRESS = _fixture("wordpress")
DRUPAL = _fixture("drupal")
INDENTED = _fixture("indented")
NAMED_PARENTS = _fixture("parent_attributes")
LINKED_PARENTS = _fixture("parent_links")
HACKER_NEWS = _fixture("nested_table")
MICRODATA = _fixture("microdata")
FORUM = _fixture("forum")
JSON_LD = _fixture("json_ld")
XENFORO = _fixture("xenforo")
DISCOURSE = _fixture("discourse")
NESTED_LISTING = _fixture("nested_listing")
DISQUS = _fixture("disqus")
REPLIES = _fixture("replies")

ARTICLE = """
<h1>Harbour of Lindau to close</h1>
<p class="byline">By Mara Holt</p>
<p>The harbour of Lindau closes on the third of May, the council decided on Friday evening.</p>
<p>Two hundred people work there, most of them for the ferries that cross to the islands.</p>
<blockquote><p>“We had no choice left, and nobody offered us one,” said the mayor.</p></blockquote>
<p>The ferries will leave from Arnholm instead, an hour further along the coast road.</p>
"""


def page(comments: str, *, head: str = "", body: str = "", article: str = ARTICLE) -> str:
    return (
        '<!doctype html><html lang="en"><head><title>Harbour of Lindau to close</title>'
        f'<meta property="og:site_name" content="Lindau Courier">{head}</head>'
        f"<body {body}><nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
        f"<main><article>{article}</article>{comments}</main>"
        "<footer>Lindau Courier, all rights reserved</footer></body></html>"
    )


def answers(draft: ArticleDraft) -> list[tuple[str | None, str | None]]:
    """Return for each comment who wrote it and whom it answers."""
    authors = {comment.key: comment.author for comment in draft.comments}
    return [(c.author, authors.get(c.parent_key) if c.parent_key else None) for c in draft.comments]


def texts(draft: ArticleDraft) -> list[str | None]:
    return [comment.text for comment in draft.comments]


def body_of(draft: ArticleDraft) -> str:
    return "\n".join(paragraph.text for paragraph in draft.paragraphs)


def test_a_wordpress_thread_is_read_with_authors_times_and_replies() -> None:
    draft = draft_from_html(page(WORDPRESS))
    assert answers(draft) == [
        ("Ines Morel", None),
        ("Tomas Berg", "Ines Morel"),
        ("Lena", None),
    ]
    first, second, _ = draft.comments
    assert first.text == "It was never profitable.\n\nAsk the council."
    assert first.posted_at is not None
    assert first.posted_at.astimezone(UTC) == datetime(2024, 3, 1, 9, 15, tzinfo=UTC)
    assert first.posted_at_text == "March 1, 2024 at 10:15 am"
    assert second.quoted == ("It was never profitable.",)
    assert draft.reported_comment_count == 3
    assert draft.warnings == ()


def test_the_article_holds_no_word_of_the_comments() -> None:
    draft = draft_from_html(page(WORDPRESS), url="https://lindau.example/harbour")
    body = body_of(draft)
    assert "closes on the third of May" in body
    assert "leave from Arnholm" in body
    for word in ("riddance", "profitable", "email address", "Reply"):
        assert word not in body
    assert draft.title == "Harbour of Lindau to close"
    assert draft.outlet == "Lindau Courier"
    assert draft.language == "en"
    assert [p.kind for p in draft.paragraphs if "no choice" in p.text] == ["quotation"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (DRUPAL, [("ines", None), ("tomas", "ines"), ("lena", None)]),
        (INDENTED, [("Ines", None), ("Tomas", "Ines"), ("Lena", "Tomas"), ("Ole", None)]),
        (NAMED_PARENTS, [("Ines", None), ("Lena", None), ("Tomas", "Ines")]),
        (LINKED_PARENTS, [("Ines", None), ("Lena", None), ("Tomas", "Ines")]),
        (HACKER_NEWS, [("ines", None), ("tomas", "ines"), ("lena", None)]),
        (MICRODATA, [("Ines", None), ("Tomas", None)]),
        (NESTED_LISTING, [("ines", None), ("tomas", "ines")]),
        (DISQUS, [("Ines", None), ("Tomas", "Ines")]),
    ],
    ids=["drupal", "indented", "attributes", "links", "table", "microdata", "listing", "disqus"],
)
def test_who_answers_whom_is_read_from_every_form(
    markup: str, expected: list[tuple[str, str | None]]
) -> None:
    draft = draft_from_html(page(markup))
    assert answers(draft) == expected
    assert all(comment.posted_at is not None for comment in draft.comments)
    assert "The ferries carry nobody" in (draft.comments[0].text or "")
    assert "ferries carry nobody" not in body_of(draft)


def test_dates_in_figures_are_read_as_the_page_writes_them() -> None:
    draft = draft_from_html(page(INDENTED))
    assert draft.comments[0].posted_at == datetime(2024, 3, 1, 9, 15, tzinfo=UTC)


def test_scores_are_read() -> None:
    assert [c.score for c in draft_from_html(page(MICRODATA)).comments] == [12, -3]


def test_comments_in_the_data_of_a_page_are_read() -> None:
    draft = draft_from_html(page("", head=JSON_LD))
    assert answers(draft) == [("Ines", None), ("Tomas", "Ines")]
    assert texts(draft) == ["The ferries carry nobody.", "They carry the school."]
    assert draft.comments[0].score == 4
    assert draft.reported_comment_count == 2
    assert draft.warnings == ()


def test_repeated_replies_need_no_name_for_their_list() -> None:
    draft = draft_from_html(page(REPLIES))
    assert answers(draft) == [("Ines", None), ("Tomas", None)]


@pytest.mark.parametrize(
    "posts", [FORUM, XENFORO, DISCOURSE], ids=["phpbb", "xenforo", "discourse"]
)
def test_the_first_post_of_a_forum_page_is_the_article(posts: str) -> None:
    markup = (
        "<html><head><title>Ferry times</title></head>"
        f'<body class="section-viewtopic">{posts}</body></html>'
    )
    draft = draft_from_html(markup)
    assert "when the ferry leaves" in body_of(draft)
    assert [comment.author for comment in draft.comments] == ["tomas", "lena"]
    assert texts(draft)[0] == "At ten, and again at four in the afternoon."


@pytest.mark.parametrize(
    ("box", "item", "author", "label"),
    [
        ("commentaires", "commentaire", "auteur", "Répondre"),
        ("leserkommentare", "kommentar-item", "benutzer", "Antworten"),
        ("lista-comentarios", "comentario", "usuario", "Responder"),
        ("commenti", "commento", "autore", "Rispondi"),
        ("kommentarii", "kommentariy", "avtor", "Ответить"),
        ("yorumlar", "yorum", "kullanici", "Yanıtla"),
        ("комментарии", "комментарий", "автор", "Ответить"),
        ("komentari", "komentar", "avtor", "Відповісти"),
    ],
)
def test_classes_of_many_languages_name_comments(
    box: str, item: str, author: str, label: str
) -> None:
    one = (
        '<div class="{item}"><span class="{author}">{name}</span> <span>{day}.03.2024 10:00</span>'
        "<p>{words}</p><a href='#'>{label}</a></div>"
    )
    items = "".join(
        one.format(item=item, author=author, name=name, day=day, words=words, label=label)
        for name, day, words in (("Ines", 13, "Nobody asked us."), ("Tomas", 14, "They did ask."))
    )
    draft = draft_from_html(page(f'<div class="{box}">{items}</div>'))
    assert [(c.author, c.text) for c in draft.comments] == [
        ("Ines", "Nobody asked us."),
        ("Tomas", "They did ask."),
    ]


def test_a_heading_is_enough_where_nothing_else_has_a_name() -> None:
    markup = (
        "<h3>Comments (2)</h3>"
        "<div><b>Ines Morel</b><br>1 March 2024, 9:15<p>Nobody asked us.</p></div>"
        "<div><b>Tomas Berg</b><br>2 March 2024, 9:15<p>They did ask.</p></div>"
    )
    draft = draft_from_html(page(markup))
    assert len(draft.comments) == 2
    assert "Nobody asked us." in (draft.comments[0].text or "")
    assert "asked us" not in body_of(draft)
    assert draft.reported_comment_count == 2


def test_a_deleted_comment_keeps_its_place() -> None:
    markup = WORDPRESS.replace("<p>It was in 2019.</p>", "").replace(
        "<blockquote><p>It was never profitable.</p></blockquote>",
        "<p>This comment has been removed by a moderator.</p>",
    )
    deleted = plausible(draft_from_html(page(markup))).comments[1]
    assert (deleted.deleted, deleted.text, deleted.quoted) == (True, None, ())
    assert deleted.parent_key == "0"


def test_hidden_words_are_nobodys_words() -> None:
    markup = WORDPRESS.replace(
        "<p>Good riddance.</p>",
        "<p>Good riddance.</p><p style='color:red; display : none'>secret one</p>"
        "<p hidden>secret two</p><script>secret_three()</script><template>secret four</template>",
    )
    draft = draft_from_html(page(markup, article=ARTICLE + "<p style='display:none'>secret</p>"))
    assert "secret" not in body_of(draft) + str(texts(draft))


def test_a_page_that_announces_more_than_it_holds_says_so() -> None:
    draft = draft_from_html(page(WORDPRESS.replace("3 thoughts", "48 comments")))
    assert draft.reported_comment_count == 48
    assert len(draft.comments) == 3
    assert "48" in draft.warnings[0]
    assert "3" in draft.warnings[0]


def test_comments_that_a_script_loads_are_said_to_be_missing() -> None:
    disqus = (
        '<div id="disqus_thread"></div><noscript>Please enable JavaScript to view the comments.'
        "</noscript>"
    )
    draft = draft_from_html(page(disqus))
    assert draft.comments == ()
    assert "script" in draft.warnings[0]
    assert "enable JavaScript" not in body_of(draft)


@pytest.mark.parametrize(
    "block",
    [
        '<aside class="sidebar"><h3>Recent comments</h3><ul>'
        + "".join(
            f'<li class="recentcomments"><span class="comment-author">P{n}</span> on '
            f'<a href="/{n}">Some other page</a></li>'
            for n in range(5)
        )
        + "</ul></aside>",
        '<div class="related">'
        + "".join(
            f'<div class="teaser"><h3><a href="/{n}">A story</a></h3><span class="author">Mara Holt'
            f'</span> <time datetime="2024-03-0{n}">{n} March 2024</time><p>What then …</p></div>'
            for n in range(1, 6)
        )
        + "</div>",
        '<div class="comments-closed">Comments are closed.</div>',
        '<section class="live-comments">'
        '<div class="live-comment"><time>20:15</time> <p>Kick-off in the rain.</p></div>'
        '<div class="live-comment"><time>20:20</time> <p>First corner.</p></div></section>',
    ],
    ids=["recent", "teasers", "closed", "ticker"],
)
def test_what_only_looks_like_comments_is_none(block: str) -> None:
    assert draft_from_html(page(block)).comments == ()


def test_the_time_of_publication_is_read_from_the_data_of_the_page() -> None:
    head = '<meta property="article:published_time" content="2024-03-01T08:30:00+01:00">'
    published = draft_from_html(page("", head=head)).published_at
    assert published is not None
    assert published.astimezone(UTC) == datetime(2024, 3, 1, 7, 30, tzinfo=UTC)


def test_the_lead_above_the_body_is_part_of_the_article() -> None:
    lead = "The council has decided: from May on, no ship will land in Lindau any more."
    markup = page(
        "",
        head=f'<meta name="description" content="{lead}">',
        article=f'<header><div class="standfirst">{lead}</div></header>{ARTICLE}',
    )
    assert body_of(draft_from_html(markup)).count("no ship will land") == 1


@pytest.mark.parametrize(
    "markup", ["", "   ", "\0\0", "<html></html>", "<p></p>", "<script>1</script>"]
)
def test_a_page_without_words_is_refused(markup: str) -> None:
    with pytest.raises(UnreadableArticleError) as refusal:
        draft_from_html(markup)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("url", ["http://[", "::", "", "http://x.example/\ud800"])
def test_a_strange_address_does_no_harm(url: str) -> None:
    assert draft_from_html(page(WORDPRESS), url=url).comments


def test_a_page_that_only_asks_for_scripts_is_refused() -> None:
    with pytest.raises(UnreadableArticleError, match="script"):
        draft_from_html(
            "<html><body><p>Please enable JavaScript to view this page.</p></body></html>"
        )


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 50_000 + "words",
        "<p>" * 50_000 + "words",
        "<ul class=comment><li>" * 5_000 + "words",
        "<h3>Comments</h3>" * 5_000,
        "<div class='comment'><b class=author>a</b><time>1 March 2024</time>" * 2_000,
        "a" * 300_000,
        "<blockquote>" * 3_000 + "words",
        "<a href='#c1'>In reply to" * 3_000,
    ],
)
def test_strange_pages_are_survived(markup: str) -> None:
    try:
        draft_from_html(page(markup))
    except ArticleError:
        return


_PIECES = st.sampled_from(
    [
        *re.findall(r"<[^>]*>|[^<]+", WORDPRESS + INDENTED + MICRODATA + JSON_LD + DRUPAL),
        *(
            "<p>",
            "</div>",
            "\0",
            "\ud800",
            "&#0;",
            "<!--",
            "]]>",
            "<svg>",
            "<td>",
            "<table>",
            "\u202e",
        ),
    ]
)


def is_sound(comment: CommentDraft) -> bool:
    return comment.deleted == (comment.text is None) and all(
        part in (comment.text or "") for part in comment.quoted
    )


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(_PIECES, max_size=60))
def test_any_soup_gives_sound_comments_or_our_own_error(pieces: list[str]) -> None:
    try:
        draft = draft_from_html("".join(pieces))
    except ArticleError:
        return
    keys = [comment.key for comment in draft.comments]
    assert len(keys) == len(set(keys))
    assert all(is_sound(comment) for comment in draft.comments)
    assert all(c.parent_key is None or c.parent_key in keys for c in draft.comments)


def _thread(*records: str) -> str:
    items = "".join(f'<li class="comment" id="c{at}">{one}</li>' for at, one in enumerate(records))
    return page(f'<h2>Comments</h2><ol class="comments">{items}</ol>')


@pytest.mark.parametrize(
    "header",
    [
        '<div class="head"><h3>Ada Lund</h3><p class="meta">18/02/2020 at 16:42</p></div>',
        '<div class="metas"><b>By Ada Lund,</b> on Tuesday 18 February 2020 at 16:42</div>',
        '<div class="head"><p><span>Ada Lund</span> <span>18/02/2020 16:42</span></p></div>',
        '<div class="comment-author"><div><img src="a.png"></div>          Ada Lund         '
        '<span>·</span> <a href="#c0">18/02/2020 16:42</a></div>',
        '<p class="info"><span>Ada Lund</span> wrote:<br><time>18/02/2020 16:42</time></p>',
        "<small> Ada Lund on 18/02/2020 </small>",
        '<p class="nr"><a href="#c0">1</a></p> Comment by <cite>Ada Lund</cite><br>'
        "<small>18/02/2020 16:42</small>",
    ],
)
def test_the_name_above_the_words_is_the_writers(header: str) -> None:
    words = '<div class="comment-body"><p>The ferry was late again.</p></div>'
    draft = draft_from_html(_thread(header + words, header.replace("Ada Lund", "Bo Ek") + words))
    assert [(one.author, one.text) for one in draft.comments] == [
        ("Ada Lund", "The ferry was late again."),
        ("Bo Ek", "The ferry was late again."),
    ]
    assert all(
        (one.posted_at or datetime.max).date() == date(2020, 2, 18) for one in draft.comments
    )


def test_the_subject_below_a_date_names_nobody() -> None:
    header = '<div class="top">(22 June 2018 @11:13)</div><div><p><b>A cruel plan</b></p></div>'
    words = '<div class="text"><p>The council never asked anybody on the islands.</p></div>'
    first, second = draft_from_html(_thread(header + words, header + words)).comments
    assert (first.author, second.author) == (None, None)
    assert first.posted_at == datetime(2018, 6, 22, 11, 13, tzinfo=UTC)


def test_a_time_of_day_has_its_day_from_the_line_or_from_the_address() -> None:
    by_line = (
        "<p>Late again.</p>"
        '<p><cite>Comment by Bo — 17.07, 2011 @ <a href="#c0">13:04</a></cite></p>'
    )
    by_link = (
        '<cite class="user">Ada</cite> <span class="datetime">'
        '<a href="/x.html?showComment=1381298197474#c1">07:56</a></span><p>Early today.</p>'
    )
    first, second = draft_from_html(_thread(by_line, by_link)).comments
    assert first.posted_at == datetime(2011, 7, 17, 13, 4, tzinfo=UTC)
    assert second.posted_at == datetime(2013, 10, 9, 5, 56, 37, 474000, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Ada Lund (speaks with harbours)", "link78", "I. Ek (@i_ek)"])
def test_a_name_is_kept_whole(name: str) -> None:
    header = f'<span class="author">{name}</span> <time>3 May 2021</time>'
    draft = draft_from_html(_thread(f"{header}<p>Late again.</p>", f"{header}<p>Still late.</p>"))
    assert {one.author for one in draft.comments} == {name}


def test_the_header_of_a_short_comment_is_not_its_words() -> None:
    header = (
        '<header><p><a href="/u/1">Ada</a></p><small>18.10.2019, 19:22 <a href="#">Quote</a>'
        ' <a href="#c1">#</a></small></header>'
    )
    words = '<div class="comment-content"><p>Fine!</p></div>'
    draft = draft_from_html(_thread(header + words, header + words))
    assert texts(draft) == ["Fine!", "Fine!"]


def test_a_share_button_is_no_comment() -> None:
    share = (
        '<div class="share-comments"><time>30/04/2024</time><span>Share this article</span></div>'
    )
    assert draft_from_html(page(share)).comments == ()


@pytest.mark.parametrize("added", ["(not verified)", "(no verificado)"])
def test_a_note_behind_a_name_is_no_part_of_it(added: str) -> None:
    comments = "".join(
        f'<article class="comment"><span class="username">{name} {added}</span>'
        f'<time datetime="2024-03-0{day}">day</time><p>The ferry was late again, {day}.</p>'
        "</article>"
        for day, name in enumerate(("Ada Byrne", "Bo"), start=1)
    )
    draft = draft_from_html(page(f'<section id="comments">{comments}</section>'))
    assert [comment.author for comment in draft.comments] == ["Ada Byrne", "Bo"]


def test_a_shadow_root_written_in_the_page_is_read() -> None:
    comments = "".join(
        f'<div class="comment"><span class="author">{name}</span><p>Ferry number {name}.</p></div>'
        for name in ("Ada", "Bo")
    )
    shadow = f'<div><template shadowrootmode="open"><div id="comments">{comments}</div></template>'
    draft = draft_from_html(page(f"{shadow}</div>"))
    assert [comment.author for comment in draft.comments] == ["Ada", "Bo"]
