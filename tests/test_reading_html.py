"""HTML pages: the comments as records, the article from what is left, and what is missing."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ArticleError, UnreadableArticleError
from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.html import draft_from_html

ARTICLE = """
<h1>Harbour of Lindau to close</h1>
<p class="byline">By Mara Holt</p>
<p>The harbour of Lindau closes on the third of May, the council decided on Friday evening.</p>
<p>Two hundred people work there, most of them for the ferries that cross to the islands.</p>
<blockquote><p>“We had no choice left, and nobody offered us one,” said the mayor, Jonas Lund.</p></blockquote>
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


WORDPRESS = """
<div id="comments" class="comments-area"><h2>3 thoughts on “Harbour”</h2><ol class="comment-list">
<li id="comment-11" class="comment even depth-1 parent"><article class="comment-body">
 <footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Ines Morel</b>
 <span class="says">says:</span></div><div class="comment-metadata"><a href="#comment-11">
 <time datetime="2024-03-01T10:15:00+01:00">March 1, 2024 at 10:15 am</time></a></div></footer>
 <div class="comment-content"><p>It was never profitable.</p><p>Ask the council.</p></div>
 <div class="reply"><a class="comment-reply-link" href="#">Reply</a></div></article>
 <ul class="children"><li id="comment-12" class="comment odd depth-2"><article class="comment-body">
  <footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Tomas Berg</b></div>
  <time datetime="2024-03-01T11:00:00+01:00">March 1, 2024 at 11:00 am</time></footer>
  <div class="comment-content"><blockquote><p>It was never profitable.</p></blockquote>
  <p>It was in 2019.</p></div><div class="reply"><a href="#">Reply</a></div></article></li></ul></li>
<li id="comment-13" class="comment even depth-1"><article class="comment-body">
 <footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Lena</b></div>
 <time datetime="2024-03-02T08:00:00+01:00">March 2, 2024 at 8:00 am</time></footer>
 <div class="comment-content"><p>Good riddance.</p></div></article></li></ol>
<div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form action="/post" method="post">
 <p>Your email address will not be published.</p><label>Comment</label><textarea></textarea>
 <label>Name</label><input name="author"></form></div></div>
"""


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


DRUPAL = """
<section class="comments"><h2 class="title">Comments</h2>
<a id="comment-1"></a><div class="comment ajax-comment-wrapper"><h3><a href="/comment/1">It opens</a></h3>
 <p class="submitted">Submitted by <span class="username">ines</span> on 1 March 2024 - 9:15</p>
 <div class="content"><p>The ferries carry nobody in winter.</p></div></div>
<div class="indented"><div class="comment"><p class="submitted">Submitted by
 <span class="username">tomas</span> on 1 March 2024 - 9:30</p>
 <div class="content"><p>They carry the whole school.</p></div></div></div>
<div class="comment"><p class="submitted">Submitted by <span class="username">lena</span> on
 2 March 2024 - 7:00</p><div class="content"><p>Build a bridge, then.</p></div></div></section>
"""

INDENTED = """
<div class="discussion-comments">
<div class="remark" id="c1" style="margin-left: 0px"><span class="author">Ines</span>
 <span class="date">01.03.2024, 09:15</span><div class="text">The ferries carry nobody.</div></div>
<div class="remark" id="c2" style="margin-left: 20px"><span class="author">Tomas</span>
 <span class="date">01.03.2024, 09:30</span><div class="text">They carry the school.</div></div>
<div class="remark" id="c3" style="margin-left: 40px"><span class="author">Lena</span>
 <span class="date">13.03.2024, 10:00</span><div class="text">In winter too?</div></div>
<div class="remark" id="c4" style="margin-left: 0px"><span class="author">Ole</span>
 <span class="date">14.03.2024, 10:00</span><div class="text">Build a bridge.</div></div></div>
"""

NAMED_PARENTS = """
<div class="user-comments">
<div class="c-item" data-comment-id="71"><b class="nick">Ines</b><time datetime="2024-03-01T09:15Z">9:15</time>
 <p>The ferries carry nobody.</p></div>
<div class="c-item" data-comment-id="72"><b class="nick">Lena</b><time datetime="2024-03-01T09:20Z">9:20</time>
 <p>Build a bridge.</p></div>
<div class="c-item" data-comment-id="73" data-parent-id="71"><b class="nick">Tomas</b>
 <time datetime="2024-03-01T09:30Z">9:30</time><p>They carry the school.</p></div></div>
"""

LINKED_PARENTS = """
<div id="comments">
<div class="entry" id="comment-71"><b class="author">Ines</b><time datetime="2024-03-01T09:15Z">9:15</time>
 <p>The ferries carry nobody.</p></div>
<div class="entry" id="comment-72"><b class="author">Lena</b><time datetime="2024-03-01T09:20Z">9:20</time>
 <p>Build a bridge.</p></div>
<div class="entry" id="comment-73"><b class="author">Tomas</b><time datetime="2024-03-01T09:30Z">9:30</time>
 <div class="meta"><a href="#comment-71">In reply to Ines</a></div><p>They carry the school.</p></div></div>
"""

