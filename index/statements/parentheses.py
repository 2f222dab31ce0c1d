"""Words around their attribution: "…, a dit X", "…," X said, "comme le dit X, …"."""

from collections.abc import Sequence
from dataclasses import replace

from index.language.report_words import Language
from index.statements.agents import can_speak, document
from index.statements.cues import VerbGroup
from index.statements.phrases import (
    Phrase,
    is_name_quotation,
    is_verb,
    phrase_after,
    phrase_ending_at,
)
from index.statements.quotatives import speaker_behind
from index.statements.somebody import is_somebody
from index.statements.subjects import Subject, subject_before
from index.statements.tokens import Token, last_word, matches
from index.statements.verb_forms import is_finite
from index.statements.verb_second import is_oblique

_NO_VERB = (
    "determiner", "prepositions", "pronoun", "coordinators", "relatives", "subordinators",
    "complementizers", "role",
)  # fmt: skip
_NO_NOUN = (*_NO_VERB[1:], "times", "adverbs", "negations", "openers")
_MOST_NOUNS = 3
_PAUSES = (",", "—", "–", "-", "--", "?", "!", "…")


def parenthesis(
    tokens: Sequence[Token], group: VerbGroup, language: Language
) -> tuple[tuple[int, int], Phrase | None] | None:
    """Return the words and the speaker of "…, a dit X" and of "comme l'a dit X, …"."""
    if group.voice != "finite" or not group.frames & {"clause", "quoting"}:
        return None
    first = group.first
    as_frame = _as_frame(tokens, group, language)
    if as_frame is not None:
        return as_frame
    if first == 0:
        return None
    if _inverted_pronoun(tokens, group) is None and "weak" in group.frames:
        quoted = any(token.kind == "quotation" for token in tokens[max(0, first - 2) : first])
        if not quoted:
            return None
    before = tokens[first - 1]
    opens = (before.kind == "quotation" and not _ends_subject(tokens, first - 1, language)) or (
        before.kind == "punctuation"
        and before.text in ",?!…—–-)"
        and not (before.text == ")" and language.verb_second)
    )
    if not opens:
        return None
    inverted = _inverted_pronoun(tokens, group)
    quoted = tokens[first - 1].kind == "quotation" or (
        first > 1 and tokens[first - 1].text == "," and tokens[first - 2].kind == "quotation"
    )
    if inverted is not None and tokens[inverted.first].has("pronoun:other"):
        return ((content_start(tokens, first - 1), first - 1), None) if quoted else None
    if not quoted and "addressed" in group.frames and language.bare_clauses:
        return None  # "…, the engineer told the council"
    phrase = inverted or phrase_after(tokens, group.last + 1, language)
    if phrase is None and language.null_subjects:
        phrase = speaker_behind(
            tokens, group.last + 1, language
        )  # "ammette senza remore la sindaca"
    if phrase is not None and language.verb_second and is_oblique(tokens, phrase, language):
        return None  # "…, sagte den Jägern wenig"
    if phrase is None:
        left_out = language.null_subjects and not language.verb_final and quoted
        if not left_out or not _says_only_to_whom(tokens, group.after, language):
            return None
        return (content_start(tokens, first - 1), first - 1), None
    if not quoted and not _closes(tokens, phrase, group):
        return None
    if before.text == "," and not phrase.pronoun and _only_names(tokens, first - 1, language):
        return None
    last = first - 1
    content_first = content_start(tokens, last)
    if tokens[last].text == "," and last and tokens[last - 1].kind == "quotation":
        last -= 1
    if not any(token.kind in ("word", "quotation") for token in tokens[content_first : last + 1]):
        return None
    speaks = is_somebody(tokens, phrase, language)
    if not quoted and _is_subject(tokens[content_first : last + 1], language, speaks=speaks):
        return None
    behind = max(phrase.last, group.last) + 1
    whole = _has_verb(tokens[content_first : last + 1], language)
    if not whole and behind < len(tokens) and tokens[behind].text == ",":
        return (content_first, last_word(tokens)), phrase
    return (content_first, last), phrase


