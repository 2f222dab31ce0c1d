"""The main flow of an answer by a model: show it the page, let it fill points, tell what holds."""

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace

from assistant import prompt
from assistant.answer import Answer, AnswerDraft, Sentence, Status, Usage
from assistant.checking import Judge, ModelJudge, ReaderJudge
from assistant.defusing import imitations
from assistant.errors import PromptCutError, UnusableReplyError
from assistant.extractive.composing import Composer
from assistant.extractive.objections import but
from assistant.generative.deciding import joined
from assistant.generative.material import choose, shown, told_once
from assistant.generative.points import (
    MOST_POINTS,
    MOST_POINTS_OF_A_WHOLE,
    Point,
    PointStream,
    schema,
)
from assistant.generative.telling import Telling, is_in_language
from assistant.intents import BY_NAME
from assistant.locale import phrases
from assistant.markers import MarkerStream, marked_sentences, with_markers
from assistant.model import ChatModel, Message, ReplyEnd, Waiting
from assistant.model.thinking import behind_thoughts
from assistant.question import Question
from index.article import Passage
from index.encoder import Reader
from index.library.article_index import ArticleIndex

_REFUSAL = "NOT_IN_ARTICLE"
_SHARE_OF_WINDOW = 0.7
"""For the prompt."""
_MOST_TRIES = 4
"""A prompt that is refused as too long is made shorter: by what the server counted where it tells,
else by half."""
_STATUS: dict[str | None, Status] = {"partly": "partly_answered"}


@dataclass(slots=True, kw_only=True)
class _Reading:
    """A reply while it is read, and what came of it."""

    telling: Telling
    end: ReplyEnd = field(default_factory=ReplyEnd)
    started: float = field(default_factory=time.perf_counter)
    first_token_seconds: float | None = None
    first_point_seconds: float | None = None
    verdict: str | None = None
    refused: bool = False

    def note_point(self) -> None:
        """Remember when the first words were ready to be shown."""
        if self.first_point_seconds is None and self.telling.text:
            self.first_point_seconds = time.perf_counter() - self.started


def write(
    question: Question,
    article_index: ArticleIndex,
    model: ChatModel,
    own_words: Answer,
    *,
    reader: Reader | None = None,
    model_judges: bool = False,
) -> Generator[AnswerDraft, None, Answer]:
    """Yield the answer of a model as it grows; return the answer made of what holds.

    Where nothing of it holds or answers, the answer is `own_words` with a warning that says why.

    Args:
        question: What is asked, understood on this page.
        article_index: The page that is asked.
        model: Who writes.
        own_words: The answer without a model.
        reader: Judges whether a passage carries a sentence, and whether one answers.
        model_judges: The model, and not the reader, says whether a passage carries a sentence.

    Raises:
        AssistantError: The model does not answer, not in time, or with nothing usable.
    """
    share = _SHARE_OF_WINDOW
    for left in reversed(range(_MOST_TRIES)):
        passages = choose(
            question,
            own_words,
            article_index,
            count_tokens=model.count_tokens,
            most_tokens=_room(model, share, question.text, article_index),
        )
        if not passages:
            raise PromptCutError(f"{model.window} tokens leave no room for the article")
        reading = _Reading(
            telling=Telling(
                article_index=article_index,
                passages=passages,
                composer=Composer(
                    article=article_index.article, phrases=phrases(question.language)
                ),
                language=question.language,
                judge=_judge(reader, model if model_judges else None),
            )
        )
        try:
            if model.fills_schema:
                yield from _read_points(model, question, reading)
            else:
                yield from _read_prose(model, question, reading)
            break
        except PromptCutError as error:
            if not left:
                raise
            share /= 1 if error.counted else 2
    answer = _made(question, article_index, own_words, model, reading, reader)
    return replace(answer, warnings=(*answer.warnings, *_made_harmless(passages, article_index)))


def warm(article_index: ArticleIndex, model: ChatModel) -> None:
    """Have a model read the page, and the rules before it, so that no question waits for that."""
    most = _room(model, _SHARE_OF_WINDOW, "", article_index)
    page = article_index.article.passages
    passages = told_once(page, article_index, model.count_tokens, most) or ()
    model.warm(_messages(model, passages, article_index, ""))


def _messages(
    model: ChatModel, passages: Sequence[Passage], article_index: ArticleIndex, question: str
) -> tuple[Message, ...]:
    """Return the prompt: rules and page as they always are, the question last."""
    template = "answer" if model.fills_schema else "prose"
    return prompt.messages(template, passages=shown(passages, article_index), question=question)


def _room(model: ChatModel, share: float, question: str, article_index: ArticleIndex) -> int:
    """Return how many tokens of the page a share of the window holds beside rules and question."""
    rules = _messages(model, (), article_index, question)
    return int(model.window * share) - sum(model.count_tokens(m.text) for m in rules)


