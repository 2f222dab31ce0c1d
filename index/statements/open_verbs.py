"""Reported clauses of verbs that no list knows, where the sentence around them leaves no doubt.

A person, a verb and "que" at once: « Le capitaine subodore que … », "muttered that …".
"""

from collections.abc import Iterator, Sequence

from index.language.report_words import Language
from index.statements.agents import can_speak
from index.statements.names import is_first_name
from index.statements.phrases import Phrase
from index.statements.report import Report
from index.statements.roles import is_role
from index.statements.subjects import subject_before
from index.statements.tokens import Sentence, Token, last_word
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
        found = _with_complementizer(tokens, verb, language, stance=stance is not None)
        if found is not None:
            first, phrase = found
            yield Report(
                sentence=sentence, kind="clause",
                start=tokens[first].start, end=tokens[last_word(tokens)].end,
                cue=text[tokens[verb[0]].start : tokens[verb[1]].end],
                cue_start=tokens[verb[0]].start, cue_end=tokens[verb[1]].end, phrase=phrase,
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


def _verb_at(tokens: Sequence[Token], position: int, language: Language) -> tuple[int, int] | None:
    """Return the places of a finite verb that no list knows, with what goes with it."""
    token = tokens[position]
    if not is_finite(token, language) or token.low in language.verbs:
        return None
    before = tokens[position - 1] if position else token
    if before.has("determiner") and not before.has("objects", "pronoun"):
        return None  # "una bacteria que vive"
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
    if not unknown:
        return None
    return position, last


def _with_complementizer(
    tokens: Sequence[Token], verb: tuple[int, int], language: Language, *, stance: bool
) -> tuple[int, Phrase] | None:
    """Return « Le capitaine subodore que … », "обмолвилась, что …", "muttered that …"."""
    ahead = verb[1] + 1
    while ahead < len(tokens) and (
        tokens[ahead].has("adverbs", "times")
        or (tokens[ahead].text == "," and language.comma_clauses)
    ):
        ahead += 1
    end = last_word(tokens)
    if ahead + 1 < len(tokens) and tokens[ahead].has("of"):
        ahead += tokens[ahead + 1].has("complementizers")  # "se quejó de que"
    if ahead + _SHORTEST_CLAUSE > end or not tokens[ahead].has("complementizers"):
        return None
    if stance:  # "Pace è convinto che": only people are
        subject = subject_before(tokens, verb[0], language)
        phrase = subject.phrase if can_speak(tokens, subject, language) else None
    else:
        phrase = _person_before(tokens, verb[0], language)
    return None if phrase is None else (ahead + 1, phrase)


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
