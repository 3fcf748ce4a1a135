"""`check` as a notebook calls it: in the folder that holds the check data."""

import json
import subprocess
import sys
import time
from types import SimpleNamespace

import numpy as np
import pytest

from regcourse import check, check_all, progress
from regcourse.questions import answer_of, layout_of, source_of, stub_of


@pytest.fixture
def notebook(folder):
    """A function that runs a cell and returns the value of its last line."""
    space = {"np": np, "check": check, "check_all": check_all, "progress": progress}

    def run_cell(source, last=None):
        exec(compile(source, "<cell>", "exec"), space)
        return eval(last, space) if last else None

    run_cell("from regcourse import rng_of\nSTUDENT = 'ada'")
    return run_cell


@pytest.fixture
def solved(thin, notebook):
    """The same notebook with every answer right."""
    patients = source_of(thin.data_functions["patients"])
    code = [answer_of(q) for q in thin.questions.values() if q.kind != "written"]
    notebook("\n".join([patients, *code]))
    return notebook


def renamed(thin, name):
    """The source of a known mistake of ridge_fit, as a student would have written it."""
    found = {m.name: m.function for m in thin.questions["ridge_fit"].mistakes}[name]
    source = source_of(found).replace(f"def {name}", "def ridge_fit")
    right = source_of(thin.questions["ridge_fit"].reference).replace("ridge_fit", "right")
    return right + "\n" + source.replace("return ridge_fit(", "return right(")


def test_a_right_answer_passes_and_no_more_is_claimed_than_was_seen(solved):
    result = solved("", "check(ridge_fit)")
    assert repr(result).splitlines() == [
        "✓ ridge_fit: right so far",
        "  Every public case agrees. The grader draws others of its own.",
        "  ✓ a tall design",
    ]


def test_by_name_and_by_function_is_the_same(solved):
    assert solved("", 'check("ridge_fit")') == solved("", "check(ridge_fit)")


@pytest.mark.parametrize("name", ["forgets_n", "penalises_the_intercept"])
def test_a_known_mistake_is_named_with_its_hint(thin, notebook, name):
    result = notebook(renamed(thin, name), "check(ridge_fit)")
    hint = {m.name: m.hint for m in thin.questions["ridge_fit"].mistakes}[name]
    assert (result.status, result.mistake) == ("failed", name)
    assert name.replace("_", " ") in repr(result)
    assert f"Hint: {hint}" in repr(result)


def test_an_unknown_mistake_is_told_by_its_numbers(notebook):
    source = "def ridge_fit(X, y, lam):\n    return 0.0, np.zeros(3)"
    result = notebook(source, "check(ridge_fit)")
    assert (result.status, result.mistake) == ("failed", "")
    assert "Case 1 of 2: got 0, expected" in repr(result)


def test_a_slip_that_nobody_listed_is_recognised(thin, notebook):
    right = source_of(thin.questions["ridge_fit"].reference).replace("ridge_fit", "right")
    source = f"{right}\ndef ridge_fit(X, y, lam):\n    return right(X, y, lam)[::-1]"
    assert notebook(source, "check(ridge_fit)").mistake == "exchanged_parts"


def test_an_untouched_notebook_raises_nothing(thin, notebook):
    answers = [cell.source for cell in layout_of(thin).cells if cell.role == "answer"]
    overview = notebook("\n".join(a for a in answers if not a.startswith("<!--")), "check_all()")
    assert dict(overview.rows) == dict.fromkeys(thin.questions, "not attempted") | {
        "why": "needs a person"
    }
    assert overview.details == ()


@pytest.mark.parametrize("name", ["ridge_fit", "mean_y", "pick", "draw_trace"])
def test_a_cell_that_was_never_run_is_not_attempted(notebook, name):
    result = notebook("", f'check("{name}")')
    assert result.status == "not attempted"
    assert "Run the cell of your answer first." in repr(result)


def test_a_stub_is_not_attempted_and_says_nothing_more(thin, notebook):
    result = notebook(stub_of(thin.questions["ridge_fit"].reference), "check(ridge_fit)")
    assert repr(result) == "○ ridge_fit: not attempted yet"


def test_who_left_the_stubs_last_line_in_an_answer_is_told(thin, notebook):
    body = "n, p = X.shape\n    w = np.zeros(p)\n    raise NotImplementedError()"
    overview = notebook(f"def ridge_fit(X, y, lam):\n    {body}", "check_all()")
    (told,) = overview.details
    assert told.status == "not attempted"
    assert "still raises NotImplementedError: take that line out" in repr(told)


def test_an_answer_that_stops_at_an_earlier_one_waits_for_it(thin, notebook):
    stub = stub_of(thin.questions["draw_trace"].reference)
    calls = "def ridge_fit(X, y, lam):\n    return draw_trace(None, X, y)"
    result = notebook(f"{stub}\n\n{calls}", "check(ridge_fit)")
    assert result.status == "blocked"
    assert "It calls draw_trace, which still raises NotImplementedError." in repr(result)


