"""The answer of a model beside the one in the page's own words: which is shown, or both.

A model's answer replaces ours where its words answer the question at least as surely, and for a
question on the whole page where everybody is heard whom we hear. A list of who said or contests
what stays whole, behind what the model says, and so does what the model did not tell in full.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Sentence
from assistant.checking import nearness
from assistant.extractive.composing import MOST_CITATIONS, MOST_WORDS, Draft
from assistant.extractive.context import text_before
from assistant.extractive.inquiry import Inquiry
from assistant.intents import BY_NAME
from assistant.locale import phrases
from assistant.markers import without_markers
from assistant.question import Question
from index.article import Article
from index.encoder import Reader
from index.language.words import folded_words
from index.library.article_index import ArticleIndex

_ANSWERS = 0.5
"""How surely words must answer where the page's own search found no answer."""
_AS_SURE = 0.1
_ABOUT = 0.3
"""How near to whether something is so words must be to stand behind the page's own nearer ones."""
_WHETHER = ("yes_no", "did_say", "disputed", "supported")
"""Kinds of questions on whether something is so: "Is it true that …", "Does anybody deny …"."""
_NEAREST = 5


def joined(
    question: Question,
    article_index: ArticleIndex,
    told: Draft,
    own_words: Answer,
    reader: Reader | None,
    *,
    only_quotes: bool,
) -> Draft | None:
    """Return what is shown of both, None where the model's words do not answer.

    Args:
        question: What is asked.
        article_index: The page.
        told: What the model said, checked.
        own_words: The answer without a model.
        reader: Reads whether words answer; None leaves it to how near they are.
        only_quotes: Whether nothing that the model said in its own words held: what it pointed at
            stands behind the page's own words then.
    """
    intent = BY_NAME[question.intent]
    if intent.of_a_whole:
        is_as_full = _voices(own_words.citations) <= _voices(told.citations)
        is_better = is_as_full and not only_quotes
        return told if is_better else _both(told, own_words, is_behind=only_quotes)
    article = article_index.article
    told = _answering(question, told, reader, article)
    said = [(without_markers(sentence.text), "") for sentence in told.sentences]
    sure = _sureness(question, [*_in_place(told.citations, article), *said], reader)
    if own_words.status == "not_in_article":
        return told if _answers(question, article_index, told, sure) else None
    own = _in_place(own_words.citations, article)
    if _sureness(question, own, reader) > sure + _AS_SURE:
        is_about = question.intent in _WHETHER and sure >= _ABOUT
        return _both(told, own_words, is_behind=True) if is_about else None
    if only_quotes:
        return _both(told, own_words, is_behind=True)
    return _both(told, own_words) if intent.is_list else told


def _voices(citations: Sequence[Citation]) -> set[str]:
    """Return whose words are cited: readers, speakers, and the passages that nobody speaks."""
    return {c.author or c.speaker or c.label for c in citations}


def _in_place(citations: Sequence[Citation], article: Article) -> list[tuple[str, str]]:
    """Return the words of each citation and what they stand behind."""
    return [(c.quote, text_before(article, c.start)) for c in citations]


def _answering(question: Question, told: Draft, reader: Reader | None, article: Article) -> Draft:
    """Return the sentences that answer half as surely as the best: small models add others."""
    if reader is None:
        return told
    scores = dict(
        zip(
            [c.label for c in told.citations],
            _scores(question, _in_place(told.citations, article), reader),
            strict=True,
        )
    )
    least = max(scores.values(), default=0.0) / 2
    kept = tuple(
        s for s in told.sentences if max((scores[x] for x in s.citations), default=1.0) >= least
    )
    labels = {label for sentence in kept for label in sentence.citations}
    return replace(
        told, sentences=kept, citations=tuple(c for c in told.citations if c.label in labels)
    )


def _sureness(question: Question, texts: Sequence[tuple[str, str]], reader: Reader | None) -> float:
    return max(_scores(question, texts, reader), default=0.0) if reader is not None else 0.0


def _scores(
    question: Question, texts: Sequence[tuple[str, str]], reader: Reader
) -> tuple[float, ...]:
    """Return how surely each text, with what it stands behind, answers, at most 1.

    Whether something is so is answered by whatever speaks of it, for or against: by nearness.
    """
    if question.intent not in _WHETHER or not texts:
        own, behind = [text for text, _ in texts], [before for _, before in texts]
        return reader.answers(question.text, own, behind)
    return tuple(map(float, nearness(question.plain, [text for text, _ in texts])))


def _answers(question: Question, article_index: ArticleIndex, told: Draft, sure: float) -> bool:
    """Whether a quotation answers where we found no answer."""
    inquiry = Inquiry.begin(question, article_index, phrases(question.language))
    told_words = {word for s in told.sentences for word in folded_words(s.text)}
    if any(term.folded not in told_words for term in inquiry.unknown_names):
        return False  # what a sentence that holds has is on the page, in other words
    if sure:
        return sure >= _ANSWERS
    nearest = {item.passage.label for item in article_index.search(question.text, limit=_NEAREST)}
    return any(citation.label in nearest for citation in told.citations)


def _both(told: Draft, own_words: Answer, *, is_behind: bool = False) -> Draft | None:
    """Return what the model said, as far as there is room beside our own words; they stay whole.

    Where a sentence of the model is one of the page which we quote, it stands for the quotation.
    """
    known = {(c.start, c.end) for c in own_words.citations}
    words = sum(len(sentence.text.split()) for sentence in own_words.sentences)
    labels = {c.label for c in own_words.citations}
    said: list[Sentence] = []
    again: set[Sentence] = set()
    for sentence in told.sentences:
        words += len(sentence.text.split())
        quotes = [c.quote for c in told.citations if c.quote in sentence.text]
        shown = [
            own
            for own in own_words.sentences
            if sentence.text == own.text or any(quote in own.text for quote in quotes)
        ]
        is_copy = not is_behind and without_markers(sentence.text).strip() in quotes
        if shown and not is_copy:
            continue
        if words > MOST_WORDS or len(labels | set(sentence.citations)) > MOST_CITATIONS:
            continue
        again.update(shown)
        labels |= set(sentence.citations)
        said.append(sentence)
    if not said:
        return None
    cited = {label for sentence in said for label in sentence.citations}
    added = [c for c in told.citations if c.label in cited and (c.start, c.end) not in known]
    own_sentences = _without(own_words.sentences, again) if again else own_words.sentences
    return Draft(
        status=told.status,
        sentences=(*own_sentences, *said) if is_behind else (*said, *own_sentences),
        citations=(*own_words.citations, *added) if is_behind else (*added, *own_words.citations),
    )


def _without(sentences: Sequence[Sentence], again: Collection[Sentence]) -> list[Sentence]:
    """Return sentences without some, and without what then introduces nothing."""
    kept = [sentence for sentence in sentences if sentence not in again]
    return [
        sentence
        for sentence, behind in zip(kept, (*kept[1:], None), strict=True)
        if sentence.citations
        or not sentence.text.rstrip().endswith(":")
        or (behind is not None and behind.citations)
    ]
