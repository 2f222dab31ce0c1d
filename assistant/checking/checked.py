"""What came of each sentence of a reply, and of the whole."""

from dataclasses import dataclass

from assistant.answer import Citation, Sentence
from index.language.words import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSentence:
    """What came of one sentence of a reply.

    Attributes:
        sentence: As it may be shown where it holds, with its verdict.
        citations: What carries it.
        reason: Why it does not hold, in words fit to show.
        nearest: The words of the page that it comes nearest to, where it cited some.
        corrections: What was done about its citations, in words fit to show.
    """

    sentence: Sentence
    citations: tuple[Citation, ...] = ()
    reason: str = ""
    nearest: tuple[Span, ...] = ()
    corrections: tuple[str, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether what it cites carries it."""
        return self.sentence.verdict == "supported"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedReply:
    """What came of each sentence of a reply, in order."""

    results: tuple[CheckedSentence, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Those that hold."""
        return tuple(result.sentence for result in self.results if result.is_held)

    @property
    def dropped(self) -> tuple[Sentence, ...]:
        """Those that do not."""
        return tuple(result.sentence for result in self.results if not result.is_held)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What carries those that hold, each once."""
        return tuple(dict.fromkeys(c for r in self.results if r.is_held for c in r.citations))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was corrected or dropped, in words fit to show."""
        return tuple(
            said
            for r in self.results
            for said in (
                *r.corrections,
                *(() if r.is_held else (f"dropped, {r.reason}: {r.sentence.text[:120]}",)),
            )
        )
