"""A proof that was forged and sealed again does not hold where its article is at hand."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant
from assistant.formats.proof import Exchange, content_hash, proof_json
from assistant.formats.verification import Verification, verify_file
from index.library.library import Library

SAMPLE = Path(__file__).parents[2] / "samples" / "pennick-quarry.en.json"
QUESTIONS = (
    "What did Rosalind Kember say?",
    "How many comments are there?",
    "What claims are disputed?",
    "What did the Queen of Spain eat?",
)
Proof = dict[str, Any]


@pytest.fixture
def assistant(home: Path) -> Assistant:
    return Assistant.open(SAMPLE, llm=None, home=home)


def _proof(assistant: Assistant, *answers: Answer) -> Proof:
    asked_at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    exchanges = [
        Exchange(answer=answer, article=assistant.article, asked_at=asked_at) for answer in answers
    ]
    value = json.loads(json.dumps(proof_json(exchanges)))
    assert isinstance(value, dict)
    return value


@pytest.fixture
def proof(assistant: Assistant) -> Proof:
    talk = assistant.conversation()
    return _proof(assistant, *map(talk.ask, QUESTIONS))


def _verified(proof: Proof, folder: Path, home: Path) -> Verification:
    """Check a proof that was sealed again, and whose text is that of its sentences."""
    for answer in proof["answers"]:
        answer["text"] = "\n".join(sentence["text"] for sentence in answer["sentences"])
    file = folder / "proof.json"
    file.write_text(json.dumps({**proof, "sha256": content_hash(proof)}), "utf-8")
    return verify_file(file, library=Library(home))


def _quoting(proof: Proof) -> Proof:
    return next(s for a in proof["answers"] for s in a["sentences"] if "”" in s["text"])


def _words_in_quotation_marks(proof: Proof) -> None:
    sentence = _quoting(proof)
    sentence["text"] = sentence["text"].replace("”", " and I hid the cost of redundancies”", 1)


def _a_second_quotation(proof: Proof) -> None:
    _quoting(proof)["text"] += " “I hid the cost.”"


def _words_before_a_quotation(proof: Proof) -> None:
    sentence = _quoting(proof)
    sentence["text"] = f"Gideon Farrow, who was sentenced: {sentence['text']}"


def _an_invented_sentence(proof: Proof) -> None:
    proof["answers"][0]["sentences"].append(
        {
            "text": "Gideon Farrow has resigned. [A3]",
            "lane": "assistant",
            "citations": [],
            "verdict": "counted",
        }
    )


def _another_speaker(proof: Proof) -> None:
    for citation in proof["answers"][0]["citations"]:
        citation["speaker"] = "Gideon Farrow"


def _another_author(proof: Proof) -> None:
    for answer in proof["answers"]:
        for citation in answer["citations"]:
            citation["author"] = "nobody99"


def _another_frame(proof: Proof) -> None:
    sentence = proof["answers"][0]["sentences"][0]
    assert sentence["lane"] == "assistant"
    sentence["text"] = sentence["text"].replace("Rosalind Kember", "Gideon Farrow")


def _another_count(proof: Proof) -> None:
    sentence = proof["answers"][1]["sentences"][0]
    sentence["text"] = sentence["text"].replace(sentence["text"].split(": ")[1], "999.")


def _another_status(proof: Proof) -> None:
    proof["answers"][0]["status"] = "partly_answered"


def _an_answered_refusal(proof: Proof) -> None:
    proof["answers"][3]["status"] = "answered"


def _another_title(proof: Proof) -> None:
    proof["articles"][0]["title"] = "Quarry owner resigns"


def _another_question(proof: Proof) -> None:
    proof["answers"][0]["question"] = "How many comments were deleted?"


def _another_verdict(proof: Proof) -> None:
    proof["answers"][0]["verdict"] = "yes"


def _another_offer(proof: Proof) -> None:
    offers = next(answer["nearest"] for answer in proof["answers"] if answer["nearest"])
    offers[0]["quote"] = "The Queen ate gravel."


def _no_answers(proof: Proof) -> None:
    proof["answers"] = []


FORGERIES: tuple[Callable[[Proof], None], ...] = (
    _words_in_quotation_marks,
    _a_second_quotation,
    _words_before_a_quotation,
    _an_invented_sentence,
    _another_speaker,
    _another_author,
    _another_frame,
    _another_count,
    _another_status,
    _an_answered_refusal,
    _another_title,
    _another_question,
    _another_verdict,
    _another_offer,
    _no_answers,
)


def test_a_proof_of_a_conversation_holds_and_is_compared(
    proof: Proof, home: Path, tmp_path: Path
) -> None:
    found = _verified(proof, tmp_path, home)
    assert found.faults == ()
    assert found.compared == found.citations


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__.strip("_"))
def test_a_forged_proof_does_not_hold(
    forge: Callable[[Proof], None], proof: Proof, home: Path, tmp_path: Path
) -> None:
    before = json.dumps(proof)
    forge(proof)
    assert json.dumps(proof) != before
    assert not _verified(proof, tmp_path, home).holds


def test_a_text_that_is_not_that_of_the_sentences_does_not_hold(
    proof: Proof, home: Path, tmp_path: Path
) -> None:
    proof["answers"][0]["text"] += " Gideon Farrow has resigned."
    file = tmp_path / "proof.json"
    file.write_text(json.dumps({**proof, "sha256": content_hash(proof)}), "utf-8")
    assert not verify_file(file, library=Library(home)).holds


@pytest.mark.parametrize("forge", [_words_in_quotation_marks, _a_second_quotation, _no_answers])
def test_what_the_file_itself_gives_away_is_found_without_the_article(
    forge: Callable[[Proof], None], proof: Proof, tmp_path: Path
) -> None:
    forge(proof)
    assert not _verified(proof, tmp_path, tmp_path / "empty").holds


def test_without_the_article_it_is_said_what_was_not_checked(proof: Proof, tmp_path: Path) -> None:
    notes = " ".join(_verified(proof, tmp_path, tmp_path / "empty").notes)
    assert "--article" in notes
    assert "speakers, counts and titles" in notes
    assert "answer 2 was not asked again" in notes


def _written_by_a_model(assistant: Assistant) -> Answer:
    answer = assistant.ask(QUESTIONS[0])
    kept = [sentence for sentence in answer.sentences if sentence.citations][:1]
    labels = {label for sentence in kept for label in sentence.citations}
    return replace(
        answer,
        engine="some-model",
        sentences=tuple(kept),
        citations=tuple(c for c in answer.citations if c.label in labels),
    )


def test_what_a_model_wrote_is_checked_again(
    assistant: Assistant, home: Path, tmp_path: Path
) -> None:
    proof = _proof(assistant, _written_by_a_model(assistant))
    assert _verified(proof, tmp_path, home).faults == ()
    sentence = proof["answers"][0]["sentences"][0]
    label = sentence["citations"][0]
    sentence["text"] = f"Rosalind Kember has stolen nine million pounds. [{label}]"
    assert not _verified(proof, tmp_path, home).holds


def test_an_answer_that_cites_nothing_is_asked_of_the_articles_of_the_file(
    assistant: Assistant, home: Path, tmp_path: Path
) -> None:
    proof = _proof(assistant, assistant.ask(QUESTIONS[1]))
    assert _verified(proof, tmp_path, home).faults == ()
    sentence = proof["answers"][0]["sentences"][0]
    sentence["text"] = sentence["text"].replace(sentence["text"].split(": ")[1], "999.")
    assert not _verified(proof, tmp_path, home).holds
