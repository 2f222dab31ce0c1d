"""Sentences that a careful model might write about a page, each carried by its passage."""

import random
import re
from collections.abc import Callable, Iterator

from benchmarks.material import tables
from benchmarks.reply_pairs import NAME, OPENERS, Line, Page, Reply

_TABLES = tables("replies")
QUOTED_SAYING = _TABLES["quoted_saying"]
REPORTED_SAYING = _TABLES["reported_saying"]
READER_SAYING = _TABLES["reader_saying"]
ARTICLE_SAYING = _TABLES["article_saying"]
_DIGITS = {language: dict(pairs) for language, pairs in _TABLES["digits"].items()}
_MONTHS, _DEEDS = dict(_TABLES["months"]), dict(_TABLES["deeds"])
_TAILS = {
    "en": re.compile(r", (?:which|who|where|although|while|because|whose|with|including) [^“”\"]*(?=\.$)"),  # noqa: E501
    "fr": re.compile(r", (?:qui|dont|où|ce qui|alors que|tandis que|avec|notamment|parce que) [^«»\"]*(?=\.$)"),  # noqa: E501
}  # fmt: skip
_ASIDE = re.compile(
    r" \([^()]{3,80}\)|, [^,.;:“”«»]{5,60}(?=, (?:is|was|a|est|fut|était|has|had) )"
)
_OPENING = {
    "en": re.compile(r"^(?P<when>(?:In|On|By|During|After|Since|Before) [^,.;]{3,40}), (?P<rest>[^“”\"]+)\.$"),  # noqa: E501
    "fr": re.compile(r"^(?P<when>(?:En|Au|À|Le|Pendant|Après|Depuis|Avant|Dans|Lors) [^,.;]{3,40}), (?P<rest>[^«»\"]+)\.$"),  # noqa: E501
}  # fmt: skip
_FR_DATE = rf"(?P<day>\d{{1,2}}|1er) (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})"
_EN_DATE = rf"(?:(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS.values())})|(?P<mon>{'|'.join(_MONTHS.values())}) (?P<d>\d{{1,2}}),) (?P<year>\d{{4}})"  # noqa: E501
_BACK = {english: french for french, english in reversed(_DEEDS.items())}


def faithful(page: Page, choose: random.Random) -> Iterator[Reply]:
    """Yield faithful sentences about a page, kind by kind."""
    for line in page.lines:
        yield from _of_line(page, line, choose)
    yield from _sayings(page, choose)
    for line in page.reader_lines:
        yield from _of_reader(page, line, choose)


def lowered(sentence: str) -> str:
    """Return a sentence as it stands after 'that': a small letter unless it starts with a name."""
    first = sentence.split(maxsplit=1)[0]
    is_plain = first in OPENERS or first.endswith(("'", "’"))
    return sentence[0].lower() + sentence[1:] if is_plain else sentence


def _of_line(page: Page, line: Line, choose: random.Random) -> Iterator[Reply]:
    def made(kind: str, text: str) -> Reply:
        label = line.passage.label
        return Reply(kind=kind, is_faithful=True, text=text, cited=label, carried_by=label)

    language = page.language
    yield made("verbatim", line.text)
    if line.text[-1] == ".":
        frame = choose.choice(ARTICLE_SAYING[language])
        yield made("told_as_article", frame.format(words=lowered(line.text)))
    shorter = _TAILS[language].sub("", line.text, count=1)
    if shorter == line.text:
        shorter = _ASIDE.sub("", line.text, count=1)
    if shorter != line.text and len(shorter) > 30:
        yield made("shortened", shorter)
    opening = _OPENING[language].match(line.text)
    if opening:
        rest, when = opening["rest"], lowered_opening(opening["when"])
        yield made("reordered", f"{rest[0].upper()}{rest[1:]} {when}.")
    for word, digits in _DIGITS[language].items():
        if re.search(rf"(?<![\w-]){word}(?![\w-])", line.text):
            text = re.sub(rf"(?<![\w-]){word}(?![\w-])", digits, line.text, count=1)
            yield made("number_rewritten", text)
            break
    for text in translated(line.text, language):
        yield made("translated", text)


def lowered_opening(words: str) -> str:
    """Return an opening as it stands in the middle of a sentence."""
    return words[0].lower() + words[1:]


