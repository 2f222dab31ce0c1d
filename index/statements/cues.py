"""Reporting verbs in a sentence, with their auxiliaries: the expressions that announce words.

What they announce is found in `clauses`, who says it in `phrases` and `speakers`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.language.report_words import Language, ReportingForm
from index.statements.names import is_headline
from index.statements.phrases import is_governed
from index.statements.tokens import Token

Voice = Literal["finite", "gerund", "infinitive", "passive"]
_REACH = 6
_LONGEST_INSERTION = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbGroup:
    """A reporting verb: `first`..`last` are its tokens with auxiliaries, `finite` the one
    that its subject stands beside, `after` the first token behind its last part."""

    first: int
    last: int
    finite: int
    after: int
    parts: tuple[int, ...]
    frames: frozenset[str]
    lemma: str
    voice: Voice
    negated: bool = False

    def cue(self, tokens: Sequence[Token], text: str) -> str:
        """Return the words of the verb as written, its parts joined where they stand apart."""
        if self.last - self.first + 1 <= len(self.parts) + 3 and self.last < self.after:
            return text[tokens[self.first].start : tokens[self.last].end]
        return " ".join(tokens[part].text for part in self.parts)


def verb_groups(tokens: Sequence[Token], language: Language) -> Iterator[VerbGroup]:
    """Yield the reporting verbs of a sentence from left to right, one per verb."""
    for position, token in enumerate(tokens):
        if token.kind != "word":
            continue
        if token.text[0].isupper() and position > 0 and _is_name(tokens, position, language):
            continue
        forms = language.verbs.get(token.low)
        if forms is None:
            continue
        found = [
            group
            for form in forms
            if (group := _group(tokens, position, form, language)) is not None
        ]
        if found:
            frames = frozenset().union(
                *(group.frames for group in found if group.voice == found[0].voice)
            )
            best = max(found, key=lambda group: len(group.parts))
            yield VerbGroup(
                first=best.first,
                last=best.last,
                finite=best.finite,
                after=best.after,
                parts=best.parts,
                lemma=best.lemma,
                voice=best.voice,
                negated=best.negated,
                frames=best.frames if len(best.parts) > 1 and best is not found[0] else frames,
            )


def _is_name(tokens: Sequence[Token], position: int, language: Language) -> bool:
    """Whether a capital inside a sentence shows a noun: "the State Attorney"."""
    inside = tokens[position - 1].kind == "word" and not is_headline(tokens, language)
    return language.capitalised_nouns or inside


def _group(
    tokens: Sequence[Token], position: int, form: ReportingForm, language: Language
) -> VerbGroup | None:
    """Return the group of a verb form at a token, None where it is another part of speech."""
    parts = _parts(tokens, position, form)
    left = _left_words(tokens, position)
    if parts is None or (form.reflexive and not _is_reflexive(tokens, position, left)):
        return None
    auxiliary = next((index for index in left if tokens[index].has("auxiliaries")), None)
    copula = next((index for index in left if tokens[index].has("copulas")), None)
    negated = any(tokens[index].has("negations") for index in left)
    if form.form == "participle":
        return _participle(tokens, position, form, language, parts, auxiliary, copula, negated)
    if form.form == "finite":
        if not _is_finite(tokens, position, left, auxiliary, language):
            return None
        first = _with_clitics(tokens, position)
        return _made(tokens, form, first, position, parts, "finite", negated)
    before = tokens[position - 1] if position else None
    if form.form == "gerund":
        if before is not None and (before.has("determiner", "of")):
            return None
        if copula is not None and language.progressive:
            return _made(tokens, form, copula, copula, parts, "finite", negated)
        return _made(tokens, form, position, position, parts, "gerund", negated)
    voice = _infinitive_voice(tokens, position, left, language)
    if voice is None:
        return None
    return _made(tokens, form, position, position, parts, voice, negated)


def _parts(tokens: Sequence[Token], position: int, form: ReportingForm) -> list[int] | None:
    """Return the places of a verb and of the words that belong to it: "fait savoir", "gab … an"."""
    parts = [position]
    if form.tail:
        tail = _tail(tokens, position + 1, form.tail)
        if tail is None:
            return None
        parts.extend(tail)
    if form.particle is not None:
        particle = _particle(tokens, position, form.particle)
        if particle is None:
            return None
        parts.append(particle)
    return parts


def _is_finite(
    tokens: Sequence[Token],
    position: int,
    left: Sequence[int],
    auxiliary: int | None,
    language: Language,
) -> bool:
    """Whether a finite form is the verb of its clause, and no participle or noun."""
    if auxiliary is not None and language.compound_past and left[0] == auxiliary:
        return False
    before = tokens[position - 1] if position else None
    if before is None and tokens[position].capital and not _may_open(tokens, language):
        return False  # "Tempête : un mort"
    if before is not None and _makes_noun(before, tokens[position]):
        framed = position > 1 and (tokens[position - 2].low,) in language.phrases["attributions_as"]
        if not (framed and before.has("objects")):  # "comme le raconte X"
            return False
    return not language.ambiguous_past or _english_finite(tokens, position, left)


def _infinitive_voice(
    tokens: Sequence[Token], position: int, left: Sequence[int], language: Language
) -> Voice | None:
    """Return "infinitive" behind a word that asks for one, "finite" for one misspelt so."""
    before = tokens[position - 1] if position else None
    if language.bare_infinitives or any(tokens[index].has("infinitive_hosts") for index in left):
        return "infinitive"
    if before is None:
        return None
    if before.has("infinitive_markers", "prepositions"):
        return "infinitive"
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    # « Le ministre expliquer que … »
    misspelt = following is not None and following.has("complementizers")
    return "finite" if misspelt and before.kind == "word" and position > 1 else None


def _may_open(tokens: Sequence[Token], language: Language) -> bool:
    """Whether a sentence can begin with its verb: without a subject, or with one behind it."""
    inverted = len(tokens) > 1 and tokens[1].has("inverted")
    return language.null_subjects or language.verb_final or language.no_articles or inverted


def _made(
    tokens: Sequence[Token],
    form: ReportingForm,
    first: int,
    finite: int,
    parts: Sequence[int],
    voice: Voice,
    negated: bool,
) -> VerbGroup:
    ordered = tuple(sorted({*parts, first} if voice != "infinitive" else set(parts)))
    return VerbGroup(
        first=first,
        last=parts[0] if form.particle else max(parts),
        finite=finite,
        after=max(parts) + 1,
        parts=ordered,
        frames=form.frames,
        lemma=form.lemma,
        voice=voice,
        negated=negated,
    )


def _participle(
    tokens: Sequence[Token],
    position: int,
    form: ReportingForm,
    language: Language,
    parts: Sequence[int],
    auxiliary: int | None,
    copula: int | None,
    negated: bool,
) -> VerbGroup | None:
    if language.verb_second:
        return _german_participle(tokens, position, form, parts)
    if auxiliary is not None and tokens[auxiliary].low in language.perfect_infinitives:
        # "accuse la maire d'avoir promis …": she promises only in his words
        return _made(tokens, form, auxiliary, auxiliary, (*parts, auxiliary), "infinitive", negated)
    if auxiliary is not None and (copula is None or auxiliary > copula):
        first = _with_clitics(tokens, auxiliary)
        return _made(tokens, form, first, first, (*parts, auxiliary), "finite", negated)
    if copula is not None:
        if form.reflexive:
            first = _with_clitics(tokens, copula)
            return _made(tokens, form, first, first, parts, "finite", negated)
        first = copula if auxiliary is None else auxiliary
        return _made(tokens, form, first, first, parts, "passive", negated)
    return None


def _german_participle(
    tokens: Sequence[Token], position: int, form: ReportingForm, parts: Sequence[int]
) -> VerbGroup | None:
    """The auxiliary follows at once in a subordinate clause, else it opens the bracket."""
    following = position + 1
    passive = False
    if position and tokens[position - 1].text == "," and following < len(tokens):
        behind = tokens[following]
        closes = all(token.text != "," for token in tokens[following:])
        if closes and (behind.capital or behind.has("determiner", "title", "pronoun")):
            return None  # "Die Kosten werden ignoriert, erklärt Ada Lund": finite
    if following < len(tokens) and tokens[following].has("passive_marks"):
        following, passive = following + 1, True
    if following < len(tokens) and tokens[following].has("auxiliaries"):
        return _made(tokens, form, position, position, (*parts, following), "finite", False)
    if following < len(tokens) and tokens[following].has("copulas"):
        return _made(tokens, form, position, position, (*parts, following), "passive", False)
    for back in range(position - 1, max(position - 25, -1), -1):
        token = tokens[back]
        if token.kind == "quotation" or token.text in (";", ":"):
            return None
        if token.has("auxiliaries"):
            made = _made(tokens, form, back, back, (back, *parts), "finite", False)
        elif token.has("copulas"):
            made = _made(tokens, form, back, back, (back, *parts), "passive", False)
        else:
            continue
        return VerbGroup(
            first=back,
            last=back,
            finite=back,
            after=max(parts) + 1 + (1 if passive else 0),
            parts=made.parts,
            frames=made.frames,
            lemma=made.lemma,
            voice=made.voice,
        )
    return None


def _left_words(tokens: Sequence[Token], position: int) -> list[int]:
    """Return the small words before a verb, nearest first, until something else stands there."""
    found: list[int] = []
    back = position
    stop = max(position - 1 - _REACH, -1)
    while back - 1 > stop:
        back -= 1
        token = tokens[back]
        opening = _insertion_start(tokens, back)
        if opening is not None:
            # "a, quant à lui, affirmé": the auxiliary stands before the insertion
            stop -= back - opening + 1
            back = opening
            continue
        if token.has("determiner") and not token.has("objects"):
            break
        if token.has(
            "auxiliaries",
            "copulas",
            "adverbs",
            "negations",
            "objects",
            "inverted",
            "infinitive_hosts",
            "infinitive_markers",
            "times",
        ):
            found.append(back)
        else:
            break
    return found


def _insertion_start(tokens: Sequence[Token], comma: int) -> int | None:
    """Return the first comma of "a, lui aussi, affirmé", given the second one."""
    if tokens[comma].text != ",":
        return None
    for back in range(comma - 1, max(comma - 1 - _LONGEST_INSERTION, 0), -1):
        if tokens[back].text == ",":
            return back if tokens[back - 1].has("auxiliaries") else None
        if tokens[back].kind != "word":
            return None
    return None


def _is_reflexive(tokens: Sequence[Token], position: int, left: Sequence[int]) -> bool:
    around = (*left, position + 1, position + 2, position + 3)
    return any(index < len(tokens) and tokens[index].has("reflexives") for index in around)


def _with_clitics(tokens: Sequence[Token], position: int) -> int:
    while position > 0 and (
        (tokens[position - 1].has("objects", "negations"))
        and not tokens[position - 1].has("pronoun")
        and not is_governed(tokens, position - 1)
    ):
        position -= 1
    return position


def _makes_noun(before: Token, token: Token) -> bool:
    if before.has("pronoun") and not before.has("determiner"):
        return False
    return (
        before.has("determiner", "of", "prepositions", "possessives", "auxiliaries")
        or before.kind == "number"
        or before.has("genitive")
    )


def _english_finite(tokens: Sequence[Token], position: int, left: Sequence[int]) -> bool:
    """A past form after "has" or "was" is a participle, and before "by" a passive one."""
    if any(tokens[index].has("copulas") for index in left[:3]):
        return False
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if following is not None and following.has("agent"):
        return False
    if not position:
        return False
    if tokens[position].has("noun_like") and position:
        return _english_noun_like(tokens, position, following)
    return True


def _english_noun_like(tokens: Sequence[Token], position: int, following: Token | None) -> bool:
    """Whether a word such as "reports" is the verb: the words around it must agree."""
    before = tokens[position - 1]
    plural = tokens[position].low.endswith("s")
    common = before.kind == "word" and not before.tags and not before.capital
    if common and (before.low.endswith("s") == plural or "-" in before.low):
        return False
    if following is None or following.text in (".", "!", "?"):
        # "The club will close, its treasurer Lionel Bastow fears."
        behind_comma = any(token.text == "," for token in tokens[max(0, position - 8) : position])
        return behind_comma and (before.capital or before.has("role", "pronoun"))
    return (
        following.kind == "quotation"
        or following.text == ":"
        or following.has(
            "complementizers", "determiner", "infinitive_markers", "objects", "pronoun"
        )
        or following.capital
        or following.has("questions")
    )


def _tail(tokens: Sequence[Token], position: int, tail: Sequence[str]) -> list[int] | None:
    found: list[int] = []
    for word in tail:
        limit = min(position + (3 if not found else 1), len(tokens))
        while position < limit and tokens[position].low != word:
            if not (tokens[position].has("adverbs", "inverted")):
                return None
            position += 1
        if position >= limit:
            return None
        found.append(position)
        position += 1
    return found


def _particle(tokens: Sequence[Token], position: int, particle: str) -> int | None:
    for ahead in range(position + 1, min(position + 40, len(tokens))):
        token = tokens[ahead]
        if token.low == particle and token.kind == "word":
            following = tokens[ahead + 1] if ahead + 1 < len(tokens) else None
            if (
                following is None
                or following.kind != "word"
                or following.has("subordinators", "coordinators")
            ):
                return ahead
        if token.text in (":", ";") or token.kind == "quotation":
            return None
    return None
