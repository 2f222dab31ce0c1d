"""Who is meant by "the tyre bloke", "l'ornitho", "die Bäckerin", "the smart grid academic".

Nobody describes a person in the page's words. The reader was taught who is meant by such a
description, from what the page calls each who speaks on it and what it says of them beside the
name; of a reader, from what they write. Beside its word stands how much of the question the page
says of each: by words, by pieces of words ("ornitho" in "ornithologue"), by meaning across
languages. A logistic regression weighs these signs, above all by how much one person exceeds all
others. Its weights are made by `training.saying`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from assistant.extractive.inquiry import MATCHED, AnswerReader, Inquiry
from assistant.extractive.likeness import (
    clauses_of,
    content_of,
    lead_of,
    logit_of,
    pieces_held,
    rarity_of,
)
from index.article import whole_label
from index.encoder.regression import Numbers, SureRegression, probabilities
from index.language import report_words
from index.language.sentences import sentence_spans
from index.language.words import content_words, fold, folded_words, name_words, split_words
from index.statements import Speaker, Statement, speakers

WEIGHTS = "described.json"
FEATURES = (
    "read", "read_lead", "called", "called_rarest", "called_lead", "pieces", "pieces_lead", "told",
    "told_rarest", "told_lead", "told_pieces", "told_near", "told_near_lead", "early",
    "recognised", "other_recognised", "speaks", "statements", "reader", "reader_called", "across",
    "across_called", "name", "person",
)  # fmt: skip
_MOST_STATEMENTS = 5
_MOST_CLAUSES = 4
_MOST_READ = 400
"""Characters of what a reader writes that tell who they are."""
_WIDEST_READ = 4.0
_AROUND = 2
_BEFORE, _BEHIND = 6, 8
"""Words around a name in which the page says what its bearer is."""
_LATER = 0.85
"""What a word of the question counts beside the one before it: who is meant comes first."""
_MOST_PERSONS, _AS_LIKELY = 2, 0.7
"""How many are told where none is sure, and the share of the best probability they need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may be meant: a speaker of the article, somebody it names, or a reader."""

    speaker: Speaker
    is_reader: bool
    said: tuple[Statement, ...]
    called: str
    beside: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonModel(SureRegression):
    """The weights; from `sure` on somebody is the one meant, from `likely` on they may be."""

    likely: float


@cache
def person_model() -> PersonModel:
    """Return the bundled weights."""
    return PersonModel.bundled("assistant.extractive", WEIGHTS, FEATURES, made_by="training.saying")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Whom a question means, several where none is likelier; `is_sure` unless it is a guess."""

    persons: tuple[Person, ...] = ()
    is_sure: bool = True


def meant(inquiry: Inquiry) -> Meant:
    """Return whom a question names or describes; nobody where nobody is like it."""
    named, model, ranked = inquiry.question.speaker, person_model(), likeliest(inquiry)
    best, share = ranked[0] if ranked else (None, 0.0)
    if named is not None and not inquiry.asks_readers_alone:
        of_name = [pair for pair in ranked if pair[0].speaker.name == named.name]
        by_name = not set(content_words(named.name)).isdisjoint(
            folded_words(inquiry.question.plain)
        )
        is_other = (
            not by_name and share >= model.sure and bool(of_name) and of_name[0][1] < model.likely
        )
        return Meant(persons=(best if best and is_other else person(inquiry, named),))
    if best is None or share < model.likely or inquiry.is_of_many or _names_other(inquiry, best):
        return Meant()
    others = [p for p, other in ranked[1:_MOST_PERSONS] if other >= share * _AS_LIKELY]
    if share >= model.sure:
        return Meant(persons=(best,))
    return Meant(persons=(best, *others), is_sure=False)


