"""The answer without a model: words found on the page, in frames of our own."""

from dataclasses import replace

from assistant.extractive import contest, facts, overview, speech, thread
from assistant.extractive.according import according_to
from assistant.extractive.composing import Composer, Draft
from assistant.phrases import phrases
from assistant.question import Intent, Question
from index.search import ArticleIndex

_ABOUT_THREAD = {
    "comment_count": thread.comment_count,
    "comment_deleted": thread.comment_deleted,
    "comment_best": thread.comment_best,
    "comment_worst": thread.comment_worst,
    "comment_first": thread.comment_first,
    "comment_last": thread.comment_last,
    "comment_replies": thread.comment_replies,
    "comment_shown": thread.comment_shown,
    "comment_by": thread.comment_by,
}
_ABOUT_PAGE = {
    "who_said": speech.who_said,
    "said_what": speech.said_what,
    "did_say": speech.did_say,
    "most_quoted": speech.most_quoted,
    "supported": contest.supported,
    "disputed": contest.disputed,
    "readers_summary": overview.readers_summary,
    "summary": overview.summary,
    "greeting": overview.greeting,
    "factual": facts.factual,
}
# What is tried when the kind of answer that was asked for finds nothing.
_INSTEAD: dict[Intent, Intent] = {"who_said": "factual", "said_what": "factual"}
_OF_A_SOURCE: frozenset[Intent] = frozenset({"said_what", "factual"})
_RESTS_ON_CLAIMS: frozenset[Intent] = frozenset({"who_said", "said_what", "factual", "summary"})


def compose(question: Question, page: ArticleIndex, *, names_article: bool = False) -> Draft:
    """Return the extractive answer to a question, a refusal where the page has none.

    Args:
        question: What is asked, understood on this page.
        page: The page that is asked.
        names_article: Whether the answer begins with the title, as among several articles.
    """
    intent: Intent | None = question.intent
    if question.source_named and intent in _OF_A_SOURCE:
        composer = Composer(article=page.article, phrases=phrases(question.language))
        if names_article:
            composer.say("in_article", title=page.article.title or page.article.id)
        answer = according_to(question, composer, page)
        if answer.status == "answered":
            contest.but(composer, page)
            return composer.finish(answer.status)
        return answer
    while intent is not None:
        composer = Composer(article=page.article, phrases=phrases(question.language))
        if names_article:
            composer.say("in_article", title=page.article.title or page.article.id)
        if intent in _ABOUT_THREAD:
            return _ABOUT_THREAD[intent](question, composer)
        draft = _ABOUT_PAGE[intent](question, composer, page)
        if draft is not None and draft.status != "not_in_article":
            if intent in _RESTS_ON_CLAIMS:
                contest.but(composer, page)
                return composer.finish(draft.status)
            return draft
        if intent == "who_said" and speech.only_opposed(question, page):
            break  # the nearest words say the opposite: no answer to who said this
        intent = _INSTEAD.get(intent)
        if all(term.is_name for term in question.all_terms):
            break  # somebody of whom the page reports no words: words about them are not theirs
        question = replace(question, terms=question.all_terms)
    composer = Composer(article=page.article, phrases=phrases(question.language))
    return overview.refusal(question, composer)


__all__ = ["Draft", "compose"]
