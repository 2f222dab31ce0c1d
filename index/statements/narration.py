"""Verbs of saying that say nothing: purposes, the author's own voice, acts, names in marks.

"Dogs trained to warn that …", « on note que … », "confirmed their participation",
« le quartier dit « du Paradis » ».
"""

from collections.abc import Sequence

from index.language.report_words import Language
from index.statements.agents import can_speak
from index.statements.cues import VerbGroup
from index.statements.phrases import Phrase, is_verb
from index.statements.report import Kind
from index.statements.subjects import Subject
from index.statements.tokens import Token

_SHORTEST_WORDS = 4


def is_narration(
    tokens: Sequence[Token],
    group: VerbGroup,
    subject: Subject,
    kind: Kind,
    content: tuple[int, int],
    language: Language,
) -> bool:
    """Whether a verb with these words behind it tells and reports nothing."""
    nobody = subject.phrase is None and not subject.shared
    last = tokens[content[1]]
    if kind == "infinitive" and content[1] - content[0] < 2 and last.low in language.verbs:
        return True  # "declined to comment", « a refusé de répondre »
    if kind == "object" and tokens[content[0]].has("pronoun:other"):
        return True  # "promised nothing"
    if subject.phrase is not None and tokens[subject.phrase.first].has("negations"):
        return True  # "No one present could say"
    if nobody and group.voice == "infinitive":
        return True  # "one must admit that", « il est intéressant de noter que »
    if group.voice == "infinitive" and _is_purpose(tokens, group, language):
        return True
    if (
        kind in ("object", "infinitive")
        and group.lemma in language.acting
        and not _has_quotation(tokens, content)
    ):
        return True  # "attacked Iran", "are seeking a sentence": an act, and no words
    if nobody and _is_anyone(tokens, group, language):
        return True
    if kind == "quotation":
        quoted = tokens[content[0]]
        short = content[0] == content[1] and len(quoted.text.split()) < _SHORTEST_WORDS + 1
        announced = tokens[content[0] - 1].text == ":"
        if short and not announced and not can_speak(tokens, subject, language):
            return not language.null_subjects
    return kind in ("object", "clause") and _is_act(tokens, group, content, language)


def is_author(tokens: Sequence[Token], phrase: Phrase | None) -> bool:
    """Whether the author speaks in his own voice: "I'd argue that", « je crois que »."""
    return phrase is not None and phrase.pronoun and tokens[phrase.first].has("pronoun:first")


def _has_quotation(tokens: Sequence[Token], content: tuple[int, int]) -> bool:
    return any(token.kind == "quotation" for token in tokens[content[0] : content[1] + 1])


def _is_purpose(tokens: Sequence[Token], group: VerbGroup, language: Language) -> bool:
    """Whether an infinitive says what something is for, and nobody spoke to that end."""
    before = group.first - 1
    while before > 0 and tokens[before].has(
        "objects", "negations", "adverbs", "infinitive_markers"
    ):
        if tokens[before].has("purpose"):
            break
        before -= 1
    if before < 0 or not tokens[before].has("purpose"):
        return False
    earlier = tokens[:before]
    return not any(
        token.has("speech_acts")
        or (token.low in language.verbs and not token.capital)
        or token.kind == "quotation"
        for token in earlier
    )


def _is_anyone(tokens: Sequence[Token], group: VerbGroup, language: Language) -> bool:
    """Whether the subject is "on", "one", "man": the author speaks, but in hearsay verbs."""
    around = tokens[max(0, group.first - 3) : group.first]
    anyone = any(token.has("pronoun:anyone") for token in around) or any(
        token.has("pronoun:anyone") and token.has("inverted")
        for token in tokens[group.first : group.after + 1]
    )
    return anyone and bool(language.hearsay) and group.lemma not in language.hearsay


def _is_act(
    tokens: Sequence[Token], group: VerbGroup, content: tuple[int, int], language: Language
) -> bool:
    """Whether an act is told: "confirmed their participation", "claimed his bicycle"."""
    first = tokens[content[0]]
    if any(is_verb(tokens, place, language) for place in range(content[0], content[1] + 1)):
        return False
    return group.lemma in language.enacting and first.has("possessives")
