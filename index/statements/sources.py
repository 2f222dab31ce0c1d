"""Attributions by preposition: "selon X", "according to X", "nach Angaben von X", "X zufolge"."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.language.report_words import Language
from index.statements.naming import apposed_name
from index.statements.phrases import Phrase, is_verb, phrase_after, phrase_ending_at
from index.statements.report import Report
from index.statements.roles import is_role
from index.statements.tokens import Sentence, Token
from index.statements.verb_final import genitive_owner
from index.statements.verb_forms import is_nonfinite

_LONGEST_SOURCE_TOKENS = 16
_SPEAKER_TAGS = ("role", "organisations", "title")


def sources(sentence: Sentence, text: str, language: Language) -> Iterator[Report]:
    """Yield what a sentence attributes by preposition, as one report each."""
    tokens = sentence.tokens
    position = 0
    while position < len(tokens):
        report = _source_at(sentence, position, text, language)
        if report is None:
            position += 1
            continue
        yield report
        position += 2


def _source_at(sentence: Sentence, position: int, text: str, language: Language) -> Report | None:
    """Return what an attribution that begins at a token gives to somebody."""
    token = sentence.tokens[position]
    if token.kind != "word":
        return None
    own = _own(sentence, position, text, language)
    if own is not None or token.low not in language.source_heads:
        return own
    for part, reader in _READERS:
        for words in language.phrases[part]:
            if matches(sentence.tokens, position, words):
                place = _Place(
                    sentence=sentence, position=position, after=position + len(words),
                    text=text, language=language,
                )  # fmt: skip
                report = reader(place)
                if report is not None:
                    return report
    return None


def _own(sentence: Sentence, position: int, text: str, language: Language) -> Report | None:
    """Read "in her view", « à ses yeux », "по его словам", "seiner Meinung nach"."""
    tokens = sentence.tokens
    leads = language.verb_second and tokens[position].has("possessives")
    owner = position if leads else position + 1
    if owner + 1 >= len(tokens) or not tokens[owner].has("possessives"):
        return None
    noun = owner + 1 if tokens[owner + 1].low in language.view_nouns else owner + 2
    if noun >= len(tokens) or tokens[noun].low not in language.view_nouns:
        return None
    behind = (
        noun + 1 < len(tokens) and (tokens[noun + 1].low,) in language.phrases["attributions_of"]
    )
    if not (behind if leads else tokens[position].has("prepositions", "of")):
        return None
    phrase = Phrase(first=owner, last=owner, pronoun=True)
    last = noun + 1 if leads else noun
    return _report(sentence, position, phrase, last, text, language, cue=(position, last))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where words of attribution stand: tokens `position` to `after`, the latter excluded."""

    sentence: Sentence
    position: int
    after: int
    text: str
    language: Language

    @property
    def tokens(self) -> Sequence[Token]:
        return self.sentence.tokens

    def report(self, phrase: Phrase, last: int | None = None) -> Report | None:
        """Return the report of a source that ends at a token."""
        end = phrase.last if last is None else last
        return _report(self.sentence, self.position, phrase, end, self.text, self.language)


def _before(place: _Place) -> Report | None:
    """Read "selon X", "according to X", "по словам X"."""
    tokens, after, language = place.tokens, place.after, place.language
    if after >= len(tokens):
        return None
    if tokens[after].has("relatives") and tokens[after - 1].kind == "word" and place.position > 1:
        return _relative(place)
    if tokens[after].low in language.exclusions:
        return None
    before = tokens[place.position - 1] if place.position else None
    if before is not None and tokens[place.position].has("of") and before.kind == "word":
        return None  # "se passer de l'avis de la commission"
    if before is not None and before.kind == "number":
        return None  # "8 per cent"
    bare = tokens[after - 1].has("of") or language.no_articles
    if tokens[after].has("organisations", "documents") and not language.roles_need_article:
        bare = True  # « Según fuentes municipales »
    phrase = _source_phrase(tokens, after, language, needs_noun=False, bare=bare)
    if phrase is None:
        return None
    if _is_measure(tokens, phrase, language):
        return None
    return place.report(_without_participle(tokens, phrase, language), phrase.last)


