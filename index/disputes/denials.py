"""A claim that somebody in the article denies or doubts, and which claim it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.disputes.accusations import negated
from index.disputes.claims import Claims, Sentence, telling_figures
from index.disputes.conflict import Reading
from index.disputes.deniers import BREAK, SUBJECT_WORDS, Deniers
from index.disputes.dispute import Relation
from index.language.numbers import agree
from index.language.phrase_patterns import Found, PhraseSet, Word
from index.language.words import Span, content_words, fold, folded_words, stop_words
from index.statements.statement import Speaker, Statement

_OBJECT_WORDS = 7
_WINDOW = 5
_CRITICISM_WINDOW = 12
_POINTED_BEFORE = 2
_COMPLETE_WORDS = 3
_FEWEST_SHARED = 2
"""An entity and what is said of it: one word in common is no common matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """The claim, the words that deny or doubt it, the verb that does and whose it is.

    A claim that is a mere span stands in the denial itself; nobody is named for it.
    """

    claim: Sentence | Span
    position: Sentence | Span
    relation: Relation
    cue: Span
    speaker: Speaker | None


class DenialReader:
    """Finds denials among the sentences of a body, in one pass with a short look back."""

    def __init__(self, claims: Claims) -> None:
        """Read for one article; `deniers` finds who denies in it."""
        self._text = claims.article.text
        self._sentences = claims.body
        self._known = claims.vocabulary
        self.deniers = Deniers(self._text, self._sentences, self._known)

    def denials(self) -> Iterator[Denial]:
        """Yield every denial whose claim is found."""
        for place, sentence in enumerate(self._sentences):
            found = self.verb(sentence)
            if found is None:
                continue
            verb, relation = found
            parts = self._accusation_and_answer(sentence, verb)
            claim = parts[0] if parts else self._claim(place, sentence, verb)
            if claim is not None:
                part = parts[1] if parts else sentence
                yield Denial(
                    claim=claim,
                    position=part,
                    relation=relation,
                    cue=Span(verb.start, verb.end),
                    speaker=self.deniers.named(
                        sentence, verb, part, or_noun=isinstance(claim, Sentence)
                    ),
                )

    def _accusation_and_answer(self, sentence: Sentence, verb: Found) -> tuple[Span, Span] | None:
        """Return both halves of "some accuse others of it; these deny"."""
        blames = self._known.accuse_verbs.find(sentence.reading.words)
        if not blames or blames[0].first >= verb.first:
            return None
        cut = max(
            self._text.rfind(character, blames[0].end, verb.start) for character in (";", ",", ":")
        )
        if cut < 0:
            return None
        start = cut + 1
        while self._text[start].isspace():
            start += 1
        end = cut
        while self._text[end - 1].isspace():
            end -= 1
        return Span(sentence.start, end), Span(start, sentence.end)

    def verb(self, sentence: Sentence) -> tuple[Found, Relation] | None:
        """Return the verb by which a sentence denies or doubts something said, and which it is."""
        words = sentence.reading.words
        relations: tuple[tuple[Relation, tuple[Found, ...]], ...] = (
            ("denies", self._known.deny_verbs.find(words)),
            ("questions", self._known.doubt_verbs.find(words)),
        )
        for relation, verbs in relations:
            for verb in verbs:
                if not self._is_negated(verb, sentence) and self._is_about_words(verb, sentence):
                    return verb, relation
        return None

    def _is_negated(self, verb: Found, sentence: Sentence) -> bool:
        own = sentence.reading.words[verb.first : verb.last + 1]
        if any(self._known.negators.holds(word.folded) for word in own):
            return False
        return negated(verb, sentence.reading.words, self._known)

    def _is_about_words(self, verb: Found, sentence: Sentence) -> bool:
        """Whether what is refused is something said, not an offer or an appeal."""
        words = sentence.reading.words
        after = words[verb.first : verb.last + 1 + _OBJECT_WORDS]
        before = words[max(0, verb.first - SUBJECT_WORDS) : verb.first]
        things = [
            word.folded
            for word in after
            if self._known.refused_things.holds(word.folded)
            or self._known.not_disputed_things.holds(word.folded)
        ]
        if any(self._known.not_disputed_things.holds(word.folded) for word in (*before, *after)):
            return bool(things) and self._known.refused_things.holds(things[0])
        return True

    def _claim(self, place: int, sentence: Sentence, verb: Found) -> Sentence | Span | None:
        """Return what is denied: an earlier sentence, else what the sentence itself names."""
        if self._names(sentence, verb, self._known.criticisms):
            return self._criticism(place, sentence, verb) or self._own_words(sentence, verb)
        own = self._own_words(sentence, verb)
        if own is not None and not self._points_back(own):
            return self._told_before(place, sentence, verb, own) or own
        window = list(self._sentences[max(0, place - _WINDOW) : place])
        best, score = None, 0.0
        accuses = self._known.accuse_verbs
        generic = self._is_generic(sentence, verb)
        is_figure = self._names(sentence, verb, self._known.figure_things)
        if is_figure:
            window = telling_figures(self._text, window)
        for distance, earlier in enumerate(reversed(window)):
            if _same(earlier, sentence) or self._is_by_subject(earlier, sentence, verb):
                continue
            if generic and not distance and (is_figure or earlier.speaker is not None):
                return earlier  # what names nothing of its own answers who spoke right before
            shared = len(earlier.reading.stems.keys() & sentence.reading.stems.keys())
            value = float(shared)
            blames = bool(accuses.find(earlier.reading.words))
            if generic and (distance < 3 or is_figure) and (earlier.speaker or blames):
                value += 2.0 - 0.5 * distance
            value += 0.75 * blames + 0.5 * (earlier.speaker is not None)
            if value > score and (shared >= 2 or generic):
                best, score = earlier, value
        return best if score >= 1.5 else None

    def _points_back(self, own: Span) -> bool:
        """Whether what is denied is but a name for words before: "the allegations on Tuesday"."""
        words = Reading.of(self._text, own.start, own.end, self._known).words
        return any(self._known.refused_things.holds(w.folded) for w in words[:SUBJECT_WORDS])

    def _told_before(
        self, place: int, sentence: Sentence, verb: Found, own: Span
    ) -> Sentence | None:
        """Return who said before what a denial reports; None where other things were said.

        "The bank closed its branch, the mayor said. Ann Lowe denied that the vaccine causes
        fever.": no word of the denied clause is the mayor's, and she does not answer him.
        """
        denied = Reading.of(self._text, own.start, own.end, self._known)
        best, most = None, 0
        for earlier in reversed(self._sentences[max(0, place - _WINDOW) : place]):
            if _same(earlier, sentence) or self._is_by_subject(earlier, sentence, verb):
                continue
            shared = len(earlier.reading.stems.keys() & denied.stems.keys())
            is_quantity = any(agree(one, earlier.reading.numbers) for one in denied.numbers)
            blames = self._known.accuse_verbs.find(earlier.reading.words)
            if shared > most and (shared >= _FEWEST_SHARED or is_quantity or blames):
                best, most = earlier, shared
        return best

    def _criticism(self, place: int, sentence: Sentence, verb: Found) -> Sentence | None:
        """Return what a refused criticism says: the nearest words of somebody who criticises."""
        window = self._sentences[max(0, place - _CRITICISM_WINDOW) : place]
        fitting = [
            earlier
            for earlier in reversed(window)
            if self._known.criticises.find(earlier.reading.words)
            and not _same(earlier, sentence)
            and not self._is_by_subject(earlier, sentence, verb)
        ]
        stems = sentence.reading.stems.keys()
        about = (item for item in fitting if len(item.reading.stems.keys() & stems) > 1)
        said = (item for item in fitting if item.speaker)
        return next(about, next(said, next(iter(fitting), None)))

    def _is_by_subject(self, earlier: Sentence, sentence: Sentence, verb: Found) -> bool:
        """Whether the earlier words are those of the one who denies: nobody denies themselves."""
        if earlier.speaker is None:
            return False
        names = set(content_words(earlier.speaker.name))
        subject = sentence.reading.words[: verb.first]
        return any(word.folded in names and self._text[word.start].isupper() for word in subject)

    def _is_generic(self, sentence: Sentence, verb: Found) -> bool:
        """Whether the refused thing is named by a word that points back ("these accusations")."""
        pointed = self._names(sentence, verb, self._known.refused_things)
        words = sentence.reading.words
        is_complete = verb.last - verb.first >= _COMPLETE_WORDS or verb.last >= len(words) - 3
        before = words[max(0, verb.first - _POINTED_BEFORE) : verb.first]
        after = words[verb.last + 1].start if verb.last + 1 < len(words) else verb.end
        ends = BREAK.search(self._text, verb.end, after)  # "bunu yalanlıyor:", "lo niega: «…»"
        return bool(
            pointed
            or is_complete
            or ends
            or any(self._known.pointing.holds(word.folded) for word in before)
        )

    def _names(self, sentence: Sentence, verb: Found, things: PhraseSet) -> bool:
        """Whether the verb is followed by one of these words."""
        after = sentence.reading.words[verb.first : verb.last + 1 + _OBJECT_WORDS]
        return any(things.holds(word.folded) for word in after)

    def _own_words(self, sentence: Sentence, verb: Found) -> Span | None:
        """Return the denied words where the denial itself reports them."""
        denying = sentence.reading.words[verb.first : verb.last + 1]
        # "the claim that the pier was unsafe" is one statement, its clause another inside it
        for statement in sorted(sentence.statements, key=lambda found: -found.start):
            inside = verb.end <= statement.start and statement.end <= sentence.end
            # "She rejected the criticism: the pier was safe", "and said the pier was safe": these
            # are her own words, not what she denies.
            is_hers = BREAK.search(self._text, verb.end, statement.start) or self._goes_on(
                verb.end, statement.start
            )
            if not inside or is_hers or not self._is_cue(verb, denying, statement):
                continue
            if len(folded_words(statement.text)) >= 4 and statement.manner in ("indirect", "mixed"):
                return Span(statement.start, statement.end)
        return self._clause(sentence, verb)

    def _goes_on(self, start: int, end: int) -> bool:
        """Whether what is denied is a pronoun, and more follows: "denied this, saying that"."""
        comma = self._text.find(",", start, end)
        words = folded_words(self._text[start:comma]) if comma >= 0 else []
        return len(words) == 1 and words[0] in stop_words(self._known.language)

    def _clause(self, sentence: Sentence, verb: Found) -> Span | None:
        """Return the clause of "widerspricht der Behauptung, der Steg sei unsicher".

        Its verb says that it is reported, and so the sentence is a statement without a cue.
        """
        is_reported = any(
            statement.cue is None and statement.manner == "indirect"
            and statement.start <= verb.start and statement.speaker is None
            for statement in sentence.statements
        )  # fmt: skip
        words = sentence.reading.words[verb.first :]
        for thing, word in pairwise(words if is_reported else ()):
            is_apart = self._text[thing.end : word.start].strip() == ","
            if is_apart and self._known.refused_things.holds(thing.folded):
                return Span(word.start, words[-1].end)
        return None

    def _is_cue(self, verb: Found, own: Sequence[Word], statement: Statement) -> bool:
        """Whether a statement is reported by a verb, or by the noun it has: "the claim that".

        Behind a comma it is not: "denied this, saying that …" are the words of who denies.
        """
        cue = set(folded_words(statement.cue or ""))
        is_near = "," not in self._text[verb.end : statement.start]
        is_noun = is_near and any(self._known.refused_things.holds(word) for word in cue)
        return not cue or is_noun or any(word.folded in cue for word in own)


def _same(one: Sentence, other: Sentence) -> bool:
    if one.speaker is None or other.speaker is None:
        return False
    return fold(one.speaker.name) == fold(other.speaker.name)
