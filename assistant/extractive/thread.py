"""Answers about the thread itself: how many comments, which is best rated, which is the first."""

from collections.abc import Callable, Sequence

from assistant.extractive import people
from assistant.extractive.composing import Composer, Draft, signed
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.record import moment_named
from assistant.question.speaking import pronouns
from index.article import Comment

_FEW = 3
"""Comments of one reader that are all shown."""


def comment_count(inquiry: Inquiry) -> Draft | None:
    """Answer how many comments there are; deleted ones are counted apart.

    "How many likes has that reply?" asks of the comment that was quoted last.
    """
    question, composer = inquiry.question, inquiry.composer
    comments: Sequence[Comment] = composer.article.comments
    if pointed_at(inquiry):
        return facts_of_quoted(inquiry)
    if question.author is not None:
        return comment_by(inquiry)
    if any(term.text[0].isdigit() for term in question.terms):
        composer.say("not_in_article")  # a day or a score: not counted by it
        return composer.finish("not_in_article")
    deleted = [comment.number for comment in comments if comment.deleted]
    composer.say("comment_count", count=len(comments) - len(deleted))
    if deleted:
        composer.say("comment_count_deleted", deleted=len(deleted), numbers=listed(deleted))
    return composer.finish()


def pointed_at(inquiry: Inquiry) -> list[Comment]:
    """Return the one comment that was quoted last, where a question points back at it."""
    question, article = inquiry.question, inquiry.article
    quoted = [article.comment_of(article.passage_at(span.start)) for span in question.beside]
    is_of_one = not question.asks_readers or inquiry.composer.phrases.comment_word in question.words
    comments = [comment for comment in quoted if comment is not None]
    is_one = question.is_follow_up and is_of_one and len(comments) == len(quoted) == 1
    return comments if is_one else []


def facts_of_quoted(inquiry: Inquiry) -> Draft:
    """Tell what the record has of the comment that was quoted last, with its words."""
    return _shown(inquiry.composer, pointed_at(inquiry))


def comment_deleted(inquiry: Inquiry) -> Draft:
    """Answer which comments were deleted."""
    composer = inquiry.composer
    deleted = [comment.number for comment in composer.article.comments if comment.deleted]
    if deleted:
        composer.say("comments_deleted", count=len(deleted), numbers=listed(deleted))
    elif composer.article.comments:
        composer.say("none_deleted")
    else:
        composer.say("no_comments")
    return composer.finish()


def comment_best(inquiry: Inquiry) -> Draft:
    """Quote the comment with the highest score."""
    return _extreme_score(inquiry.composer, max, frame="comment_best")


def comment_worst(inquiry: Inquiry) -> Draft:
    """Quote the comment with the lowest score."""
    return _extreme_score(inquiry.composer, min, frame="comment_worst")


def comment_first(inquiry: Inquiry) -> Draft:
    """Quote the oldest comment, the first of the page where dates are missing."""
    return _one(inquiry.composer, by_time(inquiry), position=0, frame="comment_first")


def comment_last(inquiry: Inquiry) -> Draft:
    """Quote the newest comment, the last of the page where dates are missing."""
    return _one(inquiry.composer, by_time(inquiry), position=-1, frame="comment_last")


def comment_shown(inquiry: Inquiry) -> Draft:
    """Quote the comments with the numbers that are asked for, with what the record has of them."""
    question, composer = inquiry.question, inquiry.composer
    known = [n for n in question.comments if composer.article.has_comment(n)]
    if not known:
        return no_such_comment(inquiry)
    return _shown(composer, [composer.article.comment(number) for number in known])


def _shown(composer: Composer, comments: Sequence[Comment]) -> Draft:
    for comment in comments:
        if comment.deleted:
            composer.say("comment_deleted", numbers=comment.number)
        else:
            facts = _facts(comment, composer)
            composer.say("comment_facts", number=comment.number, facts=facts)
            composer.quote_comment(comment)
    return composer.finish()


