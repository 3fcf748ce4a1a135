"""What students do to cells, and what is made of it."""

import pytest

from regcourse.grading.intake import source

FIT = "def ridge_fit(X, y, lam):\n    return y.mean(), X[0] * lam"


def sources(submission):
    return [source for _, source in submission.cells]


@pytest.fixture
def answered(cells, at):
    """The cells with both questions in code answered."""
    cells[at("answer-ridge_fit")]["source"] = FIT
    cells[at("answer-best_lam")]["source"] = "best_lam = 0.25"
    return cells


def test_released_checks_are_not_run(read, answered):
    submission = read(answered)
    assert not any("check(" in source for source in sources(submission))
    assert submission.notices == ()
    assert submission.answered_in == {"ridge_fit": (6,), "best_lam": (8,)}


@pytest.mark.parametrize(
    "source",
    ["check( ridge_fit )", 'check("ridge_fit")  # again', "check_all()\nprogress()"],
    ids=["spaces", "by name", "all"],
)
def test_a_check_by_other_words_is_not_run_either(read, answered, at, source):
    answered[at("check-ridge_fit")]["source"] = source
    submission = read(answered)
    assert source not in sources(submission)
    assert submission.notices == ()


@pytest.mark.parametrize(
    "source",
    [
        "check(ridge_fit)\ntotal = 3",
        "check(total := len(y))",
        "check(ridge_fit, at=len(y))",
        "checked(ridge_fit)",
        "check",
    ],
    ids=["more", "an assignment", "a keyword", "another function", "no call"],
)
def test_an_edited_check_runs_as_ordinary_code(read, answered, at, source):
    answered[at("check-ridge_fit")]["source"] = source
    submission = read(answered)
    assert (7, source) in submission.cells
    assert submission.notices == (
        "The check of ridge_fit in cell 7 was changed; it was run as ordinary code, "
        "and marks never depend on it.",
    )


def test_deleted_checks_are_not_missed(read, answered):
    kept = [cell for cell in answered if not cell["id"].startswith("check")]
    assert read(kept).notices == ()


def test_a_copied_answer_runs_twice_and_the_last_counts(read, answered, at):
    answered.append({"cell_type": "code", "source": FIT.replace("* lam", "* lam / 2")})
    submission = read(answered)
    assert [number for number, source in submission.cells if "ridge_fit" in source] == [6, 12]
    assert submission.notices == ("ridge_fit is set in cells 6 and 12; the last of them counts.",)


def test_an_empty_copy_below_an_answer_does_not_undo_it(read, answered, untouched, at):
    answered.append(untouched[at("answer-ridge_fit")])
    submission = read(answered)
    assert submission.cells[-1] == (8, "best_lam = 0.25")
    assert submission.notices == (
        "ridge_fit is answered in cell 6; its empty cell 12 was left out.",
    )


def test_two_empty_cells_of_one_answer_set_nothing(read, cells, at):
    cells.append(dict(cells[at("answer-ridge_fit")]))
    assert read(cells).notices == ()


def test_a_deleted_answer_is_told(read, answered, at):
    del answered[at("answer-ridge_fit")]
    submission = read(answered)
    assert submission.answered_in["ridge_fit"] == ()
    assert submission.notices == ("No cell answers ridge_fit: its cell is gone.",)


def test_a_renamed_function_is_told(read, answered, at):
    answered[at("answer-ridge_fit")]["source"] = FIT.replace("ridge_fit", "my_fit")
    submission = read(answered)
    assert submission.answered_in["ridge_fit"] == (6,)
    assert submission.notices == ("Cell 6 was meant to set ridge_fit, and does not.",)


def test_an_answer_is_found_in_a_new_cell(read, answered, at):
    del answered[at("answer-ridge_fit")]
    answered.append({"cell_type": "code", "source": FIT})
    submission = read(answered)
    assert submission.answered_in["ridge_fit"] == (11,)
    assert submission.cells[-1] == (11, FIT)


