"""A question without its dress: courtesies and wrappers off, capitals and slips mended.

"hi, can you tell me WHAT DOES MARKETI SAY please?" asks what Marchetti says.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from assistant.locale import Pattern, Phrases, asking_words, asks_with, matches
from index.disputes.stance import says_i
from index.language.dispute_words import vocabulary
from index.language.phrase_patterns import read_words
from index.language.report_words import load
from index.language.sentences import sentence_spans
from index.language.transliteration import sound
from index.language.words import Span, content_words, fold, stop_words, word_spans
from index.retrieval.spelling import Spelling

_MOST_COURTESIES = 4
_ASKING_KINDS = ("yes_no", "said_what", "who_said", "summary", "stance", "disputed")
_LEAST_OF_A_QUESTION = 3
"""Words."""
_PAUSE = re.compile(r"[.:;!…]+(?=\s)|,(?=\s)|\s[-–—](?=\s)")
_REACTED = re.compile(r"[.:!…]+(?=\s)|\s(?=¿)")
_MOST_REACTING = 5
"""Words of a reaction before a question."""
_LEAST_LETTERS = 4
_ALIKE = 0.7
"""Share of the sounds of a name that a slip must keep where another word of it is right."""
_ALIKE_ALONE = 0.84


def undressed(text: str, phrases: Phrases) -> str:
    """Return a question without the courtesies around it; as it is where nothing else is left."""
    plain = text.strip()
    for _ in range(_MOST_COURTESIES):
        shorter = _without_opening(_without_closing(plain, phrases), phrases)
        shorter = _without_asker(shorter, phrases)
        if not any(word_spans(shorter)):
            return text
        if shorter == plain:
            break
        plain = shorter
    return plain


def without_reaction(text: str, phrases: Phrases, spelling: Spelling) -> str:
    """Return a question without what reacts before it: "wow. who says so", "jaja ¿y qué dice?".

    A few words before a pause that ask nothing and of which none is a word of the page.
    """
    for pause in _REACTED.finditer(text):
        told, rest = text[: pause.start()], text[pause.end() :].lstrip()
        words = _folded(told, word_spans(told))
        is_short = len(words) <= _MOST_REACTING and any(word_spans(rest))
        page = [w for w in words if w in spelling and w not in stop_words(phrases.language)]
        is_initial = bool(words) and len(words[-1]) == 1  # "What does M. Dorn write?"
        if not is_short or is_initial or page or "?" in told or any(w.isdigit() for w in words):
            break
        text = rest
        return without_reaction(text, phrases, spelling)
    return text


def corrected(text: str, phrases: Phrases) -> str:
    """Return a question with what its asker took back put right: "the mayor? no wait the cook".

    The words that take it back go, and with them what stands before them up to a pause.
    """
    spans = list(word_spans(text))
    sentence = " " + " ".join(_folded(text, spans))
    for pattern in phrases.correcting:
        for match in pattern.finditer(sentence):
            first = sentence.count(" ", 0, match.start())
            last = first + match.group().count(" ")
            if last >= len(spans):
                continue
            before = text[: spans[first].start].rstrip(" ,;:.!?-–—…")
            pauses = [pause.end() for pause in _PAUSE.finditer(before)]
            kept = before[: pauses[-1]] if pauses else ""
            return corrected(f"{kept} {text[spans[last].start :]}".strip(), phrases)
    return text


def _without_asker(text: str, phrases: Phrases) -> str:
    """Return a question without what its asker says of themselves before or behind it.

    "I only skimmed it, who won?", "Ho letto di fretta: quanto costa?", "Who won? I have no time.":
    words in the first person, parted by a pause from words that ask.
    """
    for pause in _PAUSE.finditer(text):
        told, rest = text[: pause.start()], text[pause.end() :].lstrip()
        if _tells_of_asker(told, phrases) and _begins_to_ask(rest, phrases):
            return rest
    asked, mark, told = text.rpartition("?")
    return asked + mark if mark and _tells_of_asker(told, phrases) else text


def _tells_of_asker(text: str, phrases: Phrases) -> bool:
    """Whether words are a main clause in the first person that asks nothing."""
    words = read_words(text)
    if not words or "?" in text or _begins_to_ask(text, phrases):
        return False
    if "subordinators" in load(phrases.language).tagged(words[0].folded):
        return False  # "If I buy two, how much are they?"
    own = any(word.folded in phrases.asker_words for word in words)
    return own or says_i(words, vocabulary(phrases.language))


def _begins_to_ask(text: str, phrases: Phrases) -> bool:
    """Whether words begin with a question, or the courtesy before one, that has a topic."""
    words = _folded(text, word_spans(text))
    topic = [
        word
        for word in words
        if word not in stop_words(phrases.language) | phrases.follow_up_words
        and not asks_with(phrases.language, word)
    ]
    if not topic:
        return False
    if "questions" in load(phrases.language).tagged(words[0]) or text.startswith("¿"):
        return True
    sentence = " " + " ".join(words)
    asked = [*phrases.wants.values(), *(phrases.asks[kind] for kind in _ASKING_KINDS)]
    begins = (pattern.search(sentence) for patterns in asked for pattern in patterns)
    return _without_opening(text, phrases) != text or any(
        match and sentence.count(" ", 0, match.start()) <= 1 for match in begins
    )


def asked_part(text: str) -> str:
    """Return the sentence of a text that asks, where others come before it.

    >>> asked_part("I have only a minute. What happened?")
    'What happened?'
    """
    sentences = [span.of(text) for span in sentence_spans(text)]
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    return asking[-1] if len(sentences) > 1 and asking else text


def two_questions(text: str, phrases: Phrases) -> tuple[str, ...]:
    """Return the two questions that a text joins by "and", the text alone where it is one.

    "How long is the line and how much is a ticket?" asks twice, "Who and when?" does not, nor
    does "Which claims are disputed, and by whom?": every answer says whose words it tells.
    """
    spans = list(word_spans(text))
    words = _folded(text, spans)
    for place in range(_LEAST_OF_A_QUESTION, len(words) - 1):
        if words[place] not in phrases.going_on_words:
            continue
        rest = " " + " ".join(words[place + 1 :])
        begins = [
            match.start()
            for asked in phrases.wants.values()
            for pattern in asked
            if (match := pattern.search(rest))
        ]
        if place > _LEAST_OF_A_QUESTION and words[place + 1] in phrases.interrogatives:
            begins.append(0)  # not "what do readers and what does the mayor say"
        asks = any(matches(asked, words[:place]) for asked in phrases.wants.values())
        asks |= not phrases.interrogatives.isdisjoint(words[:place])
        by_whom = matches(phrases.wants["person"], words[place + 1 :]) and not content_words(rest)
        if by_whom:
            continue
        if asks and begins and rest.count(" ", 0, min(begins)) <= 1:  # "e para onde ...?"
            start = spans[place].start
            return text[:start].rstrip(" ,;") + "?", text[start:]
    return (text,)


def _without_opening(text: str, phrases: Phrases) -> str:
    spans = list(word_spans(text))
    count = _matched(phrases.opening, _folded(text, spans), at_end=False)
    if not count:
        return text
    return text[spans[count - 1].end :].lstrip(" \t\n,.;:!?-–—…")


def _without_closing(text: str, phrases: Phrases) -> str:
    spans = list(word_spans(text))
    count = _matched(phrases.closing, _folded(text, spans), at_end=True)
    if not count or count == len(spans):
        return text
    kept = text[: spans[-count].start].rstrip(" \t\n,.;:!-–—…¡¿")
    asks = text.rstrip().endswith("?") and not kept.endswith("?")
    return f"{kept}?" if asks else kept


def _folded(text: str, spans: Iterable[Span]) -> list[str]:
    """Return folded words; "è" alone keeps its accent, for it is not "e"."""
    words = (span.of(text) for span in spans)
    return [fold(word) if len(word) > 1 or word.isascii() else word.lower() for word in words]


def joins(text: str, phrases: Phrases) -> bool:
    """Whether a question begins with a word that joins it to the one before: "And Whitlock?"."""
    first = _folded(text, word_spans(text))[:1]
    return not phrases.going_on_words.isdisjoint(first)


def _matched(patterns: Sequence[Pattern], words: Sequence[str], *, at_end: bool) -> int:
    """Return how many words a courtesy takes at the beginning or the end."""
    sentence = " " + " ".join(words)
    longest = 0
    for pattern in patterns:
        for match in pattern.finditer(sentence):
            if match.end() == len(sentence) if at_end else match.start() == 0:
                longest = max(longest, match.group().count(" "))
    return longest


def mended(text: str, spelling: Spelling, names: Sequence[str], phrases: Phrases) -> str:
    """Return a question with its capitals and slips mended by the words of a page.

    Args:
        text: The question.
        spelling: The words of the page.
        names: Speakers and readers: a slip in a name is told from its other words.
        phrases: The language of the question; its own words are no slips.
    """
    spans = list(word_spans(text))
    shouts = text.isupper() and sum(len(span.of(text)) > 1 for span in spans) > 1
    if shouts:
        text = _in_small_letters(text, spans, spelling)
        spans = list(word_spans(text))
    folded = _folded(text, spans)
    asking, _ = asking_words(phrases.language)
    own = stop_words(None) | asking
    parts: list[_Part] = []
    pieces: list[str] = []
    place = 0
    for position, span in enumerate(spans):
        word = span.of(text)
        pieces.append(text[place : span.start])
        place = span.end
        if folded[position] in spelling or folded[position] in own or word[0].isdigit():
            pieces.append(word)
            continue
        near = {*folded[max(0, position - 2) : position], *folded[position + 1 : position + 3]}
        parts = parts or _parts(names)
        name = _name_meant(folded[position], near, names, parts)
        pieces.append(name or spelling.meant_by(word, sorted(asking)) or word)
    return "".join((*pieces, text[place:]))


def _in_small_letters(text: str, spans: Sequence[Span], spelling: Spelling) -> str:
    pieces: list[str] = []
    place = 0
    for span in spans:
        word = span.of(text)
        pieces += [text[place : span.start], spelling.written(fold(word)) or word.lower()]
        place = span.end
    return "".join((*pieces, text[place:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A word of a name with a capital, as written, folded, and as it sounds."""

    written: str
    folded: str
    sounds: str


