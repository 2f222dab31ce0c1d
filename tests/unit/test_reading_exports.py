"""Comment exports: who, when, in answer to whom, in which words; what was deleted."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ArticleError, UnreadableArticleError
from index.reading import read_articles
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft
from index.reading.exports import drafts_in, export_files

OWN = Path(__file__).parent.parent / "data" / "exports"


def draft_from_export(text: str, article: ArticleDraft | None = None) -> tuple[ArticleDraft, ...]:
    found = drafts_in(text, article=article)
    if found is None:
        raise UnreadableArticleError("this is no export")
    return found


def drafts(name: str) -> tuple[ArticleDraft, ...]:
    return draft_from_export((OWN / name).read_text("utf-8"))


def tree(draft: ArticleDraft) -> list[tuple[str | None, str | None]]:
    return [(comment.key, comment.parent_key) for comment in draft.comments]


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type]


def test_disqus_gives_author_time_parent_and_text() -> None:
    harbour = drafts("disqus.xml")[0]
    assert harbour.title == "Harbour to close in May"
    assert harbour.url == "https://lindau.example/harbour"
    assert tree(harbour) == [("100", None), ("101", "100"), ("102", "101"), ("103", None)]
    first, second = harbour.comments[:2]
    assert first.text == "The harbour was never profitable.\n\nAsk the council."
    assert (first.author, first.posted_at) == ("Ines Morel", at(2024, 3, 1, 9, 15))
    assert second.quoted == ("The harbour was never profitable.",)
    assert second.text is not None
    assert second.text.endswith("It was, in 2019.")


def test_disqus_marks_deleted_spam_and_deleted_pages() -> None:
    harbour, bridge = drafts("disqus.xml")
    assert [comment.deleted for comment in harbour.comments] == [False, False, True, True]
    assert all(comment.text is None for comment in harbour.comments if comment.deleted)
    assert [comment.deleted for comment in bridge.comments] == [True]
    assert bridge.warnings


def test_wordpress_holds_the_article_too() -> None:
    (harbour,) = drafts("wordpress.xml")
    assert harbour.author == "Mara Holt"
    assert harbour.outlet == "Lindau Courier"
    assert harbour.published_at == at(2024, 3, 1, 8)
    assert [paragraph.kind for paragraph in harbour.paragraphs] == [
        "paragraph",
        "quotation",
        "paragraph",
    ]


def test_wordpress_comments_keep_lines_times_and_parents() -> None:
    (harbour,) = drafts("wordpress.xml")
    first, second, spam = harbour.comments
    assert first.text == "First line.\nSecond line."
    assert first.posted_at == at(2024, 3, 1, 9, 15)
    assert first.posted_at_text == "2024-03-01 10:15:00"
    assert (second.parent_key, second.posted_at) == ("1", at(2024, 3, 1, 11))
    assert spam.deleted
    assert spam.parent_key is None
    assert any("does not hold" in warning for warning in harbour.warnings)


def test_commento_is_parted_by_page() -> None:
    harbour, bridge = drafts("commento.json")
    assert harbour.url == "https://lindau.example/harbour"
    assert tree(harbour) == [("aa1", None), ("aa2", "aa1"), ("aa3", "aa2")]
    first, anonymous, deleted = harbour.comments
    assert (first.author, first.score, first.quoted) == ("Ines Morel", 4, ("It closes.",))
    assert (anonymous.author, anonymous.text, anonymous.score) == (None, "Why not?", -1)
    assert deleted.deleted
    assert [comment.text for comment in bridge.comments] == ["Nice bridge."]


def test_a_remark42_backup_is_read_line_by_line() -> None:
    (harbour,) = drafts("remark42.jsonl")
    assert harbour.title == "Harbour to close in May"
    assert tree(harbour) == [("r1", None), ("r2", "r1"), ("r3", "r1")]
    assert harbour.comments[0].posted_at == at(2024, 3, 1, 9, 15)
    assert harbour.comments[1].quoted == ("too early",)
    assert harbour.comments[2].deleted


def test_the_answer_of_an_isso_server_is_a_tree() -> None:
    (thread,) = drafts("isso.json")
    assert tree(thread) == [("1", None), ("2", "1"), ("3", "1")]
    assert [comment.score for comment in thread.comments] == [2, 0, 0]
    assert [comment.deleted for comment in thread.comments] == [False, False, True]
    assert thread.comments[0].posted_at == at(2024, 3, 1, 9, 15)


def test_hacker_news_keeps_replies_to_deleted_items() -> None:
    (story,) = drafts("hackernews.json")
    assert story.url == "https://lindau.example/harbour"
    assert tree(story) == [("901", None), ("902", "901"), ("903", "902"), ("904", None)]
    assert [comment.deleted for comment in story.comments] == [False, True, False, False]
    assert story.comments[0].text == 'It was never profitable.\n\nAsk "the council".'


def test_reddit_says_what_it_left_out() -> None:
    (submission,) = drafts("reddit.json")
    assert submission.url == "https://www.reddit.com/r/lindau/comments/sub1/harbour/"
    assert [paragraph.text for paragraph in submission.paragraphs] == [
        "It closes on 3 May.",
        "What now?",
    ]
    assert tree(submission) == [("t1_a", None), ("t1_b", "t1_a"), ("t1_c", "t1_b")]
    assert submission.comments[0].quoted == ("It closes on 3 May.",)
    assert submission.comments[1].deleted
    assert submission.comments[1].author is None
    assert submission.comments[2].score == -2
    assert submission.reported_comment_count == 6
    assert any("left out of the file: 3" in warning for warning in submission.warnings)


def test_a_note_of_the_fediverse_is_the_article_and_its_replies_the_comments() -> None:
    def note(number: int, who: str, to: int | None, **more: object) -> dict[str, object]:
        address = "https://social.example/users"
        return {
            "type": "Note",
            "id": f"{address}/{number}",
            "attributedTo": f"{address}/{who}",
            "inReplyTo": to and f"{address}/{to}",
            "content": f"<p>Words of {who}.</p>",
            "published": "2026-03-01T08:00:00Z",
        } | more

    below = {
        "type": "Collection",
        "items": [note(3, "tomas", 2), note(4, "ada", 2, type="Tombstone")],
    }
    replies = {"type": "Collection", "first": {"items": [note(2, "ines", 1, replies=below)]}}
    (draft,) = draft_from_export(json.dumps(note(1, "courier", None, replies=replies)))
    assert (draft.author, [p.text for p in draft.paragraphs]) == ("courier", ["Words of courier."])
    told = [(comment.author, comment.deleted) for comment in draft.comments]
    assert told[:2] == [("ines", False), ("tomas", False)]
    assert draft.comments[1].parent_key == draft.comments[0].key
    assert [deleted for _, deleted in told[2:]] == [True]


def test_the_first_post_of_a_discourse_topic_is_the_article() -> None:
    (topic,) = drafts("discourse.json")
    assert topic.author == "Mara Holt"
    assert [paragraph.text for paragraph in topic.paragraphs] == [
        "It closes on 3 May.",
        "What now?",
    ]
    assert tree(topic) == [("2", None), ("3", "2"), ("5", "3")]
    ines = topic.comments[0]
    assert (ines.author, ines.score, ines.quoted) == ("ines", 7, ("It closes on 3 May.",))
    assert ines.text == "It closes on 3 May.\n\nIt will not."
    assert topic.comments[2].deleted


def test_a_separate_article_takes_the_comments_of_its_page() -> None:
    article = ArticleDraft(
        title="Another title",
        paragraphs=(ParagraphDraft(text="The bridge is old."),),
        url="http://www.lindau.example/bridge/",
    )
    export = (OWN / "commento.json").read_text("utf-8")
    (joined,) = draft_from_export(export, article=article)
    assert joined.paragraphs == article.paragraphs
    assert [comment.text for comment in joined.comments] == ["Nice bridge."]


@pytest.mark.parametrize(
    "known",
    [{"url": "https://lindau.example/bridge"}, {"title": "harbour to close in may"}],
    ids=["address", "title"],
)
def test_the_page_of_an_article_is_told_by_its_address_or_title(known: dict[str, str]) -> None:
    export = (OWN / "disqus.xml").read_text("utf-8")
    article = ArticleDraft(title=None, paragraphs=(ParagraphDraft(text="It is old."),))
    (joined,) = draft_from_export(export, article=replace(article, **known))
    assert joined.comments == drafts("disqus.xml")["url" in known].comments
    with pytest.raises(UnreadableArticleError, match=r"lindau\.example/harbour"):
        draft_from_export(export, article=replace(article, title="nothing of the kind"))


def test_a_folder_or_a_pattern_stands_for_its_exports() -> None:
    assert len(export_files(OWN)) == 8
    assert [file.name for file in export_files(OWN / "re*.json")] == ["reddit.json"]
    with pytest.raises(UnreadableArticleError):
        export_files(OWN / "nothing*.xml")


def test_all_pages_of_a_folder_of_exports_become_articles() -> None:
    articles = read_articles(OWN)
    assert len(articles) == 10
    # The Disqus and the WordPress file, among others, speak of the same page.
    assert len({article.id for article in articles}) < 10
    numbers = {c.number for article in articles for c in article.comments}
    assert {"1", "1.1", "1.1.1", "2"} <= numbers


def test_circles_and_repeated_keys_do_not_lose_a_comment() -> None:
    comment = {"locator": {"url": "u"}, "text": "w", "user": {"name": "n"}, "time": ""}
    loop = [comment | {"id": "1", "pid": "2"}, comment | {"id": "2", "pid": "1"}]
    (draft,) = draft_from_export(json.dumps([*loop, comment | {"id": "2", "pid": ""}]))
    assert len(draft.comments) == 3
    assert len({entry.key for entry in draft.comments}) == 3
    assert [entry.parent_key for entry in draft.comments].count(None) >= 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]><disqus>&a;</disqus>', "entities"),
        ('<!DOCTYPE disqus SYSTEM "http://x.example/d.dtd"><disqus><p></disqus>', "entities"),
        ("<disqus>" + "<post>" * 300 + "</post>" * 300 + "</disqus>", "deeper"),
        ("<<<", "not valid XML"),
        ('{"comments": [NaN]}', "not valid JSON"),
        ("[" * 200_000, "too deep"),
        ('{"comments": [], "x": ' + "9" * 10_000 + "}", "not valid JSON"),
        ('{"kind": "Listing", "data": {"children": []}}', "no comments"),
    ],
)
def test_a_bad_export_is_refused_in_one_sentence(text: str, problem: str) -> None:
    with pytest.raises(UnreadableArticleError, match=problem) as refusal:
        draft_from_export(text)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", ["<unknown/>", "plain words", '{"text": "It rains."}'])
def test_what_is_no_export_is_none(text: str) -> None:
    assert drafts_in(text) is None


def test_ten_thousand_comments_are_read() -> None:
    thing = {"kind": "t1", "data": {"author": "a", "body": "words " * 20, "parent_id": "t3_x"}}
    things = [
        {"kind": "t1", "data": thing["data"] | {"name": f"t1_{number}"}} for number in range(10_000)
    ]
    (draft,) = draft_from_export(json.dumps({"kind": "Listing", "data": {"children": things}}))
    assert len(draft.comments) == 10_000


_ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from(sorted(file.name for file in OWN.iterdir())),
    cut=st.integers(0, 4_000),
    width=st.integers(0, 40),
    put=st.text(max_size=10),
)
def test_a_damaged_export_gives_our_own_errors_only(
    name: str, cut: int, width: int, put: str
) -> None:
    text = (OWN / name).read_text("utf-8")
    try:
        found = draft_from_export(text[:cut] + put + text[cut + width :])
    except ArticleError:
        return
    for draft in found:
        keys = {comment.key for comment in draft.comments}
        assert all(c.parent_key is None or c.parent_key in keys for c in draft.comments)
        assert all(part in (c.text or "") for c in draft.comments for part in c.quoted)


@settings(max_examples=60, deadline=None)
@given(
    shape=st.sampled_from(
        [
            lambda any_: {"comments": [{"commentHex": any_, "markdown": any_, "url": any_}]},
            lambda any_: [{"id": any_, "pid": any_, "locator": {"url": any_}, "text": any_}],
            lambda any_: {"total_replies": 1, "replies": [{"id": any_, "created": any_}, any_]},
            lambda any_: {"created_at_i": 1, "children": [{"id": any_, "text": any_}, any_]},
            lambda any_: {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": any_}]}},
            lambda any_: {"post_stream": {"posts": [{"post_number": any_, "cooked": any_}, any_]}},
        ]
    ),
    any_=_ANY_JSON,
)
def test_fields_of_any_kind_are_survived(shape: object, any_: object) -> None:
    try:
        draft_from_export(json.dumps(shape(any_)))  # type: ignore[operator]
    except ArticleError:
        return


def _one(shared_data: Path, name: str) -> tuple[ArticleDraft, ...]:
    return draft_from_export((shared_data / "data" / "comment_exports" / name).read_text("utf-8"))


def _facts(comment: CommentDraft) -> tuple[str | None, str | None, bool]:
    return comment.key, comment.parent_key, comment.deleted


def test_real_disqus_files_are_read_whole(shared_data: Path) -> None:
    hello, unnamed, orphans = _one(shared_data, "isso/disqus.xml")
    assert [_facts(comment) for comment in hello.comments] == [
        ("4", None, False),
        ("5", "4", False),
        ("9", None, True),
        ("11", "9", False),
    ]
    assert all(comment.author and comment.posted_at for comment in hello.comments)
    assert len(unnamed.comments) == len(orphans.comments) == 1


def test_a_real_disqus_file_that_ends_in_faults_is_read(shared_data: Path) -> None:
    base = "remark42/migrator/testdata"
    whole = _one(shared_data, f"{base}/disqus.xml")
    assert sum(len(draft.comments) for draft in whole) == 6
    post = _one(shared_data, f"{base}/disqus-deleted-post.xml")
    assert [c.deleted for d in post for c in d.comments if c.key == "299619020"] == [True]
    page = _one(shared_data, f"{base}/disqus-deleted-thread.xml")
    assert all(c.deleted for d in page if "podcast" in (d.url or "") for c in d.comments)


def test_a_real_wordpress_tree_is_exact(shared_data: Path) -> None:
    hello = _one(shared_data, "isso/wordpress.xml")[0]
    assert [(c.key, c.parent_key) for c in hello.comments] == [
        ("2", None),
        ("6", None),
        ("7", "6"),
        ("8", "7"),
        ("9", "7"),
        ("10", None),
        ("11", None),
    ]
    assert all(comment.author and comment.text and comment.posted_at for comment in hello.comments)
    assert hello.comments[5].text is not None
    assert hello.comments[5].text.count("\n") == 1


def test_real_remark42_trees_are_exact(shared_data: Path) -> None:
    base = "remark42/store/service/testdata"
    (whole,) = _one(shared_data, f"{base}/tree.json")
    for comment in whole.comments:
        assert comment.parent_key == ((comment.key or "")[:-1] or None)
    (bench,) = _one(shared_data, f"{base}/tree_bench.json")
    known = {comment.key for comment in bench.comments}
    assert all(c.parent_key in known for c in bench.comments if c.parent_key is not None)


def test_a_real_commento_file_is_parted_by_page(shared_data: Path) -> None:
    second, first = _one(shared_data, "remark42/migrator/testdata/commento.json")
    assert [comment.author for comment in second.comments] == [None]
    assert first.comments[1].parent_key == first.comments[0].key
    assert all(comment.author for comment in first.comments)


def test_a_real_isso_file_has_readable_titles(shared_data: Path) -> None:
    for thread in _one(shared_data, "isso/generic.json"):
        assert thread.title
        assert " " in thread.title
        assert not set("+%") & set(thread.title)
        assert all(comment.author and comment.posted_at for comment in thread.comments)
