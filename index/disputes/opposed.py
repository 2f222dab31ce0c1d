"""Which sentence of an article is contested by which other one: a small trained model.

"He had called three times" stands against "the first call was answered at once". No verb denies;
what tells is who speaks, that both speak of one thing, another figure, a negation, a contrast and
what the words sound like. "Declined to say whether" and "last year 400" have some of these signs
too. Trees weigh them; they are a JSON file made by `training.opposed`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from index.disputes.claims import Claims, Sentence
from index.disputes.signs import OF_BOTH, OF_TARGET, Read, signs_of_both
from index.disputes.stance import read_markers
from index.disputes.tone import Tone
from index.disputes.verdicts import verdict_in
from index.disputes.features import WordVectors
from index.encoder.regression import Numbers
from index.encoder.trees import Trees
from index.language.dispute_words import Vocabulary
from index.language.phrase_patterns import PhraseSet
from index.language.words import content_words
from index.statements.matching import same_speaker

WEIGHTS = "opposed.json"
_VERBS = (
    "deny_verbs", "doubt_verbs", "refused_things", "not_disputed_things", "criticises",
    "accuse_verbs", "report_verbs", "reply_verbs", "parallel", "unproven", "count_verbs",
    "pointing", "such", "hedges", "modals", "refutations",
)  # fmt: skip
_ALONE = (
    *OF_TARGET, *_VERBS, "contrasts", "denies", "mocks", "doubts", "verdict", "speaks", "numbers",
    "tone_against", "tone_for",
)  # fmt: skip
_PAIR = (
    "distance", "follows", "in_paragraph", "cosine", "cosine_lead", "nearness", "nearness_lead",
    "same_speaker", "both_speak", "names_holder", "by_rule", "denied_by_rule", "claimed_by_rule",
    "sentences_of_article",
)  # fmt: skip
FEATURES = (
    *(f"claim_{name}" for name in _ALONE), *(f"denial_{name}" for name in _ALONE), *_PAIR, *OF_BOTH,
)  # fmt: skip
_BACK, _ON = 2, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sentences of an article: a claim and what may contest it."""

    claim: Sentence
    position: Sentence
    features: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class OpposedModel(Trees):
    """The trees, and the logit from which a pair counts."""

    least: float

    def opposed(self, pairs: Sequence[Pair]) -> list[Pair]:
        """Return for each sentence what it most likely contests, where that is likely."""
        if not pairs:
            return []
        logits = self.logits(np.array([pair.features for pair in pairs]))
        best: dict[int, int] = {}
        for place, pair in enumerate(pairs):
            if logits[place] >= self.least:
                other = best.get(pair.position.start)
                if other is None or logits[place] > logits[other]:
                    best[pair.position.start] = place
        return [pairs[place] for place in best.values()]


@cache
def opposed_model() -> OpposedModel:
    """Return the bundled trees."""
    return OpposedModel.bundled("index.disputes", WEIGHTS, FEATURES, made_by="training.opposed")


def pairs_of(
    claims: Claims,
    sentences: Sequence[Sentence],
    by_rule: Collection[tuple[int, int]],
    encoder: WordVectors,
    tone: Tone,
) -> Iterator[Pair]:
    """Yield the pairs of near sentences, measured.

    Args:
        claims: The claims of the article.
        sentences: Its sentences.
        by_rule: Where the claims and the denials start that verbs of denying show.
        encoder: Says how alike two sentences are.
        tone: Says what each sounds like.
    """
    if len(sentences) < 2:
        return
    text, known = claims.article.text, claims.vocabulary
    reads = [
        Read(text=text, markers=read_markers(text, [(s.start, s.end)], known), known=known)
        for s in sentences
    ]
    texts = [text[s.start : s.end] for s in sentences]
    vectors = encoder.encode_documents(texts)
    tones = tone.of(texts, vectors)
    alone = [
        (*_alone(sentence, read, text, known), *heard)
        for sentence, read, heard in zip(sentences, reads, tones, strict=True)
    ]
    cosines = vectors @ vectors.T
    denied = {claim for claim, _ in by_rule}
    denying = {denial for _, denial in by_rule}
    for place, position in enumerate(sentences):
        window = [
            other
            for other in range(max(0, place - _ON), min(len(sentences), place + _BACK + 1))
            if other != place and reads[other].markers and reads[place].markers
        ]
        near = [
            sum(claims.weight(w) for w in sentences[o].reading.stems.keys() & position.reading.stems.keys())
            for o in window
        ]
        for at, other in enumerate(window):
            claim = sentences[other]
            rest = [o for o in range(len(window)) if o != at]
            speakers = claim.speaker, position.speaker
            named = set(content_words(speakers[0].name)) if speakers[0] else set()
            features = (
                *alone[other],
                *alone[place],
                abs(place - other),
                place > other,
                claim.passage == position.passage,
                cosines[other, place],
                cosines[other, place] - max((cosines[window[o], place] for o in rest), default=0.0),
                near[at],
                near[at] - max((near[o] for o in rest), default=0.0),
                same_speaker(*speakers),
                all(speakers),
                any(word.folded in named for word in position.reading.words),
                (claim.start, position.start) in by_rule,
                position.start in denying,
                claim.start in denied,
                np.log1p(len(sentences)),
                *signs_of_both(reads[place], reads[other], speakers[0]),
            )
            yield Pair(
                claim=claim, position=position, features=np.array(features, np.float32)
            )


def _alone(sentence: Sentence, read: Read, text: str, known: Vocabulary) -> tuple[float, ...]:
    """Return what one sentence shows by itself, but for its tone."""
    words = sentence.reading.words
    sets: list[PhraseSet] = [getattr(known, name) for name in _VERBS]
    item = read.markers[0] if read.markers else None
    return (
        *(read.as_target if item else [0.0] * len(OF_TARGET)),
        *(len(phrases.find(words)) for phrases in sets),
        len(known.stance.contrasts.find(words)),
        *((len(item.denies), len(item.mocks), len(item.doubts)) if item else (0, 0, 0)),
        verdict_in(sentence, text, known) is not None,
        sentence.speaker is not None,
        len(sentence.reading.numbers),
    )
