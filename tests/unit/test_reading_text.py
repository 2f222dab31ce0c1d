from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.reading import read_text

FRENCH = """Le maire de Valdoria ferme le pont du Nord

Par Jeanne Ferrand
Publié le 3 mars 2021 à 10:00

Le maire de Valdoria, Luc Ormond, a annoncé mardi la fermeture du pont du Nord pour six mois, \
le temps de refaire le tablier et les piles.

« Nous n'avons pas le choix », a-t-il déclaré devant le conseil municipal, réuni dans la soirée \
pour examiner le rapport des ingénieurs.
"""
ENGLISH = """Mayor of Northwick closes the old bridge

The mayor of Northwick, Paul Orm, announced on Tuesday that the old bridge will be closed for \
six months while the deck is rebuilt.

Shopkeepers nearby fear a fall in their income and ask the city for compensation, which the \
council has refused so far.
"""

NAMES = st.sampled_from(["Ann Lee", "Bob", "kai_92", "Zoë van der Berg", "Пётр", "Marie Colin"])
SENTENCES = st.sampled_from(
    [
        "This is a disgrace for the whole town.",
        "Who pays for all of it?",
        "C'est une honte pour la ville !",
        "Das glaube ich nicht.",
        "Никто не верит мэру.",
        "He said: that is enough. And he left...",
        "no capitals here, no full stop either",
    ]
)
BODIES = st.lists(SENTENCES, min_size=1, max_size=3)


@dataclass(frozen=True)
class Written:
    author: str
    lines: list[str]
    score: int
    minute: int
    depth: int


COMMENTS = st.lists(
    st.builds(
        Written,
        author=NAMES,
        lines=BODIES,
        score=st.integers(-40, 40),
        minute=st.integers(0, 59),
        depth=st.integers(0, 3),
    ),
    min_size=2,
    max_size=7,
)


def _depths(thread: list[Written]) -> list[int]:
    depths: list[int] = []
    for comment in thread:
        depths.append(min(comment.depth, depths[-1] + 1) if depths else 0)
    return depths


def _numbers(depths: list[int]) -> list[str]:
    counts: list[int] = []
    numbers = []
    for depth in depths:
        counts = [*counts[: depth + 1], 0][: depth + 1]
        counts[depth] += 1
        numbers.append(".".join(map(str, counts)))
    return numbers


def _check_body(article: Article) -> None:
    assert article.title == "Mayor of Northwick closes the old bridge"
    assert [passage.label for passage in article.body()] == ["A0", "A1", "A2"]


@settings(max_examples=60, deadline=None)
@given(COMMENTS)
def test_a_numbered_and_indented_thread_comes_back_exactly(thread: list[Written]) -> None:
    depths = _depths(thread)
    numbers = _numbers(depths)
    lines = [f"    {len(thread)} comments"]
    for comment, depth, number in zip(thread, depths, numbers, strict=True):
        indent = "    " * (depth + 1)
        lines.append(f"{indent}{number.rpartition('.')[2]}. {comment.score:+d}")
        lines.append(f"{indent}   {comment.author}")
        lines.append(f"{indent}   12 March 2021 14: {comment.minute:02d}")
        lines += [f"{indent}   {line}" for line in comment.lines]
    article = read_text(ENGLISH + "\n".join(lines))
    _check_body(article)
    assert [comment.number for comment in article.comments] == numbers
    _check_comments(article, thread)
    assert [comment.score for comment in article.comments] == [one.score for one in thread]


