"""Quotation, verb, name: a construction that makes any verb a verb of saying.

« … », assène Claire Petit. — "…," Tom Reed told reporters. — «…», — буркнул прораб Жилин.
Between a closed quotation and somebody who can speak, no list need know the verb.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.report_words import Language
from index.statements.agents import can_speak
from index.statements.phrases import Phrase, phrase_after
from index.statements.roles import is_role
from index.statements.subjects import Subject
from index.statements.tokens import Token
from index.statements.verb_forms import is_finite, is_nonfinite

_PAUSES = ",—–-―?!….”\"'"
_ENDS = ",?!….—–"
_MARKS = "«»“”„‟‚‘’‹›\"' "
_LONGEST_SUBJECT = 26
_LONGEST_VERB = 8
_SHORTEST_WORDS = 2
_NO_SUBJECT = (
    "adverbs", "complementizers", "coordinators", "prepositions", "relatives", "subordinators",
    "openers", "infinitive_markers",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotative:
    """The verb `first`..`last` that gives the quotation at a place to `phrase`."""

    quotation: int
    first: int
    last: int
    phrase: Phrase


def quotatives(tokens: Sequence[Token], language: Language) -> Iterator[Quotative]:
    """Yield the verbs behind the closed quotations of a sentence, known ones and others."""
    for position, token in enumerate(tokens):
        if token.kind == "quotation":
            found = _behind(tokens, position, language)
            if found is not None:
                yield found


def _behind(tokens: Sequence[Token], quotation: int, language: Language) -> Quotative | None:
    position = quotation + 1
    while position < len(tokens) and (
        tokens[position].kind == "punctuation" and tokens[position].text in _PAUSES
    ):
        position += 1
    if position >= len(tokens) or not _pauses(tokens, quotation, position):
        return None
    found = subject_first(tokens, position, language, quotation=quotation)
    if found is not None:
        return found
    return _verb_first(tokens, quotation, position, language)


def _pauses(tokens: Sequence[Token], quotation: int, position: int) -> bool:
    """Whether the words in marks stand for themselves: « … », dit X; not « la « cité » dit ».

    At least two words, and a comma or dash around the closing mark or a sentence inside it.
    """
    words = tokens[quotation].text.strip(_MARKS).split()
    pause = position > quotation + 1 or (words[-1:] != [] and words[-1][-1] in _ENDS)
    opens = quotation == 0 or tokens[quotation - 1].kind == "punctuation"
    return pause and (len(words) >= _SHORTEST_WORDS or opens)


def subject_first(
    tokens: Sequence[Token], position: int, language: Language, *, quotation: int = 0
) -> Quotative | None:
    """Return the verb of "…," two senior officials told reporters."""
    if not language.bare_clauses or position >= len(tokens):
        return None
    first = tokens[position]
    if first.kind == "quotation" or (first.has(*_NO_SUBJECT) and not first.has("pronoun:people")):
        return None
    if is_finite(first, language):
        return None  # the verb stands first: "…," added Rep. Tom Reed
    for verb in range(position + 1, min(position + _LONGEST_SUBJECT, len(tokens))):
        token = tokens[verb]
        if token.kind == "quotation" or token.text in (";", ":"):
            return None
        if token.has("complementizers") and tokens[verb - 1].text != ",":
            return None
        if not _can_say(token, language) or not _can_be_verb(tokens, verb):
            continue
        if any(word.has("negations") for word in tokens[position:verb]):
            return None  # "…" Chairman Tom Reed did not respond to a request
        phrase = _subject(tokens, position, verb, language)
        if phrase is None:
            return None
        return Quotative(quotation=quotation, first=verb, last=verb, phrase=phrase)
    return None


def ends_speech(tokens: Sequence[Token], verb: int, language: Language) -> bool:
    """Whether behind a verb nothing stands but to whom, where, when and how."""
    following = tokens[verb + 1] if verb + 1 < len(tokens) else None
    if following is None or following.kind == "punctuation":
        return True
    return following.has("prepositions", "adverbs", "times", "dative", "pronoun:people")


def _can_say(token: Token, language: Language) -> bool:
    """Whether a finite verb can be one of saying: "left" and "made" are none."""
    return is_finite(token, language) and not token.has(
        "auxiliaries", "copulas", "finite", "infinitive_hosts"
    )


def _can_be_verb(tokens: Sequence[Token], position: int) -> bool:
    before = tokens[position - 1]
    return not before.has("determiner", "of", "prepositions", "possessives") and not (
        before.has("auxiliaries", "copulas")
    )


def _subject(tokens: Sequence[Token], first: int, verb: int, language: Language) -> Phrase | None:
    """Return what stands between a quotation and its verb, without appositions and adverbs."""
    last = verb - 1
    while last > first and tokens[last].has("adverbs", "times", "auxiliaries", "copulas"):
        last -= 1
    comma = next((i for i in range(first, last + 1) if tokens[i].text == ","), None)
    if comma is not None:
        last = comma - 1
    if last < first:
        return None
    if first == last and tokens[first].has("pronoun") and not tokens[first].has("pronoun:people"):
        if tokens[first].has("pronoun:other", "pronoun:first"):
            return None
        return Phrase(first=first, last=last, pronoun=True)
    return Phrase(first=first, last=last)


def _verb_first(
    tokens: Sequence[Token], quotation: int, position: int, language: Language
) -> Quotative | None:
    """Return the verb of « … », tente d'expliquer la ministre."""
    first: int | None = None
    last = position
    ahead = position
    while ahead < min(position + _LONGEST_VERB, len(tokens)):
        token = tokens[ahead]
        if token.has("inverted") and first is not None:
            if token.has("pronoun:first"):
                return None
            if token.has("pronoun:other"):
                return _in_document(tokens, quotation, first, ahead + 1, language)
            phrase = Phrase(first=ahead, last=ahead, pronoun=True)
            return Quotative(quotation=quotation, first=first, last=last, phrase=phrase)
        if token.has("determiner") and not token.has("objects", "auxiliaries"):
            break
        if token.has("determiner", "objects") and first is not None:
            break
        if first is None and is_finite(token, language):
            first = last = ahead
        elif first is not None and _goes_on(tokens, ahead, language):
            last = ahead
        elif not token.has("objects", "reflexives", "negations", "adverbs"):
            break
        ahead += 1
    if first is None:
        return None
    named = speaker_behind(tokens, last + 1, language)
    if named is None:
        return None
    return Quotative(quotation=quotation, first=first, last=last, phrase=named)