def _read_points(
    model: ChatModel, question: Question, reading: _Reading
) -> Generator[AnswerDraft, None, None]:
    telling = reading.telling
    is_whole = BY_NAME[question.intent].of_a_whole
    most_points = MOST_POINTS_OF_A_WHOLE if is_whole else MOST_POINTS
    form = schema(telling.passages, most_points=most_points)
    points = PointStream()
    # subtle: a model that judges cannot be asked while it still writes.
    waiting: list[Point] = []
    for piece in _pieces(model, question, reading, form):
        if isinstance(piece, Waiting):
            yield AnswerDraft(text=telling.text, engine=model.name, before=piece.before)
            continue
        waiting += points.feed(piece)
        if not isinstance(telling.judge, ModelJudge):
            _tell(waiting, reading)
        if telling.text:
            yield AnswerDraft(text=telling.text, engine=model.name)
    _tell(waiting, reading)
    if not points.is_filled:
        # A server that takes no schema: what came is prose, or nothing.
        _tell_prose(behind_thoughts(points.text), reading)
    reading.verdict = points.verdict or reading.verdict
    reading.refused = points.is_filled and not points.count


def _judge(reader: Reader | None, model: ChatModel | None) -> Judge | None:
    if reader is None:
        return None
    judge = ReaderJudge(reader)
    return ModelJudge(model, judge) if model is not None and model.fills_schema else judge


def _tell(waiting: list[Point], reading: _Reading) -> None:
    while waiting:
        reading.telling.point(waiting.pop(0))
        reading.note_point()


def _read_prose(
    model: ChatModel, question: Question, reading: _Reading
) -> Generator[AnswerDraft, None, None]:
    markers = MarkerStream(shown={passage.label for passage in reading.telling.passages})
    text = ""
    for piece in _pieces(model, question, reading, None):
        if isinstance(piece, Waiting):
            yield AnswerDraft(text=text, engine=model.name, before=piece.before)
            continue
        text = behind_thoughts(text + markers.feed(piece))
        if text.strip() and not _REFUSAL.startswith(text.strip()[: len(_REFUSAL)]):
            yield AnswerDraft(text=text, engine=model.name)
    _tell_prose(text + markers.end(), reading)


def _tell_prose(text: str, reading: _Reading) -> None:
    if not text.strip():
        raise UnusableReplyError("the model replied with nothing", reply=text)
    reading.refused = text.strip().startswith(_REFUSAL)
    if reading.refused:
        return
    telling = reading.telling
    if not is_in_language(text, telling.language):
        telling.warnings.append(f"the model did not reply in the language {telling.language!r}")
        return
    marked = marked_sentences(text)
    if reading.end.was_cut:
        marked = marked[:-1] or marked
    telling.sentences(
        [
            Sentence(text=with_markers(s.text, s.labels), lane="article", citations=s.labels)
            for s in marked
        ]
    )
    reading.note_point()


def _pieces(
    model: ChatModel,
    question: Question,
    reading: _Reading,
    form: dict[str, object] | None,
) -> Generator[str | Waiting, None, None]:
    telling = reading.telling
    messages = _messages(model, telling.passages, telling.article_index, question.text)
    stream = model.stream(messages, schema=form)
    try:
        for piece in stream:
            if isinstance(piece, ReplyEnd):
                reading.end = piece
                break
            if isinstance(piece, Waiting) and piece.before:
                reading.started = time.perf_counter()  # it counts from one's turn
            if isinstance(piece, str) and reading.first_token_seconds is None:
                reading.first_token_seconds = time.perf_counter() - reading.started
            yield piece
    finally:
        stream.close()


def _made(
    question: Question,
    article_index: ArticleIndex,
    own_words: Answer,
    model: ChatModel,
    reading: _Reading,
    reader: Reader | None,
) -> Answer:
    """Return the answer of what a model told, beside the one in the page's own words."""
    telling, was_cut = reading.telling, reading.end.was_cut
    if was_cut:
        telling.warnings.insert(0, "the model's reply was cut at its greatest length")
    if reading.refused or (reading.verdict == "not_in_article" and not telling.gists):
        if not was_cut:
            telling.warnings.append("the model found no answer")
        return _instead(own_words, telling)
    told = telling.composer.finish()
    if not told.citations:
        return _instead(own_words, telling)
    only_quotes = not telling.gists
    chosen = joined(question, article_index, told, own_words, reader, only_quotes=only_quotes)
    if chosen is None:
        telling.warnings.append("the model's reply does not answer the question")
        return _instead(own_words, telling, dropped=told.sentences)
    composer = Composer(article=article_index.article, phrases=phrases(question.language))
    composer.take(chosen.sentences, chosen.citations)
    if not BY_NAME[question.intent].is_list:  # our own lists say who contests what
        but(composer, article_index.disputes, sentences=question.sentences)
    whole = composer.finish()
    return replace(
        own_words,
        status="partly_answered" if was_cut else _STATUS.get(reading.verdict, "answered"),
        sentences=whole.sentences,
        nearest=(),
        citations=whole.citations,
        warnings=(*own_words.warnings, *telling.warnings),
        dropped=tuple(telling.dropped),
        engine=model.name,
        usage=Usage(
            prompt_tokens=reading.end.prompt_tokens,
            reply_tokens=reading.end.reply_tokens,
            first_token_seconds=reading.first_token_seconds,
            first_point_seconds=reading.first_point_seconds,
            as_written=telling.gists,
            as_quotation=telling.quotations,
        ),
    )


def _instead(own_words: Answer, telling: Telling, *, dropped: Sequence[Sentence] = ()) -> Answer:
    said = "answered in the page's own words"
    return replace(
        own_words,
        warnings=(*own_words.warnings, *telling.warnings, said),
        dropped=(*telling.dropped, *dropped),
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
