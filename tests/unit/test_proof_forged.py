"""A proof that was forged and sealed again does not hold where its article is at hand."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.formats.proof import Exchange, content_hash, proof_json
from assistant.formats.verification import Verification, verify_file
from index.library.library import Library
from tests.support.forgeries import SEEN_IN_THE_ARTICLE, SEEN_IN_THE_FILE, Proof, sealed

SAMPLE = Path(__file__).parents[2] / "samples" / "pennick-quarry.en.json"
QUESTIONS = (
    "What did Rosalind Kember say?",
    "How many comments are there?",
    "What claims are disputed?",
    "What did the Queen of Spain eat?",
)


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
    file = folder / "proof.json"
    file.write_text(json.dumps(sealed(proof)), "utf-8")
    return verify_file(file, library=Library(home))


def test_a_proof_of_a_conversation_holds_and_is_compared(
    proof: Proof, home: Path, tmp_path: Path
) -> None:
    found = _verified(proof, tmp_path, home)
    assert found.faults == ()
    assert found.compared == found.citations


@pytest.mark.parametrize(
    "forge", SEEN_IN_THE_FILE + SEEN_IN_THE_ARTICLE, ids=lambda forge: forge.__name__
)
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


@pytest.mark.parametrize("forge", SEEN_IN_THE_FILE, ids=lambda forge: forge.__name__)
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
