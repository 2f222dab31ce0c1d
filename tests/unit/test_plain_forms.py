"""The plainest questions, in every language, about people whom the sample pages name."""

from pathlib import Path

import pytest

from assistant import Assistant
from tests.conftest import SAMPLES

SAID_WHAT = (
    "What did {} say?",
    "what does {} say",
    "Qu'a dit {} ?",
    "Que dit {} ?",
    "Was hat {} gesagt?",
    "Was sagt {}?",
    "Che cosa ha detto {}?",
    "Cosa dice {}?",
    "¿Qué dijo {}?",
    "¿Qué dice {}?",
    "O que disse {}?",
    "Что сказал {}?",
    "{} ne dedi?",
)
"""Ways to ask what somebody said; whatever the name is, none asks for anything else."""


@pytest.mark.parametrize("file", [*SAMPLES.glob("*.??.*")], ids=lambda file: file.stem)
def test_what_somebody_said_is_told_in_their_own_words(file: Path) -> None:
    page = Assistant.open(file, llm=None)
    said = [s for s in page.statements() if s.source == "article" and s.speaker is not None]
    names = {s.speaker.name for s in said if s.speaker and s.speaker.name.istitle()}
    for name in sorted(names)[:4]:
        for form in SAID_WHAT:
            answer = page.ask(form.format(name))
            told = {citation.speaker for citation in answer.citations}
            assert answer.status == "answered", form.format(name)
            assert name in told, form.format(name)
