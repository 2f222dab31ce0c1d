"""How a debate looks in a terminal: the claims most argued about, each with its arguments."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from assistant.formats.terminal import plain
from index.disputes import Argument, Contention, Debate

_CLAIMS = 5
_ARGUMENTS = 3
_QUARRELS = 2
_LONGEST = 160
"""Characters of a claim or an argument, so that the main ones fit on the first screen."""


def print_debate(debate: Debate) -> None:
    """Print the claims of the article, then the quarrels of readers, the most voices first."""
    console = Console(highlight=False)
    _print_group(debate.claims, console)
    if debate.among_readers:
        console.print("Among the readers themselves:", style="bold underline")
        _print_group(debate.among_readers, console)
    if not debate.claims and not debate.among_readers:
        console.print("Nothing is contested here, as far as we can see.")
    console.print(
        f"{debate.comments_read} comments read, {debate.comments_placed} take a position on a"
        f" known claim, {debate.comments_unplaced} show a stand that could not be placed",
        style="dim",
    )


def _print_group(contentions: Sequence[Contention], console: Console) -> None:
    for contention in contentions[:_CLAIMS]:
        _print_contention(contention, console)
    _print_rest(len(contentions) - _CLAIMS, "claims", console)


def _print_contention(contention: Contention, console: Console) -> None:
    console.print(Text(plain(_headed(contention)), style="bold"))
    for argument in contention.arguments[:_ARGUMENTS]:
        console.print(Text(plain(f"  {_told(argument)}")))
    _print_rest(len(contention.arguments) - _ARGUMENTS, "arguments", console)
    for quarrel in contention.quarrels[:_QUARRELS]:
        console.print(Text(plain(f"    answered: {_headed(quarrel)}")))
    _print_rest(len(contention.quarrels) - _QUARRELS, "answered arguments", console)


def _headed(contention: Contention) -> str:
    claim = contention.claim
    holder = claim.speaker.name if claim.speaker else "the article"
    voices = f"({contention.voices_against} against, {contention.voices_for} for)"
    return f"{holder}: {_short(claim.text)} [{claim.passage}] {voices}"


def _print_rest(count: int, what: str, console: Console) -> None:
    if count > 0:
        console.print(f"  … and {count} more {what}", style="dim")


def _told(argument: Argument) -> str:
    position = argument.position
    who = position.author or (position.speaker.name if position.speaker else "unknown")
    text = _short(position.text)
    return f"{argument.side} {argument.voices}: {text} — {who} [{position.passage}]"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"
