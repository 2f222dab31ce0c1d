"""What we install and run of others: pinned by hash, audited, and no server among it."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.support.audit import Accepted, judged, read_accepted

ROOT = Path(__file__).parent.parent.parent
ACCEPTED = ROOT / "docs" / "accepted-findings.toml"
WITHOUT_HASH = {"torch"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pins() -> dict[str, str]:
    pins = (line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines())
    return {_normal(name): version for name, version in pins}


def _locked() -> dict[str, tuple[str, list[str]]]:
    """Return the version and the hashes of each package of the lock file."""
    text = re.sub(r"^#.*\n", "", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE)
    locked = {}
    for entry in re.split(r"(?<!\\)\n", text.strip()):
        pin, *hashes = entry.replace("\\\n", " ").split()
        name, version = pin.split("==")
        locked[_normal(name)] = (version, hashes)
    return locked


def test_the_lock_file_names_the_pinned_versions() -> None:
    pins = {name: version for name, version in _pins().items() if name not in WITHOUT_HASH}
    assert {name: version for name, (version, _) in _locked().items()} == pins


def test_the_lock_file_holds_nothing_but_versions_and_hashes() -> None:
    for name, (_, hashes) in _locked().items():
        assert hashes, name
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", given) for given in hashes), name
    assert "://" not in (ROOT / "requirements.lock").read_text()


def test_every_dependency_we_name_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [named for group in project["optional-dependencies"].values() for named in group]
    named = {_normal(re.split(r"[<>=\[ ]", n)[0]) for n in (*project["dependencies"], *extras)}
    assert named <= set(_pins())


@pytest.mark.parametrize("accepted", read_accepted(ACCEPTED), ids=lambda item: item.package)
def test_an_accepted_finding_is_of_the_pinned_version_explained_and_shown(
    accepted: Accepted,
) -> None:
    assert _pins()[_normal(accepted.package)] == accepted.version, "look at it again"
    assert len(accepted.why.split()) > 20
    file, test = accepted.shown_by.split("::")
    assert f"def {test}(" in (ROOT / file).read_text("utf-8")


OUTPUT = {
    "dependencies": [
        {"name": "fast-mill", "version": "1.0", "vulns": []},
        {
            "name": "old-mill",
            "version": "2.0",
            "vulns": [
                {"id": "XX-1", "aliases": ["CVE-1"], "fix_versions": ["2.1"]},
                {"id": "XX-2", "aliases": [], "fix_versions": []},
            ],
        },
    ]
}
MILL = Accepted(
    package="old-mill", version="2.0", ids=frozenset({"CVE-1"}), why="not used", shown_by="x"
)


def test_a_finding_is_accepted_by_any_of_its_names_and_no_other_one() -> None:
    report = judged(OUTPUT, [MILL])
    assert [finding.why_accepted for finding in report.findings] == ["not used", None]
    assert [finding.id for finding in report.fresh] == ["XX-2"]
    assert report.exit_code == 1


def test_a_finding_in_another_version_is_a_new_one() -> None:
    moved = Accepted(
        package="old-mill", version="1.9", ids=frozenset({"CVE-1", "XX-2"}), why="", shown_by=""
    )
    assert len(judged(OUTPUT, [moved]).fresh) == 2


def test_what_could_not_be_looked_up_is_no_clean_result() -> None:
    skipped = {"dependencies": [{"name": "far-mill", "skip_reason": "not found"}]}
    assert judged(skipped, []).exit_code == 2
    assert judged({"dependencies": []}, []).exit_code == 2
    assert judged({"dependencies": OUTPUT["dependencies"][:1]}, []).exit_code == 0