def comment_by(inquiry: Inquiry) -> Draft | None:
    """Quote what an author writes in the comments, or the reader whom a question describes.

    None where it describes nobody and names nobody.
    """
    question, composer = inquiry.question, inquiry.composer
    if question.author is None:
        if question.speaker is not None:
            alike = people.handles_like(inquiry, question.speaker)
        else:
            alike = people.described_comments(inquiry)
        if alike:
            composer.introduce("readers_say")
            for comment in alike:
                inquiry.quote_comment(comment)
            return composer.finish()
        if question.speaker is not None:
            composer.say("not_in_comments", speaker=question.speaker.name)
        elif composer.article.comments and inquiry.terms and not inquiry.misses_name:
            return None
        else:
            composer.say("no_reader" if composer.article.comments else "no_comments")
        return composer.finish("not_in_article")
    is_meant = "{author}" in question.words or bool(pronouns(question.language, question.words))
    if inquiry.terms and not is_meant and not _about_it(inquiry, question.author):
        return None  # "The capital of Mongolia?" behind a comment is none of its author's
    return words_of_reader(inquiry, question.author)


def _about_it(inquiry: Inquiry, author: str) -> list[Comment]:
    written = people.by_author(inquiry, author)
    return inquiry.covered(written, [comment.text or "" for comment in written])


def words_of_reader(inquiry: Inquiry, author: str) -> Draft:
    """Quote what an author writes in the comments, of many comments those about the topic."""
    question, composer = inquiry.question, inquiry.composer
    written = people.by_author(inquiry, author)
    about = _about_it(inquiry, author)
    if len(written) <= _FEW:
        about = written  # "Did she back down?": what they write is told as a whole
    if question.want == "number" or question.intent == "comment_count":
        numbers = listed([comment.number for comment in written])
        composer.say("posters", author=author, count=len(written), numbers=numbers)
    else:
        composer.say("comments_by", author=author)
    for comment in about or written:
        inquiry.quote_comment(comment)
    return composer.finish()


def _facts(comment: Comment, composer: Composer) -> str:
    """Return what the record has of a comment: its score, its hour, its replies."""
    known = composer.phrases
    facts = []
    if comment.score is not None:
        facts.append(known.say("fact_score", score=signed(comment.score)))
    if comment.posted_at is not None:
        facts.append(known.say("fact_posted", when=moment_named(comment.posted_at, known)))
    elif comment.posted_at_text:
        facts.append(known.say("fact_posted", when=comment.posted_at_text))
    if comment.parent is not None:
        facts.append(known.say("fact_answers", number=comment.parent))
    replies = [r for r in composer.article.replies(comment.number) if not r.deleted]
    facts.append(known.say("fact_replies", count=len(replies)))
    return ", ".join(facts)


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
            composer.say(frame, number=comment.number, score=signed(score))
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


def by_time(inquiry: Inquiry) -> list[Comment]:
    """Return the comments, oldest first; as the page has them where dates are missing."""
    comments = list(inquiry.article.live_comments())
    dated = [(c.posted_at, place, c) for place, c in enumerate(comments) if c.posted_at]
    if len(dated) < len(comments):
        return comments
    return [comment for _, _, comment in sorted(dated, key=lambda item: item[:2])]


def no_such_comment(inquiry: Inquiry) -> Draft:
    """Say that the thread has no comment of the number, or of the name, that is asked for."""
    composer = inquiry.composer
    if not composer.article.comments:
        composer.say("no_comments")
    elif inquiry.question.comment is None:
        composer.say("no_reader")
    else:
        composer.say("no_such_comment", number=inquiry.question.comment)
    return composer.finish("not_in_article")


def listed(numbers: Sequence[str]) -> str:
    """Return the numbers of comments in a line, the first twenty of many."""
    shown = ", ".join(numbers[:20])
    return f"{shown}, …" if len(numbers) > 20 else shown
