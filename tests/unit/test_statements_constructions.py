"""Who said what by construction: any verb, any word order, and what says nothing."""

import pytest

from index.reading.building import build_article
from index.reading.draft import ArticleDraft, ParagraphDraft
from index.statements import Statement, find_statements


def statements(text: str, language: str) -> tuple[Statement, ...]:
    paragraphs = tuple(ParagraphDraft(text=part) for part in text.split("\n"))
    draft = ArticleDraft(title=None, paragraphs=paragraphs, language=language)
    return find_statements(build_article(draft, source_key="test"))


def said(text: str, language: str) -> list[tuple[str | None, str]]:
    found = statements(text, language)
    return [(item.speaker.name if item.speaker else None, item.text) for item in found]


@pytest.mark.parametrize(
    ("language", "text", "name", "words"),
    [
        ("fr", "« Le quai cède », gronde Léa Dumas.", "Léa Dumas", "Le quai cède"),
        ("es", "«El muelle cede», refunfuñó el alcalde.", "el alcalde", "El muelle cede"),
        ("it", "«Il molo cede», sbotta la sindaca.", "la sindaca", "Il molo cede"),
        ("de", "„Der Kai bricht“, grantelte Mona Weber.", "Mona Weber", "Der Kai bricht"),
        ("ru", "«Мост рухнет», — буркнул сторож.", "сторож", "Мост рухнет"),
    ],
)
def test_any_verb_between_a_quotation_and_somebody_is_one_of_saying(
    language: str, text: str, name: str, words: str
) -> None:
    assert said(text, language) == [(name, words)]


def test_words_behind_dashes_belong_to_whom_the_narrator_names_between_them() -> None:
    text = "— Мост закрыт, — признался Иван Петров. — Ждём весны."
    [found] = statements(text, "ru")
    assert found.speaker is not None
    assert found.speaker.name == "Иван Петров"
    assert found.manner == "direct"
    assert len(found.parts) == 2


def test_a_list_behind_dashes_is_nobodys_speech() -> None:
    assert said("На складе осталось\n— двадцать мешков муки;\n— три бочки масла;", "ru") == []


def test_turkish_reports_of_one_sentence_share_their_subject() -> None:
    text = "Köprünün kapandığını belirten Kemal Aydın, yolun açılacağını söyledi."
    assert [name for name, _ in said(text, "tr")] == ["Kemal Aydın", "Kemal Aydın"]


def test_a_verb_without_a_subject_goes_on_about_who_spoke_last() -> None:
    text = "Ana Soler señaló que el puente cede. Advirtió que cerrará mañana."
    assert [name for name, _ in said(text, "es")] == ["Ana Soler", "Ana Soler"]


def test_german_mood_alone_marks_reported_words() -> None:
    text = "Das Gericht hob das Verbot auf. Von Gefahr könne keine Rede sein."
    assert said(text, "de") == [(None, "Von Gefahr könne keine Rede sein.")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Les chiens sont dressés pour garantir que nul n'entre."),
        ("fr", "Force est de constater que le quai a perdu de son charme."),
        ("fr", "Huit clubs ont confirmé leur participation."),
        ("fr", "Les prix changent selon les quartiers."),
        ("fr", "Le quartier dit « du Port » n'a pas d'école."),
        ("en", "One must admit that the quay is a pleasant place."),
        ("en", "He claimed his bicycle from the office."),
        ("it", "Bisogna ammettere che il teatro era più bello."),
    ],
)
def test_purposes_acts_and_the_authors_own_voice_are_no_statements(
    language: str, text: str
) -> None:
    assert said(text, language) == []


def test_an_unknown_speaker_has_a_reason() -> None:
    two = "Julie Martin est venue avec Paul Martin. Martin a dit que le quai fermerait."
    assert [item.reason for item in statements(two, "fr")] == ["ambiguous"]
    assert [item.reason for item in statements("Il a dit que le quai fermerait.", "fr")] == [
        "unnamed"
    ]


def test_who_rejects_a_claim_does_not_say_what_it_claims() -> None:
    text = "Engineer Rita Sand rejected the claim that the pier was unsafe."
    assert said(text, "en") == [
        ("Rita Sand", "the claim that the pier was unsafe"),
        (None, "the pier was unsafe"),
    ]


def test_those_who_are_told_are_no_part_of_the_words() -> None:
    text = "Mara Holm told reporters the crossing would take an hour."
    assert said(text, "en") == [("Mara Holm", "the crossing would take an hour")]