@pytest.mark.parametrize("name", ["ridge_fit", "best_lam"])
def test_an_answer_that_is_not_python_is_still_known_as_that_answer(read, answered, at, name):
    place = at(f"answer-{name}")
    answered[place]["source"] += "\n)("
    del answered[place]["id"]
    submission = read(answered)
    assert submission.answered_in[name] == (place + 1,)
    assert submission.cells[-1 if name == "best_lam" else -2][0] == place + 1


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_that_became_text_is_run(read, answered, at, kind):
    answered[at("answer-ridge_fit")]["cell_type"] = kind
    submission = read(answered)
    assert (6, FIT) in submission.cells
    assert submission.notices == (f"Cell 6 is code that had become a {kind} cell; it was run.",)


@pytest.mark.parametrize("id_", ["setup", "data-patients"])
def test_released_code_that_became_text_is_run(read, answered, at, id_):
    answered[at(id_)]["cell_type"] = "markdown"
    submission = read(answered)
    number = at(id_) + 1
    assert [number for number, _ in submission.cells] == [2, 3, 4, 6, 8]
    assert submission.notices == (
        f"Cell {number} is code that had become a markdown cell; it was run.",
    )


def test_text_that_repeats_released_code_is_not_run(read, answered, at):
    answered.append({"cell_type": "markdown", "source": answered[at("data-patients")]["source"]})
    submission = read(answered)
    assert [number for number, _ in submission.cells] == [2, 3, 4, 6, 8]
    assert submission.notices == ()


def test_text_that_is_not_an_answer_is_not_run(read, answered):
    answered += [{"cell_type": "markdown", "source": source} for source in ("Hello", "x = 1")]
    assert read(answered).cells[-1][0] == 8


def test_text_beside_an_answer_in_code_is_not_run(read, answered):
    answered.append({"cell_type": "markdown", "source": FIT.replace("lam", "9", 1)})
    submission = read(answered)
    assert submission.cells[-1][0] == 8
    assert submission.notices == ()


@pytest.mark.parametrize("cut", [1, 2], ids=["after the head", "inside the body"])
def test_a_function_cut_in_two_is_joined(read, answered, at, cut):
    place = at("answer-ridge_fit")
    lines = [*FIT.splitlines()[:1], "    b = y.mean()", "    return b, X[0] * lam"]
    halves = ["\n".join(lines[:cut]), "\n".join(lines[cut:])]
    answered[place]["source"] = halves[0]
    answered.insert(place + 1, {"cell_type": "code", "source": halves[1]})
    answered.append({"cell_type": "code", "source": " "})
    submission = read(answered)
    assert (6, "\n".join(lines)) in submission.cells
    assert submission.notices == ("Cells 6 and 7 are two halves of one cell, and were run as one.",)


def test_helpers_moved_to_a_cell_of_their_own_just_run(read, answered, at):
    answered.insert(at("answer-ridge_fit"), {"cell_type": "code", "source": "scale = 2.0"})
    submission = read(answered)
    assert sources(submission)[3:5] == ["scale = 2.0", FIT]
    assert submission.notices == ()


def test_code_indented_as_a_whole_runs_as_ipython_runs_it(read, answered, at):
    answered[at("answer-best_lam")]["source"] = "    best_lam = 1.0"
    assert (8, "best_lam = 1.0") in read(answered).cells


def test_a_deleted_setup_is_put_back_first(read, answered, at):
    del answered[at("setup")]
    submission = read(answered)
    number, source = submission.cells[0]
    assert number < 0
    assert "import numpy as np" in source
    assert "STUDENT = 'ada'  # your id" in source
    assert submission.notices == (
        "Nothing sets STUDENT, rng_of any more; the released cell that does was put back.",
    )


def test_deleted_data_come_back_at_their_place(read, answered):
    kept = [cell for cell in answered if cell["id"] not in ("data-patients", "code-1")]
    kept[2:2] = [{"cell_type": "code", "source": "n = len(y)"}]
    submission = read(kept)
    assert sources(submission)[1].startswith("def patients(rng):")
    assert sources(submission)[2:4] == ["X, y = patients(rng_of(STUDENT))", "n = len(y)"]
    assert submission.notices == (
        "Nothing sets y any more; the released cell that does was put back.",
        "Nothing sets patients any more; the released cell that does was put back.",
    )


