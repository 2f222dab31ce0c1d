"""The words of a sentence that only say who says it, and that it is said: not to be carried."""

from collections.abc import Sequence
from functools import cached_property

from assistant.checking.attribution import quoted_statements
from assistant.checking.claims import Claim, reporting_words
from assistant.locale import phrases
from assistant.naming import is_name
from index.article import Passage
from index.language.scope_words import scope_words
from index.language.words import fold, folded_words, stop_words, word_spans
from index.library.article_index import ArticleIndex


class Frames:
    """Parts the frame of a sentence from its content, on one page."""

    def __init__(self, article_index: ArticleIndex) -> None:
        self._page = article_index

    def content(self, text: str, claim: Claim, passages: Sequence[Passage]) -> list[str]:
        """Return the words of a part of a claim that the passages must hold: not its frame."""
        frame = self.frame(claim, passages) | stop_words(claim.language)
        words = [span.of(text) for span in word_spans(text)]
        return [
            word for word in words if fold(word) not in frame and (len(word) > 1 or word.isdigit())
        ]

    def frame(self, claim: Claim, passages: Sequence[Passage]) -> frozenset[str]:
        """Return the folded words that only say who says it, and that it is said."""
        known = phrases(claim.language)
        own = {word for name in self.names(claim, passages) for word in folded_words(name)}
        reports = claim.speeches or claim.quotations
        verbs = reporting_words(claim.language) if reports else frozenset()
        verbs |= scope_words(claim.body, claim.language)  # the scopes of both are compared
        return known.frame_words | known.reader_words | own | verbs

    def names(self, claim: Claim, passages: Sequence[Passage]) -> tuple[str, ...]:
        """Return the names that were checked as those of speakers and authors."""
        article = self._page.article
        comments = [c for p in passages if (c := article.comment_of(p)) is not None]
        spoken = [s.speaker for s in claim.speeches if s.speaker]
        forms = {form for speaker in spoken for form in (speaker.name, speaker.as_written)}
        named = {span.of(form) for form in forms for span in word_spans(form)}
        checked = sorted(word for word in named if fold(word) in self._of_speakers)
        labels = {passage.label for passage in passages}
        quoted = quoted_statements(claim, [s for s in self._page.statements if s.passage in labels])
        checked += [s.speaker.name for s in quoted if s.speaker]
        authors = [c.author for c in comments if c.author and is_name(c.author)]
        return (*checked, *authors)

    @cached_property
    def _of_speakers(self) -> frozenset[str]:
        """The folded words of the names and roles of all who speak on the page."""
        return frozenset(
            word
            for statement in self._page.statements
            if (speaker := statement.speaker) is not None
            for form in (speaker.name, *speaker.aliases, speaker.role or "")
            for word in folded_words(form)
        )
