"""Who said it, and what they said: whose words an answer may show, and whose never."""

import pytest

from assistant import Assistant
from index.statements import is_denied
from tests.support.pages import opened

_PAGE = {
    "title": "Un pont divise Lorville",
    "language": "fr",
    "paragraphs": [
        "La maire de Lorville, Anne Lefort, affirme que le pont coûtera 4 millions d'euros.",
        "Le garagiste Jean Roux soutient que le pont est solide.",
        "La boulangère Claire Roux, sans lien de parenté, déplore que le marché soit désert.",
        "« Les camions ne passeront plus devant le collège », a promis Luc Favre.",
    ],
    "comments": [{"author": "Favre", "text": "Les cyclistes aussi ont besoin de ce pont."}],
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("speech"), _PAGE)


def test_a_figure_according_to_somebody_comes_from_them(page: Assistant) -> None:
    answer = page.ask("Combien coûtera le pont selon Anne Lefort ?")
    assert "4 millions" in answer.text


def test_a_figure_of_somebody_else_is_not_given_for_the_source_asked(page: Assistant) -> None:
    answer = page.ask("Combien coûtera le pont selon Jean Roux ?")
    assert answer.status == "not_in_article"
    assert "4 millions" not in answer.text
    assert "Jean Roux" in answer.text


def test_nobody_is_named_for_another_number(page: Assistant) -> None:
    answer = page.ask("Qui a dit que le pont coûtera 9 millions d'euros ?")
    assert (answer.status, answer.citations) == ("not_in_article", ())
    assert "4 millions" in answer.text  # what Lefort says instead, and no other number


def test_nobody_is_named_for_the_opposite(page: Assistant) -> None:
    opposite = page.ask("Qui a promis que les camions passeront devant le collège ?")
    assert (opposite.status, opposite.citations) == ("not_in_article", ())
    same = page.ask("Qui a promis que les camions ne passeront plus devant le collège ?").text
    assert "Luc Favre" in same


def test_two_of_one_surname_are_both_told_and_kept_apart(page: Assistant) -> None:
    text = page.ask("Que dit Roux ?").text
    assert text.index("Jean Roux") < text.index("solide") < text.index("Claire Roux")
    assert text.index("Claire Roux") < text.index("désert")


def test_a_reader_of_a_sources_name_is_quoted_apart(page: Assistant) -> None:
    answer = page.ask("Que dit Favre ?")
    lanes = {sentence.lane for sentence in answer.sentences if sentence.citations}
    assert lanes == {"article", "readers"}


@pytest.mark.parametrize(
    "quoted", ["'Les camions ne passeront plus'", "「Les camions ne passeront plus」"]
)
def test_words_in_any_quotation_marks_are_looked_up(page: Assistant, quoted: str) -> None:
    assert "Luc Favre" in page.ask(f"Qui a dit {quoted} ?").text


def test_a_common_word_is_nobodys_quotation(page: Assistant) -> None:
    assert page.check("solide", speaker="Jean Roux").verdict == "other_speaker"
    assert page.check("solide").verdict == "verbatim"


def test_a_denied_negation_affirms() -> None:
    assert is_denied("Le pont ne tombera pas", "fr")
    assert is_denied("Il dément avoir menti", "fr")
    assert not is_denied("Le pont tombera", "fr")
