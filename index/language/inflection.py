"""The forms of a reporting verb: made from its lemma at load, so that the lexicon stays short.

Third person only, for news; what is irregular stands in the lexicon. No analysis of unknown
words, that is, no stemming.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Form = Literal["finite", "participle", "gerund", "infinitive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbForm:
    """One written form of a verb. `particle` is the part that German sends to the end."""

    lemma: str
    form: Form
    written: str
    particle: str | None = None


def forms_of(
    lemma: str, language: str, irregular: Mapping[str, Iterable[str]]
) -> tuple[VerbForm, ...]:
    """Return the forms of a lemma; `irregular` maps a form to blank-separated words.

    >>> [form.written for form in forms_of("say", "en", {"finite": ["say says said"]})]
    ['say', 'says', 'said', 'say']
    """
    if irregular:
        given = [
            VerbForm(lemma=lemma, form=form, written=word)
            for form in ("finite", "participle", "gerund", "infinitive")
            for words in irregular.get(form, ())
            for word in words.split()
        ]
        return (*given, VerbForm(lemma=lemma, form="infinitive", written=lemma))
    make = _MAKERS.get(language)
    if make is None:
        return (VerbForm(lemma=lemma, form="finite", written=lemma),)
    return tuple(make(lemma))


def _forms(lemma: str, **written: str) -> list[VerbForm]:
    return [
        VerbForm(lemma=lemma, form=form, written=word)
        for form in ("finite", "participle", "gerund", "infinitive")
        for word in written.get(form, "").split()
    ]


def _french(lemma: str) -> list[VerbForm]:
    stem = lemma[:-2]
    if lemma.endswith("ir"):
        return _forms(
            lemma,
            finite=f"{stem}it {stem}issent {stem}issait {stem}issaient {stem}irent {lemma}a "
            f"{lemma}ont {lemma}ait {lemma}aient",
            participle=f"{stem}i {stem}ie {stem}is {stem}ies",
            gerund=f"{stem}issant",
            infinitive=lemma,
        )
    if lemma.endswith("re"):
        return _forms(
            lemma,
            finite=f"{stem} {stem}ent {stem}ait {stem}aient {stem}it {stem}irent {stem}ra "
            f"{stem}ront {stem}rait {stem}raient",
            participle=f"{stem}u {stem}ue {stem}us {stem}ues",
            gerund=f"{stem}ant",
            infinitive=lemma,
        )
    soft = re.sub(r"c$", "ç", re.sub(r"g$", "ge", stem))  # before a: annonça, jugea
    open_stem = re.sub(r"é([^aeiouyéè]{1,2})$", r"è\1", stem)  # suggère
    open_stem = re.sub(r"e([vmnc])$", r"è\1", open_stem)  # relève
    if lemma.endswith(("peler", "jeter")):
        open_stem = stem + stem[-1]  # rappelle
    return _forms(
        lemma,
        finite=f"{open_stem}e {open_stem}ent {soft}ait {soft}aient {soft}a {stem}èrent "
        f"{lemma}a {lemma}ont {lemma}ait {lemma}aient {open_stem}era {open_stem}erait",
        participle=f"{stem}é {stem}ée {stem}és {stem}ées",
        gerund=f"{soft}ant",
        infinitive=lemma,
    )


def _english(lemma: str) -> list[VerbForm]:
    if lemma.endswith("e"):
        past, gerund, third = f"{lemma}d", f"{lemma[:-1]}ing", f"{lemma}s"
    elif re.search(r"[^aeiou]y$", lemma):
        past, gerund, third = f"{lemma[:-1]}ied", f"{lemma}ing", f"{lemma[:-1]}ies"
    elif re.search(r"(?:s|sh|ch|x|z)$", lemma):
        past, gerund, third = f"{lemma}ed", f"{lemma}ing", f"{lemma}es"
    else:
        past, gerund, third = f"{lemma}ed", f"{lemma}ing", f"{lemma}s"
    return _forms(
        lemma, finite=f"{lemma} {third} {past}", participle=past, gerund=gerund, infinitive=lemma
    )


_NO_GE = ("be", "er", "ver", "ent", "emp", "zer", "miss", "wider", "unter", "über", "prophe", "ge")


def _german(lemma: str) -> list[VerbForm]:
    particle, _, bare = lemma.rpartition("|")
    stem = re.sub(r"e?n$", "", bare)
    link = "e" if re.search(r"[td]$|chn$|[^aeiouhlr]n$", stem) else ""
    prefixed = bare.startswith(_NO_GE) or bare.endswith("ieren")
    participle = f"{'' if prefixed else 'ge'}{stem}{link}t"
    finite = f"{stem}{link}t {stem}{link}te {stem}{link}ten {bare}"
    if not particle:
        return _forms(lemma, finite=finite, participle=participle, infinitive=bare)
    return separable(lemma, finite=finite, participle=participle)


def separable(lemma: str, *, finite: str, participle: str) -> list[VerbForm]:
    """Return the forms of a German verb with a separable particle, written `mit|teilen`."""
    particle, _, bare = lemma.rpartition("|")
    parted = [
        VerbForm(lemma=lemma, form="finite", written=word, particle=particle)
        for word in finite.split()
    ]
    joined = " ".join(particle + word for word in finite.split())
    return parted + _forms(
        lemma,
        finite=joined,
        participle=" ".join(particle + word for word in participle.split()),
        infinitive=f"{particle}zu{bare} {particle}{bare}",
    )


def _spanish(lemma: str) -> list[VerbForm]:
    stem = lemma[:-2]
    if lemma.endswith("ar"):
        hard = re.sub(r"c$", "qu", re.sub(r"g$", "gu", stem))
        return _forms(
            lemma,
            finite=f"{stem}a {stem}an {stem}ó {stem}aron {stem}aba {stem}aban {hard}e {lemma}á "
            f"{lemma}án {lemma}ía {lemma}ían",
            participle=f"{stem}ado",
            gerund=f"{stem}ando",
            infinitive=lemma,
        )
    return _forms(
        lemma,
        finite=f"{stem}e {stem}en {stem}ió {stem}ieron {stem}ía {stem}ían {lemma}á {lemma}án",
        participle=f"{stem}ido",
        gerund=f"{stem}iendo",
        infinitive=lemma,
    )


def _italian(lemma: str) -> list[VerbForm]:
    stem = lemma[:-3]
    if lemma.endswith("are"):
        return _forms(
            lemma,
            finite=f"{stem}a {stem}ano {stem}ò {stem}arono {stem}ava {stem}avano {stem}erebbe",
            participle=f"{stem}ato {stem}ata {stem}ati {stem}ate",
            gerund=f"{stem}ando",
            infinitive=lemma,
        )
    vowel = lemma[-3]
    past = "uto" if vowel == "e" else "ito"
    return _forms(
        lemma,
        finite=f"{stem}e {stem}ono {stem}{vowel}va {stem}{vowel}vano {stem}ì {stem}isce "
        f"{stem}iscono {stem}{vowel}rono",
        participle=f"{stem}{past}",
        gerund=f"{stem}endo",
        infinitive=lemma,
    )


def _russian(lemma: str) -> list[VerbForm]:
    stem = lemma[:-2]
    present = ""
    if lemma.endswith(("ать", "ять")):
        present = f"{stem}ет {stem}ют"
    elif lemma.endswith("ить"):
        present = f"{stem}т {stem[:-1]}ят"
    return _forms(
        lemma,
        finite=f"{stem}л {stem}ла {stem}ли {stem}ло {present}",
        gerund=f"{stem}в {stem}я",
        infinitive=lemma,
    )


_MAKERS: Mapping[str, Callable[[str], list[VerbForm]]] = {
    "fr": _french,
    "en": _english,
    "de": _german,
    "es": _spanish,
    "it": _italian,
    "ru": _russian,
}
