"""Make `within.json`, `within_read.json` and `within_tone.json` of `index/disputes` again.

    python -m training.within

Learned from the articles in `training/data/debate`: which sentence contests which earlier one. How
sentences sound is told by words of other pages alone, and the trees' and the reader's part is
learned from pages that neither has seen. Prints how much is found and how rightly on these.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from index.article import Article
from index.disputes.claims import TITLE, Claims, Sentence
from index.disputes.denials import DenialReader
from index.disputes.features import WordVectors
from index.disputes.pair_models import READ, READING, WEIGHTS, read_signs
from index.disputes.pairs import FEATURES, Pair, Pairs
from index.disputes.reader_words import read_pairs
from index.disputes.tone import INNER, LONGEST, Tone
from index.encoder import open_embedder, word_table
from index.encoder.regression import Numbers, logit
from index.language.dispute_words import vocabulary
from index.language.words import Span
from index.reading import read_bytes
from index.statements import find_statements
from training import tone as tones
from training import trees
from training.contest import SHORT_THREAD, target_asked_for
from training.question_pages import DATA
from training.reader_data import is_thread_held_out, written
from training.regression import fitted
from training.regression import write as write_regression
from training.tone import Heard

THRESHOLD, WORTH_READING = 0.45, -2.5
"""Of ten pairs told on articles of eight paragraphs six are marked, and so are seven of ten of the
sentences that contest; a higher one finds less, not more rightly."""
_FOLDS = 5
_PARTIAL = 0.25
"""What a pair counts there that is not marked."""
_STRENGTH = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A contest: where the claim is told, and the words against it."""

    claims: tuple[Span, ...]
    positions: tuple[Span, ...]

    def holds(self, pair: Pair) -> bool:
        """Whether a pair is this contest."""
        return _meets(pair.claim, self.claims) and _meets(pair.position, self.positions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The sentences of an article, and who contests what in it.

    `is_partial` says that not all contests are marked, `is_unread` that the reader has not learned
    the page, `is_whole` that it is as long as articles are.
    """

    claims: Claims
    contests: tuple["Marked", ...]
    is_partial: bool
    is_unread: bool
    is_whole: bool

    def holds(self, pair: Pair) -> bool:
        """Whether a pair is marked."""
        return any(contest.holds(pair) for contest in self.contests)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The pairs of a page and which are marked."""

    page: Page
    pairs: tuple[Pair, ...]
    marked: tuple[bool, ...]

    @property
    def features(self) -> Numbers:
        """The features of the pairs, (pairs, features)."""
        found = [pair.features for pair in self.pairs]
        return np.array(found, np.float32).reshape(-1, len(FEATURES))

    @property
    def weights(self) -> list[float]:
        """What each pair counts."""
        return [_PARTIAL if self.page.is_partial and not m else 1.0 for m in self.marked]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A likely pair of a page that nothing has learned, with its signs and whether it is right."""

    page: int
    pair: Pair
    signs: Numbers
    is_marked: bool
    weight: float


def pages_of() -> Iterator[Page]:
    """Yield the pages on which the words of every contest that is marked are marked too."""
    for _, row in written("debate"):
        within = [item for item in row["disputed"] if "article" in item["by"]]
        if not all("article" in item.get("words", {}) for item in within):
            continue
        given = {key: row[key] for key in ("title", "paragraphs", "comments")}
        article = read_bytes(json.dumps(given | {"language": row["lang"]}).encode())
        yield Page(
            claims=_claims(article),
            contests=tuple(
                Marked(
                    claims=_places(article.text, [item["claim"]]),
                    positions=_places(article.text, [item["words"]["article"]]),
                )
                for item in within
            ),
            is_partial=len(row["comments"]) > SHORT_THREAD,
            is_unread=is_thread_held_out(row["title"]),
            is_whole=False,
        )
    for line in (DATA / "contests.jsonl").read_text("utf-8").splitlines():
        marked = json.loads(line)
        article = read_bytes((DATA / marked["page"]).read_bytes())
        yield Page(
            claims=_claims(article),
            contests=tuple(
                Marked(
                    claims=_places(article.text, [item["claim"], *item.get("also", ())]),
                    positions=_places(article.text, [item["position"], *item.get("more", ())]),
                )
                for item in marked["contests"]
            ),
            is_partial=False,
            is_unread=True,
            is_whole=True,
        )


def _claims(article: Article) -> Claims:
    return Claims.of(article, find_statements(article), vocabulary(article.language))


def _places(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    return tuple(Span(text.index(each), text.index(each) + len(each)) for each in words)


def heard_on(pages: Sequence[Page]) -> Iterator[Heard]:
    """Yield the sentences of the articles: which contest another, which are contested."""
    for place, page in enumerate(pages):
        for sentence in page.claims.sentences:
            if sentence.passage != TITLE:
                contests = any(_meets(sentence, found.positions) for found in page.contests)
                contested = any(_meets(sentence, found.claims) for found in page.contests)
                is_known = contests or contested or not page.is_partial
                yield Heard(
                    text=page.claims.claim(sentence).text,
                    contests=contests,
                    supports=contested,
                    weight=1.0 if is_known else _PARTIAL,
                    page=place,
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The vectors of sentences that were read before."""

    vectors: dict[str, Numbers]

    def encode_documents(self, texts: Sequence[str]) -> Numbers:
        """Return them; see `index.disputes.features.WordVectors`."""
        return np.array([self.vectors[text] for text in texts], np.float32)


def rows_of(page: Page, inner: Tone, encoder: WordVectors) -> Rows:
    """Return what a page teaches."""
    found = Pairs(
        page.claims,
        DenialReader(page.claims),
        table=word_table(),
        encoder=encoder,
        tone=Tone.bundled(),
        inner=inner,
    )
    pairs = tuple(pair for group in found for pair in group)
    return Rows(page=page, pairs=pairs, marked=tuple(map(page.holds, pairs)))


def inner_of(heard: Sequence[Heard], vectors: dict[str, Numbers]) -> Tone:
    """Return how sentences of an article sound."""
    return tones.fitted(heard, vectors, of_vector=tones.OF_ENCODER)


def learned_from(rows: Sequence[Rows]) -> HistGradientBoostingClassifier:
    """Return the trees."""
    return trees.fitted(
        np.concatenate([item.features for item in rows]),
        [marked for item in rows for marked in item.marked],
        [weight for item in rows for weight in item.weights],
    )


def read_of(rows: Sequence[Rows], folds: np.ndarray) -> Iterator[Read]:
    """Yield the likely pairs of the pages that neither the trees nor the reader learned."""
    for fold in range(_FOLDS):
        model = learned_from([r for r, f in zip(rows, folds, strict=True) if f != fold])
        for place, item in enumerate(rows):
            if folds[place] != fold or not item.page.is_unread or not item.pairs:
                continue
            logits = model.decision_function(item.features)
            likely = list(map(int, np.flatnonzero(logits >= WORTH_READING)))
            claims = item.page.claims
            words = [
                (claims.claim(pair.claim).text, claims.claim(pair.position).text)
                for pair in (item.pairs[n] for n in likely)
            ]
            for n, word in zip(likely, read_pairs(words), strict=True):
                yield Read(
                    page=place,
                    pair=item.pairs[n],
                    signs=read_signs(float(logits[n]), word),
                    is_marked=item.marked[n],
                    weight=item.weights[n],
                )


def told_of(read: Sequence[Read]) -> Iterator[Read]:
    """Yield the pairs that would be told, by weights learned from other pages."""
    for fold in range(_FOLDS):
        weights, bias = _weights([item for item in read if item.page % _FOLDS != fold])
        best: dict[tuple[int, int], tuple[float, Read]] = {}
        for item in (item for item in read if item.page % _FOLDS == fold):
            excess = float(item.signs @ weights + bias) - logit(THRESHOLD)
            key = item.page, item.pair.position.start
            if excess >= max(0.0, best.get(key, (0.0,))[0]):
                best[key] = excess, item
        yield from (item for _, item in best.values())


def figures(told: Sequence[Read], pages: dict[int, Page]) -> dict[str, float]:
    """Return recall, precision and false alarms on some pages, by their places."""
    told = [item for item in told if item.page in pages]
    known = [(n, contest) for n, page in pages.items() for contest in page.contests]
    found = {(n, c) for n, c in known for t in told if t.page == n and c.holds(t.pair)}
    return {
        "articles": len(pages),
        "contests": len(known),
        "recall": round(len(found) / max(1, len(known)), 3),
        "precision": round(sum(t.is_marked for t in told) / max(1, len(told)), 3),
        "false alarms on clean articles": sum(not pages[t.page].contests for t in told),
        "clean articles": sum(not page.contests for page in pages.values()),
    }


def _weights(read: Sequence[Read]) -> tuple[Numbers, float]:
    signs, marked = np.array([item.signs for item in read]), [item.is_marked for item in read]
    return fitted(signs, marked, strength=_STRENGTH, weights=[item.weight for item in read])


def _meets(one: Span | Sentence, others: Sequence[Span]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def main() -> None:
    """Learn the weights and write them."""
    target = target_asked_for(__doc__)
    pages = list(pages_of())
    heard = list(heard_on(pages))
    folds = np.random.RandomState(0).randint(0, _FOLDS, len(pages))
    vectors = tones.vectors_of(heard, open_embedder("e5"))
    of_fold = [
        inner_of([h for h in heard if folds[h.page] != fold], vectors) for fold in range(_FOLDS)
    ]
    kept = Kept(vectors={text[:LONGEST]: vector for text, vector in vectors.items()})
    rows = [rows_of(page, of_fold[folds[place]], kept) for place, page in enumerate(pages)]
    tones.write(target / INNER, inner_of(heard, vectors))
    trees.write(target / WEIGHTS, FEATURES, learned_from(rows), worth_reading=WORTH_READING)
    read = list(read_of(rows, folds))
    weights, bias = _weights(read)
    write_regression(target / READING, READ, weights, bias, threshold=THRESHOLD)
    told = list(told_of(read))
    for name, is_long in (("whole articles", True), ("short ones", False)):
        some = {
            n: p
            for n, p in enumerate(pages)
            if p.is_unread and not p.is_partial and p.is_whole is is_long
        }
        print(json.dumps({name: figures(told, some)}))


if __name__ == "__main__":
    main()
