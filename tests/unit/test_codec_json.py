"""Dataclasses come back from their JSON as they were, and the forms are those of the contract."""

import json
from datetime import UTC, datetime

import pytest

from assistant.answer import Answer, Citation, Retrieved, Sentence, Usage
from assistant.formats.as_json import answer_json, check_json, disputes_json, statements_json
from index.article_json import FormError, from_json, to_json
from index.disputes import Argument, Claim, Contention, Debate, Dispute, Position
from index.statements import QuotationCheck, Speaker, Statement

TEXT = "“The pier is safe”, said Ann Lowe. It is not."
ANN = Speaker(name="Ann Lowe", as_written="Ann Lowe", role="engineer", aliases=("Lowe",))
STATEMENT = Statement(
    speaker=ANN,
    manner="direct",
    text="The pier is safe",
    start=1,
    end=17,
    cue="said",
    passage="A1",
    source="article",
    via=("Agency",),
    spans=((1, 4), (5, 17)),
)
DISPUTE = Dispute(
    claim=Claim(text="The pier is safe", start=1, end=17, passage="A1", speaker=ANN),
    contested_by=(
        Position(
            text="It is not.",
            start=35,
            end=45,
            passage="A1",
            speaker=None,
            author="Bo",
            relation="denies",
            cue="not",
        ),
    ),
    supported_by=(),
    voices_against=1,
    voices_for=0,
    voices_anonymous=0,
)
ANSWER = Answer(
    question="Is it safe?",
    language="en",
    status="partly_answered",
    sentences=(Sentence(text="“It is not.” [A1]", lane="article", citations=("A1",)),),
    citations=(
        Citation(
            article="a",
            label="A1",
            source="article",
            quote="It is not.",
            start=35,
            end=45,
            passage_text=TEXT,
            posted_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        ),
    ),
    retrieved=(Retrieved(article="a", label="A1", rank=1, similarity=0.123456),),
    usage=Usage(prompt_tokens=7),
    seconds=1.234567,
)

SPEAKER_SHOWN = '{"name": "Ann Lowe", "as_written": "Ann Lowe", "role": "engineer"}'
STATEMENT_SHOWN = (
    f'{{"speaker": {SPEAKER_SHOWN}, "manner": "direct", "text": "The pier is safe", "start": 1, '
    '"end": 17, "cue": "said", "passage": "A1", "source": "article", "via": ["Agency"], '
    '"spans": [[1, 4], [5, 17]], "reason": null}'
)
ANSWER_SHOWN = (
    '{"question": "Is it safe?", "language": "en", "status": "partly_answered", "verdict": "none", '
    '"text": "“It is not.” [A1]", "sentences": [{"text": "“It is not.” [A1]", '
    '"lane": "article", "citations": ["A1"], "verdict": "supported"}], "citations": '
    '[{"article": "a", "label": "A1", "source": "article", "quote": "It is not.", "start": 35, '
    f'"end": 45, "passage_text": "{TEXT}", "speaker": null, "author": null, "comment": null, '
    '"posted_at": "2026-01-02T03:04:00+00:00", "score": null}], "nearest": [], '
    '"retrieved": [{"article": "a", '
    '"label": "A1", "rank": 1, "similarity": 0.1235}], "warnings": [], "dropped": [], '
    '"engine": "extractive", "usage": {"prompt_tokens": 7, "reply_tokens": null, '
    '"first_token_seconds": null, "first_point_seconds": null, "as_written": 0, '
    '"as_quotation": 0}, "seconds": 1.2346}'
)
DEBATE = Debate(
    claims=(
        Contention(
            claim=DISPUTE.claim,
            arguments=(
                Argument(
                    side="against",
                    position=DISPUTE.contested_by[0],
                    positions=DISPUTE.contested_by,
                    voices=2,
                    has_reason=False,
                ),
            ),
            voices_against=1,
            voices_for=0,
        ),
    ),
    among_readers=(),
    comments_read=0,
    comments_placed=0,
    comments_unplaced=0,
)
DISPUTE_SHOWN = (
    '{"disputes": [{"claim": {"text": "The pier is safe", "start": 1, "end": 17, '
    f'"passage": "A1", "speaker": {SPEAKER_SHOWN}}}, "contested_by": [{{"text": "It is not.", '
    '"start": 35, "end": 45, "passage": "A1", "speaker": null, "author": "Bo", '
    '"relation": "denies", "cue": "not", "judged_by": null}], "supported_by": [], '
    '"voices_against": 1, "voices_for": 0, "voices_anonymous": 0, "arguments": [{"side": '
    '"against", "position": '
    '{"text": "It is not.", "start": 35, "end": 45, "passage": "A1", "speaker": null, '
    '"author": "Bo", "relation": "denies", "cue": "not", "judged_by": null}, '
    '"voices": 2, "has_reason": false}]}]}'
)
CHECK = QuotationCheck(
    verdict="altered", statement=STATEMENT, start=1, end=17, differences=("is for was",)
)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (answer_json(ANSWER), ANSWER_SHOWN),
        (statements_json([STATEMENT]), f'{{"statements": [{STATEMENT_SHOWN}]}}'),
        (disputes_json([DISPUTE], DEBATE), DISPUTE_SHOWN),
        (
            check_json(CHECK),
            f'{{"verdict": "altered", "statement": {STATEMENT_SHOWN}, '
            '"differences": ["is for was"]}',
        ),
    ],
)
def test_each_form_is_that_of_the_contract_to_the_byte(shown: object, expected: str) -> None:
    assert json.dumps(shown, ensure_ascii=False) == expected


def test_an_answer_comes_back_as_it_was() -> None:
    assert from_json(Answer, json.loads(json.dumps(to_json(ANSWER)))) == ANSWER


@pytest.mark.parametrize("value", [STATEMENT, DISPUTE])
def test_words_that_were_left_out_come_back_from_the_text(value: Statement | Dispute) -> None:
    record = to_json(value, without=("text",))
    assert "The pier" not in json.dumps(record)
    assert from_json(type(value), record, spans_of=TEXT) == value


@pytest.mark.parametrize(
    ("path", "wrong", "message"),
    [
        (("status",), "yes", "status: one of answered, not_in_article"),
        (("sentences",), "x", "sentences: a list is expected, not 'x'"),
        (("citations", 0, "start"), True, "citations: 0: start: a whole number is expected"),
        (("citations", 0, "posted_at"), "soon", "citations: 0: posted_at: a time is expected"),
        (("usage",), 3, "usage: an object is expected, not 3"),
    ],
)
def test_a_wrong_field_is_named_with_its_place(
    path: tuple[str | int, ...], wrong: object, message: str
) -> None:
    record = to_json(ANSWER)
    inner = record
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = wrong
    with pytest.raises(FormError, match=message):
        from_json(Answer, record)
    with pytest.raises(FormError, match="'question' is missing"):
        from_json(Answer, {"status": "answered"})
