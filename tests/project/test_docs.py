"""The documentation is run: the exercise that it writes is built, released and graded."""

import contextlib
import csv
import re
import shlex
import subprocess

import nbformat
import pytest
from click.testing import CliRunner

from regcourse.authoring.exercises import notebook_of
from regcourse.cli import main
from regcourse.grading.intake.found import find_submissions
from regcourse.grading.sandbox import available
from regcourse.questions import layout_of, load_exercise, solved


def run(block, folder):
    """Run each line of a shell block that starts our command, and return what they print."""
    said = ""
    for line in block.strip().splitlines():
        program, *arguments = shlex.split(line)
        assert program == "regcourse"
        # In this process, which has the libraries already; the README's lines get their own.
        with contextlib.chdir(folder):
            done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        said += done.stdout
    return said


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def desk(root, blocks, tmp_path_factory, ensure):
    """An instructor's desk on which both pages were followed, up to the marks from a person."""
    ensure(available("bubblewrap"))
    desk = tmp_path_factory.mktemp("desk")
    folder = desk / "90_shrinkage"
    folder.mkdir()
    written = blocks(root / "docs" / "exercises.md")
    for name in ("questions.py", "text.py"):
        parts = [text for info, text in written if info == f"python {name}"]
        (folder / name).write_text("\n\n".join(parts), encoding="utf-8")
    for block in [text for info, text in written if info == "sh"]:
        run(block, desk)

    exercise = load_exercise(folder)
    layout = layout_of(exercise)
    for student, cells in {"ada": solved(exercise, layout), "bob": layout}.items():
        path = desk / "submitted" / student / "90_shrinkage.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook_of(exercise, cells), path)
    steps = [text for info, text in blocks(root / "docs" / "grading.md") if info == "sh"]
    for block in steps[:-1]:
        run(block, desk)
    return desk, steps[-1]


def test_what_the_page_on_exercises_writes_is_released(desk):
    folder, _ = desk
    handed_out = sorted(path.name for path in (folder / "handed-out" / "90_shrinkage").iterdir())
    assert handed_out == ["90_shrinkage.checks.json", "90_shrinkage.ipynb"]


def test_its_right_answers_get_full_marks_and_a_blank_none(desk):
    folder, _ = desk
    marks = rows(folder / "graded" / "grades.csv")
    # 13 points, 2 of them for the written answer that waits for a person.
    assert (float(marks["ada"]["score"]), marks["ada"]["waiting"]) == (11.0, "why_shrink")
    assert float(marks["bob"]["score"]) == 0.0
    assert marks["bob"]["shrunken_mean:status"] == "not attempted"


def test_every_file_that_the_page_on_grading_lists_is_there(root, desk):
    folder, _ = desk
    page = (root / "docs" / "grading.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([\w./]+)` \| .+ \|$", page, re.MULTILINE)
    there = [name for name in listed if "." in name]
    assert there == [
        "grades.csv",
        "feedback/ada.html",
        "feedback/index.csv",
        "class.html",
        "waiting.csv",
        "gradebook.sqlite",
        "secret.key",
    ]
    assert [name for name in there if not (folder / "graded" / name).is_file()] == []


def test_a_persons_mark_completes_a_total(desk):
    folder, block = desk
    waiting = folder / "graded" / "waiting.csv"
    row = rows(waiting)["ada"] | {"points": "1.5", "comment": "And the variance?"}
    with waiting.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(row))
        table.writeheader()
        table.writerow(row)
    assert run(block, folder).startswith("1 mark entered")
    marks = rows(folder / "graded" / "grades.csv")["ada"]
    assert (float(marks["score"]), marks["waiting"]) == (12.5, "")


DOWNLOADS = {
    "moodle": (
        {
            "Ada Lovelace_4711_assignsubmission_file_/90_shrinkage.ipynb": "1",
            "Zoë O'Neil_9_assignsubmission_file/90_shrinkage (1).ipynb": "2",
            "Zoë O'Neil_12_assignsubmission_file/90_shrinkage.ipynb": "another of the same name",
            "Bob_5_assignsubmission_onlinetext_/onlinetext.html": "nothing to grade",
        },
        ["Ada Lovelace", "Zoë O'Neil"],
    ),
    "canvas": (
        {
            "lovelaceada_4711_815_90_shrinkage.ipynb": "1",
            "oneilzo_LATE_12_816_90_shrinkage-1.ipynb": "2",
            "oneilzo_LATE_12_817_90_shrinkage-2.ipynb": "another of the same student",
        },
        ["lovelaceada", "oneilzo"],
    ),
}


@pytest.mark.parametrize("source", DOWNLOADS)
def test_a_download_becomes_a_folder_for_each_student(root, blocks, tmp_path, source):
    files, students = DOWNLOADS[source]
    for name, text in files.items():
        path = tmp_path / "download" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (recipe,) = [text for info, text in blocks(root / "docs" / "grading.md") if source in info]
    done = subprocess.run(
        ["bash", "-c", recipe], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "File exists" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    found = find_submissions(tmp_path / "submitted", "90_shrinkage")
    assert [one.student for one in found] == students
    kept = [one.path.read_text(encoding="utf-8") for one in found]
    assert kept[0] == "1"
    assert len(kept) == len([text for text in files.values() if len(text) == 1])


def test_every_link_between_pages_leads_somewhere(root, tracked):
    pages = [path for path in tracked if path.suffix == ".md"]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", (root / page).read_text("utf-8"))
    ]
    assert [(str(p), link) for p, link in links if not (root / p.parent / link).exists()] == []