def test_what_is_put_back_stands_in_the_order_of_the_release(read):
    """The data are needed before the setup is: all the same the setup comes first."""
    cells = [{"cell_type": "code", "source": s} for s in ("made = patients", "best_lam = np.pi")]
    put_back = [source.splitlines()[0] for source in sources(read(cells))]
    first = ["import numpy as np", "def patients(rng):", "made = patients", "best_lam = np.pi"]
    assert put_back == first


def test_what_nobody_needs_is_not_put_back(read, answered):
    answers = [cell for cell in answered if cell["id"].startswith("answer")]
    assert [number for number, _ in read(answers).cells] == [1, 2]


def test_an_import_deleted_from_the_setup_comes_back(read, answered, at):
    setup = answered[at("setup")]
    setup["source"] = 'from regcourse import rng_of\nSTUDENT = "ada"'
    answered[at("code-1")]["source"] += "\nlog = np.log(y**2)"
    submission = read(answered)
    assert "import numpy as np" in sources(submission)[0]
    assert sources(submission)[1] == "from regcourse import rng_of\nSTUDENT = 'ada'"
    assert submission.notices == (
        "Nothing sets np any more; the released cell that does was put back.",
    )


def test_changed_data_are_told(read, answered, at):
    answered[at("data-patients")]["source"] += "\n# mine"
    assert read(answered).notices == (
        "Cell 3, which makes the data, was changed; it was run as it stands.",
    )


def test_reordered_cells_run_as_they_stand(read, answered, at):
    answered.insert(4, answered.pop(at("answer-best_lam")))
    submission = read(answered)
    assert sources(submission)[3:] == ["best_lam = 0.25", FIT]
    assert submission.notices == (
        "The cells stand in another order than released; they were run as they stand.",
    )


def test_magics_do_not_hide_an_answer(read, answered, at):
    answered[at("answer-ridge_fit")]["source"] = f"%matplotlib inline\n!ls\nnp.dot?\n{FIT}"
    assert read(answered).answered_in["ridge_fit"] == (6,)


@pytest.mark.parametrize(
    "source",
    ["(" * 99_000, "-" * 99_999 + "1", "x = " + "9" * 90_000, '"\\d" is 3', "lambda:" * 14_000],
    ids=["parentheses", "minus signs", "digits", "warnings", "lambdas"],
)
def test_code_made_to_break_a_parser_goes_to_the_sandbox_as_it_is(read, answered, source):
    answered.append({"cell_type": "code", "source": source})
    assert read(answered).cells[-1] == (12, source)


def test_a_notebook_of_endless_halves_is_joined_a_few_times(read, answered):
    halves = [{"cell_type": "code", "source": "    return 1"} for _ in range(30)]
    submission = read([*answered, {"cell_type": "code", "source": "def f():\n    x = 1"}, *halves])
    assert [number for number, _ in submission.cells][-21:] == [12, *range(23, 43)]


@pytest.mark.parametrize(
    ("text", "found"),
    [("ridge_fit\n" * 30_000, ()), ("x = 1\n" * 160_000, (6,))],
    ids=["that names the answer", "of something else"],
)
def test_text_is_looked_through_up_to_a_limit(read, answered, at, text, found):
    answered[at("answer-ridge_fit")]["cell_type"] = "markdown"
    answered[0]["source"] = text
    assert read(answered).answered_in["ridge_fit"] == found


def test_text_that_names_no_answer_is_not_parsed(read, answered, monkeypatch):
    seen = []
    of = source.Code.of
    monkeypatch.setattr(
        source.Code, "of", lambda number, text: seen.append(text) or of(number, text)
    )
    read([*answered, *({"cell_type": "markdown", "source": "x = 1"} for _ in range(9))])
    assert "x = 1" not in seen
