import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article_json import article_from_json, article_to_json
from index.errors import UnreadableArticleError
from index.reading import read_text
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft

WORDS = st.text(st.characters(codec="utf-8"), max_size=80)
COMMENTS = st.builds(
    CommentDraft,
    text=st.none() | WORDS,
    depth=st.integers(0, 4),
    author=st.none() | WORDS,
    posted_at=st.none() | st.datetimes(timezones=st.timezones()),
    posted_at_text=st.none() | WORDS,
    score=st.none() | st.integers(-99, 99),
    deleted=st.booleans(),
)
DRAFTS = st.builds(
    ArticleDraft,
    title=st.none() | WORDS,
    paragraphs=st.lists(
        st.builds(ParagraphDraft, text=WORDS, kind=st.sampled_from(["paragraph", "quotation"])),
        max_size=5,
    ).map(lambda paragraphs: (ParagraphDraft(text="The old bridge is closed."), *paragraphs)),
    comments=st.lists(COMMENTS, max_size=6).map(tuple),
    author=st.none() | WORDS,
)


@settings(max_examples=60)
@given(DRAFTS)
def test_an_article_comes_back_from_its_json_as_it_was(draft: ArticleDraft) -> None:
    article = build_article(draft, source_key="key")
    shown = json.loads(json.dumps({"article": article_to_json(article)}))
    assert article_from_json(shown["article"]) == article
    assert read_text(json.dumps(shown)) == article


@settings(max_examples=60)
@given(DRAFTS)
def test_every_span_holds_its_words(draft: ArticleDraft) -> None:
    article = build_article(draft, source_key="key")
    assert all(article.text[p.start : p.end] == p.text for p in article.passages)
    for comment in article.comments:
        if comment.start is not None:
            assert article.text[comment.start : comment.end] == comment.text
            assert article.passage(comment.label).start == comment.start
        assert comment.deleted == (comment.text is None)
    covered = "".join("".join(passage.text.split()) for passage in article.passages)
    assert covered == "".join(article.text.split())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": "Other words altogether"}, "does not hold the words"),
        ({"passages": []}, "no passages"),
        ({"id": "../../etc"}, "letters and digits"),
        ({"comments": [{"number": "1"}]}, "is missing"),
        ({"published_at": "yesterday"}, "published_at"),
    ],
)
def test_a_record_that_was_tampered_with_is_refused(
    change: dict[str, object], message: str
) -> None:
    draft = ArticleDraft(title="Bridge", paragraphs=(ParagraphDraft(text="It is closed now."),))
    record = article_to_json(build_article(draft, source_key="key")) | change
    with pytest.raises(UnreadableArticleError, match=message):
        article_from_json(record)
