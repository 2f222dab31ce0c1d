"""What a number, a quotation, a sentence or a negation is, it is in every room alike.

The material is invented; each text is as short as the fault it is for allows.
"""

from collections.abc import Sequence

import pytest

from assistant import Answer, Assistant
from assistant.answer import Sentence
from assistant.checking import check_reply
from assistant.markers import marked_sentences
from index.disputes.stance import read_markers, stance_of
from index.encoder import open_embedder
from index.language.detection import detect_language, page_language
from index.language.dispute_words import vocabulary
from index.language.negation import is_denied, negation_words
from index.language.numbers import Number, agree, numbers
from index.language.quotation_marks import quotations_in, without_quotations
from index.language.sentences import sentence_spans
from index.library.article_index import ArticleIndex
from index.reading import read_bytes

TRAM = """The tram divides the town of Elmbridge

The new tram will cost 45 million euros, said the mayor, Nora Quill, on Friday. The works will
last a year and a half.

The council meets again next month to discuss the plan with the shopkeepers of the old market.
"""
PONT = """Le pont de Saint-Orval divise la commune

Selon la maire, Odile Garance, les travaux dureront dix-huit mois et coûteront 4,5 millions d'euros.

Le conseil municipal se réunit jeudi pour voter le budget du pont.
"""


def _ask(text: str, question: str) -> Answer:
    return Assistant.from_text(text, llm=None).ask(question)


def _says_who(text: str, question: str, *, name: str) -> bool:
    """Whether an answer names somebody as the one who says it, not for other words of theirs."""
    first, *_ = _ask(text, question).text.splitlines()
    return name in first


def _index(text: str) -> ArticleIndex:
    return ArticleIndex.build(read_bytes(text.encode()), open_embedder())


def _checked(index: ArticleIndex, text: str) -> Sequence[Sentence]:
    """Return what of a reply the rules keep, no second judge asked."""
    sentence = Sentence(text=f"{text} [A1]", lane="article", citations=("A1",))
    return check_reply([sentence], index, index.article.passages).sentences


