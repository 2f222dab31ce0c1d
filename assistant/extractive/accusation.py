"""Who accuses whom of what: the sentences that accuse, and what is answered to them."""

from assistant.extractive import contest, people
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.turns import quote_turn
from assistant.locale import matches
from index.language.dispute_words import vocabulary
from index.language.phrase_patterns import read_words
from index.language.words import Span
from index.library.narration import sentences_of

_MOST = 4


def accusation(inquiry: Inquiry) -> Draft | None:
    """Quote the sentences that accuse; those with whom or what the question names, if any.

    None where the page has no such sentence about them.
    """
    composer, article = inquiry.composer, inquiry.article
    if matches(composer.phrases.asks["disputed"], inquiry.question.words):
        return contest.disputed(inquiry)  # "What do they accuse each other of?"
    known = vocabulary(article.language)
    accusing = [
        span
        for span in sentences_of(article)
        if any(known.accuse_verbs.find(read_words(span.of(article.text))))
    ]
    named = people.all_named(inquiry)
    if named:
        accusing = [span for span in accusing if _concerns(inquiry, span, {s.name for s in named})]
    topic = people.without_description(inquiry, *named)
    if topic.terms and accusing:
        texts = [span.of(article.text) for span in accusing]
        about = topic.covered(accusing, texts)
        accusing = about or (accusing if named or not topic.misses_name else [])
    if not accusing:
        return None
    composer.say("accusations", count=len(accusing))
    for span in accusing[:_MOST]:
        inquiry.quote(span.start, span.end)
        quote_turn(inquiry, span.end)
    return composer.finish()


def _concerns(inquiry: Inquiry, span: Span, names: set[str]) -> bool:
    """Whether a sentence names one of some people, or says their words."""
    said = inquiry.said_in(span.start, span.end)
    if said is not None and said.speaker is not None and said.speaker.name in names:
        return True
    surnames = [name.split()[-1] for name in names]
    text = span.of(inquiry.article.text)
    return bool((inquiry.article_index.align(surnames, [text]) >= 0.9).any())
