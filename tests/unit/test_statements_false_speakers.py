"""Whose words they are not: speakers that stand near words of somebody else."""

import pytest

from index.reading.building import build_article
from index.reading.draft import ArticleDraft, ParagraphDraft
from index.statements import find_statements


def said(text: str, language: str) -> list[tuple[str | None, str]]:
    paragraphs = tuple(ParagraphDraft(text=part) for part in text.split("\n"))
    draft = ArticleDraft(title=None, paragraphs=paragraphs, language=language)
    found = find_statements(build_article(draft, source_key="test"))
    return [(item.speaker.name if item.speaker else None, item.text) for item in found]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The lake froze. I'd argue the winter is older than we think."),
        ("en", "We said our farewells at nine and went home."),
        ("en", "The bus never came. Never mind, I said to myself, and walked."),
        ("fr", "Le lac a gelé. Je crois que l'hiver sera long."),
        ("es", "El lago se heló. Yo creo que el invierno será largo."),
    ],
)
def test_what_the_author_says_in_his_own_voice_is_no_statement(language: str, text: str) -> None:
    assert said(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", 'Our guide was Mabel Orton. The boat left. "It sails," she said.', "Mabel Orton"),
        ("en", "His sister, Tess, believes that the quay will hold.", "Tess"),
        ("en", 'Tess Orton, dubbed "the Captain" by fans, insists she won.', "Tess Orton"),
        (
            "en",
            "The mayor was silent while two officials, speaking on condition of anonymity, "
            "said at least one boat had sunk.",
            "two officials",
        ),
        ("fr", "Il pleut. « Le quai cède, a admis la maire, Anna Roux. Il tombe. »", "Anna Roux"),
        ("fr", "La gagnante est Anna Roux. « Je suis heureuse », dit-elle.", "Anna Roux"),
        ("es", "Calla Ana Soler, para quien el muelle cede.", "Ana Soler"),
        ("it", "«Il molo cede», afferma in una nota il presidente Ugo Bassi.", "Ugo Bassi"),
        ("ru", "Адвокат Нина Белова молчала. Мост рухнет, напомнила она.", "Нина Белова"),
        ("de", "Es regnete. Karl Brandt winkte ab, die Kasse sei leer.", "Karl Brandt"),
        ("de", "Ob das reiche, wollte Mona Weber wissen: „Und wann kommt das Geld?“", "Mona Weber"),
    ],
)
def test_words_go_to_whom_the_grammar_names(language: str, text: str, name: str) -> None:
    assert {speaker for speaker, _ in said(text, language)} == {name}


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "it",
            "Ugo Bassi ha chiesto dove fosse il cane. «Sta bene a casa sua», la replica.",
            "Sta bene",
        ),
        (
            "en",
            'Ann Hale asked who would pay. "Nobody here will ever pay," came the reply.',
            "Nobody",
        ),
        ("fr", "Anna Roux est venue. « On ferme ici ? » a lancé quelqu'un.", "On ferme"),
        (
            "de",
            "Karl Brandt sagte, der Plan sei gut. Seine Frau Simone stöhnte, das sei Unsinn.",
            "das sei Unsinn",
        ),
        (
            "de",
            "Das bezweifelt der Kritiker Karl Brandt. „Das ist Quatsch“, konterte der Sänger.",
            "Das ist Quatsch",
        ),
    ],
)
def test_who_spoke_before_does_not_say_the_next_words(language: str, text: str, words: str) -> None:
    before = said(text, language)
    [name] = [name for name, content in before if content.startswith(words)]
    assert name not in ("Ugo Bassi", "Ann Hale", "Anna Roux", "Karl Brandt")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The operator declined to comment."),
        ("en", "The minister promised nothing."),
        ("fr", "Le maire a refusé de répondre."),
        ("de", "Landrätin Mona Weber zeigte Verständnis, blieb aber hart."),
        ("de", "Mona Weber erklärte einem Schüler die Geige, dann ging es weiter."),
    ],
)
def test_who_says_nothing_has_no_statement(language: str, text: str) -> None:
    assert said(text, language) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The council said in a statement it would not pay.", "it would not pay"),
        ("Ann Hale said at least one boat was lost.", "at least one boat was lost"),
        ("The police said about 40 people were hurt.", "about 40 people were hurt"),
        ("Quarl will cut ninety jobs by May, it said on Monday.", "Quarl will cut ninety jobs"),
        ("Snow would follow on the hills, it added.", "Snow would follow on the hills"),
    ],
)
def test_reported_clauses_without_that_are_found(text: str, words: str) -> None:
    [(_, content)] = said(text, "en")
    assert content.startswith(words)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ru", "Мэр спросил, кто отвечает за башню.", "кто отвечает за башню"),
        ("uk", "Мер запитав, де поділися гроші.", "де поділися гроші"),
        ("es", "La alcaldesa preguntó quién pagará la obra.", "quién pagará la obra"),
        ("it", "La sindaca ha chiesto chi pagherà i lavori.", "chi pagherà i lavori"),
        ("pt", "A ministra perguntou quem vai pagar a obra.", "quem vai pagar a obra"),
        ("de", "Mona Weber fragte, wer das bezahlen werde.", "wer das bezahlen werde"),
    ],
)
def test_reported_questions_are_found_by_their_pronoun(
    language: str, text: str, words: str
) -> None:
    [(name, content)] = said(text, language)
    assert name is not None
    assert content == words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Le médecin Hervé Rozel, qui exerce depuis 1998, juge les deux avis flous.",
        ),
        ("fr", "La maire Inès Aubry, que le dossier occupe, estime les trois devis exagérés."),
        ("it", "Il perito Ugo Sarti, che lavora a Volta dal 2019, giudica le due stime sbagliate."),
        (
            "es",
            "El perito Luis Cano, que trabaja desde 2019, juzga los dos planos falsos.",
        ),
    ],
)
def test_what_somebody_judges_does_not_speak(language: str, text: str) -> None:
    assert all(name is None or name[0].isupper() for name, _ in said(text, language))


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Selon sa présidente, Line Astor, les morsures viennent de chiens.", "Line Astor"),
        ("en", "According to its chair, Ann Hale, the bites were those of dogs.", "Ann Hale"),
        ("fr", "D'après son avocat, Paul Roux, le contrat est nul.", "Paul Roux"),
    ],
)
def test_a_source_may_be_somebody_of_somebody(language: str, text: str, name: str) -> None:
    assert [who for who, _ in said(text, language)] == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Selon ses plans, le pont ouvrira en mai."),
        ("en", "According to its plan, the bridge will open in May."),
    ],
)
def test_a_plan_of_somebody_is_nobody(language: str, text: str) -> None:
    assert all(who is None or "plan" not in who for who, _ in said(text, language))


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Nightjar Security, the firm concerned, confirms the booking.", "Nightjar Security"),
        (
            "en",
            "Ambrose Tull, the show's secretary, denies it: a man had stood there.",
            "Ambrose Tull",
        ),
        ("fr", "Paul Roux, le maire, confirme le rachat mais affirme qu'il pleut.", "Paul Roux"),
        ("es", "Ana Ruiz, la alcaldesa, confirma la venta pero dice que llueve.", "Ana Ruiz"),
        ("it", "Anna Riva, la sindaca, conferma la vendita ma dice che piove.", "Anna Riva"),
    ],
)
def test_what_somebody_confirms_does_not_speak(language: str, text: str, name: str) -> None:
    found = said(text, language)
    assert {who for who, _ in found} == {name}


@pytest.mark.parametrize(
    "text",
    [
        "Reg Holt has appealed. The show drew 18,400 visitors, the organisers added.",
        "Reg Holt fell. The slope was wet, the doctors said.",
    ],
)
def test_several_are_not_the_one_who_was_named(text: str) -> None:
    assert all(who != "Reg Holt" for who, _ in said(text, "en"))


def test_things_with_a_participle_say_nothing() -> None:
    text = "Photographs taken at Lock 22 on the night of 10 March show four people in jackets."
    assert said(text, "en") == []


@pytest.mark.parametrize(
    ("language", "text", "accuser"),
    [
        ("fr", "M. Moe accuse par ailleurs la maire d'avoir promis le marché à la ferme.", "Moe"),
        ("es", "El concejal acusa a la alcaldesa Ada Lund de haber prometido el contrato.",
         "el concejal"),
        ("it", "Il consigliere accusa la sindaca Ada Lund di aver promesso l'appalto.",
         "il consigliere"),
    ],
)  # fmt: skip
def test_what_somebody_is_accused_of_having_said_is_the_accusers_word(
    language: str, text: str, accuser: str
) -> None:
    assert {name for name, _ in said(text, language)} == {accuser}
