"""The body of an article parted for reading: sentences, quotations, what is set off."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from index.article import Article, Passage
from index.language.quotation_marks import Quotation, quotations
from index.language.report_words import Language
from index.statements.dashes import with_dash_speech
from index.statements.insertions import parted
from index.statements.interview import turns
from index.statements.mentions import register
from index.statements.setoff import SetOff, set_off
from index.statements.speakers import SpeakerResolver
from index.statements.tokens import Sentence, sentences


class PageBody:
    """The body of one article: its text, sentences, quotations, and who is meant in it."""

    def __init__(self, article: Article, language: Language) -> None:
        self._article = article
        self.text = article.text
        self.language = language
        self._passages = tuple(article.body())
        self.quoted = parted(self._quotations(article.text), article.text, language)
        self._setoffs: list[SetOff] = []
        self.turns = turns(article.text, self._passages, article.author)
        self.sentences = tuple(self._split())
        self.resolver = SpeakerResolver(
            sentences=self.sentences,
            register=register(self.sentences, language),
            text=article.text,
            language=language,
        )

    def _quotations(self, text: str) -> Sequence[Quotation]:
        marked = quotations(text, self._passages)
        return with_dash_speech(marked, text, self._passages, self.language)

    def _split(self) -> Iterator[Sentence]:
        for position, passage in enumerate(self._passages):
            following = self._passages[position + 1] if position + 1 < len(self._passages) else None
            turn = self.turns.get(passage.start)
            found = (
                SetOff(
                    start=turn.start, end=passage.end, line=passage.start, line_end=turn.line_end
                )
                if turn is not None
                else set_off(self.text, passage, following)
            )
            if found is None:
                yield from self._sentences_of(passage, passage.start, passage.end)
                continue
            self._setoffs.append(found)
            if found.line < found.start:
                yield from self._sentences_of(passage, found.line, found.line_end)
            yield from self._sentences_of(passage, found.start, found.end)
            if (
                found.start < found.line
                and found.line_end <= passage.end
                and found.line < found.line_end
            ):
                yield from self._sentences_of(passage, found.line, found.line_end)

    def _sentences_of(self, passage: Passage, start: int, end: int) -> Sequence[Sentence]:
        quoted = self.quoted_within(start, end)
        return sentences(self.text, start, end, quoted, self.language, passage.label)

    def set_off_at(self, position: int) -> SetOff | None:
        """Return the set-off quotation whose words or line hold a place."""
        number = bisect_right(self._setoffs, position, key=_first_place) - 1
        for found in self._setoffs[max(0, number - 1) : number + 1]:
            words = found.start <= position < found.end
            if words or found.line <= position < found.line_end:
                return found
        return None

    def is_whole_passage(self, quotation: Quotation) -> bool:
        """Whether a paragraph holds a quotation and nothing else."""
        passage = self._article.passage_at(quotation.start)
        return passage.start == quotation.outer_start and passage.end <= quotation.outer_end + 1

    def quoted_within(self, start: int, end: int) -> Sequence[Quotation]:
        """Return the quotations that open within a span."""
        first = bisect_left(self.quoted, start, key=_opening)
        return self.quoted[first : bisect_left(self.quoted, end, lo=first, key=_opening)]


def _first_place(item: SetOff) -> int:
    return min(item.start, item.line)


def _opening(item: Quotation) -> int:
    return item.outer_start
