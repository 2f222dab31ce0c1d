from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.errors import UnreadableArticleError
from index.reading.building import build_article
from index.reading.cleaning import clean
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft
from index.reading.pasted.numbering import DEEPEST_REPLY, number_comments

BODY = (
    "On Tuesday the fishermen of Northwick sent an urgent appeal to Mayor Paul Orm, asking him to"
    " reopen the old bridge before winter.",
    "Some harbour engineers suspect that the bridge will not survive the spring floods and will"
    " fall into the river near the mill.",
)


def _article(*comments: CommentDraft, body: tuple[str, ...] = BODY) -> Article:
    paragraphs = tuple(ParagraphDraft(text=text) for text in body)
    return build_article(
        ArticleDraft(title="The bridge", paragraphs=paragraphs, comments=comments), source_key="k"
    )


def _own(article: Article, number: str) -> str:
    spans = article.comment(number).own_spans()
    return " ".join(article.text[start:end].strip() for start, end in spans).strip()


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


def test_invisible_signs_are_taken_out_and_counted_but_emoji_stay_whole() -> None:
    article = _article(CommentDraft(text="A\u200b fam\u202eily 👩\u200d👧 ok\U000e0041\ud800"))
    assert article.comment("1").text == "A family 👩\u200d👧 ok"
    assert article.warnings == ("4 invisible or control characters were removed",)


def test_the_text_is_title_body_and_comments_parted_by_blank_lines() -> None:
    article = _article(CommentDraft(text="Well,\r\n\r\n\r\nno."), body=("One  more.\u00a0 Word",))
    assert article.text == "The bridge\n\nOne more. Word\n\nWell,\n\nno."
    assert [passage.label for passage in article.passages] == ["A0", "A1", "C1"]


def test_a_deleted_comment_keeps_its_number_and_has_no_passage() -> None:
    article = _article(CommentDraft(text="a b c"), CommentDraft(text=None, depth=1, deleted=True))
    assert [comment.number for comment in article.comments] == ["1", "1.1"]
    assert article.comment("1.1").deleted
    assert "C1.1" not in {passage.label for passage in article.passages}


def test_a_quotation_and_the_line_that_attributes_it_are_one_passage() -> None:
    article = _article(
        body=("The harbour is ours and stays ours", "- said Mayor Orm.", "Then he left the room.")
    )
    assert [passage.kind for passage in article.body()] == ["title", "quotation", "paragraph"]
    assert article.passage("A1").text == "The harbour is ours and stays ours\n- said Mayor Orm."


def test_an_introducing_line_belongs_to_the_quotation_after_it() -> None:
    article = _article(body=("Mayor Orm said:", "“The harbour is ours.”", "Then he left."))
    assert [passage.kind for passage in article.body()] == ["title", "quotation", "paragraph"]


def test_lines_of_a_dialogue_or_list_are_no_attributions() -> None:
    article = _article(body=("These are the plans of the city:", "- a new bridge", "- two ferries"))
    assert {passage.kind for passage in article.body()} == {"title", "paragraph"}


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("... the fishermen of Northwick sent a pressing appeal to the mayor ...\n", "A1"),
        ("the bridge will not survive the spring floods and will fall into the river\n\n", "A2"),
        ("Several harbour engineers suspect\n\n", "A2"),
        ("“the fishermen of Northwick sent an urgent appeal to Mayor Paul Orm” ", "A1"),
    ],
)
def test_words_repeated_from_the_article_are_traced_to_their_passage(
    quote: str, passage: str
) -> None:
    article = _article(CommentDraft(text=f"{quote}Do they dream at night?"))
    assert article.comment("1").quotes == (passage,)
    assert _own(article, "1") == "Do they dream at night?"


def test_words_repeated_from_an_earlier_comment_are_traced_to_it() -> None:
    article = _article(
        CommentDraft(text="The ferry company pays for all these campaigns."),
        CommentDraft(text="The ferry company pays for all these\n\nProof?", depth=1),
    )
    assert article.comment("1.1").quotes == ("C1",)
    assert _own(article, "1.1") == "Proof?"


