"""Answers to "who said that?" and "what did they say?", from the statements of the page."""

from collections.abc import Sequence

from assistant.extractive import contest, described, identity, overview, people, telling, thread
from assistant.extractive.composing import LONGEST_QUOTE_WORDS, Draft
from assistant.extractive.described import Person
from assistant.extractive.inquiry import SAME_WORD, Inquiry
from assistant.extractive.quoting import apart, quote_statement
from assistant.extractive.topical import on_topic, sentence_of
from assistant.extractive.utterances import Meant, Utterance, as_utterance, meant
from assistant.extractive.writer import is_writer, writer_of
from assistant.locale import asks_with, matched_words, turn_words
from assistant.question.speaking import reporting_words
from index.language.numbers import numbers
from index.language.quotation_marks import quotations_in
from index.language.sentences import sentence_spans
from index.language.words import Span, content_words, folded_words, split_words
from index.library.narration import sentences_of
from index.statements import Speaker, Statement, is_denial

_OF_ONE = 2
_OF_EACH = 3
"""Statements told of each of several people of one name."""
_MOST = 6


def who_said(inquiry: Inquiry) -> Draft | None:
    """Name whose words are asked for, or tell the nearest as a guess; None where none are near."""
    if not (inquiry.terms or inquiry.question.cited):
        inquiry = inquiry.as_written()
    words = meant(inquiry) if inquiry.terms else Meant()
    found, question = words.found, inquiry.question
    if not found and any(is_denial(word, question.language) for word in question.words):
        return contest.denied(inquiry)  # "Who denies paying late?"
    if words.opposed:
        return overview.said_otherwise(inquiry, words.opposed)
    if not inquiry.terms:
        found = tuple(as_utterance(said, inquiry.article) for said in _otherwise(inquiry))
    if found and inquiry.terms and not words.is_sure:
        return _perhaps(inquiry, found)
    by_speaker: dict[str | None, list[Utterance]] = {}
    for utterance in _without_unnamed_copies(found):
        by_speaker.setdefault(utterance.speaker, []).append(utterance)
    for name, utterances in by_speaker.items():
        _introduce(inquiry, name, utterances[0])
        for utterance in utterances[:_OF_ONE]:
            _quote(inquiry, utterance, lead=None)
    return inquiry.composer.finish() if inquiry.composer.citations else None


def _introduce(inquiry: Inquiry, name: str | None, utterance: Utterance) -> None:
    """Say whose words follow: a speaker's, a reader's, nobody's."""
    composer, said = inquiry.composer, utterance.said
    if said is None:
        if writer := writer_of(inquiry, utterance.text):
            composer.introduce("who_said", speaker=writer.name)
        else:
            tell_narrator(inquiry)
    elif said.source == "comment":
        comment = inquiry.article.comment_of(inquiry.article.passage(said.passage))
        who = composer.reader(comment) if comment else name
        composer.introduce("who_said_reader", who=who)
    elif name is None:
        composer.introduce("nobody_named")
    else:
        composer.introduce("who_said", speaker=name)


def tell_narrator(inquiry: Inquiry) -> None:
    """Say that the article tells it by itself, with whoever signed it."""
    author = inquiry.article.author
    inquiry.composer.introduce("narrator_by" if author else "narrator", author=author)


def _perhaps(inquiry: Inquiry, found: Sequence[Utterance]) -> Draft:
    """Tell the words that come nearest, and whose they are, as a guess."""
    composer = inquiry.composer
    composer.introduce("perhaps_meant")
    for utterance in _without_unnamed_copies(found):
        name = utterance.speaker
        _quote(inquiry, utterance, lead=composer.phrases.say("lead", who=name) if name else None)
    return composer.finish("partly_answered")


def _quote(inquiry: Inquiry, utterance: Utterance, *, lead: str | None) -> None:
    """Quote words as they are told: a reader's comment, a statement, a sentence of the article."""
    said, article = utterance.said, inquiry.article
    comment = article.comment_of(article.passage_at(utterance.start))
    if comment is not None:
        is_far = (
            len(split_words(article.text[comment.start or 0 : utterance.end])) > LONGEST_QUOTE_WORDS
        )
        at = utterance.start if is_far else None
        inquiry.composer.quote_comment(comment, lead=lead is not None, at=at)
    elif said is None:
        inquiry.quote(utterance.start, utterance.end, by=writer_of(inquiry, utterance.text))
    else:
        quote_statement(said, inquiry, lead=lead)
        if said.speaker is None or said.speaker.name[0].islower():
            _quote_beginning(inquiry, said)


