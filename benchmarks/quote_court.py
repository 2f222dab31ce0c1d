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

from benchmarks.material import tables
from benchmarks.quotes import plain_article
from index.article import Article
from index.statements import Statement, check_quotation, find_statements

_WORDS = {language: dict(rows) for language, rows in tables("quotations")["words"].items()}
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
    words = _WORDS[language]
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
        quote = words["narrator"][0]
        return Case(kind=kind, quote=quote, speaker=who, verdict="other_speaker")
    if kind == "cut":
        parts = sentence.split()
        quote = f"{' '.join(parts[:2])} […] {' '.join(parts[-2:])}"
        left_out = set(parts[2:-2]) & set(words["negations"])
        left_out |= {"n'", "ne", "sans"} & set(" ".join(parts[2:-2]).replace("n'", "n' ").split())
        verdict = "altered" if left_out else "verbatim"
        return Case(kind=kind, quote=quote, speaker=who, verdict=verdict)
    absent = chance.choice(words["absent"])
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


def _altered(sentence: str, words: dict[str, list[str]], chance: random.Random) -> str:
    """Return the sentence with a number, a name, a word or a negation changed."""
    options: list[str] = []
    for swap in words["swaps"]:
        old, new = swap.split(">")
        if f" {old}" in sentence:
            options.append(sentence.replace(f" {old}", f" {new}"))
    options.extend(sentence.replace(digit, "9", 1) for digit in "1234578" if digit in sentence)
    options.extend(
        sentence.replace(f" {negation} ", " ")
        for negation in words["negations"]
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
