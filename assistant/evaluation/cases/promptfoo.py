"""The tests of a Promptfoo file: `tests` of `vars` and `assert`.

What has no counterpart here, such as a rubric for a model to judge, is an error that names it: a
test that is silently not made would count as passed.
"""

from pathlib import Path
from typing import Any

from assistant.errors import CasesError

_WITHIN = {"contains", "icontains", "equals", "contains-any", "icontains-any"}
_ALL = {"contains-all", "icontains-all"}


def tests(path: Path) -> list[Any]:
    """Return the tests of a file, each with what holds for all of them.

    Raises:
        CasesError: It is no such file.
    """
    import yaml

    try:
        content = yaml.safe_load(path.read_text("utf-8-sig"))
    except (yaml.YAMLError, RecursionError) as error:
        raise CasesError(f"{path} is no YAML: {str(error).splitlines()[0]}") from error
    found = content.get("tests") if isinstance(content, dict) else content
    if not isinstance(found, list) or not all(isinstance(test, dict) for test in found):
        raise CasesError(f"{path}, field tests: a list of tests with vars and assert")
    shared = (content.get("defaultTest") if isinstance(content, dict) else None) or {}
    return [
        {
            **test,
            "vars": {**(shared.get("vars") or {}), **(test.get("vars") or {})},
            "assert": [*(shared.get("assert") or ()), *(test.get("assert") or ())],
        }
        for test in found
    ]


def entry_of(test: dict[str, Any], *, number: int, where: str) -> dict[str, Any]:
    """Return a test in the form of a case.

    Raises:
        CasesError: It asserts what has no counterpart here.
    """
    values = test["vars"]
    asked = (values[name] for name in ("question", "query", "input", "prompt") if name in values)
    case: dict[str, Any] = {
        "id": str(number),
        "question": next(asked, ""),
        **{name: values[name] for name in ("id", "article", "lang", "type") if name in values},
    }
    if test.get("description"):
        case["type"] = case.get("type") or str(test["description"])
    groups, banned = [], []
    for asserted in test["assert"]:
        kind, value = str(asserted.get("type")), asserted.get("value")
        words = [str(word) for word in value] if isinstance(value, list) else [str(value)]
        if kind.startswith("not-") and kind.removeprefix("not-") in _WITHIN:
            banned += words
        elif kind in _WITHIN:
            groups.append(words)
        elif kind in _ALL:
            groups += [[word] for word in words]
        elif kind == "is-refusal":
            case["refuse"] = True
        else:
            raise CasesError(f"{where}, field assert: {kind!r} has no counterpart; take it out")
    return {**case, "answer_all": groups, "answer_none": banned}
