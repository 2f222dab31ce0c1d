"""Answers to when, where, how many, who, what and whether: the sentence that says it."""

from collections.abc import Iterator, Sequence

from assistant.extractive import identity, people, speech, thread
from assistant.extractive.answerability import holds_measure, is_of_kind
from assistant.extractive.answering import answering, corrects, without_measure
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.likelihood import Likelihood, likelihood_of
from assistant.extractive.sentences import ScoredSpan, sentence_around, with_antecedent
from assistant.extractive.turns import is_correction, quote_turn
from assistant.extractive.writer import writer_asked_for
from assistant.intents import BY_NAME
from assistant.locale import correction_words
from assistant.question.plain import asked_part
from assistant.question.recognition import is_plain
from index.article import Source, whole_label
from index.language.sentences import sentence_spans
from index.language.words import content_words, folded_words
from index.statements import is_denied

# The article is asked first: a reader's remark is no reporting.
_LANES: tuple[tuple[Source, str], ...] = (("article", "article_says"), ("comment", "readers_say"))
_PLAIN = ("factual", "yes_no")
_MOST_SENTENCES = 3
_SURE_OF_STRANGE = 0.5
"""Probability from which a sentence answers a question of which the page has no word: the price of
a flight is none of a dyke."""
_SURE_WITHOUT_NAME = 0.7
"""The same of a question with a name that the page does not have: "What car did Olivier Pla drive?"
is not answered by the only car of another page."""
_SURE_OF_NOBODYS = 0.4
"""The same of a question for the words of somebody whom nobody on the page is like."""
_SURER = 0.7
"""Probability from which a sentence answers whatever kind of question it was taken for."""
_ALONE, _FAR = 0.1, 0.1
"""Probability from which a sentence with the words answers, and the share of it others may have."""
_ALL_OF_IT = 0.75
"""What a sentence must hold to say outright that something is so: nearly the whole topic."""


def factual(inquiry: Inquiry) -> Draft | None:
    """Quote the sentence that answers, from the article first; None where nothing does."""
    question = inquiry.question
    if question.author and question.want in (None, "person") and question.measure is None:
        return thread.comment_by(inquiry)
    if question.want == "number" and thread.pointed_at(inquiry):
        return thread.facts_of_quoted(inquiry)
    if question.want == "name":
        return identity.called(inquiry)
    asks_bare = asked_part(question.text) != question.text and inquiry.unknown == inquiry.terms
    if question.want == "person" and asks_bare:
        return speech.who_said(inquiry.as_written())
    if told := identity.who_is(inquiry):
        return told
    for _, frame, good in _chosen(inquiry):
        _quote_all(good, frame, inquiry)
        _quote_correction(inquiry, good[0])
        return inquiry.composer.finish()
    if question.author and question.want in ("reason", "thing") and question.measure is None:
        return thread.comment_by(inquiry)  # "What reasons does Ada give?"
    return None


def surest(inquiry: Inquiry) -> Draft | None:
    """Quote what surely answers by what was learned, whatever kind of question it was taken for.

    "Do the animal people want racing outlawed?" is told by a sentence of the article where no
    reader stands to it. None where nothing is sure, or where readers are asked.
    """
    told = _surely_told(inquiry)
    return _told(told, inquiry) if told else None


def surer(inquiry: Inquiry, draft: Draft | None) -> Draft | None:
    """Quote what surely answers, where an answer does not quote it; else None.

    "What does it learn of me if I never click?" is no request to the assistant.
    """
    cited = draft.citations if draft else ()
    question = inquiry.question
    if cited and (
        BY_NAME[question.intent].of_record
        or is_plain(question.words, question.intent, inquiry.composer.phrases)
    ):
        return None  # "Who accuses whom?" is no question for one thing
    told = _surely_told(inquiry)
    if not told or told[0].score < _SURER:
        return None
    if any(told[0].start < c.end and c.start < told[0].end for c in cited):
        return None
    return _told(told, inquiry)


def _surely_told(inquiry: Inquiry) -> list[ScoredSpan]:
    question = inquiry.question
    if question.asks_readers or question.author or question.reader_of_name:
        return []
    return likelihood_of(inquiry).told


