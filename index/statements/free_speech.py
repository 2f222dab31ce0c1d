"""Sentences that go on with somebody's words without a verb of saying: by mood and tense."""

from collections.abc import Iterator, Sequence

from index.statements.assembly import Said
from index.statements.loose_words import subject_before
from index.statements.page_body import PageBody
from index.statements.tokens import Sentence, Token
from index.statements.verb_forms import is_finite, is_nonfinite

_NEW_CLAUSE = ("complementizers", "coordinators", "relatives")


def free_speech(
    body: PageBody, index: int, sentence: Sentence, before: Sequence[Said]
) -> Iterator[Said]:
    """Yield a sentence whose mood alone shows that it is somebody's words.

    « Das Gericht hob das Verbot auf. Von einem Notstand könne keine Rede sein. »: the
    first subjunctive says so by itself, the second ("würde") where speech goes before.
    """
    if not index:
        return
    words = [token for token in sentence.tokens[:12] if token.kind != "number"]
    if not words or words[0].kind != "word" or words[0].has("subordinators"):
        return
    goes_on = _goes_on(body, index, before)
    strong = any(
        token.has("reporting_subjunctives") and not _is_own(words, place)
        for place, token in enumerate(words)
        if place
    )
    if not strong and not (goes_on and _is_reported(body, words)):
        return
    # "Brennecke wies den Vorwurf zurück. Die Abschlüsse seien geprüft."
    voice = before[-1].voice if goes_on else subject_before(body, index, sentence.start)
    start, end = _behind_main_clause(body, sentence), sentence.end
    if start is not None:  # "Seine Frau Simone ätzte, das könne nur am Anfang so sein"
        voice = body.resolver.subject_of(index, start)
        end = start + len(body.text[start:end].rstrip(" .!?"))
    yield Said(
        start=start or sentence.start, end=end, manner="indirect", cue=None,
        voice=voice, cue_start=sentence.start,
    )  # fmt: skip


def _is_own(words: Sequence[Token], verb: int) -> bool:
    """Whether "I" is the subject of a verb, so that "habe" is no subjunctive: "Nun habe ich"."""
    bounds = [-1, *(i for i, word in enumerate(words) if word.text in ",;:"), len(words)]
    first = max(bound for bound in bounds if bound < verb) + 1
    last = min(bound for bound in bounds if bound > verb)
    return any(word.has("pronoun:first") for word in words[first:last])


def _is_reported(body: PageBody, words: Sequence[Token]) -> bool:
    """Whether the verb has the form it has in reported words: "würde", "would", « serait ».

    "Three people had, Tom Reed answered." and "She felt that it would" have a verb of their
    own, and "had" alone tells what somebody owned.
    """
    language = body.language
    if language.verb_second:
        return any(token.has("subjunctives") for token in words)
    verb = next((i for i, word in enumerate(words) if _tells_on(body, word)), 0)
    before = words[:verb]
    if not verb or before[0].has("prepositions", "times"):
        return False  # "On Sunday the two teams would meet again"
    if any(word.text == "," or word.has(*_NEW_CLAUSE) for word in before):
        return False
    if words[verb].has("perfects"):
        return any(is_nonfinite(word, language) for word in words[verb + 1 : verb + 3])
    return not before[-1].has("determiner", "of", "prepositions")


def _tells_on(body: PageBody, token: Token) -> bool:
    endings = body.language.reported_endings
    ends = bool(endings) and token.low.endswith(endings) and is_finite(token, body.language)
    return ends or token.has("subjunctives", "perfects")


def _behind_main_clause(body: PageBody, sentence: Sentence) -> int | None:
    """Return where the subjunctive clause begins behind a main clause in the indicative."""
    tokens = sentence.tokens
    moods = ("reporting_subjunctives", "subjunctives")
    verb = next((i for i, token in enumerate(tokens) if i and token.has(*moods)), 0)
    marks = [i for i in range(1, verb) if tokens[i].text in (",", ":")]
    if not marks or marks[-1] + 1 == verb:
        return None
    first, second = tokens[marks[-1] + 1 : marks[-1] + 3]
    if first.has("relatives") and not (first.capital or second.capital or verb == marks[-1] + 2):
        return None  # "der Mann, der gelogen habe"
    return tokens[marks[-1] + 1].start


def _goes_on(body: PageBody, index: int, before: Sequence[Said]) -> bool:
    """Whether the sentence before a sentence, in the same paragraph, holds reported words."""
    previous = body.sentences[index - 1]
    same = previous.passage == body.sentences[index].passage
    return bool(before) and same and before[-1].end > previous.start
