"""What is being asked, over a page of invented people and comments."""

import pytest

from assistant.locale import phrases
from assistant.question import follow_up, remembered, understand
from assistant.question.understanding import sentences_wanted
from index.article import Article
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft
from index.statements import find_statements


@pytest.fixture(scope="module")
def article() -> Article:
    return build_article(
        ArticleDraft(
            title="Le pont de Valmer fermé",
            paragraphs=(
                ParagraphDraft(
                    text="La maire Irène Kovalesk a déclaré que le pont resterait fermé. "
                    "« Nous n'avons pas le choix », a ajouté Irène Kovalesk."
                ),
            ),
            comments=(
                CommentDraft(text="Encore une décision absurde.", author="Marin du Quai"),
                CommentDraft(text="Merci pour l'information.", author="Léa"),
            ),
            language="fr",
        ),
        source_key="test",
    )


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Bonjour", "greeting"),
        ("What can you do?", "greeting"),
        ("Combien y a-t-il de commentaires ?", "comment_count"),
        ("Kaç yorum var?", "comment_count"),
        ("Сколько комментариев под статьёй?", "comment_count"),
        ("Quel commentaire a le score le plus élevé ?", "comment_best"),
        ("What is the worst rated comment?", "comment_worst"),
        ("Welcher Kommentar wurde gelöscht?", "comment_deleted"),
        ("Que répond-on au commentaire 2 ?", "comment_replies"),
        ("Que dit le commentaire 2 ?", "comment_shown"),
        ("Qu'écrit Marin du Quai ?", "comment_by"),
        ("Quelles affirmations de l'article sont contestées ?", "disputed"),
        ("Which claims are disputed?", "disputed"),
        ("Welche Behauptungen werden von Lesern bestritten?", "disputed"),
        ("Qui conteste la fermeture ?", "disputed"),
        ("Do readers agree with the mayor?", "stance"),
        ("Who agrees with the mayor?", "supported"),
        ("Qui est d'accord avec Kovalesk ?", "supported"),
        ("Wer stimmt Kovalesk zu?", "supported"),
        ("Кто согласен с мэром?", "supported"),
        ("Qui n'est pas d'accord avec Kovalesk ?", "disputed"),
        ("Who disagrees with the mayor?", "disputed"),
        ("Qui a dit que le pont resterait fermé ?", "who_said"),
        ("Wer hat gesagt, dass die Brücke gesperrt bleibt?", "who_said"),
        ("Кто сказал, что мост закрыт?", "who_said"),
        ("Köprünün kapalı kalacağını kim söyledi?", "who_said"),
        ("Qu'a dit Irène Kovalesk ?", "said_what"),
        ("What did Kovalesk say about the bridge?", "said_what"),
        ("¿Qué dijo Kovalesk?", "said_what"),
        ("Cosa ha detto Kovalesk?", "said_what"),
        ("Que pensent les lecteurs de la décision ?", "readers_summary"),
        ("De quoi parle cet article ?", "summary"),
        ("What is the article about?", "summary"),
        ("Quand le pont a-t-il été fermé ?", "factual"),
        ("Where is the bridge?", "factual"),
        ("Qui est la maire de Valmer ?", "factual"),
        ("Qui est le plus cité ?", "most_quoted"),
        ("Kovalesk a-t-elle vraiment dit « nous n'avons pas le choix » ?", "did_say"),
    ],
)
def test_the_kind_of_a_question_is_recognised(article: Article, text: str, intent: str) -> None:
    assert understand(text, article, find_statements(article)).intent == intent


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Quand le pont a-t-il été fermé ?", "time"),
        ("Where is the bridge?", "place"),
        ("Wie viele Menschen arbeiten dort?", "number"),
        ("Pourquoi le pont est-il fermé ?", "reason"),
        ("À qui la maire a-t-elle écrit ?", "person"),
    ],
)
def test_what_is_wanted_is_recognised(article: Article, text: str, want: str) -> None:
    assert understand(text, article, ()).want == want


def test_a_surname_names_the_speaker_of_the_page(article: Article) -> None:
    question = understand("Qu'a dit Kovalesk sur le pont ?", article, find_statements(article))
    assert question.speaker is not None
    assert question.speaker.name == "Irène Kovalesk"
    assert [term.folded for term in question.terms] == ["pont"]


def test_a_name_in_another_script_is_found(article: Article) -> None:
    question = understand("Что сказала Ковалеск?", article, find_statements(article))
    assert question.speaker is not None


def test_a_follow_up_is_about_the_one_asked_before(article: Article) -> None:
    statements = find_statements(article)
    before = understand("Qui est Irène Kovalesk ?", article, statements)
    memory = remembered(before, None, (), ())
    question = follow_up(understand("Et qu'a-t-elle dit du pont ?", article, statements), memory)
    assert question.speaker == before.speaker


def test_a_question_that_names_somebody_is_no_follow_up(article: Article) -> None:
    statements = find_statements(article)
    before = understand("Qu'a dit Irène Kovalesk ?", article, statements)
    asked = understand("Qu'écrit Léa ?", article, statements)
    assert follow_up(asked, remembered(before, None, (), ())).speaker is None


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "sum it up in one sentence", 1),
        ("en", "a one-line summary please", 1),
        ("fr", "résume-le en une phrase", 1),
        ("de", "In einem Satz, bitte", 1),
        ("tr", "tek cümleyle özetle", 1),
        ("uk", "двома реченнями", 2),
        ("en", "the gist in 5 bullet points", 5),
        ("en", "who wrote a line about the bridge?", None),
    ],
)
def test_a_question_may_say_how_many_sentences_it_wants(
    language: str, text: str, wanted: int | None
) -> None:
    assert sentences_wanted(text, phrases(language)) == wanted
