"""One question on its way through an answer: what is computed for it is computed once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol, TypeVar

import numpy as np

from assistant.extractive.composing import LONGEST_QUOTE_WORDS, Composer
from assistant.extractive.context import text_before
from assistant.locale import Phrases
from assistant.question import Question, Term
from assistant.question.speaking import reporting_words
from index.article import Article, Comment, Passage, Source, whole_label
from index.language.numbers import Number, agree, numbers
from index.language.sentences import sentence_spans
from index.language.words import (
    Span,
    content_words,
    fold,
    folded_words,
    split_words,
    stop_words,
)
from index.library.article_index import ArticleIndex, Evidence
from index.statements import Speaker, Statement

ENOUGH = 0.55
"""Share of the topic's weight that a text must hold to be about it."""
ENOUGH_ACROSS = 0.4
"""The same for a question in another language than the page, where words match less surely."""
MATCHED = 0.4
"""Strength at which a single word counts as found."""
SAME_WORD = 0.9
"""Strength at which two words are one, in another form at most."""
_EVIDENCE = 30
_MOST_COMMENTS = 60
_FEWEST_PASSAGES = 3
"""Of an article, for its words to be rare or common; of a shorter one the comments count too."""
_OF_MEANING = 1.5
"""What a cosine of the encoder counts where words of two languages are compared."""
_MOST_COMPARED = 40
"""Sentences whose meaning is compared; each costs some milliseconds when it is first read."""
NAME_WEIGHT = 1.6
"""How much a name counts of a topic beside another word."""
_LEAST_RARITY = 0.2
_CLEARLY_MORE = 0.2
"""How much more of the topic a sentence of a long comment has than those it begins with."""
_AROUND_BEST = 40
"""Words up to the end of that sentence from which it is quoted; the rest stands behind it."""

Item = TypeVar("Item")


class AnswerReader(Protocol):
    """Reads whether sentences answer a question."""

    def answers(
        self, question: str, sentences: Sequence[str], behind: Sequence[str] = ()
    ) -> tuple[float, ...]:
        """Return for each sentence the probability that it answers, in [0, 1]."""
        ...

    def means(
        self, question: str, persons: Sequence[str], behind: Sequence[str]
    ) -> tuple[float, ...]:
        """Return for each person the probability that a question means them, in [0, 1]."""
        ...

    def nearness(self, question: str, sentences: Sequence[str]) -> tuple[float, ...]:
        """Return how near each sentence is to the question, across languages, in [-1, 1]."""
        ...


