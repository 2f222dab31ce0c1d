"""Ways to forge a proof file: what it says is changed, every hash in it made anew."""

from collections.abc import Callable, Iterator
from typing import Any

from assistant.formats.proof import content_hash, text_hash

Proof = dict[str, Any]
Record = dict[str, Any]


def sealed(proof: Proof) -> Proof:
    """Return a proof with every hash made anew, and texts that are those of the sentences."""
    for answer in proof["answers"]:
        answer["text"] = "\n".join(sentence["text"] for sentence in answer["sentences"])
        for citation in answer["citations"]:
            citation["quote_sha256"] = text_hash(citation["quote"])
            citation["passage_sha256"] = text_hash(citation["passage_text"])
    return {**proof, "sha256": content_hash(proof)}


def _sentences(proof: Proof) -> Iterator[Record]:
    return (sentence for answer in proof["answers"] for sentence in answer["sentences"])


def _quoting(proof: Proof) -> Record:
    return next(s for s in _sentences(proof) if any(c["quote"] in s["text"] for c in _cited(proof)))


def _cited(proof: Proof, field: str = "quote") -> list[Record]:
    citations = [citation for answer in proof["answers"] for citation in answer["citations"]]
    return [citation for citation in citations if citation[field] is not None]


def _quoted(proof: Proof) -> tuple[Record, Record]:
    sentence = _quoting(proof)
    return sentence, next(c for c in _cited(proof) if c["quote"] in sentence["text"])


def words_in_quotation_marks(proof: Proof) -> None:
    sentence, citation = _quoted(proof)
    words = citation["quote"]
    sentence["text"] = sentence["text"].replace(words, f"{words} and I hid the cost", 1)


def words_in_quotation_and_citation(proof: Proof) -> None:
    sentence, citation = _quoted(proof)
    words = citation["quote"]
    more = f"{words} and I hid the cost"
    sentence["text"] = sentence["text"].replace(words, more, 1)
    citation["passage_text"] = citation["passage_text"].replace(words, more, 1)
    citation |= {"quote": more, "end": citation["start"] + len(more)}


def a_word_left_out_of_a_quotation(proof: Proof) -> None:
    sentence, citation = _quoted(proof)
    words = citation["quote"]
    fewer = " ".join(words.split(" ")[:1] + words.split(" ")[2:])
    sentence["text"] = sentence["text"].replace(words, fewer, 1)
    citation["quote"] = fewer


def a_second_quotation(proof: Proof) -> None:
    _quoting(proof)["text"] += " “I hid the cost.”"


def words_before_a_quotation(proof: Proof) -> None:
    sentence = _quoting(proof)
    sentence["text"] = f"Gideon Farrow, who was sentenced: {sentence['text']}"


def an_invented_sentence(proof: Proof) -> None:
    proof["answers"][0]["sentences"].append(
        {
            "text": "Gideon Farrow has resigned. [A3]",
            "lane": "assistant",
            "citations": [],
            "verdict": "counted",
        }
    )


def a_sentence_left_out(proof: Proof) -> None:
    answer = max(proof["answers"], key=lambda answer: len(answer["sentences"]))
    del answer["sentences"][-1]
    left = {label for sentence in answer["sentences"] for label in sentence["citations"]}
    answer["citations"] = [c for c in answer["citations"] if c["label"] in left]


def another_speaker(proof: Proof) -> None:
    for citation in _cited(proof):
        citation["speaker"] = "Gideon Farrow-Smythe"


def another_author(proof: Proof) -> None:
    for citation in _cited(proof, "author"):
        citation["author"] = "nobody99"


def another_score(proof: Proof) -> None:
    for citation in _cited(proof, "score"):
        citation["score"] += 1000


def another_date(proof: Proof) -> None:
    for citation in _cited(proof, "posted_at"):
        citation["posted_at"] = "1999-01-01T00:00:00Z"


def another_place(proof: Proof) -> None:
    for citation in _cited(proof):
        citation["start"] += 3
        citation["end"] += 3
        citation["passage_start"] += 3


def another_label(proof: Proof) -> None:
    sentence, citation = _quoted(proof)
    for answer in proof["answers"]:
        if sentence in answer["sentences"]:
            sentence["text"] = sentence["text"].replace(f"[{citation['label']}]", "[A99]")
            sentence["citations"] = ["A99"]
            answer["citations"].append({**citation, "label": "A99"})


def another_lane(proof: Proof) -> None:
    sentence = _quoting(proof)
    sentence["lane"] = "article" if sentence["lane"] == "readers" else "readers"


def another_frame(proof: Proof) -> None:
    sentence = next(s for s in _sentences(proof) if s["lane"] == "assistant")
    sentence["text"] = f"Gideon Farrow-Smythe, {sentence['text']}"


def another_count(proof: Proof) -> None:
    sentence = next(s for s in _sentences(proof) if any(map(str.isdigit, s["text"])))
    digit = next(filter(str.isdigit, sentence["text"]))
    sentence["text"] = sentence["text"].replace(digit, f"99{digit}", 1)


def another_status(proof: Proof) -> None:
    proof["answers"][0]["status"] = "partly_answered"


def an_answered_refusal(proof: Proof) -> None:
    refused = next(a for a in proof["answers"] if a["status"] == "not_in_article")
    refused["status"] = "answered"


def a_refusal_of_what_is_answered(proof: Proof) -> None:
    refused = next(a for a in proof["answers"] if a["status"] == "not_in_article")
    proof["answers"][0] |= {
        name: refused[name] for name in ("status", "sentences", "citations", "verdict", "nearest")
    }


def another_title(proof: Proof) -> None:
    proof["articles"][0]["title"] = "Quarry owner resigns"


def another_address(proof: Proof) -> None:
    proof["articles"][0]["url"] = "https://example.org/elsewhere"


def another_question(proof: Proof) -> None:
    proof["answers"][0]["question"] = "How many comments were deleted?"


def another_verdict(proof: Proof) -> None:
    proof["answers"][0]["verdict"] = "yes"


def another_offer(proof: Proof) -> None:
    offers = next(answer["nearest"] for answer in proof["answers"] if answer["nearest"])
    offers[0]["quote"] = "The Queen ate gravel."


def answers_exchanged(proof: Proof) -> None:
    one, other = proof["answers"][:2]
    one["question"], other["question"] = other["question"], one["question"]


def no_answers(proof: Proof) -> None:
    proof["answers"] = []


SEEN_IN_THE_FILE: tuple[Callable[[Proof], None], ...] = (
    words_in_quotation_marks,
    a_word_left_out_of_a_quotation,
    a_second_quotation,
    another_lane,
    no_answers,
)
"""What a file gives away by itself."""
SEEN_IN_THE_ARTICLE: tuple[Callable[[Proof], None], ...] = (
    words_in_quotation_and_citation,
    words_before_a_quotation,
    an_invented_sentence,
    a_sentence_left_out,
    another_speaker,
    another_author,
    another_score,
    another_date,
    another_place,
    another_label,
    another_frame,
    another_count,
    another_status,
    an_answered_refusal,
    a_refusal_of_what_is_answered,
    another_title,
    another_address,
    another_question,
    another_verdict,
    another_offer,
    answers_exchanged,
)
"""What needs the article to be seen."""
