"""How reliable is an engine on this page? Asked of it, before anyone relies on it."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.ask import Assistant
from assistant.errors import AssistantError
from assistant.evaluation.harms import Harm
from assistant.evaluation.judging import Page, judge
from assistant.evaluation.provenance import model_digest
from assistant.evaluation.selftest.construction import LABELS, known_cases
from index.article import Article
from index.article_json import to_json
from index.library.durable import replace_file


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfQuestion:
    """How many questions of one kind were asked, and answered rightly."""

    name: str
    label: str
    asked: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A question that was answered wrongly, with the reason and the answer."""

    kind: str
    question: str
    reason: str
    answer: str
    harms: tuple[Harm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """What came out: counts by kind of question, every fault, and what the page lets nobody test.

    What needs a reader's judgement is never among the questions: whether a summary has the main
    points, who disputes what in other words, and whether an answer is all there is to say.
    """

    title: str
    engine: str
    kinds: tuple[KindOfQuestion, ...]
    faults: tuple[Fault, ...]
    untested: tuple[str, ...]

    @property
    def asked(self) -> int:
        """How many questions were asked."""
        return sum(kind.asked for kind in self.kinds)

    @property
    def right(self) -> int:
        """How many of them were answered rightly."""
        return sum(kind.right for kind in self.kinds)

    @property
    def verdict(self) -> str:
        """The outcome in one sentence."""
        wrong_speakers = sum("false_attribution" in fault.harms for fault in self.faults)
        invented = sum(fault.kind == "absent" for fault in self.faults)
        return (
            f"{self.engine} answered {self.right} of {self.asked} questions on this page rightly; "
            f"words given to a wrong speaker: {wrong_speakers}, "
            f"answers about names that do not occur: {invented}."
        )

    def as_json(self) -> dict[str, Any]:
        """Return the form of `assistant selftest --json`."""
        counts = {"asked": self.asked, "right": self.right}
        return {"title": self.title, "engine": self.engine, **counts, **to_json(self)}


def examine(
    source: str | Path | Article,
    *,
    engine: str = "extractive",
    home: Path | None = None,
    out: Path | None = None,
) -> Reliability:
    """Ask a page questions whose answers are known by construction, and count.

    Args:
        source: The page.
        engine: Answers.
        home: The library's folder; else what the environment says.
        out: File of the questions, in the form of cases; None for none.

    Raises:
        UnreadableArticleError: There is no article in the source.
        AssistantError: The engine cannot be used, or nothing on the page can be asked for.
    """
    model_digest(engine)  # a model that cannot be reached is no engine to test
    assistant = Assistant.open(source, llm=engine, home=home)
    article = assistant.article
    statements = assistant.statements()
    disputes = assistant.disputes()
    page = Page(article=article, statements=statements, disputes=disputes)
    cases = known_cases(article, statements, disputes)
    if not cases:
        raise AssistantError("this page has nothing to ask for: no quotation, number or comment")
    if out is not None:
        lines = (case.model_dump_json(exclude_defaults=True) + "\n" for case in cases)
        replace_file(out, "".join(lines).encode())
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    faults = []
    for case in cases:
        answer = assistant.ask(case.question)
        judgement = judge(case, answer, page)
        kind = case.type or ""
        asked[kind] += 1
        right[kind] += judgement.is_right
        if not judgement.is_right:
            fault = Fault(
                kind=kind,
                question=case.question,
                reason="; ".join(judgement.faults),
                answer=answer.text,
                harms=judgement.harms,
            )
            faults.append(fault)
    return Reliability(
        title=article.title or article.id,
        engine=engine,
        kinds=tuple(
            KindOfQuestion(name=name, label=label, asked=asked[name], right=right[name])
            for name, label in LABELS.items()
            if asked[name]
        ),
        faults=tuple(faults),
        untested=tuple(label for name, label in LABELS.items() if not asked[name]),
    )
