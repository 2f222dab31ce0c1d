"""What a reporting verb announces behind it: clause, quotation, infinitive, noun phrase."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.language.report_words import Language
from index.statements.agents import can_speak
from index.statements.bare_clauses import bare_clause
from index.statements.cues import VerbGroup
from index.statements.infinitives import (
    german_clause,
    german_infinitive,
    infinitive_at,
    infinitive_start,
)
from index.statements.phrases import phrase_after
from index.statements.report import Kind
from index.statements.subjects import Subject, subject_before
from index.statements.tokens import Token, last_word
from index.statements.verb_forms import is_finite

_REACH = 30
_LONGEST_DISTANCE = 3
_COLON_REACH = 8
_LONGEST_RELATIVE = 3


def complement(
    tokens: Sequence[Token], group: VerbGroup, subject: Subject, language: Language
) -> tuple[Kind, tuple[int, int]] | None:
    """Return what follows the verb as its words, None when nothing of the kind does."""
    end = _relative_end(tokens, group, language) or last_word(tokens)
    start = group.after
    if subject.phrase is not None and subject.phrase.first >= start:
        start = subject.phrase.last + 1
    walk = _Walk(tokens=tokens, group=group, start=start, end=end, language=language)
    commas = 0
    for position in range(start, min(start + _REACH, end + 1)):
        found = walk.found_at(position, commas)
        if found is not None:
            return found
        if walk.stops_at(position, commas):
            if tokens[position].text == ":":
                return None  # "rejected the criticism: barriers had been agreed"
            break
        commas += tokens[position].text == ","
    judges = "judging" in group.frames and can_speak(tokens, subject, language)
    if judges and _is_judged(tokens, start, end, language):
        return "clause", (start, end)
    bare = bare_clause(tokens, group, start, end, language)
    if bare is not None:
        return "clause", (bare, end)
    if "object" in group.frames and start <= end and _object_at(tokens, start, language):
        return "object", (_object_start(tokens, start), end)
    return None


def _is_judged(tokens: Sequence[Token], start: int, end: int, language: Language) -> bool:
    """Whether a thing and a verdict on it follow: "hält das für teuer", « juge la somme sage »."""
    if start >= end or not tokens[start].has("determiner", "pronoun", "possessives"):
        return False
    last = next((i - 1 for i in range(start, end) if tokens[i].text == ","), end)
    inside = tokens[start + 1 : last + 1]
    if language.verb_second:
        return any(token.low in language.verdict_links for token in inside[:-1])
    verdict = tokens[last]
    is_plain = verdict.kind == "word" and not (verdict.tags or verdict.capital)
    clear = not any(token.has("of", "prepositions", "coordinators") for token in inside[-2:])
    return len(inside) > 1 and is_plain and clear


def _relative_end(tokens: Sequence[Token], group: VerbGroup, language: Language) -> int | None:
    """Return the last word of the relative clause of a verb before a colon, else None.

    « La boulangère, que tous appellent Suzon, enrage : « … » »: "appellent" announces nothing.
    """
    opening = group.first
    while opening and tokens[opening - 1].kind == "word":
        opening -= 1
    words = tokens[opening : min(opening + _LONGEST_RELATIVE, group.first)]
    colon = any(token.text == ":" for token in tokens[group.after :])
    if not opening or not colon or tokens[opening - 1].text != ",":
        return None
    if not any(token.has("relatives", "complementizers") for token in words):
        return None
    for place in range(group.after, len(tokens) - 1):
        following = tokens[place + 1]
        if tokens[place].text == "," and following.has("relatives", "complementizers"):
            return None
        if tokens[place].text == "," and (
            is_finite(following, language) or following.has("negations", "objects")
        ):
            return place - 1
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """The way from a verb to the words it announces, token by token up to `end`."""

    tokens: Sequence[Token]
    group: VerbGroup
    start: int
    end: int
    language: Language

    @property
    def _can_clause(self) -> bool:
        return "clause" in self.group.frames

    def found_at(self, position: int, commas: int) -> tuple[Kind, tuple[int, int]] | None:
        """Return the words that begin at a token or behind it."""
        token = self.tokens[position]
        if token.kind == "quotation":
            return self._quotation_at(position, commas)
        if token.kind == "punctuation":
            return self._behind_mark(position)
        if token.has("complementizers") and (self._can_clause or self._can_infinitive(token)):
            opens = self._can_clause and position < self.end and self._opens(position, commas)
            return ("clause", (position + 1, self.end)) if opens else None
        at_once = not commas or (self.language.comma_clauses and position == self.start + 1)
        if token.has("questions") and self._can_clause and at_once:
            return "clause", (position, self.end)
        if not commas and self._is_bare_infinitive(position):
            return "infinitive", (position, self.end)
        if (
            not commas
            and (self._can_infinitive(token) or "infinitive" in self.group.frames)
            and infinitive_at(self.tokens, position, self.language)
        ):
            return "infinitive", (infinitive_start(self.tokens, self.start, position), self.end)
        return None

    def _is_bare_infinitive(self, position: int) -> bool:
        """Whether an infinitive follows at once: « diz desconhecer », "закликала звільнити"."""
        token, language = self.tokens[position], self.language
        if not (language.null_subjects or language.no_articles):
            return False
        frame = "infinitive" if language.no_articles else "clause"
        near = all(word.has("adverbs", "negations") for word in self.tokens[self.start : position])
        return (
            near and frame in self.group.frames and "weak" not in self.group.frames
            and self.group.voice == "finite" and not token.tags and not token.capital
            and token.low.endswith(language.infinitive_endings)
        )  # fmt: skip

    def _can_infinitive(self, token: Token) -> bool:
        """Whether the verb takes an infinitive: « a confié avoir menti » by its auxiliary."""
        perfect = self._can_clause and token.low in self.language.perfect_infinitives
        return "infinitive" in self.group.frames or perfect

    def _quotation_at(self, position: int, commas: int) -> tuple[Kind, tuple[int, int]] | None:
        if commas and not (position == self.start + 1 or self.language.verb_second):
            return None
        if not _is_distance(self.tokens, self.start, position, self.language):
            return "quotation", _quotation_content(self.tokens, position, self.end)
        # « salue une « avancée » des forces »: the marks only keep a distance
        if "object" in self.group.frames and _object_at(self.tokens, self.start, self.language):
            ahead = range(position + 1, self.end)
            last = next((i - 1 for i in ahead if self.tokens[i].text in ",;"), self.end)
            return "object", (_object_start(self.tokens, self.start), last)
        before = self.tokens[position - 1]
        # "sprach von einem „Fehler“": "a" shows that the words in marks are what is said
        named = before.has("determiner") and not before.has("determiner:definite", "possessives")
        if before.tags and not (named and "object" not in self.group.frames):
            return None
        # « juge ce montant « fantaisiste » »: a verdict on the thing before it
        return "quotation", _quotation_content(self.tokens, position, self.end)

    def _behind_mark(self, position: int) -> tuple[Kind, tuple[int, int]] | None:
        """Return what a colon announces, or what German puts behind a comma."""
        tokens, end = self.tokens, self.end
        if tokens[position].text == ":" and position < end:
            quoted = tokens[position + 1].kind == "quotation"
            near = position <= self.start + _COLON_REACH
            clear = self._can_clause and near and "weak" not in self.group.frames
            if quoted or clear:  # but « pose trois questions : celle du prix, … »
                return "quotation", _after_colon(tokens, position + 1, end)
        if tokens[position].text == ",":
            frames, language = self.group.frames, self.language
            if "infinitive" in frames and german_infinitive(tokens, position, end, language):
                return "infinitive", (position + 1, end)
            if self._can_clause and german_clause(tokens, position, end, self.group, language):
                return "clause", (position + 1, end)
        return None

    def _opens(self, position: int, commas: int) -> bool:
        """Whether "que" opens the words and no relative clause, and belongs to this verb."""
        before = self.tokens[position - 1]
        relative = before.text == "," and commas == 1 and position > self.start + 1
        if relative and not (self.language.comma_clauses or self.language.verb_second):
            return False  # "ses Mémoires, qu'elle destine à son ami"
        return not before.has("conjunction_heads")

    def stops_at(self, position: int, commas: int) -> bool:
        """Whether no words of the verb can follow a token."""
        token = self.tokens[position]
        if token.kind == "quotation" or token.text in ":;.!?":
            return True
        if token.kind == "punctuation":
            return self._opens_gerund(position + 1)
        if token.has("complementizers") and (self._can_clause or "infinitive" in self.group.frames):
            return not self._opens(position, commas)
        if self._begins_other(position):
            return True
        if token.has("copulas", "auxiliaries", "finite"):
            return not commas
        return token.has("coordinators") and not token.has("noun_coordinators")

    def _opens_gerund(self, position: int) -> bool:
        """Whether the next report begins: "…, Ann Hale told reporters, adding that …"."""
        low = self.tokens[position].low if position <= self.end else ""
        return any(form.form == "gerund" for form in self.language.verbs.get(low, ()))

    def _begins_other(self, position: int) -> bool:
        """Whether a relative or subordinate clause begins that is not what is said."""
        token, before = self.tokens[position], self.tokens[position - 1]
        if token.has("relatives") and not (token.has("determiner") and before.text != ","):
            return True
        ahead = self.tokens[position + 1 : position + 3]
        return (
            token.has("subordinators")
            and not token.has("determiner")
            # "bezeichnete es als „…“", "sieht sie als reine „Farce“"
            and not any(word.kind == "quotation" for word in ahead)
        )


def _is_distance(tokens: Sequence[Token], start: int, position: int, language: Language) -> bool:
    """Whether a few words in marks stand inside the narrator's own phrase behind the verb."""
    words = tokens[position].text.strip("«»“”„‟‚‘’‹›\"' ").split()
    before = tokens[position - 1]
    if len(words) > _LONGEST_DISTANCE or position <= start or language.no_articles:
        return False
    if before.kind == "punctuation" or any(
        token.has("subordinators", "complementizers", "infinitive_markers")
        for token in tokens[max(start, position - 2) : position]
    ):
        return False
    return before.has("determiner", "of", "possessives", "prepositions") or not before.tags