def _one(text: str, language: str) -> Number:
    (number,) = numbers(text, language)
    return number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("4,5 millions d'euros", "fr"), ("quatre millions et demi", "fr")),
        (("4 500 000 €", "fr"), ("4.5 million euros", "en")),
        (("4,5 Mio. Euro", "de"), ("viereinhalb Millionen", "de")),
        (("cuatro millones y medio de euros", "es"), ("quattro milioni e mezzo", "it")),
        (("четыре с половиной миллиона", "ru"), ("dört buçuk milyon", "tr")),
        (("двадцять п’ять років", "uk"), ("25 years", "en")),
        (("18 mois", "fr"), ("a year and a half", "en")),
        (("dix-huit mois", "fr"), ("anderthalb Jahre", "de")),
        (("45,000,000", "en"), ("forty-five million", "en")),
        (("1'200'000", "de"), ("1,200,000", "en")),
        (("12,50,000", "en"), ("12.5 lakh", "en")),
        (("two thirds", "en"), ("deux tiers", "fr")),
        (("douze pour cent", "fr"), ("12 %", "de")),
        (("fünfundvierzig", "de"), ("cuarenta y cinco", "es")),
        (("ventuno", "it"), ("vingt et un", "fr")),
        (("$4bn", "en"), ("four billion dollars", "en")),
    ],
)
def test_a_number_is_the_same_however_it_is_written(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert _one(*one).agrees(_one(*other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("45 million", "4.5 million"), ("45 million", "45 billion"), ("18 months", "18 years"),
        ("4 million euros", "4 million dollars"), ("12 %", "12 euros"), ("13:29", "1329"),
    ],
)  # fmt: skip
def test_numbers_that_only_look_alike_are_others(one: str, other: str) -> None:
    assert not _one(one, "en").agrees(_one(other, "en"))


def test_a_year_beside_a_count_makes_two_numbers() -> None:
    found = numbers("In 2009 450 people came, in 2010 1 450.", "en")
    assert [number.value for number in found] == [2009, 450, 2010, 1450]
    assert agree(found[3], numbers("1,450 people", "en"))


@pytest.mark.parametrize(
    "question",
    [
        "Who said that the new tram will cost 4.5 million euros?",
        "Who said that the new tram will cost fifty million euros?",
        "Who said that the new tram will cost 45 billion euros?",
        "Who said that the new tram will cost 45 million dollars?",
    ],
)
def test_nobody_is_named_for_another_number(question: str) -> None:
    assert not _says_who(TRAM, question, name="Quill")


@pytest.mark.parametrize("cost", ["45 million", "45,000,000", "forty-five million"])
def test_who_gave_a_number_is_named_in_any_form_of_it(cost: str) -> None:
    answer = _ask(TRAM, f"Who said that the new tram will cost {cost} euros?")
    assert answer.citations[0].speaker == "Nora Quill"


@pytest.mark.parametrize(
    ("claim", "is_said"),
    [
        ("les travaux dureront 18 mois", True), ("les travaux dureront un an et demi", True),
        ("les travaux dureront vingt mois", False), ("les travaux coûteront 45 millions", False),
        ("les travaux coûteront quatre millions et demi", True),
    ],
)  # fmt: skip
def test_a_french_question_with_a_number_names_only_who_gave_it(claim: str, is_said: bool) -> None:
    assert _says_who(PONT, f"Qui dit que {claim} ?", name="Garance") == is_said


def test_a_reader_who_repeats_a_figure_in_other_digits_does_not_contradict() -> None:
    thread = (
        "« Les travaux coûteront 4,5 millions d'euros », a déclaré Odile Garance, maire.\n\n"
        "3 commentaires\n\nAda, 3 mai 2024 10:00\n"
        "Les travaux coûteront 4 500 000 euros, comme le dit la maire.\n\n"
        "Ben, 3 mai 2024 11:00\nNon : les travaux coûteront quatre millions et demi.\n\n"
        "Cid, 3 mai 2024 12:00\nLes travaux coûteront 9 millions d'euros.\n"
    )
    disputes = Assistant.from_text(f"Le pont divise la commune\n\n{thread}", llm=None).disputes()
    against = {position.author for dispute in disputes for position in dispute.contested_by}
    assert against == {"Cid"}


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ("»", "«"), ("'", "'"), ("‹", "›"), ("›", "‹"), ("”", "”"), ("''", "''"),
     ("``", "''"), ("„", "“"), ("‚", "‘"), ("‘", "’"), ("「", "」"), ("«", "»"), ('"', '"')],
)  # fmt: skip
def test_an_altered_quotation_is_dropped_in_whatever_marks(opening: str, closing: str) -> None:
    text = TRAM.replace("said the mayor, Nora Quill, on Friday", "said Nora Quill: “We must build”")
    index = _index(text)
    assert _checked(index, f"Nora Quill said {opening}We must build{closing}.")
    assert not _checked(index, f"Nora Quill said {opening}We must not build it{closing}.")


def test_a_quotation_of_several_sentences_in_a_reply_is_one_with_its_marker() -> None:
    reply = "Nora Quill said: “We must. Now.” [A1]"
    assert [sentence.labels for sentence in marked_sentences(reply)] == [("A1",)]


def test_apostrophes_are_no_quotation_marks() -> None:
    text = "L'accord n'est qu'un début; the workers' union won't say it's 'over' yet."
    assert [text[q.start : q.end] for q in quotations_in(text)] == ["over"]
    assert without_quotations("Did he say 'it's mine'?", left="…") == "Did he say …?"


