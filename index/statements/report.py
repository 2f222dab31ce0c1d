"""What one sentence reports: words, the cue that announces them, and who stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.statements.phrases import Phrase
from index.statements.tokens import Sentence, Token

Kind = Literal["clause", "quotation", "parenthesis", "source", "object", "infinitive", "noun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Words `start`..`end` of the article that a cue of the sentence announces.

    `phrase` names the speaker, where one stands beside the cue; `shared` means the subject
    of the verb before. `cue_start` orders reports and tells a frame from what it frames.
    `agentless` is a passive that names nobody ("it was said").
    `gap` are the characters of an attribution in the middle: "The plan, X said, will fail."
    """

    sentence: Sentence
    kind: Kind
    start: int
    end: int
    cue: str
    cue_start: int
    cue_end: int
    phrase: Phrase | None
    shared: bool = False
    agentless: bool = False
    gap: tuple[int, int] | None = None

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """The words before and behind an attribution in their middle, none without one."""
        if self.gap is None:
            return ()
        return (self.start, self.gap[0]), (self.gap[1], self.end)

    @property
    def tokens(self) -> Sequence[Token]:
        """The tokens of the sentence that the phrase points into."""
        return self.sentence.tokens


def opens_clause(report: Report) -> bool:
    """Whether nothing stands before the verb that could be its subject: « Aseguró que … »."""
    if report.kind in ("source", "noun"):
        return False
    tokens = report.tokens
    verb = next(i for i, token in enumerate(tokens) if token.end > report.cue_start)
    before = verb - 1
    while before >= 0 and tokens[before].has("adverbs", "times", "objects", "negations"):
        before -= 1
    if before >= 0 and not (
        tokens[before].kind in ("punctuation", "quotation")
        or tokens[before].has("coordinators", "complementizers")
    ):
        return False
    behind = next((token for token in tokens if token.start >= report.cue_end), None)
    return behind is None or not (behind.capital or behind.has("determiner", "title"))
