"""An exercise folder is loaded by its path, or its author is told why it cannot be."""

import pytest

from regcourse.errors import ExerciseError
from regcourse.questions import load_exercise


def test_two_loads_of_one_folder_are_two_exercises(copied):
    first, second = load_exercise(copied), load_exercise(copied)
    assert first is not second
    assert first.folder == copied.resolve()
    assert list(first.questions) == ["ridge_fit", "mean_y", "pick", "draw_trace", "why"]


FUNCTION = '@ex.function()\ndef f(x):\n    """Return x."""\n    return x\n'
CASES = '@f.cases("g", points=1)\ndef g(rng):\n    return [(1,)]\n'
NEEDS = '@ex.function(needs=["f"])\ndef h(x):\n    """Return x."""\n    return x\n'
UNLOADABLE = {
    "syntax": ("def (", "questions.py of 91_own cannot be run: SyntaxError"),
    "exception": (
        "1 / 0\n",
        r"cannot be run: ZeroDivisionError: division by zero \(questions\.py, line 4\)",
    ),
    "exit": ("raise SystemExit(3)\n", "questions.py of 91_own cannot be run: SystemExit: 3"),
    "package": (
        'ex.packages = ["no_such_package"]\n',
        "the exercise allows the package 'no_such_package', which is not installed here",
    ),
    "our own": ('ex.figure(compare=["x"])\n', "compare must name some of"),
    "two": ('other = Exercise("b", title="B")\n', "must build one Exercise, it builds 2"),
    "none": ("del ex\n", "must build one Exercise, it builds 0"),
    "name": ('ex.name = "92"\n', "the exercise is called '92', its folder '91_own'"),
    "no question": ("", "91_own has no questions"),
    "no cases": (FUNCTION, "f has no cases"),
    "needs later": (
        NEEDS + FUNCTION + CASES,
        "h needs 'f', which is not a question before it",
    ),
}


@pytest.mark.parametrize(("source", "says"), UNLOADABLE.values(), ids=UNLOADABLE.keys())
def test_what_cannot_be_loaded_is_told_in_words(loaded, source, says):
    with pytest.raises(ExerciseError, match=says):
        loaded(source)


def test_a_folder_without_questions_is_no_exercise(tmp_path):
    with pytest.raises(ExerciseError, match=r"is not an exercise folder: it has no questions\.py"):
        load_exercise(tmp_path)
