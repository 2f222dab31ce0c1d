"""Make `assistant/extractive/continuing.json` again: what answers a question that goes on.

    python -m training.continuing

Learned from the conversations in `training/data/question_pages/talks.jsonl`, all written for this
project. They are played as the product answers by the kind of each question, so that it is learned
too what to do behind a wrong answer: played with the right ones, it was right less often. Prints
how often it is right on pages that were not learned, four folds of pages apart.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.extractive import composed
from assistant.extractive.composing import Draft
from assistant.extractive.continuing import FEATURES, LIKELY, WEIGHTS, chosen, measured
from assistant.extractive.inquiry import Inquiry
from assistant.learned import Learned
from assistant.locale import phrases
from assistant.question import (
    Memory,
    Question,
    follow_up,
    leaning,
    persons,
    remembered,
    somebodies,
    understand,
)
from assistant.settings import Settings
from index.encoder.regression import Numbers, probabilities
from index.encoder.static import StaticEmbedder
from index.library.article_index import ArticleIndex
from index.reading import read_bytes
from training.asked import Asked, pages_apart, share_of, stacked
from training.question_pages import DATA
from training.reader_data import is_marked, is_page_held_out
from training.regression import fitted, write

TARGET = Path(__file__).parent.parent / "assistant" / "extractive" / WEIGHTS
STRENGTH = 0.03
SURE = 0.15


class Talk:
    """A page to be asked, and how the product understands and answers by kind."""

    def __init__(self, page: str, index: ArticleIndex) -> None:
        self.page, self.index = page, index
        self.everybody = persons(index.article, index.statements, index.people)
        self.known = somebodies(index.article, self.everybody, index.people, index.statements)
        self.learned = Learned.open(Settings.from_environment())

    def understood(self, text: str, memory: Memory | None) -> Question:
        """Return a question as it is understood behind those before it."""
        question = understand(
            text,
            self.index.article,
            self.index.statements,
            everybody=self.everybody,
            spelling=self.index.spelling,
            before=memory.question if memory else None,
            classifier=self.learned.classifier,
        )
        return follow_up(question, memory) if memory else question

    def drafted(self, question: Question, memory: Memory | None) -> tuple[Question, Draft]:
        """Return what the kind of a question leads to, as the product asks for it."""
        draft = composed(question, self.index, reader=self.learned.reader)
        leant = leaning(question, memory, without_sign=True) if memory else question
        if draft.status != "not_in_article" or leant == question:
            return question, draft
        again = composed(leant, self.index, reader=self.learned.reader)
        return (question, draft) if again.status == "not_in_article" else (leant, again)


def played(talk: Talk, turns: Sequence[Any]) -> Iterator[Asked]:
    """Yield the questions of a conversation but the first."""
    memory: Memory | None = None
    for turn in turns:
        question, draft = talk.drafted(talk.understood(turn["q"], memory), memory)
        if memory is not None and memory.quoted:
            yield _asked(talk, question, draft, turn["answers"])
        memory = remembered(question, memory, draft.citations, talk.known)


def _asked(talk: Talk, question: Question, draft: Draft, marked: Sequence[str]) -> Asked:
    known = phrases(question.language)
    inquiry = Inquiry.begin(question, talk.index, known, talk.learned.reader)
    candidates, features = measured(inquiry, draft)
    texts = [one.span.of(talk.index.article.text) for one in candidates]
    return Asked(
        page=talk.page,
        features=features,
        answers=np.array([is_marked(text, marked) for text in texts], bool),
        is_answerable=bool(marked),
        drafted=any(is_marked(c.quote, marked) for c in draft.citations),
    )


def learned_from(questions: Sequence[Asked]) -> tuple[Numbers, float]:
    """Return weights and bias."""
    return fitted(*stacked(questions), strength=STRENGTH)


def figures(questions: Sequence[Asked]) -> dict[str, float]:
    """Return how often what is told answers on unseen pages, without and with what is learned."""
    told = FEATURES.index("told")
    before: list[bool] = []
    after: list[bool] = []
    for learned, unseen in pages_apart(questions):
        weights, bias = learned_from(learned)
        for item in unseen:
            if not item.is_answerable:
                continue
            shares = probabilities(item.features @ weights + bias)
            rows = chosen(shares)
            best = rows[0]
            keeps = (item.features[best, told] and shares[best] >= LIKELY) or shares[best] < SURE
            before.append(item.drafted)
            after.append(item.drafted if keeps else bool(item.answers[rows].any()))
    return {
        "questions": len(before),
        "answered by their kind": share_of(before),
        "answered": share_of(after),
    }


def main() -> None:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    questions: list[Asked] = []
    talks: dict[str, Talk] = {}
    for line in (DATA / "talks.jsonl").read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        page = row["page"]
        if not is_page_held_out(page):
            continue  # what the reader says of pages it has learned is surer than it may be
        if page not in talks:
            article = read_bytes((DATA / page).read_bytes())
            talks[page] = Talk(page, ArticleIndex.build(article, StaticEmbedder.open()))
        questions += played(talks[page], row["turns"])
    weights, bias = learned_from(questions)
    write(options.target, FEATURES, weights, bias, sure=SURE)
    print(json.dumps(figures(questions)))


if __name__ == "__main__":
    main()
