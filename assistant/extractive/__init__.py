"""The answer without a model: words found on the page, in frames of our own."""

from dataclasses import replace

from assistant.extractive import contest, facts, overview, speech, thread
from assistant.extractive.according import according_to
from assistant.extractive.composing import Composer, Draft
from assistant.locale import phrases
from assistant.question import Intent, Question
from index.library.article_index import ArticleIndex

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


def compose(
    question: Question, article_index: ArticleIndex, *, names_article: bool = False
) -> Draft:
    """Return the extractive answer to a question, a refusal where the page has none.

    Args:
        question: What is asked, understood on this page.
        article_index: The page that is asked.
        names_article: Whether the answer begins with the title, as among several articles.
    """
    intent: Intent | None = question.intent
    if question.source_named and intent in _OF_A_SOURCE:
        composer = Composer(article=article_index.article, phrases=phrases(question.language))
        if names_article:
            composer.say(
                "in_article", title=article_index.article.title or article_index.article.id
            )
        answer = according_to(question, composer, article_index)
        if answer.status == "answered":
            contest.but(composer, article_index)
            return composer.finish(answer.status)
        return answer
    while intent is not None:
        composer = Composer(article=article_index.article, phrases=phrases(question.language))
        if names_article:
            composer.say(
                "in_article", title=article_index.article.title or article_index.article.id
            )
        if intent in _ABOUT_THREAD:
            return _ABOUT_THREAD[intent](question, composer)
        draft = _ABOUT_PAGE[intent](question, composer, article_index)
        if draft is not None and draft.status != "not_in_article":
            if intent in _RESTS_ON_CLAIMS:
                contest.but(composer, article_index)
                return composer.finish(draft.status)
            return draft
        if intent == "who_said" and speech.only_opposed(question, article_index):
            break  # the nearest words say the opposite: no answer to who said this
        intent = _INSTEAD.get(intent)
        if all(term.is_name for term in question.all_terms):
            break  # somebody of whom the page reports no words: words about them are not theirs
        question = replace(question, terms=question.all_terms)
    composer = Composer(article=article_index.article, phrases=phrases(question.language))
    return overview.refusal(question, composer)


__all__ = ["Draft", "compose"]
