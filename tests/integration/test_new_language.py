"""A new language is new files: the product as it is, with one language more beside the others."""

import os
import subprocess
import sys
from pathlib import Path

import assistant.locale
from index.language import lexicon

ROOT = Path(lexicon.__file__).parents[3]

# An invented language, so that nothing of it can be known already.
LEXICON = """
[words]
stop = ["vu", "ko", "sel", "mir", "tan", "hul"]
common = ["zalik", "morvo"]
[reading]
months = [
    ["a1"], ["a2"], ["a3"], ["a4"], ["a5"], ["a6"], ["a7"], ["a8"], ["a9"],
    ["b1"], ["b2"], ["b3"],
]
[negation]
adverbs = ["nix"]
[disputes]
deny_verbs = ["nixal"]
[disputes.stance]
denies = ["morkatu"]
[statements]
complementizers = ["ko"]
[statements.verbs]
clause = ["zalik"]
[statements.irregular]
zalik = { finite = ["zalik"] }
"""
LOCALE = """
[asks]
who_said = ["vu ... zalik"]
[frames]
who_said = "Mir hul {speaker}:"
perhaps_meant = "Mir hul perhul:"
"""
ARTICLE = """Sel mir brankovo

2

Vu sel mir tan hul brankovo, vu tan ko sel hul mir perdiko.

Mira Tolvan zalik ko sel brankovo tan perdiko hul mir.
    2 comments
    1. Jonko
       +3
       5 March 2024 08:12
       sel brankovo tan perdiko hul mir

       Morkatu, sel brankovo vu hul nix.
    2. Belka
       +1
       5 March 2024 09:12
       Vu sel tan hul mir.
"""


def _beside(folder: Path, real: Path, *, own: str) -> None:
    """Make a folder like another one out of links, but for one entry."""
    folder.mkdir()
    for entry in real.iterdir():
        if entry.name not in (own, "__pycache__"):
            (folder / entry.name).symlink_to(entry)


def test_a_language_of_two_new_files_is_spoken(tmp_path: Path) -> None:
    code = tmp_path / "code"
    _beside(code, ROOT, own="index")
    (code / "assistant").unlink()
    _beside(code / "index", ROOT / "index", own="language")
    _beside(code / "index/language", ROOT / "index/language", own="lexicon")
    _beside(code / "index/language/lexicon", Path(lexicon.__file__).parent, own="xx.toml")
    _beside(code / "assistant", ROOT / "assistant", own="locale")
    _beside(code / "assistant/locale", Path(assistant.locale.__file__).parent, own="xx.toml")
    (code / "index/language/lexicon/xx.toml").write_text(LEXICON, "utf-8")
    (code / "assistant/locale/xx.toml").write_text(LOCALE, "utf-8")
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, "utf-8")

    def run(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "assistant", *arguments],
            cwd=code,
            env={**os.environ, "PYTHONPATH": str(code), "ASSISTANT_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    answer = run("ask", str(article), "Vu zalik ko sel brankovo tan perdiko?")
    # A reader repeats her words, so that whose are meant is not sure; that is said in the language.
    assert "Mir hul perhul:" in answer
    assert "Mira Tolvan:" in answer
    assert "denies, Jonko" in run("disputes", str(article))
