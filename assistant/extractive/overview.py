"""Answers about the whole: what the article is about, what readers make of it, what to ask."""

from collections.abc import Sequence

import numpy as np

from assistant.answer import Citation, cite
from assistant.extractive import people, voices
from assistant.extractive.composing import Composer, Draft
from assistant.extractive.copies import without_copies
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.objections import objections
from assistant.extractive.sentences import best_sentences
from assistant.locale import asks_with, languages
from index.article import Comment
from index.language.words import Span
from index.library.article_index import ArticleIndex
from index.library.narration import sentences_of
from index.statements import Statement

_SENTENCES = 3
_COMMENTS = 4
_OF_SOMEBODY = 5
_SHORTEST, _LONGEST = 6, 60
"""Words of a sentence that may stand for the article."""
_LAST_PLACE = 0.7
"""How much the last sentence counts beside the first: the press puts the main thing first."""
_ALIKE = 0.6
"""How much nearness to what is told already takes off a sentence."""
_OF_CLAIM, _OF_SPEECH = 0.12, 0.05
_NEAREST = 3
_LEAST_TOLD = 0.3
"""Share of the topic that the best sentence must hold, of an article about other things."""
_MOST_MISSING = 3
_NAMED = 6


def summary(inquiry: Inquiry) -> Draft:
    """Quote the title and the sentences that carry most of the article, then the readers.

    Where a number of sentences is asked for, so many are told, who contests one among them.
    """
    composer, article = inquiry.composer, inquiry.article
    composer.say("summary")
    wanted = inquiry.question.sentences
    title = next((p for p in article.body() if p.kind == "title"), None)
    if title is not None and wanted is None:
        composer.quote(title.start, title.end)
    spans = _telling_sentences(inquiry, _SENTENCES) if wanted is None else _so_many(inquiry, wanted)
    for span in spans:
        inquiry.quote(span.start, span.end)
    best = representative(article.live_comments())[:1]
    if best and wanted is None:
        composer.introduce("readers_say")
        composer.quote_comment(best[0])
    return composer.finish()


def _so_many(inquiry: Inquiry, wanted: int) -> list[Span]:
    """Return the sentences of a summary that leave room for one objection of each three told.

    Of two, or of one, none is contested if any is not: its other side would be a sentence more.
    """
    disputes = inquiry.article_index.disputes
    objecting = wanted // _SENTENCES
    if not objecting:
        told = _telling_sentences(inquiry, _SENTENCES)
        calm = [span for span in told if not any(objections(disputes, [span]))]
        return (calm or told)[:wanted] if len(calm) >= wanted else told[:wanted]
    for count in range(wanted, wanted - objecting, -1):
        spans = _telling_sentences(inquiry, count)
        if count + sum(1 for _ in objections(disputes, spans)) <= wanted:
            return spans
    return _telling_sentences(inquiry, wanted - objecting)


def told_about(inquiry: Inquiry) -> Draft | None:
    """Quote what the article tells on a topic; None where it tells nothing.

    An article whose title names the topic is about it as a whole.
    """
    text = inquiry.article.text
    speaker = inquiry.question.speaker
    if speaker is not None and people.is_person(inquiry, speaker):
        return _quoted(inquiry, people.sentences_about(inquiry, speaker)[:_OF_SOMEBODY])
    unknown = inquiry.unknown
    inquiry = inquiry.about([term for term in inquiry.terms if term not in unknown])
    spans = sentences_of(inquiry.article)
    title = [p.text for p in inquiry.article.body() if p.kind == "title"]
    shares = inquiry.coverage([span.of(text) for span in spans])
    if inquiry.covered(title, title):
        spans = _telling_sentences(inquiry, _SENTENCES)
    else:
        least = min(inquiry.enough, max(float(shares.max(initial=0.0)), _LEAST_TOLD))
        spans = [s for s, share in zip(spans, shares, strict=True) if share >= least][:_SENTENCES]
    return _quoted(inquiry, spans)


