"""The quick ways and the exact one: the same answers, and nobody trusts a quick one blindly."""

import tracemalloc

import numpy as np
import pytest

from regcourse.linear import _ridge, _spectrum, effective_dof, leave_one_out, ridge, ridge_path
from regcourse.linear._centring import centre
from regcourse.linear._certificate import gaps
from regcourse.linear._directions import directions
from regcourse.linear._spectrum import spectra

LAMS = np.logspace(-6, 2, 20)
SHAPES = {"tall": (300, 8), "nearly square": (60, 50), "square": (40, 40), "wide": (30, 200)}


def easy(n, p, seed=81):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) + rng.normal(size=p)
    return X, X @ rng.normal(size=p) / np.sqrt(p) + rng.normal(size=n)


@pytest.fixture(params=SHAPES)
def data(request):
    X, y = easy(*SHAPES[request.param])
    weights = np.random.default_rng(82).uniform(0.3, 3, size=len(y))
    return X, y, weights


@pytest.fixture
def exactly(monkeypatch):
    """From now on, only X itself is decomposed."""

    def switch():
        monkeypatch.setattr(_spectrum, "_of_products", lambda data, alpha: None)
        monkeypatch.setattr(_ridge, "_of_products", lambda data, alpha: None)

    return switch


def test_a_quick_path_is_the_exact_one(data, exactly):
    X, y, weights = data
    quick = ridge_path(X, y, LAMS, sample_weight=weights)
    exactly()
    exact = ridge_path(X, y, LAMS, sample_weight=weights)
    # Squares of X have a condition of at most 1e5 here: 11 digits.
    np.testing.assert_allclose(quick.W, exact.W, rtol=0, atol=1e-10 * np.abs(exact.W).max())
    np.testing.assert_allclose(quick.b, exact.b, rtol=1e-9)
    for score in ("dof", "loo", "gcv"):
        np.testing.assert_allclose(getattr(quick, score), getattr(exact, score), rtol=1e-9)


@pytest.mark.parametrize("lam", [0.0, 1e-12, 1e-4, 1.0])
def test_a_quick_fit_is_the_exact_one(data, exactly, lam):
    X, y, weights = data
    quick = ridge(X, y, lam, sample_weight=weights)
    exactly()
    exact = ridge(X, y, lam, sample_weight=weights)
    np.testing.assert_allclose(quick.w, exact.w, rtol=0, atol=1e-10 * np.abs(exact.w).max())


def test_the_quick_way_is_taken_for_easy_data(data):
    X, y, weights = data
    centred = centre(X, y, weights)
    assert not next(spectra(centred, 0.0)).exact
    assert _ridge._of_products(centred, 0.0) is not None
    assert [seen.exact for seen in spectra(centred, 0.0)] == [False, True]


def ill(n, p, condition, seed=83):
    """Columns of which one is nearly a sum of the others."""
    X, y = easy(n, p, seed)
    X[:, -1] = X[:, :-1].sum(axis=1) + X[:, -1] / condition
    return X, y


@pytest.mark.parametrize("condition", [1e3, 1e5, 1e7])
@pytest.mark.parametrize("lam", [0.0, 1e-10, 1e-3])
def test_a_nearly_dependent_column_costs_no_more_digits_than_its_condition(exactly, condition, lam):
    X, y = ill(200, 5, condition)
    fit, path = ridge(X, y, lam), ridge_path(X, y, [lam])
    exactly()
    exact = ridge(X, y, lam)
    # Squares of X would lose twice the digits: with 1e7, all of them.
    atol = 1e-14 * condition * np.abs(exact.w).max()
    np.testing.assert_allclose(fit.w, exact.w, rtol=0, atol=atol)
    np.testing.assert_allclose(path.W[0], exact.w, rtol=0, atol=atol)
    assert fit.gap < 1e-12
    assert path.gaps[0] < 1e-12


def test_a_row_that_is_far_from_all_others_is_looked_at_exactly():
    X, y = easy(300, 8)
    X[7] *= 1e2
    path, exact = ridge_path(X, y, LAMS), leave_one_out(X, y, LAMS[0])
    assert next(spectra(centre(X, y, np.ones(300)), 0.0)).exact is False
    assert np.mean(exact**2) == pytest.approx(path.loo[0], rel=1e-10)


