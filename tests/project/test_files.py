"""What holds for every tracked file: where it may point, and how long it may be."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

TEXT = {".cff", ".cfg", ".css", ".html", ".ini", ".ipynb", ".js", ".json", ".lock", ".md", ".py"}
TEXT |= {".sh", ".toml", ".txt", ".yml", ""}

# Joined here, so that this file does not hold what it looks for.
HOSTS = ["pypi" + ".org", "python" + "hosted", "npm" + "js", "debian" + ".org", "artifact" + "ory"]
PLACES = ["/" + "root/", "/" + "work/", "/opt/" + "wheels"]


def test_no_file_names_a_machine_or_a_registry(root, tracked):
    # Not inside a longer path: ../work/ is where students work.
    pattern = re.compile("|".join([*HOSTS, *(rf"(?<![\w.*~}}>-]){place}" for place in PLACES)]))
    texts = {path: (root / path).read_text("utf-8") for path in tracked if path.suffix in TEXT}
    found = {str(path): pattern.findall(text) for path, text in texts.items()}
    assert {path: hits for path, hits in found.items() if hits} == {}


@pytest.mark.parametrize("room", ["regcourse", "exercises", "tests", "tools", "benchmarks"])
def test_no_room_has_a_file_over_350_lines(root, tracked, room):
    written = [p for p in tracked if p.parts[0] == room and p.suffix in {".py", ".js", ".css"}]
    lengths = {str(p): len((root / p).read_text("utf-8").splitlines()) for p in written}
    assert {path: length for path, length in lengths.items() if length > 350} == {}


def test_work_and_builds_are_never_tracked(tracked):
    assert {path.parts[0] for path in tracked} & {"work", "build", ".venv", "dist"} == set()


def test_answers_leave_exercises_only_by_their_own_file(tracked):
    # A solved notebook belongs to build/: one that is committed would be handed out.
    notebooks = [p for p in tracked if p.parts[0] == "exercises" and p.suffix == ".ipynb"]
    assert [p for p in notebooks if p.stem != p.parent.name] == []


def test_what_is_made_is_marked_for_git_and_nothing_else(root, tracked, tmp_path):
    # Attributes are a repository's, and an unpacked archive is none.
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    shutil.copy(root / ".gitattributes", tmp_path)
    said = subprocess.run(
        ["git", "check-attr", "-z", "--stdin", "linguist-generated"],
        cwd=tmp_path,
        input="\0".join(map(str, tracked)),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    marked = {
        Path(name) for name, value in zip(said[::3], said[2::3], strict=False) if value == "set"
    }
    made = {p for p in tracked if re.search(r"\.(ipynb|checks\.json|lock)$", p.name)}
    assert marked == made | {Path("environment.yml"), Path("docs/lesson.png")}