def _names_other(inquiry: Inquiry, person: Person) -> bool:
    """Whether a question names somebody else than who is likeliest to be meant.

    "Was sagte Angela Merkel?" of any page without her, or with her name but none of her words.
    """
    known = inquiry.composer.phrases
    strange = {term.folded for term in inquiry.unknown if term.is_name}
    if not inquiry.is_across and not strange <= known.role_words:
        return True
    # A lone strange name may be the page's in another spelling, but none behind a first name.
    pairs = pairwise(split_words(inquiry.question.text))
    surnames = [last for first, last in pairs if _is_first_name(first) and last[0].isupper()]
    page = inquiry.article_index
    if surnames and page.anywhere(surnames, authors=True).min() < MATCHED:
        return True
    # Of "the mother of Noah Lind" more is told than a name.
    named = [term.text for term in inquiry.terms if term not in inquiry.unknown]
    is_alone = all(t.is_name or page.spelling.is_name(fold(t.text)) for t in inquiry.terms)
    return is_alone and bool(named) and float(page.align(named, [person.called]).max()) < MATCHED


def _is_first_name(word: str) -> bool:
    return word[0].isupper() and word.casefold() in report_words.first_names()


def likeliest(inquiry: Inquiry) -> list[tuple[Person, float]]:
    """Return whom a question may describe with how probably it does, the likeliest first."""
    persons = persons_of(inquiry)
    features = measured(inquiry, persons)
    if not len(features):
        return []
    shares = probabilities(person_model().logits(features))
    pairs = zip(persons, map(float, shares), strict=True)
    return sorted(pairs, key=lambda pair: -pair[1])


def persons_of(inquiry: Inquiry) -> list[Person]:
    """Return those who speak in the article, those it names besides, and its readers."""
    page = inquiry.article_index
    known = [item.speaker for item in speakers(inquiry.said)]
    names = {word for speaker in known for word in content_words(speaker.name)[-1:]}
    known += [
        Speaker(name=person.name, as_written=person.name, role=person.role)
        for person in page.people
        if name_words(person.name)[-1] not in names
    ]
    found = [] if inquiry.question.asks_readers else [person(inquiry, each) for each in known]
    written: dict[str, list[Statement]] = {}
    near = {comment.label for comment in inquiry.near_comments}
    for statement in page.statements:
        is_near = whole_label(statement.passage) in near
        if statement.source == "comment" and statement.speaker is not None and is_near:
            written.setdefault(statement.speaker.name, []).append(statement)
    for said in written.values():
        speaker = said[0].speaker
        if speaker is not None:
            found.append(
                Person(
                    speaker=speaker,
                    is_reader=True,
                    said=tuple(said),
                    called=speaker.name,
                    beside=speaker.name,
                    told="\n".join(statement.text for statement in said),
                )
            )
    return found


def person(inquiry: Inquiry, speaker: Speaker) -> Person:
    """Return a speaker of the article with all that the page tells of them."""
    said = tuple(s for s in inquiry.said if s.speaker and s.speaker.name == speaker.name)
    forms = [speaker.name, speaker.role, *speaker.aliases]
    forms += [s.speaker.as_written for s in said if s.speaker]
    called = " · ".join(dict.fromkeys(form for form in forms if form))
    return Person(
        speaker=speaker,
        is_reader=False,
        said=said,
        called=called,
        beside=_beside(inquiry, speaker),
        told=_told(inquiry, speaker, said),
    )


def _beside(inquiry: Inquiry, speaker: Speaker) -> str:
    """Return what the page says somebody is, and the words around the first mention of the name."""
    own = set(content_words(speaker.name))
    role = speaker.role or ""
    for passage in inquiry.article.body():
        folded = folded_words(passage.text)
        if passage.kind == "title" or own.isdisjoint(folded):
            continue
        first = next(place for place, word in enumerate(folded) if word in own)
        near = split_words(passage.text)[max(0, first - _BEFORE) : first + len(own) + _BEHIND]
        return " ".join([role, *(word for word in near if fold(word) not in own)]).strip()
    return role or speaker.as_written


def as_read(person: Person) -> tuple[str, str]:
    """Return what the reader is told of somebody, and behind what it stands."""
    if person.is_reader:
        return person.told[:_MOST_READ], f"{person.speaker.name}:"
    return f"{person.called.replace(' · ', ', ')}: {person.beside}", ""