def _quoted(inquiry: Inquiry, spans: Sequence[Span]) -> Draft | None:
    inquiry.composer.introduce("article_says")
    for span in spans:
        inquiry.quote(span.start, span.end)
    return inquiry.composer.finish() if spans else None


def readers_summary(inquiry: Inquiry) -> Draft | None:
    """Quote what readers say, about the topic where there is one."""
    composer = inquiry.composer
    comments: Sequence[Comment] = composer.article.live_comments()
    if not comments:
        composer.say("no_comments")
        return composer.finish("not_in_article")
    quoted = [span.of(composer.article.text) for span in inquiry.question.cited]
    is_guess = False
    if quoted:  # "And the readers?"
        comments = voices.comments_on(inquiry, quoted, most=_COMMENTS) or comments
    elif inquiry.terms and (inquiry.misses_name or not _only_asks(inquiry)):
        texts = [comment.text or "" for comment in comments]
        about = tuple(inquiry.covered(comments, texts))
        if not about and (inquiry.misses_name or not inquiry.is_mentioned):
            return None
        near = voices.comments_on(inquiry, [inquiry.question.plain], most=_COMMENTS)
        comments = about or near or comments
        is_guess = not about
    elif inquiry.terms:  # "What do readers say about zebras?": no word of theirs is of it
        is_guess = _follows_about(inquiry)
    composer.introduce("perhaps_meant" if is_guess else "readers_say")
    told = without_copies(
        representative(comments),
        composer.article,
        most=inquiry.question.sentences or _COMMENTS,
    )
    for item in told:
        inquiry.quote_comment(item.comment, with_score=True)
    if copies := sum(item.copies for item in told):
        composer.say("near_copies", count=copies)
    return composer.finish("partly_answered" if is_guess else "answered")


def nearest_comments(inquiry: Inquiry) -> Draft | None:
    """Quote the comments that come nearest to what readers are asked, as a guess.

    None where others are asked, or for somebody whom the page does not know.
    """
    comments = inquiry.article.live_comments()
    asked = inquiry.question
    if not (asked.asks_readers and comments) or asked.authors or inquiry.misses_name:
        return None
    near = voices.comments_on(inquiry, [asked.plain], most=_COMMENTS)
    if not near:
        return None
    inquiry.composer.introduce("perhaps_meant")
    for comment in near:
        inquiry.quote_comment(comment, with_score=True)
    return inquiry.composer.finish("partly_answered")


def _follows_about(inquiry: Inquiry) -> bool:
    """Whether a word of the topic stands behind one such as "about": not "say overall"."""
    words, about = inquiry.question.words, inquiry.composer.phrases.about_words
    topic = {
        term.folded
        for term in inquiry.terms
        if not asks_with(inquiry.question.language, term.folded)
    }
    return any(
        before in about and not topic.isdisjoint(words[place : place + 2])
        for place, before in enumerate(words, start=1)
    )


def _only_asks(inquiry: Inquiry) -> bool:
    """Whether no word of the topic does more than ask: "О чём спорят читатели?"."""
    strange = set(inquiry.unknown)
    return all(
        t in strange or asks_with(inquiry.question.language, t.folded) for t in inquiry.terms
    )


def greeting(inquiry: Inquiry) -> Draft:
    """Say what can be asked, with three questions that this very article answers."""
    inquiry.composer.say("greeting")
    for line in example_questions(inquiry.composer, inquiry.article_index)[:3]:
        inquiry.composer.say("example", question=line)
    return inquiry.composer.finish()


def request(inquiry: Inquiry) -> Draft:
    """Say that something else than a question about the page is not done, and what is."""
    inquiry.composer.say("request")
    for line in example_questions(inquiry.composer, inquiry.article_index)[:2]:
        inquiry.composer.say("example", question=line)
    return inquiry.composer.finish("not_in_article")


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


