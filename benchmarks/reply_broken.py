"""Sentences that a careless model might write about a page, each wrong in one way."""

import itertools
import random
import re
from collections.abc import Iterator, Sequence

from benchmarks.material import tables
from benchmarks.reply_faithful import (
    QUOTED_SAYING,
    READER_SAYING,
    REPORTED_SAYING,
    lowered,
)
from benchmarks.reply_pairs import Line, Page, Reply, Said, other_names

_TABLES = tables("replies")
_INVENTED, _WORLD = _TABLES["invented"], _TABLES["world"]
_YEAR = re.compile(r"\b1[0-9]\d\d\b|\b20[0-4]\d\b")
_FIGURE = re.compile(r"(?<![\w.,])\d{1,3}(?:[  ,.]\d{3})*(?:[.,]\d+)?(?![\w.,]*\d)")
_FULL_NAME = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ]{2,}(?: (?:de |van |von )?[A-ZÀ-Þ][a-zà-ÿ]{2,})*\b")


def broken(page: Page, others: Sequence[Page], choose: random.Random) -> Iterator[Reply]:
    """Yield broken sentences about a page; `others` lend names and sentences."""
    foreign_names = [name for other in others for name in other.names if " " in name]
    for line in page.lines:
        yield from _changed(page, line, foreign_names, choose)
    for said in page.said:
        yield from _swapped(page, said, foreign_names, choose)
        yield from _invented(page, said, choose)
    for line in page.reader_lines:
        yield from _of_reader(page, line, choose)


def _changed(
    page: Page, line: Line, foreign_names: Sequence[str], choose: random.Random
) -> Iterator[Reply]:
    language, text, label = page.language, line.text, line.passage.label

    def made(kind: str, changed: str, cited: str = label) -> Reply:
        return Reply(kind=kind, is_faithful=False, text=changed, cited=cited, carried_by=label)

    for kind, rules in (
        ("negated", _TABLES["negated"][language]),
        ("modality", _TABLES["certain"][language]),
    ):
        fitting = [rule for rule in rules if re.search(rule[0], text)]
        if fitting:
            pattern, replacement = choose.choice(fitting)
            yield made(kind, re.sub(pattern, replacement, text, count=1))
    yield from (made(kind, changed) for kind, changed in _numbers(text, language, choose))
    for one, other in _TABLES["opposites"][language]:
        swap = {one: other, other: one}
        found = re.search(rf"\b(?:{one}|{other})\b", text)
        if found:
            opposite = swap[found.group()]
            yield made("opposite", f"{text[: found.start()]}{opposite}{text[found.end() :]}")
            break
    names = [m for m in _FULL_NAME.finditer(text) if m.start() > 0]
    if names:
        name = choose.choice(names)
        passage = line.passage.text
        lent = [
            n for n in other_names(name.group(), [*page.names, *foreign_names]) if n not in passage
        ]
        if lent:
            new = choose.choice(lent)
            yield made("name_changed", f"{text[: name.start()]}{new}{text[name.end() :]}")
    yield from (made("roles_swapped", changed) for changed in _roles(text, names))
    bodies = [p for p in page.index.article.body() if p.label != label and text not in p.text]
    if bodies and text not in bodies[0].text:
        yield made("other_passage", text, choose.choice(bodies).label)
    yield made("world", choose.choice(_WORLD[language]))
    yield made("world", choose.choice(_WORLD["fr" if language == "en" else "en"]))
    if text[-1] == ".":
        yield made("world_added", text[:-1] + choose.choice(_TABLES["added"][language]))


def _numbers(text: str, language: str, choose: random.Random) -> Iterator[tuple[str, str]]:
    year = _YEAR.search(text)
    if year:
        new = int(year.group()) + choose.choice((-20, -10, -2, -1, 1, 3, 10))
        yield "date_changed", f"{text[: year.start()]}{new}{text[year.end() :]}"
    for month in _TABLES["other_months"][language]:
        if re.search(rf"\b{month}\b", text):
            new_month = choose.choice([m for m in _TABLES["other_months"][language] if m != month])
            yield "date_changed", re.sub(rf"\b{month}\b", new_month, text, count=1)
            break
    figures = [m for m in _FIGURE.finditer(text) if not _YEAR.fullmatch(m.group())]
    if figures:
        figure = choose.choice(figures)
        digits = figure.group()
        place = choose.randrange(len(digits))
        while not digits[place].isdigit():
            place = choose.randrange(len(digits))
        digit = choose.choice([d for d in "123456789" if d != digits[place]])
        changed = digits[:place] + digit + digits[place + 1 :]
        yield "number_changed", f"{text[: figure.start()]}{changed}{text[figure.end() :]}"
    for word in _TABLES["number_words"][language]:
        if re.search(rf"(?<![\w-]){word}(?![\w-])", text):
            new_word = choose.choice([w for w in _TABLES["number_words"][language] if w != word])
            yield (
                "number_changed",
                re.sub(rf"(?<![\w-]){word}(?![\w-])", new_word, text, count=1),
            )
            break


