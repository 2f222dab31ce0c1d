"""Threads that cannot be what several readers wrote: mended, or left out with a warning."""

from index.article import Article
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft

WORDS = ("It was never cheap.", "It was, in 2019.", "The roof is new.", "So are the prices.")


def _built(*comments: CommentDraft) -> Article:
    body = (ParagraphDraft(text="The market gets a new roof."),)
    return build_article(
        ArticleDraft(title="Roof", paragraphs=body, comments=comments), source_key="t"
    )


def test_counters_are_no_comments_and_a_warning_says_so() -> None:
    article = _built(*(CommentDraft(text=f"#{n}", author=f"reader {n}") for n in range(1, 4)))
    assert article.comments == ()
    assert "#1" not in article.text
    assert any("left out" in warning for warning in article.warnings)


def test_a_name_over_a_counter_is_that_of_the_words_below_it() -> None:
    cells = [
        comment
        for number, words in enumerate(WORDS)
        for comment in (
            CommentDraft(text=f"{number + 3}204", author=f"reader {number}"),
            CommentDraft(text=words),
        )
    ]
    article = _built(*cells)
    assert [comment.text for comment in article.comments] == list(WORDS)
    assert [comment.author for comment in article.comments] == [f"reader {n}" for n in range(4)]


def test_words_among_counters_stay_and_nobody_is_named_for_them() -> None:
    article = _built(
        CommentDraft(text=WORDS[0]), *(CommentDraft(text=f"#{n}", author="b") for n in range(3))
    )
    assert [(comment.text, comment.author) for comment in article.comments] == [(WORDS[0], None)]
    assert any("left out" in warning for warning in article.warnings)


def test_a_line_that_stands_before_every_comment_is_left_out_with_a_warning() -> None:
    article = _built(
        *(
            CommentDraft(text=f"[–] {n} points\n\n{words}", author=f"reader {n}")
            for n, words in enumerate(WORDS)
        )
    )
    assert [comment.text for comment in article.comments] == list(WORDS)
    assert any("[–] 0 points" in warning for warning in article.warnings)


def test_nobody_is_named_where_all_would_bear_one_name() -> None:
    article = _built(*(CommentDraft(text=words, author="Posted") for words in WORDS * 2))
    assert [comment.author for comment in article.comments] == [None] * 8
    assert any("Posted" in warning for warning in article.warnings)


def test_two_who_talk_keep_their_names_and_words() -> None:
    article = _built(
        *(CommentDraft(text=words, author=("ida", "sven")[n % 2]) for n, words in enumerate(WORDS))
    )
    assert {comment.author for comment in article.comments} == {"ida", "sven"}
    assert article.warnings == ()


def test_a_date_is_no_part_of_a_name() -> None:
    article = _built(CommentDraft(text=WORDS[0], author="Ada Lund, 3 May 2021"))
    assert article.comments[0].author == "Ada Lund"
    assert article.comments[0].posted_at is not None
