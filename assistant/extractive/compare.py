"""Two speakers side by side, or the article beside its readers, each in their own words."""

from collections.abc import Sequence

from assistant.extractive import overview, people, voices
from assistant.extractive.beside import beside, show, worth_of
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.quoting import apart, quote_statement
from assistant.extractive.topical import sentence_of
from index.statements import Speaker

_OF_EACH = 2
_MOST_SPEAKERS = 3
_PAIR = 2


def compare(inquiry: Inquiry) -> Draft | None:
    """Quote what each of those who are named says, on the topic where there is one."""
    question, composer = inquiry.question, inquiry.composer
    if len(question.authors) >= _PAIR:
        return _readers(inquiry, question.authors)
    named = list(dict.fromkeys((*question.speakers, *people.described_speakers(inquiry))))
    found = beside(inquiry) if question.terms else None
    is_told = found is not None and len(found.sentences) >= _PAIR
    if len(named) + bool(question.author or question.asks_readers or is_told) < _PAIR:
        named = [*named, *_opponents(inquiry, named)]
    if not named and not composer.article.live_comments():
        return None
    for speaker in named[:_MOST_SPEAKERS]:
        _person(inquiry, speaker)
    if question.author is not None:
        composer.introduce("comments_by", author=question.author)
        for comment in people.by_author(inquiry, question.author)[:_OF_EACH]:
            composer.quote_comment(comment)
    elif question.asks_readers:
        _all_readers(inquiry, named)
    if found is not None:
        composer.introduce("neither")
        show(found, inquiry)
    return composer.finish() if composer.citations else None


def _person(inquiry: Inquiry, speaker: Speaker) -> None:
    """Quote what somebody says, what is nearest to the question of it."""
    said = people.words_of(inquiry, speaker)
    worth = worth_of(inquiry, [sentence_of(s, inquiry.article) for s in said])
    nearest = sorted(range(len(said)), key=lambda place: -worth[place])[:_OF_EACH]
    spoken_of = people.sentences_with(inquiry, speaker)[: _OF_EACH - len(said)]
    if not said and not spoken_of:
        inquiry.composer.say("compare_nothing", speaker=speaker.name)
        return
    inquiry.composer.introduce("speaker_says", speaker=speaker.name)
    for statement in apart([said[place] for place in sorted(nearest)], inquiry.article):
        quote_statement(statement, inquiry)
    inquiry.composer.introduce("article_says")
    for span in spoken_of:
        inquiry.composer.quote(span.start, span.end)


def _opponents(inquiry: Inquiry, named: Sequence[Speaker]) -> list[Speaker]:
    """Return whom to set beside those who are named: who contests them, else who speaks most."""
    names = {speaker.name for speaker in named}
    contesting = [
        position.speaker
        for dispute in inquiry.article_index.disputes
        if not names or (dispute.claim.speaker and dispute.claim.speaker.name in names)
        for position in dispute.contested_by
        if position.speaker and position.speaker.name not in names
    ]
    others = [s for s in people.known_speakers(inquiry) if s.name not in names]
    found = list({s.name: s for s in (*contesting, *others)}.values())
    return found[: _PAIR - len(named)] if len(named) < _PAIR else []


def _all_readers(inquiry: Inquiry, named: Sequence[Speaker]) -> None:
    said = [s.text for speaker in named for s in people.words_of(inquiry, speaker)]
    texts = [inquiry.question.plain, *said]
    shown = voices.comments_on(inquiry, texts, most=_OF_EACH)
    shown = shown or overview.representative(inquiry.article.live_comments())[:_OF_EACH]
    inquiry.composer.introduce("readers_say")
    for comment in shown:
        inquiry.quote_comment(comment, with_score=True)


def _readers(inquiry: Inquiry, authors: Sequence[str]) -> Draft:
    for author in authors[:_MOST_SPEAKERS]:
        inquiry.composer.introduce("comments_by", author=author)
        for comment in people.by_author(inquiry, author)[:_OF_EACH]:
            inquiry.quote_comment(comment)
    return inquiry.composer.finish()