@pytest.mark.parametrize(
    ("sentence", "right", "wrong"),
    [
        ("The court {} the appeal of the ferry company on Monday.", "accepted", "rejected"),
        ("Entry to the museum of the old harbour is {} on Sundays.", "free", "charged"),
        ("The wooden bridge over the Elm is {} for lorries.", "dangerous", "safe"),
        ("La visite du phare de Saint-Orval est {} le dimanche.", "gratuite", "payante"),
        ("La commission {} la fermeture du pont aux camions.", "recommande", "déconseille"),
    ],
)
def test_a_sentence_turned_into_its_opposite_is_dropped(
    sentence: str, right: str, wrong: str
) -> None:
    index = _index(f"Title\n\n{sentence.format(right)}")
    shown = {word: bool(_checked(index, sentence.format(word))) for word in (right, wrong)}
    assert shown == {right: True, wrong: False}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("« Nous irons ! » a lancé Luc Ferrand. Il part.",
         ["« Nous irons ! » a lancé Luc Ferrand.", "Il part."]),
        ("Sie wollen z. B. Geld. Der Rat tagt.", ["Sie wollen z. B. Geld.", "Der Rat tagt."]),
        ("Es kostet ca. 4 Mio. Euro, d. h. viel. Gut.",
         ["Es kostet ca. 4 Mio. Euro, d. h. viel.", "Gut."]),
        ("L'art. 3 le dit. C'est de l'art. Trois fois.",
         ["L'art. 3 le dit.", "C'est de l'art.", "Trois fois."]),
        ("The answer is no. It ends. No. 5 is alive.",
         ["The answer is no.", "It ends.", "No. 5 is alive."]),
        ("Im 19. Jahrhundert war J. R. Voss hier. Um 9. Dann ging er.",
         ["Im 19. Jahrhundert war J. R. Voss hier.", "Um 9.", "Dann ging er."]),
        ("„Komm!“ rief er. »Nein!« Sie blieb.", ["„Komm!“ rief er.", "»Nein!«", "Sie blieb."]),
    ],
)  # fmt: skip
def test_sentences_end_where_they_do(text: str, sentences: list[str]) -> None:
    assert [span.of(text) for span in sentence_spans(text)] == sentences


@pytest.mark.parametrize(
    ("text", "language", "relation"),
    [
        ("Das stimmt so nicht.", "de", "denies"), ("Er hat nicht recht.", "de", "denies"),
        ("Das stimmt.", "de", "supports"), ("Stimmt genau, das geht nicht.", "de", "supports"),
        ("Il n'a pas raison.", "fr", "denies"), ("Ce n'est pas tout à fait exact.", "fr", "denies"),
        ("I don't think he is right.", "en", "denies"), ("He is not right.", "en", "denies"),
        ("No doubt he is right.", "en", "supports"), ("No, he is right.", "en", "supports"),
        ("I don't know who is right.", "en", None), ("They agreed not to build.", "en", None),
    ],
)  # fmt: skip
def test_a_negation_over_an_agreement_turns_it(
    text: str, language: str, relation: str | None
) -> None:
    known = vocabulary(language)
    stance = stance_of(read_markers(text, [(0, len(text))], known), known)
    assert (stance.relation if stance else None) == relation


def test_each_language_has_one_list_of_negations() -> None:
    for language in ("de", "en", "es", "fr", "it", "ru", "tr", "uk"):
        known = vocabulary(language)
        assert all(known.negators.holds(word) for word in negation_words(language))
    assert is_denied("Il ne vient pas", "fr")
    assert not is_denied("Il n'a que trois ans", "fr")


def test_according_to_whom_asks_who_says_so() -> None:
    text = TRAM.replace("The works will\nlast", "The tram is bad for trade, said Ivo Mant. It will")
    assert _ask(text, "According to whom is the tram bad?").citations[0].speaker == "Ivo Mant"
    assert not _says_who(PONT, "Selon qui faut-il agir ?", name="Garance")


@pytest.mark.parametrize(
    ("text", "language"),
    [("Was fordert Petra Glas?", "de"), ("Que nie Lestrade ?", "fr"), ("Byline?", "en")],
)
def test_the_language_of_a_few_words_is_told(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_what_is_likely_decides_only_where_the_words_do_not() -> None:
    assert detect_language("Titel?", likely="de") == "de"
    assert detect_language("Who said that?", likely="de") == "en"


def test_the_words_of_a_page_decide_against_what_it_declares() -> None:
    assert page_language(PONT, "en") == "fr"
    assert page_language("Le pont", "en") == "en"
    assert page_language(TRAM, None) == "en"
