"""Several readers of one model: in turn, with their place, stopped at any time, nothing twice."""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant import Answer, AnswerDraft, Assistant
from assistant.model import Message, ReplyEnd, Waiting, open_model
from assistant.settings import Settings
from index.retrieval.alignment import Aligner
from index.retrieval.vocabulary import Vocabulary
from tests.support.ollama_fake import OllamaFake, ollama_fake

ENGLISH = Path(__file__).parent.parent.parent / "samples" / "harlow-library.en.json"
QUESTION = "When does the council vote?"
ASKED = (Message(role="user", text="When?"),)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[OllamaFake]:
    with ollama_fake() as server:
        monkeypatch.setenv("ASSISTANT_OLLAMA", server.host)
        yield server


def _settings() -> Settings:
    return Settings.from_environment()


def _wait_until(is_so: object) -> None:
    until = time.monotonic() + 10
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("readers", [2, 5])
def test_readers_are_answered_in_turn_and_limits_count_from_ones_turn(
    fake: OllamaFake, readers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_REPLY_SECONDS", "5")  # five of them take longer together
    fake.reading_seconds = 1.5
    # Each opens the model anew, as the page does for another article.
    streams = [open_model("gemma4", _settings()).stream(ASKED) for _ in range(readers)]
    places = [next(stream) for stream in streams]
    ended: list[int] = []

    def read(number: int) -> None:
        ended.extend(number for piece in streams[number] if isinstance(piece, ReplyEnd))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert places == [Waiting(before=before) for before in range(readers)]
    assert ended == list(range(readers))
    assert fake.most_at_once == 1


def test_who_waits_is_told_how_many_are_before_them(fake: OllamaFake) -> None:
    fake.fault = "endless"
    first = open_model("gemma4", _settings()).stream(ASKED)
    assert isinstance(next(first), str)
    second = open_model("gemma4", _settings()).stream(ASKED)
    assert next(second) == Waiting(before=1)
    third = Assistant.open(ENGLISH, llm="gemma4").stream(QUESTION)
    draft = next(third)
    assert isinstance(draft, AnswerDraft)
    assert draft.before == 2
    second.close()  # goes away while waiting
    assert next(third) == AnswerDraft(text="", engine="gemma4", before=1)
    fake.fault = None
    first.close()
    *_, answer = third
    assert isinstance(answer, Answer)
    assert answer.engine == "gemma4"


def test_a_reader_who_goes_away_without_a_word_stops_nobody(
    fake: OllamaFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_REPLY_SECONDS", "1")
    gone = open_model("gemma4", _settings()).stream(ASKED)
    next(gone)  # and never again
    *_, end = open_model("gemma4", _settings()).stream(ASKED)
    assert isinstance(end, ReplyEnd)


def test_closing_while_the_prompt_is_read_closes_the_request(fake: OllamaFake) -> None:
    fake.fault = "silent"
    stream = open_model("gemma4", _settings()).stream(ASKED)
    assert next(stream) == Waiting()
    began = time.monotonic()
    stream.close()
    assert fake.broken_off.wait(2)
    assert time.monotonic() - began < 2


def test_stop_reaches_the_model_while_a_follow_up_is_put_into_words(fake: OllamaFake) -> None:
    talk = Assistant.open(ENGLISH, llm="gemma4").conversation()
    talk.ask(QUESTION)
    fake.fault = "silent"
    stream = talk.stream("And why then?")
    assert next(stream) == AnswerDraft(text="", engine="gemma4")
    stream.close()
    assert fake.broken_off.wait(2)


def test_a_page_is_read_before_anybody_asks_and_the_question_begins_the_same(
    fake: OllamaFake,
) -> None:
    assistant = Assistant.open(ENGLISH, llm="gemma4")
    assistant.warm()
    assistant.ask(QUESTION)
    assistant.ask("Why is the library closed?")
    prompts = [
        "".join(message["content"] for message in body["messages"])
        for body in fake.asked("/api/chat")
    ]
    warmed, first, second = prompts
    page = warmed.index("Question:")
    assert warmed[:page] == first[:page] == second[:page]
    assert page > 0.9 * len(first)
    assert fake.loads == 1


def test_reading_in_advance_gives_way_to_a_question(fake: OllamaFake) -> None:
    fake.fault = "silent"
    assistant = Assistant.open(ENGLISH, llm="gemma4")
    warming = threading.Thread(target=assistant.warm)
    warming.start()
    _wait_until(lambda: fake.at_once)
    fake.fault = None
    began = time.monotonic()
    assert assistant.ask(QUESTION).engine == "gemma4"
    assert time.monotonic() - began < 5
    warming.join(5)
    assert not warming.is_alive()
    assert fake.broken_off.wait(2)


def test_nothing_is_read_in_advance_on_another_machine_or_while_somebody_waits(
    fake: OllamaFake,
) -> None:
    fake.models["far:latest"] = 1
    fake.remote_hosts = {"far:latest": "https://cloud.example"}
    Assistant.open(ENGLISH, llm="far").warm()
    assert fake.asked("/api/chat") == []
    fake.fault = "endless"
    busy = open_model("gemma4", _settings()).stream(ASKED)
    next(busy)
    Assistant.open(ENGLISH, llm="gemma4").warm()
    assert len(fake.asked("/api/chat")) == 1
    busy.close()


def test_that_a_page_cannot_be_read_in_advance_is_no_error(fake: OllamaFake) -> None:
    fake.fault = "500"
    Assistant.open(ENGLISH, llm="gemma4").warm()
    Assistant.open(llm="gemma4").warm()
    Assistant.open(ENGLISH, llm=None).warm()
    assert len(fake.asked("/api/chat")) == 1


class _SlowWords:
    """An embedder of words that lets other threads go on while it works."""

    def encode_words(self, words: Sequence[str]) -> np.ndarray:
        time.sleep(0.05)
        return np.eye(8, dtype=np.float32)[[len(word) % 8 for word in words]]


def test_readers_who_ask_one_page_at_once_do_not_disturb_each_others_search() -> None:
    texts = ("The council votes.", "Nobody repairs bridges here.", "A reader asks why.")
    words = Vocabulary.build(texts, (), _SlowWords(), language="en")
    alone = Aligner(words, _SlowWords(), language="en").align(["council", "why"], texts)
    shared = Aligner(words, _SlowWords(), language="en")
    with ThreadPoolExecutor(3) as threads:
        found = [
            threads.submit(shared.align, ["council", "why"], texts[start:] + texts[:start])
            for start in range(3)
        ]
    for start, each in enumerate(found):
        assert np.array_equal(np.roll(each.result(), start, axis=1), alone)
