"""Whether somebody really said so: words that are quoted, or what a question says they said."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.extractive import people, telling
from assistant.extractive.beside import AS_NEAR, LEAST, worth_of
from assistant.extractive.composing import Draft
from assistant.extractive.denials import denied_by
from assistant.extractive.described import Meant
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.quoting import apart, quote_statement
from assistant.extractive.sentences import sentence_around
from assistant.extractive.speech import silent, without_asking
from assistant.extractive.topical import fits, meant, on_topic, shares_of
from assistant.extractive.veto import declines
from assistant.locale import asks_with
from assistant.question.speaking import reporting_words
from index.language.words import Span, fold, split_words
from index.statements import Speaker, Statement, check_quotation

_ALL_OF_IT = 0.75
"""Share of the topic that words must hold to be those of somebody else than was asked."""
_NEAREST = 2
"""Sentences told where none says just that."""
_OF_EACH = 3


def did_say(inquiry: Inquiry) -> Draft | None:
    """Say whether words were really said, by whom, and in which words."""
    if inquiry.question.quoted is None:
        return _did_say_so(inquiry)
    question, composer, article = inquiry.question, inquiry.composer, inquiry.article
    name = question.speaker.name if question.speaker else None
    check = check_quotation(
        question.quoted or "", article, inquiry.article_index.statements, speaker=name
    )
    if check.start is None or check.end is None:
        return None
    if question.speaker is None and _said_within(check.start, check.end, inquiry):
        return composer.finish()
    said_by = check.statement.speaker if check.statement else None
    is_theirs = said_by is not None and said_by.name == name
    comment = article.comment_of(article.passage_at(check.start))
    if comment is not None:
        composer.introduce("who_said_reader", who=composer.reader(comment))
    elif check.verdict == "altered":
        composer.judge("no", "altered")
    elif not is_theirs:  # "the council" is not the council's leader
        if said_by is None:
            composer.introduce("narrator")
        elif question.speaker:
            composer.judge("no", "other_speaker", speaker=said_by.name)
        else:
            composer.introduce("who_said", speaker=said_by.name)
    else:
        composer.judge("yes", "verbatim", speaker=name)
    composer.quote(check.start, check.end, speaker=said_by)
    return composer.finish()


def _did_say_so(inquiry: Inquiry) -> Draft | None:
    """Answer whether somebody said a thing that is not quoted: "Did Lumo confirm the fee?"."""
    if inquiry.question.stranger:
        return None
    named = inquiry.question.speaker
    whom = Meant() if named else people.meant(_who_asked_of(inquiry))
    speaker = named or next((p.speaker for p in whom.persons if not p.is_reader), None)
    if speaker is None:
        return silent(inquiry)
    is_guess = not (named or whom.is_sure)
    topic = people.without_description(without_asking(inquiry), speaker)
    if not topic.terms:
        return None
    said = people.words_of(inquiry, speaker)
    language = inquiry.article.language
    fitting = [s for s in on_topic(topic, said) if fits(topic, s) and not declines(s, language)]
    fitting = [s for s in fitting if not _is_of_another(s, inquiry.said)]
    others = [s for s in inquiry.said if s.speaker and s.speaker.name != speaker.name]
    if fitting and not is_guess:
        inquiry.composer.judge("yes", "said_so", speaker=speaker.name)
    elif fitting:
        inquiry.composer.introduce("perhaps_meant")
    elif theirs := [s for s in meant(topic, others) if shares_of(topic, [s])[0] >= _ALL_OF_IT][:1]:
        fitting = theirs
        other = theirs[0].speaker.name if theirs[0].speaker else ""
        inquiry.composer.judge("no", "other_speaker", speaker=other)
    else:
        inquiry.composer.introduce("not_just_that", speaker=speaker.name)
        of_them = telling.of_speaker(inquiry, speaker)
        about = telling.told(inquiry, topic, of_them, most=_NEAREST)
        told = [Span(*sentence_around(inquiry.article, u.start, u.end)) for u in about]
        nearest = {*denied_by(inquiry, topic, speaker), *(told or _nearest(topic, speaker, said))}
        for span in sorted(nearest, key=lambda span: span.start):
            inquiry.quote(span.start, span.end)
        return inquiry.composer.finish() if inquiry.composer.citations else None
    for statement in apart(sorted(fitting[:_OF_EACH], key=lambda s: s.start), inquiry.article):
        quote_statement(statement, inquiry)
    return inquiry.composer.finish()


def _is_of_another(statement: Statement, said: Sequence[Statement]) -> bool:
    """Whether only somebody else says that they said so: "Moe said she had promised a farm …"."""
    return any(
        other.start <= statement.start
        and statement.end <= other.end
        and other.speaker is not None
        and statement.speaker is not None
        and other.speaker.name != statement.speaker.name
        for other in said
    )


def _who_asked_of(inquiry: Inquiry) -> Inquiry:
    """Return the part of a question that describes somebody, up to the verb of saying.

    "So the owner admitted he had been shown the bolt?": it is another who showed a bolt.
    """
    question = inquiry.question
    words = split_words(question.plain)
    asking = reporting_words(question.language)
    for place, word in enumerate(words):
        before = {fold(each) for each in words[:place]}
        terms = tuple(term for term in question.terms if term.folded in before)
        if terms and (fold(word) in asking or asks_with(question.language, fold(word))):
            plain = " ".join(words[: place + 1])
            return replace(inquiry, question=replace(question, plain=plain, terms=terms))
    return inquiry


def _nearest(inquiry: Inquiry, speaker: Speaker, said: Sequence[Statement]) -> list[Span]:
    """Return the sentences by or on somebody that come nearest, where none says just that.

    "Dreesbach wollte diese Zahl nicht bestätigen" is nobody's statement.
    """
    article = inquiry.article
    spans = [Span(*sentence_around(article, s.start, s.end)) for s in said]
    spans += [
        span
        for span in people.sentences_about(inquiry, speaker)
        if span not in spans and not inquiry.said_in(span.start, span.end)
    ]
    if not spans:
        return []
    worth = worth_of(inquiry, [span.of(article.text) for span in spans])
    order = np.argsort(-worth, kind="stable")[:_NEAREST]
    near = [spans[place] for place in order if worth[place] >= max(LEAST, AS_NEAR * worth.max())]
    return sorted(near, key=lambda span: span.start)


def _said_within(start: int, end: int, inquiry: Inquiry) -> bool:
    """Name who says what in a stretch of the article; False where nobody says anything in it."""
    within = [s for s in inquiry.said if s.start < end and start < s.end]
    named = [s for s in within if s.speaker is not None]
    for statement in apart(named or within, inquiry.article):
        if statement.speaker is None:
            inquiry.composer.introduce("nobody_named")
        else:
            inquiry.composer.introduce("who_said", speaker=statement.speaker.name)
        quote_statement(statement, inquiry)
    return bool(within)
