"""Answers to "what is disputed?" and "who agrees?"; the "but" after an answer that is disputed."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive import overview
from assistant.extractive.composing import Composer, Draft
from assistant.extractive.scoring import covered, missing_name
from assistant.question import Question
from index.disputes import Agreement, Claim, Dispute, Position
from index.library.article_index import ArticleIndex

_MOST_BUTS = 2
_CLAIM_AND_OBJECTION = 2
_MOST_OBJECTIONS = 3
_FEW_CLAIMS = 2
"""Up to so many are shown with all that speaks against them, more with a voice of each side."""
_LEADS = 12
"""Words that name the two sides of a claim."""


def disputed(question: Question, composer: Composer, article_index: ArticleIndex) -> Draft | None:
    """Show the disputed claims, those about the topic where there is one.

    None where the page says nothing at all about the topic.
    """
    disputes = list(article_index.disputes)
    if question.asks_readers:
        disputes = [d for d in map(_among_readers, disputes) if d.contested_by or d.supported_by]
    about_all = not question.terms and question.speaker is None
    if not about_all:
        disputes = _about(question, disputes, article_index)
        if not disputes and (
            missing_name(question, article_index) or not _is_mentioned(question, article_index)
        ):
            return None
    agreements = _readers_agreements(question, disputes, article_index)
    if agreements and not disputes:
        _show_agreements(agreements, composer)
        return composer.finish()
    if not disputes and question.asks_readers and question.all_terms:
        everything = replace(question, terms=question.all_terms)
        told = overview.readers_summary(everything, composer, article_index)
        if told is not None:
            return told
    if not disputes:
        composer.say("no_dispute")
        return composer.finish()
    disputes.sort(key=lambda dispute: (-dispute.voices_against, dispute.claim.start))
    if about_all:
        composer.say("disputed_count", count=len(disputes))
    is_short = len(disputes) > _FEW_CLAIMS
    shown = [_show(dispute, composer, is_short=is_short) for dispute in disputes]
    if hidden := shown.count(False):
        composer.say("more_claims", count=hidden)
    _show_agreements(agreements, composer)
    return composer.finish()


def _readers_agreements(
    question: Question, disputes: Sequence[Dispute], article_index: ArticleIndex
) -> list[Agreement]:
    """Return who of the readers agrees with somebody, but for what the disputes show anyway."""
    if question.speaker is None or not question.asks_readers:
        return []
    shown = {(p.start, p.end) for dispute in disputes for p in dispute.supported_by}
    names = {speaker.name for speaker in (question.speaker, *question.namesakes)}
    return [
        agreement
        for agreement in article_index.agreements
        if _is_with(agreement, names, None, article_index)
        and not shown & {(p.start, p.end) for p in agreement.positions}
    ]


def supported(question: Question, composer: Composer, article_index: ArticleIndex) -> Draft | None:
    """Show who sides with somebody or with their claims, or with the claims about the topic.

    Only agreement that stands on the page counts: not to contest somebody is not to agree.
    None where the page knows neither them nor the topic.
    """
    asked = [question.speaker, *question.namesakes]
    names = {speaker.name for speaker in asked if speaker}
    author = question.author or question.reader_of_name
    agreements = list(article_index.agreements)
    if names or author:
        agreements = [a for a in agreements if _is_with(a, names, author, article_index)]
    elif missing_name(question, article_index) or not _is_mentioned(question, article_index):
        return None
    if question.terms and agreements:
        agreements = covered(
            question, agreements, [_words_of(a) for a in agreements], article_index
        )
    if not _show_agreements(agreements, composer):
        composer.say("no_support")
    return composer.finish()


def _show_agreements(agreements: Sequence[Agreement], composer: Composer) -> bool:
    """Quote claims with those who side with them; return whether there was room for any."""
    shown = 0
    for agreement in agreements:
        if agreement.claim is None or _quote_claim(agreement.claim, composer):
            shown += 1
            _quote_positions(agreement.positions[:_MOST_OBJECTIONS], composer)
    return bool(shown)


def _is_with(
    agreement: Agreement, names: set[str], author: str | None, article_index: ArticleIndex
) -> bool:
    """Whether it sides with one of some speakers, or with the author of a comment."""
    if agreement.claim is not None:
        comment = article_index.article.comment_of(
            article_index.article.passage(agreement.claim.passage)
        )
        if comment is not None:
            return author is not None and comment.author == author
    return agreement.speaker is not None and agreement.speaker.name in names


def _words_of(agreement: Agreement) -> str:
    """Return what is agreed with, and how: either may hold the topic."""
    claimed = agreement.claim.text if agreement.claim else ""
    return " ".join((claimed, *(position.text for position in agreement.positions)))


def but(composer: Composer, article_index: ArticleIndex) -> None:
    """Add who contests the claims that an answer rests on, in their words."""
    cited = composer.citations
    added = 0
    for dispute in article_index.disputes:
        rests = any(
            citation.start < dispute.claim.end and dispute.claim.start < citation.end
            for citation in cited
        )
        for position in dispute.contested_by if rests else ():
            if added == _MOST_BUTS:
                return
            lead = composer.phrases.say("but", who=_who(position, composer))
            added += composer.quote(
                position.start, position.end, speaker=position.speaker, lead=lead
            )


def _show(dispute: Dispute, composer: Composer, *, is_short: bool) -> bool:
    """Quote a claim with those against it and for it; return whether there was room for it."""
    claim = dispute.claim
    against = dispute.contested_by[:_MOST_OBJECTIONS]
    if is_short:
        against = _one_of_each_side(dispute.contested_by)
    words = sum(len(text.split()) for text in (claim.text, *(p.text for p in against[:1])))
    if composer.room < _CLAIM_AND_OBJECTION or not composer.fits(words + _LEADS):
        return False
    if not _quote_claim(claim, composer):
        return False
    _quote_positions((*against, *dispute.supported_by[:1]), composer)
    if dispute.voices_against + dispute.voices_for > 1:
        composer.say(
            "voices",
            against=dispute.voices_against,
            supporting=dispute.voices_for,
            anonymous=dispute.voices_anonymous,
        )
    return True


def _quote_claim(claim: Claim, composer: Composer) -> bool:
    """Quote a claim with whose it is; return whether there was room for it."""
    comment = composer.article.comment_of(composer.article.passage(claim.passage))
    if comment is not None:
        lead = composer.phrases.say("claim_reader", speaker=composer.reader(comment))
    elif claim.speaker is not None:
        lead = composer.phrases.say("claim", speaker=claim.speaker.name)
    else:
        lead = composer.phrases.say("claim_nobody")
    return composer.quote(claim.start, claim.end, speaker=claim.speaker, lead=lead, again=True)


def _quote_positions(positions: Sequence[Position], composer: Composer) -> None:
    for position in positions:
        lead = composer.phrases.say("lead", who=_who(position, composer))
        composer.quote(
            position.start, position.end, speaker=position.speaker, lead=lead, again=True
        )


def _one_of_each_side(positions: Sequence[Position]) -> tuple[Position, ...]:
    """Return the first position in the article and the first one of a reader."""
    sides = {position.passage.startswith("C"): position for position in reversed(positions)}
    return tuple(sides[is_reader] for is_reader in (False, True) if is_reader in sides)


def _among_readers(dispute: Dispute) -> Dispute:
    """Return a dispute with the positions of readers only."""
    return replace(
        dispute,
        contested_by=tuple(p for p in dispute.contested_by if p.passage.startswith("C")),
        supported_by=tuple(p for p in dispute.supported_by if p.passage.startswith("C")),
    )


def _who(position: Position, composer: Composer) -> str:
    """Return who takes a position and how: "Marin, comment 4 (disputes)"."""
    article = composer.article
    comment = article.comment_of(article.passage(position.passage))
    relation = composer.phrases.relations[position.relation]
    if comment is not None:
        return f"{composer.reader(comment)} ({relation})"
    return f"{position.speaker.name} ({relation})" if position.speaker else relation


def _about(
    question: Question, disputes: Sequence[Dispute], article_index: ArticleIndex
) -> list[Dispute]:
    if not disputes:
        return []
    if question.terms:
        own = [
            " ".join((d.claim.text, *(position.text for position in d.contested_by)))
            for d in disputes
        ]
        # What a claim is about may be told in the sentences before it.
        around = [
            f"{article_index.article.passage(d.claim.passage).text} {text}"
            for d, text in zip(disputes, own, strict=True)
        ]
        for texts in (own, around):
            if fitting := covered(question, disputes, texts, article_index):
                return fitting
    if question.speaker is None:
        return []
    name = question.speaker.name
    return [
        dispute
        for dispute in disputes
        if (dispute.claim.speaker and dispute.claim.speaker.name == name)
        or any(p.speaker and p.speaker.name == name for p in dispute.contested_by)
    ]


def _is_mentioned(question: Question, article_index: ArticleIndex) -> bool:
    texts = [passage.text for passage in article_index.article.passages]
    return question.speaker is not None or bool(covered(question, texts, texts, article_index))
