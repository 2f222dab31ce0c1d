"""Who denies or doubts something in the article: the sentences that say so, and what they say then.

"The investor promises 25 jobs. A neighbour doubts that. “In summer at most,” she says.": what is
denied stands in the sentence or in one before it.
"""

import re
from collections.abc import Sequence

from assistant.extractive import people
from assistant.extractive.beside import LEAST, worth_of
from assistant.extractive.inquiry import Inquiry
from index.language.dispute_words import vocabulary
from index.language.phrase_patterns import read_words
from index.language.words import Span, content_words, folded_words
from index.library.narration import sentences_of
from index.statements import Speaker, is_denied

_PART_END = re.compile(r"[:;«»“”„\"]")
"""Behind these something else is said than what is denied: "He denies it: it was 4"."""
_SHARE_BEFORE = 0.9
"""How much the topic counts in a sentence before the denial beside that itself."""
_NEAR = 0.6
"""Of the nearness of the nearest sentence before a denial, for another to be what is denied."""
_AS_GOOD = 0.95
_MOST = 2


def denials(inquiry: Inquiry) -> list[Span]:
    """Return the sentences that deny what is asked about, each with its speaker's next words."""
    text, known = inquiry.article.text, vocabulary(inquiry.article.language)
    named = people.all_named(inquiry)
    names = {speaker.name for speaker in named}
    topic = people.without_description(inquiry, *named)
    if not (named or topic.terms):
        return []
    spans = sentences_of(inquiry.article)
    found: list[tuple[float, list[Span]]] = []
    for place, span in enumerate(spans):
        parts = _PART_END.split(span.of(text))
        denying = [part for part in parts if known.denies(read_words(part))]
        negated = [part for part in parts if is_denied(part, inquiry.article.language)]
        if not denying and not (negated and topic.terms):
            continue
        said = inquiry.said_in(span.start, span.end)
        is_own = said is not None and said.speaker is not None and said.speaker.name in names
        if is_own and (not denying or inquiry.question.is_follow_up):
            continue  # "Who contradicts her?" asks for somebody else
        told = [span, *(own_words_behind(inquiry, spans, place) if denying else ())]
        worth = float(max(topic.coverage([" ".join(denying or negated)]), default=0.0))
        if worth < topic.enough:
            before = _before(inquiry, spans, place)
            if not denying or (named and not _is_against(inquiry, span, before, names)):
                continue  # "He does not believe in it": what is negated stands in the sentence
            if topic.terms and any(_names_what(part, inquiry) for part in denying):
                continue
            denied = _denied(topic, before, told)
            shares = topic.coverage([each.of(text) for each in denied])
            worth = max(shares, default=0.0) * _SHARE_BEFORE if topic.terms else topic.enough
        found.append((float(worth), told))
    least = max(max((worth for worth, _ in found), default=0.0) * _AS_GOOD, topic.enough)
    return [each for worth, told in found if worth >= least for each in told][: 2 * _MOST]


def denied_by(inquiry: Inquiry, topic: Inquiry, speaker: Speaker) -> list[Span]:
    """Return the denial of somebody's that comes nearest to a topic, and their next words.

    "The club says he sold it. The priest rejects that: “Not a candle.”": what is denied stands in
    the sentence, in the one before it, or in what they say then.
    """
    text, known = inquiry.article.text, vocabulary(inquiry.article.language)
    spans = sentences_of(inquiry.article)
    about = {span.start for span in people.sentences_about(inquiry, speaker)}
    units: list[list[Span]] = []
    around: list[str] = []
    for place, span in enumerate(spans):
        own = inquiry.said_in(span.start, span.end)
        is_theirs = span.start in about or (own is not None and people.is_by(own, speaker))
        if not (is_theirs and known.denies(read_words(span.of(text)))):
            continue
        units.append([span, *own_words_behind(inquiry, spans, place)])
        before = _before(inquiry, spans, place)[-1:]
        around.append(" ".join(each.of(text) for each in (*before, *units[-1])))
    if not units:
        return []
    worth = worth_of(topic, around)
    return units[int(worth.argmax())] if worth.max() >= LEAST else []


def _names_what(text: str, inquiry: Inquiry) -> bool:
    """Whether words say what is denied: "rejects the criticism", not "denies the claim"."""
    words, known = read_words(text), vocabulary(inquiry.article.language)
    verbs = (*known.deny_verbs.find(words), *known.doubt_verbs.find(words))
    objects = {w for v in verbs for w in content_words(text[v.end :], inquiry.article.language)}
    return any(not known.refused_things.holds(w) or known.criticisms.holds(w) for w in objects)


def own_words_behind(inquiry: Inquiry, spans: Sequence[Span], place: int) -> list[Span]:
    """Return the sentence behind a denial if it is what the same speaker says."""
    own = inquiry.said_in(spans[place].start, spans[place].end)
    for span in spans[place + 1 : place + 2]:
        said = inquiry.said_in(span.start, span.end)
        if said and said.speaker and (own is None or own.speaker == said.speaker):
            return [span]
    return []


def _before(inquiry: Inquiry, spans: Sequence[Span], place: int) -> list[Span]:
    """Return the sentences before one in its paragraph, those of the last if it opens one."""
    labels = [inquiry.article.passage_at(span.start).label for span in spans[: place + 1]]
    own = [spans[n] for n in range(place) if labels[n] == labels[place]]
    return own or [spans[n] for n in range(place) if labels[n] == labels[place - 1]]


def _denied(inquiry: Inquiry, before: Sequence[Span], told: Sequence[Span]) -> list[Span]:
    """Return which of the sentences before a denial are near to what it says then."""
    if inquiry.reader is None or len(told) == 1 or len(before) == 1:
        return list(before)
    said, *texts = (span.of(inquiry.article.text) for span in (told[1], *before))
    near = inquiry.reader.nearness(said, texts)
    return [span for span, share in zip(before, near, strict=True) if share >= _NEAR * max(near)]


def _is_against(inquiry: Inquiry, span: Span, before: Sequence[Span], names: set[str]) -> bool:
    """Whether a sentence that is nobody's of these people denies what one of them says."""
    said = inquiry.said_in(span.start, span.end)
    if said and said.speaker and said.speaker.name in names:
        return False
    surnames = {word for name in names for word in content_words(name)[-1:]}
    theirs = [inquiry.said_in(each.start, each.end) for each in before]
    return not surnames.isdisjoint(folded_words(span.of(inquiry.article.text))) or any(
        each and each.speaker and each.speaker.name in names for each in theirs
    )
