"""What a language offers to contest with: its `disputes` and `negation` tables, read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from index.language import lexicon
from index.language.phrase_patterns import PhraseSet, Word
from index.language.words import folded_words

FALLBACK = "en"
_NEGATION = {
    "negators": ("adverbs", "words", "weak"),
    "adverbs": ("adverbs", "weak"),
    "weak_negators": ("weak",),
    "joining_negators": ("joining",),
    "negation_partners": ("partners",),
    "restrictions": ("restrictions",),
}
"""Which lists of the table `negation` make a field."""


@dataclass(frozen=True, kw_only=True)
class StanceWords:
    """How readers say that they object, doubt, laugh, ask or agree."""

    noes: PhraseSet
    surprises: PhraseSet
    denies: PhraseSet
    not_denials: PhraseSet
    mocks: PhraseSet
    questions: PhraseSet
    doubts: PhraseSet
    supports: PhraseSet
    siding: PhraseSet
    sincere: PhraseSet
    rhetorical: PhraseSet
    asks: PhraseSet
    self_words: PhraseSet
    our_words: PhraseSet
    contrasts: PhraseSet
    thanks: PhraseSet
    additive: PhraseSet


class Opposites:
    """Which words are opposites; what is looked up once is kept."""

    def __init__(self, pairs: tuple[tuple[PhraseSet, PhraseSet], ...]) -> None:
        self._pairs = pairs
        self._sides: dict[str, frozenset[tuple[int, int]]] = {}

    def sides(self, word: str) -> frozenset[tuple[int, int]]:
        """Return where a folded word stands: (number of the pair, 0 or 1) for each pair."""
        known = self._sides.get(word)
        if known is None:
            stems = (f"{word[:length]}*" for length in range(1, len(word) + 1))
            known = self._sides[word] = frozenset(
                place for listed in (word, *stems) for place in self._listed.get(listed, ())
            )
        return known

    @cached_property
    def _listed(self) -> dict[str, list[tuple[int, int]]]:
        """Where each single word of the lexicon stands, as it is listed: "open", "clos*"."""
        listed: dict[str, list[tuple[int, int]]] = {}
        for number, pair in enumerate(self._pairs):
            for side, phrases in enumerate(pair):
                for first, *others in phrases.phrases:
                    if not others:
                        listed.setdefault(first, []).append((number, side))
        return listed

    def of(self, word: str) -> frozenset[tuple[int, int]]:
        """Return where the opposites of a folded word stand."""
        return frozenset((number, 1 - side) for number, side in self.sides(word))

    def words_against(self, word: str) -> tuple[str, ...]:
        """Return the opposites of a folded word as the lexicon has them."""
        return tuple(self._pairs[n][side].phrases[0][0].rstrip("*") for n, side in self.of(word))

    def are(self, one: str, other: str) -> bool:
        """Whether two folded words are opposites, and not alike in another pair."""
        sides = self.sides(other)
        return bool(self.of(one) & sides) and not self.sides(one) & sides


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The words of one language that a dispute shows itself by; see the lexicon files."""

    language: str
    negators: PhraseSet
    adverbs: PhraseSet
    weak_negators: PhraseSet
    joining_negators: PhraseSet
    negation_partners: PhraseSet
    restrictions: PhraseSet
    negates_at_the_end: bool
    refutations: PhraseSet
    affirmations: PhraseSet
    hedges: PhraseSet
    modals: PhraseSet
    limits: PhraseSet
    deny_verbs: PhraseSet
    doubt_verbs: PhraseSet
    refused_things: PhraseSet
    not_disputed_things: PhraseSet
    figure_things: PhraseSet
    criticisms: PhraseSet
    criticises: PhraseSet
    accuse_verbs: PhraseSet
    report_verbs: PhraseSet
    reply_verbs: PhraseSet
    harms: PhraseSet
    mutual: PhraseSet
    parallel: PhraseSet
    agents: PhraseSet
    unproven: PhraseSet
    count_verbs: PhraseSet
    people: PhraseSet
    pointing: PhraseSet
    such: PhraseSet
    opposites: Opposites
    parties: tuple[PhraseSet, ...]
    stance: StanceWords

    def denies(self, words: Sequence[Word]) -> bool:
        """Whether words have a verb of denying or doubting."""
        return bool(self.deny_verbs.find(words) or self.doubt_verbs.find(words))


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the vocabulary of a language, an empty one where it has none."""
    table = lexicon.table(language, "disputes")
    negation = lexicon.table(language, "negation")
    lists = {
        name: PhraseSet.of(table[name])
        for name in Vocabulary.__dataclass_fields__
        if name
        not in {"language", "negates_at_the_end", "opposites", "parties", "stance", *_NEGATION}
    }
    lists |= {
        name: PhraseSet.of(word for part in parts for word in negation[part])
        for name, parts in _NEGATION.items()
    }
    return Vocabulary(
        language=language,
        negates_at_the_end=negation["at_the_end"],
        opposites=Opposites(
            tuple((PhraseSet.of([one]), PhraseSet.of([other])) for one, other in table["opposites"])
        ),
        parties=tuple(PhraseSet.of(names) for names in table["parties"]),
        stance=StanceWords(
            **{
                name: PhraseSet.of(table["stance"][name])
                for name in StanceWords.__dataclass_fields__
            }
        ),
        **lists,
    )


def is_of_self(text: str, language: str) -> bool:
    """Whether a text says "I" or "my"."""
    own = vocabulary(language).stance.self_words
    return any(map(own.holds, folded_words(text)))
