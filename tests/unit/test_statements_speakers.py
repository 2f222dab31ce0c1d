"""Who speaks: names, roles and pronouns resolved within the page, or nobody."""

import json
from pathlib import Path

import pytest

from index.reading import read_article
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, ParagraphDraft
from index.statements import Speaker, find_statements, speaker_matches, speakers

_REGRESSIONS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "regressions_speakers.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def named(text: str, words: str, language: str = "fr") -> list[str | None]:
    """Return the names of those who say the words."""
    paragraphs = tuple(ParagraphDraft(text=part) for part in text.split("\n"))
    draft = ArticleDraft(title=None, paragraphs=paragraphs, language=language)
    return [
        item.speaker.name if item.speaker else None
        for item in find_statements(build_article(draft, source_key="test"))
        if words in item.text or item.text in words
    ]


def said(text: str, language: str) -> list[str | None]:
    """Return the name of who says each statement, in order."""
    draft = ArticleDraft(title=None, paragraphs=(ParagraphDraft(text=text),), language=language)
    found = find_statements(build_article(draft, source_key="test"))
    return [item.speaker.name if item.speaker else None for item in found]


@pytest.mark.parametrize("case", _REGRESSIONS, ids=lambda case: case["text"][:50])
def test_a_speaker_once_mistaken_stays_right(case: dict[str, object]) -> None:
    found = named(str(case["text"]), str(case["words"]), str(case["language"]))
    assert found
    assert set(found) == {case["speaker"]}


def test_a_surname_becomes_the_full_name() -> None:
    text = "Le maire Marc Vidal est venu. Vidal a dit que le pont fermerait."
    assert named(text, "le pont fermerait") == ["Marc Vidal"]


def test_a_role_becomes_the_person_the_page_introduced_with_it() -> None:
    text = "Le ministre brenais Marc Vidal a vu le pont. Le ministre a dit que tout fermerait."
    assert named(text, "tout fermerait") == ["Marc Vidal"]


def test_a_role_that_two_persons_hold_names_neither() -> None:
    text = (
        "Le ministre brenais Marc Vidal a rencontré le ministre lorvain Jean Roux. "
        "Le ministre a dit que tout fermerait."
    )
    assert named(text, "tout fermerait") == ["le ministre"]


def test_a_pronoun_is_the_last_subject_of_its_gender() -> None:
    text = "La maire Anne Lefort a reçu Jean Roux. Elle a dit que le pont fermerait."
    assert named(text, "le pont fermerait") == ["Anne Lefort"]


def test_a_pronoun_with_nobody_before_it_stays_unknown() -> None:
    assert named("Il a dit que le pont fermerait.", "le pont fermerait") == [None]


def test_a_pronoun_of_the_other_gender_is_not_the_last_subject() -> None:
    text = "La maire Anne Lefort a parlé. Il a dit que le pont fermerait."
    assert named(text, "le pont fermerait") == [None]


def test_a_name_behind_de_is_not_the_one_who_speaks() -> None:
    text = "La porte-parole de Marc Vidal a dit que le pont fermerait."
    assert named(text, "le pont fermerait") == ["la porte-parole de Marc Vidal"]


def test_a_title_tells_two_bearers_of_a_surname_apart() -> None:
    text = "Anne Roux et Jean Roux sont venus.\nMme Roux a dit que le pont fermerait."
    assert named(text, "le pont fermerait") == ["Anne Roux"]


def test_the_words_shown_and_the_role_are_those_of_the_page() -> None:
    draft = ArticleDraft(
        title=None,
        paragraphs=(ParagraphDraft(text="« Oui », dit Anne Lefort, maire de Lorville. Elle rit."),),
        language="fr",
    )
    (statement,) = find_statements(build_article(draft, source_key="test"))
    assert statement.speaker is not None
    assert statement.speaker.as_written == "Anne Lefort"
    assert statement.speaker.role == "maire de Lorville"
    assert statement.cue == "dit"


