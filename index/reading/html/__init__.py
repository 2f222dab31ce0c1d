"""An HTML page -> an article draft: comments first, then the article from what is left."""

from index.errors import UnreadableArticleError
from index.language.page_words import vocabulary
from index.language.words import fold
from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.html.announced import announced_count, page_warnings
from index.reading.html.body import Body, read_body
from index.reading.html.container import find_records
from index.reading.html.discussion import read_discussed, read_discussion
from index.reading.html.forum import is_forum, with_first_post
from index.reading.html.outline import Outline
from index.reading.html.page import parse_page
from index.reading.html.records import read_records
from index.reading.html.region import mentions_in, take_out
from index.reading.html.structured import comment_data

_LONGEST_NOTICE = 300
_MOST_BYLINE_WORDS = 3


def draft_from_html(markup: str, *, url: str | None = None) -> ArticleDraft:
    """Return the article of a page with the comments that stand in it.

    Args:
        markup: The page, decoded.
        url: The address it came from, if known.

    Raises:
        UnreadableArticleError: There is neither an article nor a comment in the page.
    """
    tree = parse_page(markup)
    outline = Outline(tree, vocabulary())
    data = comment_data(tree)
    announced = data.announced if data.announced is not None else announced_count(outline)
    discussion = read_discussion(tree, markup)
    if discussion is not None:
        comments = discussion.comments
    else:
        found = find_records(outline)
        mentions = mentions_in(outline, found)
        gone = {inside for mention in mentions for inside in mention.iter()}
        records = [record for record in found if record not in gone]
        if announced is not None and announced >= len(found):
            announced -= len(found) - len(records)
        comments = read_records(outline, records)
        if len(data.comments) > len(comments):
            comments = data.comments
        before = outline.free[outline.position[records[0]]] if records else 0
        if _is_byline(comments, characters_before=before):
            records, comments = [], ()
    warnings = page_warnings(outline, announced=announced, found=len(comments))
    if discussion is not None:
        body = read_discussed(tree, discussion, url=url)
    else:
        take_out(outline, records, mentions)
        body = read_body(tree, url=url)
        if is_forum(tree, url):
            body, comments = with_first_post(body, comments, characters_before=before)
    _refuse_wordless(body, comments)
    return ArticleDraft(
        title=body.title,
        paragraphs=body.paragraphs,
        comments=comments,
        language=body.language,
        outlet=body.outlet,
        author=body.author,
        url=body.url,
        published_at=body.published_at,
        reported_comment_count=announced,
        warnings=warnings,
    )


def _is_byline(comments: tuple[CommentDraft, ...], *, characters_before: int) -> bool:
    """Whether what looks like the only comment is the line above an article: "By Ada on 3 May".

    Without its name and its date hardly a word is left of it, and no article stands above it.
    """
    return (
        len(comments) == 1
        and characters_before < _LONGEST_NOTICE
        and len((comments[0].text or "").split()) <= _MOST_BYLINE_WORDS
    )


def _refuse_wordless(body: Body, comments: tuple[CommentDraft, ...]) -> None:
    if comments:
        return
    text = " ".join(paragraph.text for paragraph in body.paragraphs)
    if not text:
        raise UnreadableArticleError("this page holds no article: no running text was found in it")
    if len(text) <= _LONGEST_NOTICE and vocabulary().script.search(fold(text)):
        raise UnreadableArticleError(
            "this page shows its text by a script only; save it from a browser once it is shown"
        )
