"""An import that cannot work costs its own names only, and a check can be looked into."""

import pytest

from regcourse.grading.sandbox import CellRun
from regcourse.questions import Missing, Returned


def run(session, *sources):
    return session.run_cells(list(enumerate(sources, start=1)))


NO = "No module named '{}'".format
MISSING = {
    "a package": ("import scipy", [NO("scipy")]),
    "under another name": ("import pandas as pd", [NO("pandas")]),
    "a part of one": ("import scipy.linalg as la", [NO("scipy")]),
    "a name of one": ("from tqdm.notebook import tqdm", [NO("tqdm")]),
    "all names of one": ("from scipy.stats import *", [NO("scipy")]),
    "several": ("import pandas, json, scipy\njson.dumps(1)", [NO("pandas"), NO("scipy")]),
    "two lines": ("import pandas\nimport scipy", [NO("pandas"), NO("scipy")]),
    "in brackets": ("from scipy import (\n  linalg,\n  stats,\n)", [NO("scipy")]),
    "a timed cell": ("%%time\nimport pandas", [NO("pandas")]),
    "below a magic": ("%matplotlib inline\nimport pandas; y = 2", [NO("pandas")]),
    "beside a future": ("from __future__ import annotations\nimport pandas", [NO("pandas")]),
    "a room of regcourse": (
        "from regcourse import linear",
        ["regcourse.linear is not available while grading"],
    ),
}


@pytest.mark.parametrize("kind", MISSING)
def test_an_import_of_what_is_not_there_costs_only_its_names(session, kind):
    source, words = MISSING[kind]
    (cell,) = run(session, f"{source}\nx = 3")
    assert (cell.ok, cell.error, cell.missing) == (False, "", tuple(words))
    assert session.variable("x") == Returned(3)


def test_a_cell_that_goes_on_without_a_package_fails_where_it_uses_it(session):
    first, second = run(session, "import pandas as pd\n\nx = 1\npd.DataFrame()\nx = 2", "y = 3")
    assert (first.error, first.line, first.missing) == ("NameError", 4, (NO("pandas"),))
    assert second == CellRun(2, ok=True)
    assert session.variable("x") == Returned(1)


KEPT = {
    "in a function": "def f():\n    import pandas\nf()",
    "in a class": "class A:\n    import pandas",
    "in a condition": "if True:\n    import pandas",
}


@pytest.mark.parametrize("kind", KEPT)
def test_an_import_inside_a_block_stays_as_the_student_wrote_it(session, kind):
    (cell,) = run(session, f"{KEPT[kind]}\nx = 3")
    assert (cell.error, cell.line, cell.missing) == ("ModuleNotFoundError", 2, ())
    assert session.variable("x") == Missing()


def test_an_import_that_the_student_catches_is_no_failure(session):
    source = "try:\n    import pandas\nexcept ImportError:\n    pandas = None"
    (cell,) = run(session, source)
    assert cell == CellRun(1, ok=True)


def test_a_name_that_a_package_does_not_have_still_ends_the_cell(session):
    (cell,) = run(session, "from numpy import no_such_name\nx = 3")
    assert (cell.error, cell.line, cell.missing) == ("ImportError", 1, ())


LOOKS = (
    "assert (r.question, r.status, r.mistake) == ('x', 'needs a person', '')",
    "r.sentences, r.lines, r.title, r.rows, r.details, r.text",
    "assert check(len).question == 'len'",
    "assert str(check_all()) == repr(progress()) == r.text",
)


@pytest.mark.parametrize("look", LOOKS)
def test_what_a_check_gives_can_be_looked_into_as_at_home(session, look):
    _, cell = run(
        session, "from regcourse import check, check_all, progress", f"r = check('x')\n{look}"
    )
    assert cell.error == ""


def test_a_check_prints_its_line_once_wherever_it_stands(session):
    _, last, set_ = run(session, "from regcourse import check", "check('x')", "r = check('x')")
    line = "check: recorded. The grader looks at this answer after the notebook has run.\n"
    assert (last.printed, set_.printed) == (line, line)


def test_checks_print_one_line_and_rng_of_works(session):
    cells = run(
        session,
        "from regcourse import check, check_all, progress, rng_of",
        "check('ridge_fit')\ncheck_all()\nprogress()",
        "x = rng_of('ada').random()",
    )
    line = "check: recorded. The grader looks at this answer after the notebook has run.\n"
    assert [cell.ok for cell in cells] == [True, True, True]
    assert cells[1].printed == line * 3