@pytest.mark.parametrize(
    ("language", "text", "words", "name"),
    [
        ("en", "The mayor, Anne Barton, said the bridge would close.", "the bridge", "Anne Barton"),
        ("en", "“The bridge will close,” Anne Barton said.", "The bridge", "Anne Barton"),
        ("de", "„Die Brücke schließt“, sagte Anna Krug.", "Die Brücke", "Anna Krug"),
        ("de", "Nach Angaben der Polizei ist die Brücke zu.", "die Brücke", "der Polizei"),
        (
            "es",
            "El alcalde, Pablo Ruiz, afirmó que el puente se cerrará.",
            "el puente",
            "Pablo Ruiz",
        ),
        ("it", "Il sindaco Marco Rossi ha detto che il ponte chiude.", "il ponte", "Marco Rossi"),
        ("ru", "«Мост закроют», — сказал Иван Петров.", "Мост", "Иван Петров"),
        ("tr", "Ahmet Kaya, “Köprü kapanacak” dedi.", "Köprü", "Ahmet Kaya"),
    ],
)
def test_each_language_has_its_ways_of_reporting(
    language: str, text: str, words: str, name: str
) -> None:
    assert named(text, words, language) == [name]


_VIDAL = Speaker(
    name="Galina Vidal", as_written="elle", role="ministre brenaise", aliases=("Vidal",)
)


@pytest.mark.parametrize(
    "name",
    [
        "Vidal",
        "galina vidal",
        "GALINA",
        "Gallina Vidal",
        "ministre brenaise",
        "Видал",
        "Галины Видал",
        "Mme Vidal",
        "Vidal'ın",
    ],
)
def test_a_speaker_is_found_under_many_spellings(name: str) -> None:
    assert speaker_matches(name, _VIDAL)


@pytest.mark.parametrize("name", ["Vidalez", "Paul Vidal", "ministre lorvaine", "Roux", "", "…"])
def test_another_name_is_another_speaker(name: str) -> None:
    assert not speaker_matches(name, _VIDAL)


def test_speakers_are_counted_once_each_the_busiest_first() -> None:
    text = "Marc Vidal dit oui. « Non », dit Anne Roux. « Si », dit Anne Roux. « Bah », dit-on."
    draft = ArticleDraft(title=None, paragraphs=(ParagraphDraft(text=text),), language="fr")
    counted = speakers(find_statements(build_article(draft, source_key="test")))
    assert [(item.speaker.name, item.statements) for item in counted] == [("Anne Roux", 2)]


def test_the_real_page_has_the_right_speaker_on_every_statement(shared_data: Path) -> None:
    article = read_article(shared_data / "articles" / "karabakh.fr.txt")
    statements = find_statements(article)
    by_start = {
        item.text[:24]: item.speaker.name if item.speaker else None
        for item in statements
        if item.source == "article"
    }
    expected = {
        "L’Arménie doit retirer i": "Hulusi Akar",
        "La Turquie est pour une ": "Hulusi Akar",
        "La Turquie prend des mes": "Hulusi Akar",
        "Nous avons quelque chose": "Galina Somova",
        "Erevan de violer le cess": "Hulusi Akar",
        "Ankara était prête à sou": "Hulusi Akar",
        "des bombardements mutuel": "Bakou et Erevan",
        "le bombardement continu ": "la partie arménienne",
    }
    assert expected.items() <= by_start.items()
    own = [item.text for item in statements if item.source == "comment"]
    assert not any("couper un couloir" in text or "a fait appel au" in text for text in own)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Anne Roux accuse Marc Vidal de mentir. Ce dernier répond que le pont tiendra.",
            "le pont tiendra",
            "Marc Vidal",
        ),
        (
            "Le club a rompu avec Claire Aubin. L'intéressée affirme que le pont tiendra.",
            "le pont tiendra",
            "Claire Aubin",
        ),
        (
            "L'océanographe Anne Roux a parlé. D'après la chercheuse, le pont tiendra.",
            "le pont tiendra",
            "Anne Roux",
        ),
        (
            "« Le pont tiendra », a déclaré jeudi devant les députés le préfet, Marc Vidal.",
            "Le pont tiendra",
            "Marc Vidal",
        ),
        (
            "Anne Roux se souvient :\n« Le pont tremblait sous chaque camion du matin. »",
            "Le pont tremblait",
            "Anne Roux",
        ),
    ],
)
def test_words_that_point_back_mean_whom_the_page_named(text: str, words: str, name: str) -> None:
    assert named(text, words) == [name]


def test_a_policeman_introduced_before_is_not_the_last_one_named() -> None:
    text = "Paul Vasse a vu un policier. « Je n'ai rien entendu », a dit le policier."
    assert named(text, "rien entendu") == ["le policier"]