@settings(max_examples=60, deadline=None)
@given(COMMENTS, st.booleans(), st.booleans())
def test_a_thread_of_names_and_dates_comes_back_exactly(
    thread: list[Written], is_apart: bool, has_buttons: bool
) -> None:
    lines = [f"Comments ({len(thread)})", ""]
    for comment in thread:
        lines.append(comment.author)
        lines.append(f"March 12, 2021 at 2:{comment.minute:02d} pm")
        lines += [*([""] if is_apart else []), *comment.lines]
        lines += ["Reply", "Share"] if has_buttons else []
        lines.append("")
    article = read_text(ENGLISH + "\n" + "\n".join(lines))
    _check_body(article)
    assert article.reported_comment_count == len(thread)
    if len({comment.author for comment in thread}) > 1 or len(thread) < 3:
        _check_comments(article, thread)


@settings(max_examples=40, deadline=None)
@given(COMMENTS)
def test_a_thread_with_names_and_dates_in_one_line_comes_back_exactly(
    thread: list[Written],
) -> None:
    lines = [f"{len(thread)} Kommentare"]
    for comment in thread:
        lines.append(f"{comment.author}, 12.03.2021, 14:{comment.minute:02d} Uhr")
        lines += [*comment.lines, "Antworten | Melden", ""]
    article = read_text(ENGLISH + "\n" + "\n".join(lines))
    _check_body(article)
    _check_comments(article, thread)


def _check_comments(article: Article, thread: list[Written]) -> None:
    read = [
        (comment.author, comment.text, comment.posted_at and comment.posted_at.minute)
        for comment in article.comments
    ]
    assert read == [(one.author, "\n".join(one.lines), one.minute) for one in thread]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(max_size=60) | SENTENCES | st.sampled_from(["1. 0", "Reply", "6 comments"]))
)
def test_any_text_is_read_without_losing_its_offsets(lines: list[str]) -> None:
    article = read_text(ENGLISH + "\n" + "\n".join(lines))
    assert all(article.text[p.start : p.end] == p.text for p in article.passages)
    assert article.text.startswith("Mayor of Northwick closes the old bridge")


def test_the_top_of_a_page_gives_title_author_and_date() -> None:
    article = read_text(FRENCH)
    assert article.title == "Le maire de Valdoria ferme le pont du Nord"
    assert article.author == "Jeanne Ferrand"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2021-03-03T10:00:00+00:00"
    assert [passage.label for passage in article.body()] == ["A0", "A1", "A2"]


def test_without_a_thread_everything_is_the_article() -> None:
    text = ENGLISH + "\nOn 3 May 2020 he had promised otherwise.\n\n1. The deck.\n\n2. The piers."
    article = read_text(text)
    assert article.comments == ()
    assert article.passages[-1].text == "2. The piers."
    assert article.passages[-3].text == "On 3 May 2020 he had promised otherwise."


def test_the_furniture_of_a_page_is_not_in_the_text() -> None:
    article = read_text(
        "Menu\nHome > World > Northwick\n\n"
        + ENGLISH.replace("bridge\n", "bridge\n\n4\n", 1)
        + "\nShare this article\nFacebook\nTwitter\n\nRead also:\nThe ferry sinks again\n\n"
        "1 comment\nDear reader, to leave a comment you must log in.\n\n"
        "Ann Lee\n3 hours ago\nNonsense.\nReply\n\nPrivacy policy\nAll rights reserved"
    )
    _check_body(article)
    assert article.text.endswith("Nonsense.")
    assert article.reported_comment_count == 1


def test_a_last_paragraph_that_begins_like_furniture_stays() -> None:
    article = read_text(ENGLISH + "\nInformation about the costs was not given to the press.")
    assert article.passages[-1].text == "Information about the costs was not given to the press."


def test_a_deleted_comment_is_known_by_its_phrase() -> None:
    article = read_text(
        FRENCH + "\n2 commentaires\n1. +1\n12 mars 2021 14:05\nBravo à lui.\n"
        "2. Le commentaire a été supprimé.\n"
    )
    assert [comment.deleted for comment in article.comments] == [False, True]


