"""How well the quote court tells verbatim, altered, foreign and absent quotations apart.

    python -m benchmarks.quote_court [--cases 500] [--seed 1]

Writes pages of invented sentences with known speakers in each language, makes quotations of
every kind from them, and compares the verdicts. Needs no data. Prints one JSON object on its
last line; `called_verbatim` counts altered, foreign and absent quotations passed as verbatim.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.quotes import plain_article
from index.article import Article
from index.statements import Statement, check_quotation, find_statements

_WORDS = {
    "fr": {
        "who": "Paul Berthier|Julie Caron|Marc Delorme|Anne Fabre|Luc Garnier|Sophie Hamel",
        "subject": "La rivière|Le nouveau pont|La mairie|Le marché couvert|Notre école|La halle",
        "verb": "n'a jamais coûté|ne rapporte pas|coûtera|a rapporté|va demander|ne vaut plus",
        "number": "12 millions|350 euros|8,5 %|40 000 francs|trois ans|27 emplois",
        "rest": "à la commune|aux habitants de Lorville|depuis le début des travaux|en 2019"
        "|selon nos propres calculs|sans compter les retards du chantier",
        "frame": "« {quote} », a déclaré {who}.|{who} a affirmé : « {quote} »"
        "|« {quote} », estime {who}.|{who} a assuré que {low}.",
        "narrator": "La réunion a duré plus de deux heures dans la salle des fêtes.",
        "absent": "Les étoiles brillaient au-dessus du vieux moulin abandonné cette nuit-là"
        "|Un chat gris dormait paisiblement sous la fenêtre du boulanger"
        "|Personne ici ne se souvient du grand incendie de la bibliothèque",
        "negations": "jamais|pas|plus",
        "swaps": "Lorville>Belmont|commune>région|travaux>vacances|habitants>touristes"
        "|coûtera>offrira|marché>musée|école>église|pont>port|mairie>prairie|halle>salle",
    },
    "en": {
        "who": "Paul Barton|Julia Carver|Mark Dalton|Anne Forbes|Luke Garner|Sophie Hammond",
        "subject": "The river|The new bridge|The town hall|The old market|Our school|The harbour",
        "verb": "never cost|does not bring|will cost|has brought|is going to need|was not worth",
        "number": "12 million pounds|350 dollars|8.5 %|40,000 pounds|three years|27 jobs",
        "rest": "to the town|for the people of Lorford|since the works began|in 2019"
        "|by our own reckoning|not counting the delays on site",
        "frame": "“{quote},” {who} said.|{who} said: “{quote}.”|“{quote},” said {who}."
        "|{who} said that {low}.",
        "narrator": "The meeting went on for more than two hours in the village hall.",
        "absent": "The stars were shining above the abandoned mill that winter night"
        "|A grey cat slept peacefully under the window of the baker"
        "|Nobody remembers the great fire of the library any more",
        "negations": "never|not",
        "swaps": "Lorford>Belmont|town>region|works>holidays|people>tourists|market>museum"
        "|school>church|bridge>port|river>road|harbour>garden|delays>dances",
    },
    "de": {
        "who": "Paul Berger|Julia Clemens|Martin Dorn|Anna Felber|Lukas Gerber|Sofie Hartmann",
        "subject": "Der Fluss|Die neue Brücke|Das Rathaus|Der alte Markt|Unsere Schule",
        "verb": "kostete nie|bringt nicht|kostet|brachte|verlangt|lohnt nicht",
        "number": "12 Millionen|350 Euro|8,5 %|40.000 Mark|drei Jahre|27 Stellen",
        "rest": "für die Gemeinde|für die Leute von Lorstadt|seit Beginn der Bauarbeiten"
        "|im Jahr 2019|nach unserer eigenen Rechnung",
        "frame": "„{quote}“, sagte {who}.|{who} sagte: „{quote}.“|{who} erklärte, dass {low}.",
        "narrator": "Die Sitzung dauerte mehr als zwei Stunden im Saal des Gasthofs.",
        "absent": "Die Sterne leuchteten über der verlassenen Mühle in jener Nacht"
        "|Eine graue Katze schlief friedlich unter dem Fenster des Bäckers",
        "negations": "nie|nicht",
        "swaps": "Lorstadt>Belmont|Gemeinde>Region|Markt>Palast|Schule>Kirche|Brücke>Straße"
        "|Leute>Gäste|Fluss>Berg|Rathaus>Museum|Rechnung>Erinnerung",
    },
}
_KINDS = ("verbatim", "dressed", "altered", "foreign", "absent", "narrator", "cut")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A quotation to check and the verdicts that are right for it."""

    kind: str
    quote: str
    speaker: str | None
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An invented page: who said which sentence, the statements found on it."""

    article: Article
    statements: tuple[Statement, ...]
    said: tuple[tuple[str, str], ...]


def page(language: str, chance: random.Random) -> Page:
    """Return a page of six statements by different people, with the narrator between them."""
    words = {key: value.split("|") for key, value in _WORDS[language].items()}
    people = chance.sample(words["who"], 5)
    paragraphs: list[str] = []
    said: list[tuple[str, str]] = []
    used: set[str] = set()
    for who in people:
        subject = chance.choice([item for item in words["subject"] if item not in used])
        used.add(subject)
        sentence = " ".join(
            (subject, chance.choice(words["verb"]), chance.choice(words["number"]),
             chance.choice(words["rest"]))
        )  # fmt: skip
        frame = chance.choice(words["frame"])
        low = sentence[0].lower() + sentence[1:]
        if "{low}" in frame and language == "fr":
            frame = frame.replace("que {low}", "que {low}")
        paragraphs.append(frame.format(quote=sentence, low=low, who=who))
        if chance.random() < 0.5:
            paragraphs.append(words["narrator"][0])
        said.append((who, sentence))
    if words["narrator"][0] not in paragraphs:
        paragraphs.append(words["narrator"][0])
    article = plain_article("\n\n".join(paragraphs), language)
    return Page(article=article, statements=find_statements(article), said=tuple(said))


def case(kind: str, made: Page, language: str, chance: random.Random) -> Case:
    """Return a quotation of one kind from a page."""
    words = _WORDS[language]
    who, sentence = chance.choice(made.said)
    other = chance.choice([name for name, _ in made.said if name != who])
    if kind == "verbatim":
        named = chance.choice((who, who.split()[-1], None))
        return Case(kind=kind, quote=sentence, speaker=named, verdict="verbatim")
    if kind == "dressed":
        return Case(kind=kind, quote=_dressed(sentence, chance), speaker=who, verdict="verbatim")
    if kind == "altered":
        changed = _altered(sentence, words, chance)
        return Case(kind=kind, quote=changed, speaker=who, verdict="altered")
    if kind == "foreign":
        return Case(kind=kind, quote=sentence, speaker=other, verdict="other_speaker")
    if kind == "narrator":
        quote = words["narrator"]
        return Case(kind=kind, quote=quote, speaker=who, verdict="other_speaker")
    if kind == "cut":
        parts = sentence.split()
        quote = f"{' '.join(parts[:2])} […] {' '.join(parts[-2:])}"
        left_out = set(parts[2:-2]) & set(words["negations"].split("|"))
        left_out |= {"n'", "ne", "sans"} & set(" ".join(parts[2:-2]).replace("n'", "n' ").split())
        verdict = "altered" if left_out else "verbatim"
        return Case(kind=kind, quote=quote, speaker=who, verdict=verdict)
    absent = chance.choice(words["absent"].split("|"))
    return Case(kind=kind, quote=absent, speaker=chance.choice((who, None)), verdict="absent")


def _dressed(sentence: str, chance: random.Random) -> str:
    """Return the same words in other signs: marks, case, spaces, apostrophes, dots."""
    opening, closing = chance.choice((("«\u00a0", "\u00a0»"), ("“", "”"), ('"', '"'), ("„", "“")))
    dressed = sentence.replace("'", chance.choice(("’", "'", "ʼ")))
    dressed = dressed.replace(" %", chance.choice((" %", "\u202f%", "%")))
    dressed = chance.choice((dressed, dressed.upper(), dressed.lower()))
    dressed = dressed.replace(" ", chance.choice((" ", "  ", "\n")), 1)
    return (
        opening + chance.choice((dressed, dressed + "…", "… " + dressed, dressed + ".")) + closing
    )


def _altered(sentence: str, words: dict[str, str], chance: random.Random) -> str:
    """Return the sentence with a number, a name, a word or a negation changed."""
    options: list[str] = []
    for swap in words["swaps"].split("|"):
        old, new = swap.split(">")
        if f" {old}" in sentence:
            options.append(sentence.replace(f" {old}", f" {new}"))
    options.extend(sentence.replace(digit, "9", 1) for digit in "1234578" if digit in sentence)
    options.extend(
        sentence.replace(f" {negation} ", " ")
        for negation in words["negations"].split("|")
        if f" {negation} " in sentence
    )
    parts = sentence.split()
    options.append(" ".join([*parts[:3], "absolument", *parts[3:]]))
    return chance.choice(options)


def measured(language: str, cases: int, seed: int) -> dict[str, object]:
    """Return the share of right verdicts over generated quotations of a language."""
    chance = random.Random(seed)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    called_verbatim = 0
    confused: Counter[str] = Counter()
    made = page(language, chance)
    for number in range(cases):
        if number % 10 == 0:
            made = page(language, chance)
        item = case(_KINDS[number % len(_KINDS)], made, language, chance)
        check = check_quotation(item.quote, made.article, made.statements, speaker=item.speaker)
        total[item.kind] += 1
        right[item.kind] += check.verdict == item.verdict
        if check.verdict != item.verdict:
            confused[f"{item.kind}: {check.verdict}"] += 1
        if check.verdict == "verbatim" and item.verdict != "verbatim":
            called_verbatim += 1
    return {
        "cases": cases,
        "right_share": round(sum(right.values()) / cases, 4),
        "called_verbatim": called_verbatim,
        "by_kind": {kind: round(right[kind] / total[kind], 4) for kind in total},
        "confused": dict(confused),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every language and print the figures."""
    parser = argparse.ArgumentParser(description="Measure the quote court on invented pages.")
    parser.add_argument("--cases", type=int, default=500, help="per language")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    results = {
        language: measured(language, options.cases, options.seed) for language in sorted(_WORDS)
    }
    print(json.dumps(results, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
