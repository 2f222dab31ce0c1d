"""A question that leans on the one before it: "And Whitlock?", "And what did he say of Libya?"."""

from dataclasses import replace

from assistant.intents import BY_NAME, ENDS_OF_THREAD
from assistant.locale import asks_with, matches, phrases
from assistant.question.asked import Memory, Question, Term
from assistant.question.memory import meant
from index.language.words import fold, word_spans

# Kinds that say how people stand to something: without words of their own to what was spoken of.
_STANDS = frozenset({"stance", "disputed", "supported", "arguments", "readers_summary", "yes_no"})
_SAYS = frozenset({"did_say", "yes_no", "said_what", "comment_by", "factual"})


def follow_up(question: Question, memory: Memory) -> Question:
    """Return a question completed by what was spoken of, where it leaves somebody unnamed.

    "Et qu'a-t-il dit sur la Libye ?" after "Qui est Akar ?" is about Akar.
    """
    before, question = memory.question, replace(question, memory=memory)
    own = _own_topic(question)
    if question.refers_back:
        question = replace(question, cited=() if own else memory.quoted, beside=memory.quoted)
    if question.goes_on:
        return _taken_up(question, memory)
    if question.speaker or question.author or not question.is_follow_up:
        return question
    if question.intent == "compare":  # "Does anyone see that differently?"
        question = replace(question, intent="disputed", terms=(), cited=memory.quoted)
    if question.intent in _STANDS and not own:  # "Stimmt das laut den Lesern?"
        question = replace(question, terms=before.terms, all_terms=before.all_terms)
    return leaning(question, memory)


def _own_topic(question: Question) -> list[Term]:
    """Return the words of the topic that do more than ask: not "respond"."""
    return [t for t in question.terms if not asks_with(question.language, t.folded)]


def leaning(question: Question, memory: Memory, *, without_sign: bool = False) -> Question:
    """Return a question as one about whoever was spoken of before it.

    `without_sign` also where it has a topic and no pronoun: "Quando presenta i dati?".
    """
    who = meant(question, memory.people, without_sign=without_sign)
    if question.speaker or question.author or who is None:
        return question
    intent = question.intent
    if intent == "factual" and not question.want:
        intent = "said_what" if who.author is None else "comment_by"
    if question.asks_readers and intent in _SAYS and who.author is None:
        intent = "comment_by"  # "Did he say anything in the comments?"
    return replace(
        question,
        intent=intent,
        speaker=who.speaker,
        speakers=(who.speaker,) if who.speaker else (),
        author=who.author,
        authors=(who.author,) if who.author else (),
    )


def _taken_up(question: Question, memory: Memory) -> Question:
    """Return the rest of a question, completed by the one before it.

    "And Whitlock?" asks the same of somebody else, "And on Syria?" the same person about
    something else, "And the readers?" what readers say about the same.
    """
    known, before = phrases(question.language), memory.question
    if question.intent in ("greeting", "request") or (
        question.intent == "comment_count" and not question.asks_readers
    ):
        question = replace(question, intent="factual")  # "peki Sancak?", "and how many?"
    if before.intent in ENDS_OF_THREAD:
        words = [fold(span.of(question.text)) for span in word_spans(question.text)]
        named = [word for word in words if word not in known.follow_up_words]
        for end in ENDS_OF_THREAD:
            if any(
                matches(known.asks[end], order)
                for order in ([*named, known.comment_word], [known.comment_word, *named])
            ):
                return replace(question, intent=end)
    if question.asks_readers and not question.terms:
        return replace(
            question, intent="readers_summary", terms=before.terms, all_terms=before.all_terms
        )
    if question.want and not question.terms and question.intent == "factual":
        question = replace(question, terms=before.terms, all_terms=before.all_terms)
    if question.intent not in ("factual", "said_what", "comment_by") or question.want:
        return leaning(question, memory) if question.is_follow_up else question
    if question.speaker or question.author:
        return _asked_of_another(question, before)
    if question.intent != "factual":
        return leaning(question, memory)  # "And what does she say of the brakes?"
    if question.terms:
        question = _named_with(question, before)
    who = meant(question, memory.people, without_sign=True)
    return replace(
        question,
        intent=before.intent,
        want=None if question.measure else before.want,
        measure=question.measure or before.measure,
        speaker=who.speaker if who else None,
        speakers=(who.speaker,) if who and who.speaker else (),
        author=who.author if who else None,
        authors=(who.author,) if who and who.author else (),
        terms=question.terms or before.terms,
        all_terms=question.all_terms or before.all_terms,
    )


def _asked_of_another(question: Question, before: Question) -> Question:
    """Return the question before it, put to somebody else: "And according to the union?"."""
    earlier = [*(s.name for s in before.speakers), *before.authors, before.source_named or ""]
    named = {fold(span.of(name)) for name in earlier for span in word_spans(name)}
    return replace(
        question,
        intent=_of_somebody(question, before),
        want=before.want,
        measure=before.measure,
        terms=tuple(term for term in before.terms if term.folded not in named),
    )


def _named_with(question: Question, before: Question) -> Question:
    """Return a question with the names of the one before it: "And the price?" of what it named."""
    names = [t for t in before.terms if t.is_name and t.folded not in question.words]
    return replace(
        question,
        plain=" ".join((question.plain.rstrip(" ?"), *(t.text for t in names))) + "?",
        terms=(*question.terms, *names),
        all_terms=(*question.all_terms, *names),
    )


def _of_somebody(question: Question, before: Question) -> str:
    if question.author is not None:
        return "comment_by"
    return before.intent if BY_NAME[before.intent].of_somebody else "said_what"