@dataclass(kw_only=True)
class Inquiry:
    """A question with the page it is put to, and what both together say.

    Attributes:
        question: What is asked, understood on this page.
        article_index: The page.
        composer: Collects the answer.
        reader: Reads whether a sentence answers; None leaves it to the words.
        is_of_many: Whether other articles are asked the same, where somebody always fits a
            description: "les articles sur l'élection présidentielle" means no president.
    """

    question: Question
    article_index: ArticleIndex
    composer: Composer
    reader: AnswerReader | None = None
    is_of_many: bool = False
    _evidence: dict[Source | None, tuple[Evidence, ...]] = field(default_factory=dict)
    _read: dict[tuple[str, Span], float] = field(default_factory=dict)

    @classmethod
    def begin(
        cls,
        question: Question,
        article_index: ArticleIndex,
        phrases: Phrases,
        reader: AnswerReader | None = None,
    ) -> "Inquiry":
        """Return the inquiry of a question, with nothing answered yet."""
        composer = Composer(article=article_index.article, phrases=phrases)
        return cls(question=question, article_index=article_index, composer=composer, reader=reader)

    def about(self, terms: Sequence[Term]) -> "Inquiry":
        """Return the same inquiry about other words of the question."""
        if tuple(terms) == self.question.terms:
            return self
        return Inquiry(
            question=replace(self.question, terms=tuple(terms)),
            article_index=self.article_index,
            composer=self.composer,
            reader=self.reader,
            is_of_many=self.is_of_many,
            _evidence=self._evidence,
            _read=self._read,
        )

    def as_written(self) -> "Inquiry":
        """Return the same inquiry about all that was written before the question as well.

        "J'ai ri avec l'histoire du plombier. C'était qui ?" asks with nothing but "who".
        """
        question, text = self.question, self.question.text
        left_out = stop_words(question.language) | reporting_words(question.language)
        words = dict.fromkeys(word for word in split_words(text) if fold(word) not in left_out)
        terms = tuple(Term(text=word, folded=fold(word), is_name=False) for word in words)
        whole = replace(question, plain=text, terms=terms)
        return replace(self, question=whole, _evidence={}, _read={})

    @property
    def article(self) -> Article:
        """The article with its comments."""
        return self.article_index.article

    @cached_property
    def said(self) -> tuple[Statement, ...]:
        """Who said what in the article itself."""
        return tuple(s for s in self.article_index.statements if s.source == "article")

    def said_in(self, start: int, end: int) -> Statement | None:
        """Return the first statement of the article that shares words with a stretch of it."""
        return next((s for s in self.said if s.start < end and start < s.end), None)

    def quote(self, start: int, end: int, *, by: Speaker | None = None) -> bool:
        """Quote a stretch of the article as words of whoever says them there, if anybody does.

        Where it does not name them the answer does.

        Args:
            start: Where it begins.
            end: Where it ends.
            by: Whose words they are where nobody says them there.
        """
        said = self.said_in(start, end)
        speaker = said.speaker if said else None
        if said is None and by is not None:
            return self.composer.quote(start, end, speaker=by)
        told = set(folded_words(self.article.text[start:end]))
        is_named = speaker is None or not told.isdisjoint(content_words(speaker.name))
        lead = None if is_named or speaker is None else speaker.name
        if lead is not None:
            lead = self.composer.phrases.say("lead", who=lead)
        return self.composer.quote(start, end, speaker=speaker, lead=lead)

    def quote_comment(self, comment: Comment, *, with_score: bool = False) -> bool:
        """Quote a comment, a long one from where it has the words of the question."""
        at = self._nearest_in(comment) if self.terms else None
        return self.composer.quote_comment(comment, with_score=with_score, at=at)

    def _nearest_in(self, comment: Comment) -> int | None:
        """Return where to begin to quote a long comment; None for its beginning."""
        text = self.article.text
        spans = [s for own in comment.own_spans() for s in sentence_spans(text, *own)]
        lengths = [len(split_words(span.of(text))) for span in spans]
        if sum(lengths) <= LONGEST_QUOTE_WORDS:
            return None
        held = self.coverage([span.of(text) for span in spans])
        best = int(held.argmax())
        shown = [n for n in range(len(spans)) if sum(lengths[: n + 1]) <= LONGEST_QUOTE_WORDS]
        least = max(MATCHED, held[shown].max(initial=0.0) + _CLEARLY_MORE)
        if held[best] < least:
            return None
        first = next(
            n for n in range(best + 1) if n == best or sum(lengths[n : best + 1]) <= _AROUND_BEST
        )
        return spans[first].start

    @property
    def terms(self) -> tuple[Term, ...]:
        """The words the question is about."""
        return self.question.terms

    @property
    def is_across(self) -> bool:
        """Whether question and page are in two languages."""
        return self.question.language != self.article.language

    @property
    def enough(self) -> float:
        """The coverage from which a text is about the topic of the question."""
        return ENOUGH_ACROSS if self.is_across else ENOUGH

    def evidence(self, source: Source | None = None) -> tuple[Evidence, ...]:
        """Return the passages nearest to the question, best first."""
        if source not in self._evidence:
            self._evidence[source] = self.article_index.search(
                self.question.plain, limit=_EVIDENCE, source=source
            )
        return self._evidence[source]

    @cached_property
    def near_comments(self) -> tuple[Comment, ...]:
        """The live comments that are compared one by one: of a long thread those nearest.

        Each costs some milliseconds when its meaning is first read.
        """
        live = tuple(c for c in self.article.live_comments() if c.text)
        if len(live) <= _MOST_COMMENTS:
            return live
        near = {whole_label(item.passage.label) for item in self.evidence("comment")}
        return tuple(comment for comment in live if comment.label in near)

    def answers(self, spans: Sequence[Span], *, asked: str | None = None) -> tuple[float, ...]:
        """Return how probably each stretch of the page answers a question, in [0, 1].

        Each is read once, with what stands before it. Nothing without a reader.

        Args:
            spans: The stretches.
            asked: The question, None for the whole one.
        """
        if self.reader is None:
            return ()
        asked = asked or self.question.plain
        unread = [span for span in dict.fromkeys(spans) if (asked, span) not in self._read]
        texts = [span.of(self.article.text) for span in unread]
        behind = [text_before(self.article, span.start) for span in unread]
        shares = self.reader.answers(asked, texts, behind)
        self._read.update(zip(((asked, span) for span in unread), shares, strict=True))
        return tuple(self._read[asked, span] for span in spans)

    def nearness(self, passage: Passage) -> float:
        """Return how close one passage is to the whole question, in [-1, 1]."""
        return self.article_index.similarity(self.question.plain, passage)

    def held(self, texts: Sequence[str]) -> np.ndarray:
        """Return how well each word of the topic stands in each text, (terms, texts) in [0, 1].

        The words of a number are held by a text with that number, in whatever form it has it.
        """
        held = self.article_index.align([term.text for term in self.terms], texts)
        if not self._numbers:
            return held
        told = [numbers(text, self.article.language) for text in texts]
        words = split_words(self.question.plain)
        for number in self._numbers:
            own = words[number.first : number.last + 1]
            row = [float(_is_told(number, others)) for others in told]
            for place, term in enumerate(self.terms):
                if term.text in own:
                    held[place] = row
        return held

    @cached_property
    def asks_readers_alone(self) -> bool:
        """Whether only a reader's words answer: the question names readers, the article none.

        "Which reader adds it up?", "What do folks below say?"; not "Did the mayor comment?", nor of
        an article on a library.
        """
        known = self.composer.phrases
        if self.question.asks_readers and known.reader_words.isdisjoint(self.question.words):
            return True
        own = set(folded_words("\n".join(passage.text for passage in self.article.body())))
        named = known.reader_words.intersection(self.question.words) - {known.comment_word}
        return bool(named) and own.isdisjoint(named)

    @cached_property
    def _numbers(self) -> tuple[Number, ...]:
        return numbers(self.question.plain, self.question.language)

    def coverage(self, texts: Sequence[str]) -> np.ndarray:
        """Return the weighted share of the topic that each text holds, (texts,) in [0, 1]."""
        if not self.terms or not texts:
            return np.zeros(len(texts), dtype=np.float32)
        shares: np.ndarray = self.weights @ self.held(texts) / self.weights.sum()
        return shares

    def raised(
        self, shares: np.ndarray, texts: Sequence[str], *, asked: str | None = None
    ) -> np.ndarray:
        """Return shares of the topic, (texts,), raised by meaning where the page is foreign.

        The words of two languages are aligned one by one and often missed: "tent", "Festzelt".

        Args:
            shares: Of the topic, by words.
            texts: What holds them.
            asked: What the texts are compared with; None for the whole question.
        """
        if not self.is_across or self.reader is None or not texts:
            return shares
        few = np.argsort(-shares, kind="stable")[:_MOST_COMPARED]
        near = self.reader.nearness(asked or self.question.plain, [texts[place] for place in few])
        raised = shares.copy()
        raised[few] = np.maximum(shares[few], _OF_MEANING * np.array(near, dtype=np.float32))
        return raised

    def covered(self, items: Sequence[Item], texts: Sequence[str]) -> list[Item]:
        """Return the items whose texts, one each, hold enough of the topic."""
        shares = self.coverage(texts)
        return [item for item, share in zip(items, shares, strict=True) if share >= self.enough]

    @cached_property
    def weights(self) -> np.ndarray:
        """How much each word of the topic counts: names more, and words few passages hold."""
        passages = self.telling_passages("article")
        holders = (self.held(passages) >= MATCHED).sum(axis=1)
        rarity = np.log((len(passages) + 1) / (holders + 0.5)) / np.log(len(passages) + 2)
        names = [(NAME_WEIGHT if term.is_name else 1.0) * term.share for term in self.terms]
        weights: np.ndarray = self.article_index.word_weights([term.text for term in self.terms])
        weights *= np.array(names, dtype=np.float32) * np.maximum(rarity, _LEAST_RARITY)
        return weights

    def telling_passages(self, source: Source) -> list[str]:
        """Return the passages that tell what is mentioned, and how rarely.

        For the article these are its own, where there are enough: however many readers repeat
        a word, it stays as rare as the article has it. For comments it is the whole page.
        """
        own = [passage.text for passage in self.article.body()]
        if source == "article" and len(own) >= _FEWEST_PASSAGES:
            return own
        return [passage.text for passage in self.article.passages]

    def held_in(self, source: Source) -> np.ndarray:
        """Return how well `telling_passages` hold each word of the topic anywhere, (terms,)."""
        passages = self.telling_passages(source)
        if len(passages) == len(self.article.passages):
            return self._held_on_page()
        best: np.ndarray = self.held(passages).max(axis=1, initial=0.0)
        return best

    def _held_on_page(self, *, authors: bool = False) -> np.ndarray:
        page, words = self.article_index, split_words(self.question.plain)
        held = page.anywhere([term.text for term in self.terms], authors=authors)
        for number in self._numbers:
            own = words[number.first : number.last + 1]
            told = page.numbers(authors=authors)
            for place, term in enumerate(self.terms):
                if term.text in own:
                    held[place] = float(_is_told(number, told))
        return held

    @cached_property
    def strengths(self) -> np.ndarray:
        """How well the page as a whole holds each word of the topic, (terms,) in [0, 1]."""
        spelling = self.article_index.spelling
        if not self._numbers and all(fold(term.text) in spelling for term in self.terms):
            return np.ones(len(self.terms), np.float32)  # no need to look for their like
        return self._held_on_page(authors=True)

    @property
    def unknown(self) -> tuple[Term, ...]:
        """The words of the topic that the page has in no form."""
        pairs = zip(self.terms, self.strengths, strict=True)
        return tuple(term for term, strength in pairs if strength < MATCHED)

    @property
    def absent(self) -> tuple[Term, ...]:
        """The unknown words, and the names that the page has only words like: "République"."""
        spelling = self.article_index.spelling
        return tuple(
            term
            for term, strength in zip(self.terms, self.strengths, strict=True)
            if strength < MATCHED
            or (term.is_name and not self.is_across and term.folded not in spelling)
        )

    @property
    def unknown_names(self) -> tuple[Term, ...]:
        """The names and numbers of the topic that the page never has."""
        return tuple(t for t in self.unknown if t.is_name or t.text[0].isdigit())

    @property
    def misses_name(self) -> bool:
        """Whether the question names somebody, something or a number that the page never has."""
        return bool(self.unknown_names)

    @property
    def is_told(self) -> bool:
        """Whether the page has every word of the topic."""
        return bool(self.terms) and not self.unknown

    @property
    def is_mentioned(self) -> bool:
        """Whether any passage of the page is about the topic, or somebody on it is named."""
        texts = [passage.text for passage in self.article.passages]
        return self.question.speaker is not None or bool(self.covered(texts, texts))


def _is_told(number: Number, told: Sequence[Number]) -> bool:
    """Whether a number is among others; one without a unit may leave out "million"."""
    if agree(number, told):
        return True
    sizes = (1e3, 1e6, 1e9) if not number.unit else ()
    return any(other.value == number.value * size for other in told for size in sizes)
