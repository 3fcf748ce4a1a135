"""statsmodels: where one number for all weights, or its own tolerance, leads elsewhere."""

import numpy as np
import pytest
import statsmodels.api as sm

from regcourse.conventions import convert
from regcourse.linear import kkt_violation


def test_one_number_for_all_penalises_the_constant(fitted):
    model = sm.OLS(fitted.y, sm.add_constant(fitted.X))
    params = model.fit_regularized(alpha=fitted.lam, L1_wt=0).params
    assert fitted.distance(params[0], params[1:]) > 0.1


@pytest.fixture(scope="module")
def correlated():
    """Eight problems with eight correlated columns, and a lasso's strength for each."""
    rng = np.random.default_rng(0)
    drawn = []
    for _ in range(8):
        X = rng.normal(size=(30, 8)) @ rng.normal(size=(8, 8))
        y = X @ rng.normal(size=8) + rng.normal(size=30)
        drawn.append((X, y, 0.05 * np.abs(X.T @ (y - y.mean())).max() / 30))
    return drawn


def violations(problems, leave_out=()):
    """By which share of lam each lasso of statsmodels breaks its conditions."""
    for X, y, lam in problems:
        settings = dict(convert(lam, "sklearn.Lasso", "statsmodels.OLS", p=8))
        kept = {name: value for name, value in settings.items() if name not in leave_out}
        model = sm.OLS(y, sm.add_constant(X))
        b, *w = model.fit_regularized(**kept, maxiter=500, cnvrg_tol=1e-10).params
        yield kkt_violation(X, y, b, w, lam, rho=1.0) / lam


def test_the_converted_settings_lead_to_the_lasso(correlated):
    # Coordinate descent until a round moves no weight by 1e-10.
    assert max(violations(correlated)) < 1e-6


def test_with_the_zero_tolerance_of_its_own_it_stops_short(correlated):
    # A weight that came to be 0 in passing is never looked at again.
    assert max(violations(correlated, leave_out={"zero_tol"})) > 0.1
