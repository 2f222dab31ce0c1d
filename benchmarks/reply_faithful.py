"""Sentences that a careful model might write about a page, each carried by its passage."""

import random
import re
from collections.abc import Callable, Iterator

from benchmarks.reply_pairs import NAME, OPENERS, Line, Page, Reply

QUOTED_SAYING = {
    "en": (
        "According to {name}, “{words}”.", "{name} said: “{words}”.", '{name} said that "{words}".',
        "“{words}”, {name} said.", "In the words of {name}, “{words}”.", '{name} told the paper: "{words}".',  # noqa: E501
    ),
    "fr": (
        "Selon {name}, « {words} ».", "{name} a déclaré : « {words} ».", "« {words} », a dit {name}.",  # noqa: E501
        "D'après {name}, « {words} ».", "{name} affirme que « {words} ».", '{name} a dit : "{words}".',  # noqa: E501
    ),
}  # fmt: skip
REPORTED_SAYING = {
    "en": (
        "According to {name}, {words}.", "{name} said that {words}.", "{name} says that {words}.",
        "{name} claimed that {words}.", "{name} has stated that {words}.",
    ),
    "fr": (
        "Selon {name}, {words}.", "{name} a déclaré que {words}.", "D'après {name}, {words}.",
        "{name} affirme que {words}.", "Pour {name}, {words}.",
    ),
}  # fmt: skip
READER_SAYING = {
    "en": (
        "A reader, {name}, says: “{words}”", "{name}, a reader, writes: “{words}”",
        "The commenter {name} objects: “{words}”", 'In a comment, {name} wrote: "{words}"',
        "According to a reader ({name}), “{words}”",
    ),
    "fr": (
        "Un lecteur, {name}, dit : « {words} »", "{name}, un lecteur, écrit : « {words} »",
        "Dans un commentaire, {name} écrit : « {words} »", "Selon le lecteur {name}, « {words} »",
        "L'internaute {name} répond : « {words} »",
    ),
}  # fmt: skip
ARTICLE_SAYING = {
    "en": ("According to the article, {words}", "The article says that {words}", "The article reports: {words}"),  # noqa: E501
    "fr": ("Selon l'article, {words}", "L'article indique que {words}", "L'article rapporte : {words}"),  # noqa: E501
}  # fmt: skip

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
_NUMBER_WORDS = {
    "en": {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",  # noqa: E501
           "nine": "9", "ten": "10", "twelve": "12", "fifteen": "15", "twenty": "20"},
    "fr": {"deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8",  # noqa: E501
           "dix": "10", "douze": "12", "quinze": "15", "vingt": "20", "dix-huit": "18"},
}  # fmt: skip
_MONTHS = {
    "janvier": "January", "février": "February", "mars": "March", "avril": "April", "mai": "May",
    "juin": "June", "juillet": "July", "août": "August", "septembre": "September",
    "octobre": "October", "novembre": "November", "décembre": "December",
}  # fmt: skip
_FR_DATE = rf"(?P<day>\d{{1,2}}|1er) (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})"
_EN_DATE = rf"(?:(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS.values())})|(?P<mon>{'|'.join(_MONTHS.values())}) (?P<d>\d{{1,2}}),) (?P<year>\d{{4}})"  # noqa: E501
_DEEDS = {
    "construit": "built", "construite": "built", "fondé": "founded", "fondée": "founded",
    "créé": "created", "créée": "created", "publié": "published", "publiée": "published",
    "élu": "elected", "élue": "elected", "nommé": "appointed", "nommée": "appointed",
    "détruit": "destroyed", "détruite": "destroyed", "inauguré": "inaugurated",
    "inaugurée": "inaugurated", "signé": "signed", "signée": "signed", "ouvert": "opened",
    "tué": "killed", "arrêté": "arrested", "vendu": "sold", "acheté": "bought",
}  # fmt: skip
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
    for word, digits in _NUMBER_WORDS[language].items():
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
