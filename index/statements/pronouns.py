"""Whom "il", "elle", "ce dernier" or "la seconde" means, or nobody where two can be meant.

What the page says of its people comes from `people_of_page`.
"""

from collections.abc import Iterable, Iterator, Sequence

from index.language.report_words import Gender, Pointing
from index.statements.mentions import Person
from index.statements.people_of_page import PeopleOfPage
from index.statements.voices import Voice, fits

_SENTENCES_BACK = 4
_UNDERSTOOD_BACK = 2
_POINTING_BACK = {"last": 1, "first": 2, "second": 3, "concerned": 3}
_PARAGRAPHS_BACK = 2
_END = 1 << 60
_GENDERS: tuple[Gender, ...] = ("masculine", "feminine", "neuter", "plural")


def pronoun_gender(tags: frozenset[str]) -> Gender | None:
    """Return the gender of a pronoun by its tags, None for one that means nobody."""
    for part in ("pronoun", "tonic", "owner"):
        for gender in _GENDERS:
            if f"{part}:{gender}" in tags:
                return gender
    return None


def antecedent(
    gender: Gender | None,
    sentence: int,
    start: int,
    page: PeopleOfPage,
    *,
    among: Sequence[Person] = (),
) -> Voice | None:
    """Return the last fitting subject or speaker, unless another person fits as well.

    `among` are the only ones who can be meant, all where it is empty.
    """
    own = page.subject(sentence)
    if own is not None and own.start < start and _is_meant(own, gender, among):
        if gender == "neuter":  # "The hull was intact, it said": not the hull
            own = None if own.thing else own
        elif _has_rivals(own, gender, sentence, start, page):
            return None
        if own is not None:
            return own
    if page.opens_apart(sentence):
        return None
    for back in _before(sentence, _SENTENCES_BACK, page):
        candidates = [v for v in _fitting(back, gender, page) if _is_meant(v, gender, among)]
        candidates = _persons(candidates, gender, page.subject(back))
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            found = None if among else _leading(back, candidates, page)
            if found is None or _surely_speaks(found, gender, back, page):
                return found
            return None if _has_rivals(found, gender, back, _END, page) else found
        if gender and back == sentence - 1 and page.opens_with_other(back, gender):
            return None
    return None


def understood(sentence: int, start: int, page: PeopleOfPage) -> Voice | None:
    """Return whose verb has no subject of its own: « Aseguró que … » goes on about the last one.

    The subject of the sentence, else the only one who speaks or is the subject just before.
    """
    own = page.subject(sentence)
    if own is not None and own.start < start and not own.thing:
        return own
    for back in _before(sentence, _UNDERSTOOD_BACK, page):
        voices = list(page.voices_of(back))
        subject = page.subject(back)
        speaks = subject is not None and not subject.thing
        candidates = _distinct([*voices, *([subject] if subject is not None and speaks else [])])
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            return _leading(back, candidates, page)
        named = _distinct(page.named_in(back))
        if len(named) == 1 and page.passage_of(back) == page.passage_of(sentence):
            return named[0]
    return None


def several_fit(gender: Gender | None, sentence: int, page: PeopleOfPage) -> bool:
    """Whether more than one person of the sentences before can be meant."""
    fitting = [
        voice
        for back in _before(sentence, _SENTENCES_BACK, page)
        for voice in _fitting(back, gender, page)
    ]
    return len(_distinct(fitting)) > 1


def pointed_at(pointing: Pointing, sentence: int, start: int, page: PeopleOfPage) -> Voice | None:
    """Return whom words such as "ce dernier" point at, None where that is not sure.

    "Le premier" and "le second" need exactly two people in one sentence; "ce dernier" means
    the one named last just before, "l'intéressé" the only one of the gender.
    """
    reach = _POINTING_BACK[pointing.order]
    places = [(sentence, start), *((back, _END) for back in _before(sentence, reach, page))]
    if pointing.order in ("first", "second"):
        for place, before in places:
            people = _distinct(page.people_in(place, before))
            if len(people) < 2:
                continue
            chosen = people[0] if pointing.order == "first" else people[1]
            return chosen if len(people) == 2 and fits(chosen, pointing.gender) else None
        return None
    for place, before in places:
        fitting = [v for v in page.people_in(place, before) if fits(v, pointing.gender)]
        if not fitting and pointing.order == "last" and place != sentence:
            spoken = [v for v in page.voices_of(place) if fits(v, pointing.gender)]
            if spoken:
                return spoken[-1]
        if not fitting:
            subject = page.subject(place)
            if place != sentence and subject is not None and subject.gender == pointing.gender:
                return subject if pointing.order == "last" else None
            continue
        if pointing.order == "concerned" and len(_distinct(fitting)) > 1:
            return None
        return fitting[-1]
    return None


