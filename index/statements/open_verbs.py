"""Reported clauses of verbs that no list knows, where the sentence around them leaves no doubt.

A person, a verb and "que" at once (« Le capitaine subodore que … »), a clause, a comma and a
verb before its person (« …, soupire la fleuriste »), a person, a verb and a colon.
"""

from collections.abc import Iterator, Sequence

from index.language.report_words import Language
from index.statements.agents import can_speak
from index.statements.names import is_first_name
from index.statements.parentheses import content_start
from index.statements.phrases import Phrase, is_verb
from index.statements.quotatives import speaker_behind
from index.statements.report import Kind, Report
from index.statements.roles import is_role
from index.statements.sources import last_word
from index.statements.subjects import subject_before
from index.statements.tokens import Sentence, Token
from index.statements.verb_forms import is_finite, is_nonfinite

_LONGEST_VERB = 6
_SHORTEST_CLAUSE = 3


def open_verb_reports(sentence: Sentence, text: str, language: Language) -> Iterator[Report]:
    """Yield what the unknown verbs of a sentence report, by their place alone."""
    tokens = sentence.tokens
    if language.verb_final:
        return
    position = 0
    while position < len(tokens):
        stance = _stance(tokens, position, language)
        verb = stance or _verb_at(tokens, position, language)
        if verb is None:
            position += 1
            continue
        found = (
            _with_complementizer(tokens, verb, language, stance=stance is not None)
            or _behind_clause(tokens, verb, language)
            or _with_colon(tokens, verb, language)
        )
        if found is not None:
            kind, (first, last), phrase, gap = found
            yield Report(
                sentence=sentence, kind=kind, start=tokens[first].start, end=tokens[last].end,
                cue=text[tokens[verb[0]].start : tokens[verb[1]].end],
                cue_start=tokens[verb[0]].start, cue_end=tokens[verb[1]].end, phrase=phrase,
                gap=gap,
            )  # fmt: skip
        position = verb[1] + 1


def _stance(tokens: Sequence[Token], position: int, language: Language) -> tuple[int, int] | None:
    """Return the places of "is convinced", "est persuadé", Russian "уверен" before its clause."""
    token = tokens[position]
    if not token.has("copulas") and not (language.no_articles and token.has("stances")):
        return None
    last = position
    while last + 1 < len(tokens) and tokens[last + 1].has("adverbs"):
        last += 1
    if token.has("stances"):
        return position, position
    if last + 1 < len(tokens) and tokens[last + 1].has("stances"):
        return position, last + 1
    return None


_Found = tuple[Kind, tuple[int, int], Phrase, tuple[int, int] | None]


def _verb_at(tokens: Sequence[Token], position: int, language: Language) -> tuple[int, int] | None:
    """Return the places of a finite verb that no list knows, with what goes with it."""
    token = tokens[position]
    if not is_finite(token, language) or token.low in language.verbs:
        return None
    before = tokens[position - 1] if position else None
    if before is not None and (
        before.has("determiner", "of", "possessives", "infinitive_markers")
        or (before.has("prepositions") and not before.has("objects", "reflexives"))
    ):
        return None
    last = position
    unknown = not token.has("auxiliaries", "copulas", "finite", "infinitive_hosts")
    if token.has("copulas"):
        return None
    for ahead in range(position + 1, min(position + _LONGEST_VERB, len(tokens))):
        word = tokens[ahead]
        if word.low in language.verbs:
            return None
        if not unknown and is_nonfinite(word, language) and token.has("auxiliaries"):
            last, unknown = ahead, True
        elif not word.has("adverbs", "negations", "reflexives", "objects") or word.has(
            "determiner"
        ):
            break
    if not unknown or _is_excluded(tokens[last], language):
        return None
    return position, last


def _is_excluded(token: Token, language: Language) -> bool:
    """Whether a verb makes or lets something happen, and says nothing: "obtint que"."""
    return bool(language.causing) and token.low.startswith(language.causing)


def _with_complementizer(
    tokens: Sequence[Token], verb: tuple[int, int], language: Language, *, stance: bool
) -> _Found | None:
    """Return « Le capitaine subodore que … », "обмолвилась, что …", "muttered that …"."""
    ahead = verb[1] + 1
    while ahead < len(tokens) and (
        tokens[ahead].has("adverbs", "times")
        or (tokens[ahead].text == "," and language.comma_clauses)
    ):
        ahead += 1
    end = last_word(tokens)
    if ahead + _SHORTEST_CLAUSE > end or not tokens[ahead].has("complementizers"):
        return None
    if stance:  # "Pace è convinto che": only people are
        subject = subject_before(tokens, verb[0], language)
        phrase = subject.phrase if can_speak(tokens, subject, language) else None
    else:
        phrase = _person_before(tokens, verb[0], language)
    return None if phrase is None else ("clause", (ahead + 1, end), phrase, None)


