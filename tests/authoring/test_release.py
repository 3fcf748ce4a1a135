import json

import nbformat
import pytest
from jsonschema import Draft202012Validator

from regcourse.authoring.exercises import notebook_of
from regcourse.authoring.leaks import refuse_leaks
from regcourse.authoring.release import release, release_files
from regcourse.errors import LeakFound
from regcourse.questions import layout_of, load_exercise, solved


def test_a_release_is_a_notebook_and_its_check_data(thin, tmp_path):
    paths = release(thin, tmp_path / "out")
    assert [path.name for path in paths] == ["90_thin.ipynb", "90_thin.checks.json"]
    assert {path.name for path in (tmp_path / "out" / "90_thin").iterdir()} == {
        path.name for path in paths
    }


def test_data_that_cannot_be_written_are_named_in_one_line(thin, tmp_path):
    (thin / "data" / "deep").mkdir(parents=True)
    (thin / "data" / "deep" / "rows.csv").write_text("1\n", encoding="utf-8")
    place = tmp_path / "out" / "90_thin" / "data" / "deep" / "rows.csv"
    release(thin, tmp_path / "out")
    assert place.read_text(encoding="utf-8") == "1\n"
    place.unlink()
    place.mkdir()
    with pytest.raises(IsADirectoryError) as caught:
        release(thin, tmp_path / "out")
    assert caught.value.filename == str(place)


def test_a_second_release_is_byte_for_byte_the_same(thin):
    assert release_files(load_exercise(thin)) == release_files(load_exercise(thin))


def test_check_data_obey_their_schema(thin, request):
    schema = request.config.rootpath / "docs" / "checks.schema.json"
    data = json.loads(release_files(load_exercise(thin))["90_thin.checks.json"])
    Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(data)


def test_check_data_hold_no_hidden_group_and_no_points(thin):
    text = release_files(load_exercise(thin))["90_thin.checks.json"]
    assert "far from the origin" not in text
    assert "points" not in text


def test_nbgrader_finds_its_own_metadata_valid(thin):
    # Half a second, which no other test has to wait for.
    from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

    notebook = notebook_of(load_exercise(thin), layout_of(load_exercise(thin)))
    MetadataValidatorV3().validate_nb(notebook)


def test_only_answers_carry_points_and_a_person_grades_them(thin):
    exercise = load_exercise(thin)
    cells = notebook_of(exercise, layout_of(exercise)).cells
    graded = [c.metadata.nbgrader for c in cells if c.metadata.get("nbgrader", {}).get("grade")]
    assert sum(meta.points for meta in graded) == exercise.points
    assert all(meta.solution for meta in graded)


@pytest.mark.parametrize(
    "question", ["ridge_fit", "mean_y", "draw_trace", "why"], ids=lambda name: name
)
def test_the_gate_stops_a_solution_in_any_cell(thin, question):
    exercise = load_exercise(thin)
    layout = solved(exercise, layout_of(exercise))
    kept = tuple(
        cell for cell in layout.cells if cell.role != "answer" or cell.question == question
    )
    leaky = notebook_of(exercise, type(layout)(layout.exercise, kept, layout.kinds))
    with pytest.raises(LeakFound, match=f"would release a line of .* {question}"):
        refuse_leaks(exercise, {"90_thin.ipynb": nbformat.writes(leaky)})


PRINTED = {
    "the reference": (
        "w = np.linalg.solve(Xc.T @ Xc +\n n * lam * np.eye(p), Xc.T @ yc)",
        "the reference of ridge_fit",
    ),
    "another right way": (
        "A = np.vstack([Xc, np.sqrt(n * lam) * np.eye(p)])",
        "another right way of ridge_fit",
    ),
    "a mistake": (
        "v = np.linalg.solve(A.T @ A + n * lam * np.eye(p + 1), A.T @ y)",
        "the mistake penalises_the_intercept of ridge_fit",
    ),
    "a value's reference": ("return y.mean()", "the reference of mean_y"),
    "hidden cases": ("return [one(11, 0.3), one(18, 2.0)]", "hidden cases of ridge_fit"),
    "a reply": ("Yes, the second.", "the reply to 'b' of pick"),
    "the sample": (
        "Because the intercept absorbs the means of the columns.",
        "the sample answer of why",
    ),
    "the scheme": ("Note: b absorbs the means!", "the marking scheme of why"),
}


@pytest.mark.parametrize(("printed", "says"), PRINTED.values(), ids=PRINTED)
def test_the_gate_stops_every_secret_in_what_a_cell_has_printed(thin, printed, says):
    exercise = load_exercise(thin)
    notebook = notebook_of(exercise, layout_of(exercise))
    notebook.cells[-1].outputs = [nbformat.v4.new_output("stream", text=printed)]
    with pytest.raises(LeakFound, match=f"would release a line of {says}: "):
        refuse_leaks(exercise, {"90_thin.ipynb": nbformat.writes(notebook)})