def test_marked_lines_are_words_of_somebody_else() -> None:
    article = read_text(
        ENGLISH + "\n2 comments\n\nAnn Lee\n12 March 2021\nThe deck is fine.\n\n"
        "Bob\n13 March 2021\n> The deck is fine.\nIt is rotten."
    )
    assert article.comment("2").text == "The deck is fine.\nIt is rotten."
    assert article.comment("2").quotes == ("C1",)


def test_a_reply_that_names_whom_it_answers_stands_under_them() -> None:
    article = read_text(
        ENGLISH + "\nComments (2)\n\nAnn Lee · 3h\nThe deck is fine.\nReply\n\n"
        "Bob · 2h\nIn reply to Ann Lee\nIt is rotten.\nReply"
    )
    assert [(one.number, one.text) for one in article.comments] == [
        ("1", "The deck is fine."),
        ("1.1", "It is rotten."),
    ]


@pytest.mark.parametrize(
    "thread",
    [
        "2 Responses\n\nAnn Lee says:\nMarch 3, 2021 at 5:07 pm\nNonsense.\nReply\n\n"
        "Bob says:\nMarch 4, 2021 at 5:07 pm\nIndeed.\nReply\n\nLeave a Reply",
        "Comments\n\nAnn Lee: Nonsense.\nBob: Indeed.",
        "Comments:\n- Ann Lee: Nonsense.\n- Bob: Indeed.",
        "2 comments\n\n#1 Ann Lee - 12/03/2021 14:05\nNonsense.\n\n#2 Bob - 23/03/2021\nIndeed.",
        "Comments (2)\n\nAnn Lee · 3h\nNonsense.\nLike · Reply · 4\n\nBob · 2h\nIndeed.\nLike",
        "Comments\n\nAnn Lee wrote on March 3, 2021:\nNonsense.\n\n"
        "Bob wrote on March 4, 2021:\nIndeed.",
    ],
)
def test_other_shapes_of_threads(thread: str) -> None:
    article = read_text(ENGLISH + "\n" + thread)
    _check_body(article)
    assert [(one.author, one.text) for one in article.comments] == [
        ("Ann Lee", "Nonsense."),
        ("Bob", "Indeed."),
    ]


def test_anonymous_blocks_under_a_heading_that_counts_them_are_comments() -> None:
    article = read_text(ENGLISH + "\n2 comments\n\nNonsense, all of it.\n\nI agree with him.")
    assert [comment.author for comment in article.comments] == [None, None]
    article = read_text(ENGLISH + "\n7 comments\n\nNonsense, all of it.\n\nI agree with him.")
    assert article.comments == ()


def test_a_role_that_stands_where_names_stand_is_no_name() -> None:
    thread = "".join(
        f"Subscriber\n12 March 2021 14:0{n}\nOpinion number {n}.\nReply\n\n" for n in range(4)
    )
    article = read_text(ENGLISH + "\n4 comments\n\n" + thread)
    assert {comment.author for comment in article.comments} == {None}


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    text = (
        "A title\n\nThe mayor of Northwick has said on Tuesday that the old bridge\n"
        "will be closed for six months while the deck is being rebuilt,\n"
        "and that nobody should expect a miracle from him this winter.\n\nThe end is near."
    )
    assert [passage.label for passage in read_text(text).passages] == ["A0", "A1", "A2"]


def test_numbers_as_many_as_announced_count_comments() -> None:
    thread = "3 comments\n\n1. Ada Lund\nIt is a shame.\n\n2. kai_92\nNo.\n\n3. Zoé\nWhy not?\n"
    article = read_text(f"{ENGLISH}\n\n{thread}")
    assert [comment.author for comment in article.comments] == ["Ada Lund", "kai_92", "Zoé"]


def test_comments_announced_and_not_recognised_are_warned_of() -> None:
    article = read_text(f"{ENGLISH}\n\n3 comments\n\nso it goes\nas it went\nand it will\n")
    assert article.comments == ()
    assert any("announces 3 comments, 0 were read" in warning for warning in article.warnings)
