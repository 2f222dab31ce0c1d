"""The answer of a model beside the one in the page's own words: which is shown, or both.

A model's answer replaces ours where its words answer the question at least as surely, and for a
question on the whole page where everybody is heard whom we hear. Else what the model says stands
for those of our quotations that it tells, and the others stay.
"""

from collections.abc import Sequence
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
from index.language.words import content_words, folded_words
from index.library.article_index import ArticleIndex

_ANSWERS = 0.5
"""How surely words must answer where the page's own search found no answer."""
_AS_SURE = 0.1
_ABOUT = 0.3
"""How near to whether something is so words must be to stand behind the page's own nearer ones."""
_WHETHER = ("yes_no", "did_say", "disputed", "supported")
"""Kinds of questions on whether something is so: "Is it true that …", "Does anybody deny …"."""
_NEAREST = 5
_TOLD, _COPIED = 0.5, 1.0
"""Share of the words of a quotation in a sentence that tells it, and in one that copies it."""


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
    if question.asks_readers:
        # "Are they for it?" asks no court.
        told = _only(told, [s for s in told.sentences if s.lane == "readers"])
    if intent.of_a_whole and own_words.status != "not_in_article":
        told = _of_a_whole(told, own_words)
        if question.sentences is not None and len(told.sentences) > question.sentences:
            return None
        is_as_full = _voices(own_words.citations) <= _voices(told.citations)
        if is_as_full and not only_quotes:
            return told
        # "in three sentences": no more than that
        return None if question.sentences else _beside(told, own_words, _TOLD)
    article = article_index.article
    told = _answering(question, told, reader, article)
    said = [(without_markers(sentence.text), "") for sentence in told.sentences]
    sure = _sureness(question, [*_in_place(told.citations, article), *said], reader)
    if own_words.status == "not_in_article":
        return told if _answers(question, article_index, told, sure) else None
    own = _in_place(own_words.citations, article)
    if _sureness(question, own, reader) > sure + _AS_SURE:
        is_about = question.intent in _WHETHER and sure >= _ABOUT
        return _beside(told, own_words, _COPIED) if is_about else None
    if intent.is_list or (only_quotes and not _holds(told.citations, own_words.citations)):
        return _beside(told, own_words, _COPIED)
    return told


def _holds(some: Sequence[Citation], others: Sequence[Citation]) -> bool:
    """Whether some citations hold others: a question of two parts has the second of a model."""
    return all(any(c.start <= o.start and o.end <= c.end for c in some) for o in others)


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
    scored = list(
        zip(
            told.citations,
            _scores(question, _in_place(told.citations, article), reader),
            strict=True,
        )
    )
    least = max((score for _, score in scored), default=0.0) / 2

    def is_kept(sentence: Sentence) -> bool:
        cited = [(c, score) for c, score in scored if c.label in sentence.citations]
        quoted = [(c, score) for c, score in cited if c.quote in sentence.text]
        return max((score for _, score in quoted or cited), default=1.0) >= least

    return _only(told, [*filter(is_kept, told.sentences)])


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


def _of_a_whole(told: Draft, own_words: Answer) -> Draft:
    """Return what is told of those whom our own answer hears: the article, readers, or both.

    A quotation of the article's own words adds nobody to them.
    """
    lanes = {sentence.lane for sentence in own_words.sentences if sentence.citations}
    nobodys = {c.label for c in told.citations if not (c.author or c.speaker)}
    return _only(
        told,
        [
            s
            for s in told.sentences
            if s.lane in lanes
            and not (nobodys.issuperset(s.citations) and _is_quoting(s, told.citations))
        ],
    )


def _only(told: Draft, kept: Sequence[Sentence]) -> Draft:
    """Return some sentences of a draft with what they cite."""
    labels = {label for sentence in kept for label in sentence.citations}
    cited = tuple(c for c in told.citations if c.label in labels)
    return replace(told, sentences=tuple(kept), citations=cited)


def _beside(told: Draft, own_words: Answer, share: float) -> Draft | None:
    """Return what the model said, as far as there is room, and what we quote besides.

    Its own sentences stand first, each for the quotations of which it has a share of the words;
    a quotation that it pointed at stands last where it adds who is not heard yet.
    """
    own = own_words.sentences
    first: list[Sentence] = []
    last: list[Sentence] = []
    for sentence in told.sentences:
        cited = [c for c in told.citations if c.label in sentence.citations]
        is_quotation = _is_quoting(sentence, cited)
        if is_quotation and _voices(cited) <= _voices(own_words.citations):
            continue
        left = own if is_quotation else _untold(sentence, cited, own_words, own, share)
        if _fits((*first, *last, sentence, *left)):
            (last if is_quotation else first).append(sentence)
            own = left
    if not first and not last:
        return None
    shown = (*first, *own, *last)
    added = [c for c in told.citations if any(c.label in s.citations for s in (*first, *last))]
    known = [
        c for c in own_words.citations if c not in added and any(c.quote in s.text for s in own)
    ]
    return Draft(status=told.status, sentences=shown, citations=(*added, *known))


def _is_quoting(sentence: Sentence, cited: Sequence[Citation]) -> bool:
    """Whether a sentence shows words of the page as a quotation, and is not made of them."""
    text = without_markers(sentence.text).strip()
    return any(c.quote in text and c.quote != text for c in cited)


def _untold(
    sentence: Sentence,
    cited: Sequence[Citation],
    own_words: Answer,
    own: Sequence[Sentence],
    share: float,
) -> tuple[Sentence, ...]:
    """Return our sentences without the quotations whose words another sentence tells."""
    said = set(content_words(sentence.text))
    quoted = [
        c.quote
        for c in own_words.citations
        if any(c.start < other.end and other.start < c.end for other in cited)
        and len(said & set(words := content_words(c.quote))) >= share * len(words)
    ]
    kept = [s for s in own if not any(quote in s.text for quote in quoted)]
    return tuple(
        s
        for s, behind in zip(kept, (*kept[1:], None), strict=True)
        if s.citations
        or not s.text.rstrip().endswith(":")
        or (behind is not None and behind.citations)
    )


def _fits(sentences: Sequence[Sentence]) -> bool:
    """Whether sentences are no more than an answer may have."""
    labels = {label for sentence in sentences for label in sentence.citations}
    words = sum(len(sentence.text.split()) for sentence in sentences)
    return words <= MOST_WORDS and len(labels) <= MOST_CITATIONS
