"""Many readers who say nearly the same are told once, and counted."""

from pathlib import Path

from assistant import Assistant
from index.article import Article
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft
from tests.support.scripted_model import ScriptedModel

BODY = (
    "The mill of Arden will be sold in autumn, the mayor said on Monday.",
    "It was built in 1871 and has stood empty since the flood.",
    "The council will vote on the sale on 4 September.",
)
CLAIM = "The mill was secretly promised to a casino from Ostend"


def _page(*comments: CommentDraft) -> Article:
    paragraphs = tuple(ParagraphDraft(text=text) for text in BODY)
    draft = ArticleDraft(title="The mill of Arden", paragraphs=paragraphs, comments=comments)
    return build_article(draft, source_key="mill")


def _brigade(size: int) -> tuple[CommentDraft, ...]:
    starts = ("", "Well: ", "Everybody knows it. ", "HA! ", "Listen, ")
    return tuple(
        CommentDraft(text=f"{starts[n % 5]}{CLAIM}{'!' * (n % 3)}", author=f"user{n}", score=90 - n)
        for n in range(size)
    )


def test_near_copies_leave_room_for_others_and_are_counted(tmp_path: Path) -> None:
    other = CommentDraft(text="My uncle ground his barley there for years.", author="Ines", score=1)
    page = _page(*_brigade(40), other)
    answer = Assistant.open(page, llm=None, home=tmp_path).ask("What do readers say?")
    assert "barley" in answer.text
    assert answer.text.count("casino") == 1
    assert any("nearly the same: 39" in s.text and s.lane == "assistant" for s in answer.sentences)


def test_one_author_is_quoted_twice_at_most(tmp_path: Path) -> None:
    topics = ("roof leaks badly", "cellar smells of fish", "wheel was stolen", "garden is lovely")
    comments = [
        CommentDraft(text=f"I tell you, its {topic}, believe me.", author="Otto", score=50)
        for topic in topics
    ]
    page = _page(*comments, CommentDraft(text="Keep it as a museum of bread.", author="Lene"))
    answer = Assistant.open(page, llm=None, home=tmp_path).ask("What do readers say?")
    assert [citation.author for citation in answer.citations] == ["Otto", "Otto", "Lene"]


def test_different_views_are_all_told(tmp_path: Path) -> None:
    page = _page(
        CommentDraft(text="Sell it to the bakers.", author="A. Lund"),
        CommentDraft(text="Do not sell it to anybody.", author="B. Moor"),
        CommentDraft(text="Agreed.", author="C. Nix"),
    )
    answer = Assistant.open(page, llm=None, home=tmp_path).ask("What do readers say?")
    assert len(answer.citations) == 3
    assert not any("nearly the same" in sentence.text for sentence in answer.sentences)


def test_a_model_is_shown_one_of_many_copies(tmp_path: Path) -> None:
    model = ScriptedModel.saying("NOT_IN_ARTICLE")
    page = _page(*_brigade(40))
    Assistant.open(page, llm=model, home=tmp_path).ask("Why would the mill become a casino?")
    assert str(model.read[0][1].content).count("</passage>") >= 3
    shown = str(model.read[0][1].content).split("What is contested:")[0]
    assert shown.count("casino from Ostend") == 1