def _sayings(page: Page, choose: random.Random) -> Iterator[Reply]:
    for said in page.said:
        templates = QUOTED_SAYING if said.is_quoted else REPORTED_SAYING
        name = said.name.split()[-1] if choose.random() < 0.3 else said.name
        label = said.passage.label
        languages = ("en", "fr") if said.is_quoted else (page.language,)
        for language in languages:
            text = choose.choice(templates[language]).format(name=name, words=said.words)
            kind = "attributed" if language == page.language else "attributed_translated"
            yield Reply(kind=kind, is_faithful=True, text=text, cited=label, carried_by=label)


def _of_reader(page: Page, line: Line, choose: random.Random) -> Iterator[Reply]:
    name = page.author_of(line.passage)
    if name is None:
        return
    label = line.passage.label
    for language in ("en", "fr"):
        text = choose.choice(READER_SAYING[language]).format(name=name, words=line.text)
        kind = "reader" if language == page.language else "reader_translated"
        yield Reply(kind=kind, is_faithful=True, text=text, cited=label, carried_by=label)


def translated(sentence: str, language: str) -> Iterator[str]:
    """Yield what of a sentence the few patterns here can say in the other language."""
    for pattern, write in _TRANSLATIONS[language]:
        match = pattern.search(sentence)
        if match:
            yield write(match)


_Written = Callable[[re.Match[str]], str]


def _english_date(match: re.Match[str]) -> str:
    return f"{match['day'].replace('1er', '1')} {_MONTHS[match['month']]} {match['year']}"


def _french_date(match: re.Match[str]) -> str:
    month = match["month"] or match["mon"]
    french = next(f for f, e in _MONTHS.items() if e == month)
    return f"{match['day'] or match['d']} {french} {match['year']}"


_TRANSLATIONS: dict[str, tuple[tuple[re.Pattern[str], _Written], ...]] = {
    "fr": (
        (
            re.compile(rf"(?P<name>{NAME})(?: est né| naît|, né)e? le {_FR_DATE}"),
            lambda m: f"{m['name']} was born on {_english_date(m)}.",
        ),
        (
            re.compile(rf"(?P<name>{NAME})(?: est mort| meurt)e? le {_FR_DATE}"),
            lambda m: f"{m['name']} died on {_english_date(m)}.",
        ),
        (
            re.compile(
                rf"(?P<name>{NAME}) (?:est|fut|a été) (?P<deed>{'|'.join(_DEEDS)}) en (?P<year>\d{{4}})"  # noqa: E501
            ),
            lambda m: f"{m['name']} was {_DEEDS[m['deed']]} in {m['year']}.",
        ),
        (
            re.compile(
                rf"En (?P<year>\d{{4}}), (?P<name>{NAME}) (?:est|fut|a été) (?P<deed>{'|'.join(_DEEDS)})\b"  # noqa: E501
            ),
            lambda m: f"In {m['year']}, {m['name']} was {_DEEDS[m['deed']]}.",
        ),
        (
            re.compile(rf"(?P<name>{NAME}) (?:compte|comptait) (?P<n>\d[\d  ]*) habitants"),
            lambda m: (
                f"{m['name']} has {m['n'].strip().replace(' ', ',').replace(chr(160), ',')} inhabitants."  # noqa: E501
            ),
        ),
    ),
    "en": (
        (
            re.compile(rf"(?P<name>{NAME}) was born (?:on )?{_EN_DATE}"),
            lambda m: f"{m['name']} est né le {_french_date(m)}.",
        ),
        (
            re.compile(rf"(?P<name>{NAME}) died (?:on )?{_EN_DATE}"),
            lambda m: f"{m['name']} est mort le {_french_date(m)}.",
        ),
        (
            re.compile(rf"(?P<name>{NAME}) was (?P<deed>{'|'.join(_BACK)}) in (?P<year>\d{{4}})"),
            lambda m: f"{m['name']} a été {_BACK[m['deed']]} en {m['year']}.",
        ),
        (
            re.compile(
                rf"In (?P<year>\d{{4}}), (?P<name>{NAME}) was (?P<deed>{'|'.join(_BACK)})\b"
            ),
            lambda m: f"En {m['year']}, {m['name']} a été {_BACK[m['deed']]}.",
        ),
        (
            re.compile(rf"(?P<name>{NAME}) (?:had|has) (?P<n>\d[\d,]*) inhabitants"),
            lambda m: f"{m['name']} compte {m['n'].replace(',', ' ')} habitants.",
        ),
    ),
}
