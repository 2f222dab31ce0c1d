"""The verbs with which a question asks for words: they name no topic."""

from functools import cache

from index.language.report_words import load
from index.language.words import fold


@cache
def reporting_words(language: str) -> frozenset[str]:
    """Return the folded forms of the verbs that report what somebody says, and mean little else."""
    return frozenset(
        fold(written)
        for written, forms in load(language).verbs.items()
        if any("clause" in form.frames and "weak" not in form.frames for form in forms)
    )