ODD = {
    "raises": ("raise ValueError('no')", "crashed", "Case 1 of 2 raises ValueError: no."),
    "raises in silence": ("raise KeyError", "crashed", "raises KeyError."),
    "is interrupted": ("raise KeyboardInterrupt", "timed out", "You interrupted it"),
    "exits": ("raise SystemExit", "crashed", ""),
    "recursion": ("return ridge_fit(X, y, lam)", "crashed", "RecursionError"),
    "returns nothing": ("pass", "failed", "returns None|Returns None"),
    "an object": ("return check", "failed", "a function"),
    "spoils": ("X *= 0\n    return 0.0, np.zeros(3)", "failed", "changes its argument X"),
    "ragged": ("return [1.0, [[1], [2, 3]]]", "failed", "w is a list whose parts differ in shape"),
    "words": ("return 'no'", "failed", "a string where"),
}


@pytest.mark.parametrize(("body", "status", "words"), ODD.values(), ids=ODD.keys())
def test_whatever_an_answer_does_check_raises_nothing(notebook, body, status, words):
    result = notebook(f"def ridge_fit(X, y, lam):\n    {body}", "check(ridge_fit)")
    assert result.status == status
    assert any(word in repr(result) for word in words.split("|"))


def test_too_many_arguments_are_told(notebook):
    result = notebook("def ridge_fit(X):\n    return X", "check(ridge_fit)")
    assert "takes 1 positional argument but 3 were given" in repr(result)


def test_what_is_printed_is_shown_up_to_a_limit(notebook):
    body = "print('so far' + 'x' * 9999)\n    return 0.0, np.zeros(3)"
    result = notebook(f"def ridge_fit(X, y, lam):\n    {body}", "check(ridge_fit)")
    assert "It printed: so farxxx" in repr(result)
    assert len(repr(result)) < 1000


def test_a_name_that_stands_for_something_else_is_told(notebook):
    assert "stands for a number" in repr(notebook("ridge_fit = 3", 'check("ridge_fit")'))


def test_an_answer_cannot_spoil_the_data_for_the_next_check(solved):
    before = solved("", "check(ridge_fit)")
    solved("right = ridge_fit\ndef ridge_fit(X, y, lam):\n    X[:] = y[:, None] = lam")
    assert solved("", "check(ridge_fit)").status != "passed"
    assert solved("ridge_fit = right", "check(ridge_fit)") == before


def test_a_figure_is_checked_by_what_it_draws(solved):
    assert solved("", "check(draw_trace)").status == "passed"
    wrong = "def draw_trace(ax, lams, W):\n    ax.plot(lams, W)\n    ax.set_xlabel('strength')"
    result = solved(wrong, "check(draw_trace)")
    assert result.status == "failed"
    assert "xscale differs" in repr(result).replace("Xscale", "xscale")


@pytest.mark.parametrize(
    ("chosen", "status", "reply"),
    [
        ("'b'", "passed", "Yes, the second."),
        ("'B'", "passed", "Yes, the second."),
        ("'a'", "failed", "Not the first."),
        ("'c'", "failed", "pick must be one of 'a', 'b', it is 'c'."),
        ("['b']", "failed", "pick must be one of 'a', 'b', it is ['b']."),
        ("np.array(['b', 'a'])", "failed", "pick must be one of 'a', 'b'"),
        ("None", "not attempted", "not attempted yet"),
    ],
)
def test_a_choice_is_answered_by_the_reply_to_its_option(notebook, chosen, status, reply):
    result = notebook(f"pick = {chosen}", 'check("pick")')
    assert result.status == status
    assert reply in repr(result)


def test_replies_cannot_be_read_in_the_file(thin_checks):
    assert "second" not in thin_checks
    assert "Not the" not in thin_checks


@pytest.mark.parametrize(
    "number",
    ["3.0", "3", "np.array(3)", "Fraction(3)", "Decimal('3')", "np.float32(3)", "3 + 0j"],
)
def test_a_value_on_own_data_is_recorded(notebook, number):
    source = f"from decimal import Decimal\nfrom fractions import Fraction\nmean_y = {number}"
    result = notebook(source, 'check("mean_y")')
    assert repr(result) == (
        "◇ mean_y: left to the grader\n  Recorded: 3. The grader will tell whether it is right."
    )
    assert notebook("mean_y = None", 'check("mean_y")').status == "not attempted"


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("'0.1'", "The answer is a string where a number is asked."),
        ("[0.1]", "The answer is a list where a single number is asked."),
        ("np.nan", "The answer is NaN."),
    ],
)
def test_a_value_that_no_grader_could_accept_is_not_recorded(notebook, value, says):
    result = notebook(f"mean_y = {value}", 'check("mean_y")')
    assert (result.status, result.sentences) == ("failed", (says,))


def test_an_error_is_named_once(notebook):
    result = notebook("def ridge_fit(X, y, lam):\n    raise ValueError('no')", "check(ridge_fit)")
    assert repr(result).count("ValueError") == 1