def test_a_verb_without_a_subject_may_say_to_whom() -> None:
    text = "La alcaldesa, Ana Soler, se marchó. «El puente cede», dijo a los vecinos."
    assert said(text, "es") == [("Ana Soler", "El puente cede")]
    named = "La alcaldesa, Ana Soler, se marchó. «Cede», dijo a los vecinos el perito Luis Mora."
    assert said(named, "es") == [("Luis Mora", "Cede")]


def test_an_answer_without_a_subject_is_not_that_of_who_spoke_before() -> None:
    text = "Ana Soler niega que el puente ceda. «Que venga a verlo», replica."
    assert [name for name, _ in said(text, "es")] == ["Ana Soler", None]


@pytest.mark.parametrize("opening", ["«", "Сторожа спорят. «"])
def test_any_verb_between_dashes_inside_quotation_marks_names_who_speaks(opening: str) -> None:
    text = f"{opening}Какая неделя? Мост рухнет, — горячится инженер Зоя Петрова. — Вода идёт»."
    assert [name for name, _ in said(text, "ru")] == ["Зоя Петрова"]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Léa Dumas, voix des Amis du Quai, se lève. « Le quai cède. »", "Léa Dumas"),
        ("fr", "Léa Dumas note le prix. Au port depuis peu, elle pèse. « Je crie. »", "Léa Dumas"),
        ("en", "Tom Reed lives here. A keeper for years, he walks it. \"It gives.\"", "Tom Reed"),
        ("en", "Tom Reed lives here. The mayor disagrees. \"It gives.\"", None),
        ("en", "Tom Reed met Ann Hale at the quay. \"It gives.\"", None),
        ("de", "Mona Weber wies das zurück. Der Kai sei sicher.", "Mona Weber"),
    ],
)  # fmt: skip
def test_words_alone_belong_to_the_one_whom_the_sentence_before_is_about(
    language: str, text: str, name: str | None
) -> None:
    assert [found for found, _ in said(text, language)] == [name]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Tom Reed fell from the quay. \"He was lucky,\" said the doctor.", "the doctor"),
        ("de", "Paul Klein fiel vom Kai. „Er hatte Glück“, sagte der Arzt.", "der Arzt"),
    ],
)  # fmt: skip
def test_who_speaks_of_somebody_is_not_that_person(language: str, text: str, name: str) -> None:
    assert [found for found, _ in said(text, language)] == [name]


def test_a_calling_without_an_article_opens_no_sentence_as_its_subject() -> None:
    text = "Ada Rossi tace. Figlia di un pescatore, arrivò nel 1959. Lei disse che il molo cede."
    assert [name for name, _ in said(text, "it")] == ["Ada Rossi"]


def test_german_words_before_their_attribution_name_nobody_of_their_own() -> None:
    assert said("Der Kai bricht nach eigener Aussage nicht.", "de") == []
    text = "Pfarrer Uwe Holm sieht das anders. Ihm zufolge bricht der Kai."
    assert [name for name, _ in said(text, "de")] == ["Uwe Holm"]
    fronted = "Die Forscherin Eva Holm misst. Von Zufall will sie nichts wissen: „Das stimmt.“"
    assert [name for name, _ in said(fronted, "de")] == ["Eva Holm"]
    trainer = "Der Trainer Paul Klein beschwerte sich, dass der Kai bricht."
    assert [name for name, _ in said(trainer, "de")] == ["Paul Klein"]


def test_a_pronoun_shows_the_gender_of_an_unknown_first_name() -> None:
    text = "Kezia Moran rests. Tonight she plays. Ed Fox waits outside.\nShe said the quay gives."
    assert said(text, "en") == [("Kezia Moran", "the quay gives")]


@pytest.mark.parametrize(
    "text",
    [
        "Without water the club will close before spring, its treasurer Ann Hale fears.",
        "The lower cables, Ann Hale said, showed no cracks.",
    ],
)
def test_english_words_around_or_before_their_attribution_are_whole(text: str) -> None:
    assert said(text, "en")[0][0] == "Ann Hale"
    assert len(said(text, "en")[0][1]) > 30


@pytest.mark.parametrize(
    ("asks", "answers", "once"),
    [("Q:", "A:", ""), ("Frage:", "Pell:", "Pell rests. "), ("P.", "R.", ""), ("X —", "Y —", "")],
)
def test_the_answers_of_an_interview_are_of_whom_it_is_about(
    asks: str, answers: str, once: str
) -> None:
    text = f"Nora Pell keeps the light. {once}\n{asks} Were you afraid?\n{answers} Of the council."
    text += f"\n{asks} What will you miss?\n{answers} The fog. It never asks."
    assert said(text, "en") == [
        ("Nora Pell", "Of the council."),
        ("Nora Pell", "The fog. It never asks."),
    ]


