"""What was learned and may be left out: which kind a question is, and what answers it.

Both read with the bundled encoder. Where they are left out (`ASSISTANT_READER=none`) or not
installed, the words of questions and sentences decide alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from assistant.extractive import AnswerReader
from assistant.question import Classifier, Named, Scores
from assistant.settings import Settings

if TYPE_CHECKING:
    from index.encoder import Embedder


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

        return cls(classifier=_Kinds() if FILE.is_file() else None, reader=_Reading())


class _Reading:
    """The reader with the encoder it stands on, opened when a sentence is first read."""

    def answers(
        self, question: str, sentences: Sequence[str], behind: Sequence[str] = ()
    ) -> tuple[float, ...]:
        """Return for each sentence the probability that it answers, in [0, 1]."""
        from index.encoder import Reader

        return Reader.open().answers(question, sentences, behind)

    def means(
        self, question: str, persons: Sequence[str], behind: Sequence[str]
    ) -> tuple[float, ...]:
        """Return for each person the probability that a question means them, in [0, 1]."""
        from index.encoder import Reader

        return Reader.open().means(question, persons, behind)

    def nearness(self, question: str, sentences: Sequence[str]) -> tuple[float, ...]:
        """Return how near each sentence is to the question, across languages, in [-1, 1]."""
        embedder = encoder()
        (asked,) = embedder.encode_queries([question])
        return tuple(map(float, embedder.encode_documents(sentences) @ asked))


@cache
def encoder() -> "Embedder":
    """Return the bundled encoder, one for all of a process: it remembers what it has encoded."""
    from index.encoder import open_embedder

    return open_embedder("e5")


class _Kinds:
    """The trained classifiers, opened with the first question."""

    def asks_readers(self, text: str) -> bool:
        """Whether a question surely asks what readers write."""
        from assistant.question.of_readers import asks_readers

        return asks_readers(encoder().encode_queries([text])[0])

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
