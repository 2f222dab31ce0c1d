"""Answers to "who said that?" and "what did they say?", from the statements of the page."""

from collections.abc import Sequence

import numpy as np

from assistant.extractive import identity, people
from assistant.extractive.answerability import is_answered
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import SAME_WORD, Inquiry
from assistant.extractive.sentences import sentence_around, sentences_of
from assistant.extractive.turns import quote_turn
from assistant.extractive.veto import could_be_meant
from assistant.locale import asks_with, turn_words
from assistant.question.speaking import personal_pronouns, reporting_words
from index.article import Article
from index.language.numbers import is_number, numbers
from index.language.quotation_marks import quotations_in
from index.language.sentences import sentence_spans
from index.language.words import Span, content_words, folded_words
from index.statements import Speaker, Statement, check_quotation

_FEW_WORDS = 4
_ALL_OF_IT = 0.75
"""Share of the topic that words must hold to be those of somebody else than was asked."""
_SOMETHING = 0.25
"""Share of the topic from which words have to do with it."""
_AROUND = 0.97
"""Of the coverage that counts where the words stand around a statement, not in it."""
_OF_EACH = 3
"""Statements told of each of several people of one name."""
_MOST = 6
_NEAREST = 0.2
"""Share of the sentences of the page that are among the nearest to a topic."""
_ANSWERS = 0.5
"""Probability from which a statement is read as an answer."""
_AS_GOOD = 0.95
"""Share of the best score from which another statement is told as well."""


def who_said(inquiry: Inquiry) -> Draft | None:
    """Name the speaker of the statement that is asked for, None where no statement fits."""
    chosen = _without_unnamed_copies(_about(inquiry, inquiry.said))
    if not inquiry.terms:
        chosen = _otherwise(inquiry)
    if not chosen:
        readers = [s for s in inquiry.article_index.statements if s.source == "comment"]
        return _who_wrote(inquiry, _about(inquiry, readers)[:2])
    by_speaker: dict[str | None, list[Statement]] = {}
    for statement in chosen[:4]:
        name = statement.speaker.name if statement.speaker else None
        by_speaker.setdefault(name, []).append(statement)
    for name, said in by_speaker.items():
        if name is None:
            inquiry.composer.introduce("nobody_named")
        else:
            inquiry.composer.introduce("who_said", speaker=name)
        for statement in said[:2]:
            quote_statement(statement, inquiry)
    return inquiry.composer.finish()


def _otherwise(inquiry: Inquiry) -> list[Statement]:
    """Return what somebody else says nearest to what was quoted last: "Who says it was more?"."""
    article, cited = inquiry.article, inquiry.question.cited
    quoted = " ".join(span.of(article.text) for span in cited)
    others = [s for s in inquiry.said if s.speaker and not _is_quoted(s, cited)]
    if numbers(quoted, article.language):
        others = [s for s in others if numbers(_around(s, article), article.language)]
    if inquiry.reader is None or not quoted or not others:
        return []
    near = inquiry.reader.nearness(quoted, [_around(s, article) for s in others])
    return [others[near.index(max(near))]]


def _around(statement: Statement, article: Article) -> str:
    return article.text[slice(*sentence_around(article, statement.start, statement.end))]


