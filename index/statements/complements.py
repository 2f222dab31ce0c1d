"""What a reporting verb announces behind it: clause, quotation, infinitive, noun phrase."""

from collections.abc import Sequence

from index.language.report_words import Language
from index.statements.cues import VerbGroup
from index.statements.phrases import phrase_after
from index.statements.report import Kind
from index.statements.sources import last_word
from index.statements.subjects import Subject, subject_before
from index.statements.tokens import Token

_REACH = 30
_LONGEST_DISTANCE = 3
_COLON_REACH = 8


def complement(
    tokens: Sequence[Token], group: VerbGroup, subject: Subject, language: Language
) -> tuple[Kind, tuple[int, int]] | None:
    """Return what follows the verb as its words, None when nothing of the kind does."""
    end = last_word(tokens)
    start = group.after
    if subject.phrase is not None and subject.phrase.first >= start:
        start = subject.phrase.last + 1
    position = start
    can_clause = "clause" in group.frames
    limit = min(start + _REACH, end + 1)
    commas = 0
    while position < limit:
        token = tokens[position]
        if token.kind == "quotation":
            if commas and not (position == start + 1 or language.verb_second):
                break
            if _is_distance(tokens, start, position, language):
                # « salue une « avancée » des forces »: the marks only keep a distance
                if "object" in group.frames and _object_at(tokens, start, language):
                    return "object", (_object_start(tokens, start), end)
                return None
            return "quotation", _quotation_content(tokens, group, start, position, end, language)
        if token.kind == "punctuation":
            if token.text == ":":
                quoted = position + 1 <= end and tokens[position + 1].kind == "quotation"
                if not quoted and (
                    "weak" in group.frames or not can_clause or position > start + _COLON_REACH
                ):
                    return None  # « pose trois questions : celle du prix, … »
                if position + 1 <= end:
                    return "quotation", _after_colon(tokens, position + 1, end)
                return None
            if token.text in ";.!?":
                break
            if token.text == ",":
                if "infinitive" in group.frames and _german_infinitive(
                    tokens, position, end, language
                ):
                    return "infinitive", (position + 1, end)
                if can_clause and _german_clause(tokens, position, end, group, language):
                    return "clause", (position + 1, end)
                commas += 1
        elif token.has("complementizers") and (can_clause or "infinitive" in group.frames):
            if commas and commas != 2 and position > start + 12:
                break
            relative = tokens[position - 1].text == "," and commas == 1 and position > start + 1
            if relative and not (language.comma_clauses or language.verb_second):
                break  # "ses Mémoires, qu'elle destine à son ami"
            if position and tokens[position - 1].has("conjunction_heads"):
                break
            if position + 1 <= end and can_clause:
                return "clause", (position + 1, end)
        elif token.has("questions") and can_clause and not commas:
            return "clause", (position, end)
        elif (
            (
                "infinitive" in group.frames
                or (can_clause and token.low in language.perfect_infinitives)
            )
            and not commas
            and _infinitive_at(tokens, position, language)
        ):
            return "infinitive", (_infinitive_start(tokens, start, position), end)
        elif (
            (
                token.has("relatives")
                and not (token.has("determiner") and tokens[position - 1].text != ",")
            )
            or (
                token.has("subordinators")
                and not token.has("determiner")
                # "bezeichnete es als „…“", "sieht sie als reine „Farce“"
                and not any(t.kind == "quotation" for t in tokens[position + 1 : position + 3])
                # "rechnen damit, dass"
                and not _points_ahead(tokens, position, end)
            )
        ):
            break
        elif token.has("copulas", "auxiliaries", "finite"):
            if not commas:
                break
        elif token.has("coordinators") and not token.has("noun_coordinators"):
            break
        position += 1
    bare = _bare_clause(tokens, group, start, end, language)
    if bare is not None:
        return "clause", (bare, end)
    if end - 1 > start and tokens[end].kind == "quotation" and tokens[end - 1].text == ":":
        return "quotation", (end, end)
    if "object" in group.frames and start <= end and _object_at(tokens, start, language):
        return "object", (_object_start(tokens, start), end)
    return None


def _points_ahead(tokens: Sequence[Token], position: int, end: int) -> bool:
    """Whether "damit" only points at the clause behind the next comma."""
    ahead = tokens[position + 1 : min(position + 3, end + 1)]
    return len(ahead) == 2 and ahead[0].text == "," and ahead[1].has("complementizers")


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


def _quotation_content(
    tokens: Sequence[Token],
    group: VerbGroup,
    start: int,
    position: int,
    end: int,
    language: Language,
) -> tuple[int, int]:
    last = position
    while last + 2 <= end and (
        tokens[last + 1].text == "," or tokens[last + 1].has("noun_coordinators")
    ):
        if tokens[last + 2].kind != "quotation":
            break
        last += 2
    return position, last


def _after_colon(tokens: Sequence[Token], first: int, end: int) -> tuple[int, int]:
    if tokens[first].kind == "quotation":
        return first, first
    return first, end


