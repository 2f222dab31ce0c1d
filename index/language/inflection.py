"""The forms of a reporting verb, made from its lemma by the rules of its lexicon.

Third person only, for news; what is irregular stands in the lexicon as well. A rule says which
lemmas it is for, what to strip from them, and the forms with the stem in braces, so that a new
language needs no code. No analysis of unknown words, that is, no stemming.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Form = Literal["finite", "participle", "gerund", "infinitive"]
_FORMS: tuple[Form, ...] = ("finite", "participle", "gerund", "infinitive")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbForm:
    """One written form of a verb. `particle` is the part that German sends to the end."""

    lemma: str
    form: Form
    written: str
    particle: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conjugation:
    """How the lemmas that match `lemma` are inflected.

    `strip` is the pattern whose removal leaves the stem; `changes` name further stems and the
    substitutions that make them ("g" to "ge" before "ait"); `forms` are blank-separated words
    with `{stem}`, `{lemma}` or the name of a further stem in them.
    """

    lemma: re.Pattern[str]
    strip: re.Pattern[str]
    changes: Mapping[str, tuple[tuple[str, str], ...]]
    forms: Mapping[Form, str]


def conjugations(entries: Iterable[Mapping[str, Any]]) -> tuple[Conjugation, ...]:
    """Return the rules of a lexicon, in the order in which they are tried."""
    return tuple(
        Conjugation(
            lemma=re.compile(entry["lemma"]),
            strip=re.compile(entry["strip"]),
            changes={
                name: tuple((pattern, by) for pattern, by in pairs)
                for name, pairs in entry.get("changes", {}).items()
            },
            forms={form: entry[form] for form in _FORMS if form in entry},
        )
        for entry in entries
    )


def forms_of(
    lemma: str, rules: Sequence[Conjugation], irregular: Mapping[str, Iterable[str]]
) -> tuple[VerbForm, ...]:
    """Return the forms of a lemma; `irregular` maps a form to blank-separated words.

    A particle in front of a bar comes apart from its verb: `mit|teilen`, "teilt … mit". A
    lemma that no rule is for is itself the finite form.

    >>> [form.written for form in forms_of("say", (), {"finite": ["say says said"]})]
    ['say', 'says', 'said', 'say']
    """
    particle, _, bare = lemma.rpartition("|")
    if irregular:
        made = {form: " ".join(irregular.get(form, ())) for form in _FORMS}
        made["infinitive"] = made["infinitive"] or bare
    else:
        rule = next((rule for rule in rules if rule.lemma.search(bare)), None)
        if rule is None:
            return (VerbForm(lemma=lemma, form="finite", written=lemma),)
        made = _inflected(bare, rule)
    if particle:
        return tuple(_separable(lemma, particle, bare, made))
    return tuple(
        VerbForm(lemma=lemma, form=form, written=word)
        for form in _FORMS
        for word in made.get(form, "").split()
    )


def _inflected(lemma: str, rule: Conjugation) -> dict[Form, str]:
    stem = rule.strip.sub("", lemma)
    stems = {"stem": stem, "lemma": lemma}
    for name, pairs in rule.changes.items():
        changed = stem
        for pattern, by in pairs:
            changed = re.sub(pattern, by, changed)
        stems[name] = changed
    return {form: written.format_map(stems) for form, written in rule.forms.items()}


def _separable(
    lemma: str, particle: str, bare: str, made: Mapping[Form, str]
) -> Iterable[VerbForm]:
    """Yield the forms of a verb with its particle behind it, and in one word with it."""
    for word in made.get("finite", "").split():
        yield VerbForm(lemma=lemma, form="finite", written=word, particle=particle)
    for word in made.get("finite", "").split():
        yield VerbForm(lemma=lemma, form="finite", written=particle + word)
    for word in made.get("participle", "").split():
        yield VerbForm(lemma=lemma, form="participle", written=particle + word)
    for word in (f"{particle}zu{bare}", f"{particle}{bare}"):
        yield VerbForm(lemma=lemma, form="infinitive", written=word)