def test_an_interview_begins_with_the_label_written_out() -> None:
    text = "Nora Pell keeps the light.\nPregunta. ¿Miedo?\nRespuesta. No.\n"
    text += "P. ¿Y después?\nR. El jardín.\n"
    assert said(text, "es") == [("Nora Pell", "No."), ("Nora Pell", "El jardín.")]


def test_labels_without_questions_before_them_are_no_interview() -> None:
    text = "The ferry of Nora Pell.\nWhen: In May.\nPrice: Six pounds.\n"
    text += "When: Is it daily? No.\nPrice: Free for dogs."
    assert said(text, "en") == []


def test_callings_that_could_mean_each_other_end_in_a_statement() -> None:
    text = "The writer says he would have accepted ten vases from the painter, had the man asked."
    assert said(text, "en")[0][0] == "the writer"


@pytest.mark.parametrize(
    ("language", "text", "content"),
    [
        ("fr", "Luc Favre admet avoir dormi, mais, selon lui, dix minutes.", "dix minutes"),
        (
            "ru",
            "Сторож Глеб Сапин признал, что задремал, но, по его оценке, минут на десять.",
            "минут на десять",
        ),
    ],
)
def test_a_source_behind_but_is_that_of_what_follows(
    language: str, text: str, content: str
) -> None:
    assert content in [words for _, words in said(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "Der Hof liegt still. Nun habe ich das Tor gestrichen.",
        "Der Hof liegt still. Das sehe ich anders, und der Zaun steht.",
    ],
)
def test_what_the_author_tells_of_themselves_is_no_reported_speech(text: str) -> None:
    assert said(text, "de") == []


def test_a_measure_is_no_source() -> None:
    assert said("The old mill grinds ninety sacks per hour.", "en") == []


_ASKED = """Worüber lachen Sie auf der Bühne?
Über den Regen. Er fällt seit März.
Haben Sie den Fluss gesehen?
Nein, er war zu laut.
Im Tal ist er still.
Was sagt Ihre Tochter dazu?
Sie hält Fluss und Regen für Brüder."""


def interview(title: str, text: str, language: str) -> list[tuple[str | None, str]]:
    paragraphs = tuple(ParagraphDraft(text=part) for part in text.split("\n"))
    draft = ArticleDraft(title=title, paragraphs=paragraphs, language=language)
    found = find_statements(build_article(draft, source_key="test"))
    return [(item.speaker.name if item.speaker else None, item.text) for item in found]


def test_what_answers_questions_to_you_is_of_whom_the_title_announces() -> None:
    found = interview("Über den Regen: ein Gespräch mit Anna Pell", _ASKED, "de")
    lines = _ASKED.splitlines()
    assert [text for name, text in found if name == "Anna Pell"] == [
        lines[place].strip() for place in (1, 3, 4, 6)
    ]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Anna Pell und Peter Brandt reden über den Regen", _ASKED),
        ("Wie man Regen misst", _ASKED),
        ("Anna Pell über Regen", "Fällt Regen?\nJa.\nFällt er oft?\nSelten.\nWie warm?\nKalt."),
        (
            "Anna Pell über Regen",
            "Wo messen Sie?\nMessen Sie im Hof.\nWann messen Sie?\nFrüh messen Sie am besten.\n"
            "Wie messen Sie?\nDazu nehmen Sie ein Glas.",
        ),
    ],
)
def test_questions_to_nobody_or_to_two_are_no_interview(title: str, text: str) -> None:
    assert not [text for name, text in interview(title, text, "de") if name]


def test_a_label_on_a_line_of_its_own_names_who_answers_below() -> None:
    text = (
        "Wo liegt der Hof?\nAnna:\nAm Fluss.\nEr ist alt.\nRedaktion:\nWem gehört er?\nAnna:\nMir."
    )
    found = interview("Besuch bei Anna Pell", text, "de")
    assert found == [
        ("Anna Pell", "Am Fluss."),
        ("Anna Pell", "Er ist alt."),
        ("Anna Pell", "Mir."),
    ]


def test_a_first_name_alone_means_the_one_named_in_full() -> None:
    text = "Anna Lake wrote a book. Anna said the bus was late."
    assert said(text, "en") == [("Anna Lake", "the bus was late")]


