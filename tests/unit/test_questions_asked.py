"""Classes of questions as people put them, in several languages, over two invented pages."""

import json
from pathlib import Path

import pytest

from assistant import Answer, Assistant

_PAGES = {
    "seal": {
        "title": "Seal hospital at Garrow Sands must close its pools",
        "language": "en",
        "author": "Tess Holloway",
        "published_at": "2025-06-03T07:00:00+00:00",
        "paragraphs": [
            "The seal hospital at Garrow Sands has been told to drain its pools by 15 August.",
            "The hospital, founded in 1974, treats 260 pups a year. A ticket costs £7.50.",
            "Its manager, Wilma Tarrant, denies that any animal was in danger. “Our pups have "
            "never been healthier,” she told the Chronicle.",
            "Inspector Adeyemi Cole disagrees. “Twenty-one degrees is a bath, not a sea,” he said.",
            "The mayor, Lionel Prowse, wants Ms Tarrant to resign. “She knew,” he said.",
        ],
        "comments": [
            {"number": "1", "author": "tidewatcher", "text": "The mayor is right, it is time."},
            {"number": "1.1", "author": "Marnie K", "text": "Rubbish. Leave Wilma Tarrant be."},
            {
                "number": "1.2",
                "author": "tidewatcher",
                "text": "@Marnie K in writing, twice.",
            },
        ],
    },
    "turm": {
        "title": "Mühlturm in Oberkassing wird Hotel, Anwohner wehren sich",
        "language": "de",
        "paragraphs": [
            "Der alte Mühlturm in Oberkassing wird zum Hotel. Er stammt aus dem Jahr 1621.",
            "Investor Lutz Hagenbeck verspricht 25 neue Arbeitsplätze. „In diesem Turm wohnt "
            "bisher nur die Schleiereule“, sagte er. Der Umbau kostet 3,8 Millionen Euro.",
            "Die Anwohnerin Edeltraud Mößmer bezweifelt das. „Die Plätze gibt es höchstens im "
            "Sommer, und dann für Studenten“, sagt sie.",
            "Die Bauarbeiten beginnen am 4. März und dauern 14 Monate.",
        ],
        "comments": [
            {"number": "1", "author": "Eulenfreund", "text": "Der Hagenbeck hat recht, ganz klar."},
            {"number": "2", "author": "Resi K.", "text": "@Eulenfreund Unsinn, wir haben Hotels."},
        ],
    },
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assistant]:
    folder: Path = tmp_path_factory.mktemp("asked")
    found = {}
    for name, page in _PAGES.items():
        file = folder / f"{name}.json"
        file.write_text(json.dumps(page), encoding="utf-8")
        found[name] = Assistant.open(file, llm=None, home=folder / "library")
    return found


def _last(page: Assistant, questions: str) -> Answer:
    """Return the answer to the last of some questions of a conversation."""
    talk = page.conversation()
    *_, answer = [talk.ask(question) for question in questions.split(" / ")]
    return answer


@pytest.mark.parametrize(
    ("page", "questions", "quoted"),
    [
        ("seal", "I've only skimmed this over lunch, how much is a ticket?", "£7.50"),
        ("seal", "My sister sent me this. When was the hospital founded?", "1974"),
        ("seal", "When was the hospital founded? I have no time to read it.", "1974"),
        ("seal", "Bonjour, j'ai lu trop vite : combien coûte un ticket ?", "£7.50"),
        ("seal", "Salve, non ho letto tutto: quanto costa un ticket?", "£7.50"),
        ("turm", "Ich habe ihn nur überflogen, wie lange dauern die Bauarbeiten?", "14 Monate"),
    ],
)
def test_what_askers_say_of_themselves_is_no_part_of_the_question(
    pages: dict[str, Assistant], page: str, questions: str, quoted: str
) -> None:
    answer = _last(pages[page], questions)
    assert any(quoted in citation.quote for citation in answer.citations), answer.text


@pytest.mark.parametrize(
    ("page", "questions", "quoted"),
    [
        ("turm", "Wer bestreitet die 25 Arbeitsplätze?", "bezweifelt das"),
        ("turm", "Was sagt Hagenbeck? / Wer widerspricht ihm?", "bezweifelt das"),
        ("seal", "Who disagrees with the manager?", "Adeyemi Cole disagrees"),
    ],
)
def test_who_denies_is_told_by_the_articles_own_sentences(
    pages: dict[str, Assistant], page: str, questions: str, quoted: str
) -> None:
    answer = _last(pages[page], questions)
    assert answer.verdict == "contested"
    assert any(quoted in citation.quote for citation in answer.citations), answer.text


def test_who_doubts_one_thing_is_not_told_to_doubt_another(pages: dict[str, Assistant]) -> None:
    assert pages["turm"].ask("Wer bezweifelt die Baukosten?").verdict != "contested"


@pytest.mark.parametrize(
    ("page", "questions", "author"),
    [
        ("seal", "What does Marnie K write? / Who replied to her?", "tidewatcher"),
        ("seal", "What did tidewatcher reply to Marnie K?", "tidewatcher"),
        ("turm", "Was schreibt Eulenfreund? / und wer hat ihm geantwortet?", "Resi K."),
        ("turm", "Was antwortete Resi K. auf Eulenfreund?", "Resi K."),
    ],
)
def test_a_comment_that_calls_somebody_by_name_answers_them(
    pages: dict[str, Assistant], page: str, questions: str, author: str
) -> None:
    answer = _last(pages[page], questions)
    assert {citation.author for citation in answer.citations} == {author}, answer.text


@pytest.mark.parametrize(
    ("page", "question"),
    [
        ("seal", "How many readers are for the mayor?"),
        ("seal", "Combien de lecteurs sont pour le maire ?"),
        ("turm", "Wie viele Leser sind für Hagenbeck?"),
    ],
)
def test_readers_who_take_a_side_are_counted_not_comments(
    pages: dict[str, Assistant], page: str, question: str
) -> None:
    answer = pages[page].ask(question)
    assert "1" in answer.text.splitlines()[0]
    assert {citation.source for citation in answer.citations} >= {"comment"}


@pytest.mark.parametrize(
    ("page", "question", "told"),
    [
        ("seal", "When was the hospital founded?", "1974"),
        ("turm", "Aus welchem Jahr stammt der Mühlturm?", "1621"),
    ],
)
def test_the_date_of_a_thing_is_not_that_of_the_page(
    pages: dict[str, Assistant], page: str, question: str, told: str
) -> None:
    assert told in pages[page].ask(question).text


def test_the_words_of_its_leader_are_not_those_of_an_office() -> None:
    page = Assistant.from_text(
        "The pier at Ardle will close\n\n“It is rotten to the core,” said council leader Ada Pell "
        "on Monday. The council meets in May, said the council.\n",
        llm=None,
    )
    assert page.ask('Did the council say "It is rotten to the core"?').verdict != "yes"
