"""The page as other programs use it: named endpoints, MCP tools, and conversations kept apart."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.browser import running_page

SAMPLE = str(Path(__file__).parent.parent.parent / "samples" / "port-de-valmer.fr.txt")
NAMES = {"ask", "quotes", "disputes", "debate", "check", "compare", "articles", "add"}
QUOTE = "Nous ne pouvons pas attendre une autre tempête pour agir"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_page(SAMPLE, "--mcp", home=tmp_path_factory.mktemp("page")) as (address, _):
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Any]:
    import os

    # Else the client itself asks another host whether the page lies there.
    before = os.environ.get("HF_HUB_OFFLINE")
    os.environ["HF_HUB_OFFLINE"] = "1"
    from gradio_client import Client

    made = Client(address, verbose=False)
    yield made
    made.close()
    if before is None:
        del os.environ["HF_HUB_OFFLINE"]


@pytest.fixture(autouse=True)
def _quiet(recwarn: pytest.WarningsRecorder) -> None:
    """Warnings of the client library are not ours."""


def test_the_endpoints_are_named_typed_and_documented(client: Any) -> None:
    endpoints = client.view_api(return_format="dict")["named_endpoints"]
    assert set(endpoints) == {f"/{name}" for name in NAMES}
    assert [p["parameter_name"] for p in endpoints["/ask"]["parameters"]] == [
        "question",
        "article",
        "engine",
        *("outlet", "author", "language", "since", "until", "tag"),
    ]
    assert all(len(endpoint["description"]) > 40 for endpoint in endpoints.values())
    assert all(p["python_type"]["type"] == "str" for p in endpoints["/check"]["parameters"])


def test_a_program_asks_and_gets_the_json_of_the_command_line(client: Any) -> None:
    answer = client.predict(question="Qui est Samir Delvaux ?", api_name="/ask")
    assert answer["status"] == "answered"
    assert answer["citations"][0]["label"] == "A5"
    assert answer["engine"] == "extractive"


def test_a_program_gets_quotes_disputes_and_verdicts(client: Any) -> None:
    said = client.predict(speaker="Kovalesk", api_name="/quotes")["statements"]
    assert {statement["speaker"]["name"] for statement in said} == {"Irène Kovalesk"}
    assert client.predict(api_name="/disputes")["disputes"]
    checked = client.predict(quote=QUOTE, speaker="Samir Delvaux", api_name="/check")
    assert checked["verdict"] == "other_speaker"
    assert client.predict(api_name="/articles")["articles"][0]["comments"] > 0


def test_two_articles_are_asked_the_same_and_answer_each_from_its_own_words(client: Any) -> None:
    here = client.predict(api_name="/articles")["articles"][0]["id"]
    other = client.predict(
        "The ferry to Skarra stops in May, said Ulla Berg of the harbour board.", api_name="/add"
    )["article"]
    compared = client.predict("Wer ist Ulla Berg?", here, other, api_name="/compare")
    answers = compared["answers"]
    assert [answer["article"] for answer in answers] == [here, other]
    assert not any(citation["article"] == other for citation in answers[0]["citations"])
    assert {citation["article"] for citation in answers[1]["citations"]} == {other}


@pytest.mark.parametrize(
    ("chosen", "is_left"),
    [
        ({"language": "fr"}, True),
        ({"language": "de"}, False),
        ({"outlet": "No such paper"}, False),
        ({"author": "nobody at all"}, False),
        ({"tag": "no such tag"}, False),
        ({"since": "2200-01-01"}, False),
        ({"until": "1900-01-01"}, False),
    ],
)
def test_a_program_asks_only_the_articles_a_filter_leaves(
    client: Any, chosen: dict[str, str], is_left: bool
) -> None:
    asked = {"question": "Qui est Samir Delvaux ?", "article": "all", "api_name": "/ask", **chosen}
    if is_left:
        assert client.predict(**asked)["status"] == "answered"
    else:
        with pytest.raises(Exception, match="no article"):
            client.predict(**asked)


def test_a_filter_of_one_article_or_of_no_day_is_refused(client: Any) -> None:
    with pytest.raises(Exception, match="whole library"):
        client.predict(question="Qui ?", language="fr", api_name="/ask")
    with pytest.raises(Exception, match="no day"):
        client.predict(question="Qui ?", article="all", since="May", api_name="/ask")


def test_a_program_reads_no_file_of_this_machine(client: Any) -> None:
    with pytest.raises(Exception, match="no article"):
        client.predict(article="/etc/passwd", api_name="/quotes")
    with pytest.raises(Exception, match="no article"):
        client.predict(article=SAMPLE, api_name="/quotes")


def test_an_engine_that_is_not_there_is_named_in_the_error(client: Any) -> None:
    with pytest.raises(Exception, match="nosuchmodel"):
        client.predict(question="Qui ?", engine="nosuchmodel", api_name="/ask")


def _rpc(address: str, method: str, **parameters: Any) -> Any:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
    accept = "application/json, text/event-stream"
    url = f"{address}gradio_api/mcp/"
    reply = httpx.post(url, json=body, headers={"accept": accept}, timeout=20)
    line = next(line for line in reply.text.splitlines() if "{" in line)
    return json.loads(line.removeprefix("data:"))["result"]


def test_the_functions_are_mcp_tools_and_the_pages_own_endpoint_is_not(address: str) -> None:
    tools = {tool["name"]: tool for tool in _rpc(address, "tools/list")["tools"]}
    assert set(tools) == NAMES
    assert "question" in tools["ask"]["inputSchema"]["properties"]
    assert "verbatim" in tools["check"]["description"]


def test_an_mcp_tool_answers(address: str) -> None:
    result = _rpc(address, "tools/call", name="check", arguments={"quote": QUOTE})
    assert "verbatim" in json.dumps(result)


def _talk(address: str, question: str) -> str:
    with httpx.Client(base_url=address, timeout=30) as http:
        page = http.get("/").text
        article = re.search(r'data-article=\\"(\w+)', page).group(1)
        key = http.post("/conversation", json={}).json()["key"]
        data = {"data": [key, question, article, "extractive", "fr", 0]}
        event = http.post("/gradio_api/call/converse", json=data).json()["event_id"]
        http.get(f"/gradio_api/call/converse/{event}")
        return http.post("/conversation/turns", json={"key": key}).text


def test_readers_who_ask_at_once_get_their_own_answers(address: str) -> None:
    questions = [f"Que dit le commentaire {number} ?" for number in (1, 2, 3, 4, 5)] * 2
    with ThreadPoolExecutor(10) as pool:
        pages = list(pool.map(lambda question: _talk(address, question), questions))
    for question, page in zip(questions, pages, strict=True):
        assert page.count('<article class="turn"') == 1
        assert f'data-question="{question}"' in page


def test_a_key_that_was_guessed_opens_nothing(address: str) -> None:
    reply = httpx.post(f"{address}conversation/turns", json={"key": "guessed"})
    assert reply.status_code == 404
    assert httpx.post(f"{address}conversation/turns", content=b"[").status_code == 400


def test_the_served_page_refuses_foreign_hosts_and_gradios_own_rooms(address: str) -> None:
    assert httpx.get(address, headers={"host": "evil.example"}).status_code == 400
    assert httpx.get(f"{address}gradio_api/file=/etc/passwd").status_code == 404
    assert httpx.post(f"{address}gradio_api/upload", content=b"x").status_code == 404
    answer = httpx.get(address)
    scripts = answer.headers["content-security-policy"].split("script-src ")[1].split(";")[0]
    assert "'unsafe-inline'" not in scripts
    assert "'nonce-" in scripts
    again = httpx.get(address).headers["content-security-policy"]
    assert again != answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


def test_a_reader_who_stops_gets_no_more_of_the_answer() -> None:
    from assistant.answer import AnswerDraft
    from page.answering import Answering
    from page.conversations import Conversations

    closed = []

    class Endless:
        """An assistant that never comes to an end."""

        def conversation(self) -> "Endless":
            return self

        def stream(self, question: str) -> Iterator[AnswerDraft]:
            try:
                while True:
                    yield AnswerDraft(text=question, engine="endless")
            finally:
                closed.append(question)

    class EndlessDesk:
        def assistant(self, article_id: str, *, engine: str) -> Endless:
            return Endless()

    conversations = Conversations()
    key = conversations.begin()
    answering = Answering(EndlessDesk(), conversations)  # type: ignore[arg-type]
    steps = answering.converse(key, "why?", "a", "endless", "en")
    assert next(steps)["draft"] == "why?"
    talk = conversations.of(key)
    assert talk is not None
    talk.stopped.set()
    assert "stopped" in next(steps)
    assert closed == ["why?"]
    assert not talk.turns


def test_old_conversations_are_forgotten_and_memory_is_bounded() -> None:
    from page.conversations import Conversations
    from page.limits import MOST_CONVERSATIONS

    conversations = Conversations()
    first = conversations.begin()
    for _ in range(MOST_CONVERSATIONS):
        conversations.begin()
    assert conversations.of(first) is None


def test_what_cannot_be_served_is_said_in_a_sentence(home: Path) -> None:
    from typer.testing import CliRunner

    from assistant.cli import app

    run = CliRunner().invoke(app, ["chat", SAMPLE, "--auth", "nopassword"])
    assert run.exit_code == 2
    assert "name:password" in run.output
    assert CliRunner().invoke(app, ["chat", "missing.html"]).exit_code == 2


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page as another server hands requests on to it, with a password."""
    options = ("--public-name", "news.example", "--root-path", "/news", "--auth", "desk:secret")
    with running_page(SAMPLE, *options, home=tmp_path_factory.mktemp("behind")) as (address, _):
        yield address


def test_a_password_protects_the_endpoints_too(behind: str) -> None:
    assert httpx.get(behind).status_code == 401
    assert httpx.get(f"{behind}config").status_code == 401
    assert httpx.get(behind, auth=("desk", "secret")).status_code == 200


def test_behind_another_server_the_page_answers_to_its_name_and_below_its_path(
    behind: str,
) -> None:
    host = {"host": "news.example"}
    page = httpx.get(behind, headers=host, auth=("desk", "secret"), timeout=20)
    assert page.status_code == 200
    # The other server takes "/news" off, so an address from the root would miss the page.
    assert '"root":"http://news.example/news"' in page.text.replace(" ", "")
    assert not re.findall(r'(?:href|src)="/[^"]*"', page.text)
    assert httpx.get(behind, headers={"host": "evil.example"}).status_code == 400
