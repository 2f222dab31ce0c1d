import pytest

from index.errors import UnreadableArticleError
from index.reading.encodings import decode

FRENCH = "Le maire a été réélu à l'unanimité : « C'est un succès », a-t-il déclaré, ému — où ça ?"
RUSSIAN = "Мэр города заявил, что мост будет закрыт на шесть месяцев, но жители не согласны."
TURKISH = "Belediye başkanı köprünün altı ay boyunca kapalı kalacağını söyledi, ama bu doğru değil."


@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, TURKISH, "Plain words."])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_told_by_its_marks(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (FRENCH.replace("—", "-"), "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (TURKISH, "cp1254"),
        ("Der Bürgermeister fährt über die Brücke, weil es größer ist.", "cp1252"),
        ("El alcalde dijo que mañana no habrá reunión. ¿Qué pasó?", "latin-1"),
        ("Café fermé", "cp1252"),
        ("The fare rose to £3, the board says: “it must”.", "cp1252"),
        ("“We were not asked,” she said. “Nobody was.”", "mac-roman"),
        ("Burmistrz ogłosił, że most będzie zamknięty przez całą zimę.", "cp1250"),
    ],
)
def test_old_encodings_are_told_by_the_language_they_give(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_an_encoding_that_is_named_is_believed_where_it_fits() -> None:
    page = f'<html><meta charset="windows-1251"><p>{RUSSIAN}</p></html>'
    assert decode(page.encode("cp1251")) == page
    assert decode(b"\xcf\xf0\xe8\xe2\xe5\xf2", charset="windows-1251") == "Привет"


def test_one_odd_byte_refuses_no_page() -> None:
    page = f'<html><meta charset="shift_jis"><p>{"橋は冬の間" * 20}</p></html>'.encode("shift_jis")
    assert "橋は冬の間" in decode(page.replace(b"</p>", b"\xff</p>"))
    assert decode(b"The bridge is shut. " * 60 + b"\x81").startswith("The bridge is shut.")


def test_a_damaged_place_in_utf_8_does_not_make_the_rest_unreadable() -> None:
    data = (FRENCH * 20).encode()
    assert decode(data + b"\xc3").startswith(FRENCH)


@pytest.mark.parametrize(
    "data", [bytes(range(128, 256)) * 4, b"\xff\xfe\x00", b"\x93\xe0\x8a\xbf" * 9]
)
def test_what_no_encoding_makes_words_of_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArticleError, match="UTF-8"):
        decode(data)
