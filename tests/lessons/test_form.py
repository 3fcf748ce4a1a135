"""What every lesson promises its reader, and what makes strict nbval mean something."""

import ast
import re
from pathlib import Path

from regcourse.authoring import execution, lessons

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def test_every_text_has_its_notebook_and_every_notebook_its_text():
    texts = {path.stem for path in (NOTEBOOKS / "text").glob("*.py")}
    assert texts == {path.stem for path in NOTEBOOKS.glob("*.ipynb")}
    assert {"01_norms", "03_ridge"} <= texts


# nbval passes a cell that was never executed without a word, so these come first.


def test_the_notebook_holds_the_cells_of_its_text(lesson):
    written = lessons._cells_of(lesson.text).cells
    assert [(c.id, c.source) for c in lesson.cells] == [(c.id, c.source) for c in written]


def test_every_cell_was_executed_in_order(lesson):
    assert [c.execution_count for c in lesson.code] == list(range(1, len(lesson.code) + 1))


def test_every_code_cell_shows_something_to_look_at(lesson):
    assert [c.source for c in lesson.code if not c.outputs] == []


def test_no_output_is_an_error_or_a_warning(lesson):
    kinds = {(o.output_type, o.get("name", "")) for o in lesson.outputs}
    assert kinds <= {("stream", "stdout"), ("display_data", ""), ("execute_result", "")}


def test_every_output_is_the_same_on_every_run(lesson):
    for output in lesson.outputs:
        before = dict(output.get("data", {}))
        assert execution._stable(output, lesson.path.stem).get("data", {}) == before


def test_drawings_have_at_most_two_decimals(lesson):
    html = [o.data.get("text/html", "") for o in lesson.outputs if "data" in o]
    places = re.findall(r' (?:d|points|transform|[xyr][12]?|c[xy])="([^"]*)"', " ".join(html))
    assert re.findall(r"\d\.\d{3,}", " ".join(places)) == []
    assert places


# The form: style rules 26 to 28.


def test_it_opens_with_what_you_will_do_learn_and_need_and_how_long_it_takes(lesson):
    opening = lesson.cells[0].source
    assert re.match(r"# \w+", opening)
    assert re.search(r"\*Lesson \d\d, about \d+ minutes\*", opening)
    promises = [p for p in ("**You will**", "**You will learn**", "**You need**") if p in opening]
    assert len(promises) == 3


def test_it_ends_with_three_questions_and_a_link_to_the_exercise(lesson):
    ending = lesson.cells[-1].source
    questions = ending.partition("## Three questions")[2].partition("<details>")[0]
    numbered = re.split(r"^\d\. ", questions, flags=re.MULTILINE)[1:]
    assert [("?" in question) for question in numbered] == [True, True, True]
    assert re.search(r"\]\(\.\./exercises/\w+/\w+\.ipynb\)", ending)


def test_every_code_cell_has_at_most_twelve_lines(lesson):
    assert [c.source for c in lesson.code if len(c.source.splitlines()) > 12] == []


def test_every_code_cell_is_preceded_by_a_prediction_and_what_to_look_at(lesson):
    pairs = zip(lesson.above, lesson.cells, strict=True)
    above = [prose for prose, cell in pairs if cell.cell_type == "code"]
    asked = re.compile(r"> \*\*Predict\.\*\*.*\?.*> \*\*Look\*\*", re.DOTALL)
    assert [prose for prose in above if not asked.search(prose)] == []


# A prediction needs a hidden answer. JupyterLab folds a result to its first line, so that line must
# hold nothing that the cell found out. Whether a digit (or a "True") is data cannot be seen from
# the line; but what a cell prints from a plain string the author typed, and nothing came of data.


def test_every_result_is_folded_until_its_cell_runs(lesson):
    assert [c.source for c in lesson.code if not c.metadata.get("jupyter")] == []


def test_the_line_a_result_is_folded_to_was_typed_and_not_computed(lesson):
    first = [c.outputs[0].get("text", "").partition("\n")[0] for c in lesson.code]
    pairs = zip(first, lesson.code, strict=True)
    assert [line for line, cell in pairs if line not in typed(cell.source)] == []


def typed(source):
    """What the cell prints from plain strings: no variable, no formatting, nothing computed."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    prints = [call.args[0] for call in calls if ast.unparse(call.func) == "print" and call.args]
    return {arg.value for arg in prints if isinstance(arg, ast.Constant)}


def test_there_is_about_as_much_prose_as_code(lesson):
    assert 0.8 <= len(lesson.prose) / len(lesson.code) <= 1.5
    shortest = min(len(prose.split()) for prose in lesson.prose)
    assert shortest >= 15


def test_results_are_printed_by_cells_and_not_typed_in_prose(lesson):
    # A heuristic: a result has two decimals or more, an example like p = 0.5 has one.
    assert re.findall(r"\d\.\d\d+", " ".join(lesson.prose)) == []


def test_nothing_in_it_depends_on_files_processes_or_the_clock(lesson):
    code = "\n".join(cell.source for cell in lesson.code)
    assert re.findall(r"\b(?:open|Path|subprocess|multiprocessing|time|os|sys)\b[.(]", code) == []
    assert re.findall(r"^\s*[!%]", code, flags=re.MULTILINE) == []
    assert re.findall(r"np\.random\.(?!default_rng\(\d)\w+", code) == []


def test_every_link_leads_somewhere(lesson):
    links = re.findall(r"\]\(([\w./]+\.ipynb)\)", "\n".join(lesson.prose))
    assert [link for link in links if not (NOTEBOOKS / link).resolve().is_file()] == []