def _roles(text: str, names: Sequence[re.Match[str]]) -> Iterator[str]:
    """Yield a sentence whose first two names have changed places, unless they stand side by side."""  # noqa: E501
    for first, second in itertools.pairwise(names):
        between = text[first.end() : second.start()]
        is_list = re.fullmatch(
            r"[,;]? ?(?:and|or|et|ou|,|/|–|-)? ?(?:the |l[ea] |les |l'|d'|de )?", between
        )
        if (
            is_list
            or first.group() == second.group()
            or re.search(r"\b(?:and|et|ou|or|avec|with)\b", between)
        ):
            continue
        yield (
            text[: first.start()] + second.group() + between + first.group() + text[second.end() :]
        )
        return


def _swapped(
    page: Page, said: Said, foreign_names: Sequence[str], choose: random.Random
) -> Iterator[Reply]:
    """Yield words told as those of another person, of the page where it names one."""
    templates = QUOTED_SAYING if said.is_quoted else REPORTED_SAYING
    near = [
        name
        for name in other_names(said.name, page.names)
        if name not in said.words and not _is_of(said.name, name, said.passage.text)
    ]
    for name in choose.sample(near, min(2, len(near))) or choose.sample(list(foreign_names), 1):
        for language in ("en", "fr") if said.is_quoted else (page.language,):
            yield Reply(
                kind="speaker_swapped",
                is_faithful=False,
                text=choose.choice(templates[language]).format(name=name, words=said.words),
                cited=said.passage.label,
                carried_by=said.passage.label,
            )


def _is_of(name: str, other: str, text: str) -> bool:
    """Whether the text names somebody as "NAME, head of OTHER", who speaks for OTHER."""
    return bool(re.search(rf"{re.escape(name)},? [^.“”«»]{{0,60}}{re.escape(other)}", text))


def _invented(page: Page, said: Said, choose: random.Random) -> Iterator[Reply]:
    """Yield words that the speaker did not say: made up, or with one word of theirs changed."""
    language = page.language
    made_up = [choose.choice(_INVENTED[language])]
    words = said.words.split()
    places = [i for i, word in enumerate(words) if 0 < i < len(words) - 1 and len(word) > 4]
    if said.is_quoted and places:
        place = choose.choice(places)
        made_up.append(" ".join(words[:place] + words[place + 1 :]))
        lent = choose.choice(choose.choice(_INVENTED[language]).split())
        made_up.append(" ".join([*words[:place], lent, *words[place + 1 :]]))
    for words_said in made_up:
        yield Reply(
            kind="quotation_invented",
            is_faithful=False,
            text=choose.choice(QUOTED_SAYING[language]).format(name=said.name, words=words_said),
            cited=said.passage.label,
            carried_by=said.passage.label,
        )


def _of_reader(page: Page, line: Line, choose: random.Random) -> Iterator[Reply]:
    label = line.passage.label
    language = page.language

    def made(kind: str, text: str) -> Reply:
        return Reply(kind=kind, is_faithful=False, text=text, cited=label, carried_by=label)

    frame = choose.choice(_TABLES["flat_reader"][language])
    yield made(
        "reader_as_article",
        frame.format(words=lowered(line.text) if frame[0] != "{" else line.text),
    )
    if page.said:
        person = choose.choice(page.said).name
        told = choose.choice(QUOTED_SAYING[language])
        if person != page.author_of(line.passage):
            yield made("reader_as_article", told.format(name=person, words=line.text))
    author = page.author_of(line.passage)
    authors = sorted({c.author for c in page.index.article.live_comments() if c.author} - {author})
    if author is not None and authors:
        told = choose.choice(READER_SAYING[choose.choice(("en", "fr"))])
        yield made("speaker_swapped", told.format(name=choose.choice(authors), words=line.text))
        told = choose.choice(READER_SAYING[language])
        yield made(
            "quotation_invented", told.format(name=author, words=choose.choice(_INVENTED[language]))
        )
