"""Answers to "what is disputed?" and "who agrees?"."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive import facts, overview, people, thread, voices
from assistant.extractive.beside import Beside, beside, is_near, show
from assistant.extractive.composing import Composer, Draft
from assistant.extractive.denials import denials
from assistant.extractive.figures import contested_figures
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.objections import name_of, one_of_each_side, who
from assistant.extractive.sentences import sentence_around, with_antecedent
from assistant.locale import matched_words
from index.article import Comment, whole_label
from index.disputes import Agreement, Claim, Dispute, Position, by_prominence
from index.disputes.echoes import is_year
from index.language.dispute_words import vocabulary
from index.language.numbers import numbers
from index.language.sentences import sentence_spans
from index.language.words import Span, content_words, folded_words
from index.library.narration import sentences_of

_CLAIM_AND_OBJECTION = 2
_MOST_OBJECTIONS = 3
_FEW_CLAIMS = 2
"""Up to so many are shown with all that speaks against them, more with a voice of each side."""
_NO_TOPIC = 0.2
"""Share of a topic below which a sentence does not hold it."""
_LEADS = 12
"""Words that name the two sides of a claim."""
_OTHERS = 3
"""Statements and comments on the same thing, where nobody contests it outright."""


def disputed(inquiry: Inquiry) -> Draft | None:
    """Show the disputed claims, those about the topic where there is one.

    None where the page says nothing at all about the topic.
    """
    question, composer = inquiry.question, inquiry.composer
    everything = list(inquiry.article_index.disputes)
    if question.author is not None:
        return _contested_by_reader(inquiry, question.author)
    if question.asks_readers:
        everything = [
            d for d in map(_among_readers, everything) if d.contested_by or d.supported_by
        ]
    things = vocabulary(question.language).figure_things
    asking = matched_words(composer.phrases.asks["disputed"], question.words)
    topic = inquiry.about(
        [t for t in inquiry.terms if not things.holds(t.folded) and t.folded not in asking]
    )
    about_all = _asks_for_all(topic)
    if any(map(things.holds, question.words)):  # "Which figures are contested?"
        of_figures = [d for d in everything if _tells_figures(d, inquiry.article.language)]
        if not question.asks_readers and (spans := contested_figures(inquiry, topic)):
            return _contested_figures(inquiry, spans, topic, of_figures)
        everything = of_figures or everything
    # What readers claim comes after what the article tells.
    told = [d for d in everything if question.asks_readers or not d.claim.passage.startswith("C")]
    found = None if about_all else beside(inquiry)
    disputes = everything if about_all else _claims_about(inquiry, told)
    disputes = disputes if about_all else near(inquiry, disputes, found)
    if not (disputes or about_all or question.asks_readers) and (denying := denials(inquiry)):
        return _denied(inquiry, denying, found)
    disputes = disputes or near(inquiry, about(inquiry, everything), found)
    if not disputes and not about_all and (inquiry.misses_name or found is None):
        return None
    agreements = _readers_agreements(inquiry, disputes)
    if agreements and not disputes:
        _show_agreements(agreements, inquiry)
        return composer.finish()
    disputes = by_prominence(disputes)
    if about_all and disputes:
        composer.say("disputed_count", count=len(disputes))
    elif disputes or (found and found.is_contested):
        composer.judge("contested", "contested")
    else:
        composer.say("no_dispute_but" if found else "no_dispute")
    is_short = len(disputes) > _FEW_CLAIMS
    shown = 0
    for dispute in disputes:
        number = shown + 1 if len(disputes) > 1 else None
        shown += _show(dispute, inquiry, is_short=is_short, number=number)
    if about_all and shown < len(disputes):
        composer.say("more_claims", count=len(disputes) - shown)
    _show_agreements(agreements, inquiry)
    if found:
        show(found, inquiry)
    elif not disputes:
        composer.introduce("readers_say")
        for comment in overview.representative(composer.article.live_comments())[:_OTHERS]:
            inquiry.quote_comment(comment, with_score=True)
    return composer.finish()


def _contested_figures(
    inquiry: Inquiry, spans: Sequence[Span], topic: Inquiry, disputes: Sequence[Dispute]
) -> Draft:
    """Quote the sentences that contest a figure, and claims with figures that are contested."""
    disputes = [d for d in disputes if not any(_meet(d.claim, span) for span in spans)]
    if topic.terms:
        disputes = topic.covered(disputes, [d.claim.text for d in disputes])
    inquiry.composer.judge("contested", "contested")
    for span in spans:
        inquiry.quote(span.start, span.end)
    for dispute in by_prominence(disputes):
        _show(dispute, inquiry, is_short=True)
    return inquiry.composer.finish()


def _tells_figures(dispute: Dispute, language: str) -> bool:
    """Whether a claim or what is said against it tells a figure, years apart."""
    texts = (dispute.claim.text, *(position.text for position in dispute.contested_by))
    return any(not is_year(n.value) for text in texts for n in numbers(text, language))


def _asks_for_all(inquiry: Inquiry) -> bool:
    """Whether all that is disputed is asked for: "Which bits are people fighting about?".

    What no sentence of the page holds or comes near to is no topic, in the page's own language.
    """
    question = inquiry.question
    if not question.terms:
        return question.speaker is None
    if question.speaker or question.cited or inquiry.is_across or inquiry.misses_name:
        return False
    texts = [span.of(inquiry.article.text) for span in sentences_of(inquiry.article)]
    return float(max(inquiry.coverage(texts), default=0.0)) < _NO_TOPIC and not is_near(
        inquiry, texts
    )


def near(inquiry: Inquiry, disputes: Sequence[Dispute], found: Beside | None) -> list[Dispute]:
    """Return the disputes of what the page tells about the topic; all where that is not known."""
    if found is None or inquiry.question.cited:
        return list(disputes)
    labels = {c.label for c in found.comments}

    def meets(dispute: Dispute) -> bool:
        told: tuple[Claim | Position | Span, ...] = (
            _with_antecedent(inquiry, dispute.claim),
            *dispute.contested_by,
        )
        return any(_meet(each, span) for each in told for span in found.sentences)

    return [d for d in disputes if whole_label(d.claim.passage) in labels or meets(d)]


def _with_antecedent(inquiry: Inquiry, claim: Claim) -> Span:
    """Return a claim with the sentence before it, which may tell what it is about."""
    around = sentence_around(inquiry.article, claim.start, claim.end)
    return Span(*with_antecedent(inquiry.article, *around, always=True))


def denied(inquiry: Inquiry) -> Draft | None:
    """Quote who denies in the article what is asked about; None where nobody was found to."""
    denying = denials(inquiry)
    return _denied(inquiry, denying, None) if denying else None


def _denied(inquiry: Inquiry, denying: Sequence[Span], found: Beside | None) -> Draft:
    inquiry.composer.judge("contested", "contested")
    for span in denying:
        inquiry.quote(span.start, span.end)
    disputes = about(inquiry, inquiry.article_index.disputes)
    readers = [p for d in disputes for p in d.contested_by if voices.is_reader(p)]
    _quote_positions(readers[:_MOST_OBJECTIONS], inquiry)
    if found is not None:
        inquiry.composer.introduce("neither")
        show(found, inquiry)
    return inquiry.composer.finish()


def disputed_briefly(inquiry: Inquiry) -> Draft | None:
    """Show the most contested claim with who contests it; None where nobody contests any."""
    composer = inquiry.composer
    disputes = [d for d in inquiry.article_index.disputes if d.contested_by]
    if not disputes:
        return None
    dispute = max(disputes, key=lambda d: d.voices_against)
    claim, against = dispute.claim, dispute.contested_by[:_MOST_OBJECTIONS]
    names = ", ".join(dict.fromkeys(name_of(position, composer) for position in against))
    speaker = claim.speaker.name if claim.speaker else composer.phrases.frames["the_article"]
    comment = composer.article.comment_of(composer.article.passage(claim.passage))
    if comment is not None:
        speaker = composer.reader(comment)
    lead = composer.phrases.say("claim_contested", speaker=speaker, who=names)
    composer.quote(claim.start, claim.end, speaker=claim.speaker, lead=lead)
    return composer.finish()


def _contested_by_reader(inquiry: Inquiry, author: str) -> Draft | None:
    """Show what a reader contests; all they write where they contest nothing outright."""
    theirs = [
        replace(dispute, contested_by=own, supported_by=())
        for dispute in inquiry.article_index.disputes
        if (own := tuple(p for p in dispute.contested_by if p.author == author))
    ]
    for dispute in theirs:
        _show(dispute, inquiry, is_short=False)
    return inquiry.composer.finish() if theirs else thread.comment_by(inquiry)


def _readers_agreements(inquiry: Inquiry, disputes: Sequence[Dispute]) -> list[Agreement]:
    """Return who of the readers agrees with somebody, but for what the disputes show anyway."""
    question = inquiry.question
    if question.speaker is None or not question.asks_readers:
        return []
    shown = {(p.start, p.end) for dispute in disputes for p in dispute.supported_by}
    names = {speaker.name for speaker in (question.speaker, *question.namesakes)}
    return [
        agreement
        for agreement in inquiry.article_index.agreements
        if _is_with(agreement, names, None, inquiry)
        and not shown & {(p.start, p.end) for p in agreement.positions}
    ]


def supported(inquiry: Inquiry) -> Draft | None:
    """Show who sides with somebody or with their claims, or with the claims about the topic.

    Only agreement that stands on the page counts: not to contest somebody is not to agree.
    None where the page knows neither them nor the topic.
    """
    question, composer = inquiry.question, inquiry.composer
    if len(question.authors) > 1:
        return None  # "Does Dorn agree with Councilwatch?" is about one reader's stance
    speaker = question.speaker or people.described_speaker(inquiry)
    names = {s.name for s in (speaker, *question.namesakes) if s}
    author = question.author or question.reader_of_name
    agreements = list(inquiry.article_index.agreements)
    if names or author:
        agreements = [a for a in agreements if _is_with(a, names, author, inquiry)]
    elif inquiry.misses_name or not inquiry.is_mentioned:
        return None
    topic = people.without_description(inquiry, speaker) if speaker else inquiry
    if topic.terms and agreements:
        agreements = topic.covered(agreements, [_words_of(a) for a in agreements])
    if not _show_agreements(agreements, inquiry):
        if told := facts.surer(inquiry, None):
            return told
        comments = _comments_on_them(inquiry)
        composer.say("stance_open" if comments else "no_support")
        for comment in comments:
            inquiry.quote_comment(comment, with_score=True)
    return composer.finish()


def _comments_on_them(inquiry: Inquiry) -> Sequence[Comment]:
    """Return what readers write of somebody of whom nobody is outright for or against.

    Replies to a comment that was quoted last, comments with their name, those on what they say.
    """
    article = inquiry.article
    named = people.all_named(inquiry)
    cited = [article.comment_of(article.passage_at(s.start)) for s in inquiry.question.cited]
    replies = [r for c in cited if c for r in article.replies(c.number) if not r.deleted]
    texts = [inquiry.question.plain, *(s.text for n in named for s in people.words_of(inquiry, n))]
    found = replies or people.comments_naming(inquiry, named)
    if not found and inquiry.question.refers_back:
        found = voices.comments_on(inquiry, texts, most=_OTHERS)
    # Who contests somebody, or sides with somebody else, agrees with nobody by that.
    names = {speaker.name for speaker in named}
    against = [
        d.contested_by
        for d in inquiry.article_index.disputes
        if d.claim.speaker and d.claim.speaker.name in names
    ]
    with_others = [
        a.positions
        for a in inquiry.article_index.agreements
        if a.speaker and a.speaker.name not in names
    ]
    sided = {p.passage for positions in (*against, *with_others) for p in positions}
    return [comment for comment in found if comment.label not in sided][:_OTHERS]


def _show_agreements(agreements: Sequence[Agreement], inquiry: Inquiry) -> bool:
    """Quote claims with those who side with them; return whether there was room for any."""
    shown = 0
    for agreement in agreements:
        if agreement.claim is None or _quote_claim(agreement.claim, inquiry.composer):
            shown += 1
            _quote_positions(agreement.positions[:_MOST_OBJECTIONS], inquiry)
    return bool(shown)


def _is_with(agreement: Agreement, names: set[str], author: str | None, inquiry: Inquiry) -> bool:
    """Whether it sides with one of some speakers, or with the author of a comment."""
    if agreement.claim is not None:
        comment = inquiry.article.comment_of(inquiry.article.passage(agreement.claim.passage))
        if comment is not None:
            return author is not None and comment.author == author
    return agreement.speaker is not None and agreement.speaker.name in names


def _words_of(agreement: Agreement) -> str:
    """Return what is agreed with, and how: either may hold the topic."""
    claimed = agreement.claim.text if agreement.claim else ""
    return " ".join((claimed, *(position.text for position in agreement.positions)))


def _show(dispute: Dispute, inquiry: Inquiry, *, is_short: bool, number: int | None = None) -> bool:
    """Quote a claim with those against it and for it; return whether there was room for it.

    A number tells where one of several claims begins: whoever speaks behind it speaks of it.
    """
    claim, composer = dispute.claim, inquiry.composer
    against = dispute.contested_by[:_MOST_OBJECTIONS]
    if is_short:
        against = one_of_each_side(dispute.contested_by)
    words = sum(len(text.split()) for text in (claim.text, *(p.text for p in against[:1])))
    if composer.room < _CLAIM_AND_OBJECTION or not composer.fits(words + _LEADS):
        return False
    if not _quote_claim(claim, composer, number=number):
        return False
    _quote_positions((*against, *dispute.supported_by[:1]), inquiry)
    if dispute.voices_against + dispute.voices_for > 1:
        composer.say(
            "voices",
            against=dispute.voices_against,
            supporting=dispute.voices_for,
            anonymous=dispute.voices_anonymous,
        )
    return True


def _quote_claim(claim: Claim, composer: Composer, *, number: int | None = None) -> bool:
    """Quote a claim with whose it is; return whether there was room for it."""
    comment = composer.article.comment_of(composer.article.passage(claim.passage))
    if comment is not None:
        lead = composer.phrases.say("claim_reader", speaker=composer.reader(comment))
    elif claim.speaker is not None:
        lead = composer.phrases.say("claim", speaker=claim.speaker.name)
    else:
        lead = composer.phrases.say("claim_nobody")
    if number is not None:
        lead = f"{number}. {lead}"
    return composer.quote(claim.start, claim.end, speaker=claim.speaker, lead=lead, again=True)


def _quote_positions(positions: Sequence[Position], inquiry: Inquiry) -> None:
    composer = inquiry.composer
    for position in positions:
        lead = composer.phrases.say("lead", who=who(position, composer))
        start = position.start
        if position.speaker is None and not voices.is_reader(position):
            start = _from_a_name(inquiry, start)
        composer.quote(start, position.end, speaker=position.speaker, lead=lead, again=True)


def _from_a_name(inquiry: Inquiry, start: int) -> int:
    """Return where the sentence begins that last named somebody: "A study of his puts it at 90".

    Within the paragraph; the place itself where nobody is named in it.
    """
    article = inquiry.article
    names = {word for p in inquiry.article_index.people for word in content_words(p.name)[-1:]}
    passage = article.passage_at(start)
    before = [
        s for s in sentence_spans(article.text, passage.start, passage.end) if s.start <= start
    ]
    naming = [s.start for s in before if names.intersection(folded_words(s.of(article.text)))]
    return naming[-1] if naming else start


def _among_readers(dispute: Dispute) -> Dispute:
    """Return a dispute with the positions of readers only."""
    return replace(
        dispute,
        contested_by=tuple(p for p in dispute.contested_by if p.passage.startswith("C")),
        supported_by=tuple(p for p in dispute.supported_by if p.passage.startswith("C")),
    )


def _meet(claim: Claim | Position | Span, span: Span) -> bool:
    return claim.start < span.end and span.start < claim.end


def about(inquiry: Inquiry, disputes: Sequence[Dispute]) -> list[Dispute]:
    """Return the disputes about the topic of a question, else those of the one it names."""
    if found := _claims_about(inquiry, disputes):
        return found
    named = people.all_named(inquiry)
    topic = people.without_description(inquiry, *named)
    held = [" ".join((d.claim.text, *(p.text for p in d.contested_by))) for d in disputes]
    around = [_with_antecedent(inquiry, d.claim).of(inquiry.article.text) for d in disputes]
    for texts in (held, around) if topic.terms else ():
        if fitting := topic.covered(disputes, texts):
            return fitting
    names = {speaker.name for speaker in named}
    return [d for d in disputes if _claims(d, names)] or [
        d for d in disputes if any(p.speaker and p.speaker.name in names for p in d.contested_by)
    ]


def _claims_about(inquiry: Inquiry, disputes: Sequence[Dispute]) -> list[Dispute]:
    """Return the disputes of claims that are about the topic, made by whom the question names."""
    cited = inquiry.question.cited
    if meant := [d for d in disputes if any(_meet(d.claim, span) for span in cited)]:
        return meant
    named = people.all_named(inquiry)
    topic = people.without_description(inquiry, *named)
    theirs = [d for d in disputes if _claims(d, {speaker.name for speaker in named})]
    if not topic.terms or not disputes:
        return theirs
    claims = theirs if inquiry.question.want == "person" and named else list(disputes)
    return topic.covered(claims, [d.claim.text for d in claims])


def _claims(dispute: Dispute, names: set[str]) -> bool:
    return dispute.claim.speaker is not None and dispute.claim.speaker.name in names
