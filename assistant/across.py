"""Answers from several articles: a row for each that tells something, the newest first.

Never the first article that happens to answer: all that are about the topic of a question are
asked, each answers for itself and is checked for itself, and what several tell alike is told once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from assistant.answer import Answer, Citation, Retrieved, Sentence
from assistant.catalogue import LibraryQuestion, listing, read_question
from assistant.extractive import AnswerReader, introduce_article
from assistant.extractive.composing import Composer
from assistant.extractive.copies import is_copy
from assistant.extractive.inquiry import MATCHED
from assistant.intents import ENDS_OF_THREAD
from assistant.locale import matches, phrases
from assistant.question import Question
from assistant.scope import Pages, newness
from assistant.topic import Asked, about_topic
from index.article import Comment
from index.errors import UnreadableArticleError
from index.language.words import content_words
from index.library.article_index import ArticleIndex
from index.statements import Statement

_MOST_CITATIONS, _MOST_WORDS = 8, 190
_MOST_OPENED = 300
"""Articles that are asked where a question names no topic, the newest."""
_BRIEF_FROM = 4
"""Rows from which there is no room for an objection beside its claim."""
_OF_THE_MOST_QUOTED, _MOST_NAMED = 4, 5
_TOLD_ABOUT = frozenset({"summary", "said_what", "factual", "compare", "metadata", "yes_no"})
_OF_ONE = frozenset({"greeting", "request"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question as it was understood and its answer.

    `article_index` is the page that answers; None where several do, or none.
    """

    article_index: ArticleIndex | None
    question: Question
    answer: Answer


_Said = tuple[ArticleIndex, Statement]
Understood = Callable[[ArticleIndex], Question]
Answered = Callable[[Question, ArticleIndex], Exchange]


def answer_across(
    text: str,
    pages: Pages,
    understood: Understood,
    answered: Answered,
    reader: AnswerReader | None = None,
) -> Exchange:
    """Return the answer of a library to a question.

    Args:
        text: The question.
        pages: The articles.
        understood: Returns what the question asks of one of them.
        answered: Returns the checked answer of one of them.
        reader: Compares meanings across languages; None leaves it to the words.

    Raises:
        UnreadableArticleError: There is no article.
    """
    likely = tuple(pages.candidates(text))
    if not likely:
        raise UnreadableArticleError(
            "the library has no article that is asked; see: assistant list, assistant add FILE"
        )
    question = understood(likely[0])
    asked = read_question(question, pages)
    if asked.is_catalogue:
        sentences = listing(question, asked, pages.listed(asked.only))
        return _exchange(question, sentences, ())
    if question.intent in _OF_ONE:
        return answered(question, likely[0])

    def own(page: ArticleIndex) -> Question:
        return _own(understood(page), asked)

    known = phrases(question.language)
    in_several = question.intent == "most_quoted" and matches(
        known.lists["in_several_articles"], question.words
    )
    if asked.terms and not in_several:
        of_topic = likely if asked.only is None else tuple(pages.all(asked.only))
        chosen = about_topic(of_topic, pages, asked.only, own, reader)
    else:
        opened = sorted(islice(pages.all(asked.only), _MOST_OPENED), key=_age, reverse=True)
        if in_several:
            return _quoted_in_several(question, opened)
        if together := _of_all_threads(question, opened, answered):
            return together
        chosen = [Asked(page=page, question=own(page)) for page in opened]
    found = [answered(_brief(one.question, len(chosen)), one.page) for one in chosen]
    rows = _telling(question, found)
    if rows:
        return _merged(question, rows) if len(rows) > 1 else rows[0]
    return found[0] if asked.only is not None and found else answered(question, likely[0])


def _telling(question: Question, found: Sequence[Exchange]) -> list[Exchange]:
    """Return the answers of those articles that tell something to the point."""
    rows = [row for row in found if row.answer.status != "not_in_article" and _is_of_topic(row)]
    if question.intent != "disputed":
        return rows
    # What others say of a topic that nobody contests is told where nobody contests any.
    contested = [r for r in rows if r.answer.verdict == "contested" or not r.question.terms]
    return contested or rows


def _is_of_topic(row: Exchange) -> bool:
    """Whether what is cited for a sum stands by a word of the topic, if its page has any.

    What a shop demands, in an article on the tramway, is not what the tramway costs.
    """
    question, page = row.question, row.article_index
    measures = phrases(question.language).measure_words
    words = [term.text for term in question.terms if term.folded not in measures]
    asks_sum = question.measure is not None or len(words) < len(question.terms)
    if not asks_sum or page is None or not words or not row.answer.citations:
        return True
    cited = page.align(words, [citation.passage_text for citation in row.answer.citations])
    held = page.anywhere(words) >= MATCHED
    return not held.any() or bool((held & (cited.max(axis=1) >= MATCHED)).any())


