"""German word order: the verb stands second, so its subject is left of it or right of it."""

from collections.abc import Sequence

from index.language.report_words import Language
from index.statements.cues import VerbGroup
from index.statements.phrases import Phrase, phrase_after, phrase_ending_at, starts_phrase
from index.statements.roles import is_role
from index.statements.somebody import is_somebody
from index.statements.subjects import Subject, subject_before
from index.statements.tokens import Token

_OPEN = Subject(phrase=None)


def german_subject(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Subject:
    """Return the subject of a German verb, before it or behind it."""
    verb = group.finite
    while verb and tokens[verb - 1].has("reflexives"):
        verb -= 1
    opening = _clause_start(tokens, verb)
    before = tokens[opening - 1] if opening else None
    if opening < verb:
        first = tokens[opening]
        relative = first.has("relatives") and before is not None and before.text == ","
        if relative and _is_relative(tokens, opening, verb):
            return _antecedent(tokens, opening, language)
        if first.has("subordinators") or (first.has("questions") and opening):
            phrase = nominative_after(tokens, opening + 1, language)
            return Subject(phrase=phrase) if phrase else _OPEN
        if not _is_adverbial(tokens, opening, verb, language):
            verb = _before_bracket(tokens, verb)
            phrase = phrase_ending_at(tokens, verb - 1, language)
            while phrase is None and verb - 1 > opening and _idle(tokens[verb - 1]):
                verb -= 1
                phrase = phrase_ending_at(tokens, verb - 1, language)
            if (
                phrase is not None
                and phrase.first == opening
                and not is_oblique(tokens, phrase, language)
            ):
                if first.has("of"):  # "Von Zufall will sie nichts wissen"
                    behind = nominative_after(tokens, verb + 1, language)
                    return Subject(phrase=behind if behind and behind.pronoun else phrase)
                behind = nominative_after(tokens, group.finite + 1, language)
                # "Die Entscheidung kommentierte Mona Weber": the object stands first
                fronted = behind is not None and not is_somebody(tokens, phrase, language)
                if behind is not None and fronted and is_somebody(tokens, behind, language):
                    return Subject(phrase=behind)
                return Subject(phrase=phrase)
    elif before is not None and before.has("coordinators"):
        return Subject(phrase=None, shared=True)
    elif before is not None and before.text == ",":
        inserted = subject_before(tokens, verb, language).phrase
        if inserted is not None and not is_oblique(tokens, inserted, language):
            start = _clause_start(tokens, opening - 1)
            if not tokens[inserted.first - 1].has("prepositions") or inserted.first <= start:
                return Subject(phrase=inserted)
    phrase = nominative_after(tokens, group.finite + 1, language)
    if phrase is None and opening + 1 == verb and tokens[opening].capital:
        # "Pischler weist das zurück" ends as an adverb does: no other subject is there
        phrase = phrase_ending_at(tokens, opening, language)
    return Subject(phrase=phrase)


def _before_bracket(tokens: Sequence[Token], verb: int) -> int:
    """Return the place of "(" where a bracket ends before a verb: "Ada Val (Amt, Ost) sagte"."""
    if tokens[verb - 1].text != ")":
        return verb
    opening = (back for back in range(verb - 2, 0, -1) if tokens[back].text == "(")
    return next(opening, verb)


def _idle(token: Token) -> bool:
    return token.has("adverbs", "times", "reflexives")


def _clause_start(tokens: Sequence[Token], verb: int) -> int:
    """Return the place of the first token of the clause the verb stands in."""
    depth = 0
    for back in range(verb - 1, -1, -1):
        token = tokens[back]
        if token.text == ")":
            depth += 1
        elif token.text == "(":
            depth -= 1
        elif depth == 0:
            if token.kind == "punctuation" and token.text in ",;:—–":
                return back + 1
            if token.has("coordinators") and (
                back == verb - 1 or not token.has("noun_coordinators")
            ):
                return back + 1
    return 0


def _is_relative(tokens: Sequence[Token], opening: int, verb: int) -> bool:
    following = tokens[opening + 1] if opening + 1 < len(tokens) else None
    if following is None:
        return False
    return (
        opening + 1 == verb
        or following.has("prepositions", "adverbs")
        or (following.has("reflexives", "determiner", "pronoun"))
    )


def _antecedent(tokens: Sequence[Token], relative: int, language: Language) -> Subject:
    last = relative - 2
    if last < 0:
        return _OPEN
    return Subject(phrase=phrase_ending_at(tokens, last, language))


def _is_adverbial(tokens: Sequence[Token], opening: int, verb: int, language: Language) -> bool:
    first = tokens[opening]
    if first.has("prepositions", "adverbs", "times"):
        return True
    if verb == opening + 1 and first.kind == "word" and not first.has("pronoun"):
        return first.low.endswith(language.adverbial_endings) and not first.has("role")
    return False


def nominative_after(tokens: Sequence[Token], position: int, language: Language) -> Phrase | None:
    """Return the first phrase from a place that can be a subject."""
    for _ in range(4):
        while position < len(tokens) and (
            tokens[position].has("reflexives", "adverbs")
            or (tokens[position].has("objects") and not tokens[position].has("pronoun"))
        ):
            position += 1
        if position >= len(tokens) or tokens[position].kind == "punctuation":
            return None
        if tokens[position].has("prepositions"):
            inner = phrase_after(tokens, position + 1, language, skip=False)
            if inner is None:
                return None
            position = inner.last + 1
            continue
        phrase = phrase_after(tokens, position, language)
        if phrase is None:
            return None
        if not is_oblique(tokens, phrase, language):
            if starts_phrase(tokens, phrase.first, language) or phrase.pronoun:
                return phrase
            return None
        position = phrase.last + 1
    return None


def is_oblique(tokens: Sequence[Token], phrase: Phrase, language: Language) -> bool:
    """Whether the article or its adjective shows a case that no subject has."""
    first = tokens[phrase.first]
    if first.has("determiner:oblique"):
        return True
    if first.low == "der" and phrase.first < phrase.last:
        following = tokens[phrase.first + 1]
        if not following.capital:
            return following.low.endswith("en") and following.kind == "word"
        if is_role(following, language) and not following.low.endswith(language.feminine_endings):
            return False  # "der Trainer Martin"
        head = following
        for token in tokens[phrase.first + 1 : phrase.last + 1]:
            # "der Lorstädter Zeitung", but "der Vorsitzende der Gewerkschaft" and
            # "der Bundesverband Solarwirtschaft"
            if not token.capital or not head.low.endswith(("er", "en")):
                break
            head = token
        return head.low.endswith(language.feminine_endings)
    return False
