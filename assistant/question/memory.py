"""What a conversation remembers: whom it spoke of, last first, and what its answers quote.

A pronoun means the last one it agrees with: "he" behind an answer that quotes a woman means
whoever was spoken of before her.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.answer import Citation
from assistant.locale import asks_with
from assistant.question.asked import Memory, Question, Somebody
from assistant.question.speaking import pronouns
from index.article import Article
from index.language.report_words import Gender, load
from index.language.words import Span, content_words, fold, folded_words
from index.statements import NamedPerson, Speaker, Statement

_MOST = 6
"""People who are remembered."""


def somebodies(
    article: Article,
    everybody: Sequence[Speaker],
    people: Sequence[NamedPerson],
    statements: Sequence[Statement],
) -> tuple[Somebody, ...]:
    """Return whom a page names and who writes under it, with their gender as far as it shows.

    By a name, a title or a pronoun of the page ("she said"), or the article before a role: "la
    cantinière".
    """
    genders: dict[str, Gender | None] = {p.name: p.gender for p in people if p.gender}
    language = load(article.language)
    written = [(s.speaker.name, s.speaker.as_written) for s in statements if s.speaker]
    for name, words in written:
        genders[name] = genders.get(name) or _shown_by(language.tagged(fold(words)), "pronoun")
    for speaker in everybody:
        opens = fold(speaker.name.split()[0])
        genders[speaker.name] = genders.get(speaker.name) or _shown_by(
            language.tagged(opens), "determiner"
        )
    authors = dict.fromkeys(c.author for c in article.comments if c.author)
    return (
        *(Somebody(speaker=one, gender=genders.get(one.name)) for one in everybody),
        *(
            Somebody(author=author, gender=language.first_names.get(author.split()[0].casefold()))
            for author in authors
        ),
    )


def _shown_by(tags: frozenset[str], part: str) -> Gender | None:
    genders: tuple[Gender, ...] = ("masculine", "feminine", "plural")
    return next((gender for gender in genders if f"{part}:{gender}" in tags), None)


def remembered(
    question: Question,
    before: Memory | None,
    cited: Sequence[Citation],
    known: Sequence[Somebody],
) -> Memory:
    """Return what is remembered behind an answer.

    Whoever was asked for, or quoted where nobody was named, is spoken of last; the topic of a
    question about the page or its thread as such stays what it was.

    Args:
        question: What was asked, completed.
        before: What was remembered before it.
        cited: What the answer cites.
        known: Whom the page knows.
    """
    named = [Somebody(speaker=s) for s in question.speakers]
    named += [Somebody(author=author) for author in question.authors]
    asks_who = question.want == "person" and {"{name}", "{author}"}.isdisjoint(question.words)
    names = dict.fromkeys(name for c in cited for name in (c.speaker, c.author) if name)
    quoted = [one for name in names for one in known if one.name == name]
    older = before.people if before else ()
    if asks_who or (not named and len(names) == 1):
        people = (*quoted, *named, *older)
    else:  # several who are quoted leave in mind who was
        people = (*named, *older[:1], *quoted, *older[1:])
    people = _once((*people[:2], *_mentioned(cited, known), *people[2:]), known)[:_MOST]
    if before and not question.terms and not question.speaker and not question.author:
        question = replace(
            question, terms=before.question.terms, all_terms=before.question.all_terms
        )
    return Memory(
        question=replace(question, memory=None),
        people=people,
        quoted=tuple(Span(c.start, c.end) for c in cited) or (before.quoted if before else ()),
        quoted_before=before.quoted if before else (),
    )


def _mentioned(cited: Iterable[Citation], known: Sequence[Somebody]) -> Iterator[Somebody]:
    """Yield whom the words of the article that are cited name."""
    for citation in cited:
        told = set(folded_words(citation.quote)) if citation.source == "article" else set()
        for one in known:
            if one.speaker and told.intersection(content_words(one.speaker.name)[-1:]):
                yield one


def _once(people: Iterable[Somebody], known: Sequence[Somebody]) -> tuple[Somebody, ...]:
    """Return people once each, with what the page knows of them."""
    told = {(one.name, one.author): one for one in known}
    once = {(one.name, one.author): one for one in people}
    return tuple(told.get(key, one) for key, one in once.items())


def meant(
    question: Question, people: Sequence[Somebody], *, without_sign: bool = False
) -> Somebody | None:
    """Return whom a question means that names nobody: the last one its pronoun agrees with.

    Without a pronoun, the last one if the question has no topic of its own, and `without_sign`
    also if it has: "Quando presenta i dati?". A subject that is named before its pronoun is meant
    by that: "le conducteur, il fait du vélo ?".
    """
    wanted = pronouns(question.language, question.words)
    own = {term.folded for term in question.terms if not asks_with(question.language, term.folded)}
    if not wanted:
        return None if own and not without_sign else next(iter(people), None)
    first = wanted[0]
    if first.is_subject and own.intersection(question.words[: first.place]):
        return None
    agreeing = [one for one in people if one.gender in (first.gender, None)]
    # Of whom the page shows no gender, a body is no "he": Anand Krishna may be, "Verdalys" not.
    persons = [one for one in agreeing if one.gender or _is_in_full(one.name)]
    return next(iter(persons or agreeing), None)


def _is_in_full(name: str | None) -> bool:
    """Whether a name is of several words with capitals."""
    words = (name or "").split()
    return len(words) > 1 and all(word[0].isupper() for word in words)
