"""How a reader stands to words in front of them: denies, mocks, questions, supports, or unclear.

Only expressions of the lexicon and the form of questions decide here; whether the wording as a
whole contradicts is for `index.disputes.conflict`. Unclear is the answer in all doubtful cases.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.disputes.conflict import Reading
from index.disputes.dispute import Relation
from index.language.dispute_words import Vocabulary
from index.language.negation import negations
from index.language.phrase_patterns import Found, PhraseSet, Word, read_words
from index.language.sentences import CLAUSE_END, sentence_spans
from index.language.words import Span, stop_words

_FEW_WORDS = 12
_NEAR = 2
_TAKEN_BACK_WITHIN = 3
_LONGEST_OPENING = 10
_ASSENT = re.compile(r"\s*(?:\+\s?1+|\^|👍\W?)[\s!.]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """A relation, the sentence that shows it and the expression in it (a span), if any."""

    relation: Relation
    sentence: Span
    cue: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Markers:
    """What the lexicon finds in one sentence of a reader."""

    sentence: Span
    words: tuple[Word, ...]
    denies: tuple[Found, ...]
    mocks: tuple[Found, ...]
    questions: tuple[Found, ...]
    doubts: tuple[Found, ...]
    supports: tuple[Found, ...]
    says_no: Span | None
    is_question: bool
    is_sincere: bool

    @property
    def objections(self) -> tuple[Found, ...]:
        """What denies, mocks or doubts."""
        return (*self.denies, *self.mocks, *self.doubts)

    def until(self, end: int) -> "Markers":
        """Return the sentence with its words before a place alone."""
        return replace(self, words=tuple(word for word in self.words if word.end <= end))


def read_markers(
    text: str, spans: Sequence[tuple[int, int]], vocabulary: Vocabulary
) -> tuple[Markers, ...]:
    """Return what the lexicon finds in each sentence of the given stretches of a text."""
    return tuple(
        _markers(text, sentence, vocabulary)
        for start, end in spans
        for sentence in sentence_spans(text, start, end)
    )


def stance_of(
    markers: Sequence[Markers], known: Vocabulary, *, is_answer: bool = False
) -> Stance | None:
    """Return the stance that the expressions show, None where there is none or two at once.

    Args:
        markers: Sentences of one reader.
        known: The words of their language.
        is_answer: They answer certain words, so that a bare "No," or "Oh?" is about these.
    """
    first_agreed = next((i for i, item in enumerate(markers) if item.supports), len(markers))
    if is_answer and markers:
        first = markers[0]
        if first.says_no is not None and not first.is_question:
            return Stance(relation="denies", sentence=first.sentence, cue=first.says_no)
        surprise = _surprise(first, known)
        if surprise is not None and first.is_question and not first.is_sincere:
            return _stance("questions", first, surprise)
    # An objection stands although something is granted after it, not after an agreement.
    for item in markers[:first_agreed]:
        for relation, found in (
            ("denies", item.denies),
            ("mocks", () if _is_about_self(item, known) else item.mocks),
            ("questions", item.doubts),
            ("questions", item.questions if item.is_question and not item.is_sincere else ()),
        ):
            if found:
                return _stance(relation, item, found[0])  # type: ignore[arg-type]
    if first_agreed == len(markers) or any(item.objections for item in markers):
        return None
    if takes_back(markers, known):
        return None
    item = markers[first_agreed]
    return _stance("supports", item, item.supports[0])


def agreement(markers: Sequence[Markers], known: Vocabulary) -> Stance | None:
    """Return the support of a reply that begins with an agreement and takes nothing back."""
    first = markers[0]
    if not first.supports or first.is_question or first.objections or first.says_no:
        return None
    if takes_back(markers, known):
        return None
    return _stance("supports", first, first.supports[0])


def takes_back(markers: Sequence[Markers], known: Vocabulary) -> bool:
    """Whether a contrast follows the first agreement: "You are right, it is old. But safe."."""
    agreed = next(place for place, item in enumerate(markers) if item.supports)
    cue, words = markers[agreed].supports[0], markers[agreed].words
    if cue.first > _NEAR and negations(words[cue.last + 1 :], known):
        return True  # "The 38 was true then, today it is not"
    for place, item in enumerate(markers[agreed : agreed + _TAKEN_BACK_WITHIN]):
        since = cue.last if place == 0 else -1
        if any(found.first > since for found in known.stance.contrasts.find(item.words)):
            return True
    return False


def same_experience(text: str, markers: Sequence[Markers], known: Vocabulary) -> Stance | None:
    """Return the support of a reply that begins with the same of oneself: "Ours too.".

    Or with the same number: "Eleven here too". A contrast in the clause or a question is none.
    """
    first = markers[0]
    if first.is_question or first.objections or first.says_no or not first.words:
        return None
    opening = first.words[: _clause_end(text, first.words, 0, known, most=_LONGEST_OPENING)]
    counts = bool(Reading(text=text, words=opening, vocabulary=known).numbers)
    is_own = counts or says_i(opening, known)
    found = known.stance.additive.find(opening)
    if found and found[0].first == 0 and not says_i(opening[1:2], known):
        return None  # "Auch wenn ich ..." grants and does not join
    if not found or not is_own or known.stance.contrasts.find(opening):
        return None
    return _stance("supports", first, found[0])


def assent(text: str, markers: Sequence[Markers]) -> Stance | None:
    """Return the support of a reply that is nothing but a sign of it: "+1"."""
    first = markers[0].sentence
    if len(markers) > 1 or not _ASSENT.fullmatch(first.of(text)):
        return None
    return Stance(relation="supports", sentence=first, cue=first)


def _surprise(item: Markers, known: Vocabulary) -> Found | None:
    """Return the "Oh really?" that a sentence consists of."""
    for found in known.stance.surprises.find(item.words):
        if found.first == 0 and found.last == len(item.words) - 1:
            return found
    return None


def rhetorical_question(
    markers: Sequence[Markers], known: frozenset[str], text: str, vocabulary: Vocabulary
) -> Stance | None:
    """Return mockery where a quotation is met with a question from another world.

    That is a question to be answered by yes or no, with hardly a word in common with the page
    and with a name that the page does not know; a question that asks for something is none.

    Args:
        markers: The sentences of a comment that only answers a quotation.
        known: The folded words of the article.
        text: The text that the sentences are part of.
        vocabulary: The words of the comment's language.
    """
    if len(markers) != 1 or not markers[0].is_question or markers[0].is_sincere:
        return None
    item = markers[0]
    stance = vocabulary.stance
    if item.words and stance.asks.holds(item.words[0].folded):
        return None
    if says_i(item.words, vocabulary):
        return None
    stop = stop_words(vocabulary.language)
    content = [word for word in item.words if word.folded not in stop and len(word.folded) > 1]
    strange = [word for word in content if word.folded not in known]
    names = [w for w in strange if text[w.start].isupper() and w is not item.words[0]]
    rhetorical = stance.rhetorical.find(item.words)
    if not names or not rhetorical or len(strange) < 0.7 * len(content):
        return None
    return _stance("mocks", item, rhetorical[0])


def _is_about_self(item: Markers, known: Vocabulary) -> bool:
    """Whether a laugh goes with words about oneself: a joke, and no mockery of others."""
    laughs = all(found.first == found.last for found in item.mocks)
    return laughs and says_i(item.words, known)


def says_i(words: Sequence[Word], known: Vocabulary) -> bool:
    """Whether words speak of who says them."""
    own, ours = known.stance.self_words, known.stance.our_words
    return any(own.holds(word.folded) or ours.holds(word.folded) for word in words)


def _stance(relation: Relation, item: Markers, found: Found) -> Stance:
    return Stance(relation=relation, sentence=item.sentence, cue=Span(found.start, found.end))


def _markers(text: str, sentence: Span, vocabulary: Vocabulary) -> Markers:
    words = read_words(text, sentence.start, sentence.end)
    stance = vocabulary.stance
    blocked = {
        place
        for found in stance.not_denials.find(words)
        for place in range(found.first, found.last + 1)
    }
    question = "?" in text[sentence.start : sentence.end]
    sincere = bool(stance.sincere.find(words))

    agreeing, turned = ((), ()) if question else _agreements(text, words, vocabulary)

    def plain(phrases: PhraseSet) -> tuple[Found, ...]:
        return tuple(
            found
            for found in phrases.find(words)
            if not (blocked & set(range(found.first, found.last + 1)))
            and not _is_negated(found, words, vocabulary)
        )

    return Markers(
        sentence=sentence,
        words=words,
        says_no=None if sincere else _bare_no(text, words, stance.noes),
        denies=()
        if question and sincere
        else (*plain(stance.denies), *(() if question else turned)),
        mocks=plain(stance.mocks),
        questions=stance.questions.find(words) if question else (),
        doubts=plain(stance.doubts),
        supports=agreeing,
        is_question=question,
        is_sincere=sincere,
    )


def _bare_no(text: str, words: Sequence[Word], noes: PhraseSet) -> Span | None:
    """Return a "no" that stands by itself at the beginning."""
    found = next((found for found in noes.find(words) if found.first == 0), None)
    if found is None:
        return None
    if text[found.end : found.end + 2].lstrip()[:1] not in {",", ".", "!", ";", ":", ""}:
        return None
    return Span(found.start, found.end)


def _agreements(
    text: str, words: Sequence[Word], known: Vocabulary
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """Return the agreements of a sentence, and those that a negation turns into objections.

    "Das stimmt so nicht" and "Il n'a pas raison" object; "no doubt he is right" agrees; "I don't
    know who is right" and "not always true" do neither.
    """
    phrases = known.stance.supports
    agreeing: list[Found] = []
    turned: list[Found] = []
    for found in phrases.find(words):
        before = words[_clause_start(text, words, found.first) : found.first]
        after = words[found.last + 1 : _clause_end(text, words, found.last, known)]
        over = _full_negations(before, known)
        behind = _full_negations(after, known)
        own = words[found.first : found.last + 1]
        within = _full_negations(own, known)
        if within and phrases.find([w for w in own if not known.negators.holds(w.folded)]):
            # "I do not agree" is "i * agree" and a negation; "not wrong" is nothing without it.
            over, within = over + within, 0
        if not (over or behind) or within:
            agreeing.append(found)
        elif _is_open((*before, *after), known) or (behind and not known.negates_at_the_end):
            continue  # who agreed not to build neither agrees nor objects
        else:
            doubts = (known.doubt_verbs.holds(w.folded) or known.deny_verbs.holds(w.folded)
                      for w in before)  # fmt: skip
            (turned if (over + behind + sum(doubts)) % 2 else agreeing).append(found)
    bare = tuple(word for word in words if not known.negators.holds(word.folded))
    for found in phrases.find(bare) if len(bare) < len(words) else ():
        whole = [w for w in words if found.start <= w.start < found.end]
        is_parted = len(whole) > found.last - found.first + 1 and not phrases.find(whole)
        if is_parted and _full_negations(whole, known) == 1 and not _is_open(whole, known):
            turned.append(found)
    return tuple(agreeing), tuple(turned)


def _full_negations(words: Sequence[Word], known: Vocabulary) -> int:
    """Count the negations that are more than the French "ne" that fears take."""
    return sum(
        not all(known.weak_negators.holds(words[place].folded) for place in negation.own)
        for negation in negations(words, known)
    )


def _is_open(words: Sequence[Word], known: Vocabulary) -> bool:
    """Whether words ask or restrict: "who", "whether", "not always"."""
    return any(known.stance.asks.holds(w.folded) or known.limits.holds(w.folded) for w in words)


def _clause_start(text: str, words: Sequence[Word], place: int) -> int:
    """Return the first word of the clause that a word stands in."""
    while place and not CLAUSE_END.search(text, words[place - 1].end, words[place].start):
        place -= 1
    return place


def _clause_end(
    text: str, words: Sequence[Word], place: int, known: Vocabulary, *, most: int | None = None
) -> int:
    """Return where the words end that a negation behind a word can stand among."""
    if most is None:
        most = len(words) if known.negates_at_the_end else place + _NEAR
    end = place + 1
    while end < min(most, len(words)) and not CLAUSE_END.search(
        text, words[end - 1].end, words[end].start
    ):
        end += 1
    return end


def _is_negated(found: Found, words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Whether a negation stands right before or, as in French, inside "n'est pas"."""
    before = words[max(0, found.first - _NEAR) : found.first]
    own = words[found.first : found.last + 1]
    if any(vocabulary.negators.holds(word.folded) for word in own):
        return False
    return any(vocabulary.negators.holds(word.folded) for word in before)


def is_short(markers: Sequence[Markers]) -> bool:
    """Whether the sentences together have at most a dozen words."""
    return sum(len(item.words) for item in markers) <= _FEW_WORDS