def _object_start(tokens: Sequence[Token], start: int) -> int:
    """Return where a noun phrase begins behind words of time and manner: "ainsi sa place"."""
    while start + 1 < len(tokens) and tokens[start].has("adverbs", "times"):
        start += 1
    while start + 2 < len(tokens) and tokens[start].has("manner"):
        start += 2
    return start


def _quotation_content(tokens: Sequence[Token], position: int, end: int) -> tuple[int, int]:
    """Return the quotations that a verb announces together: « a », « b » et « c »."""
    last = position
    while (
        last + 2 <= end
        and (tokens[last + 1].text == "," or tokens[last + 1].has("noun_coordinators"))
        and tokens[last + 2].kind == "quotation"
    ):
        last += 2
    return position, last


def _after_colon(tokens: Sequence[Token], first: int, end: int) -> tuple[int, int]:
    if tokens[first].kind == "quotation":
        return first, first
    return first, end


def _object_at(tokens: Sequence[Token], position: int, language: Language) -> bool:
    while position < len(tokens) and tokens[position].has("adverbs"):
        position += 1
    while position + 2 < len(tokens) and tokens[position].has("manner"):
        position += 2  # "a exigé avec sévérité le retrait"
    if language.partitive and position < len(tokens) and tokens[position].has("dative"):
        told = phrase_after(tokens, position + 1, language, skip=False)
        position = told.last + 1 if told else position
    if position >= len(tokens):
        return False
    token = tokens[position]
    return (
        token.has("determiner", "possessives")
        or token.capital
        or token.kind == "number"
        or (token.has("of") and language.partitive)
        or (language.bare_clauses and (not token.tags or token.has("pronoun")))
    )


def passive(
    tokens: Sequence[Token], group: VerbGroup, language: Language
) -> tuple[int, int] | None:
    """Return the words of "X est accusé d'avoir …": nobody need be named as the source."""
    end = last_word(tokens)
    if "passive" not in group.frames or group.after > end:
        return None
    following = tokens[group.after]
    as_what = following.has("as_what")
    if not (following.has("infinitive_markers", "of", "agent") or as_what):
        return None
    before = subject_before(tokens, group.finite, language).phrase
    if before is None or (before.pronoun and tokens[before.first].has("pronoun:first")):
        return None
    return before.first, end
