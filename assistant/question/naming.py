"""Whom a question names: a speaker of the article, several of one name, the author of a comment."""

from collections.abc import Sequence

from index.article import Article
from index.language.words import content_words, fold, spaced_words, stop_words, word_spans
from index.statements import TITLES, Speaker, Statement, is_called, speaker_matches, speakers


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
            name = " ".join(run)
            meant = [speaker for speaker in known if is_called(name, speaker)]
            if meant:
                # "The council" is the council before it is the council's leader.
                by_name = (speaker for speaker in meant if _bears(name, speaker))
                return next(by_name, meant[0]), frozenset(content_words(name))
    return None, frozenset()


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


def named_author(text: str, article: Article) -> tuple[str | None, frozenset[str]]:
    authors = dict.fromkeys(comment.author for comment in article.live_comments())
    asked = spaced_words(text)
    named = [a for a in authors if a and spaced_words(a) in asked and content_words(a)]
    if not named:
        return None, frozenset()
    author = max(named, key=len)
    return author, frozenset(fold(span.of(author)) for span in word_spans(author))