def _told(spans: Sequence[ScoredSpan], inquiry: Inquiry) -> Draft:
    _quote_all(spans, dict(_LANES)[spans[0].passage.source], inquiry)
    return inquiry.composer.finish()


def _quote_all(spans: Sequence[ScoredSpan], frame: str, inquiry: Inquiry) -> None:
    inquiry.composer.say(frame)
    for span in spans:
        quote(span, inquiry)


def yes_no(inquiry: Inquiry) -> Draft | None:
    """Answer whether something is so, verdict first where the page's words leave no doubt."""
    for source, frame, good in _chosen(inquiry):
        best = good[0]
        sentence = _words(inquiry, best)
        said = inquiry.said_in(best.start, best.end)
        disputed = any(
            d.claim.start < best.end and best.start < d.claim.end
            for d in inquiry.article_index.disputes
        )
        if source == "comment" or inquiry.coverage([sentence])[0] < _ALL_OF_IT:
            inquiry.composer.say("unclear" if source == "article" else frame)
        elif disputed:
            inquiry.composer.judge("contested", "contested")
        elif said is not None and said.manner != "direct" and said.speaker is not None:
            inquiry.composer.say("unclear")
        elif is_denied(sentence, inquiry.article.language) == is_denied(
            inquiry.question.plain, inquiry.question.language
        ):
            inquiry.composer.judge("yes", "yes")
        else:
            inquiry.composer.judge("no", "no")
        for span in good[:2]:
            quote(span, inquiry)
        _quote_correction(inquiry, best)
        return inquiry.composer.finish()
    if inquiry.question.author:
        return thread.comment_by(inquiry)
    return None


def _chosen(inquiry: Inquiry) -> Iterator[tuple[Source, str, list[ScoredSpan]]]:
    """Yield a lane, its frame and the sentences of it that answer, those likeliest to first.

    How likely each is was learned; without the reader the words of the question decide. What is
    asked of readers alone no sentence of the article answers.
    """
    lanes = _LANES[1:] if inquiry.asks_readers_alone else _LANES
    for source, frame in lanes:
        if beside := _beside(inquiry, source):
            yield source, frame, beside
    likelihood = likelihood_of(inquiry).where(lambda t: t.passage.source in dict(lanes))
    if (author := inquiry.question.author) is not None and not inquiry.question.authors[1:]:
        # what a reader does is told by that reader alone
        theirs = {comment.label for comment in people.by_author(inquiry, author)}
        likelihood = likelihood.where(lambda t: whole_label(t.passage.label) in theirs)
    is_likely = likelihood.at_least(_SURE_OF_STRANGE)
    if likelihood.spans and not is_likely and _is_strange(inquiry):
        return
    if likelihood.spans and inquiry.misses_name and not inquiry.is_across:
        likelihood = likelihood.where(lambda t: t.score >= _SURE_WITHOUT_NAME)
        if not likelihood.spans:
            return
    is_of_somebody = inquiry.question.intent == "said_what" and bool(likelihood.spans)
    if is_of_somebody and not likelihood.at_least(_SURE_OF_NOBODYS):
        return
    by_words = [span for source, _ in lanes for span in answering(inquiry, source)]
    told = _likeliest(inquiry, likelihood, by_words) if likelihood.spans else by_words
    for source, frame in lanes:
        if of_lane := [span for span in told if span.passage.source == source]:
            yield source, frame, of_lane


def _is_strange(inquiry: Inquiry) -> bool:
    """Whether the page has no word of a question for a number, or for somebody it never names.

    Nor any of two words of another: "my phone does not charge".
    """
    wants_number = inquiry.question.want == "number" or inquiry.question.measure is not None
    topic = without_measure(inquiry)  # "costs" is how a sum is asked for, not what it is asked of
    if inquiry.is_across or not (wants_number or inquiry.misses_name or topic.terms[1:]):
        return False
    return bool(topic.terms) and topic.unknown == topic.terms


