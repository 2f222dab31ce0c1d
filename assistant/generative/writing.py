"""The main flow of an answer by a model: show passages, read the reply, keep what holds."""

import time
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant import prompt
from assistant.answer import Answer, AnswerDraft, Citation, Sentence, Usage
from assistant.checking import SupportJudge, check_reply
from assistant.defusing import imitations
from assistant.errors import PromptCutError, UnusableReplyError
from assistant.extractive import contest
from assistant.extractive.composing import MOST_CITATIONS, MOST_WORDS, Composer
from assistant.extractive.inquiry import Inquiry
from assistant.generative.material import choose, evidence
from assistant.intents import BY_NAME
from assistant.locale import phrases
from assistant.markers import MarkerStream, marked_sentences, with_markers
from assistant.model import ChatModel, Message, ReplyEnd
from assistant.question import Question
from index.article import Passage
from index.language.detection import detect_language
from index.language.words import word_spans
from index.library.article_index import ArticleIndex

_REFUSAL = "NOT_IN_ARTICLE"
_WORDS_ASKED = 120
_SHARES_OF_WINDOW = (0.7, 0.35)
"""For the prompt, the second where a server turned out to count more tokens than we did."""
_NEAREST = 5
_ENOUGH_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    model: str
    text: str
    end: ReplyEnd
    first_token_seconds: float | None

    @property
    def usage(self) -> Usage:
        return Usage(
            prompt_tokens=self.end.prompt_tokens,
            reply_tokens=self.end.reply_tokens,
            first_token_seconds=self.first_token_seconds,
        )


def write(
    question: Question,
    article_index: ArticleIndex,
    model: ChatModel,
    own_words: Answer,
    *,
    judge: SupportJudge | None = None,
) -> Generator[AnswerDraft, None, Answer]:
    """Yield the reply of a model as it grows; return the answer made of what holds.

    Where nothing holds, the answer is `own_words` with a warning that says why.

    Args:
        question: What is asked, understood on this page.
        article_index: The page that is asked.
        model: Who writes.
        own_words: The answer without a model: its passages are shown first.
        judge: A second opinion on whether a passage carries a sentence.

    Raises:
        AssistantError: The model does not answer, not in time, or with nothing usable.
    """
    for share in _SHARES_OF_WINDOW:
        try:
            passages, messages = _prompted(question, article_index, model, own_words, share=share)
            reply = yield from _read(model, messages, passages)
            break
        except PromptCutError:
            if share == _SHARES_OF_WINDOW[-1]:
                raise
    answer = _held(question, article_index, own_words, passages, reply, judge)
    return replace(answer, warnings=(*answer.warnings, *_made_harmless(passages, article_index)))


def _prompted(
    question: Question,
    article_index: ArticleIndex,
    model: ChatModel,
    own_words: Answer,
    *,
    share: float,
) -> tuple[tuple[Passage, ...], tuple[Message, ...]]:
    rules = prompt.text("rules", language=question.language, words=_WORDS_ASKED)
    most = int(model.window * share) - model.count_tokens(rules + question.text)
    passages = choose(
        question, own_words, article_index, count_tokens=model.count_tokens, most_tokens=most
    )
    shown = evidence(passages, article_index, phrases(question.language))
    name = BY_NAME[question.intent].prompt or "answer"
    return passages, prompt.messages(name, rules=rules, evidence=shown, question=question.text)


def _read(
    model: ChatModel, messages: Sequence[Message], passages: Iterable[Passage]
) -> Generator[AnswerDraft, None, _Reply]:
    started = time.perf_counter()
    first: float | None = None
    markers = MarkerStream(shown={passage.label for passage in passages})
    text = ""
    end = ReplyEnd(prompt_tokens=None, reply_tokens=None, was_cut=False)
    stream = model.stream(messages)
    try:
        for piece in stream:
            if isinstance(piece, ReplyEnd):
                end = piece
                break
            first = first if first is not None else time.perf_counter() - started
            text += markers.feed(piece)
            if text.strip() and not _REFUSAL.startswith(text.strip()[: len(_REFUSAL)]):
                yield AnswerDraft(text=text, engine=model.name)
    finally:
        stream.close()
    text += markers.end()
    if not text.strip():
        raise UnusableReplyError(f"the model {model.name} replied with nothing", reply=text)
    return _Reply(model=model.name, text=text, end=end, first_token_seconds=first)