def _age(page: ArticleIndex) -> datetime:
    return newness(page.article)


def _own(question: Question, asked: LibraryQuestion) -> Question:
    """Return what is asked of one article, without the words that are about the library."""
    known = phrases(question.language)
    own = known.everywhere | asked.told_by
    own |= known.articles if asked.speaks_of_articles else frozenset()
    terms = tuple(t for t in question.terms if t.folded in asked.terms or t.folded not in own)
    everything = tuple(t for t in question.all_terms if t.folded not in own)
    source = question.source_named
    if source is not None and set(content_words(source)) <= own | known.page_words:
        source = None  # "according to each article"
    names_nobody = not (question.speakers or question.authors or question.asks_readers)
    is_open = question.want is None and question.measure is None and question.quoted is None
    intent = question.intent
    if question.asks_readers and intent in _TOLD_ABOUT:
        intent = "readers_summary"
    elif asked.speaks_of_articles and names_nobody and is_open and intent in _TOLD_ABOUT:
        intent = "told_about" if everything else "summary"
    return replace(question, intent=intent, terms=terms, all_terms=everything, source_named=source)


def _brief(question: Question, rows: int) -> Question:
    if question.intent == "disputed" and not question.all_terms and rows > _BRIEF_FROM:
        return replace(question, intent="disputed_briefly")
    return question


def _merged(question: Question, rows: Sequence[Exchange]) -> Exchange:
    """Return the rows as one answer; what an earlier row tells already is not told again."""
    known = phrases(question.language)
    of_each, left = divmod(_MOST_CITATIONS, len(rows))
    sentences: list[Sentence] = []
    citations: list[Citation] = []
    also: list[str] = []
    untold: list[str] = []
    for place, row in enumerate(rows):
        most = max(1, of_each + (place < left))
        title = known.quoted(_title(row))
        told = [frozenset(content_words(citation.quote)) for citation in citations]
        new = [c for c in row.answer.citations if not _is_told(c, told)]
        kept = _first_of(row.answer.sentences, new[:most])
        words = sum(len(sentence.text.split()) for sentence in (*sentences, *kept))
        if row.answer.citations and not new:
            also.append(title)
        elif len(citations) >= _MOST_CITATIONS or (words > _MOST_WORDS and sentences):
            untold.append(title)
        else:
            sentences += kept
            citations += [c for c in new[:most] if any(c.quote in s.text for s in kept)]
    if also:
        sentences.append(_own_words(known.say("also_in", titles=", ".join(also))))
    if untold:
        titles = ", ".join(untold)
        sentences.append(_own_words(known.say("articles_more", titles=titles)))
    retrieved = [item for row in rows for item in row.answer.retrieved]
    question = rows[0].question if question.intent != "disputed" else question
    return _exchange(question, sentences, citations, retrieved)


def joined(question: Question, parts: Sequence[Exchange]) -> Exchange:
    """Return the answers to the questions that one text asks of a page, as one answer.

    What one of them did not find is said of it.
    """
    known = phrases(question.language)
    found = [part for part in parts if part.answer.status != "not_in_article"]
    if not found:
        return parts[0]
    sentences: list[Sentence] = []
    for part in parts:
        if part in found:
            sentences += [s for s in part.answer.sentences if s not in sentences]
        else:
            asked = known.quoted(part.question.plain)
            sentences.append(_own_words(f"{asked}: {known.say('not_in_article')}"))
    citations = tuple(dict.fromkeys(c for part in found for c in part.answer.citations))
    citations = citations[:_MOST_CITATIONS]
    answer = replace(
        found[0].answer,
        status="answered" if len(found) == len(parts) else "partly_answered",
        sentences=tuple(_first_of(sentences, citations)),
        citations=citations,
    )
    return replace(parts[0], answer=answer, question=found[-1].question)


def _title(row: Exchange) -> str:
    article = row.article_index.article if row.article_index else None
    return (article.title or article.id) if article else ""


def _is_told(citation: Citation, told: Iterable[frozenset[str]]) -> bool:
    words = frozenset(content_words(citation.quote))
    return any(is_copy(words, other) for other in told)