def test_who_draws_with_pyplot_is_told_where_the_lines_went(notebook):
    source = "def draw_trace(ax, lams, W):\n    pass"
    assert "what plt draws goes elsewhere" in repr(notebook(source, "check(draw_trace)"))


def test_a_written_answer_is_never_said_to_be_there(notebook):
    # A check cannot see a markdown cell: it must not reassure whoever left it empty.
    assert repr(notebook("", 'check("why")')).splitlines() == [
        "◇ why: left to the grader",
        "  Write it into its cell: a person reads this answer.",
    ]


def test_the_overview_lists_every_question_and_tells_of_those_that_are_wrong(solved):
    overview = solved("pick = 'a'", "check_all()")
    assert dict(overview.rows) == {
        "ridge_fit": "passed",
        "mean_y": "needs a person",
        "pick": "failed",
        "draw_trace": "passed",
        "why": "needs a person",
    }
    assert [detail.question for detail in overview.details] == ["pick"]


def test_progress_is_kept_beside_the_notebook_and_shown_without_checking(solved, folder):
    assert set(dict(solved("", "progress()").rows).values()) == {"not attempted", "needs a person"}
    solved("", "check(ridge_fit)")
    solved("pick = 'a'", "check('pick')")
    solved("pick = 'b'")
    rows = dict(solved("", "progress()").rows)
    assert (rows["ridge_fit"], rows["pick"], rows["why"]) == ("passed", "failed", "needs a person")
    kept = json.loads((folder / ".regcourse" / "progress.json").read_text(encoding="utf-8"))
    assert kept == {"pick": "failed", "ridge_fit": "passed"}


@pytest.mark.parametrize(
    "text", ["not json", "[1]", '{"pick": "excellent", "why": [1]}', "\ud800"], ids=ascii
)
def test_damaged_progress_is_forgotten(notebook, folder, text):
    (folder / ".regcourse").mkdir()
    path = folder / ".regcourse" / "progress.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert "not attempted yet" in repr(notebook("", "progress()"))
    assert notebook("pick = 'b'", 'check("pick")').status == "passed"


def test_where_nothing_can_be_written_a_check_still_answers(notebook, folder):
    (folder / ".regcourse").write_text("a file where the folder should be", encoding="utf-8")
    assert notebook("pick = 'b'", 'check("pick")').status == "passed"


HALF = (
    '{"format": "regcourse-checks/1", "title": "A thin exercise", "order": ["pick"],'
    ' "questions": {"pick": {"kind": "choice"}}}'
)


@pytest.mark.parametrize("call", ["check('pick')", "check_all()", "progress()"])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "No check data here: put the exercise's .checks.json file beside this notebook."),
        ("{", "90_thin.checks.json is damaged or of another version: download it again."),
        ("[]", "90_thin.checks.json is damaged or of another version: download it again."),
        ('{"format": "regcourse-checks/9"}', "is damaged or of another version"),
        ('{"format": "regcourse-checks/1"}', "is damaged or of another version"),
        (HALF, "90_thin.checks.json is damaged or of another version: download it again."),
    ],
    ids=["missing", "cut", "list", "version", "bare", "half"],
)
def test_without_good_check_data_there_is_one_clear_line(notebook, folder, call, text, says):
    path = folder / "90_thin.checks.json"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    said = repr(notebook("", call))
    assert says in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("check('ridge')", "No question is called ridge"),
        ("check(np.mean)", "No question is called mean"),
        ("check(3)", "The questions here: ridge_fit, mean_y, pick, draw_trace, why."),
        ("check(None)", "The questions here: ridge_fit"),
    ],
)
def test_what_is_no_question_is_answered_by_the_list_of_questions(notebook, call, says):
    assert says in repr(notebook("", call))


def test_new_check_data_are_read_without_a_restart(notebook, folder, thin_checks):
    assert "A thin exercise" in repr(notebook("", "progress()"))
    path = folder / "90_thin.checks.json"
    path.write_text(thin_checks.replace("A thin exercise", "A newer one"), encoding="utf-8")
    assert "A newer one" in repr(notebook("", "progress()"))


def test_in_a_kernel_names_are_those_of_the_notebook(folder, monkeypatch):
    shell = SimpleNamespace(user_ns={"pick": "b"})
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert check("pick").status == "passed"


def test_the_same_answer_gives_the_same_text_and_html_every_time(thin, notebook):
    cell = renamed(thin, "forgets_n")
    first, second = (notebook(cell, "check(ridge_fit)") for _ in range(2))
    assert repr(first) == repr(second)
    assert first._repr_html_() == second._repr_html_()


def test_a_check_after_the_first_takes_less_than_a_tenth_of_a_second(thin, notebook):
    cell = renamed(thin, "penalises_the_intercept")
    notebook(cell, "check(ridge_fit)")
    start = time.process_time()
    notebook("", "check(ridge_fit)")
    assert time.process_time() - start < 0.1


def test_importing_check_is_light():
    heavy = "{'matplotlib', 'sklearn', 'scipy', 'nbconvert', 'nbformat', 'jupytext', 'IPython'}"
    code = f"import sys; from regcourse import check; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
