"""Arguments for and against: what supports the claims of the page and what speaks against them."""

from collections.abc import Sequence

from assistant.extractive import contest, people, voices
from assistant.extractive.beside import beside, show, worth_of
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.quoting import apart, quote_statement
from assistant.extractive.topical import on_topic, sentence_of
from index.disputes import by_prominence
from index.statements import Speaker, Statement

_OF_EACH_SIDE = 3


def arguments(inquiry: Inquiry) -> Draft | None:
    """Quote what is said for a thing and what against it, the article before its readers.

    None where the page knows nothing of the thing.
    """
    composer = inquiry.composer
    if inquiry.misses_name:
        return None
    named = people.all_named(inquiry)
    if len(named) == 1 and (theirs := people.words_of(inquiry, named[0])):
        return _of_one(inquiry, named[0], theirs)
    everything = inquiry.article_index.disputes
    found = beside(inquiry) if inquiry.terms else None
    disputes = contest.near(inquiry, contest.about(inquiry, everything), found)
    if found is not None and not disputes:
        composer.introduce("neither")
        show(found, inquiry)
        return composer.finish()
    disputes = by_prominence(disputes or everything)
    sides = voices.sides_on(inquiry, disputes)
    against = voices.best_first(sides.against, composer)
    contesting = {p.speaker.name for p in sides.against if p.speaker}
    said = on_topic(inquiry, inquiry.said) or [s for s in inquiry.said if s.speaker]
    if not said and not against and not composer.article.live_comments():
        return None
    claimed = [d.claim for d in disputes[:_OF_EACH_SIDE]]
    composer.introduce("for_it")
    before = len(composer.citations)
    for claim in claimed:
        name = claim.speaker.name if claim.speaker else None
        lead = composer.phrases.say("lead", who=name) if name else None
        composer.quote(claim.start, claim.end, speaker=claim.speaker, lead=lead)
    voices.quote_positions(voices.best_first(sides.supporting, composer), composer, most=1)
    first = _first_speaker(said, contesting)
    for statement in said:
        if len(composer.citations) - before >= _OF_EACH_SIDE:
            break
        if statement.speaker and statement.speaker.name == first:
            _quote(statement, inquiry)
    composer.introduce("against_it")
    added = voices.quote_positions(against, composer, most=_OF_EACH_SIDE)
    for statement in said if added < _OF_EACH_SIDE else ():
        if statement.speaker and statement.speaker.name != first:
            added += _quote(statement, inquiry)
        if added >= _OF_EACH_SIDE:
            break
    for comment in voices.comments_on(inquiry, [inquiry.question.plain], most=_OF_EACH_SIDE):
        if composer.room:
            composer.quote_comment(comment, with_score=True)
    return composer.finish()


def _of_one(inquiry: Inquiry, speaker: Speaker, said: Sequence[Statement]) -> Draft:
    """Quote the reasons of the one who is named: what they say, nearest to the question."""
    worth = worth_of(inquiry, [sentence_of(s, inquiry.article) for s in said])
    nearest = sorted(range(len(said)), key=lambda place: -worth[place])[: 2 * _OF_EACH_SIDE]
    inquiry.composer.introduce("speaker_says", speaker=speaker.name)
    for statement in apart([said[place] for place in sorted(nearest)], inquiry.article):
        quote_statement(statement, inquiry)
    return inquiry.composer.finish()


def _first_speaker(said: list[Statement], contesting: set[str]) -> str | None:
    """Return who speaks first without contesting anything: who wants the thing, as a rule."""
    names = [s.speaker.name for s in said if s.speaker]
    return next((name for name in names if name not in contesting), None)


def _quote(statement: Statement, inquiry: Inquiry) -> bool:
    name = statement.speaker.name if statement.speaker else ""
    lead = inquiry.composer.phrases.say("lead", who=name) if name else None
    return quote_statement(statement, inquiry, lead=lead)
