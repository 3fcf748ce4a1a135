"""statsmodels fits the same weights, if the constant is spared."""

import statsmodels.api as sm

from regcourse import conventions


def test_fit_regularized(fitted):
    alpha = conventions.to_statsmodels(fitted.lam, p=3)
    model = sm.OLS(fitted.y, sm.add_constant(fitted.X))
    params = model.fit_regularized(alpha=alpha, L1_wt=0).params
    # A closed form: rounding only.
    fitted.assert_same(params[0], params[1:], atol=1e-12)


def test_one_number_for_all_penalises_the_constant(fitted):
    model = sm.OLS(fitted.y, sm.add_constant(fitted.X))
    params = model.fit_regularized(alpha=fitted.lam, L1_wt=0).params
    assert fitted.distance(params[0], params[1:]) > 0.1
