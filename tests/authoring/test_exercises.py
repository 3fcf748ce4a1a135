import contextlib
import io

import nbformat
import pytest

from regcourse.authoring import exercises
from regcourse.authoring.exercises import build_exercise, run_through
from regcourse.errors import ExerciseError
from regcourse.questions import load_exercise


@pytest.fixture(scope="module")
def built(tmp_path_factory, request):
    """The thin exercise, built once: its folder, the folder of solutions, and what was written."""
    folder = tmp_path_factory.mktemp("exercises") / "90_thin"
    source = request.config.rootpath / "tests" / "exercises" / "thin" / "90_thin"
    folder.mkdir()
    for name in ("questions.py", "text.py"):
        (folder / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    build = folder.parent / "build"
    return folder, build, build_exercise(folder, build)


def outputs(path):
    cells = nbformat.read(path, as_version=4).cells
    return {c.id: c.outputs[0].data["text/plain"] for c in cells if c.get("outputs")}


def test_the_stub_says_not_attempted_everywhere(built):
    folder, _, written = built
    assert all(written.values())
    shown = outputs(folder / "90_thin.ipynb")
    assert shown["check-ridge_fit"] == "○ ridge_fit: not attempted yet"
    assert shown["code-1"].startswith("A thin exercise: 0 of 5 right so far")


def test_the_solution_passes_every_check(built):
    _, build, _ = built
    shown = outputs(build / "90_thin" / "90_thin.ipynb")
    assert shown["check-ridge_fit"].startswith("✓ ridge_fit: right so far")
    assert shown["code-1"].startswith("A thin exercise: 3 of 5 right so far, 2 left to the grader")


@pytest.fixture(scope="module")
def again(built):
    """What a second build by command says, and the files before and after it.

    Meanwhile the check data are as if the last bit of a number had come out otherwise elsewhere.
    """
    folder, build, _ = built
    for checks in (folder / "90_thin.checks.json", build / "90_thin" / "90_thin.checks.json"):
        text = checks.read_text(encoding="utf-8")
        assert "0.31622776601683794" in text
        checks.write_text(text.replace("0.31622776601683794", "0.31622776601683789"), "utf-8")

    def files():
        found = (path for place in (folder, build) for path in place.rglob("*") if path.is_file())
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in found}

    before = files()
    # The solutions go to build/ where one is.
    with contextlib.chdir(folder.parent), contextlib.redirect_stdout(io.StringIO()) as said:
        assert exercises.main([str(folder.parent)]) == 0
    return said.getvalue(), before, files()


def test_a_second_build_touches_nothing_and_keeps_check_data_from_another_machine(again):
    _, before, after = again
    assert {path.suffix for path in before} == {".json", ".ipynb", ".py"}
    assert after == before


def test_main_builds_every_exercise_of_a_folder_and_says_what_changed(again):
    assert again[0] == (
        "90_thin: 90_thin.checks.json unchanged\n"
        "90_thin: 90_thin.ipynb unchanged\n"
        "90_thin: solution unchanged\n"
    )


def test_check_data_that_grow_too_large_are_refused(edited):
    folder = edited(
        "np.geomspace(0.1, 10, 5), rng.normal(size=(5, 3))", "np.ones(9**5), np.ones(9**5)"
    )
    with pytest.raises(ExerciseError, match="at most 300000 are allowed"):
        build_exercise(folder)


def test_main_says_in_one_line_what_is_wrong(edited, monkeypatch, capsys):
    folder = edited('# %% question="why"', "", file="text.py")
    monkeypatch.chdir(folder.parent)
    assert exercises.main([str(folder.parent)]) == 2
    assert capsys.readouterr().err == "text.py asks why 0 times; it must be once\n"


def test_a_sound_exercise_runs_from_top_to_bottom(thin):
    steps = []
    assert run_through(load_exercise(thin), lambda *step: steps.append(step)) == []
    assert steps == [
        (0, 2, "the notebook, from top to bottom"),
        (1, 2, "the solution, from top to bottom"),
    ]


def test_a_cell_of_the_text_that_fails_is_named_for_both_builds(edited):
    folder = edited("import check, check_all, progress, rng_of", "import check", file="text.py")
    said = run_through(load_exercise(folder))
    assert [words.split(",")[0] for words in said] == ["the notebook", "the solution"]
    assert all("NameError: name 'rng_of' is not defined" in words for words in said)
