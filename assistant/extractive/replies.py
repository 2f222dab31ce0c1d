"""Who answered whom in the thread: by what answers what, not by what sounds like an answer."""

from collections.abc import Sequence

from assistant.extractive import people, speech
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.quoting import quote_statement
from assistant.extractive.thread import no_such_comment
from assistant.locale import matches
from index.article import Comment
from index.language.words import content_words, folded_words
from index.statements import Speaker

_PAIR = 2


def comment_replies(inquiry: Inquiry) -> Draft | None:
    """Quote the replies of one reader to another, to an author or to a comment.

    None where neither a comment nor a reader is named: then it is somebody of the article.
    """
    question, article = inquiry.question, inquiry.article
    if is_of_quoted(inquiry):
        return _of_quoted(inquiry)
    if len(question.authors) >= _PAIR:
        return _between(inquiry, question.authors[0], question.authors[1])
    if question.author is not None and question.comment is not None:
        return _to_number(inquiry, question.author, question.comment)
    if question.comment is not None:
        if not article.has_comment(question.comment):
            return no_such_comment(inquiry)
        asked = [article.comment(question.comment)]
        return _replies_to(inquiry, asked, f"#{question.comment}")
    if question.author is not None:
        written = people.by_author(inquiry, question.author)
        answers = [c for c in written if inquiry.article_index.answered_by(c)]
        is_answered = any(inquiry.article_index.answers_to(c) for c in written)
        if answers and (_is_by(inquiry) or not is_answered):
            return _told(inquiry, answers)
        return _replies_to(inquiry, written, question.author)
    if question.speaker is not None:
        return _answered_in_article(inquiry, question.speaker) or speech.said_what(inquiry)
    described = people.described_comments(inquiry)
    answers = [c for c in described if inquiry.article_index.answered_by(c)]
    return _told(inquiry, answers) if answers else no_such_comment(inquiry)


def is_of_quoted(inquiry: Inquiry) -> bool:
    """Whether it is asked what answers the comment that was quoted last, or what that answers.

    "And who replied to him?": the question names a reader by pointing back.
    """
    if inquiry.question.want == "number":
        return False  # "How many likes has that reply?"
    patterns = inquiry.composer.phrases.asks["comment_replies"]
    words = [word for word in inquiry.question.words if word != "{author}"]
    asks = any(matches(patterns, order) for order in ([*words, "{author}"], ["{author}", *words]))
    return len(words) == len(inquiry.question.words) and asks and bool(_quoted(inquiry))


def _quoted(inquiry: Inquiry) -> list[Comment]:
    """Return the comments that were quoted last, nothing where it was not comments alone."""
    article = inquiry.article
    quoted = [article.comment_of(article.passage_at(s.start)) for s in inquiry.question.beside]
    return list({c.number: c for c in quoted if c}.values()) if all(quoted) else []


def _of_quoted(inquiry: Inquiry) -> Draft:
    composer, quoted = inquiry.composer, _quoted(inquiry)
    if not matches(composer.phrases.lists["answered_whom"], inquiry.question.words):
        return _replies_to(inquiry, quoted, f"#{quoted[0].number}")
    answered = [c for comment in quoted for c in inquiry.article_index.answered_by(comment)]
    for comment in answered or quoted:
        composer.introduce("comment_shown", number=comment.number)
        composer.quote_comment(comment)
    return composer.finish()


def _answered_in_article(inquiry: Inquiry, speaker: Speaker) -> Draft | None:
    """Quote who answers somebody of the article; None where it is asked what they answer.

    Whoever contests their claims, else whoever speaks of them by name.
    """
    if inquiry.question.want != "person":
        return None
    composer = inquiry.composer
    against = [
        position
        for dispute in inquiry.article_index.disputes
        if dispute.claim.speaker and dispute.claim.speaker.name == speaker.name
        for position in dispute.contested_by
    ]
    for position in against:
        who = position.speaker.name if position.speaker else None
        lead = composer.phrases.say("lead", who=who) if who else None
        composer.quote(position.start, position.end, speaker=position.speaker, lead=lead)
    surname = content_words(speaker.name)[-1:]
    for statement in () if against else inquiry.said:
        other = statement.speaker.name if statement.speaker else speaker.name
        if other != speaker.name and set(surname) & set(folded_words(statement.text)):
            composer.introduce("speaker_says", speaker=other)
            quote_statement(statement, inquiry)
    return composer.finish() if composer.citations else None


def _is_by(inquiry: Inquiry) -> bool:
    """Whether the reader who is named answers ("What did X reply?") or is answered."""
    words = ["{name}" if word == "{author}" else word for word in inquiry.question.words]
    asks = inquiry.composer.phrases.asks
    lists = inquiry.composer.phrases.lists
    if matches(lists["answered_whom"], words):
        return words.index("{name}") > 0  # "À qui répond X ?", not "X, who replied to that?"
    return inquiry.question.want != "person" and matches(asks["said_what"], words)


def _told(inquiry: Inquiry, comments: Sequence[Comment]) -> Draft:
    """Quote a reader's replies, each with the number of the comment it answers."""
    for comment in comments:
        answered = inquiry.article_index.answered_by(comment)[0]
        inquiry.composer.introduce("comment_replies", number=answered.number)
        inquiry.composer.quote_comment(comment)
    return inquiry.composer.finish()


def _between(inquiry: Inquiry, author: str, other: str) -> Draft:
    """Quote what one reader replied to another; and the other way round where only that is so."""
    composer = inquiry.composer
    found = False
    for one, two in ((author, other), (other, author)):
        replies = [
            comment
            for comment in people.by_author(inquiry, one)
            if any(other.author == two for other in inquiry.article_index.answered_by(comment))
        ]
        if replies and not (found and one == other):
            composer.introduce("replies_to", author=one, other=two)
            for comment in replies:
                composer.quote_comment(comment)
            found = True
        elif not found and one == author:
            composer.say("no_reply_between", author=one, other=two)
    if not composer.citations:
        for comment in people.by_author(inquiry, author):
            composer.quote_comment(comment)
    return composer.finish()


def _to_number(inquiry: Inquiry, author: str, number: str) -> Draft:
    """Quote what a reader replied to the comment of a number."""
    asked = inquiry.article.comment(number)
    replies = [c for c in inquiry.article_index.answers_to(asked) if c.author == author]
    if not replies:
        inquiry.composer.say("no_reply_between", author=author, other=f"#{number}")
        return inquiry.composer.finish()
    inquiry.composer.introduce("comment_replies", number=number)
    for comment in replies:
        inquiry.composer.quote_comment(comment)
    return inquiry.composer.finish()


def _replies_to(inquiry: Inquiry, asked: Sequence[Comment], who: str) -> Draft:
    """Count the replies to some comments, and quote them."""
    composer = inquiry.composer
    replies = {comment.number: inquiry.article_index.answers_to(comment) for comment in asked}
    count = sum(map(len, replies.values()))
    composer.say("replies_count", who=who, count=count)
    for number, answers in replies.items():
        if answers:
            composer.introduce("comment_replies", number=number)
        for reply in answers:
            composer.quote_comment(reply)
    return composer.finish()
