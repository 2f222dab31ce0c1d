"""One root catches every failure of the world; its tree is drawn where it is defined."""

import re
from importlib import import_module

import assistant.errors
import index.errors
from index.errors import AssistantError


def _drawn() -> dict[str, str | None]:
    """Return each error of the drawing with the one it is below."""
    parents: dict[str, str | None] = {}
    above: list[tuple[int, str]] = []
    for line in (index.errors.__doc__ or "").splitlines():
        entry = re.match(r"( *)([A-Z]\w+Error)(?: {2,}|$)", line)
        if entry is None:
            continue
        depth = len(entry[1])
        above = [item for item in above if item[0] < depth]
        parents[entry[2]] = above[-1][1] if above else None
        above.append((depth, entry[2]))
    return parents


def _made() -> dict[str, str | None]:
    """Return each error of the two modules with the one it derives from."""
    classes = {
        found
        for module in (index.errors, assistant.errors)
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Exception)
    }
    roots = {AssistantError: None}
    return {c.__name__: roots.get(c, c.__bases__[0].__name__) for c in classes}


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    assert _drawn() == _made()


def test_the_errors_are_importable_where_programs_look_for_them() -> None:
    for package in ("assistant", "index"):
        module = import_module(package)
        names = [name for name in module.__all__ if name.endswith("Error")]
        assert names
        assert all(issubclass(getattr(module, name), AssistantError) for name in names)
