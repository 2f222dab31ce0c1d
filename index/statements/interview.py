"""Interviews: paragraphs that begin with who asks or answers, "Frage:", "P.", "Sandhoff:".

Which labels a language or a paper has is not listed. A label is one that opens two paragraphs or
more; it answers where most of them stand behind a paragraph that ends with a question mark, or
where another label asks. A label that names somebody ("Anna:", where Anna Pell is known) needs no
question before it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Passage
from index.language.report_words import folded_first_names
from index.language.words import fold, folded_words

_LABEL = re.compile(
    r"(?P<label>[^\W\d_][\w'’-]*(?: [^\W\d_][\w.'’-]*){0,3})(?:\s?:|\.|\s[–—])\s+(?=\S)"
)
_ASKS = re.compile(r"[?;؟]\W*$")
_FEWEST = 2
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A paragraph of an interview: a label that ends at `line_end`, and words from `start` on.

    `names` says whether the label is a name: it stands elsewhere on the page as well.
    """

    line_end: int
    start: int
    answers: bool
    names: bool


def turns(text: str, passages: Sequence[Passage], author: str | None = None) -> dict[int, Turn]:
    """Return the turns of an interview by where their paragraphs begin; empty for other articles.

    Args:
        text: Of the article.
        passages: Of its body, in order.
        author: Of the article, who may stand in a label as well.
    """
    found: dict[int, re.Match[str]] = {}
    for place, passage in enumerate(passages):
        match = _LABEL.match(text, passage.start, passage.end)
        if match is not None and passage.kind == "paragraph":
            found[place] = match
    letters = {label for match in found.values() if len(label := fold(match["label"])) == 1}
    opened: defaultdict[str, list[int]] = defaultdict(list)
    for place, match in found.items():
        label = fold(match["label"])
        # "Pregunta." is "P." from the second time on.
        opened[label[0] if label[0] in letters else label].append(place)

    def asks(place: int) -> bool:
        return place >= 0 and bool(_ASKS.search(text[passages[place].start : passages[place].end]))

    often = {label: places for label, places in opened.items() if len(places) >= _FEWEST}
    answering = {
        label
        for label, places in often.items()
        if 2 * sum(asks(place - 1) and not asks(place) for place in places) > len(places)
    }
    asking = {p for p, places in often.items() if 2 * sum(map(asks, places)) > len(places)}
    if asking:  # two sisters answer in turn, so neither stands behind most questions
        answering |= often.keys() - asking
    known = f"{text}\n{author}" if author else text
    named = {label for label in often if _is_of_somebody(found[often[label][0]]["label"], known)}
    if not answering:
        often = {label: places for label, places in often.items() if label in named}
    answering |= named
    words = Counter(folded_words(text))
    made: dict[int, Turn] = {}
    for label, places in often.items():
        last_word = label.split()[-1]
        for place in places:
            match = found[place]
            made[passages[place].start] = Turn(
                line_end=match.end("label"),
                start=match.end(),
                answers=label in answering,
                names=label in named or (len(label) > 1 and words[last_word] > len(places)),
            )
    return made


def _is_of_somebody(label: str, text: str) -> bool:
    """Whether a label is a part of a full name that the text gives: its first name is known."""
    if " " in label or len(label) < _SHORTEST_NAME:
        return False
    label = re.escape(label)
    pattern = rf"(?<!\w)(?:{label} (?=[^\W\d_a-z])|([^\W\d_]+) {label}(?!\w))"
    known = folded_first_names()
    return any(fold(match[1] or label) in known for match in re.finditer(pattern, text))
