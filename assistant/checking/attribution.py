"""Whose words are they? A sentence that names a speaker, against the statements of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.checking.agreement import coverage
from assistant.checking.claims import Claim, reporting_words
from assistant.locale import phrases
from assistant.naming import is_name
from index.article import Comment, Passage
from index.language.dispute_words import is_of_self, vocabulary
from index.language.words import content_words, fold, spaced_words, word_spans
from index.library.article_index import ArticleIndex
from index.statements import Speaker, Statement, speaker_matches

_SAID = 0.6
"""Share of what somebody is said to say that their statement must hold."""
_AS_GOOD, _NEARLY_AS_GOOD = 0.12, 0.3
_MOSTLY = 0.7
_BESIDE = 5
"""Words from a reader to the verb that says what they write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with whom a sentence names. `said_by` is who really said it, if known."""

    reason: str
    said_by: str | None = None
    is_misattributed: bool = True


def reader_fault(
    claim: Claim, comments: Sequence[Comment], article_index: ArticleIndex
) -> Fault | None:
    """Return what is wrong where a sentence rests on comments: their authors must be named.

    A reader's view is told as a reader's: by the author's name, or by a word for readers.
    """
    said = spaced_words(claim.text)
    authors = {
        c.author for c in article_index.article.live_comments() if c.author and is_name(c.author)
    }
    words_said = set(said.split())
    # "A subscriber since 1999" of the reader who calls himself "subscriber since 1999".
    named = {
        author
        for author in authors
        if spaced_words(author) in said
        or (" " in author and set(spaced_words(author).split()) <= words_said)
    }
    cited = {comment.author for comment in comments if comment.author}
    if named and not named & cited:
        words = " ".join(comment.text or "" for comment in comments)
        begins = any(said.strip().startswith(spaced_words(author).strip()) for author in named)
        if begins or not all(spaced_words(author) in spaced_words(words) for author in named):
            really = next(iter(sorted(cited)), None) or "a reader without a name"
            return Fault(reason="another reader wrote it", said_by=really)
    names = [s.speaker.name for s in claim.speeches if s.speaker]
    told = [name for name in names if not _is_the_page(name, claim.language)]
    for name in told:
        if _is_of_the_article(name, article_index) and not _is_author(name, cited):
            return Fault(reason="a reader wrote it", said_by=next(iter(sorted(cited)), "a reader"))
    if named or claim.led_by == "" or _names_a_reader(claim):
        return None
    if told and not claim.is_of_the_page:
        return None
    return Fault(reason="a reader's view told as a fact", is_misattributed=False)


def _names_a_reader(claim: Claim) -> bool:
    """Whether a sentence gives its words to a reader, and does not merely speak to readers."""
    words = [fold(span.of(claim.text)) for span in word_spans(claim.text)]
    readers = phrases(claim.language).reader_words
    known = vocabulary(claim.language)
    telling = reporting_words(claim.language)
    for place, word in enumerate(words):
        beside = words[place + 1 : place + 1 + _BESIDE]
        tells = any(
            other in telling or known.deny_verbs.holds(other) or known.doubt_verbs.holds(other)
            for other in beside
        )
        if word in readers and (tells or claim.speeches):
            return True
    return False


def speaker_fault(
    claim: Claim, passages: Sequence[Passage], article_index: ArticleIndex
) -> Fault | None:
    """Return what is wrong with the speakers a sentence on the article names, or leaves out."""
    labels = {passage.label for passage in passages}
    said = [s for s in article_index.statements if s.source == "article" and s.passage in labels]
    if not any(spaced_words(claim.body) in spaced_words(passage.text) for passage in passages):
        fault = _quoted_from_another(claim, said, article_index)
        if fault is not None:
            return fault
    for speech in claim.speeches:
        name = speech.speaker.name if speech.speaker else None
        if name is None or _is_the_page(name, claim.language):
            continue
        fault = _wrong_speaker(speech, name, said, article_index, language=claim.language)
        if fault is not None:
            return fault
        if _is_absent(name, said, passages, article_index):
            return Fault(reason=f"it was not {name}", said_by="the article")
    if not any(speech.speaker for speech in claim.speeches):
        return _untold_speaker(claim, said, article_index)
    return None


def quoted_statements(claim: Claim, said: Sequence[Statement]) -> list[Statement]:
    """Return the statements that hold the words a sentence has in quotation marks."""
    quoted = [spaced_words(quotation) for quotation in claim.quotations]
    return [s for s in said if any(words in spaced_words(s.text) for words in quoted)]


def _quoted_from_another(
    claim: Claim, said: Sequence[Statement], article_index: ArticleIndex
) -> Fault | None:
    """Return a fault where quoted words stand beside another speaker's name than their own."""
    outside = spaced_words(claim.outside)
    for statement in quoted_statements(claim, said):
        speaker = statement.speaker
        if speaker is None or _is_named(speaker, outside):
            continue
        others = [
            s.speaker for s in article_index.statements if s.speaker and s.source == "article"
        ]
        wrong = next((o for o in others if _is_named(o, outside)), None)
        if wrong is not None and not speaker_matches(wrong.name, speaker):
            return Fault(reason=f"it was not {wrong.name}", said_by=speaker.name)
    return None


def _is_named(speaker: Speaker, outside: str) -> bool:
    """Whether a speaker's last name, or the whole of another form, stands in folded words."""
    last = content_words(speaker.name)[-1:]
    forms = [*last, speaker.name, *speaker.aliases]
    return any(spaced_words(form) in outside for form in forms if form.strip())


