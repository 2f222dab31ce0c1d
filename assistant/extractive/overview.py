"""Answers about the whole: what the article is about, what readers make of it, what to ask."""

from collections.abc import Sequence

import numpy as np

from assistant.extractive.composing import Composer, Draft
from assistant.extractive.copies import without_copies
from assistant.extractive.scoring import covered
from assistant.question import Question
from index.article import Article, Comment
from index.language.sentences import sentence_spans
from index.language.words import Span
from index.library.article_index import ArticleIndex

_SENTENCES = 3
_COMMENTS = 4


def summary(question: Question, composer: Composer, article_index: ArticleIndex) -> Draft:
    """Quote the title, the beginning and the most central sentences, then the readers."""
    article = composer.article
    composer.say("summary")
    title = next((p for p in article.body() if p.kind == "title"), None)
    if title is not None:
        composer.quote(title.start, title.end)
    for span in _central_sentences(article, article_index):
        composer.quote(span.start, span.end)
    best = _representative(article.live_comments())[:1]
    if best:
        composer.say("readers_say")
        composer.quote_comment(best[0])
    return composer.finish()


def readers_summary(
    question: Question, composer: Composer, article_index: ArticleIndex
) -> Draft | None:
    """Quote what readers say, about the topic where there is one."""
    comments = composer.article.live_comments()
    if not comments:
        composer.say("no_comments")
        return composer.finish()
    if question.terms:
        texts = [comment.text or "" for comment in comments]
        comments = tuple(covered(question, comments, texts, article_index))
        if not comments:
            return None
    composer.say("readers_say")
    told = without_copies(_representative(comments), composer.article, most=_COMMENTS)
    for item in told:
        composer.quote_comment(item.comment)
    if copies := sum(item.copies for item in told):
        composer.say("near_copies", count=copies)
    return composer.finish()


def greeting(question: Question, composer: Composer, article_index: ArticleIndex) -> Draft:
    """Say what can be asked, with three questions that this very article answers."""
    composer.say("greeting")
    for line in example_questions(composer, article_index)[:3]:
        composer.say("example", question=line)
    return composer.finish()


def example_questions(composer: Composer, article_index: ArticleIndex) -> tuple[str, ...]:
    """Return questions that this article can answer, the most telling first."""
    phrases = composer.phrases
    named = [
        s.speaker.name for s in article_index.statements if s.speaker and s.source == "article"
    ]
    questions = []
    if named:
        most = max(dict.fromkeys(named), key=named.count)
        questions.append(phrases.say("ask_said", speaker=most))
    if article_index.disputes:
        questions.append(phrases.say("ask_disputed"))
    if composer.article.live_comments():
        questions.append(phrases.say("ask_readers"))
        questions.append(phrases.say("ask_count"))
    questions.append(phrases.say("ask_summary"))
    return tuple(questions)


def refusal(question: Question, composer: Composer) -> Draft:
    """Say that the page does not answer, and what it is about instead; nothing is cited."""
    composer.say("not_in_article")
    if composer.article.title:
        composer.say("instead", title=composer.phrases.quoted(composer.article.title))
    return composer.finish("not_in_article")


def _central_sentences(article: Article, article_index: ArticleIndex) -> list[Span]:
    """Return the first sentence and those nearest to all others, in reading order."""
    spans = [
        span
        for passage in article.body()
        if passage.kind in ("paragraph", "quotation")
        for span in sentence_spans(article.text, passage.start, passage.end)
        if 6 <= len(span.of(article.text).split()) <= 60
    ]
    if len(spans) <= _SENTENCES:
        return spans
    vectors = article_index.embedder.encode_documents([span.of(article.text) for span in spans])
    nearness = vectors @ vectors.mean(axis=0)
    # The press puts the main thing first; nearness alone would favour whatever is repeated.
    nearness *= np.linspace(1.0, 0.7, len(spans))
    nearness[0] = np.inf
    chosen = np.sort(np.argsort(-nearness, kind="stable")[:_SENTENCES])
    return [spans[position] for position in chosen]


def _representative(comments: Sequence[Comment]) -> list[Comment]:
    """Return the comments in the order in which to show them: best rated, most words first."""
    return sorted(
        (comment for comment in comments if comment.text),
        key=lambda c: (-(c.score or 0), c.number.count("."), -min(len(c.text or ""), 200)),
    )
