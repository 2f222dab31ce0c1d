"""Whom a question names: a speaker of the article, several of one name, the author of a comment."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article
from index.language.words import (
    content_words,
    fold,
    folded_words,
    spaced_words,
    split_words,
    stop_words,
)
from index.retrieval.spelling import Spelling
from index.statements import TITLES, Speaker, Statement, is_called, speaker_matches, speakers

_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody a question names, with the folded words that do it.

    `stranger` is a name beside it that is not theirs: "Paul" in "Paul Martin" where the page
    knows Julie Martin alone.
    """

    speaker: Speaker
    words: frozenset[str]
    place: int
    length: int
    stranger: str | None = None


def named_speakers(
    text: str,
    known: Sequence[Speaker],
    about: frozenset[str] = frozenset(),
    spelling: Spelling | None = None,
    pointing: frozenset[str] = frozenset(),
) -> tuple[Named, ...]:
    """Return the speakers a question names, those named most fully first.

    Args:
        text: The question.
        known: Whom the page knows, those who speak first.
        about: Folded words before a topic: whoever stands behind one after another speaker is
            what is spoken of ("What does Vogel say about Brandt?").
        spelling: The words of the page, by which a common word is told from a name.
        pointing: Folded words for somebody named before: "What did he say about the union?".
    """
    words = split_words(text)
    found: list[Named] = []
    taken: set[int] = set()
    for length in range(_LONGEST_NAME, 0, -1):
        for first in range(len(words) - length + 1):
            run = words[first : first + length]
            places = set(range(first, first + length))
            ends = (fold(run[0]), fold(run[-1]))
            if places & taken or any(word in stop_words() for word in ends):
                continue  # "did Whitcombe" is Whitcombe, found as such
            name = " ".join(run)
            meant = [
                speaker
                for speaker in known
                if is_called(name, speaker)
                and not _is_common(name, speaker, spelling)
                and not _is_owner(name, speaker)
            ]
            if not meant:
                continue
            # "The council" is the council before it is the council's leader.
            bearing = [item for item in meant if _bears(name, item)]
            exact = [s for s in bearing if content_words(s.name) == content_words(name)]
            speaker = (exact or bearing or meant)[0]
            taken |= places
            found.append(
                Named(
                    speaker=speaker,
                    words=frozenset(content_words(name)),
                    place=first,
                    length=length,
                    stranger=_stranger(words, first, length, speaker),
                )
            )
    first = min((named.place for named in found), default=0)
    first = min((n for n, word in enumerate(words) if fold(word) in pointing), default=first)
    spoken_of = [
        named
        for named in found
        if named.place > first
        and any(fold(word) in about for word in words[max(first, named.place - 2) : named.place])
    ]
    # "What does the mayor think of the report?": a thing that is quoted is no second speaker.
    persons = [named.place for named in found if named.speaker.name[0].isupper()]
    spoken_of += [
        named
        for named in found
        if named.speaker.name[0].islower() and named.place > min(persons, default=named.place)
    ]
    return tuple(named for named in found if named not in spoken_of)


def _is_common(name: str, speaker: Speaker, spelling: Spelling | None) -> bool:
    """Whether a small word only looks like a part of a name: "agua" and the group "Agua para …"."""
    if spelling is None or " " in name or not name.islower() or spelling.is_name(fold(name)):
        return False
    if fold(name) not in spelling:
        return False  # no word of the page, but in the name of who wrote it
    written = split_words(speaker.as_written)
    return any(word[0].isupper() and fold(word) == fold(name) for word in written[1:])


def _is_owner(name: str, speaker: Speaker) -> bool:
    """Whether a name is but whose office somebody bears: "the trust" and its head of estates."""
    office = folded_words(speaker.role or "")
    return office[1:2] == ["s"] and office[:1] == [fold(name)]


def _stranger(words: Sequence[str], first: int, length: int, speaker: Speaker) -> str | None:
    """Return a first name before a lone surname that is not the speaker's.

    Only a capital within the question tells: "What did Paul Martin say?".
    """
    if length != 1 or first < 2 or not words[first][0].isupper():
        return None
    before = words[first - 1]
    described = {
        word
        for part in (speaker.name, speaker.as_written, speaker.role or "", *speaker.aliases)
        for word in folded_words(part)
    }
    is_name = before[0].isupper() and before[1:].islower() and len(before) > 1
    parts = speaker.name.split()
    if not is_name or len(parts) < 2 or fold(parts[-1]) != fold(words[first]):
        return None
    folded = fold(before)
    return None if folded in described | TITLES | stop_words() else before


def _bears(name: str, speaker: Speaker) -> bool:
    """Whether a name is the speaker's own, not their office's."""
    return speaker_matches(name, Speaker(name=speaker.name, as_written=speaker.name))


def namesakes(
    speaker: Speaker | None, named: frozenset[str], statements: Sequence[Statement]
) -> tuple[Speaker, ...]:
    """Return all persons of the page whom the words that name a speaker can mean, if several."""
    surnames = named - TITLES
    if speaker is None or len(surnames) != 1:
        return ()
    (word,) = surnames
    known = [item.speaker for item in speakers(s for s in statements if s.source == "article")]
    same = tuple(
        item
        for item in known
        if len(item.name.split()) > 1
        and content_words(item.name)[-1:] == [word]
        and all(part[0].isupper() for part in item.name.split())
    )
    return same if speaker in same and len(same) > 1 else ()


def named_authors(text: str, article: Article) -> tuple[str, ...]:
    """Return the authors of comments that a question names, in its order."""
    asked = spaced_words(text)
    authors = dict.fromkeys(comment.author for comment in article.comments)
    named = [a for a in authors if a and spaced_words(a) in asked and content_words(a)]
    # "Friends of Harlow St" is not also the reader "Harlow".
    longest = [
        author
        for author in named
        if not any(
            other != author and spaced_words(author) in spaced_words(other) for other in named
        )
    ]
    return tuple(sorted(longest, key=lambda author: asked.index(spaced_words(author))))


def words_of(author: str) -> frozenset[str]:
    """Return the folded words of an author's name."""
    return frozenset(folded_words(author))
