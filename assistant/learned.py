"""What was learned and may be left out: which kind a question is, and what answers it.

Both read with the bundled encoder. Where they are left out (`ASSISTANT_READER=none`) or not
installed, the words of questions and sentences decide alone.
"""

from dataclasses import dataclass

from assistant.extractive import AnswerReader
from assistant.question import Classifier, Named, Scores
from assistant.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """The classifier of questions and the reader of answers; None where there is none."""

    classifier: Classifier | None = None
    reader: AnswerReader | None = None

    @classmethod
    def open(cls, settings: Settings) -> "Learned":
        """Return what the settings allow and what is installed; opening reads nothing yet."""
        if not settings.has_reader:
            return cls()
        from assistant.question.classifier import FILE
        from index.encoder import Reader

        return cls(classifier=_Kinds() if FILE.is_file() else None, reader=Reader.open())


class _Kinds:
    """The trained classifier, opened with the first question."""

    def scores(self, text: str, named: Named) -> Scores:
        """Return how probable each kind of question is."""
        from assistant.question.classifier import Flags, IntentClassifier

        flags = Flags(
            names_speaker=named.names_speaker,
            names_reader=named.names_reader,
            names_comment=named.names_comment,
            has_quotation=named.has_quotation,
        )
        return IntentClassifier.open().scores(text, flags)