def _german_infinitive(tokens: Sequence[Token], comma: int, end: int, language: Language) -> bool:
    """Whether an infinitive with "zu" follows a comma: "plant, 600 Ziegen zu verteilen"."""
    if not language.verb_second or comma + 2 > end:
        return False
    first = tokens[comma + 1]
    if first.has("complementizers", "subordinators", "questions"):
        return False
    for place in range(comma + 1, end + 1):
        token = tokens[place]
        if token.text in ",;:" or (token.has("auxiliaries", "finite") and place < end - 1):
            return False
        if _holds_marker(token, language) or (token.has("infinitive_markers") and place < end):
            return True
    return False


def _german_clause(
    tokens: Sequence[Token], comma: int, end: int, group: VerbGroup, language: Language
) -> bool:
    """Whether a clause of reported words follows a comma, not a relative clause."""
    if comma + 1 > end or not language.verb_second:
        return False
    first = tokens[comma + 1]
    if all(token.capital or token.kind != "word" for token in tokens[comma + 1 : end + 1]):
        return False  # "sagte der Vorsitzende, Karl Brandt": a name and no clause
    if group.voice == "infinitive":
        return first.has("complementizers")
    if any(token.has("reporting_subjunctives") for token in tokens[comma + 2 : comma + 7]):
        return not first.has("subordinators") or first.has("complementizers")
    if first.has("complementizers", "questions"):
        return True
    later = any(
        tokens[ahead].text == "," and tokens[ahead + 1].has("complementizers")
        for ahead in range(comma + 1, end)
    )
    after_preposition = comma + 2 <= end and tokens[comma + 2].has("relatives")
    if (later and first.has("relatives")) or (first.has("prepositions") and after_preposition):
        return False
    if first.has("relatives") and comma + 2 <= end:
        following = tokens[comma + 2]
        if not (following.capital or not following.tags):
            return False
    return not first.has("subordinators") and not first.has("coordinators")


def _holds_marker(token: Token, language: Language) -> bool:
    """Whether the marker stands inside the word: "mitzuteilen"."""
    inside = language.inner_marker
    return (
        bool(inside)
        and not token.capital
        and inside in token.low[1:]
        and token.low.endswith(language.infinitive_endings)
    )


def _infinitive_at(tokens: Sequence[Token], position: int, language: Language) -> bool:
    token = tokens[position]
    if token.has("negations"):
        position += 1
        while position < len(tokens) and tokens[position].has("negations"):
            position += 1
    if position < len(tokens) and tokens[position].low in language.perfect_infinitives:
        return True
    if not token.has("infinitive_markers") or position + 1 >= len(tokens):
        return _holds_marker(token, language)
    following = position + 1
    while following < len(tokens) and (tokens[following].has("objects", "negations", "adverbs")):
        following += 1
    if following >= len(tokens) or tokens[following].kind != "word":
        return False
    low = tokens[following].low
    if tokens[following].capital:
        return False
    known = low in language.verbs or not tokens[following].has("determiner")
    return known and low.endswith(language.infinitive_endings or "")


def _infinitive_start(tokens: Sequence[Token], start: int, position: int) -> int:
    """Return where the words begin: the one asked or accused belongs to them."""
    if tokens[start].has("dative") or position - start > 12:
        return position
    while start < position and tokens[start].has("times", "adverbs"):
        start += 1  # "a affirmé vendredi avoir …"
    return start


def _bare_clause(
    tokens: Sequence[Token], group: VerbGroup, start: int, end: int, language: Language
) -> int | None:
    """Return where an English clause without "that" begins."""
    if not language.bare_clauses or "clause" not in group.frames or start > end:
        return None
    if group.voice == "passive":
        return None
    position = start
    if "addressed" in group.frames:
        phrase = phrase_after(tokens, position, language)
        if phrase is None:
            return None
        told = phrase.last + 1
        if told <= end and not tokens[told].has("finite", "copulas", "auxiliaries"):
            position = told  # "told reporters the plan …", but "warned the plan will …"
    while position <= end and (tokens[position].has("times", "adverbs")):
        position += 1
    if position > end:
        return None
    token = tokens[position]
    if (
        token.kind == "number"
        or (
            token.kind == "word"
            and (
                token.has("determiner")
                or token.capital
                or token.has("pronoun")
                or not token.tags
                or token.has("subordinators")
            )
        )
    ) and (
        any(
            later.has("copulas", "auxiliaries", "finite") or later.low.endswith(("ed", "s"))
            for later in tokens[position + 1 : end + 1]
        )
        or "object" in group.frames
    ):
        return position
    return None


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
    if following.has("complementizers"):
        return group.after + 1, end
    if following.low == "s":
        return None
    as_what = following.has("as_what")
    if not (following.has("infinitive_markers", "of", "agent") or as_what):
        return None
    before = subject_before(tokens, group.finite, language).phrase
    if before is None or (before.pronoun and tokens[before.first].has("pronoun:first")):
        return None
    return before.first, end
