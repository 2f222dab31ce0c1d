"""Comments whose heads are not all alike, and who wrote the article above them."""

import re

import pytest

from index.reading import read_text
from index.reading.pasted.heads import is_deleted

ARTICLE = """Mill Lane loses its cobbles

The council of Northwick will replace the cobbles of Mill Lane with asphalt, and the shopkeepers \
along the lane are not amused by it at all.

The works begin in May and will last for six weeks, the council wrote to those who live there.

"""
TWO_LINES = (
    "Pat Oakes\n12 March 2021, 14:03\nMy cart has lost two wheels there.\n\n",
    "Gil\n12 March 2021, 15:10\nCobbles are slow. Slow is good.\n\n",
)
ONE_LINE = tuple(block.replace("\n", ", ", 1) for block in TWO_LINES)
APART = tuple(re.sub(r"(:\d\d\n)", r"\1\n", block) for block in TWO_LINES)
UNDATED = "Rosa Lind\nNobody asked the dray horses.\n\n"


@pytest.mark.parametrize("heading", ["Comments", "3 comments"])
@pytest.mark.parametrize("dated", [TWO_LINES, ONE_LINE, APART])
@pytest.mark.parametrize("place", [1, 2])
def test_a_comment_without_a_date_is_not_given_to_the_one_before(
    heading: str, dated: tuple[str, ...], place: int
) -> None:
    blocks = [*dated[:place], UNDATED, *dated[place:]]
    article = read_text(f"{ARTICLE}{heading}\n\n{''.join(blocks)}")
    assert len(article.comments) == 3
    found = article.comments[place]
    assert (found.author, found.text) == ("Rosa Lind", "Nobody asked the dray horses.")
    assert found.posted_at is None


@pytest.mark.parametrize("author", ["Old dray hand", "tramfan", "gil_b"])
def test_a_pseudonym_is_a_head_where_a_comment_is_missing(author: str) -> None:
    block = f"{author}\nNobody asked the horses.\n"
    article = read_text(f"{ARTICLE}3 comments\n\n{''.join(TWO_LINES)}{block}")
    assert [comment.author for comment in article.comments] == ["Pat Oakes", "Gil", author]
    assert not article.warnings


def test_a_first_comment_without_a_date_is_one() -> None:
    article = read_text(f"{ARTICLE}3 comments\n\n{UNDATED}{''.join(TWO_LINES)}")
    assert [comment.author for comment in article.comments] == ["Rosa Lind", "Pat Oakes", "Gil"]


def test_buttons_part_comments_that_no_blank_line_does() -> None:
    blocks = "".join(block.replace("\n\n", "\nReply\n") for block in (*TWO_LINES, UNDATED))
    article = read_text(f"{ARTICLE}Comments\n\n{blocks}")
    assert [comment.author for comment in article.comments] == ["Pat Oakes", "Gil", "Rosa Lind"]


@pytest.mark.parametrize(
    "words",
    [
        "So it goes.\n\nExactly\n\nNobody asked the horses.",
        "So it goes, exactly.\n\nExactly\nNobody asked the horses.",
        "So it goes.\n\nbest wishes\nfrom the lane",
        "So it goes.\n\nRosa Lind",
    ],
)
def test_what_no_name_is_stays_in_its_comment(words: str) -> None:
    last = f"Ed, 12 March 2021, 16:00\n{words}\n"
    article = read_text(f"{ARTICLE}Comments\n\n{''.join(ONE_LINE)}{last}")
    assert article.comments[-1].text == words


def test_as_many_heads_as_announced_are_all_heads() -> None:
    blocks = f"{TWO_LINES[0]}{TWO_LINES[1].rstrip()}\n\n{UNDATED}"
    article = read_text(f"{ARTICLE}2 comments\n\n{blocks}")
    assert [comment.author for comment in article.comments] == ["Pat Oakes", "Gil"]


@pytest.mark.parametrize(
    "line",
    [
        "[Removed by the night desk]",
        "[Kommentar von unserer Redaktion entfernt]",
        "[Ce message a été supprimé par la rédaction]",
        "[comentario eliminado por el equipo]",
        "[rimosso dalla redazione]",
        "[Комментарий удалён редакцией]",
        "[видалено редакцією]",
        "[yorum editör tarafından silindi]",
        "[removido pela redação]",
    ],
)
def test_a_bracket_that_says_so_stands_for_a_deleted_comment(line: str) -> None:
    article = read_text(
        f"{ARTICLE}Comments\n\n{''.join(ONE_LINE)}Ed, 12 March 2021, 16:00\n{line}\n"
    )
    assert article.comments[-1].deleted


def test_a_remark_about_removing_is_no_deleted_comment() -> None:
    assert not is_deleted("They removed the bench.")
    assert not is_deleted("[see the photograph]")


@pytest.mark.parametrize(
    "byline",
    ["By Ann Ferris", "Par Ann Ferris", "Von Ann Ferris", "By Ann Ferris, Northwick correspondent"],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_line_above_a_byline_is_the_title(byline: str, gap: str) -> None:
    article = read_text(ARTICLE.replace("cobbles\n\n", f"cobbles\n{byline}{gap}", 1))
    assert (article.title, article.author) == ("Mill Lane loses its cobbles", "Ann Ferris")
    assert article.passages[1].text.startswith("The council")


def test_a_sentence_that_begins_like_a_byline_stays() -> None:
    text = ARTICLE.replace("cobbles\n\n", "cobbles\n\nBy Friday, the lane was shut.\n\n", 1)
    assert read_text(text).passages[1].text == "By Friday, the lane was shut."
