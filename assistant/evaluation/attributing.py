"""Words told as another's, and stances pinned on people: against the page and what was marked.

Precision first: it is a fault only where the real speaker is named nowhere beside the words and
somebody else who speaks on the page is. What people marked counts more than what we read.
"""

from collections.abc import Iterator, Sequence

from assistant.answer import Citation
from assistant.evaluation.cases import Case
from assistant.evaluation.gold import Gold, holds
from assistant.evaluation.harms import Fault
from assistant.evaluation.telling import AGAINST, Telling, are_same, is_named, others_named
from index.article import Article, Passage
from index.language.words import content_words, spaced_words
from index.statements import Statement

_RUN = 5
"""Words in a row."""


def faults(
    case: Case,
    told: Sequence[Telling],
    article: Article,
    statements: Sequence[Statement],
    gold: Gold | None,
) -> Iterator[Fault]:
    """Yield the words of an answer that are told as somebody else's than they are."""
    authors = [c.author for c in article.live_comments() if c.author]
    speakers = [s.speaker.name for s in statements if s.speaker]
    known = tuple(dict.fromkeys([*authors, *speakers, *(gold.names if gold else ())]))
    for telling in told:
        owners = _owners(telling, statements, gold)
        for owner in owners:
            wrong = others_named(telling, owner, known)
            if wrong and not any(are_same(other, name) for other in owners for name in wrong):
                yield Fault("false_attribution", f"{owner}'s words are told as {wrong[0]}'s")
        yield from _taken_in(telling, article)
        if gold is not None:
            yield from _marked_otherwise(telling, gold, known, article)
            yield from _pinned(telling, gold)


def _owners(
    telling: Telling, statements: Sequence[Statement], gold: Gold | None
) -> tuple[str, ...]:
    """Return whose words the page itself has where an answer quotes, as far as it is sure."""
    if gold is not None and gold.owners(telling.shown, are_readers=telling.is_readers):
        return ()
    found = []
    for quote in telling.quotes:
        if quote.author is not None:
            found.append(quote.author)
        elif quote.source == "article":
            found += [
                s.speaker.name
                for s in statements
                if s.speaker and s.manner == "direct" and _is_inside(quote, s)
            ]
    return tuple(dict.fromkeys(found))


def _taken_in(telling: Telling, article: Article) -> Iterator[Fault]:
    """Yield words between quotation marks that somebody else wrote than the one they are told as.

    Such is a quotation that runs from one comment over the head of the next into its words, or
    words of a comment under the label of the article. What a cited passage holds too is its own.
    """
    cited = [p for p in article.passages if p.label in telling.labels]
    voices = [_author(passage, article) for passage in cited]
    own = [spaced_words(passage.text) for passage in cited]
    for quoted in map(spaced_words, telling.quoted):
        runs = [run for run in _runs(quoted) if not any(run in text for text in own)]
        for passage in article.passages if runs and cited else ():
            author = _author(passage, article)
            is_told = telling.names(author) if author else not any(map(telling.names, voices))
            if author not in voices and not is_told and _gives(passage.text, runs, quoted):
                yield Fault(
                    "false_attribution",
                    f"words of {passage.label} are told as those of {cited[0].label}",
                )


def _author(passage: Passage, article: Article) -> str:
    """Return who wrote a comment; nothing for the article, which is one voice."""
    comment = article.comment_of(passage)
    return (comment.author or comment.number) if comment else ""


def _runs(spaced: str) -> Iterator[str]:
    """Yield so many words in a row as two people hardly have by chance."""
    words = spaced.split()
    for at in range(len(words) - _RUN + 1):
        yield f" {' '.join(words[at : at + _RUN])} "


def _gives(text: str, runs: Sequence[str], quoted: str) -> bool:
    """Whether words in a row are of a passage, or a short one as a whole is in a quotation."""
    spaced = spaced_words(text)
    if spaced.count(" ") - 1 < _RUN:
        return len(content_words(text)) > 1 and spaced in quoted
    return any(run in spaced for run in runs)


def _is_inside(quote: Citation, statement: Statement) -> bool:
    """Whether all that is quoted was said in a statement: then its speaker is the only one."""
    return statement.start <= quote.start and quote.end <= statement.end


def _marked_otherwise(
    telling: Telling, gold: Gold, known: Sequence[str], article: Article
) -> Iterator[Fault]:
    """Yield words that people marked as somebody's and an answer gives to another alone."""
    shown = spaced_words(telling.shown)
    comments = [spaced_words(p.text) for p in article.passages if p.source == "comment"]
    for owner, words in gold.owners(telling.shown, are_readers=telling.is_readers).items():
        if telling.is_readers and sum(holds(comment, words) for comment in comments) > 1:
            continue  # "1947" stands in two comments, and is no sign of either author
        # "the company", "a source": what has no name of its own may be told by another word,
        # and a sentence of the article tells itself who speaks in it. A comment has one author.
        is_told = not telling.is_readers and (owner[0].islower() or is_named(owner, shown))
        wrong = others_named(telling, owner, known)
        if wrong and not is_told:
            yield Fault("false_attribution", f"{owner}'s words are told as {wrong[0]}'s")
        elif telling.denies_a_speaker and not is_told and not any(map(telling.names, known)):
            yield Fault("false_none", f"{owner}'s words are told as nobody's")


def _pinned(telling: Telling, gold: Gold) -> Iterator[Fault]:
    """Yield a stance that nobody marked towards a claim whose contesters are marked.

    Words that name the one they are said to answer are theirs to judge, not ours: "Pike has
    been wrong for years" may well contest what Pike says.
    """
    if telling.stance not in AGAINST:
        return
    by = [name for name in gold.names if telling.names(name)]
    if gold.knows_stance(telling.shown, telling.before, by=by) is not False:
        return
    shown = spaced_words(telling.shown)
    spoken = gold.owners(telling.before, are_readers=False)
    answered = [name for name in spoken if not telling.names(name)]
    if not any(is_named(name, shown) for name in answered):
        yield Fault(
            "false_attribution", f"{telling.beside.strip(' :“”«»')}: contests something else"
        )
