"""Articles made up as data, opened as a user opens a file."""

import json
from pathlib import Path

from assistant import Assistant


def opened(folder: Path, article: object) -> Assistant:
    """Return an assistant over an article that is written to a folder; its library lies there."""
    file = folder / "article.json"
    file.write_text(json.dumps(article), "utf-8")
    return Assistant.open(file, llm=None, home=folder / "library")