def test_a_heading_that_repeats_words_is_of_who_says_them_below() -> None:
    text = (
        "„Am Wehr ist es zu laut“, sagte Karl Brandt.\n„Der Fluss ist viel zu laut“\n"
        "„Der Fluss ist viel zu laut, und das seit Jahren“, sagte Mona Weber."
    )
    assert [name for name, _ in said(text, "de")] == ["Karl Brandt", "Mona Weber", "Mona Weber"]


@pytest.mark.parametrize(
    ("language", "text", "name", "words"),
    [
        (
            "de",
            "Karl Brandt sagte der Zeitung am Montag, die Fischer seien froh, dass es regne.",
            "Karl Brandt",
            "die Fischer seien froh, dass es regne",
        ),
        (
            "de",
            "Karl Brandt vom Amt (Wasser, Ost) sagte, der Regen reiche.",
            "Karl Brandt",
            "der Regen reiche",
        ),
        (
            "fr",
            "Le port recule, selon le dernier rapport du Conseil de la mer.",
            "le dernier rapport du Conseil de la mer",
            "Le port recule",
        ),
        (
            "fr",
            "Pour Paul Roux il y avait trop de pluie, il fallait partir.",
            "Paul Roux",
            "il y avait trop de pluie, il fallait partir",
        ),
    ],
)
def test_words_in_a_frame_belong_to_whom_it_names(
    language: str, text: str, name: str, words: str
) -> None:
    assert said(text, language) == [(name, words)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "“The bow cracked,” said Ann Hale. The deck was wet. “Nobody slept.”"),
        ("en", "Ann Hale says that the bow cracked.\n“Nobody slept.”"),
        ("de", "„Der Mast brach“, sagte Mona Weber. Das Deck war nass. „Niemand schlief.“"),
    ],
)
def test_a_quotation_alone_goes_on_where_nobody_else_is_spoken_of(language: str, text: str) -> None:
    assert len({name for name, _ in said(text, language)} | {None}) == 2
    assert None not in {name for name, _ in said(text, language)}


@pytest.mark.parametrize(
    "text",
    [
        "“The bow cracked,” said Ann Hale. Dan Moss steered by hand. Rain fell. “Nobody slept.”",
        "A witness says that the bow cracked.\n“Nobody slept.”",
    ],
)
def test_a_quotation_alone_behind_somebody_else_stays_open(text: str) -> None:
    assert said(text, "en")[-1][0] is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "STADE : Stade du Pré"),
        ("de", "PREIS: zwölf Euro"),
        ("en", "The Upper State Attorney General is at sea."),
    ],
)
def test_a_line_of_facts_and_a_name_that_looks_like_a_verb_say_nothing(
    language: str, text: str
) -> None:
    assert said(text, language) == []


def test_a_first_name_before_paragraphs_is_who_says_them() -> None:
    text = "Anna Pell tried the kite.\nAnna: It flies low.\nNote: It rains.\nAnna: I like it."
    found = said(text, "en")
    assert ("Anna Pell", "It flies low.") in found
    assert ("Anna Pell", "I like it.") in found
    assert "It rains." not in [words for _, words in found]


def test_a_quotation_that_says_i_is_of_whom_the_sentence_before_is_about() -> None:
    text = "Der Wind stört viele. Für Karl Brandt gilt das nicht. „Ich mag den Wind, sehr sogar.“"
    assert said(text, "de") == [("Karl Brandt", "Ich mag den Wind, sehr sogar.")]
    other = "Der Wind stört viele. Gegen Karl Brandt wird ermittelt. „Er hat den Wind bestellt.“"
    assert said(other, "de") == [(None, "Er hat den Wind bestellt.")]


def test_a_clause_of_time_ends_where_the_main_clause_names_who_speaks() -> None:
    text = "But as Bob Rowe asked how the bus turns, Ann Bell, the driver, said that it stops."
    assert said(text, "en") == [("Bob Rowe", "how the bus turns"), ("Ann Bell", "it stops")]


@pytest.mark.parametrize(
    ("language", "text", "name", "words"),
    [
        (
            "de", "Jan Petrak vom Verein „Rad und Tat“ hält diese Zahlen für schöngerechnet.",
            "Jan Petrak", "diese Zahlen für schöngerechnet",
        ),
        (
            "de", "Der Bürgermeister hält das für viel zu hoch.",
            "der Bürgermeister", "das für viel zu hoch",
        ),
        ("fr", "Claire Quesnay juge la somme dérisoire.", "Claire Quesnay", "la somme dérisoire"),
        ("es", "Ana Robles considera el precio excesivo.", "Ana Robles", "el precio excesivo"),
        ("it", "Anna Greco considera il prezzo eccessivo.", "Anna Greco", "il prezzo eccessivo"),
        (
            "de", "Pfettscher weist das zurück: „Der Vorwurf ist aus der Luft gegriffen.“",
            "Pfettscher", "Der Vorwurf ist aus der Luft gegriffen.",
        ),
    ],
)  # fmt: skip
def test_who_judges_a_thing_says_so(language: str, text: str, name: str, words: str) -> None:
    assert said(text, language) == [(name, words)]


