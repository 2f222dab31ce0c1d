"""Reads labelled reply trees and says what the shipped rules make of each reply.

The form is that of RumourEval 2019: posts with parent, thread and a label (support, deny, query,
comment). Their licence does not allow to ship what is fitted on them.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from index.disputes.conflict import Reading, conflict
from index.disputes.stance import read_markers, stance_of
from index.language.dispute_words import vocabulary

LABELS = ("support", "deny", "query", "comment")
_NAMED = re.compile(r"@\w+|https?://\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post with what it answers; `text` and `parent` have no addresses."""

    text: str
    parent: str
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
        posts.append(
            Post(
                text=_plain(row["text"]),
                parent=_plain(parent["text"]) if parent else "",
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


def _plain(text: str) -> str:
    return " ".join(_NAMED.sub(" ", text).split())


def _depth(row: dict[str, str], by_id: dict[str, dict[str, str]]) -> int:
    depth = 0
    while row.get("parent") in by_id and depth < 50:
        row = by_id[row["parent"]]
        depth += 1
    return depth
