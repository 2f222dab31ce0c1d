"""Whom a page knows: its speakers, everybody else it names, and what they are called besides."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.locale import called_words
from index.article import Article
from index.language.quotation_marks import quotations_in
from index.language.sentences import sentence_spans
from index.language.words import content_words, fold, name_words, stop_words, word_spans
from index.statements import NamedPerson, Speaker, Statement, speakers

_LONGEST = 3
"""Words of a nickname."""
_BEHIND = 8
"""Words behind "known" within which a nickname begins: "known along the quay as Deacon"."""


def persons(
    article: Article, statements: Sequence[Statement], people: Sequence[NamedPerson]
) -> tuple[Speaker, ...]:
    """Return whom a question may name: those who speak, most statements first, then the others.

    Who wrote the page is the last of them.

    Args:
        article: The page.
        statements: Who says what on it.
        people: Everybody it names, whether or not they say anything.
    """
    known = [item.speaker for item in speakers(s for s in statements if s.source == "article")]
    spoken = {word for speaker in known for word in content_words(speaker.name)[-1:]}
    silent = [
        Speaker(name=person.name, as_written=person.name, role=person.role)
        for person in people
        if name_words(person.name)[-1] not in spoken
    ]
    everybody = (*known, *silent, *_writer(article, (*known, *silent)))
    names = {word for speaker in everybody for word in content_words(speaker.name)}
    return tuple(
        replace(speaker, aliases=(*speaker.aliases, *_nicknames(article, speaker, names)))
        for speaker in everybody
    )


def _writer(article: Article, known: Sequence[Speaker]) -> tuple[Speaker, ...]:
    name = article.author
    if name is None or any(fold(speaker.name) == fold(name) for speaker in known):
        return ()
    return (Speaker(name=name, as_written=name),)


def _nicknames(article: Article, person: Speaker, names: set[str]) -> tuple[str, ...]:
    """Return what somebody is called besides, in the first sentence that names them.

    Behind or before a word for it ("known as the Ferret", "„Graf Zahl“ genannt"), or a name in
    quotation marks: "per i colleghi semplicemente «la Voce»".
    """
    text = _first_sentence(article, person.name)
    found = []
    for quoted in quotations_in(text):
        written = [span.of(text) for span in word_spans(text, quoted.start, quoted.end)]
        if len(written) <= _LONGEST and written and _is_new(written[-1], names):
            found.append(" ".join(written))
    words = [span.of(text) for span in word_spans(text)]
    for place, word in enumerate(words):
        if fold(word) in called_words():
            behind = words[place + 1 : place + 1 + _BEHIND]
            found += [next((w for w in behind if _is_new(w, names)), "")]
    return tuple(filter(None, dict.fromkeys(found)))


def _first_sentence(article: Article, name: str) -> str:
    """Return the first sentence with a name of several words and capitals; else nothing."""
    if not name[0].isupper() or " " not in name:
        return ""
    passage = next((p for p in article.body() if name in p.text), None)
    if passage is None:
        return ""
    return next(
        (s.of(passage.text) for s in sentence_spans(passage.text) if name in s.of(passage.text)), ""
    )


def _is_new(word: str, names: set[str]) -> bool:
    return word[0].isupper() and fold(word) not in names and fold(word) not in stop_words()
