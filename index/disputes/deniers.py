"""Who denies: the speaker whose name or office stands with the words that deny."""

import re
from collections.abc import Sequence

from index.disputes.claims import Sentence
from index.language.dispute_words import Vocabulary
from index.language.phrase_patterns import Found, Word
from index.language.report_words import load
from index.language.sentences import CLAUSE_END
from index.language.words import Span, content_words, fold, folded_words, stop_words
from index.statements.statement import Speaker

SUBJECT_WORDS = 3
"""Words beside a verb of denial among which its subject stands."""
BREAK = re.compile(r"[:;–—]")
"""Behind these stands what is said against it: "The board disputes it: twelve came"."""
_LONGEST_SUBJECT = 6
"""Words of "the mill owner Tina Rau" before the verb."""


class Deniers:
    """Finds who denies something among those who speak in an article."""

    def __init__(self, text: str, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> None:
        self._text = text
        self._known = vocabulary
        self._speakers = tuple(
            statement.speaker
            for sentence in sentences
            for statement in sentence.statements
            if statement.speaker is not None
        )

    def of(self, sentence: Sentence, verb: Found, part: Sentence | Span) -> Speaker | None:
        """Return the speaker of the page whose name stands before the verb, or right after it."""
        words = sentence.reading.words
        beside = [
            word
            for place, word in enumerate(words[: verb.last + 1 + SUBJECT_WORDS])
            if word.start >= part.start and not verb.first <= place <= verb.last
        ]
        named = {word.folded for word in beside if self._text[word.start].isupper()}
        written = {word.folded for word in beside}
        if sentence.speaker is not None:
            own = folded_words(sentence.speaker.as_written)
            if own and set(own) <= written:
                return sentence.speaker
        fitting = [
            speaker
            for speaker in self._speakers
            if folded_words(speaker.name)[-1:] and folded_words(speaker.name)[-1] in named
        ]
        if fitting:
            return _only_one(fitting)
        countering = [
            statement.speaker
            for statement in sentence.statements
            if statement.speaker and BREAK.search(self._text, verb.end, statement.start)
        ]
        if countering:
            return _only_one(countering)  # "The board disputes it: twelve came, it says"
        return self._by_role(words[: verb.first], part)

    def named(
        self, sentence: Sentence, verb: Found, part: Sentence | Span, *, or_noun: bool
    ) -> Speaker | None:
        """Return who stands with a verb of denial, one who says nothing else on the page too.

        `or_noun` takes "The board" for a speaker and not only a name.
        """
        subject = sentence.reading.words[: verb.first]
        found = self.of(sentence, verb, part) or self._named_subject(subject, part)
        is_noun = found is not None and found.name[:1].islower() and found.name != found.as_written
        return None if is_noun and not or_noun else found

    def _by_role(self, before: Sequence[Word], part: Sentence | Span) -> Speaker | None:
        """Return the only speaker whose office stands before the verb: "The mayor denied"."""
        written = {word.folded for word in before if word.start >= part.start}
        return _only_one(
            [s for s in self._speakers if set(content_words(s.role or "")[:1]) & written]
        )

    def _named_subject(self, before: Sequence[Word], part: Sentence | Span) -> Speaker | None:
        """Return what is all there is before the verb: "Valoris denies it", "The board has"."""
        language = load(self._known.language)
        stop = stop_words(self._known.language)
        subject = [word for word in before if word.start >= part.start]
        while subject and subject[-1].folded in stop and subject[-1] is not subject[0]:
            if "copulas" in language.tagged(subject.pop().folded):
                return None  # "The claim was denied"
        if not 0 < len(subject) <= _LONGEST_SUBJECT:
            return None
        start, end = subject[0].start, subject[-1].end
        names = [word for word in subject if word.folded not in stop]
        opening = language.tagged(subject[0].folded)
        is_noun = "determiner:definite" in opening and len(names) < len(subject)
        is_name = len(names) == len(subject) and all(word.is_capital for word in names)
        is_claim = any(self._known.refused_things.holds(word.folded) for word in names)
        is_parted = CLAUSE_END.search(self._text, start, end)
        if not names or is_claim or is_parted or not (is_noun or is_name):
            return None
        name = self._text[start:end]
        name = name[0].lower() + name[1:] if is_noun else name
        return Speaker(name=name, as_written=self._text[start:end])


def _only_one(speakers: Sequence[Speaker]) -> Speaker | None:
    return speakers[0] if len({fold(speaker.name) for speaker in speakers}) == 1 else None
