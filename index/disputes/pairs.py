"""Two sentences of an article, the later one maybe against the earlier one, as numbers.

What tells a contest inside an article is seldom one word: another speaker takes up the same matter
right after, sounds like a contest, and gives another figure or turns a word. No decision is made
here.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.disputes.claims import Claims, Sentence
from index.disputes.denials import DenialReader
from index.disputes.features import WordVectors
from index.disputes.signs import OF_BOTH, OF_TARGET, OWN, Read, signs_of_both
from index.disputes.stance import read_markers
from index.disputes.tone import LONGEST, Tone
from index.encoder.regression import Numbers
from index.language.words import content_words
from index.statements.matching import same_speaker

_NEAR = ("nearness", "cosine", "shared")
_PLACE = (
    "distance", "paragraphs_apart", "begins_paragraph", "claim_begins_paragraph", "place",
    "sentences_of_article", "claim_is_lead",
)  # fmt: skip
_SPEAKERS = (
    "claim_has_speaker", "has_speaker", "is_same_speaker", "is_other_speaker", "claim_said_share",
    "said_share", "names_holder", "claim_names_speaker", "speakers_between", "holder_speaks_on",
    "is_direct", "claim_is_direct", "is_new_speaker",
)  # fmt: skip
_TONE = (
    "tone_against", "tone_for", "claim_tone_against", "claim_tone_for", "contests", "is_contested",
    "claim_contests", "claim_is_contested", "next_contests", "before_contests",
)  # fmt: skip
_VERBS = ("denying_verb", "denied_words", "claim_accuses", "contrast_at_once")
FEATURES = (
    *_NEAR, *(f"{name}_lead" for name in _NEAR), *(f"{name}_rank" for name in _NEAR),
    *_PLACE, *_SPEAKERS, *_TONE, *_VERBS, *OWN, *OF_TARGET, *OF_BOTH,
)  # fmt: skip
_BACK = 5
"""Sentences; of 385 contests that were marked, 12 answer what stands further back."""
_MOST_SENTENCES = 160
"""Each costs the encoder some milliseconds."""
_MOST_POSITIONS = 80
"""Those that sound most like a contest; time, not truth, ends here."""
_OPENING = 4
_SILENT = -5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence, a later one that may contest it, and the numbers named by `FEATURES`."""

    claim: Sentence
    position: Sentence
    features: Numbers