def _with_colon(
    tokens: Sequence[Token], verb: tuple[int, int], language: Language
) -> _Found | None:
    """Return « Le syndicat prévient : … » with a clause behind the colon."""
    ahead = verb[1] + 1
    while ahead < len(tokens) and tokens[ahead].has("adverbs", "times", "reflexives"):
        ahead += 1
    end = last_word(tokens)
    if ahead + _SHORTEST_CLAUSE > end or tokens[ahead].text != ":":
        return None
    if tokens[ahead + 1].kind == "quotation" or not _is_clause(tokens, ahead + 1, end, language):
        return None
    phrase = _person_before(tokens, verb[0], language)
    return None if phrase is None else ("clause", (ahead + 1, end), phrase, None)


def _behind_clause(
    tokens: Sequence[Token], verb: tuple[int, int], language: Language
) -> _Found | None:
    """Return « Le prix montera, soupire la fleuriste. » and « Le prix, soupire X, montera. »."""
    first = verb[0]
    while first and tokens[first - 1].has("reflexives", "objects", "negations"):
        first -= 1
    if first < 2 or tokens[first - 1].text not in (",", "—", "–", "!", "?", "…"):
        return None
    start = content_start(tokens, first - 1)
    opening = tokens[start]
    if opening.kind == "quotation" or opening.has("subordinators", "relatives", "coordinators"):
        return None
    if opening.has("prepositions") and not opening.has("determiner"):
        return None
    if tokens[verb[0]].low.endswith(language.gerund_endings or "\0"):
        return None  # "…, forçant l'armée à partir"
    phrase = speaker_behind(tokens, verb[1] + 1, language, places=False)
    if phrase is None or phrase.pronoun or not names_person(tokens, phrase, language):
        return None
    end = last_word(tokens)
    behind = phrase.last + 1
    before = first - 2
    if _is_clause(tokens, start, before, language):
        following = tokens[behind] if behind < len(tokens) else None
        closes = (
            following is None
            or following.text in ".!?"
            or following.has("prepositions", "times", "subordinators", "relatives", "adverbs")
        )
        closes = closes or (following is not None and following.text == "," and behind + 8 > end)
        return ("parenthesis", (start, before), phrase, None) if closes else None
    comma = next((i for i in range(behind, min(behind + 8, end)) if tokens[i].text == ","), None)
    if comma is None or not _is_clause(tokens, comma + 1, end, language):
        return None
    gap = (tokens[before].end, tokens[comma + 1].start)
    return "parenthesis", (start, end), phrase, gap


def _person_before(tokens: Sequence[Token], verb: int, language: Language) -> Phrase | None:
    subject = subject_before(tokens, verb, language)
    phrase = subject.phrase
    if phrase is None or phrase.pronoun or not can_speak(tokens, subject, language):
        return None  # "il existe que", "qu'ils recèlent que": a pronoun leaves too much open
    head = tokens[phrase.last]
    closes = head.capital or is_role(head, language) or head.has("organisations", "pronoun:people")
    if not closes and not any(
        token.has("of", "prepositions") for token in tokens[phrase.first : phrase.last]
    ):
        return None  # "Alonso Un viejo problema que": the verb is a noun
    return phrase if names_person(tokens, phrase, language) else None


def names_person(tokens: Sequence[Token], phrase: Phrase, language: Language) -> bool:
    """Whether the head of a phrase is somebody: a role, an organisation, a name of two words."""
    inside = tokens[phrase.first : phrase.last + 1]
    head = next((i for i, token in enumerate(inside) if i and token.has("of")), len(inside))
    inside = inside[:head]
    if any(
        is_role(token, language) or token.has("organisations", "pronoun:people", "title")
        for token in inside
    ):
        return True
    named = [token for token in inside if token.capital and not token.has("determiner")]
    known = any(is_first_name(token, language) for token in named)
    return known or (len(named) >= 2 and not language.capitalised_nouns)


def _is_clause(tokens: Sequence[Token], first: int, last: int, language: Language) -> bool:
    """Whether words hold a finite verb: an auxiliary, a known one, or the form of one."""
    if last - first + 1 < _SHORTEST_CLAUSE:
        return False
    return any(
        is_verb(tokens, place, language)
        or (
            is_finite(tokens[place], language)
            and place > first
            and not tokens[place - 1].has("determiner", "of")
        )
        for place in range(first, last + 1)
    )
