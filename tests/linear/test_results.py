"""What fits and paths return: frozen, comparable, and able to predict."""

import dataclasses

import numpy as np
import pytest

from regcourse.errors import InvalidInput
from regcourse.linear import Fit, Path


@pytest.fixture
def fit():
    return Fit(b=2.0, w=np.array([1.0, -3.0]), lam=0.5, rho=0.2, gap=1e-9, iterations=7)


@pytest.fixture
def path():
    return Path(lams=np.ones(1), rho=0.0, b=np.ones(1), W=np.ones((1, 2)), gaps=np.zeros(1))


def test_a_fit_predicts_one_number_for_each_row(fit):
    np.testing.assert_array_equal(fit.predict([[1, 0], [0, 1], [1, 1]]), [3.0, -1.0, 0.0])


@pytest.mark.parametrize("result", ["fit", "path"])
def test_a_result_is_equal_to_itself_alone_and_can_be_a_key(result, request):
    result = request.getfixturevalue(result)
    other = dataclasses.replace(result)
    assert result != other
    assert {result: "this", other: "that"}[result] == "this"
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'rho'"):
        result.rho = 1.0


@pytest.mark.parametrize(
    ("X", "message"),
    [
        ([[1.0, 2.0, 3.0]], "X must have 2 columns, got 3"),
        ([1.0, 2.0], r"X must have 2 dimension\(s\)"),
        ([[1.0, -2e40]], r"X must be at most 1e\+40 in size, got 2e\+40"),
    ],
)
def test_rows_that_cannot_be_predicted_are_refused(fit, X, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        fit.predict(X)


def test_rows_may_be_smaller_than_any_that_were_learned_from(fit):
    np.testing.assert_array_equal(fit.predict([[1e-300, 0.0]]), [2.0])
