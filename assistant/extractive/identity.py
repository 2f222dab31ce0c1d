"""Who somebody is, and what somebody or something is called: read where the page names them."""

from collections.abc import Iterable, Sequence

from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import MATCHED, SAME_WORD, Inquiry
from assistant.extractive.people import same_office
from assistant.extractive.sentences import with_antecedent
from assistant.locale import lesser_offices
from assistant.question.speaking import own_words
from index.language import report_words
from index.language.sentences import sentence_spans
from index.language.words import content_words, fold, folded_words, stop_words, word_spans
from index.library.narration import sentences_of
from index.statements import NamedPerson

_BEFORE, _BEHIND = 6, 8
"""Words around a name in which the page says what its bearer is."""
_OF_THINGS = frozenset({"of", "determiner", "genitives"})
_SHORT = 3
"""Words of an office: "the head of libraries"; more of them ask what somebody did."""


def who_is(inquiry: Inquiry) -> Draft | None:
    """Quote the sentence that says who somebody is or who bears an office; None where none does.

    "Who is Fay Lindqvist?" is answered by where the page gives her office, "Who is the chief
    executive?" by the same.
    """
    question, known = inquiry.question, inquiry.composer.phrases
    asked = set(question.words) - stop_words(question.language) - known.frame_words
    if question.want != "person" or question.intent != "factual":
        return None
    names = {term.folded for term in question.all_terms}
    for person in inquiry.article_index.people:
        own = set(content_words(person.name))
        if names and names <= own and asked <= {"{name}"} | own:
            return _told(inquiry, person)
    is_office = len(asked) <= _SHORT or _is_of_something(inquiry)
    holder = bearer(inquiry) if is_office else None
    return _told(inquiry, holder) if holder else None


def called(inquiry: Inquiry) -> Draft | None:
    """Quote the sentence that names whom or what a question asks the name of; None where none does.

    "What is the name of the mediator?" is not answered by "in the presence of a mediator".
    """
    person = bearer(inquiry)
    return _told(inquiry, person) if person else _thing(inquiry)


def _head(inquiry: Inquiry) -> str | None:
    """Return the word for what is asked for, the first that is no name: "manager", "OB"."""
    offices = inquiry.composer.phrases.role_words
    terms = inquiry.question.all_terms
    return next((t.text for t in terms if not t.is_name or t.folded in offices), None)


def _is_of_something(inquiry: Inquiry) -> bool:
    """Whether nothing but what an office is of is told behind it: "le chef de la communauté"."""
    head, language = _head(inquiry), report_words.load(inquiry.question.language)
    words = folded_words(inquiry.question.plain)
    if head is None or fold(head) not in words:
        return False
    behind = words[words.index(fold(head)) + 1 :]
    small = [word for word in behind if word in stop_words(inquiry.question.language)]
    tags = [language.tagged(word) for word in small]
    return bool(small) and behind[0] == small[0] and all(t & _OF_THINGS for t in tags)


def bearer(inquiry: Inquiry) -> NamedPerson | None:
    """Return whose name stands beside the office that is asked for."""
    head = _head(inquiry)
    if head is None:
        return None
    asks_lesser = _is_lesser(inquiry.question.words)
    same = same_office(inquiry, fold(head))
    least = MATCHED if inquiry.is_across else SAME_WORD
    asked = set(folded_words(inquiry.question.plain))
    for person in inquiry.article_index.people:
        if asked.intersection(content_words(person.name)):
            continue  # "The name of Vauclin's daughter" is not Vauclin
        beside = _words_beside(inquiry.article.text, person)
        if _is_lesser(beside) != asks_lesser:
            continue  # the deputy mayor is not the mayor
        told = " ".join(beside)
        held = float(inquiry.article_index.align([head], [told])[0, 0]) >= least
        if held or any(f" {other} " in f" {told} " for other in same):
            return person
    return None


def _is_lesser(words: Iterable[str]) -> bool:
    return not lesser_offices().isdisjoint(words)


def _words_beside(text: str, person: NamedPerson) -> list[str]:
    """Return the folded words around a name in its sentence, without those of the name."""
    words = folded_words(text[person.start : person.end])
    name = folded_words(person.name)
    place = next((n for n, word in enumerate(words) if word == name[-1]), 0)
    before = words[max(0, place - len(name) + 1 - _BEFORE) : max(0, place - len(name) + 1)]
    return [*before, *words[place + 1 : place + 1 + _BEHIND]]


def _thing(inquiry: Inquiry) -> Draft | None:
    """Quote where the word for a thing stands beside a name that the question has not."""
    head = _head(inquiry)
    if head is None:
        return None
    text = inquiry.article.text
    least = MATCHED if inquiry.is_across else SAME_WORD
    asked = {term.folded for term in inquiry.question.all_terms}
    nouns_too = report_words.load(inquiry.article.language).capitalised_nouns
    for sentence in sentences_of(inquiry.article):
        spans = list(word_spans(text, sentence.start, sentence.end))
        words = [span.of(text) for span in spans]
        if _is_lesser(map(fold, words)) and not _is_lesser(inquiry.question.words):
            continue
        # Where every noun has a capital only the one right behind may be a name.
        steps = (1,) if nouns_too else (-2, -1, 1, 2)
        beside = [
            word
            for place, word in enumerate(words)
            if any(_is_new(words, place + step, asked) for step in steps)
        ]
        if beside and float(inquiry.article_index.align([head], [" ".join(beside)])[0, 0]) >= least:
            inquiry.composer.say("article_says")
            inquiry.composer.quote(sentence.start, sentence.end)
            return inquiry.composer.finish()
    return None


def _is_new(words: Sequence[str], place: int, asked: set[str]) -> bool:
    """Whether the word at a place has a capital of its own and is not in the question."""
    return 0 < place < len(words) and words[place][0].isupper() and fold(words[place]) not in asked


def _told(inquiry: Inquiry, person: NamedPerson) -> Draft:
    """Quote the sentence that names somebody, with the one before it for "its chief executive"."""
    article = inquiry.article
    own = own_words(article.language) & set(_words_beside(article.text, person)[:_BEFORE])
    start, end = with_antecedent(article, person.start, person.end, always=bool(own))
    inquiry.composer.say("article_says")
    inquiry.composer.quote(start, end)
    if person.role is None:  # "That is not how Wrona remembers it. Wrona, who left in July, …"
        _goes_on(inquiry, person, end)
    return inquiry.composer.finish()


def _goes_on(inquiry: Inquiry, person: NamedPerson, end: int) -> None:
    """Quote the next sentence of the paragraph if it names somebody again."""
    article = inquiry.article
    passage = article.passage_at(max(end - 1, 0))
    behind = [s for s in sentence_spans(article.text, passage.start, passage.end) if s.start >= end]
    surname = content_words(person.name)[-1:]
    if behind and set(surname) & set(folded_words(behind[0].of(article.text))):
        inquiry.quote(behind[0].start, behind[0].end)