def _in_document(
    tokens: Sequence[Token], quotation: int, first: int, position: int, language: Language
) -> Quotative | None:
    """Return what speaks in "peut-on lire dans X" and "a-t-on appris de sources sûres"."""
    while position < len(tokens) and is_nonfinite(tokens[position], language):
        position += 1
    if position + 1 >= len(tokens) or not tokens[position].has("sources_in", "of"):
        return None
    start = position + (0 if tokens[position].has("determiner") else 1)
    phrase = phrase_after(tokens, start, language, skip=False)
    if phrase is None or phrase.pronoun:
        return None
    return Quotative(quotation=quotation, first=first, last=position - 1, phrase=phrase)


def _goes_on(tokens: Sequence[Token], position: int, language: Language) -> bool:
    """Whether a word belongs to the verb before it: its participle, its infinitive with "de"."""
    token = tokens[position]
    if token.has("infinitive_markers"):
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        return following is not None and is_nonfinite(following, language)
    return token.has("infinitive_hosts") or is_nonfinite(token, language)


def speaker_behind(
    tokens: Sequence[Token], position: int, language: Language, *, places: bool = True
) -> Phrase | None:
    """Return who is named behind a verb, over words of manner: "en substance", "quant à elle".

    `places` lets it pass over "devant les députés" as well.
    """
    for _ in range(3):
        while position < len(tokens) and tokens[position].has("adverbs", "times", "objects"):
            token = tokens[position]
            if token.has("prepositions") or (
                token.has("determiner", "pronoun") and not token.has("adverbs")
            ):
                break
            position += 1
        if position >= len(tokens):
            return None
        token = tokens[position]
        if token.has("sources_in") and (language.null_subjects or language.no_articles):
            phrase = phrase_after(tokens, position + 1, language, skip=False, bare=True)
            if phrase is not None and is_place_that_speaks(tokens, phrase):
                return phrase  # "— запевнили в міністерстві"
        role = position + 1 < len(tokens) and is_role(tokens[position + 1], language)
        article = role and token.has("determiner")  # Portuguese "a diretora"
        if token.has("prepositions", "infinitive_markers", "manner") and not (
            token.capital or article
        ):
            position = _behind_preposition(tokens, position, language, places=places)
            continue
        if language.no_articles and _is_object(tokens, position):
            position += 1  # "попросил коллегу господин Путин"
        phrase = phrase_after(tokens, position, language, skip=False)
        if phrase is None:
            return None
        if phrase.pronoun:
            return None if tokens[phrase.first].has("pronoun:first") else phrase
        return phrase if can_speak(tokens, Subject(phrase=phrase), language) else None
    return None


def is_place_that_speaks(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether "at the ministry" ends the words of attribution and so is who speaks."""
    behind = phrase.last + 1
    ends = behind >= len(tokens) or tokens[behind].kind in ("punctuation", "quotation")
    inside = tokens[phrase.first : behind]
    return ends and any(token.has("organisations") for token in inside)


def _is_object(tokens: Sequence[Token], position: int) -> bool:
    """Whether a bare noun stands before somebody named, where no article tells its case."""
    token = tokens[position]
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    bare = token.kind == "word" and not token.capital and not token.tags
    return bare and following is not None and (following.capital or following.has("title", "role"))


def _behind_preposition(
    tokens: Sequence[Token], position: int, language: Language, *, places: bool
) -> int:
    """Return the place behind "en substance", "à elle" or "devant les députés"."""
    ahead = position + 1
    if ahead < len(tokens) and not tokens[ahead].tags and not tokens[ahead].capital:
        following = tokens[ahead + 1] if ahead + 1 < len(tokens) else None
        belongs = following is not None and following.has("of")  # "au niveau des ambassadeurs"
        return len(tokens) if belongs and not places else ahead + 1
    if ahead < len(tokens) and tokens[ahead].has("tonic"):
        return ahead + 1
    place = phrase_after(tokens, ahead, language, skip=False) if places else None
    return len(tokens) if place is None else place.last + 1