def _ends_subject(tokens: Sequence[Token], last: int, language: Language) -> bool:
    """Whether a name in marks ends a subject: "Ada Val vom Verein „Rad und Tat“ hält …"."""
    if last < 2 or not is_name_quotation(tokens[last]) or tokens[last - 1].kind != "word":
        return False
    phrase = phrase_ending_at(tokens, last, language)
    return phrase is not None and phrase.first == 0 and is_somebody(tokens, phrase, language)


def _is_subject(words: Sequence[Token], language: Language, *, speaks: bool) -> bool:
    """Whether words are but somebody with what is said of them, whose verb comes behind a comma.

    « Le médecin Hippolyte Quérard, qui exerce à Brennac, juge les deux chiffres douteux. », "Tull,
    the show's secretary, denies it", "Nightjar, the firm concerned, confirms the booking". `speaks`
    tells whether what stands behind the verb can: "No deal, not now, says the mayor".
    """
    place = next((place for place, token in enumerate(words[:-1]) if token.text == ","), 0)
    behind = words[place + 1 :]
    if not place or _tells(words[:place], language):
        return False
    if behind[0].has("relatives", "complementizers"):
        return not any(later.text == "," for later in behind[:-1])
    return not speaks and not _tells(behind, language)


def _tells(words: Sequence[Token], language: Language) -> bool:
    return any(is_verb(words, place, language) for place in range(len(words)))


def with_nouns(
    tokens: Sequence[Token], group: VerbGroup, subject: Subject, language: Language
) -> Subject:
    """Return "agency officials" of "…, agency officials said." for "officials" alone.

    Any noun in the plural that stands alone between a comma and the verb is who says it.
    """
    phrase = subject.phrase
    if not language.bare_clauses or (phrase is not None and phrase.pronoun):
        return subject
    last = group.first - 1
    if phrase is None and not subject.shared and last > 1:
        noun = tokens[last]
        if noun.kind == "word" and not noun.capital and noun.low.endswith("s") and not noun.tags:
            phrase = Phrase(first=last, last=last)
    if phrase is None:
        return subject
    first = phrase.first
    while first and phrase.first - first < _MOST_NOUNS and tokens[first - 1].kind == "word":
        if tokens[first - 1].has(*_NO_NOUN) or is_verb(tokens, first - 1, language):
            return subject
        first -= 1
    is_whole = first and tokens[first - 1].text == ","
    return replace(subject, phrase=replace(phrase, first=first)) if is_whole else subject


def trailing(
    tokens: Sequence[Token], group: VerbGroup, subject: Subject, language: Language
) -> tuple[int, int] | None:
    """Return the words before ", X said."."""
    if group.voice != "finite" or subject.phrase is None or language.verb_second:
        return None
    if not group.frames & {"clause", "quoting"} or subject.phrase.first == 0:
        return None
    if subject.phrase.first > group.first:
        return None
    before = tokens[subject.phrase.first - 1]
    if before.kind != "quotation":
        quoted = before.text == "," and tokens[subject.phrase.first - 2].kind == "quotation"
        if not quoted and not (language.bare_clauses and before.text in _PAUSES):
            return None
    if "weak" in group.frames and before.kind != "quotation":
        ends = group.after >= len(tokens) - 1
        if not ends or not can_speak(tokens, subject, language):
            return None  # "The plan will fail, a report found."
    last = subject.phrase.first - 1
    first = content_start(tokens, last)
    if before.kind != "quotation" and last - first < 4:
        return None
    if before.text == "," and _is_adverbial(tokens[first:last], language):
        ends = group.after >= len(tokens) - 1
        return (first, last) if ends else None
    return first, last


def _is_adverbial(words: Sequence[Token], language: Language) -> bool:
    """Whether words only say when or where: "In a recorded interview with the police, Webb …".

    Each noun belongs to a preposition, and no verb stands among them.
    """
    opening = next((place for place, word in enumerate(words) if not word.has("adverbs")), 0)
    if not words[opening].has("prepositions", "times"):
        return False
    for place, word in enumerate(words[opening:], opening):
        within = words[max(opening, place - 2) : place]
        belongs = place == opening or words[place - 1].has("prepositions", "of", "coordinators")
        is_noun = word.has("determiner", "possessives")
        within_noun = is_noun or any(token.has("determiner") for token in within)
        if is_noun and not belongs:
            return False
        if not is_noun and word.has("pronoun") and not word.has("objects"):
            return False
        if not within_noun and is_verb(words, place, language):
            return False
    return True


