import json
from typing import Any

import pytest

from index.article import Article
from index.errors import UnreadableArticleError
from index.reading import read_text

FIRST, SECOND = "The market was never cheap.", "It was, before the new roof."


def _read(value: Any) -> Article:
    return read_text(value if isinstance(value, str) else json.dumps(value))


def _said(article: Article) -> list[tuple[str, str | None, str | None]]:
    return [(comment.number, comment.author, comment.text) for comment in article.comments]


def _body(article: Article) -> list[str]:
    return [passage.text for passage in article.passages if passage.label.startswith("A")]


THREAD = [("1", "ida", FIRST), ("1.1", "Sven B", SECOND)]
FORMS: dict[str, Any] = {
    "nested replies without identifiers": {
        "comments": [{"author": "ida", "text": FIRST, "replies": [
            {"author": "Sven B", "text": SECOND}]}],
    },
    "references to an identifier": [
        {"id": 5, "user": {"login": "ida"}, "body": FIRST, "created_at": "2023-05-01T10:00:00Z"},
        {"id": 6, "user": {"login": "Sven B"}, "body": SECOND, "in_reply_to_id": 5},
    ],
    "edges and nodes": {"data": {"story": {"comments": {"edges": [{"node": {
        "id": "a", "body": f"<p>{FIRST}</p>", "author": {"username": "ida"}, "parent": None,
        "replies": {"edges": [{"node": {
            "id": "b", "body": SECOND, "author": {"username": "Sven B"}, "parent": {"id": "a"},
        }}]}}}]}}}},
    "snippets of a comment and its replies": {"items": [{"id": "U1", "snippet": {
        "topLevelComment": {"id": "U1", "snippet": {
            "textOriginal": FIRST, "authorDisplayName": "@ida", "likeCount": 3}},
        "totalReplyCount": 1},
        "replies": {"comments": [{"id": "U1.x", "snippet": {
            "textOriginal": SECOND, "authorDisplayName": "Sven B", "parentId": "U1"}}]}}]},
    "keys that hold the path": [
        {"cid": "U1", "text": FIRST, "author": "ida", "reply": False},
        {"cid": "U1.x", "text": SECOND, "author": "Sven B", "reply": True},
    ],
    "paths of numbers": {"comments": [
        {"comment": {"id": 11, "content": FIRST, "path": "0.11"}, "creator": {"name": "ida"}},
        {"comment": {"id": 12, "content": SECOND, "path": "0.11.12"},
         "creator": {"name": "Sven B"}},
    ]},
    "depths": [
        {"by": "ida", "comment": FIRST, "depth": 0},
        {"by": "Sven B", "comment": SECOND, "depth": 1},
    ],
    "lists of references": {"rows": [
        {"id": "h1", "user": "acct:ida@notes.example", "text": FIRST, "references": []},
        {"id": "h2", "user": "Sven B", "text": SECOND, "references": ["h1"]},
    ]},
    "prefixes before a reference": "\n".join((
        json.dumps({"id": "k1", "parent_id": "t3_s", "author": "ida", "body": FIRST}),
        json.dumps({"id": "k2", "parent_id": "t1_k1", "author": "Sven B", "body": SECOND}),
    )),
    "rich text in pieces": {"messages": [
        {"id": 1, "type": "service", "actor": "ida", "action": "create_group"},
        {"id": 2, "from": "ida", "text": ["The market ", {"type": "bold", "text": "was"},
                                          " never cheap."]},
        {"id": 3, "from": "Sven B", "text": SECOND, "reply_to_message_id": 2},
    ]},
    "objects under their keys": {"comments": {
        "x1": {"name": "ida", "message": FIRST},
        "x2": {"name": "Sven B", "message": SECOND, "replyTo": "x1"},
    }},
    "a table with commas": f'id,parent_id,author,text\n1,,ida,{FIRST}\n2,1,Sven B,"{SECOND}"\n',
    "a table with tabs": f"author\ttext\tid\tparent\nida\t{FIRST}\t1\t\nSven B\t{SECOND}\t2\t1\n",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_thread_is_read_by_its_fields(form: str) -> None:
    article = _read(FORMS[form])
    assert _said(article) == THREAD
    assert _body(article) == []


def test_fields_without_a_known_name_are_told_by_their_values_with_a_warning() -> None:
    article = _read({"zork": [
        {"q1": "m-1", "q2": "ida", "q3": FIRST, "q4": "2023-05-01T10:00:00Z", "q5": None},
        {"q1": "m-2", "q2": "Sven B", "q3": SECOND, "q4": "2023-05-01T10:02:00Z", "q5": "m-1"},
        {"q1": "m-3", "q2": "ida", "q3": "Only a little before.", "q4": "2023-05-02T10:02:00Z"},
    ]})  # fmt: skip
    assert _said(article)[:2] == THREAD
    assert article.comments[1].posted_at is not None
    assert any("q2" in warning and "q3" in warning for warning in article.warnings)


def test_of_two_fields_that_may_be_names_none_is_taken() -> None:
    rows = [
        {"q1": who, "q2": town, "q3": said, "q4": "2023-05-01T10:00:00Z"}
        for who, town, said in (("ida", "Oslo", FIRST), ("Sven B", "Bonn", SECOND))
    ]
    with pytest.raises(UnreadableArticleError, match="JSON Lines or CSV"):
        _read({"zork": rows})


def test_rows_of_a_table_are_never_paragraphs() -> None:
    table = "Aa;Bb;Cc\n1;2;It rains a lot here.\n2;3;No it does not.\n3;4;Sometimes it does.\n"
    with pytest.raises(UnreadableArticleError, match="known are"):
        read_text(table)


def test_lines_of_prose_with_commas_are_no_table() -> None:
    article = read_text("Red, green, blue\n\nOne, two, three\n\nHigh, low, even\n\nA, b, c")
    assert len(_body(article)) == 4


def test_the_page_around_the_comments_is_the_article() -> None:
    article = _read({
        "headline": "Market &amp; roof", "content": "<p>The roof costs more.</p>",
        "date": "2023-04-30",
        "comments": [{"user": "ida", "comment": FIRST, "timestamp": 1682935200, "likes": 3}],
    })  # fmt: skip
    assert _body(article) == ["Market & roof", "The roof costs more."]
    assert (article.comments[0].score, article.author) == (3, None)


def test_an_entry_with_a_headline_that_others_answer_is_the_article() -> None:
    article = _read([
        {"id": 1, "type": "story", "title": "Roof", "text": "It leaks.", "by": "ann"},
        {"id": 2, "type": "comment", "parent": 1, "by": "ida", "text": FIRST},
        {"id": 3, "type": "comment", "parent": 2, "by": "Sven B", "text": SECOND},
    ])  # fmt: skip
    assert (_body(article), article.author) == (["Roof", "It leaks."], "ann")
    assert _said(article) == THREAD


def test_headlines_of_reviews_make_them_no_article() -> None:
    article = _read({"title": "Kettle", "reviews": [
        {"id": 1, "title": "Good", "author": "ida", "body": FIRST},
        {"id": 2, "author": "Sven B", "body": SECOND},
    ]})  # fmt: skip
    assert [comment.author for comment in article.comments] == ["ida", "Sven B"]


def test_a_comment_at_the_root_is_not_the_article() -> None:
    article = _read({"id": 1, "comment": FIRST, "user": {"name": "ida"}, "replies": [
        {"id": 2, "comment": SECOND, "user": {"name": "Sven B"}}]})  # fmt: skip
    assert (_said(article), _body(article)) == (THREAD, [])


def test_teasers_of_articles_are_no_comments() -> None:
    teasers = [{"title": f"Roof {number}", "author": "Ann", "content": "It leaks again.",
                "publishedAt": "2023-05-01T10:00:00Z"} for number in range(3)]  # fmt: skip
    with pytest.raises(UnreadableArticleError, match="Disqus, WordPress"):
        _read({"articles": teasers})


def test_what_was_taken_away_keeps_its_place_without_words() -> None:
    article = _read([
        {"id": 1, "author": "ida", "body": FIRST, "isDeleted": True},
        {"id": 2, "author": "Sven B", "body": SECOND, "parent": 1, "status": "approved"},
        {"id": 3, "author": "[deleted]", "body": "[removed]", "parent": 2},
    ])  # fmt: skip
    assert [comment.deleted for comment in article.comments] == [True, False, True]
    assert [comment.author for comment in article.comments] == ["ida", "Sven B", None]
    assert FIRST not in article.text


def test_markup_and_entities_are_decoded_and_quotations_marked() -> None:
    article = _read([
        {"id": 1, "author": "A &amp; O", "body": "It&#39;s dear &amp; cold in there, I think."},
        {"id": 2, "author": "ida", "body": "&gt; It's dear & cold in there\n\nNo."},
    ])  # fmt: skip
    first, second = article.comments
    assert (first.author, first.text) == ("A & O", "It's dear & cold in there, I think.")
    assert second.parent == first.number
    assert second.quoted


@pytest.mark.parametrize(
    ("fields", "score"),
    [
        ({"likes": 4, "dislikes": 1}, 3),
        ({"vote_up": "2", "vote_down": "5"}, -3),
        ({"votes": "1.2K"}, 1200),
        ({"counts": {"score": -2}}, -2),
        ({"author_followers": 9}, None),
        ({"votes": "9" * 400}, None),
    ],
)
def test_scores_are_read_however_they_are_counted(fields: dict[str, Any], score: int) -> None:
    article = _read([{"id": 1, "author": "ida", "body": FIRST} | fields])
    assert article.comments[0].score == score


def test_comments_without_a_name_are_said() -> None:
    article = _read([{"id": 1, "body": FIRST, "created_at": "2023-05-01"}])
    assert article.comments[0].author is None
    assert article.warnings == ("comments whose writer the file does not name: 1",)


def test_the_same_reference_to_what_is_not_there_is_the_page() -> None:
    rows = [{"id": key, "author": "ida", "body": FIRST, "parent_id": 77} for key in (1, 2)]
    assert _read(rows).warnings == ()


_FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Comments on: Roof</title><link>https://m.example/roof/</link>
<item><link>https://m.example/roof/#comment-1</link><dc:creator>ida</dc:creator>
<pubDate>Mon, 01 May 2023 10:00:00 +0000</pubDate><description>{first}</description></item>
<item><link>https://m.example/roof/#comment-2</link><dc:creator>Sven B</dc:creator><description>
&lt;p&gt;In reply to &lt;a href="https://m.example/roof/#comment-1"&gt;ida&lt;/a&gt;.&lt;/p&gt;{second}
</description></item></channel></rss>"""


def test_a_feed_of_comments_names_its_page_and_answers() -> None:
    article = read_text(_FEED.format(first=FIRST, second=SECOND))
    assert (article.title, article.url) == ("Roof", "https://m.example/roof/")
    assert _said(article) == THREAD
    assert article.comments[0].posted_at is not None


def test_entries_that_answer_a_post_of_the_same_feed_are_its_comments() -> None:
    article = read_text(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'"
        " xmlns:thr='http://purl.org/syndication/thread/1.0'><entry><id>p</id><title>Roof</title>"
        "<content>It leaks.</content><author><name>ann</name></author></entry><entry><id>c</id>"
        f"<title>x</title><content>{FIRST}</content><author><name>ida</name></author>"
        "<thr:in-reply-to ref='p'/></entry></feed>"
    )
    assert (_body(article), article.author) == (["Roof", "It leaks."], "ann")
    assert _said(article) == THREAD[:1]


def test_a_feed_of_articles_is_refused() -> None:
    with pytest.raises(UnreadableArticleError, match="feeds of comments"):
        read_text(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>News</title><item>"
            "<title>Roof</title><link>https://m.example/1</link><description>It leaks."
            "</description></item></channel></rss>"
        )


def test_one_page_under_two_addresses_is_one_disqus_thread() -> None:
    pages = "".join(
        f'<thread dsq:id="{key}"><link>{address}</link><title>Roof</title></thread>'
        f'<post dsq:id="9{key}"><message>{said}</message><author><name>ida</name></author>'
        f'<thread dsq:id="{key}"/></post>'
        for key, address, said in (
            (1, "http://m.example/roof", FIRST),
            (2, "https://www.m.example/roof/?utm_source=feed", SECOND),
        )
    )
    article = read_text(
        '<?xml version="1.0"?><disqus xmlns="http://disqus.com"'
        f' xmlns:dsq="http://disqus.com/disqus-internals">{pages}</disqus>'
    )
    assert [comment.text for comment in article.comments] == [FIRST, SECOND]
    assert article.warnings == ()


def test_notices_of_other_sites_are_no_readers() -> None:
    comments = "".join(
        f"<wp:comment><wp:comment_id>{key}</wp:comment_id><wp:comment_author>ida"
        f"</wp:comment_author><wp:comment_content>{FIRST}</wp:comment_content>"
        f"<wp:comment_approved>1</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>"
        "</wp:comment>"
        for key, kind in enumerate(("comment", "pingback", "trackback"), start=1)
    )
    article = read_text(
        '<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/">'
        f"<channel><title>M</title><item><title>Roof</title>{comments}</item></channel></rss>"
    )
    assert len(article.comments) == 1


def test_links_and_bold_words_of_markdown_lose_their_marks() -> None:
    body = "See **the plan** and [the map](https://m.example/map) of 2 ** 3."
    article = _read([{"id": 1, "author": "ida", "body": body}])
    assert article.comments[0].text == "See the plan and the map of 2 ** 3."


def test_an_opening_post_that_calls_its_words_as_the_answers_do_is_the_article() -> None:
    article = _read({
        "topic": {"subject": "Roof", "op": {"nickname": "ann", "zork": "It leaks again."}},
        "list": [
            {"uid": "a", "sender": {"nickname": "ida"}, "zork": FIRST, "sent": "2023-05-01"},
            {"uid": "b", "sender": {"nickname": "Sven B"}, "zork": SECOND, "sent": "2023-05-02",
             "answering": "a"},
        ],
    })  # fmt: skip
    assert _body(article) == ["Roof", "It leaks again."]
    assert _said(article) == THREAD
