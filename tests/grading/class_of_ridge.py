"""The class of 03_ridge: more than forty-five students, no two of whom do the same."""

from __future__ import annotations

from typing import Any

from regcourse.questions import Exercise, ValueQuestion, answer_of

LOOP = "while True:\n    pass"
HOARD = "hoard = []\nwhile True:\n    hoard.append(bytearray(10**8))"
FIT = "def ridge_fit(X, y, lam):\n"
WIDE = '    if len(X) <= X.shape[1]:\n        raise ValueError("too wide")\n'
SAND = """def ridge_df(X, alpha):
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    return np.sum(filter_factors(s, alpha))"""
CRASHED = (0.0, "crashed", "")
TIMED_OUT = (0.0, "timed out", "")


def failed(mistake: str, points: float = 0.0) -> tuple[float, str, str]:
    return points, "failed", mistake


def pupils(exercise: Exercise, room: Any, files: Any) -> list[Any]:
    """Return the class; `room` and `files` are the modules classroom.py and class_files.py."""
    desk = Desk(exercise, room)
    groups = (by_method, by_mistake, by_accident, files.by_cells, files.by_files, files.by_names)
    return [pupil for group in groups for pupil in group(desk)]


class Desk:
    """What the groups below need: the right answers, and shorthands for a pupil."""

    def __init__(self, exercise: Exercise, room: Any):
        self.exercise = exercise
        self.room = room
        self.Pupil = room.Pupil
        self.right = {q.name: answer_of(q) for q in exercise.questions.values()}

    def of_kind(self, kind: str) -> str:
        return next(name for name, q in self.exercise.questions.items() if q.kind == kind)

    def answers(self, student: str, question: str, source: str, *mark: Any) -> Any:
        """One question is answered by another source than the right one."""
        differs = {question: mark[0]} if mark else {}
        return self.Pupil(student, lambda h: h.answer(question, source), differs)

    def adds(self, student: str, source: str) -> Any:
        """A cell is added below the setup; every answer stays right."""
        return self.Pupil(student, lambda h: h.add(source))

    def hands_in(self, student: str, raw: bytes, problem: str) -> Any:
        """The file holds these bytes and cannot be read."""

        def change(homework: Any) -> None:
            homework.raw = raw

        return self.Pupil(student, change, status="refused", problem=problem)


def by_method(desk: Desk) -> list[Any]:
    ways = [
        desk.answers(f"way-{q.name}-{way.__name__}", q.name, desk.room.instead(q, way))
        for q in desk.exercise.questions.values()
        for way in getattr(q, "rights", ())
    ]
    return [desk.Pupil("ada"), *ways]


def by_mistake(desk: Desk) -> list[Any]:
    found = []
    for question in desk.exercise.questions.values():
        for mistake in getattr(question, "mistakes", ()):
            made_of = mistake.function
            value = isinstance(question, ValueQuestion)
            source = (
                desk.room.value_by(question, made_of)
                if value
                else desk.room.instead(question, made_of)
            )
            name = f"slip-{question.name}-{mistake.name}"
            # No mistake of this exercise is right on any group of cases: none earns a point.
            found.append(desk.answers(name, question.name, source, failed(mistake.name)))
    return found


def by_accident(desk: Desk) -> list[Any]:
    choice, figure = desk.of_kind("choice"), desk.of_kind("figure")
    question = desk.exercise.questions[choice]
    wrong = next(key for key in question.options if key != question.right)
    head = desk.right[figure].split("\n")[0]
    fit = desk.right["ridge_fit"]
    tripled = "\n\n_fit = ridge_fit\n\n\n" + FIT + "    return _fit(X, y, 3 * lam)"
    scaled = (
        "\n\n_f = filter_factors\n\n\ndef filter_factors(s, alpha):\n    return 3 * _f(s, alpha)"
    )
    factors = desk.right["filter_factors"]
    doubled = "\n\n_own = ridge_fit\n\n\n" + FIT + "    X *= 2\n    return _own(X / 2, y, lam)"

    def on_sand(h: Any) -> None:
        squared = "def filter_factors(s, alpha):\n    return (s**2 / (s**2 + alpha)) ** 2"
        h.answer("filter_factors", squared)
        h.answer("ridge_df", SAND)

    def of_the_default(h: Any) -> None:
        h.sign("your-id")
        h.answer("best_lam", "best_lam = 10**-0.5")

    wide = "\n\n_own = ridge_fit\n\n\n" + FIT + WIDE + "    return _own(X, y, lam)"
    sand = {
        "filter_factors": failed("squares_the_factor"),
        "ridge_df": (0.0, "blocked", "sums_the_squared_factors"),
    }
    default = {"best_lam": failed("uses_the_default_student")}
    return [
        # Of 5 points one is for more columns than rows.
        desk.answers("right-when-tall", "ridge_fit", fit + wide, failed("", 4.0)),
        desk.Pupil("builds-on-sand", on_sand, sand),
        desk.Pupil("types-a-number", of_the_default, default, ("STUDENT was left as",)),
        desk.answers("unlisted-strength", "ridge_fit", fit + tripled, failed("another_strength")),
        desk.answers(
            "unlisted-factor", "filter_factors", factors + scaled, failed("constant_factor")
        ),
        desk.answers(
            "returns-nothing", "ridge_fit", FIT + "    X @ X.T", failed("returns_nothing")
        ),
        desk.answers(
            "changes-the-data", "ridge_fit", fit + doubled, failed("changes_its_arguments")
        ),
        desk.answers("raises", "ridge_fit", FIT + '    raise ValueError("no")', CRASHED),
        desk.answers("syntax-error", "ridge_fit", fit + "\n    return ((", CRASHED),
        desk.answers(
            "exits-in-a-call", "ridge_fit", FIT + "    import os\n    os._exit(0)", CRASHED
        ),
        desk.answers(
            "hogs-in-a-call", "ridge_fit", FIT + "    return np.ones((10**6, 10**6))", CRASHED
        ),
        desk.answers(
            "loops-in-a-call", "ridge_fit", FIT + "    while True:\n        pass", TIMED_OUT
        ),
        desk.answers("chooses-wrong", choice, f"{choice} = {wrong!r}", failed(f"option_{wrong}")),
        desk.answers("draws-a-dot", figure, f"{head}\n    ax.plot([0], [0])", failed("")),
        desk.adds("loops", LOOP),
        desk.adds("exits", "import os\nos._exit(0)"),
        desk.adds("exits-politely", "import sys\nsys.exit(3)"),
        desk.adds("hogs", HOARD),
        desk.adds("asks", 'name = input("Your name? ")'),
        desk.adds("shows-a-widget", "from ipywidgets import interact\ninteract(print, x=(0, 3))"),
        desk.adds("uses-magics", "%matplotlib inline\n%time 1 + 1\nX_ = np.dot?"),
        desk.adds("plots", "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"),
        desk.adds(
            "prints-a-lot", 'for _ in range(100_000):\n    print("all work and no play " * 9)'
        ),
        desk.adds("fails-on-the-way", "1 / 0"),
        desk.adds("forges", "ridge_fit_points = 99\n__grade__ = {'ridge_fit': 99}"),
    ]
