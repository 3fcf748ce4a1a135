"""statsmodels: fit_regularized on a design whose first column is the constant."""

import statsmodels.api as sm


def mean(P, b, w, alpha, L1_wt):
    assert alpha[0] == 0
    each = ((1 - L1_wt) * w**2 / 2 + L1_wt * abs(w)) @ alpha[1:]
    return P.losses(b, w) / P.n + each


OBJECTIVES = {
    "statsmodels.OLS": mean,
    "statsmodels.GLM": mean,
    "statsmodels.Logit": lambda P, b, w, alpha: P.losses(b, w) + abs(w) @ alpha[1:],
}


def params(model, settings, **options):
    found = model.fit_regularized(**settings, **options).params
    return found[0], found[1:]


def fit_ols(P, settings):
    return params(sm.OLS(P.y, sm.add_constant(P.X)), settings, maxiter=1000, cnvrg_tol=1e-14)


def fit_glm(P, settings):
    model = sm.GLM(P.y, sm.add_constant(P.X), family=sm.families.Binomial())
    return params(model, settings, maxiter=1000, cnvrg_tol=1e-12)


def fit_logit(P, settings):
    model = sm.Logit(P.y, sm.add_constant(P.X))
    return params(model, settings, acc=1e-12, maxiter=1000, disp=False)


# Without an L1 part GLM asks a general optimizer, which stops at a slope of 1e-5; Logit always.
FITS = {
    "statsmodels.OLS": (fit_ols, 1e-9),
    "statsmodels.GLM": (fit_glm, 1e-4),
    "statsmodels.Logit": (fit_logit, 1e-5),
}
