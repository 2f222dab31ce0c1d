"""Whose words a question wants where it names nobody outright: by role, by what is said of them."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.extractive import described
from assistant.extractive.inquiry import MATCHED, SAME_WORD, Inquiry
from assistant.extractive.writer import is_writer, own_sentences
from assistant.locale import lesser_offices
from assistant.question.speaking import personal_pronouns
from index.article import Comment
from index.language import report_words
from index.language.words import Span, content_words, fold, folded_words, name_words, word_spans
from index.library.narration import sentences_of
from index.statements import NamedPerson, Speaker, Statement, speakers

_SHORTEST_NAME = 4
_TITLED = ("feminine", "masculine")


def words_of(inquiry: Inquiry, speaker: Speaker) -> list[Statement]:
    """Return what a speaker says in the article, in reading order."""
    return [s for s in inquiry.said if is_by(s, speaker)]


def sentences_with(inquiry: Inquiry, speaker: Speaker) -> list[Span]:
    """Return the sentences of the body that name a speaker and are nobody's words."""
    surname = content_words(speaker.name)[-1:]
    return [
        span
        for span in sentences_of(inquiry.article)
        if set(surname) & set(folded_words(span.of(inquiry.article.text)))
        and not any(s.start < span.end and span.start < s.end for s in inquiry.said)
    ]


def is_person(inquiry: Inquiry, speaker: Speaker) -> bool:
    """Whether the page shows that a speaker is a person: by a first name, an office or "she"."""
    pronouns = personal_pronouns(inquiry.article.language)
    return any(person.name == speaker.name for person in inquiry.article_index.people) or any(
        fold(s.speaker.as_written) in pronouns for s in words_of(inquiry, speaker) if s.speaker
    )


def sentences_about(inquiry: Inquiry, speaker: Speaker) -> list[Span]:
    """Return the sentences of the body that name somebody, and those behind up to the next name.

    "Aún no ha decidido" goes on about whoever was named, in many languages without a pronoun. A
    name in somebody else's words tells of nobody: "“Mr Rennick sees a shoal,” she said. She …".
    Of who wrote the page it is all that is nobody else's words.
    """
    article = inquiry.article
    if is_writer(inquiry, speaker):
        return own_sentences(inquiry)
    surname = set(content_words(speaker.name)[-1:])
    others = {name_words(p.name)[-1] for p in inquiry.article_index.people} - surname
    foreign = [s for s in inquiry.said if s.manner == "direct" and not is_by(s, speaker)]
    found: list[Span] = []
    is_meant, passage = False, None
    for span in sentences_of(article):
        if (label := article.passage_at(span.start).label) != passage:
            is_meant, passage = False, label
        quoted = [s for s in foreign if s.start < span.end and span.start < s.end]
        own = folded_words(span.of(article.text))
        if quoted:
            own = [
                fold(word.of(article.text))
                for word in word_spans(article.text, span.start, span.end)
                if not any(s.start <= word.start < s.end for s in quoted)
            ]
        is_meant = not surname.isdisjoint(own) or (is_meant and others.isdisjoint(own))
        if is_meant:
            found.append(span)
    return found


def is_by(statement: Statement, speaker: Speaker) -> bool:
    """Whether a statement is somebody's."""
    return statement.speaker is not None and statement.speaker.name == speaker.name


def known_speakers(inquiry: Inquiry) -> list[Speaker]:
    """Return the speakers of the article, those with most statements first."""
    return [item.speaker for item in speakers(inquiry.said)]


def is_other_than_meant(inquiry: Inquiry, speaker: Speaker) -> bool:
    """Whether a question asks for another bearer of a speaker's name or office.

    "Mrs Dean" is not Peter Dean, "the former director" is not the director, nor is the president
    of the Republic that of a club.
    """
    words = folded_words(inquiry.question.plain)
    surname = content_words(speaker.name)[-1:]
    if not set(content_words(speaker.name)).isdisjoint(words):
        language = report_words.load(inquiry.question.language)
        gender = next(
            (p.gender for p in inquiry.article_index.people if p.name == speaker.name), None
        )
        titles = [language.tagged(one) for one, other in pairwise(words) if [other] == surname]
        shown = {g for g in _TITLED for tags in titles if f"titles_{g}" in tags}
        return gender in _TITLED and bool(shown) and gender not in shown
    if any(term.is_name for term in inquiry.absent):
        return True
    lesser = lesser_offices()
    beside = folded_words(described.person(inquiry, speaker).beside)
    return lesser.isdisjoint(words) != lesser.isdisjoint(beside)


def described_speakers(inquiry: Inquiry) -> list[Speaker]:
    """Return the speakers whose role a question gives in any word: "the union", "the CEO"."""
    found: list[Speaker] = []
    for term in inquiry.terms:
        if term.is_name and term.folded not in inquiry.composer.phrases.role_words:
            continue
        bearers = [s for s in known_speakers(inquiry) if _bears(inquiry, s, term.folded, term.text)]
        if len(bearers) == 1 and bearers[0] not in found:
            found.append(bearers[0])
    return found


