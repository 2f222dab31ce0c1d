"""Asks one case after the other, each article opened once, and measures the answers."""

import json
import shutil
import time
import weakref
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from assistant.answer import EXTRACTIVE
from assistant.ask import Assistant, Conversation
from assistant.errors import AssistantError
from assistant.evaluation.cases import Case, data_sets
from assistant.evaluation.cases.dresses import CROWD, courtesies
from assistant.evaluation.cases.entries import read_entries
from assistant.evaluation.gold import Gold
from assistant.evaluation.judging import Page, judge
from assistant.evaluation.marked import Score, score_disputes, score_statements
from assistant.evaluation.metrics.table import Measured, measures, measures_of_failure
from assistant.evaluation.provenance import LOCAL_SERVER, model_digest
from assistant.evaluation.record import Cost, Judged, Record, cost_of
from assistant.evaluation.recorded import ENGINE as RECORDED
from assistant.evaluation.recorded import WITHOUT_MODEL, recorded_answer
from assistant.evaluation.working import Task
from assistant.settings import Settings
from index.article import Article
from index.article_json import article_to_json
from index.encoder import open_embedder
from index.library.library import Library
from index.reading import read_bytes

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.evaluation.faithfulness import FaithfulnessJudge
    from assistant.model import ChatModel

_OPEN_ARTICLES = 8
_CROWD = 9
"""Further comments for each that is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How the cases of a run are asked.

    `judge` is the tag of a model that judges answers, `gold` what people marked, by the file
    name of the page, `replies` the folder in which those of the model are kept.
    """

    engine: str
    judge: str | None = None
    judge_cache: Path | None = None
    replies: Path | None = None
    gold: Mapping[str, Gold] = field(default_factory=dict)


