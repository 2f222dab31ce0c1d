"""The answer without a model: words found on the page, in frames of our own."""

from collections.abc import Callable
from functools import partial
from importlib import import_module

from assistant.extractive import continuing, facts, overview, people, replies, speech
from assistant.extractive.according import according_to
from assistant.extractive.composing import Composer, Draft
from assistant.extractive.described import Meant
from assistant.extractive.inquiry import AnswerReader, Inquiry
from assistant.extractive.objections import but
from assistant.extractive.record import source_told
from assistant.extractive.writer import is_writer
from assistant.intents import BY_NAME, INTENTS, Intent
from assistant.locale import phrases
from assistant.question import Question
from index.library.article_index import ArticleIndex

Answers = Callable[[Inquiry], Draft | None]
_OF_A_SOURCE = frozenset({"said_what", "factual"})
_MOST_INSTEAD = 3
"""Kinds that are tried one after the other."""


def answers_of(intent: Intent) -> Answers:
    """Return the function that answers a kind of question."""
    module, _, function = intent.answered_by.partition(".")
    found: Answers = getattr(import_module(f"{__name__}.{module}"), function)
    return found


_ANSWERS: dict[str, Answers] = {intent.name: answers_of(intent) for intent in INTENTS}


def compose(
    question: Question,
    article_index: ArticleIndex,
    *,
    names_article: bool = False,
    reader: AnswerReader | None = None,
) -> Draft:
    """Return the extractive answer to a question, a refusal where the page has none.

    One that goes on from an answer is looked for beside what that quotes as well.
    """
    draft = composed(question, article_index, names_article=names_article, reader=reader)
    if question.memory is None or not question.memory.quoted:
        return draft
    begun = _begun(question, article_index, names_article=names_article, reader=reader)
    return continuing.continued(begun, draft)


def composed(
    question: Question,
    article_index: ArticleIndex,
    *,
    names_article: bool = False,
    reader: AnswerReader | None = None,
) -> Draft:
    """Return the answer that the kind of a question leads to.

    Args:
        question: What is asked, understood on this page.
        article_index: The page that is asked.
        names_article: Whether the answer begins with the title, as among several articles.
        reader: Reads whether a sentence answers; None leaves it to the words.
    """
    begin = partial(_begun, question, article_index, names_article=names_article, reader=reader)
    intent = BY_NAME[question.intent]
    if replies.is_of_quoted(begin()):
        intent = BY_NAME["comment_replies"]
    if question.source_named and intent.name in _OF_A_SOURCE:
        inquiry = begin()
        return _with_objections(inquiry, according_to(inquiry))
    tried = 0
    inquiry = begin()
    while tried < _MOST_INSTEAD:
        draft = _ANSWERS[intent.name](inquiry)
        if intent.gives_way and (surer := facts.surer(again := begin(), draft)):
            inquiry, draft = again, surer
        if draft is not None:
            return _with_objections(inquiry, draft) if intent.rests_on_claims else draft
        if intent.instead is None or _is_somebody_unheard(inquiry):
            break
        intent = BY_NAME[intent.instead]
        inquiry = begin()
        inquiry = inquiry.about(question.all_terms)
        tried += 1
    return overview.nearest_comments(begin()) or overview.refusal(begin())


def _is_somebody_unheard(inquiry: Inquiry) -> bool:
    """Whether nothing is asked but the words of somebody of whom the page reports none.

    What others say of it is not theirs, nor are words of others where nobody is what they are.
    """
    question = inquiry.question
    if question.authors or (question.speaker and is_writer(inquiry, question.speaker)):
        return False
    if question.intent == "said_what":
        meant = people.meant(inquiry)
        named = question.speaker
        if named is not None and people.is_other_than_meant(inquiry, named):
            meant = Meant()
        asked = speech.without_asking(inquiry).terms
        is_unheard = meant.is_sure if meant.persons else all(t in inquiry.absent for t in asked)
        if is_unheard:
            return True
    return all(term.is_name for term in question.all_terms)


def _begun(
    question: Question,
    article_index: ArticleIndex,
    *,
    names_article: bool,
    reader: AnswerReader | None,
) -> Inquiry:
    inquiry = Inquiry.begin(question, article_index, phrases(question.language), reader)
    if names_article:
        inquiry.is_of_many = True
        introduce_article(inquiry.composer)
    return inquiry


def introduce_article(composer: Composer) -> None:
    """Say from which article of several the words are, and where that is from."""
    article = composer.article
    source = source_told(article, composer.phrases)
    composer.say("in_article", title=article.title or article.id, source=source)


def _with_objections(inquiry: Inquiry, draft: Draft) -> Draft:
    """Return an answer with who contests the claims it rests on."""
    if draft.status == "not_in_article":
        return draft
    disputes = inquiry.article_index.disputes
    but(inquiry.composer, disputes, sentences=inquiry.question.sentences)
    return inquiry.composer.finish(draft.status)


__all__ = ["AnswerReader", "Draft", "compose", "introduce_article"]