def refusal(inquiry: Inquiry) -> Draft:
    """Say that nothing was found that answers, what the page does not mention, what is nearest.

    Nothing is cited: the nearest passages are an offer, and whether the page is silent is
    claimed only of words that it does not have.
    """
    composer = inquiry.composer
    composer.say("not_in_article")
    question = inquiry.question
    everything = inquiry.about(question.all_terms)
    missing = [term.text for term in everything.unknown]
    if question.stranger and question.speaker:
        composer.say(
            "asked_names_other",
            stranger=question.stranger,
            surname=question.speaker.name.split()[-1],
            speaker=question.speaker.name,
        )
    elif missing and len(missing) < len(question.all_terms):
        composer.say("not_mentioned", words=", ".join(missing[:_MOST_MISSING]))
    if question.intent == "said_what" and question.speaker is None:
        _say_who_speaks(inquiry)
    if composer.article.title:
        composer.say("instead", title=composer.phrases.quoted(composer.article.title))
    if question.language not in languages():
        names = composer.phrases.language_names
        composer.say("other_languages", languages=", ".join(names[code] for code in languages()))
    return composer.finish("not_in_article", nearest=nearest(inquiry))


def _say_who_speaks(inquiry: Inquiry) -> None:
    """Name those whose words the article has, where the one asked for is none of them."""
    named = [each.name for each in people.known_speakers(inquiry)][:_NAMED]
    if named:
        inquiry.composer.say("who_speaks", list=", ".join(named))


def said_otherwise(inquiry: Inquiry, statements: Sequence[Statement]) -> Draft:
    """Say that nobody was found to say so where the nearest words say something else."""
    composer = inquiry.composer
    composer.say("nobody_said")
    offered = []
    for statement in statements[:_NEAREST]:
        name = statement.speaker.name if statement.speaker else None
        offered.append(cite(inquiry.article, statement.start, statement.end, speaker=name)[0])
    first = offered[0]
    if first.speaker is not None:
        words = composer.phrases.quoted(first.quote)
        composer.say("said_instead", speaker=first.speaker, words=words)
    return composer.finish("not_in_article", nearest=offered)


def nearest(inquiry: Inquiry) -> tuple[Citation, ...]:
    """Return the sentences nearest to a question that was not answered."""
    evidence = inquiry.evidence()[:_NEAREST]
    best = best_sentences(inquiry, evidence) if inquiry.terms else ()
    offered: list[Citation] = []
    for item in evidence:
        own = next((s for s in best if s.passage.label == item.passage.label), None)
        start, end = (own.start, own.end) if own else (item.passage.start, item.passage.end)
        offered.append(cite(inquiry.article, start, end)[0])
    return tuple(offered)


def _telling_sentences(inquiry: Inquiry, count: int) -> list[Span]:
    """Return the first sentence and those that tell most besides it, in reading order.

    Near to all others, early, contested or somebody's words, and not near to what is told.
    """
    article = inquiry.article
    spans = [
        span
        for span in sentences_of(article)
        if _SHORTEST <= len(span.of(article.text).split()) <= _LONGEST
    ]
    if len(spans) <= count:
        return spans or sentences_of(article)[:count]
    texts = [span.of(article.text) for span in spans]
    vectors = inquiry.article_index.embedder.encode_documents(texts)
    centre = vectors.mean(axis=0)
    worth = vectors @ centre * np.linspace(1.0, _LAST_PLACE, len(spans))
    disputes = inquiry.article_index.disputes
    for place, span in enumerate(spans):
        claims = [d.claim for d in disputes]
        worth[place] += _OF_CLAIM * any(c.start < span.end and span.start < c.end for c in claims)
        worth[place] += _OF_SPEECH * any(
            s.start < span.end and span.start < s.end for s in inquiry.said
        )
    chosen = [0]
    while len(chosen) < count:
        told = (vectors @ vectors[chosen].T).max(axis=1)
        value = worth - _ALIKE * told * float(np.linalg.norm(centre))
        value[chosen] = -np.inf
        chosen.append(int(value.argmax()))
    return [spans[position] for position in sorted(chosen)]


def representative(comments: Sequence[Comment]) -> list[Comment]:
    """Return the comments in the order in which to show them: best rated, most words first."""
    return sorted(
        (comment for comment in comments if comment.text),
        key=lambda c: (-(c.score or 0), c.number.count("."), -min(len(c.text or ""), 200)),
    )
