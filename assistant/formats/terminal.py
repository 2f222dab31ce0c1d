"""How answers and articles look in a terminal: rich text on standard output.

Words of others are printed as plain text: markup and control characters in them do nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.live import Live
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TransferSpeedColumn,
)
from rich.table import Table
from rich.text import Text

from assistant.answer import EXTRACTIVE, Answer, AnswerDraft
from assistant.doctor import Check
from index.article import Article
from index.disputes import Dispute
from index.library.changes import Changes
from index.library.entry import Entry
from index.statements import QuotationCheck, Statement

if TYPE_CHECKING:
    from assistant.formats.verification import Verification
    from assistant.model.local import PullProgress
    from index.encoder.fetching import FetchProgress

Item = TypeVar("Item")

_LANE_STYLE = {"article": "cyan", "readers": "yellow", "assistant": "bold"}
_SLOW_ITEMS = 2
_DOWNLOAD_COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    DownloadColumn(),
    TransferSpeedColumn(),
)


def _console() -> Console:
    return Console(highlight=False)


def plain(text: str) -> str:
    """Return text without control characters, which a terminal would obey."""
    return "".join(
        character for character in text if character.isprintable() or character in "\n\t"
    )


def print_answer(answer: Answer) -> None:
    """Print an answer with its lanes in colours, warnings last."""
    console = _console()
    for sentence in answer.sentences:
        line = Text(plain(sentence.text), style=_LANE_STYLE[sentence.lane])
        console.print(line, soft_wrap=True)
    for warning in answer.warnings:
        console.print(Text(plain(warning), style="dim"))
    for sentence in answer.dropped:
        console.print(Text(plain(sentence.text), style="dim strike"))
    if answer.engine != EXTRACTIVE:
        console.print(Text(f"written by {plain(answer.engine)}, every sentence checked", "dim"))


def print_stream(stream: Iterable[AnswerDraft | Answer]) -> None:
    """Show an answer of a model as it grows, on standard error; print it when it is checked."""
    with Live(console=Console(stderr=True), transient=True, auto_refresh=False) as live:
        for item in stream:
            if isinstance(item, Answer):
                answer = item
            elif item.engine != EXTRACTIVE:
                live.update(Text(plain(item.text), style="dim"), refresh=True)
    print_answer(answer)


def print_article(article: Article) -> None:
    """Print the passages and comments with their labels."""
    console = _console()
    for passage in article.passages:
        comment = article.comment_of(passage)
        label = Text(f"{passage.label:>7} ", style="dim")
        if comment is not None:
            when = comment.posted_at_text or ""
            label.append(plain(f"{comment.author or '?'} {when} "), style="yellow")
            label.append(f"{comment.score:+d} " if comment.score is not None else "")
        console.print(
            label + Text(plain(passage.text), style="bold" if passage.kind == "title" else "")
        )
    for warning in article.warnings:
        console.print(Text(plain(warning), style="dim"))


def print_statements(statements: Sequence[Statement], *, speaker: str | None = None) -> None:
    """Print who said what as a table in reading order; a line where nobody of a name speaks."""
    if not statements:
        nobody = f"Nobody called {speaker} speaks here." if speaker else "Nobody speaks here."
        _console().print(Text(plain(nobody)))
        return
    table = Table("passage", "speaker", "manner", "words", show_lines=False)
    for statement in statements:
        who = statement.speaker.name if statement.speaker else "unknown"
        via = f" (via {', '.join(statement.via)})" if statement.via else ""
        table.add_row(
            statement.passage,
            Text(plain(who + via)),
            statement.manner,
            Text(plain(statement.text)),
        )
    _console().print(table)


def print_disputes(disputes: Sequence[Dispute]) -> None:
    """Print each claim with its objections."""
    console = _console()
    for dispute in disputes:
        claim = dispute.claim
        holder = claim.speaker.name if claim.speaker else "the article"
        console.print(Text(plain(f"{holder}: {claim.text} [{claim.passage}]"), style="bold"))
        for position in (*dispute.contested_by, *dispute.supported_by):
            who = position.author or (position.speaker.name if position.speaker else "unknown")
            by = f" (found by {position.judged_by})" if position.judged_by else ""
            line = f"  {position.relation}{by}, {who}: {position.text} [{position.passage}]"
            console.print(Text(plain(line)))
        console.print(
            f"  voices against {dispute.voices_against}, for {dispute.voices_for}, "
            f"anonymous among them {dispute.voices_anonymous}",
            style="dim",
        )
    if not disputes:
        console.print("Nothing is contested here, as far as we can see.")


def print_check(check: QuotationCheck) -> None:
    """Print the verdict on a quotation and whose words they are."""
    console = _console()
    console.print(check.verdict, style="bold")
    if check.statement is not None:
        speaker = check.statement.speaker.name if check.statement.speaker else "unknown"
        console.print(Text(plain(f"{speaker}: {check.statement.text} [{check.statement.passage}]")))
    for difference in check.differences:
        console.print(Text(plain(f"  {difference}")))


def print_entries(entries: Sequence[Entry]) -> None:
    """Print articles of the library as a table."""
    table = Table("id", "title", "language", "passages", "comments", "added")
    for entry in entries:
        table.add_row(
            entry.id,
            Text(plain(entry.title or "")),
            entry.language,
            str(entry.passages),
            str(entry.comments),
            f"{entry.added_at:%Y-%m-%d %H:%M}",
        )
    _console().print(table)


def print_changes(changes: Sequence[Changes | None]) -> None:
    """Print what changed in articles that were read again."""
    for change in changes:
        if change is not None:
            _console().print(Text(plain(change.summary()), style="dim"))


def print_checks(checks: Sequence[Check]) -> None:
    """Print what the doctor found, with what to do where something is wrong."""
    console = _console()
    for check in checks:
        mark = Text("ok  " if check.ok else "no  ", style="green" if check.ok else "red")
        console.print(mark + Text(plain(f"{check.name}: {check.detail}")))
        if check.fix:
            console.print(Text(plain(f"    {check.fix}"), style="dim"))


def print_pull(parts: Iterable["PullProgress | FetchProgress"], model: str) -> None:
    """Show how far the download of a model is, on standard error."""
    with Progress(*_DOWNLOAD_COLUMNS, console=Console(stderr=True)) as bar:
        task = bar.add_task(plain(model), total=None)
        for part in parts:
            bar.update(
                task,
                description=plain(f"{model}: {part.status}"),
                completed=part.completed_bytes,
                total=part.total_bytes,
            )


def print_verification(found: "Verification") -> None:
    """Print whether a proof holds, with each fault."""
    console = _console()
    verdict = Text("holds", style="green") if found.holds else Text("does not hold", style="red")
    console.print(
        verdict
        + Text(
            f": {found.answers} answer(s), {found.citations} citation(s), "
            f"{found.compared} compared with the article",
            style="default",
        )
    )
    if found.signed_by:
        console.print(Text(plain(f"  signed by {found.signed_by}"), style="dim"), soft_wrap=True)
    for fault in found.faults:
        console.print(Text(plain(f"  {fault}"), style="red"))
    for note in found.notes:
        console.print(Text(plain(f"  {note}"), style="dim"))


def counted(items: Iterable[Item], what: str) -> Iterator[Item]:
    """Yield the items, and count them on standard error where there are several."""
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,.0f}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, visible=False)
        for number, item in enumerate(items, start=1):
            bar.update(task, completed=number, visible=number >= _SLOW_ITEMS)
            yield item
