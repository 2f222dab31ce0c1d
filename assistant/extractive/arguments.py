"""Arguments for and against: what supports the claims of the page and what speaks against them."""

from collections.abc import Sequence

from assistant.extractive import contest, people, voices
from assistant.extractive.beside import beside, show, worth_of
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.quoting import apart, quote_statement
from assistant.extractive.topical import sentence_of
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
    if not disputes and not composer.article.live_comments():
        return None
    claimed = [d.claim for d in disputes[:_OF_EACH_SIDE]]
    composer.introduce("for_it")
    for claim in claimed:
        name = claim.speaker.name if claim.speaker else None
        lead = composer.phrases.say("lead", who=name) if name else None
        composer.quote(claim.start, claim.end, speaker=claim.speaker, lead=lead)
    voices.quote_positions(voices.best_first(sides.supporting, composer), composer, most=1)
    composer.introduce("against_it")
    voices.quote_positions(against, composer, most=_OF_EACH_SIDE)
    composer.introduce("neither")
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
