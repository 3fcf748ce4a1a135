"""What `make lab` hands out, and what it never touches."""

import os
import shutil

import jupyterlab.labapp
import nbformat
import pytest
from jupyter_core.paths import jupyter_config_path
from jupyter_server.services.config.manager import ConfigManager
from nbformat.sign import NotebookNotary

from regcourse.errors import InvalidInput
from regcourse.lab import workspace


@pytest.fixture
def course(tmp_path):
    """A small course: one lesson, one exercise with data, and what students never see."""
    root = tmp_path / "course"
    for name, text in {
        "notebooks/01_norms.ipynb": "lesson",
        "notebooks/text/01_norms.py": "source",
        "exercises/03_ridge/03_ridge.ipynb": "exercise",
        "exercises/03_ridge/03_ridge.checks.json": "{}",
        "exercises/03_ridge/questions.py": "answers",
        "exercises/03_ridge/text.py": "prose",
        "exercises/03_ridge/data/patients.csv": "1,2",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.fixture
def private(tmp_path, monkeypatch):
    """A folder in which Jupyter keeps what it knows, so that a test asks nobody to trust it."""
    for place in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "HOME"):
        monkeypatch.setenv(place, str(tmp_path))
    return tmp_path


def files_in(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_a_student_gets_notebooks_check_data_and_data_and_no_answers(course, tmp_path):
    work = tmp_path / "work"
    copied = workspace.prepare(course, work)
    assert files_in(work) == [
        "exercises/03_ridge/03_ridge.checks.json",
        "exercises/03_ridge/03_ridge.ipynb",
        "exercises/03_ridge/data/patients.csv",
        "notebooks/01_norms.ipynb",
    ]
    assert sorted(str(path.relative_to(work)) for path in copied) == files_in(work)


def test_a_students_work_is_never_overwritten_and_the_rest_is_completed(course, tmp_path):
    work = tmp_path / "work"
    workspace.prepare(course, work)
    (work / "exercises/03_ridge/03_ridge.ipynb").write_text("my answer")
    (work / "notebooks/01_norms.ipynb").unlink()
    assert workspace.prepare(course, work) == [work / "notebooks/01_norms.ipynb"]
    assert (work / "exercises/03_ridge/03_ridge.ipynb").read_text() == "my answer"


def test_a_copy_that_breaks_off_leaves_no_half_notebook(course, tmp_path, monkeypatch):
    def breaks_off(source, target):
        target.write_text("half")
        raise OSError("No space left on device")

    monkeypatch.setattr(shutil, "copyfile", breaks_off)
    with pytest.raises(OSError, match="No space left"):
        workspace.prepare(course, tmp_path / "work")
    assert [name for name in files_in(tmp_path / "work") if not name.endswith(".half")] == []


def test_a_folder_without_lessons_is_refused_by_name(tmp_path):
    with pytest.raises(InvalidInput, match=r"source must hold notebooks/\*\.ipynb, got .*empty"):
        workspace.prepare(tmp_path / "empty", tmp_path / "work")


@pytest.mark.parametrize(
    ("user", "allowed"), [(0, ["--allow-root"]), (1000, [])], ids=["as root", "as anybody else"]
)
def test_jupyterlab_opens_in_work_and_gets_every_option(course, monkeypatch, user, allowed):
    started = []
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    monkeypatch.setattr(workspace, "trust", lambda files: None)
    monkeypatch.setattr(workspace, "COURSE", course)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(jupyterlab.labapp.LabApp, "launch_instance", started.append)
    assert workspace.open_lab(["--no-browser", "--port", "8899"]) == 0
    root = f"--ServerApp.root_dir={course / 'work'}"
    assert started == [[root, *allowed, "--no-browser", "--port", "8899"]]


def test_a_copy_is_trusted_so_that_its_stored_pictures_show_and_a_changed_one_is_not(private):
    lesson = private / "lesson.ipynb"
    picture = nbformat.v4.new_output("display_data", {"text/html": "<svg></svg>"})
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=[picture])])
    nbformat.write(notebook, lesson)
    workspace.trust([lesson, private / "patients.csv"])
    notary = NotebookNotary()
    assert notary.check_signature(nbformat.read(lesson, as_version=4))
    notebook.cells[0].outputs[0].data["text/html"] = "<script></script>"
    assert not notary.check_signature(notebook)
    notary.store.close()


@pytest.mark.parametrize("named", ["", "mine"], ids=["no folder named", "a folder named"])
def test_jupyterlab_asks_about_no_news_and_keeps_the_users_own_folder(private, monkeypatch, named):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", named)
    monkeypatch.setattr(workspace, "prepare", lambda source, target: [])
    monkeypatch.setattr(jupyterlab.labapp.LabApp, "launch_instance", lambda arguments: None)
    workspace.open_lab([])
    settings = ConfigManager(config_dir_name="labconfig").get("default_setting_overrides")
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert jupyter_config_path()[0] == (named or str(workspace.SETTINGS))