# ---------- the certificate decides
def test_a_path_whose_quick_way_went_wrong_is_noticed_and_made_again(data, monkeypatch):
    X, y, weights = data
    right = ridge_path(X, y, LAMS, sample_weight=weights)
    quick = _spectrum._of_products

    def slightly_wrong(data, alpha):
        seen = quick(data, alpha)
        return _spectrum.Spectrum(data, seen.s * (1 + 1e-5), seen.U, seen.V)

    monkeypatch.setattr(_spectrum, "_of_products", slightly_wrong)
    again = ridge_path(X, y, LAMS, sample_weight=weights)
    np.testing.assert_allclose(again.W, right.W, rtol=0, atol=1e-10 * np.abs(right.W).max())


def test_a_fit_whose_quick_way_went_wrong_is_noticed_and_made_again(data, monkeypatch):
    X, y, weights = data
    right, quick = ridge(X, y, 0.1, sample_weight=weights), _ridge._of_products
    monkeypatch.setattr(_ridge, "_of_products", lambda *args: quick(*args) * (1 + 1e-5))
    again = ridge(X, y, 0.1, sample_weight=weights)
    np.testing.assert_allclose(again.w, right.w, rtol=0, atol=1e-10 * np.abs(right.w).max())


def hard():
    """Designs of many kinds that squares of X, or X as it is, make trouble for."""
    rng = np.random.default_rng(84)
    x = rng.uniform(0, 10, size=80)
    waves = np.exp(-((x[:, None] - np.linspace(0, 10, 40)) ** 2))
    return {
        "nearly dependent": ill(80, 6, 1e8)[0],
        "powers": x[:, None] ** np.arange(1, 9),
        "overlapping bumps": waves,
        "raw units": easy(80, 6)[0] * [1e-9, 1e-3, 1, 1e3, 1e6, 1e12],
        "far from the origin": easy(80, 6)[0] + 1e7,
        "a clock": np.column_stack([1.7e18 + 1e17 * x, easy(80, 3)[0]]),
        "all levels": (np.arange(80) % 5 == np.arange(5)[:, None]).T * 1.0,
        "copies": np.repeat(easy(80, 3)[0], 3, axis=1),
        "wide, raw units": easy(20, 60)[0] * 10.0 ** rng.uniform(-8, 8, size=60),
        "wide, copies": np.repeat(easy(20, 15)[0], 3, axis=1),
    }


@pytest.mark.parametrize("name", hard())
@pytest.mark.parametrize("lam", [1e-8, 1e-4, 1.0])
def test_hard_designs_are_certified_to_twelve_digits_of_the_objective(name, lam):
    X = hard()[name]
    X_scale = X.std(axis=0).max()
    y = np.random.default_rng(85).normal(size=len(X))
    strength = lam * X_scale**2
    fit, path = ridge(X, y, strength), ridge_path(X, y, [strength])
    data = centre(X, y, np.ones(len(y)))
    size = np.square(y - fit.predict(X)).mean() / 2 + strength * fit.w @ fit.w / 2
    assert fit.gap <= 1e-12 * size
    assert path.gaps[0] <= 1e-12 * size
    # The gap from the weights of the path, by both ways to it.
    assert gaps(data, path.b, path.W, path.lams)[0] <= 1e-12 * size


@pytest.mark.parametrize("name", hard())
def test_singular_directions_of_hard_designs_make_up_the_design(name):
    X = hard()[name]
    data = centre(X, np.zeros(len(X)), np.ones(len(X)))
    U, s, V = directions(data)
    np.testing.assert_allclose(U.T @ U, np.eye(s.size), rtol=0, atol=1e-13)
    np.testing.assert_allclose(V.T @ V, np.eye(s.size), rtol=0, atol=1e-13)
    off = np.abs(U * s @ V.T - data.X)
    assert off.max() < 1e-13 * data.sizes().max()
    assert effective_dof(X, 0.0) == s.size


@pytest.mark.parametrize("name", [name for name in hard() if not name.startswith("wide")])
def test_each_column_of_a_tall_design_is_made_up_to_its_own_digits(name):
    X = hard()[name]
    data = centre(X, np.zeros(len(X)), np.ones(len(X)))
    U, s, V = directions(data)
    off = np.abs(U * s @ V.T - data.X).max(axis=0)
    assert (off <= 1e-13 * data.sizes()).all()


# ---------- memory
@pytest.mark.parametrize(("n", "p"), [(3000, 8), (500, 50), (100, 600)])
@pytest.mark.parametrize("spread", [1.0, 1e4], ids=["easy", "hard"])
def test_a_path_takes_no_more_memory_than_four_times_its_data(n, p, spread):
    X, y = easy(n, p)
    X *= np.linspace(1, spread, p)
    lams = np.logspace(-4, 2, 100)
    ridge_path(X, y, lams)
    tracemalloc.start()
    ridge_path(X, y, lams)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * X.nbytes
