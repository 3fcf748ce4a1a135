"""`check` on values and groups of small exercises written for one test each."""

import numpy as np
import pytest

from regcourse import check, check_all
from regcourse.compare import difference

VALUE = (
    '@ex.value(points=1, rtol=1e-3)\ndef v():\n    """Set v."""\n    return 2.5\n'
    '@v.mistake("Which way round?")\ndef is_turned_over():\n    return 0.4\n'
)


@pytest.fixture
def check_v(check_data_of):
    """A function that checks a value of v, whose right value is 2.5."""
    check_data_of(VALUE)
    return lambda value: eval('check("v")', {"check": check, "v": value})


@pytest.mark.parametrize("value", [2.5, np.float64(2.501), np.array(2.499)], ids=repr)
def test_a_value_within_its_tolerance_passes(check_v, value):
    assert check_v(value).status == "passed"


@pytest.mark.parametrize(
    ("value", "status"), [(2.5e-13, "passed"), (0, "failed"), (-2.5e-13, "failed")]
)
def test_a_tiny_value_is_told_from_zero_and_from_its_opposite(check_data_of, value, status):
    check_data_of(VALUE.replace("2.5", "2.5e-13"))
    assert eval('check("v")', {"check": check, "v": value}).status == status


def test_a_value_in_a_list_is_refused_as_the_grader_will_refuse_it(check_v):
    said = ("The answer is a list where a single number is asked.",)
    assert check_v([2.5]).sentences == said
    assert difference([2.5], 2.5).kind == "shape"


@pytest.mark.parametrize("value", [2.51, -2.5, 0, 1e300, True], ids=repr)
def test_another_value_is_only_called_another(check_v, value):
    assert repr(check_v(value)) == "✗ v: not yet\n  v has another value."


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ([1, 2], "The answer is a list where a single number is asked."),
        ("2.5", "The answer is a string where a number is asked."),
        (np.nan, "The answer is NaN."),
        ({}, "The answer is a dict where a number is asked."),
        (10**400, "The answer is a number beyond every float where a number is asked."),
        (1j, "v is not a real number."),
    ],
    ids=["list", "string", "nan", "dict", "beyond", "complex"],
)
def test_what_is_no_number_is_told(check_v, value, says):
    assert repr(check_v(value)) == f"✗ v: not yet\n  {says}"


def test_the_value_of_a_known_mistake_is_named(check_v):
    result = check_v(0.4)
    assert result.mistake == "is_turned_over"
    assert "a known mistake: is turned over." in repr(result)
    assert "Hint: Which way round?" in repr(result)


def test_two_exercises_in_one_folder_are_read_together(check_v, folder):
    names = [name for name, _ in check_all().rows]
    assert names == ["ridge_fit", "mean_y", "pick", "draw_trace", "why", "v"]


def test_what_was_said_of_one_group_is_not_repeated_for_the_next(check_data_of):
    groups = "\n".join(
        f'@f.cases("{title}", points=1)\ndef {title}(rng):\n    return [(np.ones(2),)]\n'
        for title in ("first", "second")
    )
    check_data_of(f'@ex.function()\ndef f(x):\n    """Return x."""\n    return x\n\n\n{groups}')
    found = eval('check("f")', {"check": check, "f": lambda x: None})
    assert [line.sentences for line in found.lines] == [("Returns None.",), ("The same.",)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("raise NotImplementedError", "not attempted"),
        ("if x > 0:\n        raise NotImplementedError\n    return -x", "failed"),
        ("if x < 0:\n        raise NotImplementedError\n    return x + 1", "failed"),
    ],
    ids=["nothing", "one group right", "one group wrong"],
)
def test_an_answer_is_attempted_as_soon_as_one_group_of_it_is_written(check_data_of, body, status):
    check_data_of(
        '@ex.function()\ndef size(x):\n    """Return |x|."""\n    return abs(x)\n'
        '@size.cases("above", points=1)\ndef above(rng):\n    return [(2.0,)]\n'
        '@size.cases("below", points=1)\ndef below(rng):\n    return [(-3.0,)]\n'
    )
    space = {}
    exec(f"def size(x):\n    {body}", space)
    assert check(space["size"]).status == status


TWO_GROUPS = (
    '@ex.function()\ndef size(x):\n    """Return |x|."""\n    return abs(x)\n'
    '@size.cases("above", points=1)\ndef above(rng):\n    return [(2.0,)]\n'
    '@size.cases("below", points=1)\ndef below(rng):\n    return [(-3.0,), (-1.0,)]\n'
    '@size.mistake("Which sign?")\ndef keeps_the_sign(x):\n    return x\n'
)


def test_a_mistake_that_shows_in_the_second_failing_group_only_is_named(check_data_of):
    check_data_of(TWO_GROUPS)
    found = eval('check("size")', {"check": check, "size": lambda x: x if x < 0 else 7.0})
    assert [line.status for line in found.lines] == ["failed", "failed"]
    assert found.mistake == "keeps_the_sign"
