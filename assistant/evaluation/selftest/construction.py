"""Questions whose answers are known because they were made from the answers.

A quotation is asked for its speaker, a comment for its author, a sentence for the number or
year that was taken out, a comment for its replies; a name that nowhere occurs must be refused.
"""

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from assistant.evaluation.cases import Case
from assistant.evaluation.cases.dresses import courtesies
from index.article import Article
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


def known_cases(article: Article, statements: Sequence[Statement]) -> tuple[Case, ...]:
    """Return the questions for an article, in its language where we have the words for it.

    Args:
        article: The page that will be asked.
        statements: Who said what on it.
    """
    asks = courtesies(article.language)
    made = {
        "speaker": list(_speakers(article, statements, asks["speaker"])),
        "author": list(_authors(article, asks["author"])),
        "number": list(_figures(article, asks["number"], kind="number")),
        "date": list(_figures(article, asks["date"], kind="date")),
        "trap": list(_traps(article, statements, asks["trap"])),
        "reply": list(_replies(article, asks["reply"])),
        "absent": list(_absent(article, asks["absent"])),
    }
    return tuple(case for cases in made.values() for case in _spread(cases))


def _speakers(article: Article, statements: Sequence[Statement], ask: str) -> Iterator[Case]:
    for statement in statements:
        words = _opening(article.text, statement.start, statement.end)
        if statement.source != "article" or statement.manner != "direct":
            continue
        if statement.speaker is None or words is None:
            continue
        name = statement.speaker.name
        yield Case(
            id=f"speaker-{statement.start}",
            article=article.id,
            type="speaker",
            question=ask.format(words=words),
            answer_all=((name, statement.speaker.as_written),),
            cite_any_of=(words,),
            speaker=name,
        )


def _traps(article: Article, statements: Sequence[Statement], ask: str) -> Iterator[Case]:
    """Yield each quotation as that of the next other speaker, who did not say it."""
    known = list(_speakers(article, statements, "{words}"))
    for number, case in enumerate(known):
        others = [c.speaker for c in (*known[number:], *known) if c.speaker != case.speaker]
        if others:
            yield case.model_copy(
                update={
                    "id": case.id.replace("speaker", "trap"),
                    "type": "trap",
                    "question": ask.format(name=others[0], words=case.question),
                    "must_not_say": (f"{others[0]}: {case.question}",),
                }
            )


def _authors(article: Article, ask: str) -> Iterator[Case]:
    for comment in article.live_comments():
        for start, end in comment.own_spans()[:1]:
            words = _opening(article.text, start, end)
            if comment.author and words is not None:
                yield Case(
                    id=f"author-{comment.number}",
                    article=article.id,
                    type="author",
                    question=ask.format(words=words),
                    answer_all=((comment.author,),),
                    cite_any_of=(words,),
                )


def _figures(article: Article, ask: str, *, kind: str) -> Iterator[Case]:
    """Yield sentences without one of their numbers, which is asked for."""
    for passage in article.body():
        if passage.kind == "title":
            continue
        for sentence in sentence_spans(article.text, passage.start, passage.end):
            words = list(word_spans(article.text, sentence.start, sentence.end))
            for position, span in enumerate(words):
                figure = span.of(article.text)
                is_year = bool(_YEAR.fullmatch(figure))
                if not figure[0].isdigit() or is_year != (kind == "date"):
                    continue
                around = words[max(0, position - _WORDS_AROUND) : position + _WORDS_AROUND + 1]
                if len(around) < _FEWEST_WORDS * 2:
                    continue
                before = article.text[around[0].start : span.start]
                after = article.text[span.end : around[-1].end]
                yield Case(
                    id=f"{kind}-{span.start}",
                    article=article.id,
                    type=kind,
                    question=ask.format(words=" ".join(f"{before}…{after}".split())),
                    answer_all=((figure,),),
                    cite_any_of=(" ".join(f"{before}{figure}{after}".split()),),
                )
                break


def _replies(article: Article, ask: str) -> Iterator[Case]:
    for comment in article.live_comments():
        replies = [reply for reply in article.replies(comment.number) if not reply.deleted]
        for reply in replies[:1]:
            for start, end in reply.own_spans()[:1]:
                words = _opening(article.text, start, end)
                if words is not None:
                    yield Case(
                        id=f"reply-{reply.number}",
                        article=article.id,
                        type="reply",
                        question=ask.format(number=comment.number),
                        answer_all=((words,),),
                        cite_any_of=(words,),
                    )


def _absent(article: Article, ask: str) -> Iterator[Case]:
    held = set(folded_words(article.text))
    for comment in article.comments:
        held |= set(folded_words(comment.author or ""))
    for number, name in enumerate(_NAMES):
        if not held & set(folded_words(name)):
            yield Case(
                id=f"absent-{number}",
                article=article.id,
                type="absent",
                question=ask.format(name=name),
                refuse=True,
            )


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


def _spread(cases: Sequence[Case]) -> Sequence[Case]:
    """Return at most so many of the cases, from all over the page, in their order."""
    if len(cases) <= _MOST_OF_A_KIND:
        return cases
    step = len(cases) / _MOST_OF_A_KIND
    return [cases[int(number * step)] for number in range(_MOST_OF_A_KIND)]
