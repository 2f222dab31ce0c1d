"""Make `assistant/extractive/continuing.json` again: what answers a question that goes on.

    python -m training.continuing

Learned from the conversations in `training/data/talks`, all written for this project. Each is
played twice: with what the product answers, and with what it should have answered, so that it is
learned what stands beside a right answer and what to do behind a wrong one. Prints how often it
is right on pages that were not learned, four folds of pages apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answer import Citation, cite
from assistant.extractive import composed
from assistant.extractive.composing import Draft
from assistant.extractive.continuing import FEATURES, WEIGHTS, Candidate, measured
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
from index.encoder.regression import Numbers
from index.language.words import fold
from index.library.article_index import ArticleIndex
from training.regression import fitted

DATA = Path(__file__).parent / "data" / "talks"
TARGET = Path(__file__).parent.parent / "assistant" / "extractive" / WEIGHTS
STRENGTH = 0.1
SURE = 0.25
_FOLDS = 4
_SHORTEST = 15
"""Characters of a sentence that may itself be part of the marked words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that goes on: what was read, whether each answers, whether the draft does."""

    page: str
    text: str
    features: Numbers
    answers: np.ndarray
    is_answerable: bool
    drafted: bool


def played(page: str, index: ArticleIndex, turns: Sequence[Any], *, forced: bool) -> Iterator[Asked]:
    """Yield the questions of a conversation but the first; `forced` with the right answers."""
    learned = Learned.open(Settings.from_environment())
    article = index.article
    everybody = persons(article, index.statements, index.people)
    known = somebodies(article, everybody, index.people, index.statements)
    memory: Memory | None = None
    for turn in turns:
        question = understand(
            turn["q"],
            article,
            index.statements,
            everybody=everybody,
            spelling=index.spelling,
            before=memory.question if memory else None,
            classifier=learned.classifier,
        )
        draft: Draft
        if memory is None:
            draft = composed(question, index, reader=learned.reader)
        else:
            question = follow_up(question, memory)
            draft = composed(question, index, reader=learned.reader)
            if draft.status == "not_in_article":
                leant = leaning(question, memory)
                again = composed(leant, index, reader=learned.reader) if leant != question else draft
                if again.status != "not_in_article":
                    question, draft = leant, again
        marked = [fold(words) for words in turn["answers"]]
        if memory is not None and question.before:
            yield _asked(page, index, question, draft, marked, learned)
        cited: Sequence[Citation] = draft.citations
        if forced and marked:
            cited = _right(index, marked) or cited
        memory = remembered(question, memory, cited, known)


def _asked(
    page: str,
    index: ArticleIndex,
    question: Question,
    draft: Draft,
    marked: Sequence[str],
    learned: Learned,
) -> Asked:
    inquiry = Inquiry.begin(question, index, phrases(question.language), learned.reader)
    candidates, features = measured(inquiry, draft)
    texts = [_text(index, each) for each in candidates]
    return Asked(
        page=page,
        text=question.text,
        features=features,
        answers=np.array([is_marked(text, marked) for text in texts]),
        is_answerable=bool(marked),
        drafted=any(is_marked(fold(c.quote), marked) for c in draft.citations),
    )


def _text(index: ArticleIndex, one: Candidate) -> str:
    return fold(one.span.of(index.article.text))


def _right(index: ArticleIndex, marked: Sequence[str]) -> list[Citation]:
    """Return citations of the passages that should have been quoted."""
    article, found = index.article, []
    for passage in article.passages:
        text = fold(passage.text)
        if any(words in text for words in marked):
            said = next((s for s in index.statements if s.passage == passage.label), None)
            speaker = said.speaker.name if said and said.speaker and said.source == "article" else None
            span = _sentence(article.text, passage.start, passage.end, marked)
            found.append(cite(article, *span, speaker=speaker)[0])
    return found[:2]


def _sentence(text: str, start: int, end: int, marked: Sequence[str]) -> tuple[int, int]:
    from index.language.sentences import sentence_spans

    for span in sentence_spans(text, start, end):
        if is_marked(fold(span.of(text)), marked):
            return span.start, span.end
    return start, end


def is_marked(text: str, marked: Sequence[str]) -> bool:
    """Whether a folded text holds the marked words or is part of them."""
    return any(words in text or (len(text) > _SHORTEST and text in words) for words in marked)


def learned_from(questions: Sequence[Asked]) -> tuple[Numbers, float]:
    """Return weights and bias; a question whose answer was not read teaches nothing."""
    told = [item for item in questions if item.answers.any() or not item.is_answerable]
    features = np.concatenate([item.features for item in told if len(item.features)])
    answers = np.concatenate([item.answers for item in told if len(item.features)])
    return fitted(features, answers.astype(bool).tolist(), strength=STRENGTH)


def figures(questions: Sequence[Asked], *, sure: float = SURE) -> dict[str, float]:
    """Return how often what is told answers on unseen pages, before and with what is learned."""
    pages = sorted({item.page for item in questions})
    before: list[bool] = []
    after: list[bool] = []
    best_of: list[bool] = []
    held: list[bool] = []
    told = FEATURES.index("told")
    for number in range(_FOLDS):
        unseen = set(pages[number::_FOLDS])
        weights, bias = learned_from([item for item in questions if item.page not in unseen])
        for item in questions:
            if item.page not in unseen or not item.is_answerable or not len(item.features):
                continue
            shares = 1 / (1 + np.exp(-(item.features @ weights + bias)))
            best = int(shares.argmax())
            keeps = bool(item.features[best][told]) or shares[best] < sure
            before.append(item.drafted)
            after.append(item.drafted if keeps else bool(item.answers[best]))
            best_of.append(bool(item.answers[best]))
            held.append(bool(item.answers.any()))
    names = ("drafted", "told", "likeliest", "read")
    return dict(zip(names, (round(float(np.mean(x)), 3) for x in (before, after, best_of, held)), strict=True)) | {"n": len(before)}