def _before(sentence: int, reach: int, page: PeopleOfPage) -> Iterator[int]:
    """Yield the sentences before one, nearest first, as far as the paragraph before.

    Where that is a single sentence, as reports of agencies are set, one paragraph more.
    """
    passage, others, length = page.passage_of(sentence), 0, 0
    for back in range(sentence - 1, max(sentence - 1 - reach, -1), -1):
        if page.passage_of(back) != passage:
            if others and (length > 1 or others >= _PARAGRAPHS_BACK):
                return
            passage, others, length = page.passage_of(back), others + 1, 0
        length += 1
        yield back


def _distinct(voices: Iterable[Voice]) -> list[Voice]:
    found: dict[str, Voice] = {}
    for voice in voices:
        found.setdefault(voice.speaker.name, voice)
    return list(found.values())


def _persons(voices: Sequence[Voice], gender: Gender | None, subject: Voice | None) -> list[Voice]:
    """Return the voices without names that may be a body's, where a person is among them.

    No "she" means Big Machine beside Nora Quinn; a role ("a neighbour") is always somebody, and
    the subject may be: "Ngozi Okonjo criticised Anna Lind."
    """
    name = subject.speaker.name if subject is not None else None
    if gender not in ("masculine", "feminine"):
        return list(voices)
    shown = [v for v in voices if v.person is None or v.person.is_sure or v.speaker.name == name]
    return shown if any(v.person and v.person.is_sure for v in shown) else list(voices)


def _is_meant(voice: Voice, gender: Gender | None, among: Sequence[Person]) -> bool:
    return fits(voice, gender) and (not among or voice.person in among)


def _fitting(sentence: int, gender: Gender | None, page: PeopleOfPage) -> list[Voice]:
    """Return the distinct people of a sentence that a pronoun of that gender can mean."""
    voices = list(page.voices_of(sentence))
    subject = page.subject(sentence)
    if subject is not None:
        voices.append(subject)
    if gender not in ("plural", "neuter"):
        voices.extend(v for v in page.without_places(sentence) if v.person is not None)
    return _distinct(voice for voice in voices if fits(voice, gender))


def _surely_speaks(voice: Voice, gender: Gender | None, sentence: int, page: PeopleOfPage) -> bool:
    """Whether somebody speaks in a sentence that shows nobody else to be of that gender."""
    speaks = any(v.speaker.name == voice.speaker.name for v in page.voices_of(sentence))
    others = [v for v in page.people_in(sentence, _END) if v.speaker.name != voice.speaker.name]
    return speaks and (voice.gender == gender or all(v.gender != gender for v in others))


def _has_rivals(
    found: Voice, gender: Gender | None, sentence: int, before: int, page: PeopleOfPage
) -> bool:
    """Whether "she" may be another as well: "Hollis Reed beat Marlow Orton. She said …"."""
    if gender is None or found.gender is not None:
        return False
    words = set(found.speaker.name.split())
    fitting = [v for v in page.people_in(sentence, before) if fits(v, gender)]
    others = _persons(fitting, gender, page.subject(sentence))
    return any(words.isdisjoint(voice.speaker.name.split()) for voice in others)


def _leading(sentence: int, candidates: Sequence[Voice], page: PeopleOfPage) -> Voice | None:
    """Return the one who speaks or is the subject there, None where two do."""
    speaking = {voice.speaker.name for voice in page.voices_of(sentence)}
    subject = page.subject(sentence)
    names = {voice.speaker.name for voice in candidates}
    leads = subject is not None and subject.speaker.name in names
    # "Lund said that Ek wants a vote. He added ...": who tells what another wants goes on.
    is_sole = subject is not None and not (speaking - {subject.speaker.name}) & names
    if subject is not None and leads and (is_sole or subject.speaker.name in speaking):
        return next(v for v in candidates if v.speaker.name == subject.speaker.name)
    if len(speaking & names) == 1:
        return next(v for v in candidates if v.speaker.name in speaking)
    return None
