"""What this room knows of one language, read once from its lexicon and ready for look-up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from index.language import lexicon
from index.language.grammar import Grammar, grammar_properties
from index.language.inflection import Form, conjugations, forms_of
from index.language.words import fold

Gender = Literal["masculine", "feminine", "neuter", "plural"]
Order = Literal["last", "first", "second", "concerned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointing:
    """What words that point back say: which one of those named before, of which gender."""

    order: Order
    gender: Gender


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingForm:
    """One written form of a reporting verb.

    `frames` say what it reports with: `clause`, `quoting` (quotations and parentheses),
    `object` (a noun phrase), `infinitive`; `weak` verbs also have everyday meanings and need
    clear surroundings. `tail` are the words that must follow ("savoir" for "faire savoir"),
    `particle` the German particle at the end, `reflexive` asks for a reflexive pronoun.
    """

    lemma: str
    form: Form
    frames: frozenset[str]
    tail: tuple[str, ...] = ()
    particle: str | None = None
    reflexive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Grammar):
    """The words of one language, by the part they play in a report."""

    code: str
    tags: Mapping[str, frozenset[str]]
    verbs: Mapping[str, tuple[ReportingForm, ...]]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    body_endings: tuple[str, ...]  # German: the last part of a compound says what it is
    exclusions: frozenset[str]
    addressing: frozenset[str]  # "you"; with a capital where only that shows it: German "Sie"
    source_heads: frozenset[str]
    view_nouns: frozenset[str]
    first_names: Mapping[str, Gender]
    finite_forms: frozenset[str]
    other_forms: frozenset[str]
    pointing: Mapping[tuple[str, ...], Pointing]

    def tagged(self, word: str, *, capital: bool = False) -> frozenset[str]:
        """Return the parts a casefolded word can play; empty for a word of no special part.

        A capital makes an ending say nothing: Reilly and Connolly are no adverbs. German nouns
        are what their last part is: "Tierschutzbund".
        """
        found = self.tags.get(word)
        if found is not None:
            return found
        if capital:
            return _BODY if self.body_endings and word.endswith(self.body_endings) else _NONE
        if self.adverb_endings and len(word) > 5 and word.endswith(self.adverb_endings):
            return _ADVERB
        return _NONE


_NONE: frozenset[str] = frozenset()
_ADVERB = frozenset(("adverbs",))
_BODY = frozenset(("organisations",))
_SHORTEST_ENDING = 4
_PHRASES = (
    "attributions_before",
    "attributions_after",
    "attributions_as",
    "clause_noun_links",
    "passed_on_by",
    "attributions_fronted",
    "attributions_of",
    "attributions_so",
    "attributions_back",
    "pointing_back",
    "remarks",
)
_LISTS = (
    "complementizers", "questions", "relatives", "subordinators", "coordinators",
    "noun_coordinators", "infinitive_markers", "auxiliaries", "copulas", "finite",
    "infinitive_hosts", "adverbs", "objects", "reflexives", "prepositions", "of", "inner",
    "times", "openers", "clause_nouns", "dative", "possessives", "conjunction_heads", "agent",
    "genitive", "attribution_nouns", "subjunctives", "noun_like", "no_adverbs", "gerund_markers",
    "manner", "purpose", "sources_in", "speech_acts", "documents", "suffixes", "genitives",
    "reporting_subjunctives", "perfects", "stances",
    "passive_marks", "as_what", "issuers", "issuing",
)  # fmt: skip


@cache
def first_names() -> frozenset[str]:
    """Return the first names of all languages, casefolded."""
    return frozenset(n for code in lexicon.languages() for n in load(code).first_names)


@cache
def folded_first_names() -> frozenset[str]:
    """Return the first names of all languages without case and accents."""
    return frozenset(fold(name) for name in first_names())


@cache
def load(code: str) -> Language:
    """Return a language's words; none where the language has no table of its own."""
    entries = lexicon.table(code, "statements")
    tags: dict[str, set[str]] = {}

    def tag(part: str, words: Iterable[str]) -> None:
        for word in words:
            tags.setdefault(word.casefold(), set()).add(part)

    for part in _LISTS:
        tag(part, entries[part])
    negation = lexicon.table(code, "negation")
    tag("negations", negation["adverbs"])
    for word in negation["weak"]:
        tag("negations", (word, f"{word}'"))
    for group in ("determiners", "pronouns", "tonic", "owners"):
        kind = group.removesuffix("s")
        for part, words in entries[group].items():
            tag(kind, words)
            tag(f"{kind}:{part}", words)
    speakers = entries["speakers"]
    for part, words in speakers.items():
        if not part.startswith("first_names"):
            tag(part, words)
    tag(
        "title",
        (
            *speakers["titles_masculine"],
            *speakers["titles_feminine"],
            *speakers["titles_plain"],
        ),
    )
    tag(
        "role",
        (
            *speakers["roles_masculine"],
            *speakers["roles_feminine"],
            *speakers["roles"],
            *speakers["offices"],
        ),
    )
    for part in (
        "role", "roles_masculine", "roles_feminine", "offices", "organisations", "pronoun:people",
    ):  # fmt: skip
        tag(part, tuple(_declined([w for w, p in tags.items() if part in p], entries)))
    names: dict[str, Gender] = {}
    for gender in ("masculine", "feminine"):
        for name in speakers[f"first_names_{gender}"]:
            names[name.casefold()] = gender
    verbs = _reporting_forms(entries)
    return Language(
        **grammar_properties(entries),
        code=code,
        tags={word: frozenset(parts) for word, parts in tags.items()},
        verbs=verbs,
        finite_forms=_in_form(verbs, "finite"),
        other_forms=_in_form(verbs, "participle", "infinitive"),
        phrases={
            part: tuple(
                sorted(
                    (tuple(_words(phrase)) for phrase in entries[part]),
                    key=lambda words: -len(words),
                )
            )
            for part in _PHRASES
        },
        body_endings=tuple(
            word.casefold()
            for word in speakers["organisations"]
            if entries.get("capitalised_nouns") and len(word) >= _SHORTEST_ENDING
        ),
        exclusions=frozenset(entries.get("attribution_exclusions", ())),
        addressing=frozenset(entries["addressing"]),
        source_heads=frozenset(
            _words(phrase)[0]
            for part in _PHRASES
            if part.startswith("attributions")
            for phrase in entries[part]
        ),
        view_nouns=_view_nouns(entries),
        first_names=names,
        pointing=_pointing(entries.get("pointing", {})),
    )