def test_an_act_of_judging_is_no_verdict() -> None:
    assert said("Le tribunal juge l'ancien maire de Lorville.", "fr") == []
    assert said("Der Bürgermeister hält eine Rede.", "de") == []


@pytest.mark.parametrize(
    ("text", "language", "words", "speaker"),
    [
        (
            "The agency plans to land twice by 2028, agency officials said.",
            "en",
            "The agency plans to land twice by 2028",
            "agency officials",
        ),
        (
            "The works are unlikely to end at the new bridge, sources told the paper.",
            "en",
            "The works are unlikely to end at the new bridge",
            "sources",
        ),
        (
            "Der Bundesverband Solarwirtschaft (BSW) sagte, die Preise stiegen.",
            "de",
            "die Preise stiegen",
            "der Bundesverband Solarwirtschaft",
        ),
        (
            "Die Kosten werden völlig ignoriert, erklärt Sandra Moor.",
            "de",
            "Die Kosten werden völlig ignoriert",
            "Sandra Moor",
        ),
        (
            "„Das hilft keinem“, sagt die Leiterin des Hauptstadtbüros Bioenergie Sandra Moor.",
            "de",
            "Das hilft keinem",
            "Sandra Moor",
        ),
    ],
)
def test_whoever_stands_at_the_end_or_bears_a_name_of_two_nouns_is_found(
    text: str, language: str, words: str, speaker: str
) -> None:
    draft = ArticleDraft(title=None, paragraphs=(ParagraphDraft(text=text),), language=language)
    found = find_statements(build_article(draft, source_key="test"))
    assert [(s.text, s.speaker.name) for s in found if s.speaker] == [(words, speaker)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "In a two-hour interview with the paper, Moe admitted to hiding the cost.",
            [("Moe", "hiding the cost")],
        ),
        ("On 3 May 2021, Ada Lund testified before the county court in the case.", []),
        (
            '"What a day!" Moe tweeted soon after the council had met the union.',
            [("Moe", "What a day!")],
        ),
        (
            "The agency, citing a source, reported that the pier was unsafe.",
            [("the agency", "a source"), ("the agency", "the pier was unsafe")],
        ),
        ("It matters if the county holds a vote, which is likely.", []),
        ("In the end there was no choice, Ada Lund said.", [("Ada Lund", "In the end there was")]),
    ],
)
def test_words_that_say_when_or_where_are_none_of_what_is_said(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(name, words[:20].strip()) for name, words in said(text, "en")] == [
        (name, words[:20].strip()) for name, words in found
    ]


@pytest.mark.parametrize(
    ("language", "text", "maker"),
    [
        (
            "en",
            "Sales fell, according to data released by Larvik Harbour in May.",
            "Larvik Harbour",
        ),
        ("en", "Sales fell, according to figures from the ministry.", "the ministry"),
        ("fr", "Les ventes ont chuté, selon des chiffres publiés par l'agence Norvik.", "Norvik"),
        ("es", "Las ventas cayeron, según datos publicados por el Ministerio.", "Ministerio"),
        ("it", "Le vendite sono calate, secondo i dati diffusi dal Ministero.", "Ministero"),
    ],
)
def test_whoever_issued_a_document_says_what_stands_in_it(
    language: str, text: str, maker: str
) -> None:
    [(name, words)] = said(text, language)

    assert name is not None
    assert maker in name
    assert words == text.partition(",")[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The plan failed, according to documents seen by Larvik Harbour."),
        ("es", "El plan fracasó, según documentos obtenidos por Puerto Larvik."),
    ],
)
def test_whoever_was_shown_a_document_does_not_say_what_stands_in_it(
    language: str, text: str
) -> None:
    assert all("Larvik" not in (name or "") for name, _ in said(text, language))


def test_a_straight_mark_closes_what_a_curly_one_opened() -> None:
    text = '“The pier is unsafe," Ada Lund said. "It \'shakes\'. He called it “a "toy" of ours”."'

    assert said(text, "en")[0] == ("Ada Lund", "The pier is unsafe")