def _wrong_speaker(
    speech: Statement,
    name: str,
    said: Sequence[Statement],
    article_index: ArticleIndex,
    *,
    language: str,
) -> Fault | None:
    """Return a fault where what somebody is said to say is what another says."""
    words = content_words(speech.text)
    if not words or not said:
        return None
    written = speech.speaker.as_written if speech.speaker else name
    shares = coverage(words, [statement.text for statement in said], article_index)
    best, real = float(shares.max()), said[int(np.argmax(shares))].speaker
    own = [s.speaker is not None and _is_same(name, s.speaker, written=written) for s in said]
    theirs = max((float(x) for x, is_own in zip(shares, own, strict=True) if is_own), default=None)
    if best < _SAID or real is None:
        return None
    # "Clearmoor says that Quiet Hill counted": so it is the other way round.
    is_told_of = _is_named(real, f" {spaced_words(speech.text)} ")
    if theirs is not None and theirs >= best - (_AS_GOOD if is_told_of else _NEARLY_AS_GOOD):
        return None
    if is_told_of:
        return Fault(reason=f"it was not {name}", said_by=real.name)
    if _denies(speech, language) and not _is_same(name, real, written=written):
        return None  # "Tidewell rejects the charge that …" tells what another says
    if theirs is None and not _is_known(name, article_index):
        return None  # "the acoustics professor" is no name that could be another's
    return Fault(reason=f"it was not {name}", said_by=real.name)


def _is_absent(
    name: str, said: Sequence[Statement], passages: Sequence[Passage], article_index: ArticleIndex
) -> bool:
    """Whether somebody who speaks elsewhere on the page has no part in passages."""
    if not _is_known(name, article_index):
        return False
    if any(s.speaker is not None and _is_same(name, s.speaker, written=name) for s in said):
        return False
    told = "".join(spaced_words(passage.text) for passage in passages)
    return not any(f" {word} " in told for word in content_words(name))


def _denies(speech: Statement, language: str) -> bool:
    """Whether a sentence says of somebody that they deny something."""
    known = vocabulary(language)
    return any(known.deny_verbs.holds(fold(word)) for word in (speech.cue or "").split())


def _is_same(name: str, speaker: Speaker, *, written: str) -> bool:
    """Whether a name means a speaker: also "the statement of Ann Lowe", if that is her name.

    A name that only fits the role, such as the town of its mayor, must fit as it is written.
    """
    given = set(content_words(name))
    if speaker_matches(name, speaker):
        personal = {
            word for form in (speaker.name, *speaker.aliases) for word in content_words(form)
        }
        return bool(personal & given) or speaker_matches(written, speaker)
    called = {fold(word) for word in speaker.name.split() if word[0].isupper()}
    return bool(called) and called <= {fold(word) for word in name.split()}


def _is_known(name: str, article_index: ArticleIndex) -> bool:
    """Whether somebody who speaks on the page is called so."""
    speakers = {s.speaker for s in article_index.statements if s.speaker}
    return any(_is_same(name, speaker, written=name) for speaker in speakers)


def _untold_speaker(
    claim: Claim, said: Sequence[Statement], article_index: ArticleIndex
) -> Fault | None:
    """Return a fault where words that somebody spoke are told as the article's own."""
    words = content_words(claim.text)
    direct = [s for s in said if s.manner in ("direct", "mixed") and s.speaker is not None]
    if not words or not direct:
        return None
    shares = coverage(words, [statement.text for statement in direct], article_index)
    best = direct[int(np.argmax(shares))]
    if own := _of_themselves(claim, direct, article_index):
        return _told_as_fact(own)
    if float(shares.max()) < _MOSTLY or best.speaker is None:
        return None
    if any(fold(best.text) in fold(q) or fold(q) in fold(best.text) for q in claim.quotations):
        return None
    named = content_words(best.speaker.name)[-1:]
    if named and (article_index.align(named, [claim.text]) >= _MOSTLY).all():
        return None
    return _told_as_fact(best.speaker)


def _of_themselves(
    claim: Claim, said: Sequence[Statement], article_index: ArticleIndex
) -> Speaker | None:
    """Return who says of themselves what a sentence tells of them as a fact.

    "Vera Aksen stole nothing.", where she says "I stole nothing.": the name stands for "I".
    """
    words = content_words(claim.text)
    for statement in said:
        names = content_words(statement.speaker.name) if statement.speaker else []
        told = [word for word in words if word not in names]
        if not told or len(told) == len(words) or claim.quotations:
            continue
        if not is_of_self(statement.text, article_index.article.language):
            continue
        if float(coverage(told, [statement.text], article_index).max()) >= _MOSTLY:
            return statement.speaker
    return None


def _told_as_fact(speaker: Speaker) -> Fault:
    return Fault(
        reason="told as a fact, but it is what somebody says",
        said_by=speaker.name,
        is_misattributed=False,
    )


def _is_of_the_article(name: str, article_index: ArticleIndex) -> bool:
    return any(
        s.source == "article" and s.speaker is not None and speaker_matches(name, s.speaker)
        for s in article_index.statements
    )


def _is_author(name: str, authors: set[str]) -> bool:
    return any(spaced_words(name).strip() in spaced_words(author) for author in authors)


def _is_the_page(name: str, language: str) -> bool:
    """Whether a speaker is but "the article" or "readers"."""
    known = phrases(language)
    words = content_words(name)
    return bool(words) and all(w in known.frame_words | known.reader_words for w in words)
