"""A conversation taken away can be checked again, and any change of it is found."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, AssistantError
from assistant.formats.proof import Exchange, content_hash, conversation_markdown, proof_json
from assistant.formats.signing import own_public_key
from assistant.formats.verification import sign_file, verify_file
from index.library.library import Library

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "port-de-valmer.fr.txt"
QUESTIONS = ("Quelles affirmations sont contestées ?", "Que disent les lecteurs ?")


@pytest.fixture
def library(home: Path) -> Library:
    return Library(home)


@pytest.fixture
def assistant(home: Path) -> Assistant:
    return Assistant.open(SAMPLE, home=home)


@pytest.fixture
def proof(assistant: Assistant) -> dict[str, Any]:
    asked_at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    exchanges = tuple(
        Exchange(answer=assistant.ask(question), article=assistant.article, asked_at=asked_at)
        for question in QUESTIONS
    )
    # What is checked is what a file holds, not what we have in memory.
    value = json.loads(json.dumps(proof_json(exchanges)))
    assert isinstance(value, dict)
    return value


def _written(proof: dict[str, Any], folder: Path, *, sealed: bool = True) -> Path:
    if sealed:
        proof = {**proof, "sha256": content_hash(proof)}
    file = folder / "proof.json"
    file.write_text(json.dumps(proof), "utf-8")
    return file


def test_a_proof_holds_against_the_library(
    proof: dict[str, Any], library: Library, tmp_path: Path
) -> None:
    found = verify_file(_written(proof, tmp_path, sealed=False), library=library)
    assert found.holds
    assert found.compared == found.citations > 4


def test_a_proof_holds_by_itself_where_the_article_is_missing(
    proof: dict[str, Any], tmp_path: Path
) -> None:
    found = verify_file(_written(proof, tmp_path), library=Library(tmp_path / "empty"))
    assert found.holds
    assert found.compared == 0
    assert "--article" in found.notes[0]


def test_a_proof_is_compared_with_a_source_that_is_given(
    proof: dict[str, Any], assistant: Assistant, tmp_path: Path
) -> None:
    library = Library(tmp_path / "empty")
    found = verify_file(_written(proof, tmp_path), library=library, given=(assistant.article,))
    assert found.holds
    assert found.compared == found.citations


def test_a_proof_holds_although_the_page_has_changed_since(
    proof: dict[str, Any], library: Library, tmp_path: Path, assistant: Assistant
) -> None:
    from index.reading import read_bytes

    changed = SAMPLE.read_text("utf-8").replace("42 bateaux", "43 bateaux").encode()
    newer = read_bytes(changed, source_key=assistant.article.source_key)
    library.publish(newer, source=changed)
    assert library.entry(assistant.article.id).version != assistant.article.version
    found = verify_file(_written(proof, tmp_path), library=library)
    assert found.holds
    assert found.compared == found.citations


def test_any_change_without_a_new_hash_is_found(
    proof: dict[str, Any], library: Library, tmp_path: Path
) -> None:
    proof["answers"][0]["question"] += "!"
    assert not verify_file(_written(proof, tmp_path, sealed=False), library=library).holds


def _forged_quote(citation: dict[str, Any]) -> None:
    citation["quote"] = citation["quote"].replace("e", "a")


def _forged_passage(citation: dict[str, Any]) -> None:
    citation["passage_text"] += " More."


def _moved(citation: dict[str, Any]) -> None:
    citation["start"] += 1
    citation["end"] += 1


def _relabelled(citation: dict[str, Any]) -> None:
    citation["label"] = "A0"


def _foreign(citation: dict[str, Any]) -> None:
    citation["article"] = "f" * 12


@pytest.mark.parametrize("forge", [_forged_quote, _forged_passage, _moved, _relabelled, _foreign])
def test_a_forged_citation_is_found_although_the_file_was_sealed_again(
    forge: Any, proof: dict[str, Any], library: Library, tmp_path: Path
) -> None:
    forge(proof["answers"][0]["citations"][1])
    assert not verify_file(_written(proof, tmp_path), library=library).holds


def test_a_forged_citation_with_right_hashes_is_found_in_the_article(
    proof: dict[str, Any], library: Library, tmp_path: Path
) -> None:
    from assistant.formats.proof import text_hash

    citation = proof["answers"][0]["citations"][0]
    forged = citation["quote"].swapcase()
    citation["passage_text"] = citation["passage_text"].replace(citation["quote"], forged)
    citation["quote"] = forged
    citation["quote_sha256"] = text_hash(forged)
    citation["passage_sha256"] = text_hash(citation["passage_text"])
    assert not verify_file(_written(proof, tmp_path), library=library).holds


def test_a_sentence_that_shows_other_words_than_it_cites_is_found(
    proof: dict[str, Any], library: Library, tmp_path: Path
) -> None:
    sentence = next(s for s in proof["answers"][0]["sentences"] if s["citations"])
    sentence["text"] = "Affirmation : « La digue est en or massif. » [A1]"
    assert not verify_file(_written(proof, tmp_path), library=library).holds


def test_a_readers_words_in_the_articles_lane_are_found(
    proof: dict[str, Any], library: Library, tmp_path: Path
) -> None:
    sentence = next(s for s in proof["answers"][0]["sentences"] if s["lane"] == "readers")
    sentence["lane"] = "article"
    assert not verify_file(_written(proof, tmp_path), library=library).holds


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"format": "article-assistant-proof/1"}', "[" * 99_999]
)
def test_what_is_no_proof_is_said_so(content: str, library: Library, tmp_path: Path) -> None:
    file = tmp_path / "no.json"
    file.write_text(content)
    with pytest.raises(AssistantError):
        verify_file(file, library=library)


def test_the_command_ends_with_one_where_the_proof_does_not_hold(
    proof: dict[str, Any], assistant: Assistant, tmp_path: Path
) -> None:
    from typer.testing import CliRunner

    from assistant.cli import app

    run = CliRunner().invoke
    good = _written(proof, tmp_path)
    assert run(app, ["verify", str(good), "--json"]).exit_code == 0
    proof["answers"][0]["citations"][0]["quote"] = "x"
    bad = run(app, ["verify", str(_written(proof, tmp_path)), "--json"])
    assert bad.exit_code == 1
    assert json.loads(bad.stdout)["faults"]
    assert run(app, ["verify", str(tmp_path / "missing.json")]).exit_code == 2


def test_markdown_holds_questions_answers_and_quotes_and_disarms_signs(
    assistant: Assistant,
) -> None:
    from dataclasses import replace

    asked_at = datetime(2026, 1, 2, tzinfo=UTC)
    answer = replace(assistant.ask(QUESTIONS[0]), question="<script>*x*</script> [a](b)")
    exchange = Exchange(answer=answer, article=assistant.article, asked_at=asked_at)
    written = conversation_markdown((exchange,))
    assert "\\<script\\>\\*x\\*" in written
    assert "\\[a\\](b)" in written
    for citation in answer.citations:
        assert citation.quote.split(".")[0][:30].replace("_", "\\_") in written


def test_a_signed_proof_says_by_whom_and_any_other_content_breaks_the_signature(
    proof: dict[str, Any], library: Library, home: Path, tmp_path: Path
) -> None:
    file = _written(proof, tmp_path)
    assert verify_file(file, library=library).signed_by is None
    key = sign_file(file, home=home)
    found = verify_file(file, library=library, signer=key)
    assert found.holds
    assert found.signed_by == key == own_public_key(home)
    assert (home / "signing.key").stat().st_mode & 0o077 == 0
    signed = json.loads(file.read_text("utf-8"))
    changed = _written({**signed, "answers": signed["answers"][:1]}, tmp_path)
    (fault,) = verify_file(changed, library=library).faults
    assert "signature" in fault


def test_a_proof_that_another_key_signed_is_not_that_of_the_signer_asked_for(
    proof: dict[str, Any], library: Library, tmp_path: Path
) -> None:
    file = _written(proof, tmp_path)
    sign_file(file, home=tmp_path / "other")
    found = verify_file(file, library=library, signer="00" * 32)
    assert found.faults == ("it is not signed by the key that was asked for",)
