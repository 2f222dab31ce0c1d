"""Answers to "who said that?" and "what did they say?", from the statements of the page."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.extractive.composing import Composer, Draft
from assistant.extractive.scoring import (
    MATCHED,
    SAME_WORD,
    coverage,
    enough,
    is_answered,
    missing_name,
)
from assistant.extractive.veto import could_be_meant
from assistant.question import Question
from index.article import Article
from index.language.numbers import is_number
from index.language.sentences import sentence_spans
from index.library.article_index import ArticleIndex
from index.statements import (
    Speaker,
    Statement,
    check_quotation,
    speakers,
)

_AROUND = 0.97
"""Of the coverage that counts where the words stand around a statement, not in it."""
_OF_EACH = 3
"""Statements told of each of several people of one name."""
_AS_GOOD = 0.95
"""Share of the best score from which another statement is told as well."""


def who_said(question: Question, composer: Composer, article_index: ArticleIndex) -> Draft | None:
    """Name the speaker of the statement that is asked for, None where no statement fits."""
    statements = [s for s in article_index.statements if s.source == "article"]
    chosen = _about(question, statements, article_index)
    if not chosen:
        readers = [s for s in article_index.statements if s.source == "comment"]
        return _who_wrote(composer, _about(question, readers, article_index)[:2])
    by_speaker: dict[str | None, list[Statement]] = {}
    for statement in chosen[:4]:
        name = statement.speaker.name if statement.speaker else None
        by_speaker.setdefault(name, []).append(statement)
    for name, said in by_speaker.items():
        if name is None:
            composer.say("nobody_named")
        else:
            composer.say("who_said", speaker=name)
        for statement in said[:2]:
            quote_statement(statement, composer)
    return composer.finish()


def _who_wrote(composer: Composer, statements: Sequence[Statement]) -> Draft | None:
    for statement in statements:
        comment = composer.article.comment_of(composer.article.passage(statement.passage))
        if comment is not None:
            composer.say("who_said_reader", who=composer.reader(comment))
            composer.quote_comment(comment, lead=False)
    return composer.finish() if statements else None


def said_what(question: Question, composer: Composer, article_index: ArticleIndex) -> Draft | None:
    """Quote what a speaker said, about the topic where there is one; None where nobody fits."""
    speaker = question.speaker or _described_speaker(question, article_index)
    if speaker is None:
        return None
    if question.namesakes and not question.author:
        return _namesakes(question, composer, article_index)
    said = _words_of(speaker, article_index)
    if question.direct_only:
        said = [s for s in said if s.manner == "direct"]
    topic = _without_description(question, speaker, article_index)
    said, topic = _in_that_manner(topic, said, article_index)
    if question.speaker and topic.terms:
        said = sorted(on_topic(topic, said, article_index), key=lambda s: s.start)
    if not said:
        return None
    composer.say("speaker_says", speaker=speaker.name)
    # Where not all of it fits, their own words come before reported ones.
    preferred = sorted(said, key=lambda s: (s.manner == "indirect", s.start))
    most = 6 if question.reader_of_name is None else _OF_EACH
    for statement in _apart(sorted(preferred[:most], key=lambda s: s.start), composer.article):
        quote_statement(statement, composer)
    _reader_of_name(question, composer)
    return composer.finish()


def _reader_of_name(question: Question, composer: Composer) -> None:
    """Quote the reader who bears the speaker's name, apart from the speaker."""
    if question.reader_of_name is None or question.direct_only:
        return
    composer.say("comments_by", author=question.reader_of_name)
    for comment in composer.article.live_comments():
        if comment.author == question.reader_of_name:
            composer.quote_comment(comment)


def _namesakes(question: Question, composer: Composer, article_index: ArticleIndex) -> Draft | None:
    """Quote each of those whom a name can mean, kept apart."""
    for speaker in question.namesakes:
        said = _words_of(speaker, article_index)
        if question.direct_only:
            said = [s for s in said if s.manner == "direct"]
        if question.terms:
            said = sorted(on_topic(question, said, article_index), key=lambda s: s.start)
        if said:
            composer.say("speaker_says", speaker=speaker.name)
        for statement in said[:_OF_EACH]:
            quote_statement(statement, composer)
    return composer.finish() if composer.citations else None


