"""The plainest questions, in every language, about whom and what the sample pages hold."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.locale import phrases
from index.article import Comment
from index.statements import Statement
from tests.conftest import SAMPLES

PAGES = sorted(SAMPLES.glob("*.??.*"))
SAID_WHAT = (
    "What did {} say?",
    "what does {} say",
    "Qu'a dit {} ?",
    "Que dit {} ?",
    "Was hat {} gesagt?",
    "Was sagt {}?",
    "Che cosa ha detto {}?",
    "Cosa dice {}?",
    "¿Qué dijo {}?",
    "¿Qué dice {}?",
    "O que disse {}?",
    "Что сказал {}?",
    "Що сказав {}?",
    "{} ne dedi?",
)
"""Ways to ask what somebody said; whatever the name is, none asks for anything else."""
WHO_SAID = (
    'Who said "{}"?',
    "Qui a dit « {} » ?",
    "Wer hat gesagt: „{}“?",
    "Chi ha detto «{}»?",
    "¿Quién dijo «{}»?",
    "Quem disse «{}»?",
    "Кто сказал «{}»?",
    "Хто сказав «{}»?",
    '"{}" diyen kim?',
)
DID_SAY = (
    'Did {name} say "{quote}"?',
    'Did {name} really say "{quote}"?',
    "Est-ce que {name} a dit « {quote} » ?",
    "Hat {name} gesagt: „{quote}“?",
    "{name} ha detto davvero «{quote}»?",
    "¿{name} dijo de verdad «{quote}»?",
    "{name} disse mesmo «{quote}»?",
    "{name} правда сказал «{quote}»?",
    "{name} справді казав «{quote}»?",
    '{name} gerçekten "{quote}" dedi mi?',
)
WRITES = (
    "What does {} write?",
    "what did {} write",
    "Qu'écrit {} ?",
    "Qu'a écrit {} ?",
    "Was schreibt {}?",
    "Was hat {} geschrieben?",
    "Cosa scrive {}?",
    "¿Qué escribe {}?",
    "O que escreve {}?",
    "Что пишет {}?",
    "Що пише {}?",
    "{} ne yazıyor?",
)
AGREE = (
    "Do readers agree with {}?",
    "Les lecteurs sont-ils d'accord avec {} ?",
    "Stimmen die Leser {} zu?",
    "I lettori sono d'accordo con {}?",
    "¿Los lectores están de acuerdo con {}?",
    "Os leitores concordam com {}?",
    "Согласны ли читатели с {}?",
    "Чи згодні читачі з {}?",
    "Okurlar {} ile aynı fikirde mi?",
)
DISPUTED = (
    "What is disputed?",
    "which claims are contested",
    "Qu'est-ce qui est contesté ?",
    "Was ist umstritten?",
    "Che cosa è contestato?",
    "¿Qué se discute?",
    "O que é contestado?",
    "Что оспаривается?",
    "Що тут спірне?",
    "Hangi iddialar tartışmalı?",
)
ACCUSES = (
    "Who accuses whom?",
    "Qui accuse qui ?",
    "Wer beschuldigt wen?",
    "Chi accusa chi?",
    "¿Quién acusa a quién?",
    "Quem acusa quem?",
    "Кто кого обвиняет?",
    "Хто кого звинувачує?",
    "Kim kimi suçluyor?",
)
TITLE = (
    "What is the title?",
    "Quel est le titre ?",
    "Wie lautet der Titel?",
    "Qual è il titolo?",
    "¿Cuál es el título?",
    "Qual é o título?",
    "Какой заголовок?",
    "Який заголовок?",
    "Başlık ne?",
)
AUTHOR = (
    "Who wrote this article?",
    "Qui a écrit cet article ?",
    "Wer hat den Artikel geschrieben?",
    "Chi ha scritto l'articolo?",
    "¿Quién escribió el artículo?",
    "Quem escreveu o artigo?",
    "Кто написал статью?",
    "Хто написав статтю?",
    "Makaleyi kim yazdı?",
)
COUNT = (
    "How many comments are there?",
    "Combien y a-t-il de commentaires ?",
    "Wie viele Kommentare gibt es?",
    "Quanti commenti ci sono?",
    "¿Cuántos comentarios hay?",
    "Quantos comentários há?",
    "Сколько комментариев?",
    "Скільки коментарів?",
    "Kaç yorum var?",
)


@cache
def _page(file: Path) -> Assistant:
    return Assistant.open(file, llm=None)


def _said(page: Assistant) -> list[Statement]:
    """Return the statements of the article with a speaker whose name is one."""
    said = [s for s in page.statements() if s.source == "article" and s.speaker is not None]
    return [s for s in said if s.speaker and s.speaker.name.istitle()]


def _names(page: Assistant) -> list[str]:
    return sorted({s.speaker.name for s in _said(page) if s.speaker})[:4]


def _asked(page: Assistant, forms: Sequence[str], *named: str) -> Iterator[tuple[str, Answer]]:
    for form in forms:
        question = form.format(*named)
        yield question, page.ask(question)


pages = pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)


@pages
def test_what_somebody_said_is_told_in_their_own_words(file: Path) -> None:
    page = _page(file)
    for name in _names(page):
        for question, answer in _asked(page, SAID_WHAT, name):
            assert answer.status == "answered", question
            assert name in {citation.speaker for citation in answer.citations}, question


@pages
def test_who_said_quoted_words_is_who_says_them_on_the_page(file: Path) -> None:
    page = _page(file)
    for statement in [s for s in _said(page) if s.manner == "direct"][:4]:
        assert statement.speaker is not None
        for question, answer in _asked(page, WHO_SAID, statement.text):
            assert answer.citations[0].speaker == statement.speaker.name, question


@pages
def test_whether_somebody_said_quoted_words_is_answered_with_yes_or_no(file: Path) -> None:
    page = _page(file)
    direct = [s for s in _said(page) if s.manner == "direct"][:3]
    for statement in direct:
        assert statement.speaker is not None
        own = statement.speaker.name
        other = next(name for name in _names(page) if name != own)
        for form in DID_SAY:
            for name, verdict in ((own, "yes"), (other, "no")):
                question = form.format(name=name, quote=statement.text)
                assert page.ask(question).verdict == verdict, question


@pages
def test_what_a_reader_writes_is_their_comments_and_no_others(file: Path) -> None:
    page = _page(file)
    authors = dict.fromkeys(c.author for c in page.article.live_comments() if c.author)
    for author in list(authors)[:5]:
        for question, answer in _asked(page, WRITES, author):
            assert {citation.author for citation in answer.citations} == {author}, question


@pages
def test_how_readers_stand_to_somebody_is_told_in_readers_words(file: Path) -> None:
    page = _page(file)
    for name in _names(page)[:2]:
        for question, answer in _asked(page, AGREE, name):
            assert "comment" in {citation.source for citation in answer.citations}, question


@pages
def test_what_is_disputed_begins_with_how_many_claims_are(file: Path) -> None:
    page = _page(file)
    for question, answer in _asked(page, DISPUTED):
        told = phrases(answer.language).say("disputed_count", count=len(page.disputes()))
        assert answer.text.startswith(told), question


@pages
def test_who_accuses_whom_is_told_by_sentences_that_accuse(file: Path) -> None:
    page = _page(file)
    asked = dict(_asked(page, ACCUSES))
    found = {question: answer.citations[0].label for question, answer in asked.items()}
    assert len(set(found.values())) == 1, found


@pages
def test_what_the_page_says_of_itself_is_looked_up_in_every_language(file: Path) -> None:
    page = _page(file)
    for question, answer in _asked(page, TITLE):
        assert page.article.title in answer.text, question
        assert not answer.citations, question
    for question, answer in _asked(page, AUTHOR):
        known = phrases(answer.language)
        author = page.article.author
        told = known.say("author_is", value=author) if author else known.say("author_none")
        assert answer.text == told, question


@pages
def test_comments_are_counted_in_every_language(file: Path) -> None:
    page = _page(file)
    live: Sequence[Comment] = page.article.live_comments()
    for question, answer in _asked(page, COUNT):
        told = phrases(answer.language).say("comment_count", count=len(live))
        assert answer.text.startswith(told), question
