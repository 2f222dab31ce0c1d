"""Everybody an article names, with what it says they are, whether or not they say anything."""

from dataclasses import dataclass

from index.article import Article
from index.language.quotation_marks import quotations
from index.language.report_words import Gender, load
from index.statements.mentions import register
from index.statements.tokens import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPerson:
    """Somebody named in full, where the page shows that it is a person.

    `role` is what the page says they are; `start` and `end` are the characters of the sentence
    that says so, or first names them. `gender` is what their name, title or a pronoun shows.
    """

    name: str
    role: str | None
    start: int
    end: int
    gender: Gender | None = None


def named_people(article: Article) -> tuple[NamedPerson, ...]:
    """Return everybody the body of an article names, in reading order.

    A capitalised run counts as a person by a first name, a title or a role beside it, so that
    "Pell College" does not.
    """
    language = load(article.language)
    passages = tuple(article.body())
    quoted = quotations(article.text, passages)
    split = [
        sentence
        for passage in passages
        for sentence in sentences(
            article.text,
            passage.start,
            passage.end,
            [q for q in quoted if passage.start <= q.start < passage.end],
            language,
            passage.label,
        )
    ]
    found = register(split, language)
    told: dict[str, NamedPerson] = {}
    for mention in found.mentions:
        bearers = found.bearers(mention.words)
        if len(bearers) != 1:
            continue
        (person,) = bearers
        known = told.get(person.name)
        if person.is_sure and (known is None or (known.role is None and mention.role is not None)):
            sentence = split[mention.sentence]
            told[person.name] = NamedPerson(
                name=person.name,
                role=mention.role,
                start=sentence.start,
                end=sentence.end,
                gender=person.gender,
            )
    return tuple(told.values())