@pytest.mark.parametrize(
    ("language", "text", "words", "names"),
    [
        (
            "en",
            "Cole Roads shut a pit. The pit operator said it was dry.",
            "it was dry",
            "Cole Roads",
        ),
        ("es", "Áridos Vega cerró. La empresa aseguró que llueve.", "llueve", "Áridos Vega"),
        (
            "en",
            "Cole Roads sued Wyn Pits. The operator said it was dry.",
            "it was dry",
            "the operator",
        ),
        ("en", "Cole Roads said it was dry. Wells would reopen, it added.", "Wells", "Cole Roads"),
        ("en", 'Hollis Reed beat Marlow Orton. "It was close," she said.', "It was close", None),
        ("en", "No oil had leaked, harbour master Ann Hale told us.", "No oil", "Ann Hale"),
        ("es", "Un pintor, Luis Ruiz, cayó. «Tuvo suerte», dijo el médico.", "Tuvo", "el médico"),
        ("de", "Die Kapitänin Jo Trunz fiel. „Sie lebt“, sagte der Arzt.", "Sie lebt", "der Arzt"),
        ("es", "Ana Ruiz calla. La ministra dijo que llueve.", "llueve", "la ministra"),
        ("de", "Den Vorwurf wies Mona Weber zurück. Er sei neu.", "Er sei neu", "Mona Weber"),
        ("de", "Uta Weber warnt. Ein Versuch laufe, sagt sie.", "Ein Versuch", "Uta Weber"),
        (
            "fr",
            "La fille, que tous appellent Suzon, rit : « Il pleut ici. »",
            "Il pleut",
            "la fille",
        ),
        (
            "fr",
            "L'adjointe, Anne Roux, que tous appellent « la Patronne », annonce la fin du bail.",
            "la fin du bail",
            "Anne Roux",
        ),
    ],
)
def test_words_go_to_who_can_say_them(
    language: str, text: str, words: str, names: str | None
) -> None:
    assert set(named(text, words, language)) == {names}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The union said talks had failed. A strike would begin on Friday."),
        ("en", "The union said talks had failed. No date had been named."),
        ("fr", "La maire a admis que le toit fuyait. Il serait refait en août."),
        ("es", "La alcaldesa admitió que goteaba. Las obras empezarían en agosto."),
        ("de", "Die Ärztin räumte ein, das Dach sei undicht. Man würde es im Mai erneuern."),
    ],
)
def test_words_go_on_where_the_verb_keeps_their_form(language: str, text: str) -> None:
    first, second = said(text, language)
    assert first == second


@pytest.mark.parametrize(
    "text",
    [
        "The union said talks had failed. Hundreds stood outside on Tuesday evening.",
        "The union said talks had failed. On Sunday the teams would meet again.",
        "The boat sank in March. A new one would have cost a million.",
    ],
)
def test_what_the_page_tells_is_not_said_by_who_spoke_before(text: str) -> None:
    assert len(said(text, "en")) == text.count("said")


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        (
            "Rosa Quintanilla vive sola. El jueves abrió la factura. «Pensé que era un número de "
            "teléfono», cuenta esta vecina jubilada de Torrejal.",
            "es",
            "Rosa Quintanilla",
        ),
        (
            "Wiebke Ahlers pflegt Igel. „Ein Igel läuft nicht weg“, sagt die 59-Jährige.",
            "de",
            "Wiebke Ahlers",
        ),
    ],
)
def test_this_neighbour_and_the_one_of_an_age_are_the_only_person_named(
    text: str, language: str, who: str
) -> None:
    assert said(text, language)[-1] == who


def test_this_neighbour_is_nobody_where_a_paragraph_names_two() -> None:
    text = (
        "Rosa Quintanilla vive con Elena Bujalance. «Pensé que era un número de teléfono», "
        "cuenta esta vecina jubilada de Torrejal."
    )
    assert said(text, "es")[-1] not in ("Rosa Quintanilla", "Elena Bujalance")


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "Mayor Josh Lind said that Peter Ek has long called for a vote. He said the hall would"
            " be open in May.",
            "the hall would be open in May",
            "Josh Lind",
        ),
        (
            "The economist Aparna Moor said Ivana Wells's note did not help. “I see no figures,”"
            " she said.",
            "I see no figures",
            "Aparna Moor",
        ),
        (
            "Nora Quinn posted a song last week, and Big Machine answered.\nShe claimed the label"
            " had stopped her.",
            "the label had stopped her",
            "Nora Quinn",
        ),
        (
            "Nora Holt runs the ferry.\nIt opened in May.\nShe said the boats were full.",
            "the boats were full",
            "Nora Holt",
        ),
    ],
)
def test_she_means_who_speaks_and_no_body(text: str, words: str, speaker: str) -> None:
    assert named(text, words, "en") == [speaker]