def _parts(names: Iterable[str]) -> list[_Part]:
    """Return the words of names that a slip can be told from, each once."""
    words = {fold(span.of(name)): span.of(name) for name in names for span in word_spans(name)}
    return [
        _Part(written=written, folded=folded, sounds=sound(folded))
        for folded, written in words.items()
        if len(folded) >= _LEAST_LETTERS and written[0].isupper()
    ]


def _name_meant(
    word: str, near: set[str], names: Sequence[str], parts: Sequence[_Part]
) -> str | None:
    """Return the part of a name that a word is a slip of.

    "marketi" is Marchetti beside "solene"; alone a slip must be a small one.
    """
    if len(word) < _LEAST_LETTERS:
        return None
    sounds = sound(word)
    best: tuple[float, str] | None = None
    for part in parts:
        alike = max(
            OSA.normalized_similarity(sounds, part.sounds),
            OSA.normalized_similarity(word, part.folded),
        )
        if alike < _ALIKE or (best is not None and alike <= best[0]):
            continue
        others = {
            fold(span.of(name))
            for name in names
            if part.written in name
            for span in word_spans(name)
        } - {part.folded}
        if alike >= (_ALIKE if near & others else _ALIKE_ALONE):
            best = (alike, part.written)
    return best[1] if best else None
