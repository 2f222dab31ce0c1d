"""Questions whose answers are known because they were made from the answers.

A quotation is asked for its speaker, a comment for its author, a sentence for the number or
year that was taken out, a claim for who contests it, a comment for its replies; a name that
nowhere occurs must be refused.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from assistant.evaluation.cases import Case
from assistant.evaluation.cases.dresses import courtesies
from index.article import Article, Comment
from index.disputes import Dispute
from index.language.sentences import sentence_spans
from index.language.words import folded_words, word_spans
from index.statements import Statement

LABELS = MappingProxyType(
    {
        "speaker": "quotation → speaker",
        "author": "comment → author",
        "number": "sentence → number",
        "date": "sentence → year",
        "trap": "words of another → not theirs",
        "dispute": "claim → who contests it",
        "reply": "comment → its replies",
        "absent": "name that does not occur → refusal",
    }
)
"""The kinds of question, in the order in which they are asked and shown."""

_MOST_OF_A_KIND = 12
_QUOTED_WORDS = 12
_FEWEST_WORDS = 4
_WORDS_AROUND = 8
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# Invented, from several languages; those of which a part stands on the page are left out.
_NAMES = (
    "Ottilie Varnbeck",
    "Teodor Quillham",
    "Maude Esterhain",
    "Ruslan Dobrewicz",
    "Ilaria Sambrotti",
    "Celâl Örkunsoy",
    "Baudouin Crespelle",
    "Inés Vallgorría",
)


def known_cases(
    article: Article, statements: Sequence[Statement], disputes: Sequence[Dispute] = ()
) -> tuple[Case, ...]:
    """Return the questions for an article, in its language where we have the words for it.

    Args:
        article: The page that will be asked.
        statements: Who said what on it.
        disputes: Who contests what on it.
    """
    asks = courtesies(article.language)
    spoken = list(_speakers(article, statements))
    made = {
        "speaker": spoken,
        "author": _authors(article),
        "number": _numbers(article, years=False),
        "date": _numbers(article, years=True),
        "trap": _traps(spoken),
        "dispute": _disputes(article, disputes),
        "reply": _replies(article),
        "absent": _absent(article),
    }
    return tuple(
        Case(
            id=f"{kind}-{one.place}",
            article=article.id,
            type=kind,
            question=asks[kind].format(**one.words),
            **one.expected,
        )
        for kind, found in made.items()
        for one in _spread(list(found))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What can be asked for at some place: the words of the question, and what is expected."""

    place: object
    words: Mapping[str, str]
    expected: Mapping[str, Any]


def _speakers(article: Article, statements: Sequence[Statement]) -> Iterator[_Known]:
    for statement in statements:
        words = _opening(article.text, statement.start, statement.end)
        if statement.source != "article" or statement.manner != "direct":
            continue
        if statement.speaker is None or words is None:
            continue
        name = statement.speaker.name
        names = (name, statement.speaker.as_written)
        expected = {"answer_all": (names,), "cite_any_of": (words,), "speaker": name}
        yield _Known(place=statement.start, words={"words": words}, expected=expected)


def _traps(spoken: Sequence[_Known]) -> Iterator[_Known]:
    """Yield each quotation as that of the next other speaker, who did not say it."""
    for number, one in enumerate(spoken):
        speaker, words = one.expected["speaker"], one.words["words"]
        following = (other.expected["speaker"] for other in (*spoken[number:], *spoken))
        other = next((name for name in following if name != speaker), None)
        if other is not None:
            yield _Known(
                place=one.place,
                words={"name": other, "words": words},
                expected={**one.expected, "must_not_say": (f"{other}: {words}",)},
            )


def _authors(article: Article) -> Iterator[_Known]:
    for comment in article.live_comments():
        words = _first_words(article, comment)
        if comment.author and words is not None:
            expected = {"answer_all": ((comment.author,),), "cite_any_of": (words,)}
            yield _Known(place=comment.number, words={"words": words}, expected=expected)


def _numbers(article: Article, *, years: bool) -> Iterator[_Known]:
    """Yield sentences without one of their numbers, which is asked for."""
    text = article.text
    passages = [passage for passage in article.body() if passage.kind != "title"]
    for sentence in (s for p in passages for s in sentence_spans(text, p.start, p.end)):
        words = list(word_spans(text, sentence.start, sentence.end))
        for position, span in enumerate(words):
            number = span.of(text)
            around = words[max(0, position - _WORDS_AROUND) : position + _WORDS_AROUND + 1]
            is_wanted = number[0].isdigit() and bool(_YEAR.fullmatch(number)) == years
            if not is_wanted or len(around) < _FEWEST_WORDS * 2:
                continue
            before, after = text[around[0].start : span.start], text[span.end : around[-1].end]
            whole = " ".join(f"{before}{number}{after}".split())
            yield _Known(
                place=span.start,
                words={"words": " ".join(f"{before}…{after}".split())},
                expected={"answer_all": ((number,),), "cite_any_of": (whole,)},
            )
            break


def _disputes(article: Article, disputes: Sequence[Dispute]) -> Iterator[_Known]:
    """Yield claims with all who deny or contradict them by name: one of them must be told."""
    for dispute in disputes:
        words = _opening(article.text, dispute.claim.start, dispute.claim.end)
        against = [p for p in dispute.contested_by if p.relation in ("denies", "contradicts")]
        spoken = [p.author or (p.speaker.name if p.speaker else None) for p in against]
        names = tuple(dict.fromkeys(name for name in spoken if name))
        if words is not None and names:
            expected = {"answer_all": (names,)}
            yield _Known(place=dispute.claim.start, words={"words": words}, expected=expected)


def _replies(article: Article) -> Iterator[_Known]:
    for comment in article.live_comments():
        replies = [reply for reply in article.replies(comment.number) if not reply.deleted]
        words = _first_words(article, replies[0]) if replies else None
        if words is not None:
            expected = {"answer_all": ((words,),), "cite_any_of": (words,)}
            number = comment.number
            yield _Known(place=replies[0].number, words={"number": number}, expected=expected)


def _absent(article: Article) -> Iterator[_Known]:
    held = set(folded_words(article.text))
    for comment in article.comments:
        held |= set(folded_words(comment.author or ""))
    for number, name in enumerate(_NAMES):
        if not held & set(folded_words(name)):
            yield _Known(place=number, words={"name": name}, expected={"refuse": True})


def _first_words(article: Article, comment: Comment) -> str | None:
    spans = comment.own_spans()
    return _opening(article.text, *spans[0]) if spans else None


def _opening(text: str, start: int, end: int) -> str | None:
    """Return the first words of a span, None where they are too few or on several lines."""
    line_end = text.find("\n", start, end)
    words = list(word_spans(text, start, end if line_end < 0 else line_end))[:_QUOTED_WORDS]
    if len(words) < _FEWEST_WORDS:
        return None
    opening = text[words[0].start : words[-1].end]
    # Words that stand in two places have no one answer; nested marks would end the quotation.
    is_clear = text.count(opening) == 1 and not re.search(r"[«»“”„\"]", opening)
    return opening if is_clear else None


def _spread(known: Sequence[_Known]) -> Sequence[_Known]:
    """Return at most so many, from all over the page, in their order."""
    step = max(1.0, len(known) / _MOST_OF_A_KIND)
    return [known[int(n * step)] for n in range(min(len(known), _MOST_OF_A_KIND))]
