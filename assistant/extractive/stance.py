"""How readers stand to something or somebody: who agrees, who does not, with how many voices."""

from collections.abc import Sequence

from assistant.extractive import contest, facts, overview, people, voices
from assistant.extractive.composing import Composer, Draft
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.voices import Sides
from index.article import Comment, whole_label
from index.disputes import Dispute

_OF_EACH_SIDE = 2
_OPEN = 4
"""Comments that are shown where nobody takes a stand on just what is asked."""
_PAIR = 2


def stance(inquiry: Inquiry) -> Draft | None:
    """Say how readers stand, verdict first, with the best rated words of each side.

    None where the page knows nothing of what they are asked to stand to.
    """
    question, composer = inquiry.question, inquiry.composer
    if not composer.article.live_comments():
        if inquiry.terms and not question.asks_readers:
            return None  # whoever doubts it is somebody of the article
        composer.say("no_comments")
        return composer.finish()
    if question.want == "number" and not question.asks_readers:
        counted = facts.factual(inquiry)  # "How many votes were there against it?"
        if counted is not None:
            return counted
    if len(question.authors) >= _PAIR:
        return _of_one_reader(inquiry, question.authors[0], question.authors[1])
    disputes = contest.about(inquiry, [*filter(_has_readers, inquiry.article_index.disputes)])
    sides = voices.readers_of(voices.sides_on(inquiry, disputes))
    if sides.is_empty:
        return facts.surest(inquiry) or _open(inquiry)
    _verdict(sides, inquiry)
    for frame, positions in (("for_it", sides.supporting), ("against_it", sides.against)):
        if positions:
            composer.say(frame)
            ranked = voices.best_first(positions, composer)
            voices.quote_positions(ranked, composer, most=_OF_EACH_SIDE)
    _claims(disputes, composer)
    return composer.finish()


def _has_readers(dispute: Dispute) -> bool:
    return any(map(voices.is_reader, (*dispute.contested_by, *dispute.supported_by)))


def _verdict(sides: Sides, inquiry: Inquiry) -> None:
    composer = inquiry.composer
    supporting, against = voices.voices(sides.supporting), voices.voices(sides.against)
    if inquiry.question.want == "number":
        composer.say("stance_count", supporting=supporting, against=against)
    elif supporting and against:
        composer.judge("contested", "stance_split", supporting=supporting, against=against)
    elif supporting:
        composer.judge("yes", "stance_for", supporting=supporting)
    else:
        composer.judge("no", "stance_against", against=against)


def _claims(disputes: list[Dispute], composer: Composer) -> None:
    """Add the claim that most readers stand to, so that it shows what the verdict is about."""
    ranked = sorted(disputes, key=lambda d: -(d.voices_against + d.voices_for))
    if ranked and composer.room:
        claim = ranked[0].claim
        composer.introduce("neither")
        lead = composer.phrases.say("lead", who=claim.speaker.name) if claim.speaker else None
        composer.quote(claim.start, claim.end, speaker=claim.speaker, lead=lead)


def _open(inquiry: Inquiry) -> Draft | None:
    """Show what readers write where nobody was found to stand to just what is asked."""
    question, composer = inquiry.question, inquiry.composer
    named = people.all_named(inquiry)
    if inquiry.misses_name and not named:
        return None
    claims = [s.text for speaker in named for s in people.words_of(inquiry, speaker)]
    claims += [span.of(composer.article.text) for span in question.cited]
    claims += voices.claims_on(inquiry)
    shown = people.comments_naming(inquiry, named)[:_OPEN]
    if not shown and (inquiry.terms or claims):
        shown = voices.comments_on(inquiry, [question.plain, *claims], most=_OPEN)
    shown = _with_others(inquiry, shown)[:_OPEN]
    composer.say("stance_open")
    for comment in sorted(shown, key=lambda c: -(c.score or 0)):
        inquiry.quote_comment(comment, with_score=True)
    return composer.finish()


def _with_others(inquiry: Inquiry, shown: Sequence[Comment]) -> list[Comment]:
    """Return comments with those they answer and are answered by, who mostly see it otherwise.

    Behind them the best rated ones, where no topic is asked for or nobody writes about it.
    """
    article = inquiry.article
    around = [
        other
        for comment in shown
        for other in (
            *article.replies(comment.number),
            *([article.comment(comment.parent)] if comment.parent else ()),
        )
    ]
    live = article.live_comments()
    others = overview.representative(live) if not (shown and inquiry.terms) else []
    numbers = dict.fromkeys(c.number for c in (*shown, *around, *others))
    known = {c.number: c for c in live if c.text}
    return [known[number] for number in numbers if number in known]


def _of_one_reader(inquiry: Inquiry, author: str, other: str) -> Draft:
    """Say whether one reader agrees with another, by what they answer each other."""
    composer, article = inquiry.composer, inquiry.article
    theirs = {comment.label for comment in people.by_author(inquiry, author)}
    claimed = {comment.label for comment in people.by_author(inquiry, other)}
    contested = [
        position
        for dispute in inquiry.article_index.disputes
        if whole_label(dispute.claim.passage) in claimed
        for position in dispute.contested_by
        if whole_label(position.passage) in theirs
    ]
    agreed = [
        position
        for agreement in inquiry.article_index.agreements
        if agreement.claim and whole_label(agreement.claim.passage) in claimed
        for position in agreement.positions
        if whole_label(position.passage) in theirs
    ]
    if contested and not agreed:
        composer.judge("no", "no")
    elif agreed and not contested:
        composer.judge("yes", "yes")
    replies = [
        c
        for c in people.by_author(inquiry, author)
        if c.parent and article.comment(c.parent).author == other
    ]
    for comment in replies or people.by_author(inquiry, author):
        inquiry.quote_comment(comment)
    return composer.finish()
