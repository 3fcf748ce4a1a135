import sys

import numpy as np
import pytest

from regcourse.questions import Raised, Returned, Rng, Stopped, changed_arguments, run


def test_a_call_gets_copies_and_gives_its_value():
    X = np.ones(3)

    def spoil(x):
        x += 1
        return x

    outcome = run(spoil, (X,))
    np.testing.assert_array_equal(outcome.value, [2, 2, 2])
    np.testing.assert_array_equal(X, [1, 1, 1])
    assert outcome.changed == ("x",)


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda x, y: None, ()),
        (lambda x, y: y.append(1), ("y",)),
        (lambda x, y: (x.fill(0), y.clear()), ("x", "y")),
        (lambda *args: args[1].append(1), ("argument 2",)),
        (lambda x, y: x.sort(), ("x",)),
    ],
    ids=["none", "list", "both", "unnamed", "order"],
)
def test_arguments_that_a_call_altered_are_named(change, names):
    assert run(change, (np.array([3.0, 1.0]), [4])).changed == names


def test_not_a_number_that_stays_is_no_change():
    assert run(lambda x: 0, (np.array([np.nan, np.inf]),)).changed == ()


def test_drawing_from_a_generator_is_no_change():
    outcome = run(lambda rng: rng.random(), (Rng(7),))
    assert outcome == Returned(np.random.default_rng(7).random())


def test_drawing_from_generators_inside_a_list_is_no_change():
    args = ([Rng(7), Rng(8)], {"mask": Rng(9)})
    assert run(lambda rngs, more: rngs[1].random() + more["mask"].random(), args).changed == ()


def test_a_key_that_a_call_added_is_a_change():
    assert run(lambda state: state.update(step=1), ({"m": 0.5},)).changed == ("state",)


def test_the_arguments_of_a_function_without_signature_are_counted():
    def unreadable(x):
        return x

    unreadable.__signature__ = "no signature"
    assert changed_arguments(unreadable, (np.ones(1),), (np.zeros(1),)) == ("argument 1",)


def test_what_is_printed_is_kept_beside_the_value():
    def talk(x):
        print("hello", x)
        return x

    assert run(talk, (2,)) == Returned(2, (), "hello 2\n")


def test_an_exception_is_told_with_the_students_own_line():
    def invert(X):
        print("so far")
        return np.linalg.inv(X)

    outcome = run(invert, (np.zeros((2, 2)),))
    assert isinstance(outcome, Raised)
    assert (outcome.name, outcome.message) == ("LinAlgError", "Singular matrix")
    assert outcome.where.endswith("return np.linalg.inv(X)")
    assert outcome.printed == "so far\n"


def test_a_builtin_that_raises_has_no_line():
    assert run(len, (1,)).where == ""


def test_warnings_do_not_become_errors():
    assert run(lambda x: np.log(x) + 1 / np.zeros(1)[0], (np.zeros(1),)).value[0] != 0


@pytest.mark.parametrize("stop", [lambda: sys.exit(3), exit], ids=["sys.exit", "exit"])
def test_an_answer_that_exits_is_stopped(stop):
    assert run(lambda x: stop(), (1,)) == Stopped("exit")


def test_an_interrupt_by_the_student_is_theirs():
    def interrupted(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(interrupted, (1,))


def test_a_figure_is_drawn_on_an_axes_that_is_not_an_argument():
    def line(ax, x):
        ax.plot(x, x)
        x += 1

    outcome = run(line, (np.ones(2),), ["lines", "title"])
    assert outcome.value["title"] == ""
    assert outcome.changed == ("x",)


def test_another_value_under_the_same_key_is_a_change():
    assert run(lambda state: state.update(m=2.0), ({"m": 0.5},)).changed == ("state",)


def test_a_caller_who_makes_numpy_raise_does_not_make_an_answer_raise():
    with np.errstate(all="raise"):
        outcome = run(lambda x: x / 0.0, (np.ones(2),))
    assert isinstance(outcome, Returned)


def test_the_innermost_of_the_authors_own_lines_is_quoted():
    def helper(x):
        return 1 / x

    outcome = run(lambda x: helper(x), (0,))
    assert outcome.where.endswith("return 1 / x")
    assert outcome.inside == "helper"