def _without_unnamed_copies(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements without a headline's words that the text gives to somebody."""
    named = [set(content_words(s.text)) for s in statements if s.speaker is not None]
    return [
        s
        for s in statements
        if s.speaker is not None or not any(set(content_words(s.text)) <= words for words in named)
    ]


def _who_wrote(inquiry: Inquiry, statements: Sequence[Statement]) -> Draft | None:
    article = inquiry.article
    for statement in statements:
        comment = article.comment_of(article.passage(statement.passage))
        if comment is not None:
            inquiry.composer.introduce("who_said_reader", who=inquiry.composer.reader(comment))
            inquiry.composer.quote_comment(comment, lead=False)
    return inquiry.composer.finish() if statements else None


def said_what(inquiry: Inquiry) -> Draft | None:
    """Quote what a speaker said, about the topic where there is one; None where nobody fits."""
    question = inquiry.question
    speaker = question.speaker or people.described_speaker(inquiry)
    if question.stranger:
        return None
    if replied := _in_reply(inquiry, speaker):
        return replied
    if speaker is None:
        return _silent(inquiry) or _quoted_beside_name(inquiry)
    if question.namesakes and not question.author:
        return _namesakes(inquiry)
    said = people.words_of(inquiry, speaker)
    if question.direct_only:
        said = [s for s in said if s.manner == "direct"]
    topic = people.without_description(_without_asking(inquiry), speaker)
    said, topic = _in_that_manner(topic, said)
    everything = said
    told = [] if on_topic(topic, said) else _told_of(topic, speaker)
    if topic.terms:
        said = sorted(_on_it(topic, said), key=lambda s: s.start)
        if not (said or told) and (
            not question.speaker or question.is_follow_up or question.goes_on
        ):
            said = everything  # "And Marsh's answer to that?" names no topic of its own
    if not said and not told:
        return None
    inquiry.composer.introduce("speaker_says", speaker=speaker.name)
    # Where not all of it fits, their own words come before reported ones.
    preferred = sorted(said, key=lambda s: (s.manner == "indirect", s.start))
    most = _MOST if question.reader_of_name is None else _OF_EACH
    for statement in _apart(sorted(preferred[:most], key=lambda s: s.start), inquiry.article):
        quote_statement(statement, inquiry)
    if told:
        inquiry.composer.introduce("article_says")
    for span in told[:_OF_EACH]:
        inquiry.composer.quote(span.start, span.end)
    if len(said) == 1 and len(said[0].text.split()) < _FEW_WORDS:
        _quote_what_they_do(inquiry, _shown(said[0], inquiry.article)[1])
    _reader_of_name(inquiry)
    return inquiry.composer.finish()


def _told_of(topic: Inquiry, speaker: Speaker) -> list[Span]:
    """Return the article's own sentences about somebody that tell how they stand to a topic.

    "She backs the cut all the same." Without a topic, those that quote or report where nobody's
    statement was made out.
    """
    text = topic.article.text
    about = [
        span
        for span in people.sentences_about(topic, speaker)
        if not any(s.speaker and s.start < span.end and span.start < s.end for s in topic.said)
    ]
    sentences = [span.of(text) for span in about]
    if topic.terms:
        return topic.covered(about, sentences)
    if people.words_of(topic, speaker):
        return []
    reporting = reporting_words(topic.article.language)
    return [
        span
        for span, sentence in zip(about, sentences, strict=True)
        if quotations_in(sentence) or not reporting.isdisjoint(folded_words(sentence))
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


def _silent(inquiry: Inquiry) -> Draft | None:
    """Quote that the bearer of an office declines to speak; None where nothing says so."""
    person = identity.bearer(inquiry)
    words = inquiry.article.text[person.start : person.end] if person else ""
    if person is None or turn_words().isdisjoint(folded_words(words)):
        return None
    inquiry.composer.judge("no", "silent_source", source=person.name)
    inquiry.composer.quote(person.start, person.end)
    return inquiry.composer.finish()


def _quoted_beside_name(inquiry: Inquiry) -> Draft | None:
    """Quote the sentences that hold a name with words in quotation marks, and nobody's statement.

    Whose the words are was not made out; the sentence is the article's, and shows it.
    """
    names = [term.text for term in inquiry.terms if term.is_name]
    if not names or inquiry.misses_name:
        return None
    text = inquiry.article.text
    found = [
        span
        for span in sentences_of(inquiry.article)
        if quotations_in(span.of(text))
        and not any(s.speaker and s.start < span.end and span.start < s.end for s in inquiry.said)
        and float(inquiry.article_index.align(names, [span.of(text)]).min()) >= SAME_WORD
    ]
    if not found:
        return None
    inquiry.composer.introduce("article_says")
    for span in found[:_OF_EACH]:
        inquiry.composer.quote(span.start, span.end)
    return inquiry.composer.finish()


def _quote_what_they_do(inquiry: Inquiry, end: int) -> None:
    """Quote the article's sentence behind the few words of somebody that goes on about them.

    "She calls the sum “fanciful”. She wants a march."
    """
    article = inquiry.article
    passage = article.passage_at(max(end - 1, 0))
    after = [s for s in sentence_spans(article.text, passage.start, passage.end) if s.start >= end]
    pronouns = personal_pronouns(article.language)
    if not after or inquiry.question.direct_only or passage.kind == "title":
        return
    opens = folded_words(after[0].of(article.text))[:1]
    said = any(s.start < after[0].end and after[0].start < s.end for s in inquiry.said)
    if opens and opens[0] in pronouns and not said:
        inquiry.composer.introduce("article_says")
        inquiry.composer.quote(after[0].start, after[0].end)


def _without_asking(inquiry: Inquiry) -> Inquiry:
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
        inquiry.composer.quote_comment(comment)


def _namesakes(inquiry: Inquiry) -> Draft | None:
    """Quote each of those whom a name can mean, kept apart."""
    for speaker in inquiry.question.namesakes:
        said = people.words_of(inquiry, speaker)
        if inquiry.question.direct_only:
            said = [s for s in said if s.manner == "direct"]
        if inquiry.terms:
            said = sorted(on_topic(inquiry, said), key=lambda s: s.start)
        if said:
            inquiry.composer.introduce("speaker_says", speaker=speaker.name)
        for statement in said[:_OF_EACH]:
            quote_statement(statement, inquiry)
    return inquiry.composer.finish() if inquiry.composer.citations else None


def did_say(inquiry: Inquiry) -> Draft | None:
    """Say whether words were really said, by whom, and in which words."""
    if inquiry.question.quoted is None:
        return _did_say_so(inquiry)
    question, composer, article = inquiry.question, inquiry.composer, inquiry.article
    name = question.speaker.name if question.speaker else None
    check = check_quotation(
        question.quoted or "", article, inquiry.article_index.statements, speaker=name
    )
    if check.start is None or check.end is None:
        return None
    if question.speaker is None and _said_within(check.start, check.end, inquiry):
        return composer.finish()
    said_by = check.statement.speaker if check.statement else None
    comment = article.comment_of(article.passage_at(check.start))
    if comment is not None:
        composer.introduce("who_said_reader", who=composer.reader(comment))
    elif check.verdict == "altered":
        composer.judge("no", "altered")
    elif check.verdict == "other_speaker" or question.speaker is None:
        if said_by is None:
            composer.introduce("narrator")
        elif question.speaker:
            composer.judge("no", "other_speaker", speaker=said_by.name)
        else:
            composer.introduce("who_said", speaker=said_by.name)
    else:
        composer.judge("yes", "verbatim", speaker=name)
    composer.quote(check.start, check.end, speaker=said_by)
    return composer.finish()


def _did_say_so(inquiry: Inquiry) -> Draft | None:
    """Answer whether somebody said a thing that is not quoted: "Did Lumo confirm the fee?"."""
    speaker = inquiry.question.speaker or people.described_speaker(inquiry)
    if inquiry.question.stranger:
        return None
    if speaker is None:
        return _silent(inquiry)
    topic = people.without_description(_without_asking(inquiry), speaker)
    if not topic.terms:
        return None
    said = people.words_of(inquiry, speaker)
    fitting = [s for s in on_topic(topic, said) if _fits(topic, s)]
    others = [s for s in inquiry.said if s.speaker and s.speaker.name != speaker.name]
    if fitting:
        inquiry.composer.judge("yes", "said_so", speaker=speaker.name)
    elif theirs := [s for s in _about(topic, others) if _shares(topic, [s])[0] >= _ALL_OF_IT][:1]:
        fitting = theirs
        named = theirs[0].speaker.name if theirs[0].speaker else ""
        inquiry.composer.judge("no", "other_speaker", speaker=named)
    else:
        fitting = _nearest(topic, said)
        inquiry.composer.introduce("not_just_that", speaker=speaker.name)
        for span in () if fitting else _told_of(topic, speaker)[:_OF_EACH]:
            inquiry.composer.quote(span.start, span.end)
    if not fitting:
        return inquiry.composer.finish() if inquiry.composer.citations else None
    for statement in _apart(sorted(fitting[:_OF_EACH], key=lambda s: s.start), inquiry.article):
        quote_statement(statement, inquiry)
    return inquiry.composer.finish()


def _on_it(inquiry: Inquiry, said: Sequence[Statement]) -> list[Statement]:
    """Return what of somebody's words is about the topic: by its words, else as it is read.

    What is read as an answer is told with what they say beside it, which may be what is meant.
    """
    unknown = inquiry.unknown
    known = inquiry.about([term for term in inquiry.terms if term not in unknown])
    found = on_topic(inquiry, said) or ([] if inquiry.misses_name else on_topic(known, said))
    if found or not said or not (known.terms or inquiry.is_across):
        return found
    # A paragraph is about one thing, and an article about what its title names.
    beside = [inquiry.article.passage(s.passage).text for s in said]
    title = [p.text for p in inquiry.article.body() if p.kind == "title"]
    covered = inquiry.covered(said, beside) or (said if inquiry.covered(title, title) else [])
    if covered:
        return list(covered)
    is_strange = any(
        term.is_name and strength < SAME_WORD
        for term, strength in zip(inquiry.terms, inquiry.strengths, strict=True)
    )
    if is_strange and not inquiry.is_across:
        return []
    shares = _read(inquiry, said)
    if not shares:
        return []
    if max(shares) >= _ANSWERS:
        likeliest = said[shares.index(max(shares))].passage
        return [s for s in said if s.passage == likeliest][:_OF_EACH]
    return among_nearest(inquiry, said)


def among_nearest(inquiry: Inquiry, said: Sequence[Statement]) -> list[Statement]:
    """Return which of somebody's words are among the nearest of the page to the topic, best first.

    What somebody says of a thing is nearer to it than most of the page, in whatever words.
    """
    if inquiry.reader is None or not inquiry.terms or not said:
        return []
    texts = [span.of(inquiry.article.text) for span in sentences_of(inquiry.article)]
    asked = " ".join(term.text for term in inquiry.terms)
    near = inquiry.reader.nearness(asked, [*(s.text for s in said), *texts])
    own, others = near[: len(said)], sorted(near[len(said) :], reverse=True)
    least = others[int(len(others) * _NEAREST)]
    order = sorted(range(len(said)), key=lambda place: -own[place])
    return [said[place] for place in order if own[place] >= least][:_OF_EACH]


def _read(inquiry: Inquiry, said: Sequence[Statement]) -> tuple[float, ...]:
    """Return for each statement how probably its sentence answers; nothing without a reader."""
    if inquiry.reader is None:
        return ()
    around = [_around(s, inquiry.article) for s in said]
    return inquiry.reader.answers(inquiry.question.plain, around)


def _nearest(inquiry: Inquiry, said: Sequence[Statement]) -> list[Statement]:
    """Return what of somebody's words has to do with the topic, where none says just that."""
    shares = [float(share) for share in _shares(inquiry, said)] if said else []
    read = _read(inquiry, said) if said else ()
    worth = [share + other for share, other in zip(shares, read or [0.0] * len(said), strict=True)]
    if not worth or max(worth) < _SOMETHING:
        return []
    return [said[worth.index(max(worth))]]


def _said_within(start: int, end: int, inquiry: Inquiry) -> bool:
    """Name who says what in a stretch of the article; False where nobody says anything in it."""
    within = [s for s in inquiry.said if s.start < end and start < s.end]
    named = [s for s in within if s.speaker is not None]
    for statement in _apart(named or within, inquiry.article):
        if statement.speaker is None:
            inquiry.composer.introduce("nobody_named")
        else:
            inquiry.composer.introduce("who_said", speaker=statement.speaker.name)
        quote_statement(statement, inquiry)
    return bool(within)


def quote_statement(statement: Statement, inquiry: Inquiry, *, lead: str | None = None) -> bool:
    """Quote a statement, and the sentence after it where that turns it.

    Its words where they are direct, its whole sentence where they are reported.
    """
    start, end = _shown(statement, inquiry.article)
    added = inquiry.composer.quote(start, end, speaker=statement.speaker, lead=lead)
    if added:
        quote_turn(inquiry, end)
    return added


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


def _about(inquiry: Inquiry, statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements a question asks for, best first; none where that is not sure."""
    if not inquiry.terms or not statements:
        return []
    fitting = [s for s in statements if _fits(inquiry, s)]
    if not fitting:
        return []
    shares = _shares(inquiry, fitting)
    best = int(shares.argmax())
    passage = inquiry.article.passage(fitting[best].passage)
    if shares[best] < inquiry.enough:
        return []
    if not is_answered(inquiry, score=float(shares[best]), passage=passage):
        return []
    return _best(fitting, shares, least=float(shares[best]) * _AS_GOOD)


def _fits(inquiry: Inquiry, statement: Statement) -> bool:
    return could_be_meant(inquiry, statement, _around(statement, inquiry.article))


def only_opposed(inquiry: Inquiry) -> tuple[Statement, ...]:
    """Return what comes nearest to the words asked for where all of it says something else.

    The opposite, or another number; nothing where any of it could be meant.
    """
    statements = inquiry.article_index.statements
    if not inquiry.terms or not statements:
        return ()
    near = _best(statements, _shares(inquiry, statements), least=inquiry.enough)
    return () if any(_fits(inquiry, statement) for statement in near) else tuple(near)


def on_topic(inquiry: Inquiry, statements: Sequence[Statement]) -> list[Statement]:
    """Return those of a speaker's statements that hold the topic, best first."""
    if not inquiry.terms or not statements:
        return []
    shares = _shares(inquiry, statements)
    needed = max(inquiry.enough, float(shares.max()) * _AS_GOOD)
    return _best(statements, shares, least=needed)


def _best(statements: Sequence[Statement], shares: np.ndarray, *, least: float) -> list[Statement]:
    order = sorted(range(len(statements)), key=lambda i: (-shares[i], statements[i].start))
    return [statements[i] for i in order if shares[i] >= least]


def _shares(inquiry: Inquiry, statements: Sequence[Statement]) -> np.ndarray:
    """Return how much of the topic each statement holds, (statements,) in [0, 1].

    Numbers do not count: a statement with other ones is none of these (`could_be_meant`), and one
    that has the number and little else is about something else.
    """
    language = inquiry.question.language
    topic = [term for term in inquiry.terms if not is_number(term.folded, language)]
    inquiry = inquiry.about(topic or inquiry.terms)
    # The sentence around it names the speaker and the cue, which a question often repeats.
    around = [_around(s, inquiry.article) for s in statements]
    own = inquiry.coverage([s.text for s in statements])
    held = np.maximum(own, inquiry.coverage(around) * _AROUND)
    # Compared without the speaker, whose name would make all their words near.
    asked = " ".join(term.text for term in inquiry.terms)
    return inquiry.raised(held, [s.text for s in statements], asked=asked)


def _in_that_manner(inquiry: Inquiry, said: list[Statement]) -> tuple[list[Statement], Inquiry]:
    """Return the statements made as the question says ("promise"), and the rest of its topic."""
    if not inquiry.terms or not said:
        return said, inquiry
    for term, held in zip(inquiry.terms, inquiry.held([s.cue or "" for s in said]), strict=True):
        fitting = [s for s, strength in zip(said, held, strict=True) if strength >= SAME_WORD]
        if fitting:
            return fitting, inquiry.about([t for t in inquiry.terms if t is not term])
    return said, inquiry


def about_person(inquiry: Inquiry, speaker: Speaker, *, most: int) -> list[Statement]:
    """Return what a speaker says on the topic, else the first of what they say at all."""
    said = people.words_of(inquiry, speaker)
    topic = people.without_description(inquiry, *people.all_named(inquiry))
    fitting = sorted(on_topic(topic, said), key=lambda s: s.start)
    return _apart((fitting or said)[:most], inquiry.article)