def _words_of(speaker: Speaker, article_index: ArticleIndex) -> list[Statement]:
    return [
        s
        for s in article_index.statements
        if s.source == "article" and s.speaker and s.speaker.name == speaker.name
    ]


def did_say(question: Question, composer: Composer, article_index: ArticleIndex) -> Draft | None:
    """Say whether a quotation was really said, by whom, and in which words."""
    if question.quoted is None:
        return None
    name = question.speaker.name if question.speaker else None
    check = check_quotation(
        question.quoted, article_index.article, article_index.statements, speaker=name
    )
    if check.start is None or check.end is None:
        return None
    if question.speaker is None and _said_within(check.start, check.end, composer, article_index):
        return composer.finish()
    said_by = check.statement.speaker if check.statement else None
    comment = article_index.article.comment_of(article_index.article.passage_at(check.start))
    if comment is not None:
        composer.say("who_said_reader", who=composer.reader(comment))
    elif check.verdict == "altered":
        composer.say("altered")
    elif check.verdict == "other_speaker" or question.speaker is None:
        if said_by is None:
            composer.say("narrator")
        else:
            frame = "other_speaker" if question.speaker else "who_said"
            composer.say(frame, speaker=said_by.name)
    else:
        composer.say("verbatim", speaker=name)
    composer.quote(check.start, check.end, speaker=said_by)
    return composer.finish()


def _said_within(start: int, end: int, composer: Composer, article_index: ArticleIndex) -> bool:
    """Name who says what in a stretch of the article; False where nobody says anything in it."""
    within = [
        s
        for s in article_index.statements
        if s.source == "article" and s.start < end and start < s.end
    ]
    named = [s for s in within if s.speaker is not None]
    for statement in _apart(named or within, composer.article):
        if statement.speaker is None:
            composer.say("nobody_named")
        else:
            composer.say("who_said", speaker=statement.speaker.name)
        quote_statement(statement, composer)
    return bool(within)


def most_quoted(
    question: Question, composer: Composer, article_index: ArticleIndex
) -> Draft | None:
    """Count the statements of each speaker of the article and quote one of each."""
    said = [s for s in article_index.statements if s.source == "article" and s.speaker]
    ranked = speakers(said)[:5]
    if not ranked:
        return None
    listed = ", ".join(f"{item.speaker.name} ({item.statements})" for item in ranked)
    composer.say("most_quoted", list=listed)
    for item in ranked[:3]:
        first = next(s for s in said if s.speaker and s.speaker.name == item.speaker.name)
        lead = composer.phrases.say("lead", who=item.speaker.name)
        composer.quote(first.start, first.end, speaker=first.speaker, lead=lead)
    return composer.finish()


def quote_statement(statement: Statement, composer: Composer) -> bool:
    """Quote a statement: its words where they are direct, its whole sentence where reported."""
    start, end = _shown(statement, composer.article)
    return composer.quote(start, end, speaker=statement.speaker)


def _shown(statement: Statement, article: Article) -> tuple[int, int]:
    if statement.manner == "direct" or statement.passage == "A0":
        return statement.start, statement.end
    return sentence_around(article, statement.start, statement.end)


def _apart(statements: Sequence[Statement], article: Article) -> list[Statement]:
    """Return the statements but for those whose words are shown with a longer one anyway."""
    shown = [_shown(statement, article) for statement in statements]
    return [
        statement
        for statement, (start, end) in zip(statements, shown, strict=True)
        if not any(
            other_start <= start and end <= other_end and (end - start) < (other_end - other_start)
            for other_start, other_end in shown
        )
    ]


