"""Arguments for and against: what supports the claims of the page and what speaks against them."""

from assistant.extractive import contest, voices
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.quoting import quote_statement
from assistant.extractive.topical import on_topic
from index.disputes import by_prominence
from index.statements import Statement

_OF_EACH_SIDE = 3


def arguments(inquiry: Inquiry) -> Draft | None:
    """Quote what is said for a thing and what against it, the article before its readers.

    None where the page knows nothing of the thing.
    """
    composer = inquiry.composer
    if inquiry.misses_name:
        return None
    everything = inquiry.article_index.disputes
    disputes = by_prominence(contest.about(inquiry, everything) or everything)
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


def _first_speaker(said: list[Statement], contesting: set[str]) -> str | None:
    """Return who speaks first without contesting anything: who wants the thing, as a rule."""
    names = [s.speaker.name for s in said if s.speaker]
    return next((name for name in names if name not in contesting), None)


def _quote(statement: Statement, inquiry: Inquiry) -> bool:
    name = statement.speaker.name if statement.speaker else ""
    lead = inquiry.composer.phrases.say("lead", who=name) if name else None
    return quote_statement(statement, inquiry, lead=lead)