def _quote_beginning(inquiry: Inquiry, said: Statement) -> None:
    """Quote the first sentence of a statement's paragraph, apart from it.

    It often tells who "this antique dealer" or "he" is.
    """
    article = inquiry.article
    passage = article.passage_at(said.start)
    first = next(iter(sentence_spans(article.text, passage.start, passage.end)), None)
    if passage.kind != "title" and first is not None and first.end <= said.start:
        inquiry.composer.introduce("article_says")
        inquiry.composer.quote(first.start, first.end)


def _otherwise(inquiry: Inquiry) -> list[Statement]:
    """Return what somebody else says nearest to what was quoted last: "Who says it was more?"."""
    article, cited = inquiry.article, inquiry.question.cited
    quoted = " ".join(span.of(article.text) for span in cited)
    others = [s for s in inquiry.said if s.speaker and not _is_quoted(s, cited)]
    if numbers(quoted, article.language):
        others = [s for s in others if numbers(sentence_of(s, article), article.language)]
    if inquiry.reader is None or not quoted or not others:
        return []
    near = inquiry.reader.nearness(quoted, [sentence_of(s, article) for s in others])
    return [others[near.index(max(near))]]


def _without_unnamed_copies(found: Sequence[Utterance]) -> list[Utterance]:
    """Return the utterances without a headline's words that the text gives to somebody."""
    named = [set(content_words(u.text)) for u in found if u.speaker is not None]
    return [
        u
        for u in found
        if u.speaker is not None or not any(set(content_words(u.text)) <= words for words in named)
    ]


def said_what(inquiry: Inquiry) -> Draft | None:
    """Quote what a speaker said, about the topic where there is one; None where nobody fits."""
    question = inquiry.question
    if question.stranger or (
        question.speaker is not None and people.is_other_than_meant(inquiry, question.speaker)
    ):
        return None
    whom = people.meant(inquiry)
    if len(whom.persons) > 1:
        inquiry.composer.say("perhaps_meant")
        return _each_of(inquiry, whom.persons)
    person = whom.persons[0] if whom.persons else None
    if person is not None and person.is_reader and question.author is None:
        return thread.words_of_reader(inquiry, person.speaker.name)
    speaker = person.speaker if person else None
    if replied := _in_reply(inquiry, speaker):
        return replied
    if speaker is None:
        return silent(inquiry)
    if question.namesakes and not question.author:
        return _each_of(inquiry, [described.person(inquiry, each) for each in question.namesakes])
    topic = topic_of(inquiry, speaker)
    by_writer = is_writer(inquiry, speaker)
    if by_writer and not topic.terms:
        return overview.summary(inquiry)
    theirs = telling.of_speaker(inquiry, speaker)
    if question.direct_only:
        theirs = [item for item in theirs if item.said and item.said.manner == "direct"]
    topic, theirs = _in_that_manner(topic, theirs)
    chosen = telling.told(inquiry, topic, theirs) if topic.terms else []
    # "the tyre bloke", of whom the page has no "bloke"
    is_description = not question.speaker and topic.terms[1:] == () and topic.unknown == topic.terms
    # "And Marsh's answer to that?" names no topic of its own.
    goes_on = bool(question.cited) and question.refers_back
    if not topic.terms or ((is_description or goes_on) and not chosen):
        said_by = [item for item in theirs if item.said]
        chosen = said_by or _reported(inquiry, theirs)
    if not chosen:
        return None
    said = [item.said for item in chosen if item.said]
    told = [] if said else chosen
    if not whom.is_sure:
        inquiry.composer.say("perhaps_meant")
    inquiry.composer.introduce("speaker_says", speaker=speaker.name)
    # Where not all of it fits, their own words come before reported ones.
    preferred = sorted(said, key=lambda s: (s.manner == "indirect", s.start))
    most = _MOST if question.reader_of_name is None else _OF_EACH
    for statement in apart(sorted(preferred[:most], key=lambda s: s.start), inquiry.article):
        quote_statement(statement, inquiry)
    if told and not by_writer:
        inquiry.composer.introduce("article_says")
    for span in told[:_OF_EACH]:
        inquiry.composer.quote(span.start, span.end, speaker=speaker if by_writer else None)
    _reader_of_name(inquiry)
    return inquiry.composer.finish()


def topic_of(inquiry: Inquiry, speaker: Speaker) -> Inquiry:
    """Return the question without the words that ask for words and those that say whose."""
    asked = without_asking(inquiry)
    topic = people.without_description(asked, speaker)
    if inquiry.question.speaker is None and len(topic.terms) == len(asked.terms):
        return topic.about(topic.terms[1:])  # "l'ornitho" for the ornithologist of the page
    return topic