def meant(inquiry: Inquiry) -> described.Meant:
    """Return whom a question names or describes in other words than the page's."""
    found = described.meant(inquiry)
    by_role = described_speakers(inquiry)
    strange = {term.folded for term in inquiry.absent if term.is_name}
    is_known = strange <= inquiry.composer.phrases.role_words
    if not found.persons and len(by_role) == 1 and is_known:
        # not the president of another thing than the page's
        return described.Meant(persons=(described.person(inquiry, by_role[0]),))
    return found


def described_speaker(inquiry: Inquiry) -> Speaker | None:
    """Return the one speaker of the article whom a question describes, if it is sure."""
    found = meant(inquiry)
    speakers_meant = [person.speaker for person in found.persons if not person.is_reader]
    return speakers_meant[0] if found.is_sure and len(speakers_meant) == 1 else None


def _bears(inquiry: Inquiry, speaker: Speaker, folded: str, written: str) -> bool:
    """Whether a word, or one that means the same office, stands in a speaker's role."""
    role = " ".join((speaker.role or "", speaker.as_written, *speaker.aliases))
    words = folded_words(role)
    if folded in words:
        return True
    same = same_office(inquiry, folded)
    if any(f" {other} " in f" {' '.join(words)} " for other in same):
        return True
    return bool(words) and float(inquiry.article_index.align([written], [role])[0, 0]) >= SAME_WORD


def same_office(inquiry: Inquiry, folded: str) -> frozenset[str]:
    """Return all words for the office that a word means: "CEO", "chief executive"."""
    groups = inquiry.composer.phrases.same_roles
    return frozenset().union(*(group for group in groups if folded in group))


def without_description(inquiry: Inquiry, *described: Speaker) -> Inquiry:
    """Return the inquiry without the words that only say who somebody is: "the mayor"."""
    if not inquiry.terms or not described:
        return inquiry
    texts = [" ".join((s.name, s.role or "", *s.aliases)) for s in described]
    held = inquiry.held(texts).max(axis=1)
    same = {
        word
        for group in inquiry.composer.phrases.same_roles
        for word in group
        if any(f" {other} " in f" {fold(' '.join(texts))} " for other in group)
    }
    return inquiry.about(
        [
            term
            for term, share in zip(inquiry.terms, held, strict=True)
            if share < MATCHED and term.folded not in same
        ]
    )


def handles_like(inquiry: Inquiry, speaker: Speaker) -> list[Comment]:
    """Return the comments whose author's handle holds the surname: "dokafor" for Daniel Okafor.

    It says nothing about whose handle it is: they are shown as a reader's, under that handle.
    """
    names = content_words(speaker.name)[-1:]
    return [
        comment
        for comment in inquiry.article.live_comments()
        if comment.author is not None
        and any(
            len(name) >= _SHORTEST_NAME and name in "".join(folded_words(comment.author))
            for name in names
        )
    ]


def comments_naming(inquiry: Inquiry, named: Sequence[Speaker]) -> list[Comment]:
    """Return the comments that speak of one of some people, each with what answers it.

    By the surname, or by a first name or an office that nobody else on the page has: "Courage
    Ginette", "the mayor".
    """
    called = sorted({word for speaker in named for word in _called(inquiry, speaker)})
    comments = inquiry.article.live_comments()
    if not called or not comments:
        return []
    held = inquiry.article_index.align(called, [comment.text or "" for comment in comments])
    found: dict[str, Comment] = {}
    for comment, strengths in zip(comments, held.T, strict=True):
        if (strengths >= SAME_WORD).any():
            answers = inquiry.article_index.answers_to(comment)
            found |= {each.number: each for each in (comment, *answers)}
    return list(found.values())


def _called(inquiry: Inquiry, speaker: Speaker) -> set[str]:
    """Return the words that mean somebody: their surname, and what nobody else is called."""
    own = _names_of(speaker)
    people = inquiry.article_index.people
    known: list[Speaker | NamedPerson] = [*known_speakers(inquiry), *people]
    others = [_names_of(each) for each in known if each.name != speaker.name]
    return set(content_words(speaker.name)[-1:]) | own.difference(*others)


def _names_of(person: Speaker | NamedPerson) -> set[str]:
    """Return the words of somebody's name and the head of their office."""
    office = content_words(person.role or "")[:1]
    return {word for word in (*content_words(person.name), *office) if len(word) >= _SHORTEST_NAME}


def described_comments(inquiry: Inquiry) -> list[Comment]:
    """Return all comments of the reader whom a question describes: "the fired shop girl".

    Readers say of themselves who they are ("I was the grad student"), or are called so.
    """
    least = described.person_model().likely
    readers = [p for p, share in described.likeliest(inquiry) if p.is_reader and share >= least]
    return by_author(inquiry, readers[0].speaker.name) if readers else []


def by_author(inquiry: Inquiry, author: str) -> list[Comment]:
    """Return the comments of one author, in the order of the page."""
    return [c for c in inquiry.article.live_comments() if c.author == author]


def all_named(inquiry: Inquiry) -> Sequence[Speaker]:
    """Return the speakers a question is about: named, or described by their role."""
    named = inquiry.question.speakers
    return named or described_speakers(inquiry)
