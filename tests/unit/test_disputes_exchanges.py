"""Speakers of an article against each other, where no verb of denial shows it."""

import json

import pytest

from index.disputes import Dispute, find_disputes
from index.reading import read_bytes
from index.statements import find_statements


def _disputes(language: str, *paragraphs: str) -> tuple[Dispute, ...]:
    page = {"title": "-", "language": language, "paragraphs": paragraphs, "comments": []}
    article = read_bytes(json.dumps(page).encode())
    return find_disputes(article, find_statements(article))


@pytest.mark.parametrize(
    ("language", "claim", "between", "position", "speaker"),
    [
        (
            "en",
            "The council had been warned about cracks in March, mill owner Petra Lund said.",
            "The wall was last inspected in 2019.",
            "The council did not receive any such warning, said its head of highways, Owen Tarr.",
            "Owen Tarr",
        ),
        (
            "de",
            "Die Eltern seien vorab schriftlich informiert worden, sagte Rektorin Hanna Brück.",
            "",
            "Elternsprecher Malte Voss hat nie einen solchen Brief bekommen, wie er sagt.",
            "Malte Voss",
        ),
        (
            "it",
            "Il ponte è stato chiuso per un difetto dei cavi, ha spiegato l'ingegnere Dario Monti.",
            "",
            "Per il sindaco Elio Grassi, invece, i cavi sono in ottimo stato.",
            "Elio Grassi",
        ),
        (
            "en",
            "Vet Cora Hale overcharged pensioners for years, the consumer group Fairpaw says.",
            "",
            "Ms Hale said the accusation was laughable.",
            "Cora Hale",
        ),
        (
            "es",
            "El perro mordió a dos niños, denuncia la madre de uno de ellos, Pilar Osuna.",
            "",
            "«Eso es un disparate», responde el conserje, Matías Rey.",
            "el conserje",
        ),
        (
            "es",
            "El agua costará 0,42 euros el metro cúbico, según la consejera Amparo Liñán.",
            "",
            "El regante Eusebio Tormo lo niega: «A mí me han puesto delante un contrato a 0,71».",
            "Eusebio Tormo",
        ),
        (
            "ru",
            "Мост закроют на год, сообщил инженер Олег Орлов.",
            "",
            "Мэр Иван Седов, однако, заявил, что мост закроют лишь на месяц.",
            "Иван Седов",
        ),
        (
            "fr",
            "Le lac est pollué, affirme la biologiste Marie Roche.",
            "",
            "Le maire Jean Tissot, en revanche, juge que le lac est propre.",
            "Jean Tissot",
        ),
        (
            "en",
            "Race director Barnaby Skewes blamed a marshal who moved a cone at the bridge.",
            "",
            "The marshal, Hettie Rosevear, said she had put it where the map told her to.",
            "Hettie Rosevear",
        ),
    ],
)
def test_a_speaker_contests_what_another_said_before(
    language: str, claim: str, between: str, position: str, speaker: str
) -> None:
    (dispute,) = _disputes(language, *filter(None, (claim, between, position)))
    assert dispute.claim.text == claim
    (found,) = dispute.contested_by
    assert found.text == position
    assert found.speaker is not None
    assert found.speaker.name == speaker


def test_a_charge_and_what_it_is_called_stand_in_one_sentence() -> None:
    (dispute,) = _disputes(
        "en",
        "The charge that Norline pumped bilge water into the sound, which the company calls a "
        "fairy tale, came from two former deckhands.",
    )
    assert dispute.claim.text == "The charge that Norline pumped bilge water into the sound"


def test_who_is_set_against_another_by_a_count_contests_it() -> None:
    (dispute,) = _disputes(
        "de",
        "Das Stadtmuseum hatte im vergangenen Jahr 45.000 Besucher, teilte Ulla Senn mit.",
        "Der Förderverein kommt dagegen nur auf 31.000 Besucher.",
    )
    assert "31.000" in dispute.contested_by[0].text


@pytest.mark.parametrize(
    ("language", "paragraphs"),
    [
        (
            "en",
            [
                "The Tilby choir will move to the old granary in May, its chair, Rose Ames, said.",
                "Conductor Jan Frey said the acoustics were superb.",
                "He does not expect any problems with parking, he added.",
                "But the granary has no heating yet, Ms Ames said.",
            ],
        ),
        (
            "en",
            [
                "The pier will reopen in June, the trust said.",
                "Engineer Vic Odell said the piles were sound and the deck was not.",
                "The old ticket office cannot be saved, however, the trust said.",
                "Trustee Bella Grain said she had never doubted the town.",
            ],
        ),
        (
            "de",
            [
                "Die neue Orgel kostet 800.000 Euro, sagte Pfarrerin Grit Lohse.",
                "Kantor Veit Baum sprach von einem Glücksfall.",
                "Die alte Orgel hatte dagegen nur zwölf Register, so Lohse.",
                "Im Mai kommen 40 Gäste aus Polen, im Juni 25 Gäste aus Dänemark, sagte Baum.",
            ],
        ),
        (
            "en",
            [
                "The average shortfall was 60 grams, the court heard.",
                "Bread does not lose 60 grams at night, baker Fenella Grindle said.",
                "Pupils and the head, Mr Birdsall, talk to each other at lunch.",
            ],
        ),
        (
            "de",
            [
                "Die Miete soll steigen, sagte Vermieter Jan Holt.",
                "Eine solche Strafe für Mieter ist energiewirtschaftlich unsinnig.",
            ],
        ),
    ],
)
def test_speakers_who_say_different_things_contest_nothing(
    language: str, paragraphs: list[str]
) -> None:
    assert _disputes(language, *paragraphs) == ()


def test_a_figure_that_is_called_false_is_the_one_told_before() -> None:
    (dispute,) = _disputes(
        "en",
        "The bank puts the number of customers at 96,000. Its bonus, the chief said, was a matter "
        "for the board.",
        "The consumer group Fair Tills says that figure is nonsense.",
    )
    assert "96,000" in dispute.claim.text
