import ast

import numpy as np
import pytest

from regcourse.errors import ExerciseError
from regcourse.questions import body_lines, has_loop, source_of, stub_of


def decorated(*options):
    return lambda function: function


@decorated("a hint (with a bracket)")
@decorated()
def shrink(
    z: float,
    t: float = 1.0,
) -> float:
    """Shrink z by t.

    >>> shrink(3.0)
    2.0
    """

    def inner(value):
        return value - t

    return inner(z)  # the answer


def one_line(z): return z  # fmt: skip


def documented_in_place(z): "Return z."; return z  # noqa: E702  # fmt: skip


def undocumented(z):
    return z


async def waits(z):
    """Return z."""
    return z


def nested():
    def inside(z):
        """Return z."""
        return z + 1

    return inside


def test_a_source_has_lost_its_decorators_and_nothing_else():
    text = source_of(shrink)
    assert text.startswith("def shrink(\n    z: float,")
    assert text.endswith("return inner(z)  # the answer")
    assert "decorated" not in text


def test_a_stub_is_signature_and_docstring_and_says_that_it_is_unwritten():
    text = stub_of(shrink)
    assert text.startswith("def shrink(\n    z: float,\n    t: float = 1.0,\n) -> float:")
    assert text.endswith('    """\n    # YOUR CODE HERE\n    raise NotImplementedError()')
    assert "inner" not in text


def test_a_stub_runs_and_raises_not_implemented():
    namespace = {}
    exec(stub_of(shrink), namespace)
    with pytest.raises(NotImplementedError):
        namespace["shrink"](np.ones(2))


def test_an_inner_function_is_moved_to_the_margin():
    assert stub_of(nested()).startswith('def inside(z):\n    """Return z."""\n    # YOUR')
    assert ast.parse(source_of(nested()))


def test_body_lines_leave_out_docstring_comments_and_signature():
    assert body_lines(shrink) == ["def inner(value):", "return value - t", "return inner(z)"]
    assert body_lines(one_line) == ["return z"]


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (undocumented, "undocumented needs a docstring: it is what the student reads"),
        (one_line, "one_line needs a docstring"),
        (documented_in_place, "documented_in_place: begin the docstring on a line of its own"),
        (waits, "must be written with def"),
        (lambda z: z, "must be written with def"),
        (len, "the source of <built-in function len> cannot be read"),
        (np.add, "cannot be read"),
    ],
    ids=["undocumented", "one line", "in place", "async", "lambda", "built-in", "ufunc"],
)
def test_what_has_no_stub_is_refused_in_words(function, says):
    with pytest.raises(ExerciseError, match=says):
        stub_of(function)


def listing(z):
    return [value for value in z if value]


def climbing(z):
    def step(value):
        while value < z:
            value += 1
        return value

    return step(0)


@pytest.mark.parametrize(
    ("function", "loops"),
    [(shrink, False), (listing, False), (climbing, True)],
    ids=["a formula", "a comprehension", "a loop inside"],
)
def test_a_loop_is_a_statement_wherever_it_stands(function, loops):
    assert has_loop(function) is loops
