import re

import pytest

from regcourse.authoring.proofs import prove
from regcourse.authoring.timing import slow_ways
from regcourse.questions import load_exercise

pytestmark = pytest.mark.usefixtures("few_seeds")


def test_a_sound_exercise_has_nothing_to_mend(thin):
    exercise, said = prove(thin)
    assert said == []
    assert exercise.points == 13


CHANGES = {
    "neutral": (
        "lam / len(X)",
        "lam",
        "no group of cases catches forgets_n: it gives the reference's results on all 12 seeds",
    ),
    "too near": ("lam / len(X)", "lam * (1 + 1e-5)", "forgets_n and the reference are only"),
    "wrong way": ("np.sqrt(n * lam)", "np.sqrt(lam)", "the right way augmented_rows is"),
    "import": (
        "    A = np.vstack([Xc,",
        "    A = math.sqrt(1) * np.vstack([Xc,",
        "augmented_rows needs more than numpy and earlier answers: NameError",
    ),
    "data": (
        "X = rng.normal(size=(20, 3))",
        "X = 1 / 0",
        "mean_y: its data patients stop with Zero",
    ),
    "data's kind": (
        "return X, X @ [1.0, 2.0, 3.0] +",
        "return X @ [1.0, 2.0, 3.0] +",
        "mean_y: its data patients must be a tuple",
    ),
    "reference": (
        "y - y.mean()\n    w = np.linalg.solve(",
        "y / 0\n    w = 1 / 0 * np.linalg.solve(",
        "the reference of ridge_fit, 'a tall design' raises ZeroDivisionError",
    ),
    "draw": ("return [one(12, 0.3), one(17, 2.0)]", "return one(12, 0.3)", "a non-empty list"),
    "np.random": (
        "return [one(11, 0.3), one(18, 2.0)]",
        "return [one(11, 0.3), one(18, np.random.uniform(1, 2))]",
        "ridge_fit, 'far from the origin': one seed draws two kinds of cases: draw from rng alone",
    ),
    "rng": (
        "return [(np.geomspace(0.1, 10, 5), rng.normal(size=(5, 3)))]",
        "return [(np.geomspace(0.1, 10, 5), np.random.normal(size=(5, 3)))]",
        "draw_trace, 'some lines': one seed draws two kinds of cases",
    ),
    "NaN": (
        'return y.mean() - X.mean(axis=0) @ w, w\n\n\n@ridge_fit.cases("a tall',
        'return np.nan, w * np.nan\n\n\n@ridge_fit.cases("a tall',
        "ridge_fit, 'a tall design': every result of the reference is NaN",
    ),
    "rounding": (
        'return y.mean() - X.mean(axis=0) @ w, w\n\n\n@ridge_fit.cases("a tall',
        'return 1e-16 * y.mean(), 1e-16 * w\n\n\n@ridge_fit.cases("a tall',
        "may be 0 but for rounding: let it give 0 there, or draw other cases",
    ),
    "state": (
        "w = np.linalg.solve(Xc.T @ Xc + n * lam * np.eye(p), Xc.T @ yc)\n    return y",
        "w = np.linalg.solve(Xc.T @ Xc + n * lam * np.eye(p), Xc.T @ yc)\n"
        "    w *= 1 + np.random.uniform()\n    return y",
        "ridge_fit, 'a tall design': the right way ridge_fit is",
    ),
    "certificate": (
        "@ridge_fit.also_right",
        "@ridge_fit.certificate\ndef never(args, answer):\n    return 3.0\n\n\n"
        "@ridge_fit.also_right",
        "ridge_fit, 'a tall design': the certificate gives the reference 3, and at most 1 passes",
    ),
}


@pytest.mark.parametrize(("old", "new", "says"), CHANGES.values(), ids=CHANGES.keys())
def test_what_does_not_hold_is_said_in_words(edited, old, new, says):
    _, said = prove(edited(old, new))
    assert any(says in words for words in said), said


HEAD = "and return (b, w)."
EXAMPLE = "\n\n    Example\n    -------\n    >>> {}\n    {}\n    "
CALL = "ridge_fit(np.array([[-1.0], [0.0], [4.0]]), np.array([0.0, 1.0, 11.0]), 6.0)"
DOCSTRINGS = {
    "wrong": (
        EXAMPLE.format(CALL, "(3.0, array([2.]))"),
        "gives (3.0, array([1.])), not (3.0, arr",
    ),
    "raises": (
        EXAMPLE.format("ridge_fit(3)", "4"),
        "the example ridge_fit(3) of its docstring raises",
    ),
    "torn": (
        "\n\n    >>> if True:\n   ... 1\n    ",
        "the example of its docstring cannot be read: ",
    ),
    "parameters": (
        "\n\n    Parameters\n    ----------\n    X, y : arrays\n    alpha : float\n        Not lam."
        "\n\n    Returns\n    -------\n    b, w : float, array\n    ",
        "its docstring lists 'alpha' under Parameters, and ridge_fit takes X, y, lam",
    ),
}