class Asker:
    """Asks cases, perhaps on another machine. Keeps few articles open, as memory is limited."""

    def __init__(self, asking: Asking) -> None:
        settings = Settings.from_environment()
        # Two may not write to one library, and that of the user stays as it is.
        self._workplace = Path(mkdtemp(prefix="assistant-"))
        weakref.finalize(self, shutil.rmtree, self._workplace, ignore_errors=True)
        self._asking = asking
        self._embedder = open_embedder(settings.embedder)
        self._users_library = Library(settings.home)
        self._open: OrderedDict[str, Assistant] = OrderedDict()
        self._talk: tuple[tuple[str | None, str, tuple[str, ...]], Conversation] | None = None
        self._carried: tuple[Path, dict[int, Any]] | None = None
        self._judge: FaithfulnessJudge | None = None
        if asking.judge is not None:
            from assistant.evaluation.faithfulness import open_judge

            self._judge = open_judge(asking.judge, cache=asking.judge_cache)
        self._llm = _llm(asking, settings)

    def marked(self, articles: Iterable[str]) -> dict[str, Score]:
        """Return how much of what people marked on some of the articles is found there."""
        statements, disputes = [], []
        for reference in articles:
            gold = self._asking.gold.get(Path(reference).name)
            if gold is not None:
                assistant = self._assistant(reference, is_crowded=False)
                statements.append((gold, assistant.statements()))
                disputes.append((gold, assistant.disputes()))
        scores = {
            "statements": score_statements(statements),
            "disputes": score_disputes(disputes),
        }
        return {name: score for name, score in scores.items() if score.marked}

    def __call__(self, batch: Iterable[Task]) -> tuple[Record, ...]:
        """Return the records of some cases; a failure is recorded, and the run goes on."""
        return tuple(self._asked(task.position, task.case) for task in batch)

    def _asked(self, position: int, case: Case) -> Record:
        started = time.perf_counter()
        try:
            assistant = self._assistant(case.article, is_crowded=case.dress == CROWD)
            return self._answered(position, case, assistant)
        except AssistantError as error:
            failure = str(error)
        except Exception as error:  # noqa: BLE001 one case may not end a night's run
            failure = f"{type(error).__name__}: {error}"
        return Record(
            position=position,
            case=case,
            status="failed",
            failure=failure,
            faults=("failed",),
            measures=measures_of_failure(),
            cost=Cost(seconds=round(time.perf_counter() - started, 6)),
        )

    def _answered(self, position: int, case: Case, assistant: Assistant) -> Record:
        article = assistant.article
        page = Page(
            article=article,
            statements=assistant.statements(),
            disputes=assistant.disputes(),
            gold=self._asking.gold.get(Path(case.article).name),
        )
        if self._asking.engine == RECORDED:
            answer = recorded_answer(case, article, page.statements)
        else:
            answer = self._answer(case, assistant)
        judgement = judge(case, answer, page)
        measured = Measured(
            case=case,
            answer=answer,
            judgement=judgement,
            article=article,
            by_model=self._by_model(answer),
        )
        return Record.model_validate(
            {
                "position": position,
                "case": case,
                "article_title": article.title,
                "article_language": article.language,
                "status": answer.status,
                "language": answer.language,
                "engine": answer.engine,
                "sentences": answer.sentences,
                "dropped": answer.dropped,
                "citations": answer.citations,
                "retrieved": tuple(item.label for item in answer.retrieved),
                "warnings": answer.warnings,
                "faults": judgement.faults,
                "harms": judgement.harms,
                "verdict": answer.verdict,
                "measures": measures(measured),
                "judged": self._judged(answer),
                "cost": cost_of(answer),
            }
        )

    def _answer(self, case: Case, assistant: Assistant) -> "Answer":
        """Return the answer; that of a turn in its conversation, asked again where it was cut."""
        place = (case.conversation, case.article, case.before)
        if self._talk is not None and self._talk[0] == place:
            talk = self._talk[1]
        else:
            talk = assistant.conversation()
            for question in case.before:
                talk.ask(question)
        answer = talk.ask(case.question)
        self._talk = (place[0], place[1], (*case.before, case.question)), talk
        return answer

    def _by_model(self, answer: "Answer") -> bool | None:
        """Return whether the model that was asked wrote the answer; None without a model."""
        if self._asking.engine in WITHOUT_MODEL:
            return None
        return answer.engine != EXTRACTIVE

    def _judged(self, answer: "Answer") -> Judged | None:
        if self._judge is None or answer.status == "not_in_article":
            return None
        return self._judge.judge(answer)

    def _assistant(self, reference: str, *, is_crowded: bool) -> Assistant:
        """Return the assistant of an article, one of the last few that were asked."""
        place = f"{reference}\0{CROWD}" if is_crowded else reference
        known = self._open.pop(place, None)
        if known is None:
            known = Assistant.open(
                self._crowded(reference) if is_crowded else self._source(reference),
                llm=self._llm,
                embedder=self._embedder,
                home=self._workplace,
            )
        self._open[place] = known
        if len(self._open) > _OPEN_ARTICLES:
            self._open.popitem(last=False)
        return known

    def _crowded(self, reference: str) -> Article:
        """Return an article with ten times its comments; the others say nothing to the point."""
        article = self._assistant(reference, is_crowded=False).article
        chatter = courtesies(article.language)["chatter"]
        record = article_to_json(article)
        told = ("title", "language", "author", "outlet", "url", "published_at", "comments")
        content = {name: record[name] for name in told}
        content["paragraphs"] = [p.text for p in article.body() if p.kind != "title"]
        last = max((int(c.number.split(".")[0]) for c in article.comments), default=0)
        content["comments"] += [
            {
                "number": str(last + n),
                "author": f"passer_by_{n}",
                "text": f"{chatter[n % len(chatter)]} {n}",
            }
            for n in range(1, 1 + _CROWD * max(len(article.comments), 1))
        ]
        return read_bytes(json.dumps(content).encode(), source_key=f"{article.id} {CROWD}")

    def _source(self, reference: str) -> str | Article:
        """Return what a case names: an entry of a file, an article of the library, or a path."""
        named = data_sets.entry_named(reference)
        if named is not None and named[0].is_file():
            return self._carried_article(*named)
        if not Path(reference).exists() and reference in self._users_library.ids():
            return self._users_library.article(reference)
        return reference

    def _carried_article(self, file: Path, position: int) -> Article:
        if self._carried is None or self._carried[0] != file:
            self._carried = file, {entry.position: entry.content for entry in read_entries(file)}
        if position not in self._carried[1]:
            raise AssistantError(f"{file} carries no article at #{position}")
        content = self._carried[1][position]
        return data_sets.carried_article(content, source_key=f"{file.name}#{position}")


def _llm(asking: Asking, settings: Settings) -> "str | ChatModel | None":
    if asking.engine in WITHOUT_MODEL:
        return None
    tag = asking.engine.removeprefix(LOCAL_SERVER)
    if asking.replies is None:
        return tag
    from assistant.evaluation.replies import RememberingModel
    from assistant.model import open_model

    digest = model_digest(asking.engine)
    return RememberingModel(open_model(tag, settings), digest=digest, folder=asking.replies)
