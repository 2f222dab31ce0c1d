"""Who is quoted, how often, and in which words: counted and listed from the statements."""

from assistant.extractive import people, speech
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.topical import on_topic
from index.statements import speakers

_LISTED = 5
_WITH_WORDS = 3


def most_quoted(inquiry: Inquiry) -> Draft | None:
    """Count the statements of each speaker of the article and quote one of each."""
    composer = inquiry.composer
    said = [s for s in inquiry.said if s.speaker]
    ranked = speakers(said)[:_LISTED]
    if not ranked:
        composer.say("nobody_quoted")
        return composer.finish()
    listed = ", ".join(f"{item.speaker.name} ({item.statements})" for item in ranked)
    composer.say("most_quoted", list=listed)
    for item in ranked[:_WITH_WORDS]:
        first = next(s for s in said if s.speaker and s.speaker.name == item.speaker.name)
        lead = composer.phrases.say("lead", who=item.speaker.name)
        composer.quote(first.start, first.end, speaker=first.speaker, lead=lead)
    return composer.finish()


def quotations(inquiry: Inquiry) -> Draft | None:
    """List what is quoted word for word, of one speaker or on one topic where they are named."""
    composer = inquiry.composer
    speaker = inquiry.question.speaker or people.described_speaker(inquiry)
    direct = [s for s in inquiry.said if s.manner in ("direct", "mixed")]
    if speaker is not None:
        direct = [s for s in direct if s.speaker and s.speaker.name == speaker.name]
        topic = people.without_description(inquiry, speaker)
        direct = sorted(on_topic(topic, direct), key=lambda s: s.start) or direct
        if not direct:
            composer.say("none_quoted_of", speaker=speaker.name)
            return speech.said_what(inquiry)
        composer.say("quotes_of", speaker=speaker.name)
    elif not direct:
        composer.say("none_quoted")
        return composer.finish()
    else:
        direct = sorted(on_topic(inquiry, direct), key=lambda s: s.start) or direct
        composer.say("quotes_all", count=len(direct))
    for statement in direct:
        who = statement.speaker.name if statement.speaker and speaker is None else None
        lead = composer.phrases.say("lead", who=who) if who else None
        composer.quote(statement.start, statement.end, speaker=statement.speaker, lead=lead)
    return composer.finish()