def test_surname_that_is_a_first_name_too_is_the_person_of_the_page() -> None:
    text = "Elizabeth Warren asked John Stumm to resign. “This is not right,” Warren said."
    assert named(text, "This is not right", "en") == ["Elizabeth Warren"]


def test_an_office_is_no_more_than_its_own_words() -> None:
    text = (
        "L'incontro tra Livia Morra e Ugo Trampi avviene cinque giorni prima della visita del"
        " presidente uscente Gino Baldi. «Bella serata», ha detto Ugo Trampi. Baldi ha detto che"
        " verrà a maggio."
    )
    draft = ArticleDraft(title=None, paragraphs=(ParagraphDraft(text=text),), language="it")
    found = find_statements(build_article(draft, source_key="test"))
    roles = {item.speaker.name: item.speaker.role for item in found if item.speaker}
    assert roles["Gino Baldi"] in (None, "presidente uscente")


def test_a_post_set_into_a_page_is_said_by_whoever_signed_it() -> None:
    text = (
        "Many people laughed at it.\nOh no. The other posters are just as bad."
        " pic.example.com/abc https://t.co/abc— Mike Bove 🎄 (@MikeBove) November 18, 2019"
    )
    assert named(text, "The other posters are just as bad", "en") == ["Mike Bove"]


def test_a_name_with_an_address_inside_a_text_signs_no_post() -> None:
    text = "Weather — Ada Lund (@ada) is our editor. She said it would rain."
    assert said(text, "en") == ["Ada Lund"]


@pytest.mark.parametrize(
    ("text", "language", "words", "speakers_named"),
    [
        (
            "Anna Lind was shot on Monday.\nA man was held.\nThe street was closed.\n“It was"
            " loud,” she said.",
            "en",
            "It was loud",
            [None],
        ),
        (
            "Ngozi Okonjo criticised Anna Lind on Monday. “We are tired,” she said.",
            "en",
            "We are tired",
            [None],
        ),
        (
            "Prosecutor Hollis Reed said Maria Ek had stolen the car. “I never did,” she said.",
            "en",
            "I never did",
            [None],
        ),
        (
            "„Das hilft keinem“, sagt die Mutter des Opfers Peter Moor.",
            "de",
            "Das hilft keinem",
            ["die Mutter des Opfers Peter Moor"],
        ),
        (
            "Le maire Jean Moreau a dit que le pont fermera. — Paul Durand (@pdurand)",
            "fr",
            "le pont fermera",
            ["Jean Moreau"],
        ),
        (
            "Paul, 12, likes the school. “It is fun,” Paul said. The teacher, Anna Paul, left.",
            "en",
            "It is fun",
            ["Paul"],
        ),
        (
            "Lisa Moe met Ada Lund. Ada Lund plans to resign, she said on Monday.",
            "en",
            "to resign",
            ["Ada Lund"],
        ),
    ],
)
def test_nobody_gets_the_words_of_another(
    text: str, language: str, words: str, speakers_named: list[str | None]
) -> None:
    assert named(text, words, language) == speakers_named


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ('"It is over," said one of the players, midfielder Tom Moe.', "en", "Tom Moe"),
        ('"It is over", said a witness in the trial, farmer Ada Lund.', "en", "Ada Lund"),
        ('"It is over", said a witness, former Red Cross adviser Ada Lund.', "en", "Ada Lund"),
        ("«El puerto cerrará», dijo otra vecina, la maestra Ana Ríos.", "es", "Ana Ríos"),
        ("«O porto vai fechar», disse outro morador.", "pt", "outro morador"),
        ("Rents rise despite minister Ada Lund saying that they fell.", "en", "Ada Lund"),
        ("Die These von Ada Lund lautet, dass der Hafen schließt.", "de", "Ada Lund"),
        ("L'hypothèse d'Ada Lund consiste à dire que le port fermera.", "fr", "Ada Lund"),
    ],
)
def test_a_name_that_stands_beside_a_calling_or_a_noun_is_who_says_the_words(
    text: str, language: str, name: str
) -> None:
    assert said(text, language) == [name]
