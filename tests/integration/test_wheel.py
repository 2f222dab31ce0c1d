"""The wheel holds all that an answer needs: prompts, phrases, lexicons, weights, samples."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with our built wheel; only the dependencies are shared with this one."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    keep_out = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "tests")
    shutil.copytree(ROOT, source, ignore=keep_out)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(source)], check=True, capture_output=True)
    venv.create(folder / "env", with_pip=False)
    site = next((folder / "env").glob("lib/python*/site-packages"))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    wheel = next(folder.glob("*.whl"))
    subprocess.run([*install, "--target", str(site), str(wheel)], check=True, capture_output=True)
    # A path in a .pth file does not bring the .pth files of that path: ours stay out.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "env"


def _run(environment: Path, *arguments: str, home: Path) -> str:
    done = subprocess.run(
        [str(environment / "bin" / "python"), *arguments],
        cwd=environment,
        env={"PATH": os.environ["PATH"], "ASSISTANT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_an_installed_wheel_answers_a_question_on_the_sample(environment: Path, home: Path) -> None:
    where = "import index, samples; print(index.__file__, samples.__path__[0])"
    index_file, samples = _run(environment, "-c", where, home=home).split()
    assert index_file.startswith(str(environment))
    page = "from page.routes import FOLDER, STATIC, TABS; "
    page += "assert all((FOLDER / 'static' / name).is_file() for name in STATIC); "
    page += "import app; from assistant.locale.page import words_of; words_of('fr'); "
    page += "from page.rendering import render; render('trouble.html', message='')"
    _run(environment, "-c", page, home=home)
    sample = f"{samples}/port-de-valmer.fr.txt"
    question = "Combien y a-t-il de commentaires ?"
    printed = _run(environment, "-m", "assistant", "ask", sample, question, "--json", home=home)
    assert json.loads(printed)["status"] == "answered"
