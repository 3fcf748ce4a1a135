"""Data: planted answers are the answers, and nothing seen in training comes from the test."""

import numpy as np
import pytest

from regcourse import data
from regcourse.errors import InvalidInput
from regcourse.linear import duality_gap

SHAPES = pytest.mark.parametrize(
    ("s", "n", "p"),
    [([5.0, 1.0, 0.2], 20, 3), ([4.0, 2.0], 9, 5), ([3.0, 1.0, 0.5, 0.1], 5, 12)],
    ids=["tall", "deficient", "wide"],
)


@SHAPES
def test_a_problem_has_the_singular_values_it_was_made_from(s, n, p):
    X = data.problem_from_svd(s, n=n, p=p, seed=1).X
    found = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    expected = np.zeros(min(n, p))
    expected[: len(s)] = s
    # Means of size 3 are subtracted: absolute rounding of a few 1e-15.
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize("s", [[1.0, 1e-6], [1e40, 1e34], [1e-5, 2e-6]])
@pytest.mark.parametrize("noise", [0.0, 0.9])
def test_the_answer_is_known_at_the_ends_of_what_is_allowed(s, noise):
    problem = data.problem_from_svd(s, n=12, noise=noise * 1e6 * s[-1], seed=1)
    X, y = problem.X - problem.X.mean(axis=0), problem.y - problem.y.mean()
    # Beside means of size 3 and the largest, rounding is some 1e-15 of them.
    scale = max(1.0, s[0])
    np.testing.assert_allclose(np.linalg.svd(X)[1], s, rtol=0, atol=1e-14 * scale)
    w = np.linalg.lstsq(X, y, rcond=1e-9)[0]
    # It moves w by w/s of itself, and by noise/s² where there is noise: at most by 1e-3.
    np.testing.assert_allclose(problem.w, w, rtol=0, atol=1e-2 * np.abs(w).max())


@SHAPES
@pytest.mark.parametrize("lam", [0.0, 0.03, 2.0])
def test_the_known_answer_is_optimal(s, n, p, lam):
    problem = data.problem_from_svd(s, n=n, p=p, noise=0.0, seed=2)
    b, w = problem.ridge(lam)
    # J is of the size of y², about 100; its gap is a square of rounding errors.
    assert duality_gap(problem.X, problem.y, b, w, lam) < 1e-20


def test_the_known_answer_at_zero_is_the_shortest_of_all():
    problem = data.problem_from_svd([4.0, 2.0], n=9, p=5, seed=3)
    Xc, yc = problem.X - problem.X.mean(axis=0), problem.y - problem.y.mean()
    # lstsq must be told that three singular values are rounding errors.
    shortest = np.linalg.lstsq(Xc, yc, rcond=1e-10)[0]
    np.testing.assert_allclose(problem.w, shortest, rtol=1e-10)
    assert problem.b == pytest.approx(problem.y.mean() - problem.X.mean(axis=0) @ shortest)


def test_the_signal_has_the_size_that_the_docstring_states():
    s = np.array([5.0, 1.0, 0.2])
    draws = [data.problem_from_svd(s, n=40, seed=seed) for seed in range(300)]
    size = np.sqrt(np.mean([draw.signal**2 for draw in draws], axis=0))
    # The root mean square of 300 normal draws is 1 up to 4 standard errors of 1/√600.
    np.testing.assert_allclose(size / (np.sqrt(40) * s), 1, atol=4 / np.sqrt(600))


def test_the_signal_is_what_y_holds_of_every_direction():
    problem = data.problem_from_svd([5.0, 1.0], n=20, p=3, noise=0.5, seed=6)
    U = (problem.X - problem.X.mean(axis=0)) @ problem.V / problem.s
    np.testing.assert_allclose(U.T @ problem.y, problem.signal, rtol=1e-12)


def test_noise_has_the_size_asked_for_and_moves_no_answer():
    s = [5.0, 1.0]
    plain = data.problem_from_svd(s, n=30, seed=4)
    noisy = data.problem_from_svd(s, n=30, seed=4, noise=0.7)
    residual = noisy.y - noisy.b - noisy.X @ noisy.w
    assert np.sqrt(np.mean(residual**2)) == pytest.approx(0.7)
    assert np.abs(plain.y - plain.b - plain.X @ plain.w).max() < 1e-12


def test_a_seed_draws_the_same_problem_again_and_another_seed_another():
    draws = [data.problem_from_svd([2.0], n=6, seed=seed).X for seed in (1, 1, 2)]
    np.testing.assert_array_equal(draws[0], draws[1])
    assert not np.allclose(draws[0], draws[2])


