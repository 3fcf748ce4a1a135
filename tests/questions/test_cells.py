import pytest

from regcourse.errors import ExerciseError
from regcourse.questions import answer_of, layout_of, load_exercise, solved

SETUP = '# %% role="setup"\nSTUDENT = "your-id"\n\n'
ONE = 'ex.written("why", "Why?", points=1, scheme={"a": 1}, sample="Because.")\n'


@pytest.fixture(scope="module")
def layout(thin):
    return layout_of(thin)


@pytest.fixture(scope="module")
def cells(layout):
    return {cell.id: cell for cell in layout.cells}


def test_cells_have_fixed_names_in_the_order_of_the_text(layout):
    assert [cell.id for cell in layout.cells] == [
        "prose-1",
        "setup",
        "data-patients",
        "ask-ridge_fit",
        "answer-ridge_fit",
        "check-ridge_fit",
        "ask-mean_y",
        "answer-mean_y",
        "check-mean_y",
        "ask-pick",
        "answer-pick",
        "check-pick",
        "ask-draw_trace",
        "answer-draw_trace",
        "check-draw_trace",
        "ask-why",
        "answer-why",
        "code-1",
        "code-2",
    ]


@pytest.mark.parametrize(
    ("cell", "source"),
    [
        ("answer-mean_y", "mean_y = None  # YOUR ANSWER HERE"),
        ("answer-pick", "pick = None  # YOUR ANSWER HERE"),
        ("answer-why", "<!-- answer: why -->\n\nYOUR ANSWER HERE"),
        ("check-ridge_fit", "check(ridge_fit)"),
        ("check-mean_y", 'check("mean_y")'),
        ("check-pick", 'check("pick")'),
        ("ask-ridge_fit", "### `ridge_fit` · 5 points"),
        ("ask-mean_y", "### `mean_y` · 2 points\n\nSet `mean_y` to the mean of your y."),
        ("ask-pick", "### `pick` · 1 point\n\nWhich?\n\n- **a**: first\n- **b**: second"),
    ],
    ids=lambda value: value if "-" in value and " " not in value else "",
)
def test_a_question_becomes_what_is_asked_a_place_and_a_check(cells, cell, source):
    assert cells[cell].source == source


def test_a_functions_place_holds_its_stub(cells):
    assert cells["answer-ridge_fit"].source.startswith("def ridge_fit(X, y, lam):")
    assert cells["answer-ridge_fit"].source.endswith("raise NotImplementedError()")
    assert cells["answer-ridge_fit"].question == "ridge_fit"


def test_data_cells_hold_the_functions_source_and_their_own_lines(cells):
    source = cells["data-patients"].source
    assert source.startswith("def patients(rng):")
    assert source.endswith("\n\n\nX, y = patients(rng_of(STUDENT))")


def test_kinds_are_those_of_the_questions(layout):
    assert layout.kinds == {
        "ridge_fit": "function",
        "mean_y": "value",
        "pick": "choice",
        "draw_trace": "figure",
        "why": "written",
    }


def test_solving_changes_the_answers_and_nothing_else(thin, layout):
    done = solved(thin, layout)
    pairs = list(zip(layout.cells, done.cells, strict=True))
    changed = {new.id for old, new in pairs if old != new}
    assert changed == {old.id for old in layout.cells if old.role == "answer"}


def test_answers_are_written_as_a_student_would(thin):
    assert answer_of(thin.questions["pick"]) == 'pick = "b"'
    value = answer_of(thin.questions["mean_y"])
    assert value.endswith("mean_y = mean_y(*patients(rng_of(STUDENT)))")
    assert answer_of(thin.questions["why"]).startswith("<!-- answer: why -->\n\nBecause")


def test_paragraphs_of_a_docstring_keep_one_empty_line_between_them(loaded):
    doc = '"""First\n    line.\n\n\n\n    Second."""'
    value = f"@ex.value(points=1)\ndef v():\n    {doc}\n    return 1\n"
    layout = layout_of(loaded(value, SETUP + '# %% question="v"\n'))
    assert layout.cells[1].source == "### `v` · 1 point\n\nFirst\nline.\n\nSecond."


OWN = "@ex.data\ndef rows(rng):\n    return (rng.random(),)\n"
OWN += '@ex.value(points=1, data=rows)\ndef v(x):\n    """Set v to x."""\n    return x\n'


def test_a_value_on_data_that_no_cell_draws_is_told_in_words(loaded):
    exercise = loaded(OWN, SETUP + '# %% question="v"\n')
    with pytest.raises(ExerciseError, match='must have a cell marked data="rows": v is asked'):
        layout_of(exercise)


def test_ipython_may_read_what_python_cannot(loaded):
    text = SETUP + '# %%\n# %matplotlib inline\nx = 1\n\n# %% question="why"\n'
    assert "%matplotlib inline" in layout_of(loaded(ONE, text)).cells[1].source


ASKED = '# %% question="why"\n\n'
WRONG = {
    "never": (SETUP, "text.py asks why 0 times; it must be once"),
    "twice": (SETUP + ASKED + ASKED, "text.py asks why 2 times; it must be once"),
    "unknown": (
        SETUP + '# %% question="who"\n',
        "text.py asks 'who', which questions.py does not have",
    ),
    "not empty": (
        SETUP + '# %% question="why"\nprint()\n',
        "the cell of question why in text.py must be empty",
    ),
    "no data": (
        SETUP + ASKED + '# %% data="rows"\nrows\n',
        "text.py wants data 'rows', which questions.py does not have",
    ),
    "syntax": (
        SETUP + "# %%\nprint(1\n\n" + ASKED,
        "text.py has a code cell that is not Python: .* was never closed: 'print",
    ),
    "no setup": (ASKED, 'must have one cell marked role="setup" with STUDENT = "your-id"'),
    "two setups": (SETUP + SETUP + ASKED, "must have one cell marked role"),
    "no student": ('# %% role="setup"\nimport numpy\n\n' + ASKED, "must have one cell marked"),
    "no text": (None, "the exercise 91_own has no text.py"),
}


def test_a_text_in_another_encoding_is_told_in_words(written):
    exercise = load_exercise(written(ONE, SETUP))
    (exercise.folder / "text.py").write_bytes("# %% [markdown]\n# é".encode("latin-1"))
    with pytest.raises(ExerciseError, match=r"text\.py of 91_own cannot be read: .*utf-8"):
        layout_of(exercise)


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG.keys())
def test_a_text_that_cannot_be_built_is_told_in_words(written, text, says):
    exercise = load_exercise(written(ONE, text))
    with pytest.raises(ExerciseError, match=says):
        layout_of(exercise)
