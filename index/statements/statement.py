"""Who said what: every statement of an article and its thread, with its speaker.

Finding them is the work of the other files of this room; a question about them that of `assistant`.
"""

from dataclasses import dataclass
from typing import Literal

Manner = Literal["direct", "mixed", "indirect", "comment"]
Reason = Literal["unnamed", "ambiguous"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Someone who says something on the page.

    `name` is the fullest name the page gives, `as_written` the words that name them here
    ("le ministre turc", "il"), `role` what the page says they are ("ministre turc de la
    Défense nationale"). `aliases` are the other forms under which the page names them.
    """

    name: str
    as_written: str
    role: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words that somebody said, or is reported to have said.

    `start` and `end` are characters of `Article.text`, half-open, without the quotation
    marks around them, and `article.text[start:end] == text`. `speaker` is None where the
    text leaves it open. `cue` is the expression that makes it a statement ("a souligné"),
    None for a comment. `passage` is the label of the passage it lies in. `via` names those
    who pass it on, outermost first: ("Anadolu",) where the agency reports it.
    `spans` are the stretches that are said where an attribution splits them ("The plan," X
    said, "will fail." is one statement with two), empty where `start` to `end` is one.
    `reason` says why nobody is named: the text names none, or two fit.
    """

    speaker: Speaker | None
    manner: Manner
    text: str
    start: int
    end: int
    cue: str | None
    passage: str
    source: Literal["article", "comment"]
    via: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    reason: Reason | None = None

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """The stretches of `Article.text` that are said, in order, half-open."""
        return self.spans or ((self.start, self.end),)