class Pairs:
    """The pairs of one article, by the later sentence."""

    def __init__(
        self,
        claims: Claims,
        denials: DenialReader,
        *,
        table: WordVectors,
        encoder: WordVectors,
        tone: Tone,
        inner: Tone,
    ) -> None:
        """Read every sentence once.

        Args:
            claims: The sentences of the article.
            denials: Tells the verbs that deny in them.
            table: Gives the vectors that `tone` weighs.
            encoder: Gives the vectors of what sentences mean, which are compared; `inner` weighs
                them: "rejects the blame" is near to "weist das zurück".
            tone: How comments sound that contest, or support.
            inner: How sentences of an article sound that contest, or are contested.
        """
        self._text, known = claims.article.text, claims.vocabulary
        body = claims.body[:_MOST_SENTENCES]
        spans = [(sentence.start, sentence.end) for sentence in body]
        reads = [
            Read(text=self._text, markers=read_markers(self._text, [span], known), known=known)
            for span in spans
        ]
        kept = [place for place, read in enumerate(reads) if read.markers and read.whole.words]
        self._claims = claims
        self._sentences = [body[place] for place in kept]
        self._reads = [reads[place] for place in kept]
        texts = [self._text[s.start : s.end][:LONGEST] for s in self._sentences]
        self._vectors = encoder.encode_documents(texts) if texts else np.zeros((0, 1), np.float32)
        self._tones = tone.of(texts, table.encode_documents(texts)) if texts else self._vectors
        self._inner = inner.of(texts, self._vectors) if texts else self._vectors
        self._denials = denials
        self._accuses = [bool(known.accuse_verbs.find(r.whole.words)) for r in self._reads]
        passages = [sentence.passage for sentence in self._sentences]
        paragraphs = {passage: place for place, passage in enumerate(dict.fromkeys(passages))}
        self._paragraphs = [paragraphs[passage] for passage in passages]
        self._begins = [not n or one != passages[n - 1] for n, one in enumerate(passages)]
        first = len(claims.sentences) - len(body)
        self._places = [place + first for place in kept]

    def __iter__(self) -> Iterator[list[Pair]]:
        """Yield the pairs of each sentence that may contest another, in reading order."""
        likely = np.argsort(-self._inner[1:, 0], kind="stable")[:_MOST_POSITIONS]
        for place in sorted(int(n) + 1 for n in likely):
            yield self._pairs(place)

    def _pairs(self, place: int) -> list[Pair]:
        earlier = range(max(0, place - _BACK), place)
        read, own = self._reads[place], self._sentences[place]
        nearness = self._claims.nearness(read.whole.stems)
        near = np.array(
            [
                (
                    nearness.get(self._places[n], 0.0),
                    self._vectors[n] @ self._vectors[place],
                    len(read.whole.forms.keys() & self._reads[n].whole.forms.keys()),
                )
                for n in earlier
            ],
            np.float32,
        )
        order = (-near).argsort(axis=0, kind="stable").argsort(axis=0)
        top = np.sort(near, axis=0)[::-1][:2]
        leads = near - np.where(order == 0, top[-1], top[0])
        verbs = self._verbs(place)
        pairs = []
        for row, n in enumerate(earlier):
            claim = self._sentences[n]
            features = (
                *near[row], *leads[row], *order[row],
                *self._place(n, place), *self._speakers(n, place),
                *self._tones[place], *self._tones[n], *self._inner[place], *self._inner[n],
                self._contests(place + 1), self._contests(place - 1),
                verbs[0], verbs[1], self._accuses[n], verbs[2],
                *read.own, *self._reads[n].as_target,
                *signs_of_both(read, self._reads[n], claim.speaker),
            )  # fmt: skip
            pairs.append(Pair(claim=claim, position=own, features=np.array(features, np.float32)))
        return pairs

    def _verbs(self, place: int) -> tuple[bool, bool, bool]:
        """Whether a sentence denies, names what is denied as words, and begins with a contrast."""
        known, words = self._claims.vocabulary, self._reads[place].whole.words
        contrasts = known.stance.contrasts.find(words)
        return (
            self._denials.verb(self._sentences[place]) is not None,
            any(known.refused_things.holds(word.folded) for word in words),
            any(found.first < _OPENING for found in contrasts),
        )

    def _contests(self, place: int) -> float:
        return float(self._inner[place, 0]) if place < len(self._inner) else _SILENT

    def _place(self, claim: int, place: int) -> tuple[float, ...]:
        return (
            place - claim,
            self._paragraphs[place] - self._paragraphs[claim],
            self._begins[place],
            self._begins[claim],
            place / len(self._sentences),
            math.log1p(len(self._sentences)),
            not claim,
        )

    def _speakers(self, claim: int, place: int) -> tuple[float, ...]:
        held, said = self._sentences[claim], self._sentences[place]
        holder, speaker = held.speaker, said.speaker
        both = holder is not None and speaker is not None
        is_same = same_speaker(holder, speaker)
        between = self._names(claim + 1, place)
        return (
            holder is not None,
            speaker is not None,
            is_same,
            both and not is_same,
            _said_share(held),
            _said_share(said),
            holder is not None and self._has(place, holder.name),
            speaker is not None and self._has(claim, f"{speaker.name} {speaker.role or ''}"),
            len(between),
            holder is not None and holder.name in between,
            any(statement.manner == "direct" for statement in said.statements),
            any(statement.manner == "direct" for statement in held.statements),
            speaker is not None and speaker.name not in self._names(0, place),
        )

    def _names(self, start: int, end: int) -> set[str]:
        return {s.speaker.name for s in self._sentences[start:end] if s.speaker is not None}

    def _has(self, place: int, names: str) -> bool:
        return not self._reads[place].whole.folded.isdisjoint(content_words(names))


def _said_share(sentence: Sentence) -> float:
    """Return how much of a sentence is said by somebody, in [0, 1]."""
    parts = [part for statement in sentence.statements for part in statement.parts]
    said = sum(max(0, min(e, sentence.end) - max(s, sentence.start)) for s, e in parts)
    return min(1.0, said / max(1, sentence.end - sentence.start))
