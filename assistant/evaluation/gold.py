"""What people marked on a page: who said which words, and who contests which claim.

Two forms are read: fragments of the words (`{"article", "statements": [{"fragment", "speaker"}],
"disputes": [{"claim", "contested_by", "words"}]}`, alternatives parted by `|`), and the lines of
an annotated corpus (`{"file", "statements": [{"text", "speaker", "aliases"}]}`).
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.errors import CasesError
from assistant.evaluation.cases.case import first_fault
from assistant.evaluation.cases.entries import read_entries
from index.language.words import spaced_words

_LONG = 6
"""Words of a part of a marked statement that are surely of it."""


class _Form(BaseModel):
    # Corpora carry more (cues, manners); only these mean something here.
    model_config = ConfigDict(extra="ignore", frozen=True)


class GoldStatement(_Form):
    """Words of a page and whose they are; None where the page names nobody."""

    words: str = Field(validation_alias=AliasChoices("fragment", "text", "words"))
    speaker: str | None
    aliases: tuple[str, ...] = ()
    optional: bool = False


class GoldDispute(_Form):
    """A claim, who contests it, and words in which they do."""

    claim: str
    contested_by: str
    words: str


class Gold(_Form):
    """What was marked on one page; `article` ends with the name of its file."""

    article: str = Field(validation_alias=AliasChoices("article", "file", "page"))
    statements: tuple[GoldStatement, ...] = ()
    disputes: tuple[GoldDispute, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_positions(cls, entry: Any) -> Any:
        """Read the claims and positions of a corpus; whoever supports a claim contests none."""
        if not isinstance(entry, dict) or "positions" not in entry:
            return entry
        claims = {
            claim["id"]: "|".join(
                [claim["text"], *(also["text"] for also in claim.get("also", ()))]
            )
            for claim in entry.get("claims", ())
        }
        disputes = [
            {"claim": claims.get(p["claim"], ""), "contested_by": p["by"], "words": p["words"]}
            for p in entry["positions"]
            if p.get("stance") != "supports" and p.get("by")
        ]
        return {**entry, "disputes": disputes}

    def owners(self, words: str, *, are_readers: bool) -> dict[str, str]:
        """Return who is marked as the speaker of words that stand in these, with those words.

        Statements are those of the article; a reader may use the same words.
        """
        spaced = spaced_words(words)
        said = {s.speaker: s.words for s in self.statements if s.speaker and holds(spaced, s.words)}
        against = {d.contested_by: d.words for d in self.disputes if holds(spaced, d.words)}
        if not are_readers:
            return against | said
        speakers = {s.speaker for s in self.statements}
        return {name: held for name, held in against.items() if name not in speakers}

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who is marked as a speaker."""
        spoken = [s.speaker for s in self.statements if s.speaker]
        return tuple(dict.fromkeys(spoken + [d.contested_by for d in self.disputes]))

    def knows_stance(self, words: str, before: str, *, by: Iterable[str]) -> bool | None:
        """Return whether words contest what was shown before; None where nobody marked that.

        Somebody may contest a claim in more words than were marked; whether the one who is
        named contests it at all is what counts.
        """
        spoken, shown = spaced_words(words), spaced_words(before)
        on_it = [d for d in self.disputes if holds(shown, d.claim)]
        if not on_it:
            return None
        named = set(by)
        return any(holds(spoken, d.words) or d.contested_by in named for d in on_it)


def holds(spaced: str, words: str) -> bool:
    """Whether spaced words hold one of some alternatives parted by `|`, or a long part of one."""
    long = spaced.count(" ") > _LONG
    parts = [spaced_words(part) for part in words.split("|")]
    return any(part in spaced or (long and spaced in part) for part in parts)


def read_gold(paths: Sequence[Path]) -> Mapping[str, Gold]:
    """Return what files mark, by the file name of the page; what several say is put together.

    Raises:
        CasesError: A file cannot be read; names it, the line and the field.
    """
    found: dict[str, Gold] = {}
    for entry in (entry for path in paths for entry in read_entries(path)):
        try:
            gold = Gold.model_validate(entry.content)
        except ValidationError as error:
            raise CasesError(f"{entry.where}, field {first_fault(error)}") from error
        key = Path(gold.article).name
        known = found.get(key)
        if known is not None:
            both = {
                "statements": known.statements + gold.statements,
                "disputes": known.disputes + gold.disputes,
            }
            gold = known.model_copy(update=both)
        found[key] = gold
    return found