def _view_nouns(entries: Mapping[str, Any]) -> frozenset[str]:
    """Return the nouns of attributions: "opinion" of "in the opinion of", "думку" of "на думку"."""
    phrases = [_words(phrase) for phrase in entries["attributions_before"]]
    of = {"of", *entries["of"]}
    nouns = [word for words in phrases if len(words) > 1 for word in words[1:] if word not in of]
    return frozenset((*nouns, *entries["attribution_nouns"])) - frozenset(entries["prepositions"])


_ORDERS: tuple[Order, ...] = ("last", "first", "second", "concerned")
_SINGLE: tuple[Gender, ...] = ("masculine", "feminine")


def _pointing(entries: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], Pointing]:
    return {
        tuple(_words(phrase)): Pointing(order=order, gender=gender)
        for order in _ORDERS
        for gender in _SINGLE
        for phrase in entries[f"{order}_{gender}"]
    }


def _words(phrase: str) -> list[str]:
    """Part a phrase as the text is parted: an elided word stands alone."""
    return phrase.casefold().replace("'", "' ").split()


def _reporting_forms(entries: Mapping[str, Any]) -> dict[str, tuple[ReportingForm, ...]]:
    frames: dict[str, set[str]] = {}
    for frame, lemmas in entries["verbs"].items():
        for lemma in lemmas:
            frames.setdefault(lemma, set()).add(frame)
    irregular = entries["irregular"]
    rules = conjugations(entries["conjugations"])
    found: dict[str, list[ReportingForm]] = {}
    for lemma, kinds in frames.items():
        head, tail, reflexive = _parts(lemma)
        for made in forms_of(head, rules, irregular.get(lemma, irregular.get(head, {}))):
            found.setdefault(made.written.casefold(), []).append(
                ReportingForm(
                    lemma=lemma,
                    form=made.form,
                    frames=frozenset(kinds),
                    tail=tail,
                    particle=made.particle,
                    reflexive=reflexive,
                )
            )
    return {word: tuple(dict.fromkeys(forms)) for word, forms in found.items()}


def _declined(words: Iterable[str], entries: Mapping[str, Any]) -> Iterator[str]:
    """Yield the other forms of nouns: the first entry of `noun_endings` that fits makes them.

    An entry is the ending of the nominative and those that take its place: ["а", "ы е у ой"].
    """
    for word in words:
        for ending, others in entries["noun_endings"]:
            if word.endswith(ending):
                stem = word.removesuffix(ending) if ending else word
                yield from (stem + other for other in others.split())
                break


def _in_form(verbs: Mapping[str, Iterable[ReportingForm]], *wanted: Form) -> frozenset[str]:
    """Return the words that can be one of the forms of a reporting verb."""
    return frozenset(word for word, forms in verbs.items() if any(f.form in wanted for f in forms))


def _parts(lemma: str) -> tuple[str, tuple[str, ...], bool]:
    reflexive = False
    for character in ("se ", "s'", "sich "):
        if lemma.startswith(character):
            lemma, reflexive = lemma.removeprefix(character), True
    head, *tail = _words(lemma)
    return head, tuple(tail), reflexive
