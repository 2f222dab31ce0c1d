"""Attributions by preposition: "selon X", "according to X", "nach Angaben von X", "X zufolge"."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.language.report_words import Language
from index.statements.phrases import Phrase, phrase_after, phrase_ending_at
from index.statements.report import Report
from index.statements.roles import is_role
from index.statements.source_phrases import (
    can_be_inside,
    is_measure,
    is_source,
    maker_of,
    source_phrase,
    verb_behind,
    with_place,
    without_participle,
)
from index.statements.source_spans import source_report
from index.statements.tokens import Sentence, Token, last_word, matches
from index.statements.verb_final import genitive_owner


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
    return source_report(sentence, position, phrase, last, text, language, cue=(position, last))


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
        return source_report(self.sentence, self.position, phrase, end, self.text, self.language)


def _before(place: _Place) -> Report | None:
    """Read "selon X", "according to X", "по словам X"."""
    tokens, after, language = place.tokens, place.after, place.language
    if after >= len(tokens):
        return None
    if tokens[after].has("relatives") and tokens[after - 1].kind == "word" and place.position > 1:
        return _relative(place)
    # « Selon sa présidente, … », "according to its finance director" name somebody, "according
    # to its plan" does not.
    owned = phrase_after(tokens, after, language, skip=False)
    of_role = tokens[after].has("possessives") and (
        owned is not None and any(t.has("role") for t in tokens[after + 1 : owned.last + 1])
    )
    if tokens[after].low in language.exclusions and not of_role:
        return None
    before = tokens[place.position - 1] if place.position else None
    if before is not None and tokens[place.position].has("of") and before.kind == "word":
        return None  # "se passer de l'avis de la commission"
    if before is not None and before.kind == "number":
        return None  # "8 per cent"
    one_word = after == place.position + 1 and language.bare_clauses
    if one_word and not (tokens[after].capital or tokens[after].has("determiner", "title")):
        return None  # "ninety miles per gallon"
    bare = tokens[after - 1].has("of") or language.no_articles
    if tokens[after].has("organisations", "documents") and not language.roles_need_article:
        bare = True  # « Según fuentes municipales »
    phrase = source_phrase(tokens, after, language, needs_noun=False, bare=bare)
    if phrase is None and tokens[after].has("documents"):
        phrase = Phrase(first=after, last=after)  # "according to figures": no verb here
    if phrase is None:
        return None
    maker = maker_of(tokens, phrase, language)
    if maker is not None:
        return place.report(maker)
    if is_measure(tokens, phrase, language):
        return None
    whole = tokens[phrase.first : phrase.last + 1]
    if whole[-1].has("documents") and not any(token.has("of") for token in whole[1:]):
        return _documents(place, phrase)
    return place.report(without_participle(tokens, phrase, language), phrase.last)


def _documents(place: _Place, phrase: Phrase) -> Report | None:
    """Read « selon les chiffres que le centre publie » as its own, bare figures as nobody's."""
    tokens, behind = place.tokens, phrase.last + 1
    if behind + 1 < len(tokens) and tokens[behind].has("subordinators", "relatives"):
        owner = phrase_after(tokens, behind + 1, place.language, skip=False)
        end = next(
            (i for i in range(behind, len(tokens)) if tokens[i].text == ","), last_word(tokens) + 1
        )
        if owner is not None and not owner.pronoun and owner.last + 1 < end:
            return place.report(owner, end - 1)
    report = place.report(phrase)
    return replace(report, phrase=None) if report else None


def _relative(place: _Place) -> Report | None:
    """Read « le maire Paul Roux, selon qui … », « l'insegnante Paolo Greco, secondo cui … »."""
    tokens, end = place.tokens, last_word(place.tokens)
    behind = place.position - (2 if tokens[place.position - 1].text == "," else 1)
    phrase = phrase_ending_at(tokens, behind, place.language)
    if phrase is None or phrase.pronoun or place.after >= end:
        return None
    if not is_source(tokens, phrase, place.language):
        return None
    words = source_report(
        place.sentence, place.position, phrase, place.after, place.text, place.language
    )
    start, last = tokens[place.after + 1].start, tokens[end].end
    return replace(words, start=start, end=last) if words else None


def _back(place: _Place) -> Report | None:
    """Read "Demnach gehörten …": the source is in a sentence before."""
    if place.position or len(place.tokens) <= place.after + 2:
        return None
    report = place.report(Phrase(first=0, last=place.after - 1))
    return replace(report, phrase=None) if report else None


def _of(place: _Place) -> Report | None:
    """Read "nach Angaben von X"; not "nach eigener Aussage", which names nobody."""
    after = place.after
    if after < len(place.tokens) and place.tokens[after].low in place.language.exclusions:
        return None
    phrase = source_phrase(place.tokens, place.after, place.language, needs_noun=True)
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
    if not (tonic or is_source(tokens, phrase, place.language)):
        return None
    last = with_place(tokens, phrase.last, place.language)
    if inserted and not verb_behind(tokens, last, place.language):
        return None  # "un moyen, pour le maire, de …"
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following is None:
        return None
    # « Pour Paul Roux il y avait trop de pluie »
    named = all(token.capital for token in tokens[phrase.first : phrase.last + 1])
    clause = named and following.has("pronoun") and not following.has("pronoun:people")
    closes = following.text == "," or (
        opens and (following.has("determiner:definite") or following.kind == "quotation" or clause)
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
    while start > 0 and can_be_inside(tokens[start - 1]):
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
    return source_report(
        place.sentence, start, phrase, last, place.text, place.language,
        cue=(place.position, last),
    )  # fmt: skip


_READERS: tuple[tuple[str, Callable[[_Place], Report | None]], ...] = (
    ("attributions_before", _before),
    ("attributions_back", _back),
    ("attributions_of", _of),
    ("attributions_so", _so),
    ("attributions_fronted", _fronted),
    ("attributions_after", _after),
)
