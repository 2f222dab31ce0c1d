"""Who said what on a page: the words, their manner and their frame."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft
from index.statements import Statement, find_statements

Shown = tuple[str | None, str, str]


def page(
    *paragraphs: str | ParagraphDraft,
    language: str = "fr",
    comments: tuple[CommentDraft, ...] = (),
) -> Article:
    drafts = tuple(
        item if isinstance(item, ParagraphDraft) else ParagraphDraft(text=item)
        for item in paragraphs
    )
    draft = ArticleDraft(title=None, paragraphs=drafts, comments=comments, language=language)
    return build_article(draft, source_key="test")


def shown(statement: Statement) -> Shown:
    name = statement.speaker.name if statement.speaker else None
    return name, statement.manner, statement.text


def said(*paragraphs: str | ParagraphDraft, language: str = "fr") -> list[Shown]:
    return [shown(item) for item in find_statements(page(*paragraphs, language=language))]


def test_a_clause_behind_a_reporting_verb_is_indirect() -> None:
    assert said("Marc Vidal a déclaré que le pont fermerait lundi.") == [
        ("Marc Vidal", "indirect", "le pont fermerait lundi")
    ]


def test_a_quotation_before_its_verb_is_direct() -> None:
    assert said("« Le pont fermera lundi », a déclaré Marc Vidal.") == [
        ("Marc Vidal", "direct", "Le pont fermera lundi")
    ]


def test_a_clause_with_a_quotation_in_it_is_mixed() -> None:
    assert said("Selon Marc Vidal, le pont est « une passoire ».") == [
        ("Marc Vidal", "mixed", "le pont est « une passoire »")
    ]


@pytest.mark.parametrize("marks", ["«»", "“”", "„“", '""', "»«", "„”"])
def test_quotation_marks_of_any_language_are_known(marks: str) -> None:
    text = f"{marks[0]}Le pont fermera lundi{marks[1]}, a déclaré Marc Vidal."
    assert said(text) == [("Marc Vidal", "direct", "Le pont fermera lundi")]


def test_a_set_off_quotation_belongs_to_the_name_on_its_line() -> None:
    quotation = ParagraphDraft(
        kind="quotation", text="Le pont fermera. Personne n'y peut rien\n- dit Vidal."
    )
    found = said("Le maire de Lorville, Marc Vidal, a reçu la presse.", quotation)
    assert found == [("Marc Vidal", "direct", "Le pont fermera. Personne n'y peut rien")]


def test_a_quotation_goes_on_behind_its_attribution() -> None:
    found = said("« Le pont fermera », dit Marc Vidal. « Personne n'y peut rien. »")
    assert [name for name, _, _ in found] == ["Marc Vidal", "Marc Vidal"]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "fr",
            "« Le pont fermera lundi, prévient Léa Dumas, ingénieure. Rien n'y fera. »",
            ["Le pont fermera lundi", "Rien n'y fera."],
        ),
        ("en", '"The bridge," Ann Cole said, "will close."', ["The bridge", "will close."]),
        (
            "de",
            "„Die Brücke“, sagte Karl Brandt, „schließt bald.“",
            ["Die Brücke", "schließt bald."],
        ),
    ],
)
def test_a_quotation_that_an_attribution_splits_is_one_statement_with_two_spans(
    language: str, text: str, words: list[str]
) -> None:
    article = page(text, language=language)
    [found] = find_statements(article)
    assert found.speaker is not None
    assert [article.text[start:end] for start, end in found.parts] == words
    assert article.text[found.start : found.end] == found.text


def test_a_quotation_over_two_paragraphs_has_one_speaker() -> None:
    found = said("Marc Vidal a déclaré : « Le pont fermera lundi.", "« Personne n'y peut rien. »")
    assert [name for name, _, _ in found] == ["Marc Vidal", "Marc Vidal"]
    assert found[1][2] == "Personne n'y peut rien."


@pytest.mark.parametrize(
    "text",
    [
        "Le film « La Nuit des loups » sort mercredi dans toutes les salles.",
        "Les « gilets verts » ont défilé dimanche dans les rues de Lorville.",
        "Le pont fermera lundi à cause des travaux.",
    ],
)
def test_titles_irony_and_the_narrators_words_are_no_statements(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Vidal a accusé Solvera de polluer la rivière.", "Vidal", "Solvera de polluer la rivière"),
        ("Bakou et Lorville ont signalé des tirs.", "Bakou et Lorville", "des tirs"),
        ("La partie brenaise a souligné le recul du lac.", "la partie brenaise", "le recul du lac"),
        (
            "Le collectif a lancé un appel au préfet en lui demandant d'arrêter les travaux.",
            "le collectif",
            "d'arrêter les travaux",
        ),
    ],
)
def test_accusations_and_demands_are_indirect(text: str, name: str, words: str) -> None:
    assert said(text) == [(name, "indirect", words)]


def test_an_accusation_as_a_noun_has_its_speaker() -> None:
    found = said("L'accusation de Marc Vidal selon laquelle le pont penche a fait rire.")
    assert found[0][0] == "Marc Vidal"
    assert found[0][2].startswith("le pont penche")


def test_those_who_pass_words_on_are_named_outermost_first() -> None:
    statements = find_statements(
        page("Marc Vidal a affirmé que le pont fermerait, écrit l'agence Brenia.")
    )
    assert [shown(item)[0] for item in statements] == ["Marc Vidal"]
    assert statements[0].via == ("Brenia",)


def test_speech_in_speech_is_passed_on_by_the_outer_speaker() -> None:
    statements = find_statements(
        page("Jean Roux a déclaré que Anne Lefort avait affirmé que le budget était faux.")
    )
    inner = statements[-1]
    assert shown(inner) == ("Anne Lefort", "indirect", "le budget était faux")
    assert inner.via == ("Jean Roux",)


def test_the_mood_alone_carries_german_speech_on() -> None:
    found = said(
        "Peter Krug sagte, die Brücke sei alt. Sie müsse geschlossen werden.", language="de"
    )
    assert found[-1] == ("Peter Krug", "indirect", "Sie müsse geschlossen werden.")


def test_a_transcript_line_belongs_to_its_label() -> None:
    found = said("VIDAL : Le pont fermera lundi, c'est décidé.", "Marc Vidal est maire.")
    assert found == [("Marc Vidal", "direct", "Le pont fermera lundi, c'est décidé.")]


def test_a_comment_is_the_statement_of_its_author() -> None:
    article = page("Le pont fermera.", comments=(CommentDraft(text="Enfin !", author="Loup"),))
    assert [shown(item) for item in find_statements(article)] == [("Loup", "comment", "Enfin !")]


def test_an_anonymous_comment_has_no_speaker() -> None:
    article = page("Le pont fermera.", comments=(CommentDraft(text="Enfin !"),))
    assert [shown(item) for item in find_statements(article)] == [(None, "comment", "Enfin !")]


def test_words_a_comment_quotes_are_not_its_authors() -> None:
    article = page(
        "Marc Vidal a déclaré que le pont fermerait lundi.",
        comments=(
            CommentDraft(
                text="le pont fermerait lundi\n\nN'importe quoi.",
                author="Loup",
                quoted=("le pont fermerait lundi",),
            ),
        ),
    )
    assert [shown(item) for item in find_statements(article) if item.source == "comment"] == [
        ("Loup", "comment", "N'importe quoi.")
    ]


def test_a_deleted_comment_says_nothing() -> None:
    article = page("Le pont fermera.", comments=(CommentDraft(text=None, deleted=True),))
    assert find_statements(article) == ()


_PIECES = st.sampled_from(
    [
        "« ", " »", "“", "”", '"', "'", " dit ", " a déclaré ", "que ", "Marc Vidal", " il ",
        "elle ", ", ", ". ", " : ", "\n\n", "selon ", "— ", "-t-il", " Le ministre ", "sagte ",
        "dass ", " said ", "according to ", "Mme ", "(", ")", "de ", "qui ", "12 ", "\n- dit X",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(_PIECES, max_size=30), language=st.sampled_from(["fr", "en", "de", "tr"]))
def test_every_statement_is_a_part_of_the_text_in_reading_order(
    pieces: list[str], language: str
) -> None:
    article = page("Le pont de Lorville fermera lundi. " + "".join(pieces), language=language)
    statements = find_statements(article)
    assert all(item.text == article.text[item.start : item.end] for item in statements)
    assert all(item.text.strip() for item in statements)
    assert [item.start for item in statements] == sorted(item.start for item in statements)
    assert all(article.passage(item.passage).start <= item.start for item in statements)
    assert statements == find_statements(article)
