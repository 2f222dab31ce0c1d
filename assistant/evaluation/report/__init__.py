"""What people read of a run: one HTML file that needs nothing else, and one in Markdown."""

from assistant.evaluation.folder import RunFolder, RunSettings
from assistant.evaluation.report.pages import fill
from assistant.evaluation.report.view import report_view
from assistant.evaluation.summary import Summary


def write_report(folder: RunFolder, settings: RunSettings, summary: Summary) -> None:
    """Write `report.html` and `report.md` into the folder of a finished run."""
    view = report_view(folder, settings, summary)
    folder.write("report.html", fill("report.html.jinja", view=view).encode())
    folder.write("report.md", fill("report.md.jinja", view=view).encode())
