"""What a comment is about: what it quotes, whom it answers, the sentence that it repeats."""

from collections.abc import Sequence

from index.article import Article, Comment, QuotedWords
from index.disputes.addresses import Addresses, same_author
from index.disputes.claims import Claims
from index.disputes.comments import ReadComments
from index.disputes.conflict import Reading
from index.disputes.dispute import Claim
from index.disputes.stance import Markers
from index.language.dispute_words import Vocabulary
from index.language.words import Span
from index.statements.statement import Speaker


class Targets:
    """The words of a page that its comments may be about."""

    def __init__(self, article: Article, claims: Claims) -> None:
        """Read who wrote what; each comment is read when it is first asked for."""
        self.claims = claims
        self.comments = ReadComments(article)
        self.addresses = Addresses(article.live_comments(), article.text)
        self.text = article.text
        self._article = article

    def quoted(self, comment: Comment, words: QuotedWords) -> Claim | None:
        """Return what is contested by who contests words that a comment quotes."""
        if words.passage is None:
            return None
        quoted = Reading.of(self.text, words.start, words.end, self.claims.vocabulary)
        sentence = self.claims.quoted(quoted, words.passage)
        if sentence is not None:
            return self.claims.claim(sentence)
        source = self._article.comment_of(self._article.passage(words.passage))
        if source is None or source.deleted or same_author(source, comment):
            return None
        return self.comments.claim_of(source, quoted.stems.keys(), is_quoted=True)

    def meant(
        self,
        near: Sequence[Markers],
        known: Vocabulary,
        *,
        without: Sequence[Span] = (),
        of: Speaker | None = None,
    ) -> Claim | None:
        """Return the claim that some sentences repeat, but for the words in some spans.

        Of one speaker, or of anybody.
        """
        words = tuple(
            word
            for item in near
            for word in item.words
            if not any(span.start <= word.start < span.end for span in without)
        )
        reading = Reading(text=self.text, words=words, vocabulary=known)
        match = self.claims.meant(reading.stems, of=of)
        return self.claims.claim(match.sentence) if match else None
