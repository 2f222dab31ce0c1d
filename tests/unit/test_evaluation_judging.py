"""What an answer does wrong is named: by the page, by what people marked, by what is expected."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.cases import Case
from assistant.evaluation.gold import Gold, read_gold
from assistant.evaluation.harms import HARMS
from assistant.evaluation.judging import Judgement, Page, judge
from assistant.evaluation.recorded import recorded_answer
from index.article import Article
from index.disputes import find_stances
from index.reading import read_article
from index.statements import find_statements

TEXT = """The ferry question

The mayor, Ada Brill, said: "The ferry will sail on 3 May." The harbour master, Tom Wick, denied \
that the hull was cracked. Forty people work there, and 12 cabins were rebuilt.

Comments

1. gullwing
2 May 2024 10:00
It will never sail, the hull is rusted through.

2. oarsman
2 May 2024 11:00
I saw the hull and it is sound.
"""
GOLD = Gold.model_validate(
    {
        "article": "ferry.txt",
        "statements": [{"fragment": "will sail on 3 May", "speaker": "Ada Brill"}],
        "disputes": [
            {"claim": "will sail", "contested_by": "gullwing", "words": "never sail"},
        ],
    }
)


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Article:
    file = tmp_path_factory.mktemp("page") / "ferry.txt"
    file.write_text(TEXT, "utf-8")
    return read_article(str(file))


def _judged(article: Article, answer: str, *, gold: Gold | None = None, **case: Any) -> Judgement:
    asked = Case.model_validate(
        {"id": "1", "article": "a", "question": "What of the ferry?", "lang": "en", **case}
        | {"answer": answer}
    )
    statements = find_statements(article)
    disputes = find_stances(article, statements).disputes
    page = Page(article=article, statements=statements, disputes=disputes, gold=gold)
    return judge(asked, recorded_answer(asked, article, statements), page)


def _label(article: Article, words: str) -> str:
    return next(p.label for p in article.passages if words in p.text)


SAILS = "The ferry will sail on 3 May."
NEVER = "It will never sail, the hull is rusted through."
SOUND = "I saw the hull and it is sound."


def test_a_right_answer_does_no_harm(article: Article) -> None:
    place = _label(article, SAILS)
    found = _judged(
        article,
        f"Ada Brill says:\n“{SAILS}” [{place}]",
        gold=GOLD,
        answer_all=[["3 May"]],
        cite_any_of=["3 May"],
        speaker="Ada Brill",
    )
    assert found.is_right, found.faults


def test_words_of_one_reader_told_as_anothers_are_a_false_attribution(article: Article) -> None:
    answer = f"oarsman, comment 1: “{NEVER}” [{_label(article, 'never sail')}]"
    assert _judged(article, answer).harms == ("false_attribution",)


@pytest.mark.parametrize(
    "answer",
    [
        f"gullwing, comment 1: “{NEVER}\n2. oarsman\n2 May 2024 11:00\n{SOUND}” [{{never}}]",
        f"gullwing, comment 1: « {NEVER} ... {SOUND} » [{{never}}]",
        f"The article says: „{SOUND}“ [{{sails}}]",
        f"oarsman, commentaire 2 : «{SOUND} {SAILS}» [{{sound}}]",
        f"Readers say:\ngullwing (comment 1): “No! {SOUND}” [{{never}}]",
    ],
)
def test_a_quotation_may_not_run_into_the_words_of_another(article: Article, answer: str) -> None:
    places = {"never": NEVER, "sound": SOUND, "sails": SAILS}
    filled = answer.format(**{name: _label(article, words) for name, words in places.items()})
    assert "false_attribution" in _judged(article, filled).harms


def test_who_is_cited_or_named_beside_words_is_not_robbed_of_them(article: Article) -> None:
    never, sound = _label(article, NEVER), _label(article, SOUND)
    both = f"gullwing says “{NEVER}”, oarsman “{SOUND}” [{never}][{sound}]"
    named = f"oarsman, comment 2: “{SOUND}” [{never}]"
    assert "false_attribution" not in _judged(article, both).harms
    assert "false_attribution" not in _judged(article, named).harms


def test_words_marked_as_somebodys_may_not_be_told_as_anothers(article: Article) -> None:
    answer = f"Tom Wick: “{SAILS}” [{_label(article, SAILS)}]"
    assert "false_attribution" in _judged(article, answer, gold=GOLD).harms


def test_a_stance_that_nobody_marked_is_pinned_on_a_reader(article: Article) -> None:
    shown = (
        f"Ada Brill: “{SAILS}” [{_label(article, SAILS)}]\n"
        f"{{who}} (disputes): “{{words}}” [{{place}}]"
    )
    right = shown.format(
        who="But gullwing, comment 1", words=NEVER, place=_label(article, "never sail")
    )
    pinned = shown.format(
        who="But oarsman, comment 2", words=SOUND, place=_label(article, "is sound")
    )
    assert _judged(article, right, gold=GOLD).is_right
    assert _judged(article, pinned, gold=GOLD).harms == ("false_attribution",)


def test_a_reader_told_as_the_article_is_in_the_wrong_lane(article: Article) -> None:
    answer = f"The article says:\n“{NEVER}” [{_label(article, 'never sail')}]"
    assert "wrong_lane" in _judged(article, answer).harms


def test_the_article_is_no_answer_where_readers_are_asked(article: Article) -> None:
    answer = f"Ada Brill: “{SAILS}” [{_label(article, SAILS)}]"
    found = _judged(article, answer, question="What do readers think of the ferry?")
    assert found.harms == ("wrong_lane",)


def test_what_is_denied_may_not_be_told_as_a_fact(article: Article) -> None:
    place = _label(article, "hull was cracked")
    denied = f"The article says:\nthe hull was cracked [{place}]"
    told = f"Tom Wick denied that the hull was cracked. [{place}]"
    assert "denial_as_fact" in _judged(article, denied).harms
    assert "denial_as_fact" not in _judged(article, told).harms


@pytest.mark.parametrize(
    ("answer", "case", "harm"),
    [
        ("Nobody disputes it.", {"answer_all": [["gullwing"]]}, "false_none"),
        ("“Forty people work there, and 12 cabins” [A2]", {"answer_all": [["99"]]}, "wrong_number"),
        ("“Forty people work there” [A2]", {"answer_all": [["cracked"]]}, "beside_the_point"),
        ("“Forty people work there” [A2]", {"must_not_say": ["forty"]}, "says_what_it_must_not"),
        ("“Forty people work there” [A2]", {"refuse": True}, "wrongly_answered"),
        ("“Forty people work there” [A2]", {"verdict": "no"}, "wrong_verdict"),
        ("“Forty people work there” [A2]", {"sentences": 3}, "bad_form"),
        ("“Forty people work there” [A2]", {"claims": ["will sail"]}, "beside_the_point"),
        ("“Forty people work there” [A2]", {"reference": "The mayor"}, "beside_the_point"),
        ("According to the article:", {}, "bad_form"),
        ("“It sails”\n[A2]", {"positions": [{"by": "Tom Wick"}]}, "beside_the_point"),
    ],
)
def test_each_expectation_that_is_missed_is_named(
    article: Article, answer: str, case: dict[str, Any], harm: str
) -> None:
    found = _judged(article, answer.replace("A2", _label(article, "Forty")), **case)
    assert harm in found.harms
    assert set(found.harms) <= found.measured <= set(HARMS)


def test_the_order_of_words_counts_where_it_is_asked_for(article: Article) -> None:
    answer = f"“Forty people work there, and 12 cabins” [{_label(article, 'Forty')}]"
    groups = {"answer_all": [["12"], ["forty"]]}
    assert _judged(article, answer, **groups).is_right
    assert _judged(article, answer, **groups, in_order=True).harms == ("bad_form",)


def test_of_several_right_answers_the_nearest_counts(article: Article) -> None:
    answer = f"“Forty people work there” [{_label(article, 'Forty')}]"
    other = {"answer_all": [["cracked"]], "any_of": [{"answer_all": [["forty"]]}]}
    assert _judged(article, answer, **other).is_right


def test_gold_of_a_corpus_gives_objections_but_no_support(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(
        '{"page": "x/ferry.html", "claims": [{"id": "c", "text": "It sails."}], "positions": ['
        '{"claim": "c", "by": "a", "words": "No.", "stance": "contests"},'
        '{"claim": "c", "by": "b", "words": "Yes.", "stance": "supports"}]}\n'
    )
    (gold,) = read_gold([file])["ferry.html"].disputes
    assert (gold.claim, gold.contested_by) == ("It sails.", "a")


def test_a_dropped_page_changes_no_rule_of_the_case(article: Article) -> None:
    case = Case(id="1", article="a", question="?", answer="Forty", answer_all=(("forty",),))
    answer = recorded_answer(case, article, ())
    assert judge(case, answer).is_right
    assert judge(case, replace(answer, status="not_in_article")).harms == ("wrongly_refused",)
