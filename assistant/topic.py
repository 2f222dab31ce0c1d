"""Which articles of a library are about the topic of a question.

Those that hold its words; and those in other languages that tell the same story, although no word
of the question stands in them: "Straßenbahn nach Ostervale" beside "Tramway to Ostervale".
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from assistant.extractive import AnswerReader
from assistant.extractive.inquiry import MATCHED, NAME_WEIGHT, Inquiry
from assistant.locale import phrases
from assistant.question import Question, Term
from assistant.scope import ArticleFilter, Pages, newness
from index.encoder import word_table
from index.language.words import content_words, fold, split_words
from index.library.article_index import ArticleIndex
from index.retrieval.alignment import SAME_STEM

_AS_MUCH = 0.5
"""Share of what the best article holds of a topic that another must hold to be about it."""
_LEAST_WEIGHT = 0.1
_SAME_STORY = 0.65
"""What two beginnings in two languages have together at least, without the names they share, as
both tables of meaning compare them. Of twenty pairs on one topic nineteen had it, of twenty-one
on two topics of one place one."""
_LEADING = 2
"""Passages, the title and the first, that tell what an article is about."""
_OF_WHOLE = {"told_about": "summary"} | {
    kind: kind for kind in ("disputed", "readers_summary", "arguments", "compare")
}
"""Kinds of questions that can be put to an article as a whole, and what is asked then."""
_LONGEST_SHARED = 3
"""Letters up to which a word of two beginnings is no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of one article."""

    page: ArticleIndex
    question: Question


def about_topic(
    likely: Sequence[ArticleIndex],
    pages: Pages,
    only: ArticleFilter | None,
    own: Callable[[ArticleIndex], Question],
    reader: AnswerReader | None,
) -> list[Asked]:
    """Return the articles about the topic of a question, the newest first.

    Args:
        likely: The articles that may be.
        pages: The library.
        only: The articles of it that the question restricts itself to; None for all.
        own: Returns what is asked of one of them.
        reader: Compares meanings across languages; None leaves it to the words.
    """
    kept = _holding_words([Asked(page=page, question=own(page)) for page in likely])
    if kept and reader is not None:
        kept += [
            Asked(page=page, question=_of_whole(own(page)))
            for page in _of_same_story(kept, pages, only, reader)
        ]
    return sorted(kept, key=lambda one: newness(one.page.article), reverse=True)


def _holding_words(asked: Sequence[Asked]) -> list[Asked]:
    """Return the articles that hold the words of a topic.

    A word that few of them hold tells more than one that most hold, a name more than a word.
    """
    strengths: list[dict[str, float]] = []
    terms: dict[str, Term] = {}
    holders: defaultdict[str, int] = defaultdict(int)
    for one in asked:
        inquiry = Inquiry.begin(one.question, one.page, phrases(one.question.language))
        inquiry = inquiry.about(one.question.all_terms)
        held = {t.folded: float(s) for t, s in zip(inquiry.terms, inquiry.strengths, strict=True)}
        strengths.append(held)
        terms |= {term.folded: term for term in inquiry.terms}
        for word, strength in held.items():
            holders[word] += strength >= MATCHED
    weights = {
        word: max(log((len(asked) + 1) / (holders[word] + 0.5)), _LEAST_WEIGHT)
        * (NAME_WEIGHT if term.is_name else 1.0)
        for word, term in terms.items()
        if holders[word]
    }
    shares = [
        sum(weights.get(word, 0.0) * strength for word, strength in held.items())
        if one.page.article.language == one.question.language or _is_sure(held)
        else 0.0
        for one, held in zip(asked, strengths, strict=True)
    ]
    least = _AS_MUCH * max(shares, default=0.0)
    return [one for one, share in zip(asked, shares, strict=True) if share >= least and share]


def _is_sure(held: Mapping[str, float]) -> bool:
    """Whether a page in another language holds a word itself, or most words by their meaning.

    "président" stands near "présidentielle", and the page is about no election.
    """
    found = sum(strength >= MATCHED for strength in held.values())
    return max(held.values(), default=0.0) >= SAME_STEM or found > len(held) / 2


def _of_same_story(
    kept: Sequence[Asked], pages: Pages, only: ArticleFilter | None, reader: AnswerReader
) -> list[ArticleIndex]:
    """Return articles in other languages than the question that tell what the kept ones tell.

    Titles in two languages have little in common but names.
    """
    question = kept[0].question
    if all(term.is_name for term in question.all_terms) or any(o.question.speakers for o in kept):
        return []  # a name is the same in all languages
    kept = [one for one in kept if _begins_with(one)]
    known = {one.page.article.id for one in kept}
    names = {
        word
        for one in kept
        for word in content_words(one.page.article.title or "")
        if one.page.spelling.is_name(word)
    }
    sharing = [
        article.id
        for article in pages.listed(only)
        if article.language != question.language
        and article.id not in known
        and not names.isdisjoint(content_words(article.title or ""))
    ]
    return [
        page
        for page in pages.of(sharing)
        if any(_nearness(page, one.page, reader) >= _SAME_STORY for one in kept)
    ]


def _begins_with(one: Asked) -> bool:
    """Whether an article holds its topic where it begins, not in the name of a reader."""
    texts = [passage.text for passage in one.page.article.passages[:_LEADING]]
    held = one.page.align([term.text for term in one.question.all_terms], texts)
    return bool(held.max(initial=0.0) >= MATCHED)


def _nearness(page: ArticleIndex, other: ArticleIndex, reader: AnswerReader) -> float:
    """Return how near two articles begin, by both tables of meaning, without the names they share.

    Else two reports from one village would be near, whatever they report.
    """
    begun = [
        [split_words(p.text) for p in one.article.passages[:_LEADING]] for one in (page, other)
    ]
    words, others = ({fold(word) for text in texts for word in text} for texts in begun)
    shared = {word for word in words & others if len(word) > _LONGEST_SHARED}
    texts, told = (
        [" ".join(word for word in text if fold(word) not in shared) for text in texts]
        for texts in begun
    )
    table = word_table()
    meaning = table.encode_documents(texts) @ table.encode_documents(told).T
    return max(max(reader.nearness(text, told)) for text in texts) + float(meaning.max())


def _of_whole(question: Question) -> Question:
    """Return what is asked of an article all of which is about the topic, in other words.

    A time, a place, a sum is looked for with the words there are: most name what is measured.
    """
    if question.intent not in _OF_WHOLE:
        return question
    return replace(question, intent=_OF_WHOLE[question.intent], terms=(), all_terms=())