def _told(inquiry: Inquiry, speaker: Speaker, said: Sequence[Statement]) -> str:
    """Return the sentence that first names somebody, its neighbours, and those they speak in."""
    article = inquiry.article
    surname = set(content_words(speaker.name)[-1:])
    texts: list[str] = []
    for passage in article.body():
        if passage.kind == "title":
            continue
        spans = list(sentence_spans(article.text, passage.start, passage.end))
        sentences = [span.of(article.text) for span in spans]
        named = [n for n, text in enumerate(sentences) if surname & set(folded_words(text))]
        if named and not texts:
            texts += sentences[max(0, named[0] - 1) : named[0] + _AROUND]
        texts += [
            text
            for span, text in zip(spans, sentences, strict=True)
            if any(s.start < span.end and span.start < s.end for s in said)
        ]
    return "\n".join(dict.fromkeys(texts)) or speaker.name


def measured(inquiry: Inquiry, persons: Sequence[Person]) -> Numbers:
    """Return what is known of each person, (persons, features); nothing without a reader.

    Whom the article knows are compared with each other alone: no reader takes anything from them.
    """
    whole, reader = inquiry.about(content_of(inquiry)), inquiry.reader
    if reader is None or len(persons) < 2 or not whole.terms:
        return np.zeros((0, len(FEATURES)), np.float32)
    features = _compared(whole, reader, persons)
    own = [place for place, person in enumerate(persons) if not person.is_reader]
    if 1 < len(own) < len(persons):
        features[own] = _compared(whole, reader, [persons[place] for place in own])
    return features


def _compared(whole: Inquiry, reader: AnswerReader, persons: Sequence[Person]) -> Numbers:
    """Return what is known of each person beside all others, (persons, features)."""
    called, told = [p.called for p in persons], [p.told for p in persons]
    held, held_told = whole.held(called), whole.held(told)
    rarity = rarity_of(held_told)
    pieces, told_pieces = pieces_held(whole, called), pieces_held(whole, told)
    texts, behind = zip(*map(as_read, persons), strict=True)
    read = np.array([logit_of(p) for p in reader.means(whole.question.plain, texts, behind)])
    told_near = np.array(
        [reader.nearness(part, told) for part in clauses_of(whole)[:_MOST_CLAUSES]], np.float32
    ).max(axis=0)
    values = _shares(held * _LATER ** np.arange(len(held))[:, None], rarity)
    told_values = _shares(held_told, rarity)
    leads = [lead_of(v) for v in (values[1], pieces, told_near, told_values[1])]
    named = whole.question.speaker
    author = whole.question.author
    recognised = [
        p.speaker.name == (author if p.is_reader else named.name if named else None)
        for p in persons
    ]
    people = {person.name for person in whole.article_index.people}
    is_reader = np.array([p.is_reader for p in persons], np.float32)
    across = np.full(len(persons), whole.is_across, np.float32)
    signs = {
        "read": read,
        "read_lead": lead_of(read, widest=_WIDEST_READ),
        "called": values[0],
        "called_rarest": values[1],
        "called_lead": leads[0],
        "pieces": pieces,
        "pieces_lead": leads[1],
        "told": told_values[0],
        "told_rarest": told_values[1],
        "told_lead": leads[3],
        "told_pieces": told_pieces,
        "told_near": told_near,
        "told_near_lead": leads[2],
        "early": [_early(held[:, n]) for n in range(len(persons))],
        "recognised": recognised,
        "other_recognised": [any(recognised) and not each for each in recognised],
        "speaks": [bool(p.said) for p in persons],
        "statements": [min(len(p.said) / _MOST_STATEMENTS, 1.0) for p in persons],
        "reader": is_reader,
        "reader_called": is_reader * values[1],
        "across": across,
        "across_called": across * values[1],
        "name": [p.speaker.name[0].isupper() for p in persons],
        "person": [p.speaker.name in people for p in persons],
    }
    return np.array([signs[name] for name in FEATURES], np.float32).T


def _shares(held: Numbers, rarity: Numbers) -> tuple[Numbers, Numbers]:
    """Return for each text the weighted share of the words it holds, and its most telling word."""
    total: Numbers = rarity @ held / max(float(rarity.sum()), 1e-6)
    holders = np.maximum((held >= MATCHED).sum(axis=1), 1)[:, None]
    rarest: Numbers = (held / holders).max(axis=0)
    return total, rarest


def _early(held: Numbers) -> float:
    """Return how early the first word that somebody is called by stands, in [0, 1]."""
    places = np.flatnonzero(held >= MATCHED)
    return 1 - float(places[0]) / len(held) if len(places) else 0.0