def _likeliest(
    inquiry: Inquiry, likelihood: Likelihood, by_words: Sequence[ScoredSpan]
) -> list[ScoredSpan]:
    """Return the sentences that are likely to answer; else those with the words, if not unlikely.

    Beside the likeliest stands what its paragraph says in the words of the question, and, where
    it lacks some of them, its neighbour.
    """
    told = likelihood.told
    told = [span for span in told if not corrects(span)] or told
    best = told[0] if told else None
    if best is not None and inquiry.coverage([_words(inquiry, best)])[0] < _ALL_OF_IT:
        told[1:1] = [span for span in likelihood.beside(best) if span not in told]
    if inquiry.question.want == "thing":
        told = [t for t in told if is_of_kind(inquiry, _words(inquiry, t)) is not False]
    first = by_words[:1]
    if told:
        starts = {span.start for span in told}
        return told + [s for s in first if s.passage == told[0].passage and s.start not in starts]
    if inquiry.question.measure is not None:  # as the sentence has then
        return [span for span in first if likelihood.carries(span)]
    return [
        span
        for span in first
        if likelihood.carries(span)
        and (_needs_neighbour(inquiry, span) or _stands_alone(inquiry, likelihood, span))
    ]


def _stands_alone(inquiry: Inquiry, likelihood: Likelihood, span: ScoredSpan) -> bool:
    """Whether a sentence has nearly all words of a question, and no other is nearly as likely."""
    best, *others = likelihood.spans
    is_best = best.start < span.end and span.start < best.end and best.score >= _ALONE
    is_far = all(other.score <= _FAR * best.score for other in others)
    return is_best and is_far and inquiry.coverage([_words(inquiry, span)])[0] >= _ALL_OF_IT


def _needs_neighbour(inquiry: Inquiry, span: ScoredSpan) -> bool:
    """Whether a sentence says nothing alone: "Er stammt aus dem Jahr 1621"."""
    own = (span.start, span.end)
    return with_antecedent(inquiry.article, *own) != own


def _words(inquiry: Inquiry, span: ScoredSpan) -> str:
    return inquiry.article.text[span.start : span.end]


def _beside(inquiry: Inquiry, source: Source) -> list[ScoredSpan]:
    """Return the first sentence with the sort of number that is asked for beside what was quoted.

    "And the price?" goes on about the thing of the answer before it.
    """
    article, measure = inquiry.article, inquiry.question.measure
    labels = {article.passage_at(span.start).label for span in inquiry.question.beside}
    if measure is None:
        return []
    for item in inquiry.evidence(source):
        for span in sentence_spans(article.text, item.passage.start, item.passage.end):
            told = span.of(article.text)
            if item.passage.label in labels and holds_measure(measure, told, article.language):
                return [ScoredSpan(start=span.start, end=span.end, passage=item.passage, score=1.0)]
    return []


def quote(span: ScoredSpan, inquiry: Inquiry) -> None:
    """Quote a sentence; words of somebody the article quotes are never told as its own."""
    composer = inquiry.composer
    statements = inquiry.article_index.statements
    said = next((s for s in statements if s.start < span.end and span.start < s.end), None)
    speaker = said.speaker if said and said.source == "article" else None
    own = start, end = sentence_around(composer.article, span.start, span.end)
    if span.passage.source == "article":
        start, end = with_antecedent(composer.article, start, end)
    if any(start < cited.end and cited.start < own[0] for cited in composer.citations):
        start, end = own  # what it needs to be read is told before it
    if corrects(span):
        start, end = span.passage.start, span.passage.end  # not what it corrects alone
    is_direct = said is not None and said.manner == "direct" and speaker is not None
    comment = composer.article.comment_of(span.passage)
    lead = None
    names = speaker is not None and set(content_words(speaker.name)[-1:]) & set(
        folded_words(composer.article.text[start:end])
    )
    if comment is not None:
        lead = composer.phrases.say("lead", who=composer.reader(comment))
    elif speaker is not None and span.passage.kind != "title" and (is_direct or not names):
        lead = composer.phrases.say("lead", who=speaker.name)
    if said is None and span.passage.source == "article":
        speaker = writer_asked_for(inquiry)
    if composer.quote(start, end, speaker=speaker, lead=lead):
        quote_turn(inquiry, end)


def _quote_correction(inquiry: Inquiry, best: ScoredSpan) -> None:
    """Add a correction that speaks of what was asked, told as one."""
    words = correction_words()
    if is_correction(best.passage, words):
        return
    for passage in inquiry.article.body():
        if is_correction(passage, words) and inquiry.terms:
            if inquiry.coverage([passage.text])[0] < inquiry.enough / 2:
                continue
            inquiry.composer.say("corrected", label=passage.label)
            return
