import json

import nbformat
import pytest
from jsonschema import Draft202012Validator
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

from regcourse.authoring.exercises import notebook_of
from regcourse.authoring.leaks import refuse_leaks
from regcourse.authoring.release import release, release_files
from regcourse.checks import load_exercise
from regcourse.checks.notebook import layout_of, solved
from regcourse.errors import LeakFound


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


def test_the_gate_reads_outputs_too(thin):
    exercise = load_exercise(thin)
    notebook = notebook_of(exercise, layout_of(exercise))
    printed = "w = np.linalg.solve(Xc.T @ Xc +\n n * lam * np.eye(p), Xc.T @ yc)"
    notebook.cells[-1].outputs = [nbformat.v4.new_output("stream", text=printed)]
    with pytest.raises(LeakFound, match="a line of the reference of ridge_fit"):
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
