"""What changed between two versions of an article."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.library.changes import Changes, compare
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft

PARAGRAPHS = (
    "The harbour of Lindau closes on 3 May, the council decided on Friday.",
    "Two hundred people work there, most of them for the ferries to the islands.",
    "“We had no choice,” said the mayor of the town, Jonas Lund.",
)
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
COMMENTS = (
    CommentDraft(text="It was never profitable.", author="Ines", posted_at=NOON, key="1"),
    CommentDraft(text="It was, in 2019.", author="Tomas", posted_at=NOON, key="2", parent_key="1"),
    CommentDraft(text="Good riddance to that noise.", author=None, key="3"),
)


def article(
    *paragraphs: str, comments: tuple[CommentDraft, ...] = COMMENTS, title: str = "Harbour to close"
) -> Article:
    draft = ArticleDraft(
        title=title,
        paragraphs=tuple(ParagraphDraft(text=text) for text in paragraphs or PARAGRAPHS),
        comments=comments,
        language="en",
    )
    return build_article(draft, source_key="https://lindau.example/harbour")


def test_the_same_article_has_no_changes() -> None:
    changes = compare(article(), article())
    assert not changes
    assert changes == Changes()
    assert changes.summary() == "nothing changed"


def test_a_new_paragraph_in_the_middle_is_the_only_new_one() -> None:
    new = article(PARAGRAPHS[0], "The ferries will leave from Arnholm instead.", *PARAGRAPHS[1:])
    changes = compare(article(), new)
    assert [passage.text for passage in changes.passages_added] == [
        "The ferries will leave from Arnholm instead."
    ]
    assert not changes.passages_removed
    assert not changes.passages_edited
    assert changes.summary() == "1 passage new"


def test_an_edited_paragraph_is_shown_with_both_wordings_and_its_numbers() -> None:
    edited = PARAGRAPHS[0].replace("3 May", "17 May")
    changes = compare(article(), article(edited, *PARAGRAPHS[1:]))
    (pair,) = changes.passages_edited
    assert (pair.old_text, pair.new_text) == (PARAGRAPHS[0], edited)
    assert (pair.old_label, pair.new_label) == ("A1", "A1")
    assert (changes.numbers_removed, changes.numbers_added) == (("3",), ("17",))


def test_a_changed_quotation_is_one_gone_and_one_new() -> None:
    new = article(*PARAGRAPHS[:2], PARAGRAPHS[2].replace("no choice", "little choice"))
    changes = compare(article(), new)
    assert changes.quotations_removed == ("We had no choice,",)
    assert changes.quotations_added == ("We had little choice,",)


def test_a_vanished_paragraph_and_a_new_title_are_named() -> None:
    changes = compare(article(), article(*PARAGRAPHS[:2], title="Harbour stays"))
    assert changes.title_changed
    assert [passage.text for passage in changes.passages_removed] == [PARAGRAPHS[2]]


def test_new_comments_are_found_although_all_numbers_moved() -> None:
    first = CommentDraft(text="First of all, hello.", author="Lena", key="0")
    changes = compare(article(), article(comments=(first, *COMMENTS)))
    assert [comment.author for comment in changes.comments_added] == ["Lena"]
    assert not changes.comments_removed
    assert not changes.comments_edited


def test_an_edited_comment_is_known_by_author_and_time() -> None:
    edited = replace(COMMENTS[1], text="No profit ever, I was wrong about that year.")
    (pair,) = compare(article(), article(comments=(COMMENTS[0], edited))).comments_edited
    assert (pair.author, pair.old_text, pair.new_text) == ("Tomas", COMMENTS[1].text, edited.text)
    assert not pair.deleted


def test_a_comment_of_which_only_the_place_is_left_was_deleted() -> None:
    gone = CommentDraft(text=None, deleted=True, key="2", parent_key="1")
    changes = compare(article(), article(comments=(COMMENTS[0], gone, COMMENTS[2])))
    (pair,) = changes.comments_edited
    assert (pair.deleted, pair.old_number, pair.new_number, pair.new_text) == (
        True,
        "1.1",
        "1.1",
        None,
    )
    assert not changes.comments_removed


def test_one_of_two_equal_anonymous_comments_can_vanish() -> None:
    twice = (COMMENTS[2], replace(COMMENTS[2], key="4"))
    changes = compare(article(comments=twice), article(comments=twice[:1]))
    assert len(changes.comments_removed) == 1
    assert not changes.comments_added


_TEXT = st.text(alphabet="abc d.“”1", min_size=1, max_size=30).filter(str.strip)


@settings(max_examples=40, deadline=None)
@given(old=st.lists(_TEXT, min_size=1, max_size=6), new=st.lists(_TEXT, min_size=1, max_size=6))
def test_added_passages_are_of_the_new_version_and_removed_ones_of_the_old(
    old: list[str], new: list[str]
) -> None:
    words = "Some words that are always there."
    before, after = article(words, *old), article(words, *new)
    changes = compare(before, after)
    assert set(changes.passages_added) <= set(after.passages)
    assert set(changes.passages_removed) <= set(before.passages)
    moved = len(changes.passages_added) - len(changes.passages_removed)
    assert moved == len(tuple(after.body())) - len(tuple(before.body()))
    assert not compare(after, after)
