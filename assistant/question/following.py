"""A question that leans on the one before it: "And Whitlock?", "And what did he say of Libya?"."""

from dataclasses import replace

from assistant.locale import matches, phrases
from assistant.question.asked import OF_SOMEBODY, Intent, Question
from index.language.words import fold, word_spans

# Of the comments of a thread, the one at an end of some order.
_ENDS_OF_THREAD: tuple[Intent, ...] = (
    "comment_best",
    "comment_worst",
    "comment_first",
    "comment_last",
)


def follow_up(question: Question, before: Question) -> Question:
    """Return a question completed by the one before it, where it leaves somebody unnamed.

    "Et qu'a-t-il dit sur la Libye ?" after "Qui est Akar ?" is about Akar.
    """
    if question.goes_on:
        return _taken_up(question, before)
    if question.speaker or question.author or not question.is_follow_up:
        return question
    if before.speaker is None and before.author is None:
        return question
    intent = "said_what" if question.intent == "factual" and not question.want else question.intent
    return replace(question, speaker=before.speaker, author=before.author, intent=intent)


def carried_on(question: Question, before: Question | None) -> Question:
    """Return a question to remember: who was spoken of stays in mind until somebody else is."""
    if before is None or question.speaker or question.author:
        return question
    return replace(question, speaker=before.speaker, author=before.author)


def _taken_up(question: Question, before: Question) -> Question:
    """Return the rest of a question, completed by the one before it.

    "And Whitlock?" asks the same of somebody else, "And on Syria?" the same person about
    something else, "And the readers?" what readers say about the same.
    """
    known = phrases(question.language)
    if before.intent in _ENDS_OF_THREAD:
        words = [fold(span.of(question.text)) for span in word_spans(question.text)]
        named = [word for word in words if word not in known.follow_up_words]
        for end in _ENDS_OF_THREAD:
            if any(
                matches(known.asks[end], order)
                for order in ([*named, known.comment_word], [known.comment_word, *named])
            ):
                return replace(question, intent=end)
    if question.asks_readers and not question.terms:
        return replace(
            question, intent="readers_summary", terms=before.terms, all_terms=before.all_terms
        )
    if question.intent not in ("factual", "said_what", "comment_by") or question.want:
        return question
    if question.speaker or question.author:
        return replace(question, intent=_of_somebody(question, before), terms=before.terms)
    return replace(
        question,
        intent=before.intent,
        speaker=before.speaker,
        author=before.author,
        terms=question.terms or before.terms,
        all_terms=question.all_terms or before.all_terms,
    )


def _of_somebody(question: Question, before: Question) -> Intent:
    if question.author is not None:
        return "comment_by"
    return before.intent if before.intent in OF_SOMEBODY else "said_what"