def test_columns_and_targets_lie_off_centre():
    X = data.problem_from_svd([2.0, 1.0], n=50, seed=5).X
    assert np.abs(X.mean(axis=0)).min() > 0.1
    drawn = [data.problem_from_svd([2.0], n=3, p=4, seed=seed) for seed in range(300)]
    means = np.array([problem.X.mean(axis=0) for problem in drawn])
    # 1200 draws: their spread is known to within a fiftieth of itself, and 3 of these.
    assert means.std() == pytest.approx(3, rel=0.06)
    assert np.std([problem.y.mean() for problem in drawn]) == pytest.approx(5, rel=0.12)


def test_diabetes_is_the_table_that_scikit_learn_ships():
    X, y = data.diabetes()
    assert X.shape == (442, 10) == (len(y), len(data.DIABETES_COLUMNS))
    # The average body mass index and blood pressure of the patients, in their units.
    np.testing.assert_allclose(X[:, 2:4].mean(axis=0), [26.4, 94.6], atol=0.1)


def test_scaled_diabetes_has_centred_columns_of_length_one():
    X, _ = data.diabetes(scaled=True)
    np.testing.assert_allclose(X.mean(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(np.square(X).sum(axis=0), 1, rtol=1e-12)


def test_digits_is_the_table_that_scikit_learn_ships():
    X, y = data.digits()
    assert X.shape == (1797, 64)
    assert (X.min(), X.max()) == (0.0, 16.0)
    assert sorted(set(y.tolist())) == list(range(10))


# ---------- fair units
def test_standard_units_have_mean_zero_and_deviation_one():
    X, _ = data.diabetes()
    standard = data.Standardizer.fit(X).apply(X)
    np.testing.assert_allclose(standard.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(standard.std(axis=0), 1, rtol=1e-12)


def test_standard_units_agree_with_scikit_learn():
    from sklearn.preprocessing import StandardScaler

    X, _ = data.diabetes()
    theirs = StandardScaler().fit(X[:300]).transform(X)
    np.testing.assert_allclose(
        data.Standardizer.fit(X[:300]).apply(X), theirs, rtol=1e-9, atol=1e-9
    )


def test_a_constant_column_becomes_exactly_zero():
    # 0.1 * 3 rounds: the mean of the column is not 0.1.
    units = data.Standardizer.fit([[0.1, 1.0], [0.1, 2.0], [0.1, 4.0]])
    np.testing.assert_array_equal(units.apply([[0.1, 1.0]])[:, 0], [0.0])
    assert units.scale[0] == 1.0


# The first two differ in the last digit of 0.3; the third has a deviation well above rounding.
@pytest.mark.parametrize(
    "column",
    [[0.1 + 0.2, 0.3, 0.3], [1e14, 1e14, 1e14 + 0.0625], [1e9, 1e9 + 1e-3, 1e9]],
    ids=["0.3", "huge", "small"],
)
def test_a_column_is_constant_up_to_the_same_rounding_as_in_scikit_learn(column):
    from sklearn.preprocessing import StandardScaler

    rows = np.array(column)[:, None]
    expected = StandardScaler().fit(rows).scale_
    np.testing.assert_allclose(data.Standardizer.fit(rows).scale, expected, rtol=1e-6)


@pytest.mark.parametrize("unit", [1e-200, 1e200], ids=["tiny", "huge"])
def test_deviations_neither_overflow_nor_underflow(unit):
    units = data.Standardizer.fit([[unit], [-unit]])
    assert units.scale[0] == pytest.approx(unit, rel=1e-15)
    np.testing.assert_array_equal(units.apply([[unit]]), [[1.0]])


def test_a_column_as_long_as_the_floats_has_units():
    units = data.Standardizer.fit([[1.7e308], [-1.7e308]])
    np.testing.assert_array_equal(units.apply([[1.7e308]]), [[1.0]])


def test_weights_in_raw_units_predict_the_same():
    X, _ = data.diabetes()
    units = data.Standardizer.fit(X)
    b, w = 150.0, np.linspace(-3, 4, 10)
    raw_b, raw_w = units.to_raw_units(b, w)
    np.testing.assert_allclose(raw_b + X @ raw_w, b + units.apply(X) @ w, rtol=1e-10)


def test_what_is_done_to_a_row_does_not_depend_on_the_other_rows():
    X, _ = data.diabetes()
    units = data.Standardizer.fit(X[:100])
    np.testing.assert_array_equal(units.apply(X)[300], units.apply(X[300:301])[0])


# ---------- splits
def test_a_split_deals_every_row_exactly_once():
    X, y = np.arange(20.0).reshape(10, 2), np.arange(10.0)
    parts = data.split(X, y, test=0.3, seed=0)
    assert (len(parts.y_train), len(parts.y_test)) == (7, 3)
    assert sorted([*parts.y_train, *parts.y_test]) == y.tolist()
    np.testing.assert_array_equal(parts.X_train[:, 0], 2 * parts.y_train)
    np.testing.assert_array_equal(parts.X_test[:, 0], 2 * parts.y_test)


@pytest.mark.parametrize(("test", "held_out"), [(0.01, 1), (0.99, 3)])
def test_each_part_gets_at_least_one_row(test, held_out):
    assert len(data.split(np.eye(4), np.arange(4.0), test=test, seed=1).y_test) == held_out


def test_two_rows_can_be_split_and_a_quarter_is_held_out_unless_told_otherwise():
    assert len(data.split(np.eye(2), np.arange(2.0), seed=1).y_test) == 1
    assert len(data.split(np.eye(40), np.arange(40.0), seed=1).y_test) == 10


def test_another_test_part_never_changes_the_units_of_a_split():
    X, y = data.diabetes()
    parts = data.split(X, y, seed=2)
    moved = data.Split(parts.X_train, parts.y_train, parts.X_test + 100, parts.y_test)
    np.testing.assert_array_equal(parts.standardized().X_train, moved.standardized().X_train)
    shift = moved.standardized().X_test - parts.standardized().X_test
    np.testing.assert_allclose(shift, np.tile(100 / parts.X_train.std(axis=0), (len(shift), 1)))


def test_results_can_be_compared_and_kept_in_sets():
    problem = data.problem_from_svd([2.0], n=6, seed=1)
    parts = data.split(problem.X, problem.y, seed=1)
    units = data.Standardizer.fit(problem.X)
    others = (data.problem_from_svd([2.0], n=6, seed=1), parts.standardized(), 1)
    for result in (problem, parts, units):
        assert result == result
        assert [result == other for other in others] == [False, False, False]
        assert len({result, result, *others}) == 4


# ---------- what is refused
@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: data.problem_from_svd([1, 0], n=9, seed=0), "s must be > 0, got 0"),
        (lambda: data.problem_from_svd([1, 0.9e-6], n=9, seed=0),
         r"s must lie between 1e-06 and 1e\+40, got 9e-07"),
        (lambda: data.problem_from_svd([0.5, 0.9e-6], n=9, seed=0),
         r"s must lie between 1e-06 and 1e\+40, got 9e-07"),
        (lambda: data.problem_from_svd([1e6, 0.9], n=9, seed=0),
         r"s must lie between 1 and 1e\+40, got 0.9"),
        (lambda: data.problem_from_svd([1.1e40, 1e40], n=9, seed=0),
         r"s must lie between 1.1e\+34 and 1e\+40, got 1.1e\+40"),
        (lambda: data.problem_from_svd([2, 1], n=9, noise=1.1e6, seed=0),
         r"noise must be at most 1e\+06, got 1.1e\+06"),
        (lambda: data.Standardizer.fit([[1.7e308], [1.6e308]]),
         "what is left of X without its mean must lie within the floats, got one beyond"),
        (lambda: data.Standardizer.fit([[0.0], [1e-160]]).apply([[1e160]]),
         "X in standard units must lie within the floats, got one beyond the largest"),
        (lambda: data.Standardizer.fit([[0.0], [1e-160]]).to_raw_units(0, [1e160]),
         r"\(b, w\) in raw units must lie within the floats, got one beyond the largest"),
        (lambda: data.Standardizer.fit([[1e160], [1e160]]).to_raw_units(0, [1e160]),
         r"\(b, w\) in raw units must lie within the floats, got one beyond the largest"),
        (lambda: data.problem_from_svd([2, 1], n=2, seed=0),
         r"s must have at most min\(n - 1, p\) = 1 entries, got 2"),
        (lambda: data.problem_from_svd([2, 1], n=9, p=1, seed=0),
         r"s must have at most min\(n - 1, p\) = 1 entries, got 2"),
        (lambda: data.problem_from_svd([2, 1], n=3, noise=1, seed=0),
         "noise must be 0 when s has n - 1 entries, got 1"),
        (lambda: data.problem_from_svd([2, 1], n=9, noise=-1, seed=0),
         "noise must be >= 0, got -1.0"),
        (lambda: data.problem_from_svd([2, 1], n=1, seed=0), "n must be >= 2, got 1"),
        (lambda: data.split([[1.0]], [1.0], seed=0),
         "X must have at least 2 rows to be split, got 1"),
        (lambda: data.split(np.eye(3), np.ones(3), test=1.0, seed=0), "test must be < 1, got 1.0"),
        (lambda: data.split(np.eye(3), np.ones(3), test=0, seed=0), "test must be > 0, got 0.0"),
        (lambda: data.Standardizer.fit(np.eye(3)).apply(np.eye(2)),
         "X must have 3 columns, got 2"),
        (lambda: data.Standardizer.fit(np.eye(3)).to_raw_units(0, [1.0]),
         "w must have 3 entries, got 1"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()
