"""What is being asked: which kind of question, about whom, about what, in which language."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.intents import BY_NAME, OTHERWISE
from assistant.locale import Phrases, asks_with, matched_words, matches, phrases
from assistant.question import naming, recognition
from assistant.question.asked import Question, Term, Want
from assistant.question.language import asked_in
from assistant.question.persons import persons
from assistant.question.plain import (
    asked_part,
    corrected,
    joins,
    mended,
    undressed,
    without_reaction,
)
from assistant.question.speaking import personal_pronouns
from index.article import Article
from index.language.numbers import numbers
from index.language.quotation_marks import quotations_in, without_quotations
from index.language.words import (
    content_words,
    fold,
    folded_words,
    light_words,
    stop_words,
    word_spans,
)
from index.retrieval.spelling import Spelling
from index.statements import Speaker, Statement, speakers

_WANTS: tuple[Want, ...] = ("name", "reason", "time", "place", "number", "person", "thing")
_OF_TIME = frozenset({"clock", "duration", "age"})
_REST_OF_A_QUESTION = 6
"""Words of a question that begins with "and" and takes up the one before it."""
_FEWEST_WORDS = 2
_MOST_SENTENCES = 12
_COMMENT_NUMBER = re.compile(r"(?:#|n[o°º]?\.? ?)?(\d{1,5}(?:\.\d{1,5}){0,8})")


def understand(
    text: str,
    article: Article,
    statements: Sequence[Statement],
    *,
    everybody: Sequence[Speaker] | None = None,
    language: str | None = None,
    spelling: Spelling | None = None,
    before: Question | None = None,
    classifier: recognition.Classifier | None = None,
) -> Question:
    """Return what is being asked of an article.

    Args:
        text: The question, in any language; phrases exist for `phrases.languages()`.
        article: The page it is asked of: its names decide who is meant.
        statements: The statements of that page.
        everybody: Whom a question may name, as `persons` of the page tells; None asks it now.
        language: ISO 639-1 code, where the caller knows it better than detection.
        spelling: The words of the page, by which slips and capitals are mended; None leaves
            the question as it is written.
        before: The question before it in a conversation, for its language.
        classifier: Says which kind of question it is; None asks how it is worded alone.
    """
    language = language or asked_in(
        without_quotations(text), page=article.language, before=before.language if before else None
    )
    known = phrases(language)
    plain = undressed(corrected(text, known), known)
    if spelling is not None and _tells_more(text, plain, known, spelling):
        plain = text  # "A line about the creaking silence makes me laugh, but whose is it?"
    if spelling is not None:
        plain = undressed(without_reaction(plain, known, spelling), known)
        plain = mended(plain, spelling, [*_names(article, statements), *spelling.names], known)
    # What is quoted is looked up; its words say neither whom nor what is asked.
    quoted = next((plain[q.start : q.end] for q in quotations_in(plain)), None)
    outside = without_quotations(plain, left=" … ")
    named = naming.named_speakers(
        outside,
        persons(article, statements, ()) if everybody is None else everybody,
        known.about_words,
        spelling,
        personal_pronouns(known.language),
    )
    speaker = named[0].speaker if named else None
    speaker_words = named[0].words if named else frozenset()
    authors = _meant_authors(naming.named_authors(outside, article), outside, named, article)
    reader_of_name = None
    if speaker and authors and naming.words_of(authors[0]) <= speaker_words:
        if speaker_words.issuperset(content_words(speaker.name)[-1:]):
            # A reader may bear the name of somebody in the article, who is meant first.
            reader_of_name, authors = authors[0], authors[1:]
        else:  # "John" is the reader John before John Kasich
            speaker_words = frozenset()
    author_words = frozenset().union(*map(naming.words_of, authors))
    if author_words > speaker_words:
        named, speaker, speaker_words = (), None, frozenset()
    everyone = frozenset().union(*(each.words for each in named))
    words = _with_placeholders(outside, everyone, author_words)
    comments = _comment_numbers(_with_placeholders(plain, everyone, author_words), known)
    intent = recognition.recognised(
        outside,
        words,
        known,
        recognition.Named(
            names_speaker=bool(named),
            names_reader=bool(authors),
            names_comment=bool(comments),
            has_quotation=quoted is not None,
        ),
        classifier,
    )
    if quoted is not None and not words:
        intent = "did_say"  # nothing but words in quotation marks: whose are they?
    want = next((want for want in _WANTS if matches(known.wants[want], words)), None)
    if (intent == "yes_no" and want) or (intent == "said_what" and want in ("time", "place")):
        intent = OTHERWISE  # "Quand le pont a-t-il fermé ?" has the order of words of both
    if want == "person" and _names_only(words, known):
        intent = OTHERWISE  # "Chi è Baldacci?"
    if want == "name" and not BY_NAME[intent].of_record:
        intent = OTHERWISE
    points_back = bool(known.follow_up_words & set(words)) or matches(known.points_back, words)
    bare = asked_part(plain)
    if bare != plain and want == "person" and spelling is not None and intent == OTHERWISE:
        # "I laughed at the plumber. Who was that?" asks for the one of the sentence before.
        intent = "who_said" if _tells_more(plain, bare, known, spelling) else intent
    if intent == "metadata" and _is_of_a_thing(plain, words, known, article, spelling):
        intent = OTHERWISE
    no_topic = _no_topic(intent, words, known)
    no_topic |= _writer_words(named, article)
    terms = all_terms = _topic(plain, known, without=no_topic, spelling=spelling)
    if BY_NAME[intent].of_somebody:
        terms = tuple(t for t in all_terms if t.folded not in everyone | author_words)
    return Question(
        text=text,
        plain=plain,
        words=words,
        language=language,
        intent=intent,
        want=want,
        measure=_measure(known, words, want),
        terms=terms,
        all_terms=all_terms,
        speaker=speaker,
        speakers=tuple(
            dict.fromkeys(n.speaker for n in sorted(named, key=lambda each: each.place))
        ),
        namesakes=naming.namesakes(speaker, speaker_words, statements),
        stranger=named[0].stranger if named else None,
        reader_of_name=reader_of_name,
        # "According to whom …?" names no source, it asks for one.
        source_named=None if intent == "who_said" else known.source_in(plain),
        author=authors[0] if authors else None,
        authors=authors,
        comment=comments[0] if comments else None,
        comments=comments,
        quoted=quoted,
        sentences=sentences_wanted(plain, known),
        direct_only=matches(known.direct_only, words),
        asks_readers=bool(known.reader_words & set(words))
        or (
            classifier is not None
            and not (authors or points_back)
            and classifier.asks_readers(plain)
        ),
        is_follow_up=points_back,
        # "¿Y Ferrándiz?": what opens a question politely elsewhere joins it to the last one here.
        goes_on=0 < len(words) <= _REST_OF_A_QUESTION
        and (joins(text, known) or joins(plain, known)),
    )


def _writer_words(named: Sequence[naming.Named], article: Article) -> frozenset[str]:
    """Return the words that name who wrote the page, which a page seldom has itself."""
    by = fold(article.author or "")
    return frozenset().union(*(each.words for each in named if fold(each.speaker.name) == by))


def _names_only(words: Sequence[str], known: Phrases) -> bool:
    """Whether a question says nothing of somebody but their name."""
    return set(words) - stop_words(known.language) - known.frame_words == {"{name}"}


def _measure(known: Phrases, words: Sequence[str], want: Want | None) -> str | None:
    """Return the sort of number that is wanted; none of "What went wrong with the budget?"."""
    if want in ("reason", "person", "place", "name"):
        return None
    asked = (name for name in known.measures if known.measures[name].asked(words))
    measure = next(asked, None)
    # "When was the highest temperature?" asks for no temperature.
    return None if want == "time" and measure not in _OF_TIME else measure


def _meant_authors(
    authors: tuple[str, ...],
    text: str,
    people: Sequence[naming.Named],
    article: Article,
) -> tuple[str, ...]:
    """Return the authors without an ordinary word of the page that is also somebody's name.

    "What did Pryce say about the grant?" is not about the reader Grant.
    """
    single = {author for author in authors if len(naming.words_of(author)) == 1}
    if not people or not single:
        return authors
    asked = {fold(span.of(text)) for span in word_spans(text) if span.of(text).islower()}
    told = (span.of(article.text) for span in word_spans(article.text))
    ordinary = asked & {fold(word) for word in told if word.islower()}
    return tuple(a for a in authors if a not in single or not naming.words_of(a) <= ordinary)


def _names(article: Article, statements: Sequence[Statement]) -> list[str]:
    said = (s for s in statements if s.source == "article")
    known = [item.speaker.name for item in speakers(said)]
    return [*known, *dict.fromkeys(c.author for c in article.comments if c.author)]


def _with_placeholders(
    text: str, speaker_words: frozenset[str], author_words: frozenset[str]
) -> tuple[str, ...]:
    words: list[str] = []
    for span in word_spans(text):
        word = fold(span.of(text))
        if word in author_words:
            word = "{author}"
        elif word in speaker_words:
            word = "{name}"
        if not (word.startswith("{") and words and words[-1] == word):
            words.append(word)
    return tuple(words)


def _comment_numbers(words: Sequence[str], known: Phrases) -> tuple[str, ...]:
    """Return the numbers beside a word for a comment: "comment 5.1", "comments 2 and 3"."""
    found: list[str] = []
    for position, word in enumerate(words):
        number = _COMMENT_NUMBER.fullmatch(word)
        near = (*words[max(0, position - 2) : position], *words[position + 1 : position + 2])
        if number and (found or any(other in known.reader_words for other in near)):
            found.append(number.group(1))
    return tuple(dict.fromkeys(found))


def sentences_wanted(text: str, known: Phrases) -> int | None:
    """Return in how many sentences an answer is wanted: "in three sentences"."""
    words = folded_words(text)
    for number in numbers(text, known.language):
        follows = words[number.last + 1] if number.last + 1 < len(words) else ""
        if follows in known.sentence_words and number.value == int(number.value):
            wanted = int(number.value)
            return wanted if 0 < wanted <= _MOST_SENTENCES else None
    return 1 if matches(known.one_sentence, words) else None


def _no_topic(intent: str, words: Sequence[str], known: Phrases) -> frozenset[str]:
    """Return the words that only say which kind of question it is."""
    if BY_NAME[intent].topic:
        return frozenset()
    asking = matched_words(known.asks.get(intent, ()), words) | known.kind_words
    return asking | matched_words(known.lists["differing"] if intent == "disputed" else (), words)


def _is_of_a_thing(
    text: str,
    words: Sequence[str],
    known: Phrases,
    article: Article,
    spelling: Spelling | None,
) -> bool:
    """Whether a question is about something the page tells of: "When was the mill founded?".

    In another language than the page's it is enough that it is not worded as one about the page,
    and in any that it then has a name unknown to the page: "What nationality has George Eliot?".
    """
    about_page = _no_topic("metadata", words, known) | known.page_words
    about_page |= frozenset().union(*(matched_words(p, words) for p in known.record.values()))
    told = " ".join(filter(None, (article.outlet, article.author)))
    about_page |= set(folded_words(told))
    worded = matches(known.asks["metadata"], words)
    names_fact = any(matches(patterns, words) for patterns in known.record.values())
    if worded and known.page_words.intersection(words):
        return False
    is_across = not worded and known.language != article.language
    terms = _terms(text, known, without=about_page, spelling=spelling)
    is_known = [spelling is not None and term.folded in spelling for term in terms]
    return any(
        not (worded or names_fact or known_word) if term.is_name else is_across or known_word
        for term, known_word in zip(terms, is_known, strict=True)
    )


def _topic(
    text: str, known: Phrases, *, without: frozenset[str], spelling: Spelling | None
) -> tuple[Term, ...]:
    """Return the topic of the sentence that asks; of all where that one names none."""
    terms = _terms(asked_part(text), known, without=without, spelling=spelling)
    if spelling is None or not any(term.folded in spelling for term in terms):
        terms = _terms(text, known, without=without, spelling=spelling) or terms
    words = folded_words(text)
    light = light_words(known.language)
    terms = tuple(t for t in terms if t.is_name or t.folded not in light) or terms
    if terms or len(words) > _FEWEST_WORDS or spelling is None:
        return terms
    # "Le car ?": a noun that is a conjunction as well.
    last = Term(text=words[-1], folded=words[-1], is_name=False) if words else None
    own = known.follow_up_words | known.frame_words | known.reader_words | without
    asks = asks_with(known.language, words[-1]) if words else True
    return (
        (last,) if last and not asks and last.folded in spelling and last.folded not in own else ()
    )


def _terms(
    text: str, known: Phrases, *, without: frozenset[str], spelling: Spelling | None
) -> tuple[Term, ...]:
    stop = stop_words(known.language) | known.follow_up_words
    without |= known.frame_words | known.reader_words
    compounds: list[list[Term]] = []
    for position, span in enumerate(word_spans(text)):
        word = span.of(text)
        folded = fold(word)
        is_acronym = word.isupper() and len(word) > 1 and not text.isupper()
        if folded in stop and not is_acronym:
            continue  # "ob" is a conjunction, "die OB" the mayor
        if folded in without:
            continue
        if known.language == "tr" and text[span.start - 1 : span.start] in ("'", "’"):
            continue  # the ending of a name: Libya'dan
        if len(folded) < 2 and not folded.isdigit():
            continue
        term = Term(text=word, folded=folded, is_name=_is_name(word, position, known, spelling))
        is_joined = text[span.start - 1 : span.start] == "-" and bool(compounds)
        if is_joined:
            compounds[-1].append(term)
        else:
            compounds.append([term])
    return tuple(
        replace(term, share=1 / len(compound)) for compound in compounds for term in compound
    )


def _tells_more(text: str, part: str, known: Phrases, spelling: Spelling) -> bool:
    """Whether of a question for somebody it is the rest of a text that says what they did.

    What the part that asks has is at most one word of the page ("Who was that again?").
    """
    if not matches(known.wants["person"], folded_words(part)):
        return False
    whole, own = (
        sum(
            t.folded in spelling
            for t in _terms(each, known, without=frozenset(), spelling=spelling)
        )
        for each in (text, part)
    )
    return whole > own and own <= 1


def _is_name(word: str, position: int, known: Phrases, spelling: Spelling | None) -> bool:
    if word.isupper() and len(word) > 1:
        return True
    if known.language == "de":
        return False
    if word[0].isupper() and position > 0:
        return True
    return spelling is not None and spelling.is_name(fold(word))