def sentence_around(article: Article, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentences that hold a span, within its passage."""
    passage = article.passage_at(start)
    held = [
        span
        for span in sentence_spans(article.text, passage.start, passage.end)
        if span.start < end and start < span.end
    ]
    if not held:
        return start, end
    return min(held[0].start, start), max(held[-1].end, min(end, passage.end))


def _about(
    question: Question, statements: Sequence[Statement], article_index: ArticleIndex
) -> list[Statement]:
    """Return the statements a question asks for, best first; none where that is not sure."""
    if not question.terms or not statements:
        return []
    fitting = [s for s in statements if _fits(question, s, article_index)]
    if len(fitting) < len(statements):
        return _about(question, fitting, article_index) if fitting else []
    shares = _shares(question, statements, article_index)
    best = int(shares.argmax())
    passage = article_index.article.passage(statements[best].passage)
    if shares[best] < enough(question, article_index):
        return []
    if not is_answered(question, article_index, score=float(shares[best]), passage=passage):
        return []
    return _best(statements, shares, least=float(shares[best]) * _AS_GOOD)


def _fits(question: Question, statement: Statement, article_index: ArticleIndex) -> bool:
    start, end = sentence_around(article_index.article, statement.start, statement.end)
    return could_be_meant(question, statement, article_index.article.text[start:end], article_index)


def only_opposed(question: Question, article_index: ArticleIndex) -> bool:
    """Whether what comes nearest to the words asked for says the opposite or another number."""
    if not question.terms or not article_index.statements:
        return False
    shares = _shares(question, article_index.statements, article_index)
    near = _best(article_index.statements, shares, least=enough(question, article_index))
    return bool(near) and not any(_fits(question, statement, article_index) for statement in near)


def on_topic(
    question: Question, statements: Sequence[Statement], article_index: ArticleIndex
) -> list[Statement]:
    """Return those of a speaker's statements that hold the topic, best first."""
    if not question.terms or not statements:
        return []
    shares = _shares(question, statements, article_index)
    needed = max(enough(question, article_index), float(shares.max()) * _AS_GOOD)
    return _best(statements, shares, least=needed)


def _best(statements: Sequence[Statement], shares: np.ndarray, *, least: float) -> list[Statement]:
    order = sorted(range(len(statements)), key=lambda i: (-shares[i], statements[i].start))
    return [statements[i] for i in order if shares[i] >= least]


def _shares(
    question: Question, statements: Sequence[Statement], article_index: ArticleIndex
) -> np.ndarray:
    """Return how much of the topic each statement holds, (statements,) in [0, 1].

    Numbers do not count: a statement with other ones is none of these (`could_be_meant`), and one
    that has the number and little else is about something else.
    """
    topic = tuple(t for t in question.terms if not is_number(t.folded, question.language))
    question = replace(question, terms=topic or question.terms)
    text = article_index.article.text
    # The sentence around it names the speaker and the cue, which a question often repeats.
    around = [
        text[slice(*sentence_around(article_index.article, s.start, s.end))] for s in statements
    ]
    own = coverage(question, [s.text for s in statements], article_index)
    shares: np.ndarray = np.maximum(own, coverage(question, around, article_index) * _AROUND)
    return shares


def _without_description(
    question: Question, speaker: Speaker, article_index: ArticleIndex
) -> Question:
    """Return the question without the words that only say who the speaker is: "the mayor"."""
    if not question.terms:
        return question
    described = " ".join((speaker.name, speaker.role or "", *speaker.aliases))
    held = article_index.align([term.text for term in question.terms], [described])[:, 0]
    kept = tuple(t for t, share in zip(question.terms, held, strict=True) if share < MATCHED)
    return replace(question, terms=kept)


def _in_that_manner(
    question: Question, said: list[Statement], article_index: ArticleIndex
) -> tuple[list[Statement], Question]:
    """Return the statements made as the question says ("promise"), and the rest of its topic."""
    if not question.terms or not said:
        return said, question
    strengths = article_index.align([t.text for t in question.terms], [s.cue or "" for s in said])
    for term, held in zip(question.terms, strengths, strict=True):
        fitting = [s for s, strength in zip(said, held, strict=True) if strength >= SAME_WORD]
        if fitting:
            rest = tuple(t for t in question.terms if t is not term)
            return fitting, replace(question, terms=rest)
    return said, question


def _described_speaker(question: Question, article_index: ArticleIndex) -> Speaker | None:
    """Return the speaker whose name or role the question describes in other words."""
    known = [
        item.speaker
        for item in speakers(s for s in article_index.statements if s.source == "article")
    ]
    if not known or not question.terms or missing_name(question, article_index):
        return None
    described = [" ".join((s.name, s.role or "", *s.aliases)) for s in known]
    shares = coverage(question, described, article_index)
    best = int(shares.argmax())
    return known[best] if shares[best] >= enough(question, article_index) else None
