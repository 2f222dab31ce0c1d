"""What people read of a run."""

from assistant.evaluation.folder import RunFolder, RunSettings
from assistant.evaluation.summary import Summary


def write_report(folder: RunFolder, settings: RunSettings, summary: Summary) -> None:
    """Write."""
