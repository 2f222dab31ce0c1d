"""Answers again what a proof says was answered, to see whether its article gives that answer.

The article's own words are composed anew and compared; what a model wrote passes the check of
every reply again. No model is asked.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from assistant.answer import EXTRACTIVE, Answer, Citation, Sentence
from assistant.ask import Assistant
from assistant.checking import ReaderJudge, check_reply
from assistant.errors import AssistantError
from assistant.extractive.composing import Composer
from assistant.extractive.objections import but
from assistant.locale import phrases
from assistant.settings import Settings
from index.article import Article
from index.encoder import Reader, open_embedder
from index.library.article_index import ArticleIndex

SHOWN = 80
"""Characters of a sentence that a message shows."""


class Derivation:
    """One article that is asked again.

    Args of the constructor:
        article: In the version that was cited.
        home: An empty folder for its library: that of the user stays as it is.
    """

    def __init__(self, article: Article, home: Path) -> None:
        self._article = article
        self._embedder = open_embedder(Settings.from_environment().embedder)
        self._assistant = Assistant.open(article, llm=None, embedder=self._embedder, home=home)
        # In an answer of a whole library the article is named.
        self._of_library = Assistant.open(llm=None, embedder=self._embedder, home=home)
        self._talk = self._assistant.conversation()

    def faults(self, answer: Answer) -> Iterator[str]:
        """Yield what of an answer its article does not give; answers in the order of asking."""
        again = list(self._again(answer.question))
        if any(_is_same(answer, other) for other in again):
            return
        derived = {sentence for other in again for sentence in other.sentences}
        held = [s for s in answer.sentences if s in derived or self._is_carried(s, answer)]
        derived.update(held, self._objections(held, answer))
        strange = [s for s in answer.sentences if s not in derived]
        for sentence in strange:
            yield f"{sentence.text[:SHOWN]!r} does not come from the article"
        cited = {
            (c.label, c.speaker) for other in again for c in (*other.citations, *other.nearest)
        }
        for citation in (*answer.citations, *answer.nearest):
            if (citation.label, citation.speaker) not in cited and not self._is_theirs(citation):
                yield f"[{citation.label}] {citation.speaker} is not who says it"
        if not strange:
            yield from _unfit(answer, again)

    def _again(self, question: str) -> Iterator[Answer]:
        """Yield the article's own answers: in this conversation, alone, in a library."""
        for ask in (self._talk.ask, self._assistant.ask, self._of_library.ask):
            with suppress(AssistantError):
                yield ask(question)

    def _is_carried(self, sentence: Sentence, answer: Answer) -> bool:
        """Whether the passages that a sentence cites carry it, in its lane."""
        cited = {c.label: self._article.passage_at(c.start) for c in answer.citations}
        shown = [cited[label] for label in sentence.citations if label in cited]
        if not shown or sentence.lane == "assistant":
            return False
        judge = ReaderJudge(Reader.open())
        kept = check_reply([sentence], self._index, shown, judge=judge).sentences
        return [(s.lane, s.citations) for s in kept] == [(sentence.lane, sentence.citations)]

    def _objections(self, held: list[Sentence], answer: Answer) -> tuple[Sentence, ...]:
        """Return what is said against the claims that the sentences of a model rest on."""
        composer = Composer(article=self._article, phrases=phrases(answer.language))
        labels = {label for sentence in held for label in sentence.citations}
        composer.take(held, [c for c in answer.citations if c.label in labels])
        but(composer, self._index.disputes)
        return composer.finish().sentences[len(held) :]

    def _is_theirs(self, citation: Citation) -> bool:
        """Whether the page gives the words of a citation to the speaker it names, if any."""
        return citation.speaker is None or any(
            statement.speaker is not None
            and statement.speaker.name == citation.speaker
            and statement.source == citation.source
            and statement.start < citation.end
            and citation.start < statement.end
            for statement in self._index.statements
        )

    @cached_property
    def _index(self) -> ArticleIndex:
        return ArticleIndex.build(self._article, self._embedder)


def _is_same(answer: Answer, other: Answer) -> bool:
    """Whether two answers say the same with the same citations, wherever the article is kept."""
    return _said(answer) == _said(other)


def _said(answer: Answer) -> tuple[object, ...]:
    cited = [(c.label, c.start, c.end, c.speaker) for c in (*answer.citations, *answer.nearest)]
    return answer.status, answer.verdict, answer.sentences, cited


def _unfit(answer: Answer, again: list[Answer]) -> Iterator[str]:
    """Yield why an answer whose every sentence holds can be none to its question.

    A model chooses other passages than we do. Ours may be chosen otherwise by the rules of
    another version, but not all of them; and whoever only takes away, say the objection after
    a claim, has changed what is answered.
    """
    if answer.engine != EXTRACTIVE:
        is_fitting = bool(answer.citations) and answer.status in ("answered", "partly_answered")
    else:
        labels = {citation.label for citation in answer.citations}
        alike = [
            other
            for other in again
            if (answer.status, answer.verdict) == (other.status, other.verdict)
            and labels & {citation.label for citation in other.citations}
        ]
        is_fitting = bool(alike)
        if alike and all(set(answer.sentences) < set(other.sentences) for other in alike):
            left_out = next(s for s in alike[0].sentences if s not in answer.sentences)
            yield f"{left_out.text[:SHOWN]!r} is left out, which the article gives too"
    if not is_fitting:
        yield "the article does not give this answer to this question with this status"
