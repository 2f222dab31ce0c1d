"""Known weaknesses of the packages we pin: what pip-audit reports, less what was accepted.

    python -m tests.support.audit --pip-audit PROGRAM [--constraints FILE] [--accepted FILE]

`make audit` runs this with a pip-audit of its own. Accepted findings stand with their reasons in
`docs/accepted-findings.toml`. Ends with 0 where every package was looked up and nothing new was
found, 1 where something was, 2 where packages could not be looked up: then nobody knows. The
last line is one JSON object.
"""

import argparse
import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
_SECONDS = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A finding we live with, in one version of a package; `ids` are its names."""

    package: str
    version: str
    ids: frozenset[str]
    why: str
    shown_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A weakness that was reported for a pinned package, and why it was accepted, if it was."""

    package: str
    version: str
    id: str
    fixed_in: tuple[str, ...]
    why_accepted: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found, and the packages that could not be looked up, with the reason."""

    findings: tuple[Finding, ...]
    unknown: tuple[str, ...]
    packages: int

    @property
    def fresh(self) -> tuple[Finding, ...]:
        """The findings that nobody accepted."""
        return tuple(finding for finding in self.findings if finding.why_accepted is None)

    @property
    def exit_code(self) -> int:
        """1 for a new finding, else 2 where a package is unknown, else 0."""
        if self.fresh:
            return 1
        return 2 if self.unknown or not self.packages else 0


def read_accepted(file: Path) -> tuple[Accepted, ...]:
    """Return the accepted findings of a file."""
    entries = tomllib.loads(file.read_text("utf-8"))["finding"]
    return tuple(
        Accepted(
            package=entry["package"],
            version=entry["version"],
            ids=frozenset(entry["ids"]),
            why=entry["why"].strip(),
            shown_by=entry["shown_by"],
        )
        for entry in entries
    )


def judged(output: Mapping[str, Any], accepted: Sequence[Accepted]) -> Report:
    """Return what the output of pip-audit says.

    subtle: a package that could not be looked up is reported as skipped, and pip-audit itself
    ends well then, even with "no known vulnerabilities found".
    """
    findings, unknown = [], []
    for entry in output["dependencies"]:
        if "skip_reason" in entry:
            unknown.append(f"{entry['name']}: {entry['skip_reason']}")
            continue
        for found in entry["vulns"]:
            names = {found["id"], *found.get("aliases", ())}
            findings.append(
                Finding(
                    package=entry["name"],
                    version=entry["version"],
                    id=found["id"],
                    fixed_in=tuple(found.get("fix_versions", ())),
                    why_accepted=next(
                        (
                            item.why
                            for item in accepted
                            if (item.package, item.version) == (entry["name"], entry["version"])
                            and names & item.ids
                        ),
                        None,
                    ),
                )
            )
    return Report(
        findings=tuple(findings), unknown=tuple(unknown), packages=len(output["dependencies"])
    )


def main() -> None:
    """Audit the pinned packages, say what was found, and end accordingly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pip-audit", type=Path, required=True, help="the program")
    parser.add_argument("--constraints", type=Path, default=ROOT / "constraints.txt")
    parser.add_argument("--accepted", type=Path, default=ROOT / "docs" / "accepted-findings.toml")
    options = parser.parse_args()
    command = [str(options.pip_audit), "--requirement", str(options.constraints), "--no-deps"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
        output = json.loads(done.stdout.strip().splitlines()[-1])
    except (OSError, subprocess.TimeoutExpired, ValueError, IndexError) as error:
        sys.stderr.write(f"not audited: pip-audit gave no report ({error})\n")
        print(json.dumps({"packages": 0, "audited": 0}))
        sys.exit(2)
    report = judged(output, read_accepted(options.accepted))
    _tell(report)
    sys.exit(report.exit_code)


def _tell(report: Report) -> None:
    for finding in report.findings:
        mended = f", mended in {', '.join(finding.fixed_in)}" if finding.fixed_in else ""
        print(f"{finding.package} {finding.version}: {finding.id}{mended}")
        print(f"   accepted: {finding.why_accepted or 'no'}")
    if report.unknown:
        print(
            f"NOT AUDITED: the data of {len(report.unknown)} of {report.packages} packages cannot"
            f" be reached from here, such as {report.unknown[0]}"
        )
    print(
        json.dumps(
            {
                "packages": report.packages,
                "audited": report.packages - len(report.unknown),
                "findings": len(report.findings),
                "accepted": len(report.findings) - len(report.fresh),
            }
        )
    )


if __name__ == "__main__":
    main()