HACKER_NEWS = """
<table class="comment-tree">
<tr class="athing comtr" id="901"><td><table><tr><td class="ind" indent="0"></td><td class="default">
 <span class="comhead"><a href="user?id=ines" class="hnuser">ines</a>
 <span class="age" title="2024-03-01T09:15:00"><a href="item?id=901">2 hours ago</a></span></span>
 <div class="comment"><div class="commtext c00">The ferries carry nobody.</div></div></td></tr></table></td></tr>
<tr class="athing comtr" id="902"><td><table><tr><td class="ind" indent="1"></td><td class="default">
 <span class="comhead"><a href="user?id=tomas" class="hnuser">tomas</a>
 <span class="age" title="2024-03-01T09:30:00"><a href="item?id=902">2 hours ago</a></span></span>
 <div class="comment"><div class="commtext c00">They carry the school.</div></div></td></tr></table></td></tr>
<tr class="athing comtr" id="903"><td><table><tr><td class="ind" indent="0"></td><td class="default">
 <span class="comhead"><a href="user?id=lena" class="hnuser">lena</a>
 <span class="age" title="2024-03-01T10:30:00"><a href="item?id=903">1 hour ago</a></span></span>
 <div class="comment"><div class="commtext c00">Build a bridge.</div></div></td></tr></table></td></tr>
</table>
"""

MICRODATA = """
<div class="x1">
<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">
 <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ines</span></span>
 <meta itemprop="dateCreated" content="2024-03-01T09:15:00Z"><meta itemprop="upvoteCount" content="12">
 <div itemprop="text">The ferries carry nobody.</div></div>
<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">
 <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Tomas</span></span>
 <meta itemprop="dateCreated" content="2024-03-01T09:30:00Z"><meta itemprop="upvoteCount" content="-3">
 <div itemprop="text">They carry the school.</div></div></div>
"""


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (DRUPAL, [("ines", None), ("tomas", "ines"), ("lena", None)]),
        (INDENTED, [("Ines", None), ("Tomas", "Ines"), ("Lena", "Tomas"), ("Ole", None)]),
        (NAMED_PARENTS, [("Ines", None), ("Lena", None), ("Tomas", "Ines")]),
        (LINKED_PARENTS, [("Ines", None), ("Lena", None), ("Tomas", "Ines")]),
        (HACKER_NEWS, [("ines", None), ("tomas", "ines"), ("lena", None)]),
        (MICRODATA, [("Ines", None), ("Tomas", None)]),
    ],
    ids=["drupal", "indented", "attributes", "links", "table", "microdata"],
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


JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org",
"@type": "NewsArticle", "headline": "Harbour of Lindau to close", "commentCount": 2, "comment": [
 {"@type": "Comment", "text": "The ferries carry <b>nobody</b>.", "dateCreated": "2024-03-01T09:15:00Z",
  "author": {"@type": "Person", "name": "Ines"}, "upvoteCount": 4,
  "comment": [{"@type": "Comment", "text": "They carry the school.", "author": "Tomas"}]}]}</script>"""


def test_comments_in_the_data_of_a_page_are_read() -> None:
    draft = draft_from_html(page("", head=JSON_LD))
    assert answers(draft) == [("Ines", None), ("Tomas", "Ines")]
    assert texts(draft) == ["The ferries carry nobody.", "They carry the school."]
    assert draft.comments[0].score == 4
    assert draft.reported_comment_count == 2
    assert draft.warnings == ()


FORUM = """
<div id="page-body"><h2 class="topic-title"><a href="#">Ferry times</a></h2>
<div id="p1" class="post has-profile"><dl class="postprofile"><dt><a href="/memberlist.php?u=2" class="username">ines</a></dt></dl>
 <div class="postbody"><p class="author">by <strong><a class="username" href="#">ines</a></strong>
 » Fri Mar 01, 2024 9:15 am</p><div class="content">Does anybody know when the ferry leaves on Sundays?</div></div></div>
<div id="p2" class="post has-profile"><dl class="postprofile"><dt><a href="/memberlist.php?u=3" class="username">tomas</a></dt></dl>
 <div class="postbody"><p class="author">by <strong><a class="username" href="#">tomas</a></strong>
 » Fri Mar 01, 2024 9:45 am</p><div class="content">At ten, and again at four in the afternoon.</div></div></div>
<div id="p3" class="post has-profile"><dl class="postprofile"><dt><a href="/memberlist.php?u=4" class="username">lena</a></dt></dl>
 <div class="postbody"><p class="author">by <strong><a class="username" href="#">lena</a></strong>
 » Sat Mar 02, 2024 7:00 am</p><div class="content">Only until the third of May, though.</div></div></div></div>
"""


def test_the_first_post_of_a_forum_page_is_the_article() -> None:
    markup = (
        "<html><head><title>Ferry times</title></head>"
        f'<body class="section-viewtopic">{FORUM}</body></html>'
    )
    draft = draft_from_html(markup)
    assert "when the ferry leaves" in body_of(draft)
    assert draft.author == "ines"
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
    deleted = draft_from_html(page(markup)).comments[1]
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
            f'</span> <time datetime="2024-03-0{n}">{n} March 2024</time><p>What happened then …</p></div>'
            for n in range(1, 6)
        )
        + "</div>",
        '<div class="comments-closed">Comments are closed.</div>',
        '<section class="live-comments"><div class="live-comment"><time>20:15</time> <p>Kick-off in the'
        ' rain.</p></div><div class="live-comment"><time>20:20</time> <p>First corner.</p></div></section>',
    ],
    ids=["recent", "teasers", "closed", "ticker"],
)
def test_what_only_looks_like_comments_is_none(block: str) -> None:
    assert draft_from_html(page(block)).comments == ()


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