def test_code_among_the_data_files_is_not_released(thin, tmp_path):
    (thin / "data").mkdir()
    (thin / "data" / "solution.py").write_text("w = 1\n")
    with pytest.raises(LeakFound, match=r"data/solution\.py is code"):
        release(thin, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_data_files_go_with_the_release(thin, tmp_path):
    (thin / "data").mkdir()
    (thin / "data" / "table.csv").write_text("a,b\n1,2\n")
    release(thin, tmp_path / "out")
    assert (tmp_path / "out" / "90_thin" / "data" / "table.csv").read_text() == "a,b\n1,2\n"


PROSE = "# # A thin exercise\n"
LINE = "w = np.linalg.solve(Xc.T @ Xc + n * lam * np.eye(p), Xc.T @ yc)"
SAMPLE = "Because the intercept absorbs the means of the columns."
TOLD = {
    "a line of the reference": (
        f"# # Thin\n#\n# `{LINE}`\n",
        "a line of the reference of ridge_fit",
    ),
    "what a reference returns": (
        "# # Thin\n#\n# Take b = y.mean() - X.mean(axis=0) @ w, w and go on.\n",
        "a line of the reference of ridge_fit",
    ),
    "another right way": (
        "# # Thin\n#\n# Try A = np.vstack([Xc, np.sqrt(n * lam) * np.eye(p)]).\n",
        "a line of another right way of ridge_fit",
    ),
    "the sample": (f"# # Thin\n#\n# {SAMPLE}\n", "a line of the sample answer of why"),
    "the scheme": ("# # Thin\n#\n# Note: b absorbs the means.\n", "a line of the marking scheme"),
    "a cell of code": (f"# # Thin\n\n# %%\ndef f(Xc, yc, n, lam, p):\n    {LINE}\n", "ridge_fit"),
    "a comment of the setup": (f'# # Thin\n\n# %% role="setup"\n# {LINE}\n', "ridge_fit"),
}


@pytest.mark.parametrize(("prose", "says"), TOLD.values(), ids=TOLD.keys())
def test_an_answer_is_stopped_in_the_authors_own_text(edited, prose, says):
    old = PROSE if "setup" not in prose else f'{PROSE}\n# %% role="setup"\n'
    folder = edited(old, prose, "text.py")
    words = rf"^90_thin\.ipynb would release .*{says}.*, which stands in text\.py: "
    with pytest.raises(LeakFound, match=words):
        release_files(load_exercise(folder))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("What is n doing in the objective?", f"Not {LINE}?", "the reference of ridge_fit: "),
        ('"Which?"', f'"Is it so? {SAMPLE}"', "the sample answer of why: "),
    ],
    ids=["hint", "question"],
)
def test_an_answer_is_stopped_in_a_hint_and_in_a_question(edited, old, new, says):
    with pytest.raises(LeakFound, match=f"would release a line of {says}"):
        release_files(load_exercise(edited(old, new)))


SIGNED = 'STUDENT = "your-id"\n'
TASK = "‖w‖² / 2 and return (b, w)."
SHARED = {
    "short": (PROSE, f"{PROSE}#\n# One says more.\n", "text.py"),
    "a loop": (PROSE, f"{PROSE}#\n# Use `for _ in range(200):` at most.\n", "text.py"),
    "the setup's code": (
        SIGNED,
        f"{SIGNED}A = np.ones((3, 2))\nXc, yc = A - A.mean(axis=0), 1\n",
        "text.py",
    ),
    "a task": (TASK, f"{TASK}\n\n    Here {LINE}.", "questions.py"),
    "the question": (
        '"Why centre?"',
        '"Why centre? Say also how b absorbs the means."',
        "questions.py",
    ),
}


@pytest.mark.parametrize(("old", "new", "file"), SHARED.values(), ids=SHARED)
def test_what_is_short_or_shared_on_purpose_is_no_leak(edited, old, new, file):
    assert release_files(load_exercise(edited(old, new, file)))


def test_an_answer_that_is_all_in_the_setup_cell_is_stopped(edited):
    folder = edited(
        'STUDENT = "your-id"\n',
        'STUDENT = "your-id"\n\ndef mean(y):\n    return np.sum(y) / len(y)\n',
        "text.py",
    )
    release_files(load_exercise(folder))
    edited("    return y.mean()\n\n\nex.choice", "    return np.sum(y) / len(y)\n\n\nex.choice")
    with pytest.raises(LeakFound, match=r"setup and data cells would release all of .* mean_y"):
        release_files(load_exercise(folder))
