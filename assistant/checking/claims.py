"""A reply, read: its sentences, whose words each one reports, and what it puts in quotation marks.

The reply is read by the same rules as an article, so "X said that …" in it means the same.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from assistant.locale import phrases
from assistant.markers import without_markers
from index.article import Article, Passage
from index.language.detection import detect_language
from index.language.dispute_words import vocabulary
from index.language.phrase_patterns import read_words
from index.language.quotation_marks import quotations_in, without_quotations
from index.language.report_words import load
from index.language.words import content_words, fold
from index.statements import Speaker, Statement, find_statements
from index.statements.scope import Scope, scopes

_OPENING = re.compile(r"[^,:«“\"]{3,40}?(?:,|:|\bthat\b|\bque\b|\bqu['’]|\bdass\b)\s*")
_FRAME_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of a reply without its markers.

    `speeches` are the words it reports, each with the speaker it gives them; `quotations` the
    words it puts in quotation marks. `body` is its text without "The article says that",
    `outside` its body without what stands in quotation marks, `scopes` how each stretch of the
    body stands. `led_by` is who stands before its colon ("Ann Lowe: The mill burned."), "" for a
    reader without a name.
    """

    text: str
    body: str
    outside: str
    language: str
    speeches: tuple[Statement, ...]
    quotations: tuple[str, ...]
    scopes: tuple[Scope, ...] = ()
    led_by: str | None = None

    @property
    def is_of_the_page(self) -> bool:
        """Whether it says that the article says it."""
        return self.led_by is None and self.body != self.text

    @property
    def is_bare(self) -> bool:
        """Whether nothing of it is told as somebody's, or as what may be."""
        return not self.is_reported and not self.leaves_open(0, len(self.body))

    @property
    def is_reported(self) -> bool:
        """Whether something of it is told as said, denied or demanded, or as somebody's."""
        return any(s.standing != "asserted" or s.holder for s in self.scopes)

    def leaves_open(self, start: int, end: int) -> bool:
        """Whether a stretch of its body says that something may or shall be so."""
        known, words = vocabulary(self.language), read_words(self.body, start, end)
        return any(known.hedges.holds(w.folded) or known.modals.holds(w.folded) for w in words)


def read_claims(
    sentences: Sequence[str],
    language: str,
    *,
    names: Iterable[str] = (),
    leads: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Claim, ...]:
    """Return the sentences of a reply as claims, in order.

    Args:
        sentences: Their texts, markers included.
        language: ISO 639-1 code of the reply.
        names: Names on the page, which say nothing about the language of a reply.
        leads: What may stand before a colon as who says the rest, and who that is.
    """
    plain = [without_markers(sentence).strip() for sentence in sentences]
    outside = " ".join(map(without_quotations, plain))
    for name in names:
        outside = outside.replace(name, " ")
    # The words outside quotation marks tell who says it.
    spoken = detect_language(outside, likely=language)
    led = [_lead(sentence, leads) for sentence in plain]
    bodies = [
        _without_frame(sentence[end:], spoken)
        for sentence, (_, end) in zip(plain, led, strict=True)
    ]
    text = " ".join(bodies)
    speeches = find_statements(_as_article(text, spoken)) if text else ()
    claims, start = [], 0
    for sentence, body, (who, _) in zip(plain, bodies, led, strict=True):
        end = start + len(body)
        own = tuple(s for s in speeches if start <= s.start < end)
        if who:
            own = (_said_by(who, body, start), *own)
        claims.append(
            Claim(
                text=sentence,
                body=body,
                outside=without_quotations(body),
                language=spoken,
                speeches=own,
                quotations=quotations(sentence),
                scopes=_scopes(text, start, end, own, spoken),
                led_by=who,
            )
        )
        start = end + 1
    return tuple(claims)


def _lead(sentence: str, leads: Mapping[str, str]) -> tuple[str | None, int]:
    """Return who stands before the colon of a sentence, and where what they say begins."""
    before, colon, _ = sentence.partition(":")
    who = leads.get(before.strip()) if colon else None
    end = len(before) + 1 if who is not None else 0
    return who, end + len(sentence[end:]) - len(sentence[end:].lstrip())


def _said_by(who: str, body: str, start: int) -> Statement:
    return Statement(
        speaker=Speaker(name=who, as_written=who),
        manner="indirect",
        text=body,
        start=start,
        end=start + len(body),
        cue=":",
        passage="A1",
        source="article",
    )


def _scopes(
    text: str, start: int, end: int, speeches: Sequence[Statement], language: str
) -> tuple[Scope, ...]:
    """Return how each stretch of a sentence stands, its places counted within the sentence."""
    return tuple(
        replace(scope, start=scope.start - start, end=scope.end - start)
        for scope in scopes(text, start, end, speeches, language)
        if start < end
    )


@cache
def reporting_words(language: str) -> frozenset[str]:
    """Return the folded forms of verbs that introduce somebody's words."""
    verbs = load(language).verbs
    return frozenset(
        fold(word) for word, forms in verbs.items() if any("clause" in f.frames for f in forms)
    )


def _without_frame(sentence: str, language: str) -> str:
    """Return a sentence without a beginning that only says that the article says it.

    >>> _without_frame("According to the article, the mill burned.", "en")
    'the mill burned.'
    """
    known = phrases(language)
    opening = _OPENING.match(sentence)
    if opening is None:
        return sentence
    words = content_words(opening.group(), language)
    is_frame = any(word in known.page_words for word in words)
    return sentence[opening.end() :] if is_frame and len(words) <= _FRAME_WORDS else sentence


def quotations(text: str) -> tuple[str, ...]:
    """Return the words in quotation marks of a text, in order.

    >>> quotations("He spoke of “a wall” and “no choice”.")
    ('a wall', 'no choice')
    """
    return tuple(text[found.start : found.end] for found in quotations_in(text))


def _as_article(text: str, language: str) -> Article:
    passage = Passage(
        label="A1", source="article", kind="paragraph", start=0, end=len(text), text=text
    )
    return Article(
        id="reply",
        version="",
        source_key="",
        title=None,
        language=language,
        outlet=None,
        author=None,
        url=None,
        published_at=None,
        text=text,
        passages=(passage,),
        comments=(),
    )