def _relative(place: _Place) -> Report | None:
    """Read « le maire Paul Roux, selon qui … », « l'insegnante Paolo Greco, secondo cui … »."""
    tokens, end = place.tokens, last_word(place.tokens)
    behind = place.position - (2 if tokens[place.position - 1].text == "," else 1)
    phrase = phrase_ending_at(tokens, behind, place.language)
    if phrase is None or phrase.pronoun or place.after >= end:
        return None
    if not _is_somebody(tokens, phrase, place.language):
        return None
    words = _report(place.sentence, place.position, phrase, place.after, place.text, place.language)
    start, last = tokens[place.after + 1].start, tokens[end].end
    return replace(words, start=start, end=last) if words else None


def _of(place: _Place) -> Report | None:
    """Read "nach Angaben von X"; not "nach eigener Aussage", which names nobody."""
    after = place.after
    if after < len(place.tokens) and place.tokens[after].low in place.language.exclusions:
        return None
    phrase = _source_phrase(place.tokens, place.after, place.language, needs_noun=True)
    return None if phrase is None else place.report(phrase)


def _so(place: _Place) -> Report | None:
    """Read "„…“, so X"."""
    tokens = place.tokens
    if not place.position:
        return None
    before = tokens[place.position - 1]
    phrase = phrase_after(tokens, place.position + 1, place.language, skip=False)
    if phrase is None or not (before.kind == "quotation" or before.text in ",!?–—"):
        return None
    following = tokens[phrase.last + 1] if phrase.last + 1 < len(tokens) else None
    ends = following is None or following.kind == "punctuation" or following.has("prepositions")
    return place.report(phrase) if ends else None


def _fronted(place: _Place) -> Report | None:
    """Read « Pour X, … » at the beginning and « …, para X, es … » in the middle."""
    tokens, position, after = place.tokens, place.position, place.after
    inserted = position > 1 and tokens[position - 1].text == ","
    opens = position == 0 or tokens[position - 1].text in ":;"
    if inserted and after < len(tokens) and tokens[after].has("relatives"):
        return _relative(place)  # « l'intersyndicale, pour qui … »
    if after >= len(tokens) or not (opens or inserted):
        return None
    phrase = phrase_after(tokens, after, place.language, skip=False)
    if phrase is None and tokens[after].has("tonic"):
        phrase = Phrase(first=after, last=after, pronoun=True)
    if phrase is None:
        return None
    tonic = tokens[phrase.first].has("tonic") and opens
    if not (tonic or _is_somebody(tokens, phrase, place.language)):
        return None
    last = _with_place(tokens, phrase.last, place.language)
    if inserted and not _verb_behind(tokens, last, place.language):
        return None  # "un moyen, pour le maire, de …"
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following is None:
        return None
    closes = following.text == "," or (
        opens and (following.has("determiner:definite") or following.kind == "quotation")
    )
    return place.report(phrase, last) if closes else None


def _after(place: _Place) -> Report | None:
    """Read "X zufolge", "X'e göre"."""
    tokens, position, language = place.tokens, place.position, place.language
    if not position:
        return None
    start = position - 1
    if tokens[start].has("suffixes") and start:
        start -= 1  # "Bey'e bakılırsa"
    if tokens[start].has("tonic"):  # "ihm zufolge"
        return _ending_report(place, start, Phrase(first=start, last=start, pronoun=True))
    while start > 0 and _can_be_inside(tokens[start - 1]):
        start -= 1
    cited = tokens[position - 1].has("documents")  # "alınan bilgiye göre": nobody is named
    owner = None if cited else genitive_owner(tokens, start, position, language)
    if owner is not None or cited:
        report = _ending_report(place, start, owner or Phrase(first=start, last=position - 1))
        return replace(report, phrase=None) if report and cited else report
    inside = tokens[start:position]
    if language.no_articles and not any(
        token.capital or is_role(token, language) or token.has("organisations") for token in inside
    ):
        return None  # "illere göre dağılımı": by province
    phrase = phrase_after(tokens, start, language, skip=False)
    last = position - (2 if start < position - 1 and tokens[position - 1].has("suffixes") else 1)
    if phrase is None or phrase.last < last:
        first = last
        while first > start and tokens[first - 1].capital:
            first -= 1  # "Çevre mühendisi Doğan Er'e göre"
        phrase = Phrase(first=first, last=last)
    inner = Phrase(first=phrase.first, last=last, pronoun=phrase.pronoun)
    return _ending_report(place, inner.first, inner)