def inserted(
    tokens: Sequence[Token], group: VerbGroup, subject: Subject, language: Language
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the words around ", X said," and the characters of the attribution itself."""
    phrase = subject.phrase
    if group.voice != "finite" or phrase is None or not language.bare_clauses:
        return None
    if "clause" not in group.frames or "weak" in group.frames or phrase.first < 2:
        return None
    behind = _behind_told(tokens, group, language)
    while behind < len(tokens) and tokens[behind].has("times", "adverbs"):
        behind += 1
    if phrase.first > group.first or tokens[phrase.first - 1].text != ",":
        return None
    if behind + 2 >= len(tokens) or tokens[behind].text != ",":
        return None
    first, before = content_start(tokens, phrase.first - 1), phrase.first - 2
    opens = tokens[first].has("determiner", "title", "pronoun") or tokens[first].capital
    # "The fence had been cut, she claimed, by walkers."
    whole = any(is_verb(tokens, place, language) for place in range(first, before + 1))
    if not opens or not _goes_on(tokens, behind + 1, language, whole=whole):
        return None
    gap = (tokens[before].end, tokens[behind + 1].start)
    return (first, last_word(tokens)), gap


def _goes_on(tokens: Sequence[Token], position: int, language: Language, *, whole: bool) -> bool:
    """Whether the words go on behind ", X said,": with the verb, or a clause of their own.

    "The air was good, she said, but nobody had answered", not ", she said, and hung up".
    """
    token, following = tokens[position], tokens[position + 1]
    if not whole:
        return _opens_verb(token)
    if not token.has("coordinators"):
        return token.has("prepositions", "agent")
    opens = following.has("determiner", "pronoun") or following.capital
    return opens and not any(t.low in language.verbs for t in tokens[position + 2 :])


def _behind_told(tokens: Sequence[Token], group: VerbGroup, language: Language) -> int:
    """Return the first token behind ", X told the council"."""
    told = phrase_after(tokens, group.after, language) if "addressed" in group.frames else None
    if told is None and tokens[group.after : group.after + 1] and "addressed" in group.frames:
        return group.after + tokens[group.after].has("dative")  # "told reporters"
    return group.after if told is None else told.last + 1


def _opens_verb(token: Token) -> bool:
    """Whether a word behind ", X said," may go on with the verb: "The bridge, X said, lost …"."""
    if token.has("copulas", "auxiliaries", "finite", "adverbs"):
        return True
    return token.kind == "word" and not token.capital and not token.has(*_NO_VERB)


def _only_names(tokens: Sequence[Token], comma: int, language: Language) -> bool:
    """Whether what stands before a comma is a subject with its apposition, not a clause."""
    start = content_start(tokens, comma)
    inside = _without_relatives(tokens[start : comma + 1])[:-1]
    if any(token.kind == "quotation" for token in inside):
        return False
    if len(inside) == comma - start and not any(token.text == "," for token in inside):
        return False
    return not any(
        token.has("auxiliaries", "copulas", "finite", "subjunctives")
        or token.low in language.verbs
        or is_finite(token, language)
        or (bool(language.tense_endings) and token.low.endswith(language.tense_endings))
        for token in inside
        if not token.capital
    )


def _without_relatives(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return words but for ", who is no relation," inside them; the last one is a comma."""
    for place, token in enumerate(tokens[:-1]):
        following = tokens[place + 1]
        opens = following.has(
            "relatives", "complementizers"
        )  # « , que ses proches appellent Léa, »
        if token.text == "," and opens and not following.has("determiner"):
            ahead = range(place + 2, len(tokens))
            end = next(i for i in ahead if tokens[i].text == ",")
            return (*tokens[:place], *_without_relatives(tokens[end:]))
    return tokens


def _closes(tokens: Sequence[Token], phrase: Phrase, group: VerbGroup) -> bool:
    """Whether nothing but time and place follows the speaker of an inversion.

    The particle of the verb may: "fügte sie hinzu".
    """
    behind = max(phrase.last, group.last, *group.parts) + 1
    if behind >= len(tokens):
        return True
    following = tokens[behind]
    return (
        following.kind in ("punctuation", "quotation")
        or following.has("times", "prepositions", "adverbs", "openers", "relatives")
        or (following.has("determiner") and group.after > group.last + 1)
        or following.has("inner", "coordinators", "infinitive_markers")
    )


def _inverted_pronoun(tokens: Sequence[Token], group: VerbGroup) -> Phrase | None:
    """Return the pronoun of "a-t-elle dit" and "dit-il"."""
    for position in range(group.first, min(group.last + 2, len(tokens))):
        if tokens[position].has("inverted"):
            return Phrase(first=position, last=position, pronoun=True)
    return None


def _says_only_to_whom(tokens: Sequence[Token], behind: int, language: Language) -> bool:
    """Whether a verb without a subject ends its clause: «Ascolteremo tutti», ha detto ai cronisti.

    Where somebody is named behind those spoken to, that one speaks.
    """
    if behind >= len(tokens) or tokens[behind].text in ".,;":
        return True
    to_whom = tokens[behind].has("prepositions", "infinitive_markers", "dative", "adverbs", "times")
    return to_whom and speaker_behind(tokens, behind, language) is None


def _has_verb(tokens: Sequence[Token], language: Language) -> bool:
    """Whether words can be a clause of their own, not only its beginning."""
    return len(tokens) > 5 or any(
        token.kind == "quotation"
        or token.has("copulas", "auxiliaries", "finite")
        or token.low in language.verbs
        for token in tokens
    )


def _as_frame(
    tokens: Sequence[Token], group: VerbGroup, language: Language
) -> tuple[tuple[int, int], Phrase | None] | None:
    """Return the words around "wie X mitteilte", "comme le dit X", "as X put it"."""
    start = None
    for back in range(group.first - 1, max(group.first - 16, -1), -1):
        if tokens[back].text in (",", ";", ":") or (
            tokens[back].kind == "quotation" and not is_name_quotation(tokens[back])
        ):
            break
        if any(matches(tokens, back, words) for words in language.phrases["attributions_as"]):
            start = back
            break
    if start is not None and tokens[start + 1].has("reflexives"):
        return None  # "Wie sich herausstellte": nobody says so
    if start is None or (start > 0 and tokens[start - 1].text not in (",", "(", "—", "–")):
        return None
    if start == group.first - 1 or tokens[start + 1].has("objects"):
        place = "impersonal" in group.frames and document(tokens, group, language)
        phrase = place or phrase_after(tokens, group.last + 1, language, bare=language.no_articles)
        end = phrase.last if phrase else group.last
    else:
        subject = subject_before(tokens, group.first, language)
        phrase, end = subject.phrase, max(group.parts)
    if phrase is None:
        phrase = phrase_after(tokens, start + 1, language)
        if phrase is None:
            return None
    if start and language.bare_clauses and "addressed" not in group.frames:
        following = tokens[end + 1] if end + 1 < len(tokens) else None
        if following is not None and following.kind == "word" and not following.tags:
            return None  # "…, as most companies reported better results"
    if start == 0 or all(
        token.has("adverbs", "openers", "coordinators") or token.kind == "punctuation" or start <= 2
        for token in tokens[:start]
    ):
        for ahead in range(end + 1, len(tokens)):
            if tokens[ahead].text == ",":
                return (ahead + 1, last_word(tokens)), phrase
        return None
    return (content_start(tokens, start - 1), start - 1), phrase


def content_start(tokens: Sequence[Token], last: int) -> int:
    """Return where the words before a parenthesis begin."""
    for back in range(last, -1, -1):
        if tokens[back].text in (";", ":"):
            return back + 1
    return 0
