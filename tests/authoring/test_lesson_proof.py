"""A lesson is proved as its author runs it, and as it is stored."""

import nbformat
import pytest

from regcourse.authoring import execution, lesson_proof
from regcourse.authoring.execution import stored_form
from regcourse.authoring.lesson_proof import prove_lesson
from regcourse.authoring.lessons import fold, notebook_of

TEXT = """\
# %% [markdown]
# # Add

# %%
print("a sum:")
print(1 + 2)

# %%
print("two")
"""
STALE = "notebooks/04_add.ipynb is not what this text makes: run `make lessons ONLY=04_add`"


@pytest.fixture
def text(tmp_path, monkeypatch):
    """A lesson's text; of the rules, which have their own tests, two remain."""
    titled = lambda lesson: [] if lesson.prose == ["# Add"] else ["no title"]  # noqa: E731
    three = lambda lesson: [] if "3" in lesson.code[0][1].outputs[0].text else ["no 3"]  # noqa: E731
    monkeypatch.setattr(lesson_proof, "OF_TEXT", [titled])
    monkeypatch.setattr(lesson_proof, "OF_RESULTS", [three])
    path = tmp_path / "notebooks" / "text" / "04_add.py"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def stored(text):
    """A function that stores the lesson's notebook as it is made, after a change."""

    def write(change=lambda code: None):
        notebook = notebook_of(text)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for number, (cell, shown) in enumerate(zip(code, ["a sum:\n3\n", "two\n"], strict=True), 1):
            cell.execution_count = number
            cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=shown)]
        fold(notebook)
        notebook.metadata.update(nbformat.from_dict(execution._METADATA))
        change(code)
        path = text.parents[1] / "04_add.ipynb"
        path.write_text(stored_form(notebook), encoding="utf-8")
        return path

    return write


def said(text, **how):
    return prove_lesson(text, **how)[1]


def test_what_is_stored_is_proved_without_running_it(text, stored):
    stored()
    assert said(text, run=False) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda code: code[0].update(source="print(4)"),
        lambda code: code[0].metadata.update(tags=["hide"]),
        lambda code: code[0].update(id="other"),
        lambda code: code[1].update(execution_count=3),
        lambda code: code[1].update(execution_count=None, outputs=[]),
        lambda code: code[1].metadata.clear(),
    ],
    ids=["another source", "another tag", "another id", "out of order", "not run", "unfolded"],
)
def test_a_notebook_that_its_text_does_not_make_is_told(text, stored, change):
    stored(change)
    assert said(text, run=False) == [STALE]


def test_a_lesson_without_a_notebook_is_told(text):
    assert said(text, run=False) == [STALE]


def test_a_stored_result_that_differs_on_the_next_run_is_told(text, stored):
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/html": "<p>"}
    stored(lambda code: code[0].outputs.append(nbformat.v4.new_output("display_data", view)))
    assert said(text, run=False) == [STALE]
    stored(lambda code: code[1].outputs[0].update(text="two\nat 0x7f12ab34cd90"))
    assert said(text, run=False) == [
        "lesson 04_add, code cell [2] ('print(\"two\")') shows an address in memory: "
        "'0x7f12ab34cd90'"
    ]


def test_a_fault_of_the_text_and_one_of_the_results_are_both_told(text, stored):
    text.write_text(TEXT.replace("# Add", "# Sum"), encoding="utf-8")
    stored(lambda code: code[0].outputs[0].update(text="a sum:\n4\n"))
    assert said(text, run=False) == ["no title", "no 3"]


def test_the_cells_are_run_and_compared_with_what_is_stored(text, stored):
    stored()
    assert said(text) == []
    text.write_text(TEXT.replace("1 + 2", "1 + 3").replace("# Add", "# Sum"), encoding="utf-8")
    assert said(text) == ["no title", "no 3", STALE]


def test_a_cell_that_fails_is_told_after_what_the_text_lacks(text):
    text.write_text(TEXT.replace("1 + 2", "1 / 0").replace("# Add", "# Sum"), encoding="utf-8")
    assert said(text) == [
        "no title",
        "lesson 04_add, code cell [1] ('print(\"a sum:\")'): ZeroDivisionError: division by zero",
    ]


def test_what_is_no_lesson_is_told_and_not_tried(text):
    elsewhere = text.parents[1] / "04_add.ipynb"
    assert prove_lesson(elsewhere) == (
        None,
        ["a lesson is checked by notebooks/text/NN_topic.py, got 04_add.ipynb"],
    )
    text.write_text("# %% [markdown]\n# # Add\n", encoding="utf-8")
    found, words = prove_lesson(text)
    assert (found, len(words)) == (None, 1)
    assert "lesson 04_add has no code cell" in words[0]
    assert "No such file" in prove_lesson(text.with_name("05_none.py"))[1][0]
