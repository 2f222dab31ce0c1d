"""The window of a model: what does not fit is refused and made shorter, never cut in silence."""

from itertools import product

import pytest

from assistant import Assistant
from assistant.errors import PromptCutError
from assistant.model import Message, open_model
from assistant.model.connection import Connection
from assistant.settings import Settings
from tests.support.ollama_fake import ollama_fake

# A sentence, and how many of its characters a small vocabulary puts into one token.
SCRIPTS = {
    "Latin": ("Le pont fermé sera rénové après l'été, dit le maire élu à Évry, n° {}.", 0.9),
    "Cyrillic": ("Мост закрыт до осени, сообщил мэр города Тверь, дом номер {}.", 1.3),
    "Greek": ("Η γέφυρα θα κλείσει το φθινόπωρο, δήλωσε ο δήμαρχος, οδός {}.", 0.8),
    "Devanagari": ("पुल शरद ऋतु तक बंद रहेगा, महापौर ने कहा, मकान संख्या {}।", 0.6),
    "Arabic": ("الجسر مغلق حتى الخريف، قال رئيس البلدية، المنزل رقم {}.", 0.9),
    "Armenian": ("Կամուրջը փակ է մինչև աշուն, ասաց քաղաքապետը, տուն {}։", 0.5),
    "Chinese": ("市长说，大桥将关闭到秋天，门牌号码是{}。", 0.5),
}
NEW, OLD = "0.32.9", "0.11.4"


def _page(sentence: str) -> str:
    paragraphs = [" ".join(sentence.format(10 * row + n) for n in range(5)) for row in range(20)]
    return "The closed bridge\n\n" + "\n\n".join(paragraphs)


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_prompt_is_cut_in_any_script(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence, characters = SCRIPTS[script]
    for window, version in product((1024, 2048, 4096, 8192), (NEW, OLD)):
        with ollama_fake(window=window, version=version, characters_per_token=characters) as fake:
            monkeypatch.setenv("ASSISTANT_OLLAMA", fake.host)
            assistant = Assistant.from_text(_page(sentence), llm="gemma4")
            answer = assistant.ask("Why is the bridge closed?")
        asked = fake.asked("/api/chat")
        assert fake.cut_prompts == 0
        assert all(body["options"]["num_ctx"] == window for body in asked)
        assert not any("too long" in said for said in answer.warnings)
        # A byte counts as a token where the server would cut: rules alone fill the smallest window.
        assert bool(asked) == ((version, window) != (OLD, 1024))


def test_what_the_server_counted_decides_how_much_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sentence, characters = SCRIPTS["Armenian"]
    with ollama_fake(window=4096, characters_per_token=characters) as fake:
        monkeypatch.setenv("ASSISTANT_OLLAMA", fake.host)
        assistant = Assistant.from_text(_page(sentence), llm="gemma4")
        assistant.ask("Why is the bridge closed?")
        refused, read = (body["messages"][-1]["content"] for body in fake.asked("/api/chat"))
        assert len(read) < len(refused)
        assistant.ask("Until when is the bridge closed?")
        assert len(fake.asked("/api/chat")) == 3  # it counts as the server does from now on


def test_a_refusal_tells_how_long_the_prompt_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with ollama_fake(window=1024) as fake:
        monkeypatch.setenv("ASSISTANT_OLLAMA", fake.host)
        model = open_model("gemma4", Settings.from_environment())
        with pytest.raises(PromptCutError) as raised:
            list(model.stream((Message(role="user", text="word " * 4000),)))
    assert (raised.value.counted, raised.value.window) == (5000, 1024)


@pytest.mark.parametrize(
    ("said", "counted", "window"),
    [
        (
            '{"error":{"code":400,"message":"request (9412 tokens) exceeds the available context '
            'size (8192 tokens), try increasing it","n_prompt_tokens":9412,"n_ctx":8192}}',
            9412,
            8192,
        ),
        (
            '{"error":{"message":"This model\'s maximum context length is 4096 tokens. However, '
            'you requested 5000 tokens (4500 in the messages, 500 in the completion)."}}',
            5000,
            4096,
        ),
        (
            '{"error":"Trying to keep the first 4720 tokens when context overflows. However, the '
            'model is loaded with context length of only 4096 tokens"}',
            4720,
            4096,
        ),
        ('{"error":"the input length exceeds the context length"}', None, None),
    ],
)
def test_every_server_refuses_in_its_own_words(
    said: str, counted: int | None, window: int | None
) -> None:
    error = Connection("http://127.0.0.1:9", start="it").refusal(400, said, "m")
    assert isinstance(error, PromptCutError)
    assert (error.counted, error.window) == (counted, window)
