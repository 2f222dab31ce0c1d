"""Answers about the thread itself: how many comments, which is best rated, who replied."""

from collections.abc import Callable, Sequence

from assistant.extractive.composing import Composer, Draft
from assistant.question import Question
from index.article import Comment


def comment_count(question: Question, composer: Composer) -> Draft:
    """Answer how many comments there are; deleted ones are counted apart."""
    comments: Sequence[Comment] = composer.article.comments
    if question.author is not None:
        comments = [comment for comment in comments if comment.author == question.author]
    elif any(term.text[0].isdigit() for term in question.terms):
        composer.say("not_in_article")  # a day or a score: not counted by it
        return composer.finish("not_in_article")
    deleted = [comment.number for comment in comments if comment.deleted]
    composer.say("comment_count", count=len(comments) - len(deleted))
    if deleted:
        composer.say("comment_count_deleted", deleted=len(deleted), numbers=_listed(deleted))
    return composer.finish()


def comment_deleted(question: Question, composer: Composer) -> Draft:
    """Answer which comments were deleted."""
    deleted = [comment.number for comment in composer.article.comments if comment.deleted]
    if deleted:
        composer.say("comment_deleted", numbers=_listed(deleted))
    else:
        composer.say("none_deleted")
    return composer.finish()


def comment_best(question: Question, composer: Composer) -> Draft:
    """Quote the comment with the highest score."""
    return _extreme_score(composer, max, frame="comment_best")


def comment_worst(question: Question, composer: Composer) -> Draft:
    """Quote the comment with the lowest score."""
    return _extreme_score(composer, min, frame="comment_worst")


def comment_first(question: Question, composer: Composer) -> Draft:
    """Quote the oldest comment, the first of the page where dates are missing."""
    return _one(composer, _by_time(composer), position=0, frame="comment_first")


def comment_last(question: Question, composer: Composer) -> Draft:
    """Quote the newest comment, the last of the page where dates are missing."""
    return _one(composer, _by_time(composer), position=-1, frame="comment_last")


def comment_replies(question: Question, composer: Composer) -> Draft:
    """Quote the replies to a comment, or to the comments of an author."""
    asked = _asked_comments(question, composer)
    if not asked:
        return _no_such_comment(question, composer)
    for comment in asked:
        replies = [r for r in composer.article.replies(comment.number) if not r.deleted]
        if not replies:
            composer.say("no_replies", number=comment.number)
            continue
        composer.say("comment_replies", number=comment.number)
        for reply in replies:
            composer.quote_comment(reply)
    return composer.finish()


def comment_shown(question: Question, composer: Composer) -> Draft:
    """Quote the comment with the number that is asked for."""
    asked = _asked_comments(question, composer)
    if not asked:
        return _no_such_comment(question, composer)
    for comment in asked:
        if comment.deleted:
            composer.say("comment_deleted", numbers=comment.number)
        else:
            composer.say("comment_shown", number=comment.number)
            composer.quote_comment(comment)
    return composer.finish()


def comment_by(question: Question, composer: Composer) -> Draft:
    """Quote what an author writes in the comments."""
    asked = [c for c in _asked_comments(question, composer) if not c.deleted]
    composer.say("comments_by", author=question.author)
    for comment in asked:
        composer.quote_comment(comment)
    return composer.finish()


def _extreme_score(
    composer: Composer, choose: Callable[[Sequence[int]], int], *, frame: str
) -> Draft:
    scored = [c for c in composer.article.live_comments() if c.score is not None]
    if not scored:
        composer.say("no_scores" if composer.article.live_comments() else "no_comments")
        return composer.finish()
    score = choose([comment.score for comment in scored if comment.score is not None])
    for comment in (c for c in scored if c.score == score):
        if not composer.is_full:
            composer.say(frame, number=comment.number, score=f"{score:+d}" if score else "0")
            composer.quote_comment(comment)
    return composer.finish()


def _one(composer: Composer, comments: Sequence[Comment], *, position: int, frame: str) -> Draft:
    if not comments:
        composer.say("no_comments")
        return composer.finish()
    comment = comments[position]
    composer.say(frame, number=comment.number)
    composer.quote_comment(comment)
    return composer.finish()


def _by_time(composer: Composer) -> list[Comment]:
    comments = list(composer.article.live_comments())
    dated = [(c.posted_at, place, c) for place, c in enumerate(comments) if c.posted_at]
    if len(dated) < len(comments):
        return comments
    return [comment for _, _, comment in sorted(dated, key=lambda item: item[:2])]


def _asked_comments(question: Question, composer: Composer) -> list[Comment]:
    article = composer.article
    if question.comment is not None:
        return [article.comment(question.comment)] if article.has_comment(question.comment) else []
    if question.author is not None:
        return [c for c in article.live_comments() if c.author == question.author]
    return []


def _no_such_comment(question: Question, composer: Composer) -> Draft:
    if not composer.article.comments:
        composer.say("no_comments")
    else:
        composer.say("no_such_comment", number=question.comment or "?")
    return composer.finish("not_in_article")


def _listed(numbers: Sequence[str]) -> str:
    shown = ", ".join(numbers[:20])
    return f"{shown}, …" if len(numbers) > 20 else shown
