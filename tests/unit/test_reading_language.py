import pytest

from index.language.detection import detect_language

QUESTIONS = {
    "fr": [
        "Qui conteste les experts ?", "Que dit le maire ?", "Combien y a-t-il de commentaires ?",
        "Où l'accord a-t-il été conclu ?", "Résume les commentaires", "Et la Valdorie ?",
        "Quelles affirmations sont contestées ?", "Quel commentaire a le score le plus élevé ?",
    ],
    "en": [
        "Where was the ceasefire agreement concluded?", "What does Orm say?", "Who said that?",
        "How many comments are there?", "Which claims are disputed?", "And the bridge?",
        "Summarise the comments", "Is the mayor right?",
    ],
    "de": [
        "Wer hat das gesagt?", "Was sagt Orm?", "Wie viele Kommentare gibt es?", "Und die Brücke?",
        "Welche Behauptungen werden bestritten?", "Wo wurde das Abkommen geschlossen?",
    ],
    "es": [
        "¿Qué dijo Orm?", "Qué dice Orm", "¿Quién niega eso?", "¿Cuántos comentarios hay?",
        "¿Dónde se firmó el acuerdo?",
    ],
    "it": ["Chi ha detto questo?", "Quanti commenti ci sono?", "Cosa dice il sindaco?"],
    "ru": [
        "Сколько стоит нефть?", "Кто это сказал?", "Что сказал мэр?", "А мост?",
        "Где было заключено соглашение?",
    ],
    "uk": ["Скільки коштує нафта?", "Хто це сказав?", "Що сказав міський голова?"],
    "tr": [
        "Kaç yorum var?", "Orm ne dedi?", "Kim söyledi?", "Köprü neden kapatıldı?",
        "Anlaşma nerede imzalandı?",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "question"), [(code, one) for code, many in QUESTIONS.items() for one in many]
)
def test_the_language_of_a_short_question_is_told(code: str, question: str) -> None:
    assert detect_language(question) == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("pt", "O que disse o ministro sobre a ponte que foi fechada ontem na cidade?"),
        ("nl", "Wat zei de minister over de brug die gisteren in de stad werd gesloten?"),
        ("pl", "Co powiedział minister o moście, który został wczoraj zamknięty w mieście?"),
        ("ja", "首相は何と言いましたか"),
        ("el", "Τι είπε ο υπουργός;"),
        ("ar", "ماذا قال الوزير؟"),
    ],
)
def test_languages_without_a_lexicon_are_told_too(code: str, text: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["", "12:30", "???"])
def test_text_without_words_counts_as_english(text: str) -> None:
    assert detect_language(text) == "en"
