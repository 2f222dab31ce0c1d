"""Who says a quotation that no verb claims: who spoke before, or whom a colon announces."""

from collections.abc import Sequence
from itertools import pairwise

from index.language.quotation_marks import Quotation
from index.language.report_words import Language
from index.statements.assembly import Said
from index.statements.page_body import PageBody
from index.statements.phrases import phrase_ending_at
from index.statements.quoting import Unclaimed
from index.statements.setoff import attribution_tag, signature
from index.statements.somebody import is_somebody
from index.statements.tokens import Sentence, Token, tokenise
from index.statements.verb_forms import is_finite
from index.statements.voices import Voice


def loose_words(
    body: PageBody, loose: Unclaimed, index: int, sentence: Sentence,
    said: Sequence[Said], before: Sequence[Said],
) -> Said | None:  # fmt: skip
    place = loose.quotation.start
    voice: Voice | None = None
    cue: str | None = None
    framing = [item for item in said if item.cue_start < place]
    if framing and framing[-1].manner in ("direct", "mixed"):
        voice, cue = framing[-1].voice, framing[-1].cue
    elif loose.claim == "announced":
        voice = (framing[-1].voice if framing else None) or announcing(body, index, place)
    elif loose.claim == "alone" and not loose.quotation.continues:
        voice, cue = _voice_around(body, loose.quotation, index, before)
    if voice is not None:
        body.resolver.heard(voice, index)
    return Said(
        start=loose.quotation.start,
        end=loose.quotation.end,
        manner="direct",
        cue=cue,
        voice=voice,
        cue_start=place,
    )


def _voice_around(
    body: PageBody, quotation: Quotation, index: int, before: Sequence[Said]
) -> tuple[Voice | None, str | None]:
    """Return who says a quotation that stands alone: named behind it, or speaking before."""
    following = body.sentences[index + 1 : index + 2]
    for place, sentence in enumerate((body.sentences[index], *following), start=index):
        behind = max(quotation.outer_end, sentence.start)
        signed = signature(sentence, behind, body.text, body.language)
        if signed is not None and sentence.passage == body.sentences[index].passage:
            return body.resolver.resolve(signed, place), None
    if following and following[0].passage == body.sentences[index].passage:
        tag = attribution_tag(following[0], body.text, body.language)
        if tag is not None and tag.phrase is not None:
            return body.resolver.resolve(tag.phrase, index + 1), tag.cue
    announced = _announced_before(body, index, quotation.outer_start)
    if announced is not None:
        return announced, None
    if _others(body, index, quotation.outer_end):
        return None, None
    if not before or not index:
        return subject_before(body, index, quotation.outer_start), None
    previous, sentence = before[-1], body.sentences[index - 1]
    if previous.start < sentence.start and previous.cue_start < sentence.start:
        subject = subject_before(body, index, quotation.outer_start)
        return subject or _speaking_on(body, index, previous), None
    named = previous.voice is not None and previous.voice.person is not None
    goes_on = previous.manner == "direct" or (named and body.is_whole_passage(quotation))
    if sentence.passage == body.sentences[index].passage or goes_on:
        return previous.voice, previous.cue
    return None, None


def _speaking_on(body: PageBody, index: int, previous: Said) -> Voice | None:
    """Return who spoke before in the paragraph, where nobody else is spoken of since.

    « "The bow cracked," said Ann Hale. The skipper steered by hand. "Nobody slept." »
    """
    first = next(i for i, s in enumerate(body.sentences) if previous.start < s.end)
    between = range(first + 1, index)
    passage = body.sentences[index].passage
    if previous.voice is None or body.sentences[first].passage != passage:
        return None
    others = {
        voice.speaker.name
        for number in between
        for voice in (*body.resolver.without_places(number), *body.resolver.voices_of(number))
        # two German nouns in a row may have passed for a name
        if not (body.language.capitalised_nouns and voice.person and not voice.person.is_sure)
    }
    return None if others - {previous.voice.speaker.name} else previous.voice


def _others(body: PageBody, index: int, place: int) -> bool:
    """Whether words behind a quotation leave it to somebody: "…", la replica.

    A verb alone goes on about the one before: «…», ha scherzato.
    """
    behind = [t for t in body.sentences[index].tokens if t.start >= place and t.kind == "word"]
    if not behind or not body.language.null_subjects:
        return bool(behind)
    return behind[0].has("determiner") or any(t.has("pronoun:other") for t in behind)