def _first_of(sentences: Sequence[Sentence], citations: Sequence[Citation]) -> list[Sentence]:
    """Return the sentences that show some citations, and the frames that lead to them."""
    kept: list[Sentence] = []
    for sentence in sentences:
        if sentence.citations and not any(
            citation.label in sentence.citations and citation.quote in sentence.text
            for citation in citations
        ):
            continue
        kept.append(sentence)
    while citations and kept and not kept[-1].citations and kept[-1].text.rstrip().endswith(":"):
        kept.pop()
    return kept


def _of_all_threads(
    question: Question, opened: Sequence[ArticleIndex], answered: Answered
) -> Exchange | None:
    """Return the answer to a question about all threads or all speakers together, if it is one."""
    if question.intent in ENDS_OF_THREAD:
        return _end_of_threads(question, opened, answered)
    if question.intent == "comment_count" and question.author is None:
        count = sum(len(page.article.live_comments()) for page in opened)
        known = phrases(question.language)
        total = known.say("comments_total", count=count, articles=len(opened))
        return _exchange(question, [_own_words(total)], ())
    if question.intent == "most_quoted":
        return _most_quoted(question, opened)
    return None


def _end_of_threads(
    question: Question, opened: Sequence[ArticleIndex], answered: Answered
) -> Exchange | None:
    by_score = question.intent in ("comment_best", "comment_worst")

    def rank(comment: Comment) -> float | None:
        if by_score:
            return comment.score
        return comment.posted_at.timestamp() if comment.posted_at else None

    choose = max if question.intent in ("comment_best", "comment_last") else min
    ranked = [
        (choose(ranks), place)
        for place, page in enumerate(opened)
        if (ranks := [r for c in page.article.live_comments() if (r := rank(c)) is not None])
    ]
    return answered(question, opened[choose(ranked)[1]]) if ranked else None


def _most_quoted(question: Question, opened: Sequence[ArticleIndex]) -> Exchange | None:
    said = _said_by(opened)
    ranked = sorted(said, key=lambda name: -len(said[name]))[:_MOST_NAMED]
    if not ranked:
        return None
    quoted = _first_of_each(said[ranked[0]])[:_OF_THE_MOST_QUOTED]
    counts = {name: len(said[name]) for name in ranked}
    return _counted(question, "most_quoted", counts, quoted)


def _quoted_in_several(question: Question, opened: Sequence[ArticleIndex]) -> Exchange:
    """Return who is quoted in more than one article, with the first words of them in each."""
    each = {name: _first_of_each(found) for name, found in _said_by(opened).items()}
    several = sorted((n for n in each if len(each[n]) > 1), key=lambda name: -len(each[name]))
    quoted = [said for name in several for said in each[name]][:_MOST_CITATIONS]
    counts = {name: len(each[name]) for name in several[:_MOST_NAMED]}
    return _counted(question, "quoted_in_several" if counts else "quoted_in_one", counts, quoted)


def _said_by(opened: Sequence[ArticleIndex]) -> dict[str, list[_Said]]:
    """Return what is said in the articles themselves, by the name of who says it."""
    said: defaultdict[str, list[_Said]] = defaultdict(list)
    for page in opened:
        for statement in page.statements:
            if statement.speaker is not None and statement.source == "article":
                said[statement.speaker.name].append((page, statement))
    return said


def _first_of_each(said: Sequence[_Said]) -> list[_Said]:
    """Return the first statement of each article, in the order of the articles."""
    return list({page.article.id: (page, one) for page, one in reversed(said)}.values())[::-1]


def _counted(
    question: Question, frame: str, counts: Mapping[str, int], quoted: Sequence[_Said]
) -> Exchange:
    known = phrases(question.language)
    told = ", ".join(f"{name} ({count})" for name, count in counts.items())
    sentences = [_own_words(known.say(frame, list=told))]
    citations: list[Citation] = []
    for page, statement in quoted:
        composer = Composer(article=page.article, phrases=known)
        introduce_article(composer)
        composer.quote(statement.start, statement.end, speaker=statement.speaker)
        draft = composer.finish()
        sentences += draft.sentences
        citations += draft.citations
    return _exchange(question, sentences, citations)


def _own_words(text: str) -> Sentence:
    return Sentence(text=text, lane="assistant", verdict="counted")


def _exchange(
    question: Question,
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    retrieved: Sequence[Retrieved] = (),
) -> Exchange:
    answer = Answer(
        question=question.text,
        language=question.language,
        status="answered",
        sentences=tuple(sentences),
        citations=tuple(citations),
        retrieved=tuple(retrieved),
    )
    return Exchange(article_index=None, question=question, answer=answer)