def _held(
    question: Question,
    article_index: ArticleIndex,
    own_words: Answer,
    passages: Sequence[Passage],
    reply: _Reply,
    judge: SupportJudge | None,
) -> Answer:
    """Return the answer made of the sentences of a reply that hold."""
    instead = partial(_instead, own_words)
    if reply.text.strip().startswith(_REFUSAL):
        return instead("the model found no answer")
    sentences = _sentences(reply)
    if not _is_in_language(question, sentences):
        return instead(f"the model did not reply in the language {question.language!r}")
    checked = check_reply(sentences, article_index, passages, judge=judge)
    kept, citations = _within_size(checked.sentences, checked.citations)
    if not kept:
        return instead(*checked.warnings, dropped=checked.dropped)
    if own_words.status == "not_in_article" and not _is_near(question, article_index, citations):
        return instead("the model's reply was about something else", dropped=kept)
    composer = Composer(article=article_index.article, phrases=phrases(question.language))
    composer.take(kept, citations)
    contest.but(composer, article_index)
    whole = composer.finish()
    cut = ("the model's reply was cut at its greatest length",) if reply.end.was_cut else ()
    return replace(
        own_words,
        status="partly_answered" if checked.dropped or cut else "answered",
        sentences=whole.sentences,
        nearest=(),
        citations=whole.citations,
        warnings=(*own_words.warnings, *cut, *checked.warnings),
        dropped=checked.dropped,
        engine=reply.model,
        usage=reply.usage,
    )


def _made_harmless(passages: Sequence[Passage], article_index: ArticleIndex) -> tuple[str, ...]:
    """Return a warning where the model was shown words that imitate a part of its prompt."""
    comments = [article_index.article.comment_of(passage) for passage in passages]
    authors = dict.fromkeys(c.author for c in comments if c is not None and c.author is not None)
    found = sum(imitations(text) for text in (*(p.text for p in passages), *authors))
    if not found:
        return ()
    return (
        f"{found} characters that imitate a prompt or a citation were made harmless for the model",
    )


def _instead(own_words: Answer, *warnings: str, dropped: Sequence[Sentence] = ()) -> Answer:
    return replace(
        own_words,
        warnings=(*own_words.warnings, *warnings, "answered in the page's own words"),
        dropped=tuple(dropped),
    )


def _sentences(reply: _Reply) -> list[Sentence]:
    """Return the sentences of a reply as they claim to be; without the last where it was cut."""
    marked = marked_sentences(reply.text)
    if reply.end.was_cut and len(marked) > 1:
        marked = marked[:-1]
    return [
        Sentence(
            text=with_markers(sentence.text, sentence.labels),
            lane="article",
            citations=sentence.labels,
        )
        for sentence in marked
    ]


def _is_in_language(question: Question, sentences: Sequence[Sentence]) -> bool:
    """Whether a reply is in the language of the question; short ones leave it open."""
    words = " ".join(sentence.text for sentence in sentences)
    if sum(1 for _ in word_spans(words)) < _ENOUGH_WORDS:
        return True
    return detect_language(words, likely=question.language) == question.language


def _within_size(
    sentences: Sequence[Sentence], citations: Sequence[Citation]
) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """Return the sentences and citations that fit the size of an answer."""
    kept: list[Sentence] = []
    words = 0
    for sentence in sentences:
        words += len(sentence.text.split())
        labels = {label for other in (*kept, sentence) for label in other.citations}
        if kept and (words > MOST_WORDS or len(labels) > MOST_CITATIONS):
            break
        kept.append(sentence)
    used = {label for sentence in kept for label in sentence.citations}
    return tuple(kept), tuple(c for c in citations if c.label in used)[:MOST_CITATIONS]


def _is_near(
    question: Question, article_index: ArticleIndex, citations: Sequence[Citation]
) -> bool:
    """Whether a reply where we found no answer rests on what is nearest to the question."""
    nearest = {item.passage.label for item in article_index.search(question.text, limit=_NEAREST)}
    inquiry = Inquiry.begin(question, article_index, phrases(question.language))
    return not inquiry.misses_name and any(c.label in nearest for c in citations)
