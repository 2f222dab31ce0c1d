"""Who does what a reporting verb says: subject, shared subject, agent of a passive, or nobody."""

from collections.abc import Sequence

from index.language.report_words import Language
from index.statements.cues import VerbGroup
from index.statements.naming import apposed_name
from index.statements.phrases import Phrase, phrase_after
from index.statements.somebody import is_somebody
from index.statements.subjects import Subject, subject_before
from index.statements.tokens import Token
from index.statements.verb_forms import is_finite
from index.statements.verb_second import german_subject

_OPEN = Subject(phrase=None)
_LONGEST_PLACE = 12
_AGENT_REACH = 8


def subject_of(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Subject:
    if "impersonal" in group.frames:
        return Subject(phrase=document(tokens, group, language))
    if group.voice == "passive" and "subject_speaks" not in group.frames:
        return Subject(phrase=_agent(tokens, group, language))
    if group.voice in ("gerund", "infinitive"):
        return _subject_of_nonfinite(tokens, group, language)
    if language.verb_second:
        return german_subject(tokens, group, language)
    verb = group.finite
    while verb and language.bare_clauses and tokens[verb - 1].has("adverbs", "negations"):
        verb -= 1
    if verb and language.bare_clauses and tokens[verb - 1].has("infinitive_hosts"):
        return subject_before(tokens, verb - 1, language)  # "Ann Hale would only say that"
    found = subject_before(tokens, group.finite, language)
    if (
        found.phrase is None
        and not found.shared
        and (language.null_subjects or language.no_articles)
    ):
        place = _place(tokens, group, language) or _behind_clitic(tokens, group, language)
        if place is not None:
            return Subject(phrase=place)
    return found


def _place(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Phrase | None:
    """Return who speaks in "Desde la Plataforma aseguran": a place that is an organisation."""
    if not tokens[0].has("sources_in") or group.first > _LONGEST_PLACE:
        return None
    phrase = phrase_after(tokens, 1, language, skip=False, bare=True)
    if phrase is None or phrase.pronoun or phrase.last != group.first - 1:
        return None
    inside = tokens[phrase.first : phrase.last + 1]
    return phrase if any(token.has("organisations") for token in inside) else None


def _behind_clitic(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Phrase | None:
    """Return who speaks in « Lo ha annunciato ieri il sindaco: « … » »."""
    words = tuple(token.low for token in tokens[: group.first + 1])
    if not any(
        pointing == words[: len(pointing)] for pointing in language.phrases["pointing_back"]
    ):
        return None
    phrase = phrase_after(tokens, group.after, language)
    if phrase is None or phrase.pronoun:
        return None
    return phrase if can_speak(tokens, Subject(phrase=phrase), language) else None


def _subject_of_nonfinite(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Subject:
    """Return the subject that ", saying that" or "refused to say" share, else none."""
    position = group.first - 1
    if group.voice == "gerund":
        before = tokens[position] if position >= 0 else None
        linked = before is not None and (
            before.text == "," or before.has("coordinators", "gerund_markers")
        )
        phrase = None if linked or not language.bare_clauses else _governed(tokens, group, language)
        return Subject(phrase=phrase, shared=linked)
    while position >= 0 and (
        tokens[position].has("infinitive_markers", "adverbs", "negations")
        or (tokens[position].has("objects") and not tokens[position].has("pronoun"))
    ):
        position -= 1
    if position < 0:
        return _OPEN
    marked = any(token.has("infinitive_markers") for token in tokens[position + 1 : group.first])
    if tokens[position].has("purpose", "gerund_markers") or (
        marked and tokens[position].has("coordinators")
    ):
        return Subject(phrase=None, shared=True)  # « Et d'ajouter que … »
    if not tokens[position].has("infinitive_hosts") and not (
        marked
        and is_finite(tokens[position], language)
        and not tokens[position].has("copulas", "finite", "auxiliaries")  # "s'accorde à dire que"
    ):
        return _OPEN
    first = position
    while (
        first > 0
        and (
            tokens[first - 1].has(
                "auxiliaries", "reflexives", "copulas", "objects", "negations", "adverbs"
            )
        )
        and not tokens[first - 1].has("pronoun")
    ):
        if tokens[first - 1].has("copulas") and language.bare_clauses:
            return _OPEN  # "was asked to say"
        first -= 1
    return subject_before(tokens, first, language)


def _governed(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Phrase | None:
    """Return who speaks in "…, with the minister Ada Lund calling it "a joke"": what stands
    between a preposition and the verb."""
    for place in range(group.first - 2, max(group.first - 2 - _AGENT_REACH, 0), -1):
        if tokens[place].kind != "word":
            return None
        if tokens[place].has("prepositions"):
            phrase = phrase_after(tokens, place + 1, language, skip=False)
            closes = phrase is not None and phrase.last == group.first - 1
            return phrase if closes and tokens[group.first - 1].capital else None
    return None


def document(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Phrase | None:
    """Return what speaks in "heißt es in dem Bericht"."""
    for ahead in range(group.after, min(group.after + 3, len(tokens) - 1)):
        if tokens[ahead].has("sources_in"):
            return phrase_after(tokens, ahead + 1, language, skip=False, bare=True)
    for back in range(group.finite - 1, -1, -1):
        if tokens[back].kind != "word":
            break
        if tokens[back].has("sources_in"):
            phrase = phrase_after(tokens, back + 1, language, skip=False)
            return phrase if phrase is not None and phrase.last == group.finite - 1 else None
    return None


def _agent(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Phrase | None:
    for ahead in range(group.after, min(group.after + _AGENT_REACH, len(tokens))):
        if tokens[ahead].kind == "punctuation" or tokens[ahead].has("complementizers"):
            return None
        if tokens[ahead].has("agent"):
            return phrase_after(tokens, ahead + 1, language, skip=False)
    return None


def is_impersonal(tokens: Sequence[Token], group: VerbGroup, language: Language) -> bool:
    """Whether nobody does what a verb says: "es heißt", Russian "говорится"."""
    if tokens[group.finite].low.endswith(language.impersonal_endings or "\0"):
        return True
    around = tokens[max(0, group.finite - 1) : group.finite + 2]
    return any(token.has("pronoun:impersonal") for token in around)


def can_speak(tokens: Sequence[Token], subject: Subject, language: Language) -> bool:
    """Whether a subject can say something: somebody named, or the one of the verb before."""
    if subject.phrase is None:
        return subject.shared
    last = subject.phrase.last
    is_named = apposed_name(tokens, last, language) is not None  # "The bellman, Ada Val, denies"
    return is_named or is_somebody(tokens, subject.phrase, language)
