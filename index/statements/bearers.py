"""Which of several bearers of a surname is meant."""

from collections.abc import Sequence

from index.statements.mentions import Person
from index.statements.people_of_page import PeopleOfPage

_LEADING = 3


def bearer_meant(
    page: PeopleOfPage, bearers: Sequence[Person], sentence: int, start: int
) -> tuple[Person, ...]:
    """Return the bearer of a shared surname that the page speaks of, all where it is open.

    One named in full far more often than the others is meant, but beside another in the
    same paragraph; else the one named in full in the same paragraph, or the only one named
    in full before. Who is named in full only later is not meant.
    """
    beside, before = _bearers_before(page, bearers, sentence, start)
    times = sorted(((page.register.times_named(p), p.words, p) for p in bearers), reverse=True)
    leader = times[0][2] if times[0][0] >= _LEADING * times[1][0] else None
    if leader is not None:
        return tuple(bearers) if beside and beside != (leader,) else (leader,)
    near = beside or before
    return near if len(near) == 1 else tuple(bearers)


def _bearers_before(
    page: PeopleOfPage, bearers: Sequence[Person], sentence: int, start: int
) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Return whom the paragraph names in full before a place, and whom the page does."""
    passage = page.sentences[sentence].passage
    beside: dict[tuple[str, ...], Person] = {}
    before: dict[tuple[str, ...], Person] = {}
    by_words = {person.words: person for person in bearers}
    for back in range(sentence, -1, -1):
        for mention in page.mentions.get(back, ()):
            if mention.words in by_words and mention.start < start:
                before[mention.words] = by_words[mention.words]
                if page.sentences[back].passage == passage:
                    beside[mention.words] = by_words[mention.words]
    return tuple(beside.values()), tuple(before.values())
