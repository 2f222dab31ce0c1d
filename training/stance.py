"""Fit the stance features on labelled reply trees, to measure what they carry.

The form is that of RumourEval 2019 (posts with parent, thread and a label: support, deny,
query, comment). Nothing fitted here is shipped: the licence of the posts does not allow it.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.disputes.conflict import Reading, conflict
from index.disputes.stance import read_markers, stance_of
from index.encoder import StaticEmbedder
from index.language.dispute_words import vocabulary
from index.language.phrase_patterns import read_words

LABELS = ("support", "deny", "query", "comment")
_NAMED = re.compile(r"@\w+|https?://\S+")
_REPEATED = re.compile(r"[“\"]@|\bRT\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post with what it answers and what its thread began with; `text` has no addresses."""

    text: str
    raw: str
    parent: str
    source: str
    depth: int
    label: str
    split: str


def read_posts(folder: Path) -> list[Post]:
    """Return the labelled posts of a RumourEval folder."""
    files = sorted(folder.glob("posts*.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in lines if line.strip()]
    by_id = {row["id"]: row for row in rows}
    posts = []
    for row in rows:
        if row.get("label") not in LABELS:
            continue
        parent = by_id.get(row.get("parent") or "")
        source = by_id.get(row.get("thread") or "")
        posts.append(
            Post(
                text=_plain(row["text"]),
                raw=row["text"],
                parent=_plain(parent["text"]) if parent else "",
                source=_plain(source["text"]) if source else "",
                depth=_depth(row, by_id),
                label=row["label"],
                split=row["split"],
            )
        )
    return posts


def shipped_label(post: Post) -> str:
    """Return the label that the shipped rules give a reply, without any fitting."""
    known = vocabulary("en")
    markers = read_markers(post.text, [(0, len(post.text))], known)
    stance = stance_of(markers, known)
    if stance is not None:
        names = {"questions": "query", "supports": "support"}
        return names.get(stance.relation, "deny")
    if any(item.is_question for item in markers):
        return "query"
    claim = Reading.of(post.parent, 0, len(post.parent), known)
    if conflict(claim, Reading.of(post.text, 0, len(post.text), known)) is not None:
        return "deny"
    return "support" if post.depth == 0 else "comment"


def stance_features(posts: Sequence[Post]) -> npt.NDArray[np.float32]:
    """Return markers, form, and likeness to parent and source, one row per post."""
    embedder = StaticEmbedder.open()
    own = embedder.encode_documents([post.text for post in posts])
    parents = embedder.encode_documents([post.parent for post in posts])
    sources = embedder.encode_documents([post.source for post in posts])
    marks = np.array([_marks(post) for post in posts], np.float32)
    likeness = np.stack([(own * parents).sum(axis=1), (own * sources).sum(axis=1)], axis=1)
    return np.hstack([marks, likeness])


def fit_and_predict(train: Sequence[Post], test: Sequence[Post]) -> list[str]:
    """Fit on some posts and return the labels of others.

    The mean of two fits: trees over the stance features, a regression over the words.
    """
    from sklearn.ensemble import ExtraTreesClassifier
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    labels = [post.label for post in train]
    trees = ExtraTreesClassifier(
        300,
        min_samples_leaf=4,
        max_features=0.3,
        class_weight="balanced_subsample",
        random_state=0,
    )
    trees.fit(stance_features(train), labels)
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    regression = LogisticRegression(C=3.0, max_iter=500, class_weight="balanced")
    regression.fit(words.fit_transform([post.text for post in train]), labels)
    shares = trees.predict_proba(stance_features(test))
    shares = shares + regression.predict_proba(words.transform([post.text for post in test]))
    return [str(trees.classes_[place]) for place in np.asarray(shares).argmax(axis=1)]


def _marks(post: Post) -> list[float]:
    known = vocabulary("en")
    markers = read_markers(post.text, [(0, len(post.text))], known)
    words = read_words(post.text)
    claim = Reading.of(post.parent, 0, len(post.parent), known)
    source = Reading.of(post.source, 0, len(post.source), known)
    own = Reading.of(post.text, 0, len(post.text), known)
    shared = len(own.stems.keys() & claim.stems.keys()) / max(1, len(own.stems))
    from_source = len(own.stems.keys() & source.stems.keys()) / max(1, len(own.stems))
    stance = known.stance
    return [
        float(sum(len(item.denies) for item in markers)),
        float(sum(len(item.mocks) for item in markers)),
        float(sum(len(item.questions) for item in markers)),
        float(sum(len(item.doubts) for item in markers)),
        float(sum(len(item.supports) for item in markers)),
        float(sum(item.is_question for item in markers)),
        float(post.text.rstrip().endswith("?")),
        float(bool(words) and stance.asks.holds(words[0].folded)),
        float(len(known.negators.find(words))),
        float(len(known.refutations.find(words))),
        float(len(known.hedges.find(words))),
        float(conflict(claim, own) is not None),
        float(conflict(source, own) is not None),
        shared,
        from_source,
        float(post.depth == 0),
        float(post.depth == 1),
        float(min(post.depth, 6)),
        float(np.log1p(len(words))),
        float("http" in post.raw),
        float("!" in post.raw),
        float(bool(_REPEATED.search(post.raw))),
        float(any(word.isupper() and len(word) > 3 for word in post.text.split())),
        *(float(shipped_label(post) == label) for label in LABELS),
    ]


def _plain(text: str) -> str:
    return " ".join(_NAMED.sub(" ", text).split())


def _depth(row: dict[str, str], by_id: dict[str, dict[str, str]]) -> int:
    depth = 0
    while row.get("parent") in by_id and depth < 50:
        row = by_id[row["parent"]]
        depth += 1
    return depth