def _ending_report(place: _Place, start: int, phrase: Phrase) -> Report | None:
    """Return the report of a source that stands before its words of attribution."""
    last = place.after - 1
    return _report(
        place.sentence, start, phrase, last, place.text, place.language,
        cue=(place.position, last),
    )  # fmt: skip


_READERS: tuple[tuple[str, Callable[[_Place], Report | None]], ...] = (
    ("attributions_before", _before),
    ("attributions_of", _of),
    ("attributions_so", _so),
    ("attributions_fronted", _fronted),
    ("attributions_after", _after),
)


def _verb_behind(tokens: Sequence[Token], last: int, language: Language) -> bool:
    """Whether behind "…, para Hurtado," the verb of the sentence follows."""
    return last + 2 < len(tokens) and is_verb(tokens, last + 2, language)


def _is_participle(token: Token, language: Language) -> bool:
    return is_nonfinite(token, language) or token.low.endswith(language.participle_endings or "\0")


def _without_participle(tokens: Sequence[Token], phrase: Phrase, language: Language) -> Phrase:
    """Return "a budget paper" of "a budget paper published on Monday"."""
    last, behind = phrase.last, phrase.last + 1
    goes_on = behind < len(tokens) and tokens[behind].has("prepositions", "times", "agent")
    while goes_on and last > phrase.first + 1 and not tokens[last].capital:
        if not _is_participle(tokens[last], language) or is_role(tokens[last], language):
            break
        last -= 1
    return replace(phrase, last=last)


def _is_measure(tokens: Sequence[Token], phrase: Phrase, language: Language) -> bool:
    """Whether things and no persons are named: "selon les domaines" means "depending on"."""
    inside = tokens[phrase.first : phrase.last + 1]
    first = inside[0]
    if phrase.pronoun or not (first.has("determiner:plural") and first.has("determiner:definite")):
        return False
    return not any(
        token.capital
        or is_role(token, language)
        or token.has(
            "organisations", "pronoun:people", "attribution_nouns", "clause_nouns", "documents"
        )
        for token in inside[1:]
    )


def _with_place(tokens: Sequence[Token], last: int, language: Language) -> int:
    """Return the last word of "les opposants au projet", given that of "les opposants"."""
    if last + 1 < len(tokens) and tokens[last + 1].has("prepositions", "inner"):
        inner = phrase_after(tokens, last + 2, language, skip=False)
        noun = last + 2 < len(tokens) and tokens[last + 2].kind == "word"
        return inner.last if inner is not None else last + 2 if noun else last
    return last


def matches(tokens: Sequence[Token], position: int, words: Sequence[str]) -> bool:
    """Whether the words stand at that place."""
    if position + len(words) > len(tokens):
        return False
    return all(tokens[position + ahead].low == word for ahead, word in enumerate(words))


def _can_be_inside(token: Token) -> bool:
    if token.kind == "punctuation":
        return False
    return (
        token.capital
        or token.has("determiner", "of", "suffixes", "role", "title")
        or not token.tags
    )


def _is_somebody(tokens: Sequence[Token], phrase: Phrase, language: Language) -> bool:
    if phrase.pronoun:
        return False
    inside = tokens[phrase.first : phrase.last + 1]
    head = inside[1] if inside[0].has("determiner") and len(inside) > 1 else inside[0]
    if inside[0].has("determiner:plural", "determiner:definite") and is_role(head, language):
        return True  # "Pour les opposants au projet,"
    end = next((i for i, token in enumerate(inside) if i and token.has("of")), len(inside))
    return any(
        token.has(*_SPEAKER_TAGS) or is_role(token, language) for token in inside[:end]
    ) or all(token.capital for token in inside)