@pytest.mark.parametrize(("doc", "says"), DOCSTRINGS.values(), ids=DOCSTRINGS.keys())
def test_a_docstring_that_is_not_true_of_the_reference_is_told(edited, doc, says):
    _, said = prove(edited(HEAD, f"{HEAD}{doc}"))
    assert len(said) == 1
    assert said[0].startswith("ridge_fit: ")
    assert says in said[0]


@pytest.mark.parametrize(
    "doc",
    [
        EXAMPLE.format(CALL, "(3.0, array([1.]))"),
        EXAMPLE.format(CALL, "(np.float64(3.0), array([1.]))"),
        EXAMPLE.format(f"{CALL}[1]", "array([1...])"),
        EXAMPLE.format("ridge_fit(X, y, 0.5)", "(1.0, array([2.]))"),
        "\n\n    Parameters\n    ----------\n    X : array of shape (n, p)\n    y, lam\n    ",
    ],
    ids=["plain", "as NumPy 2 shows it", "shortened", "of the notebook's data", "parameters"],
)
def test_a_docstring_that_is_true_is_left_alone(edited, doc):
    assert prove(edited(HEAD, f"{HEAD}{doc}"))[1] == []


BUSY = "    end = time.process_time() + {}\n    while time.process_time() < end:\n        pass\n"


@pytest.mark.parametrize(
    ("needs", "limit", "advice", "hopeless"),
    [(0.2, 0.1, "", True), (0.1, 0.2, ": a slower machine may need three times as long", False)],
    ids=["hopeless", "close"],
)
def test_a_right_way_that_needs_too_much_of_a_calls_time_is_told(
    edited, needs, limit, advice, hopeless
):
    folder = edited('strength="lam", returns', f'cpu_seconds={limit}, strength="lam", returns')
    edited("import numpy as np\n", "import time\n\nimport numpy as np\n")
    head = "def augmented_rows(X, y, lam):\n"
    edited(head, head + BUSY.format(f"{needs} * (len(X) == 17)"))
    exercise = load_exercise(folder)
    slow = slow_ways(exercise.questions["ridge_fit"])
    assert [one.hopeless for one in slow] == [hopeless]
    words = (
        rf"ridge_fit, 'a tall design': the right way augmented_rows takes {needs}\d? s "
        rf"of CPU time, and cpu_seconds is {limit}{advice}"
    )
    assert re.fullmatch(words, slow[0].words)


def test_nothing_else_is_tried_where_a_reference_cannot_finish(edited):
    folder = edited('strength="lam", returns', 'cpu_seconds=0.05, strength="lam", returns')
    edited("import numpy as np\n", "import time\n\nimport numpy as np\n")
    begins = f'{HEAD}"""\n'
    edited(begins, begins + BUSY.format(0.12))
    edited("lam / len(X)", "lam")
    exercise, said = prove(folder)
    assert exercise is None
    assert len(said) == 2
    assert all("s of CPU time, and cpu_seconds is 0.05" in words for words in said)


def test_every_step_is_told_before_it_is_taken(thin):
    steps = []
    prove(thin, progress=lambda *step: steps.append(step))
    assert steps == [
        (0, 6, "ridge_fit, its time"),
        (1, 6, "draw_trace, its time"),
        (2, 6, "ridge_fit, 'a tall design'"),
        (3, 6, "ridge_fit, 'far from the origin'"),
        (4, 6, "draw_trace, 'some lines'"),
        (5, 6, "mean_y"),
    ]


def test_two_mistakes_that_give_the_same_are_told(edited):
    twin = (
        '@ridge_fit.mistake("Is it twice?")\n'
        "def twin(X, y, lam):\n    return ridge_fit(X, y, lam / len(X))\n"
    )
    folder = edited("@ridge_fit.also_right", f"{twin}\n\n@ridge_fit.also_right")
    _, said = prove(folder)
    assert any("forgets_n and twin are only 0 tolerances apart" in words for words in said)


def test_a_value_whose_mistake_gives_the_right_value_is_told(edited):
    same = (
        '@mean_y.mistake("Which y?")\ndef same(X, y):\n    return sum(y) / len(y)\n\n\nex.choice('
    )
    _, said = prove(edited("ex.choice(", same))
    assert any("same give the same value for 12 of 12" in words for words in said)
