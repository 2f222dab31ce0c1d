"""What tells the grammars of two languages apart, as named properties instead of their codes.

Each field is a key of `[statements]` in a lexicon file; what a file leaves out is false or empty.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The properties of one language."""

    # word order and words that are left out
    verb_second: bool  # "Heute sagte Weber": the subject is left of the verb or right of it
    verb_final: bool  # Turkish: subject, words, verb
    bare_clauses: bool  # "said the plan will fail": a clause needs no "that"
    comma_clauses: bool  # Russian: a comma stands before every clause
    null_subjects: bool  # « Aseguró que … »: a verb needs no subject
    no_articles: bool  # Russian, Turkish: a noun phrase may begin with any noun
    roles_need_article: bool  # « maire » alone begins no phrase, « Tous les maires » neither
    dash_speech: bool  # « — Да, — сказал он. »: a dash opens what somebody says
    # writing
    capitalised_nouns: bool  # German: a capital makes no name
    apostrophe_parts: bool  # "Trump's", "Bey'e" are a name and its suffix
    inversions: bool  # « a-t-il » is a verb and its subject
    natural_gender: bool  # English: only persons are "he" or "she"
    # verbs
    compound_past: bool  # behind an auxiliary stands a participle, no finite form
    ambiguous_past: bool  # "said" is a past form and a participle
    progressive: bool  # "is saying" is a finite verb
    bare_infinitives: bool  # "will sagen": an infinitive needs no word before it
    partitive: bool  # « dénoncer des abus »: "de" opens an object
    perfect_infinitives: frozenset[str]  # « a confié avoir menti »
    hearsay: frozenset[str]  # verbs with which "on", "man" pass on what others say
    verdict_links: frozenset[str]  # German "für" of "hält das für teuer"
    enacting: frozenset[str]  # verbs that do what they say: "confirmed their participation"
    acting: frozenset[str]  # verbs that with a noun tell an act: "attacked Iran"
    answers: tuple[str, ...]  # beginnings of verbs that answer who spoke before
    # endings of words that no list knows
    adverb_endings: tuple[str, ...]
    finite_endings: tuple[str, ...]
    adverbial_endings: tuple[str, ...]
    opening_participles: tuple[str, ...]
    tense_endings: tuple[str, ...]
    past_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    gerund_endings: tuple[str, ...]
    reported_endings: tuple[str, ...]  # "serait", "sería": what somebody said would be
    infinitive_endings: tuple[str, ...]
    content_endings: tuple[str, ...]  # Turkish clauses made nouns: "açılacağını"
    impersonal_endings: tuple[str, ...]  # Russian "говорится": nobody is the subject
    place_endings: tuple[str, ...]
    genitive_endings: tuple[str, ...]  # Turkish "bakanlığının": whose
    ablative_endings: tuple[str, ...]  # Turkish "bakanlıktan": who it comes from
    passive_participles: tuple[str, ...]  # "yapılan", "paylaşılan"
    feminine_endings: tuple[str, ...]
    plural_finite_endings: tuple[str, ...]  # German: only its verb shows how many "sie" are
    role_endings: tuple[str, ...]
    plural_endings: tuple[str, ...]  # "the organisers": where no determiner tells how many
    masculine_names: tuple[str, ...]  # letters that end first names
    feminine_names: tuple[str, ...]


def grammar_properties(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of `Grammar` as a table of a lexicon gives them.

    >>> grammar_properties({"verb_final": True})["verb_final"]
    True
    """
    makers: dict[object, Callable[..., object]] = {
        bool: bool,
        str: str,
        tuple[str, ...]: tuple,
        frozenset[str]: frozenset,
    }
    return {
        item.name: makers[item.type](*([entries[item.name]] if item.name in entries else []))
        for item in fields(Grammar)
    }