def _announced_before(body: PageBody, index: int, place: int) -> Voice | None:
    """Return who a sentence that ends in a colon lets speak in the words right behind it."""
    if not index or not body.text[: body.sentences[index - 1].end].rstrip().endswith(":"):
        return None
    return announcing(body, index - 1, place)


def announcing(body: PageBody, index: int, place: int) -> Voice | None:
    """Return whom a sentence with a colon at its end lets speak: its last clause's subject."""
    labelled = _label(body, index, place)
    if labelled is not None:
        return labelled
    clause = _last_clause(body.sentences[index].tokens, place, body.language)
    if clause is not None:
        # "Putin wollte gehen, aber Ibrahim protestierte: …"
        people = [v for v in body.resolver.people_in(index, place) if v.start >= clause]
        return people[0] if len({voice.speaker.name for voice in people}) == 1 else None
    named = body.resolver.named_in(index)
    only = named[0] if len({voice.speaker.name for voice in named}) == 1 else None
    return body.resolver.subject_of(index, place) or only


def _label(body: PageBody, index: int, place: int) -> Voice | None:
    """Return the priest of the headline « Rubato l'Angelo, il parroco: « … » », without a verb."""
    tokens, language = body.sentences[index].tokens, body.language
    colons = [i for i, token in enumerate(tokens) if token.text == ":" and token.start < place]
    phrase = phrase_ending_at(tokens, colons[-1] - 1, language) if colons and colons[-1] else None
    if phrase is None or phrase.pronoun or not phrase.first:
        return None
    before = tokens[: phrase.first]
    if before[-1].text != "," or any(is_finite(token, language) for token in before):
        return None
    is_meant = is_somebody(tokens, phrase, language)
    return body.resolver.voice(phrase, index) if is_meant else None


def subject_before(body: PageBody, index: int, place: int) -> Voice | None:
    """Return the person the sentence before is about, where it names no other person."""
    if not index or body.sentences[index - 1].passage != body.sentences[index].passage:
        return None
    subject = body.resolver.subject_of(index - 1, place) or _only_person(body, index - 1, place)
    if subject is None or subject.person is None or not body.resolver.is_shown(subject):
        return None
    others = {
        voice.speaker.name
        for voice in body.resolver.named_in(index - 1)
        if voice.start < place and voice.person and voice.person.is_sure
    }
    return None if others - {subject.speaker.name} else subject


def _only_person(body: PageBody, index: int, place: int) -> Voice | None:
    """Return the only one a sentence speaks of, though not as its subject.

    « C'est une agente, Rosa Val, qui a vu l'eau. « J'ai eu peur. » »; not the owner of a thing
    ("the helmet of Rosa Val"), and not where a pronoun speaks of another.
    """
    tokens = body.sentences[index].tokens
    if any(token.has("tonic", "pronoun:masculine", "pronoun:feminine") for token in tokens):
        return None
    governed = {t.start for b, t in pairwise(tokens) if b.has("of", "prepositions")}
    people = [v for v in body.resolver.people_in(index, place) if v.person and v.person.is_sure]
    only = people[0] if len({voice.speaker.name for voice in people}) == 1 else None
    # « Für Ada Val aber schon. „Ich mag Regen.“ »: what opens a sentence is what it is about
    if only is None or (only.start == tokens[1].start and _says_i(body, place)):
        return only
    return None if only.start in governed else only


def _says_i(body: PageBody, place: int) -> bool:
    """Whether the quotation that opens at a place speaks of who says it."""
    quoted = body.quoted_within(place, place + 1)
    if not quoted:
        return False
    tokens = tokenise(body.text, quoted[0].start, quoted[0].end, body.language)
    return any(token.has("pronoun:first") for token in tokens)


def _last_clause(tokens: Sequence[Token], place: int, language: Language) -> int | None:
    """Return where "but Ibrahim" begins its own clause before a place, None where none does."""
    for back in range(len(tokens) - 2, 0, -1):
        token, following = tokens[back], tokens[back + 1]
        if token.start >= place or not token.has("coordinators"):
            continue
        opens = following.capital or following.has("determiner", "title")
        if opens and any(is_finite(word, language) for word in tokens[:back]):
            behind = tokens[back + 1 :]
            verbs = [word for word in behind if word.start < place and is_finite(word, language)]
            return following.start if verbs else None
    return None
