"""Whom an answer names for which words: what it shows, read as a person reads it.

The same for our own sentences, for those of a model, and for an answer that was kept as text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Lane
from assistant.locale import phrases
from assistant.markers import without_markers
from index.language.negation import negation_words
from index.language.quotation_marks import quotations_in, without_quotations
from index.language.words import content_words, folded_words, spaced_words

AGAINST = ("contradicts", "denies", "questions", "mocks", "counters")
"""The relations in which words contest a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Words that an answer shows.

    `beside` are the words of the answer around them that say whose they are: those of the line
    itself, else those of the frame above it. `stance` is how the words stand to what was shown
    before, `before`, where the answer says so. `quotes` are the citations shown word for word,
    `quoted` is all that stands between quotation marks,
    `denies_a_speaker` says that the frame negates: "without naming who said them".
    """

    shown: str
    beside: str
    lane: Lane
    labels: tuple[str, ...]
    quotes: tuple[Citation, ...]
    quoted: tuple[str, ...]
    stance: str | None
    before: str
    denies_a_speaker: bool

    @property
    def is_readers(self) -> bool:
        """Whether it cites comments."""
        return any(label.startswith("C") for label in self.labels)

    def names(self, speaker: str) -> bool:
        """Whether the words beside name somebody, by the whole name or by its last word."""
        return is_named(speaker, spaced_words(self.beside))


def tellings(answer: Answer) -> Iterator[Telling]:
    """Yield what an answer shows, line by line; its frames are told apart by their colon."""
    relations = phrases(answer.language).relations
    negations = negation_words(answer.language)
    frame, before = "", ""
    for sentence in answer.sentences:
        text = without_markers(sentence.text).strip()
        if not sentence.citations and sentence.lane == "assistant":
            frame = text
            continue
        quotes = tuple(c for c in answer.citations if c.quote in text)
        beside, shown = text, text
        for quote in sorted(quotes, key=lambda citation: len(citation.quote)):
            beside, shown = text.replace(quote.quote, " "), quote.quote
        beside = without_quotations(beside)
        own = content_words(beside)
        yield Telling(
            shown=shown,
            beside=beside if own else frame,
            lane=sentence.lane,
            labels=sentence.citations,
            quotes=quotes,
            quoted=tuple(text[q.start : q.end] for q in quotations_in(text)),
            stance=_stance(beside, relations),
            before=before,
            denies_a_speaker=not own and bool(negations & set(folded_words(frame))),
        )
        before = f"{before}\n{shown}"


def is_named(speaker: str, spaced: str) -> bool:
    """Whether a speaker is named in spaced words: "Dr. Jane Roe" also as "Roe".

    >>> is_named("Jane Roe", spaced_words("Roe says:")), is_named("jane_roe", " jane says ")
    (True, False)
    """
    if not speaker.strip():
        return False
    last = speaker.split()[-1]
    # "an earlier version of this article" has no last name, and a pseudonym has none either.
    has_last_name = last[0].isupper() and last.isalpha()
    return spaced_words(speaker) in spaced or (has_last_name and spaced_words(last) in spaced)


def are_same(name: str, other: str) -> bool:
    """Whether two names can mean one person: one is part of the other, in whole words."""
    one, two = set(folded_words(name)), set(folded_words(other))
    return bool(one and two) and (one <= two or two <= one)


def others_named(telling: Telling, speaker: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return who of those who speak on a page is named instead of a speaker; none if they are."""
    spaced = spaced_words(telling.beside)
    if is_named(speaker, spaced):
        return ()
    named = [name for name in known if is_named(name, spaced)]
    return tuple(name for name in named if not are_same(name, speaker))


def _stance(beside: str, relations: dict[str, str]) -> str | None:
    """Return the relation a line names in brackets, or alone before its colon."""
    spaced = spaced_words(beside)
    for relation, word in relations.items():
        is_marked = f"({word})" in beside or spaced == spaced_words(word)
        if is_marked:
            return relation
    return None