def _reported(inquiry: Inquiry, theirs: Sequence[Utterance]) -> list[Utterance]:
    """Return the sentences that quote or report where nobody's statement was made out."""
    reporting = reporting_words(inquiry.article.language)
    return [
        item
        for item in theirs
        if quotations_in(item.text) or not reporting.isdisjoint(folded_words(item.text))
    ]


def _in_reply(inquiry: Inquiry, speaker: Speaker | None) -> Draft | None:
    """Quote what somebody says to what was quoted last, beside it on the page; else None.

    "Yüksel wants the fee back. Bröckelmann refuses." - "And what does the director reply to that?"
    """
    article, cited = inquiry.article, inquiry.question.cited
    beside = {article.passage_at(span.start).label for span in cited}
    near = [s for s in inquiry.said if s.passage in beside]
    name = speaker.name if speaker else None
    theirs = [s for s in near if (s.speaker.name if s.speaker else None) == name]
    if all(statement in theirs for statement in near if _is_quoted(statement, cited)):
        return None  # nobody else spoke last
    surname = set(content_words(name or "")[-1:])
    about = [
        span
        for span in sentences_of(article)
        if article.passage_at(span.start).label in beside
        and surname & set(folded_words(span.of(article.text)))
        and not _is_quoted(span, cited)
    ]
    inquiry.composer.introduce("speaker_says" if theirs and name else "article_says", speaker=name)
    for statement in theirs[:_OF_EACH]:
        quote_statement(statement, inquiry)
    for span in () if theirs else about[:_OF_EACH]:
        inquiry.composer.quote(span.start, span.end)
    return inquiry.composer.finish() if inquiry.composer.citations else None


def _is_quoted(words: Statement | Span, cited: Sequence[Span]) -> bool:
    return any(words.start < span.end and span.start < words.end for span in cited)


def silent(inquiry: Inquiry) -> Draft | None:
    """Quote that the bearer of an office declines to speak; None where nothing says so."""
    person = identity.bearer(inquiry)
    words = inquiry.article.text[person.start : person.end] if person else ""
    if person is None or turn_words().isdisjoint(folded_words(words)):
        return None
    inquiry.composer.judge("no", "silent_source", source=person.name)
    inquiry.composer.quote(person.start, person.end)
    return inquiry.composer.finish()


def without_asking(inquiry: Inquiry) -> Inquiry:
    """Return the inquiry without words that only ask for words: "Marsh's answer", "position"."""
    language = inquiry.composer.phrases.language
    reporting = reporting_words(language)
    left_out = [
        term
        for term in inquiry.unknown
        if asks_with(language, term.folded) or term.folded in reporting
    ]
    return inquiry.about([term for term in inquiry.terms if term not in left_out])


def _reader_of_name(inquiry: Inquiry) -> None:
    """Quote the reader who bears the speaker's name, apart from the speaker."""
    author = inquiry.question.reader_of_name
    if author is None or inquiry.question.direct_only:
        return
    inquiry.composer.introduce("comments_by", author=author)
    for comment in people.by_author(inquiry, author):
        inquiry.quote_comment(comment)


def _each_of(inquiry: Inquiry, meant: Sequence[Person]) -> Draft | None:
    """Quote each of those whom a name or a description can mean, kept apart."""
    for person in meant:
        said = [s for s in person.said if s.manner == "direct" or not inquiry.question.direct_only]
        topic = people.without_description(inquiry, person.speaker)
        about = sorted(on_topic(topic, said), key=lambda s: s.start)
        is_named = bool(inquiry.question.namesakes)
        said = about if is_named and topic.terms else about or said
        name = person.speaker.name
        frame = "comments_by" if person.is_reader else "speaker_says"
        inquiry.composer.introduce(frame, author=name, speaker=name)
        for statement in said[:_OF_EACH]:
            quote_statement(statement, inquiry)
    return inquiry.composer.finish() if inquiry.composer.citations else None


def _in_that_manner(inquiry: Inquiry, theirs: list[Utterance]) -> tuple[Inquiry, list[Utterance]]:
    """Return the rest of the topic, and the words said as the question tells ("promise")."""
    if not inquiry.terms or not theirs:
        return inquiry, theirs
    cues = [(item.said.cue if item.said else None) or "" for item in theirs]
    for term, held in zip(inquiry.terms, inquiry.held(cues), strict=True):
        fitting = [u for u, strength in zip(theirs, held, strict=True) if strength >= SAME_WORD]
        if fitting:
            return inquiry.about([t for t in inquiry.terms if t is not term]), fitting
    # "think" asks for words, however often the page has "thought".
    asking = matched_words(inquiry.composer.phrases.asks["said_what"], inquiry.question.words)
    return inquiry.about([t for t in inquiry.terms if t.folded not in asking]), theirs
