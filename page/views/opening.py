"""What a reader wants first of an article, and next after an answer: nothing is asked in vain.

Every question offered is one that the page has an answer to: who is asked about has spoken, what
is called disputed is contested, readers are asked for where some wrote.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.locale.page import Words
from page.views.answer import AnswerCard, answer_card
from page.views.disputes import Contest, contests

_LONGEST_NAME = 40
_MOST_SPEAKERS = 6
_MOST_CONTESTS = 3
_MOST_SENTENCES = 3
_MOST_FOLLOWING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Three sentences, who speaks (name, number of statements, question), what is contested."""

    summary: AnswerCard | None
    speakers: tuple[tuple[str, int, str], ...]
    contested: tuple[Contest, ...]
    questions: tuple[str, ...]


def opening(opened: Assistant, words: Words) -> Opening:
    """Return the opening of an article whose statements and disputes are known."""
    speakers = _speakers(opened)
    disputed = sorted(opened.disputes(), key=lambda dispute: -dispute.voices_against)
    return Opening(
        summary=_summary(opened, words),
        speakers=tuple(
            (name, count, words("example_speaker", who=name))
            for name, count in speakers.most_common(_MOST_SPEAKERS)
        ),
        contested=contests(disputed[:_MOST_CONTESTS], opened.article, words),
        questions=questions(opened, words),
    )


def questions(opened: Assistant | None, words: Words) -> tuple[str, ...]:
    """Return the questions a newcomer may begin with; None for an article not yet read through."""
    asked = [words("example_disputed"), words("example_readers"), words("example_summary")]
    if opened is None:
        return tuple(asked)
    who = next(iter(_speakers(opened)), None)
    wanted = (
        (asked[0], bool(opened.disputes())),
        (words("example_speaker", who=who), who is not None),
        (asked[1], bool(opened.article.live_comments())),
        (asked[2], True),
    )
    return tuple(question for question, has_answer in wanted if has_answer)


def following(
    answer: Answer, opened: Assistant, asked: Iterable[str], words: Words
) -> tuple[str, ...]:
    """Return what may be asked after an answer: of those it cites, and what it leaves open."""
    known = _speakers(opened)
    cited = dict.fromkeys(c.speaker for c in answer.citations if c.speaker in known)
    offered = [words("example_speaker", who=name) for name in cited]
    offered += questions(opened, words)
    before = {question.casefold() for question in asked}
    left = dict.fromkeys(question for question in offered if question.casefold() not in before)
    return tuple(left)[:_MOST_FOLLOWING]


def _speakers(opened: Assistant) -> Counter[str]:
    """Return who speaks in the article by how often, the most frequent first."""
    counts = Counter(
        statement.speaker.name
        for statement in opened.statements()
        if statement.source == "article" and statement.speaker is not None
    )
    return Counter({n: c for n, c in counts.most_common() if len(n) <= _LONGEST_NAME})


def _summary(opened: Assistant, words: Words) -> AnswerCard | None:
    answer = opened.ask(words("example_summary"))
    told = tuple(  # the title stands above it already
        s for s in answer.sentences if s.lane == "article" and s.citations != ("A0",)
    )
    if answer.status == "not_in_article" or not told:
        return None
    return answer_card(replace(answer, sentences=told[:_MOST_SENTENCES]), words)