def test_words_that_the_page_marks_are_quoted_even_if_their_origin_is_unknown() -> None:
    article = _article(CommentDraft(text="Cats rule.\nNo.", quoted=("Cats rule.",)))
    (words,) = article.comment("1").quoted
    assert (article.text[words.start : words.end], words.passage) == ("Cats rule.", None)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will survive the spring floods\n\nI am sure of it.",
        "Will the bridge not survive the spring floods?\n\nI am not sure.",
        "Harbour engineers!\n\nThey know nothing.",
        "The mayor is a liar\n\nHe has no plan.",
        "I live near the mill and the bridge has been falling for years.\nNobody cares.",
        "The fishermen of Northwick are right about the mayor and about this winter\n\nI agree.",
        "the bridge will not survive the spring floods and will fall into the river",
    ],
)
def test_the_commenters_own_words_are_never_taken_for_a_quotation(text: str) -> None:
    assert _article(CommentDraft(text=text)).comment("1").quoted == ()


def test_copies_of_a_comment_do_not_quote_each_other() -> None:
    text = "The ferry company pays for all these campaigns.\nShame on them."
    article = _article(*(CommentDraft(text=text, author=name) for name in "abc"))
    assert not any(comment.quoted for comment in article.comments)


def test_keys_decide_the_nesting_and_survive_cycles_and_orphans() -> None:
    drafts = [
        CommentDraft(text="b", key="2", parent_key="1"),
        CommentDraft(text="a", key="1"),
        CommentDraft(text="orphan", key="9", parent_key="77"),
        CommentDraft(text="x", key="3", parent_key="4"),
        CommentDraft(text="y", key="4", parent_key="3"),
        CommentDraft(text="self", key="5", parent_key="5"),
    ]
    numbered = {comment.draft.text: comment.number for comment in number_comments(drafts)}
    assert numbered == {"a": "1", "b": "1.1", "orphan": "2", "self": "3", "x": "4", "y": "4.1"}


@given(st.lists(st.integers(0, 60), max_size=80))
def test_every_comment_gets_one_number_under_its_parent(depths: list[int]) -> None:
    numbered = number_comments([CommentDraft(text="x", depth=depth) for depth in depths])
    numbers = [comment.number for comment in numbered]
    assert len(set(numbers)) == len(depths)
    for comment in numbered:
        assert comment.number.count(".") < DEEPEST_REPLY
        assert comment.parent == (comment.number.rpartition(".")[0] or None)
        assert comment.parent is None or comment.parent in numbers


def test_the_version_follows_the_content_and_the_id_the_source() -> None:
    one, other = _article(), _article(CommentDraft(text="New words."))
    assert one.id == other.id
    assert one.version != other.version
    assert one.version == _article().version


@pytest.mark.parametrize("text", ["", "12:30", "…"])
def test_a_draft_without_words_is_refused(text: str) -> None:
    draft = ArticleDraft(title=None, paragraphs=(ParagraphDraft(text=text),))
    with pytest.raises(UnreadableArticleError, match="no words"):
        build_article(draft, source_key="k")


def test_facts_of_the_page_become_one_line_each() -> None:
    at = datetime(2021, 3, 12, tzinfo=UTC)
    draft = ArticleDraft(
        title=" The\nbridge ",
        paragraphs=(ParagraphDraft(text=BODY[0]),),
        author=" Ann\n Fields ",
        language="en-GB",
        published_at=at,
    )
    article = build_article(draft, source_key="k")
    assert (article.title, article.author, article.language, article.published_at) == (
        "The bridge",
        "Ann Fields",
        "en",
        at,
    )


@pytest.mark.parametrize("name", ["Guest", "anonyme", "Гость", "[deleted]", " "])
def test_what_pages_write_for_nobody_is_no_author(name: str) -> None:
    assert _article(CommentDraft(text="Well, no.", author=name)).comment("1").author is None
