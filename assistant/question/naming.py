"""Whom a question names: a speaker of the article, several of one name, the author of a comment."""

from collections.abc import Sequence
from dataclasses import replace

from index.article import Article
from index.statements import Speaker, Statement, speaker_matches, speakers
from index.words import content_words, fold, spaced_words, stop_words, word_spans


def named_speaker(
    text: str, statements: Sequence[Statement]
) -> tuple[Speaker | None, frozenset[str]]:
    """Return the speaker the question names, and the folded words that name them."""
    words = [span.of(text) for span in word_spans(text)]
    known = [item.speaker for item in speakers(s for s in statements if s.source == "article")]
    for length in (4, 3, 2, 1):
        starts = range(len(words) - length + 1)
        for run in dict.fromkeys(tuple(words[first : first + length]) for first in starts):
            if all(fold(word) in stop_words() for word in run):
                continue
            for speaker in known:
                if _is_called(" ".join(run), speaker):
                    return speaker, frozenset(content_words(" ".join(run)))
    return None, frozenset()


def namesakes(
    speaker: Speaker | None, named: frozenset[str], statements: Sequence[Statement]
) -> tuple[Speaker, ...]:
    """Return all persons of the page whom the words that name a speaker can mean, if several."""
    if speaker is None or len(named) != 1:
        return ()
    (word,) = named
    known = [item.speaker for item in speakers(s for s in statements if s.source == "article")]
    same = tuple(
        item
        for item in known
        if len(item.name.split()) > 1
        and content_words(item.name)[-1:] == [word]
        and all(part[0].isupper() for part in item.name.split())
    )
    return same if speaker in same and len(same) > 1 else ()


def _is_called(name: str, speaker: Speaker) -> bool:
    """Whether a name means a speaker; a single word that is no person's name must be the head.

    "The minister" may mean the Turkish minister of defence, "the community" the Turkish
    community of a town; "Turkish" alone means neither.
    """
    if not speaker_matches(name, speaker):
        return False
    named = content_words(name)
    if len(named) > 1:
        return True
    if speaker_matches(name, replace(speaker, role=None)):
        is_person = all(word[0].isupper() for word in speaker.name.split())
        return is_person or speaker_matches(content_words(speaker.name)[0], _only(name))
    return content_words(speaker.role or "")[:1] == named


def _only(name: str) -> Speaker:
    return Speaker(name=name, as_written=name)


def named_author(text: str, article: Article) -> tuple[str | None, frozenset[str]]:
    authors = dict.fromkeys(comment.author for comment in article.live_comments())
    asked = spaced_words(text)
    named = [a for a in authors if a and spaced_words(a) in asked and content_words(a)]
    if not named:
        return None, frozenset()
    author = max(named, key=len)
    return author, frozenset(fold(span.of(author)) for span in word_spans(author))