def _source_phrase(
    tokens: Sequence[Token],
    position: int,
    language: Language,
    *,
    needs_noun: bool,
    bare: bool = False,
) -> Phrase | None:
    """Return who is named; nouns such as "Angaben" hand over to their genitive."""
    if position >= len(tokens):
        return None
    if tokens[position].has("tonic"):
        return Phrase(first=position, last=position, pronoun=True)
    head = position
    limit = min(position + 4, len(tokens))
    while head < limit and not tokens[head].has("attribution_nouns"):
        token = tokens[head]
        if token.kind != "word" or token.has("prepositions"):
            head = limit
            break
        if needs_noun and token.capital and language.capitalised_nouns:
            head = limit
            break
        head += 1
    if head < limit and tokens[head].has("attribution_nouns"):
        after = head + 1
        if after < len(tokens) and tokens[after].has("of"):
            after += 0 if tokens[after].has("determiner") else 1
            return phrase_after(tokens, after, language, skip=False)
        if after < len(tokens) and tokens[after].capital and language.capitalised_nouns:
            return phrase_after(tokens, after, language, skip=False)
        return Phrase(first=position, last=head)
    if head < limit and needs_noun:
        return Phrase(first=position, last=head)
    if needs_noun:
        return None
    return phrase_after(tokens, position, language, skip=False, bare=bare)


def _report(
    sentence: Sentence,
    first: int,
    phrase: Phrase,
    last: int,
    text: str,
    language: Language,
    cue: tuple[int, int] | None = None,
) -> Report | None:
    tokens = sentence.tokens
    opening = first
    while opening > 0 and (tokens[opening - 1].has("adverbs", "coordinators")):
        opening -= 1
    end = last_word(tokens)
    cue_first, cue_last = cue or (first, max(first, phrase.first - 1))
    if opening == 0 or tokens[opening - 1].text in (";", ":"):
        start = last + 1
        if not language.verb_second:
            ahead = range(start, min(start + _LONGEST_SOURCE_TOKENS, len(tokens)))
            start = next((i for i in ahead if tokens[i].text == ","), start)
        if start < len(tokens) and tokens[start].text == ",":
            start = _after_insertion(tokens, start, language)
    else:
        start, end = _around(tokens, first, last, language)
    if start > end:
        return None
    return Report(
        sentence=sentence,
        kind="source",
        start=tokens[start].start,
        end=tokens[end].end,
        cue=text[tokens[cue_first].start : tokens[cue_last].end],
        cue_start=tokens[first].start,
        cue_end=tokens[last].end,
        phrase=phrase,
    )


def _around(tokens: Sequence[Token], first: int, last: int, language: Language) -> tuple[int, int]:
    """Return what is attributed when the source stands inside or behind it."""
    end = last_word(tokens)
    start = 0
    before = first - 1
    for back in range(before, -1, -1):
        if tokens[back].text in (";", ":"):
            start = back + 1
            break
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    closes = last >= end or (following is not None and following.text in (".", ";", "!", "?"))
    if closes or (tokens[before].text == "," and last + 8 > end and before - start > 8):
        end = before
        while end > start and tokens[end].kind == "punctuation" and tokens[end].text in ",—–(":
            end -= 1
    return start, end


def _after_insertion(tokens: Sequence[Token], comma: int, language: Language) -> int:
    """Return where the words begin after "Selon Jean Dupont, maire de Lorville,"."""
    start = comma + 1
    if start >= len(tokens):
        return start
    apposed = apposed_name(tokens, comma - 1, language)
    if apposed is not None and any(t.text == "," for t in tokens[apposed[1] + 1 :][:1]):
        return apposed[1] + 2
    first = tokens[start]
    is_title = first.has("role") or (first.has("relatives") and not first.has("determiner"))
    if first.has("determiner") and start + 1 < len(tokens):
        is_title = any(token.has("role") for token in tokens[start + 1 : start + 3])
    if not is_title:
        return start
    for ahead in range(start, min(start + 30, len(tokens))):
        if tokens[ahead].text == ",":
            return ahead + 1
        if tokens[ahead].has("copulas", "auxiliaries") and not first.has("relatives"):
            return start
    return start


def last_word(tokens: Sequence[Token]) -> int:
    """Return the place of the last token that is not closing punctuation."""
    end = len(tokens) - 1
    while end > 0 and tokens[end].kind == "punctuation" and tokens[end].text in ".,;:!?…":
        end -= 1
    return end
