"""What a build server reads of runs: JUnit XML, and Markdown for a pull request."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from assistant.evaluation.engines import Engines
from assistant.evaluation.gate import Shortfall
from assistant.evaluation.report.pages import fill
from assistant.evaluation.run import Run
from index.library.durable import replace_file

Outcome = tuple[Run, tuple[Shortfall, ...]]
_MOST_CASES = 20


def write_junit(outcomes: Sequence[Outcome], path: Path, *, is_gated: bool) -> None:
    """Write every case as a test and every engine as a suite, its gate as one test more.

    Where there is a gate it alone decides: a wrong answer is then noted and no failure, as a
    threshold below 100 % allows some.
    """
    root = ElementTree.Element("testsuites")
    for run, missed in outcomes:
        suite = ElementTree.SubElement(root, "testsuite", name=_printable(run.settings.engine))
        failures = cases = 0
        seconds = 0.0
        for record in run.folder.records():
            cases += 1
            seconds += record.cost.seconds
            test = ElementTree.SubElement(
                suite,
                "testcase",
                classname=_printable(record.group.type),
                name=_printable(f"{record.case.id}: {record.case.question}"),
                time=f"{record.cost.seconds:.3f}",
            )
            if record.is_right:
                continue
            reason = _printable(record.failure or "; ".join(record.faults))
            if is_gated:
                ElementTree.SubElement(test, "system-out").text = reason
            else:
                failures += 1
                failure = ElementTree.SubElement(test, "failure", message=reason)
                failure.text = _printable(record.text)
        for shortfall in missed:
            failures += 1
            test = ElementTree.SubElement(
                suite, "testcase", classname="gate", name=shortfall.bound.name
            )
            ElementTree.SubElement(test, "failure", message=str(shortfall))
        suite.attrib |= {
            "tests": str(cases + len(missed)),
            "failures": str(failures),
            "time": f"{seconds:.3f}",
        }
    replace_file(path, ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def write_digest(outcomes: Sequence[Outcome], engines: Engines | None, path: Path) -> None:
    """Write the Markdown summary of a pull request, behind what the file holds already."""
    digest = fill(
        "digest.md.jinja",
        outcomes=[
            (run, missed, [r for r in run.folder.records() if not r.is_right][:_MOST_CASES])
            for run, missed in outcomes
        ],
        engines=engines,
    )
    before = path.read_text("utf-8") if path.is_file() else ""
    replace_file(path, (before + digest).encode())


def _printable(text: str) -> str:
    """Return text without the characters that XML does not know."""
    return "".join(c for c in text if c in "\t\n" or (c.isprintable() and c not in "\ufffe\uffff"))
