"""Cases in the forms of other evaluation tools, read as they are.

Ragas (`user_input`, `reference`, `retrieved_contexts`, `response`), DeepEval (`input`,
`expected_output`, `context`, `actual_output`) and Promptfoo (`tests` of `vars` and `assert`).
Where an entry names no article and carries contexts, these are its article. What has no
counterpart here, such as a rubric for a model to judge, is an error that names it: a test that is
silently not made would count as passed.
"""

import ast
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from assistant.errors import CasesError
from assistant.evaluation.cases.case import Case, cases_of

_NAMES = {
    "user_input": "question",
    "question": "question",
    "input": "question",
    "query": "question",
    "reference": "reference",
    "ground_truth": "reference",
    "expected_output": "reference",
    "response": "answer",
    "actual_output": "answer",
    "answer": "answer",
}
_CONTEXTS = ("reference_contexts", "retrieved_contexts", "contexts", "context", "retrieval_context")
_LISTS = ("goldens", "test_cases", "testcases", "samples", "examples", "cases")
_WITHIN = {"contains", "icontains", "equals"}
_ANY = {"contains-any", "icontains-any"}
_ALL = {"contains-all", "icontains-all"}
_FOREIGN = {"user_input", "input", "query", "ground_truth", "expected_output", "retrieved_contexts"}


def is_foreign(entry: Any) -> bool:
    """Whether an object is an entry of Ragas or DeepEval."""
    return isinstance(entry, dict) and "id" not in entry and bool(_FOREIGN & set(entry))


def contexts(entry: Any) -> tuple[str, ...]:
    """Return the texts that an entry carries as what is to be answered from."""
    for name in _CONTEXTS:
        held = entry.get(name)
        if isinstance(held, str) and held.startswith("["):
            # A table keeps a list as Python writes it.
            with suppress(ValueError, SyntaxError):
                held = ast.literal_eval(held)
        if held:
            return (held,) if isinstance(held, str) else tuple(map(str, held))
    return ()


def entries_of(content: Any) -> list[Any] | None:
    """Return the entries of a JSON file that is a list, or holds one; None for other forms."""
    if isinstance(content, dict):
        content = next((content[name] for name in _LISTS if name in content), None)
    return content if isinstance(content, list) else None


def from_entry(
    entry: dict[str, Any], where: str, *, position: int, file: Path, article: str | None
) -> Iterator[tuple[str, Case]]:
    """Yield the case of one entry of Ragas or DeepEval.

    Raises:
        CasesError: It has no question, or neither an article nor contexts.
    """
    found = {_NAMES[name]: value for name, value in entry.items() if name in _NAMES and value}
    named = article or entry.get("article")
    if named is None and contexts(entry):
        named = f"{file.name}#{position}"
    if named is None:
        raise CasesError(f"{where}, field article: none, and no contexts; give --article SOURCE")
    made = {"id": str(entry.get("name") or position + 1), "article": named, **found}
    yield from cases_of(made, where, article=None)


def read_promptfoo(path: Path, *, article: str | None) -> Iterator[tuple[str, Case]]:
    """Yield the tests of a Promptfoo file.

    Raises:
        CasesError: It cannot be read, or asserts what has no counterpart here.
    """
    import yaml

    try:
        content = yaml.safe_load(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"cannot read the cases {path}: {error}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise CasesError(f"{path} is no YAML: {str(error).splitlines()[0]}") from error
    tests = content.get("tests") if isinstance(content, dict) else content
    if not isinstance(tests, list):
        raise CasesError(f"{path}, field tests: a list of tests with vars and assert")
    default = content.get("defaultTest") if isinstance(content, dict) else None
    for number, test in enumerate(tests, start=1):
        where = f"{path}, field tests.{number}"
        if not isinstance(test, dict):
            raise CasesError(f"{where}: an object with vars and assert")
        yield from cases_of(_of_test(test, default or {}, number, where), where, article=article)


def _of_test(
    test: dict[str, Any], default: dict[str, Any], number: int, where: str
) -> dict[str, Any]:
    values = {**(default.get("vars") or {}), **(test.get("vars") or {})}
    question = next(
        (values[n] for n in ("question", "query", "input", "prompt") if n in values), ""
    )
    case: dict[str, Any] = {
        "id": str(number),
        "question": question,
        **{name: values[name] for name in ("id", "article", "lang", "type") if name in values},
    }
    if test.get("description"):
        case["type"] = case.get("type") or str(test["description"])
    groups, banned = [], []
    for asserted in (*(default.get("assert") or ()), *(test.get("assert") or ())):
        kind, value = str(asserted.get("type")), asserted.get("value")
        words = [str(word) for word in value] if isinstance(value, list) else [str(value)]
        if kind.removeprefix("not-") != kind and kind.removeprefix("not-") in _WITHIN | _ANY:
            banned += words
        elif kind in _WITHIN | _ANY:
            groups.append(words)
        elif kind in _ALL:
            groups += [[word] for word in words]
        elif kind == "is-refusal":
            case["refuse"] = True
        else:
            raise CasesError(f"{where}, field assert: {kind!r} has no counterpart; take it out")
    return {**case, "answer_all": groups, "answer_none": banned}
