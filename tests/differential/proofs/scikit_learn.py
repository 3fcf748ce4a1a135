"""scikit-learn: the objectives of its documentation, and fits with the converted strength.

Coordinate descent stops at a duality gap, a squared distance, of 1e-14 of ‖y‖²; saga and L-BFGS at
a slope that is the square root of what the loss rounds to. The networks see the same rows several
times, in order: batches of whole copies are all of the data, and no chance is involved.
"""

import numpy as np
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import (
    BayesianRidge,
    ElasticNet,
    Lasso,
    LassoLars,
    LogisticRegression,
    Ridge,
    RidgeClassifier,
    SGDClassifier,
    SGDRegressor,
)
from sklearn.neural_network import MLPClassifier, MLPRegressor


def ridge(P, b, w, alpha):
    return 2 * P.losses(b, w) + alpha * w @ w


def lasso(P, b, w, alpha):
    return P.losses(b, w) / P.n + alpha * P.norm1(w)


def elastic_net(P, b, w, alpha, l1_ratio):
    return P.losses(b, w) / P.n + alpha * P.mixed(w, l1_ratio)


def whole(P, b, w, alpha):
    return (P.losses(b, w) + alpha * w @ w / 2) / P.n


def in_batches(P, b, w, alpha):
    sizes = np.diff([*range(0, P.n, P.batch), P.n])
    # In expectation over how the rows are dealt, each batch has the mean loss of all rows.
    return np.mean([P.losses(b, w) / P.n + alpha * w @ w / (2 * size) for size in sizes])


OBJECTIVES = {
    "sklearn.Ridge": ridge,
    "sklearn.KernelRidge": ridge,
    "sklearn.RidgeClassifier": ridge,
    "sklearn.BayesianRidge": ridge,
    "sklearn.Lasso": lasso,
    "sklearn.LassoLars": lasso,
    "sklearn.ElasticNet": elastic_net,
    "sklearn.SGDRegressor": elastic_net,
    "sklearn.SGDClassifier": elastic_net,
    "sklearn.MLPRegressor": in_batches,
    "sklearn.MLPRegressor.lbfgs": whole,
    "sklearn.MLPClassifier": in_batches,
    "sklearn.MLPClassifier.lbfgs": whole,
    "sklearn.LogisticRegression": lambda P, b, w, C, l1_ratio: (
        C * P.losses(b, w) + P.mixed(w, l1_ratio)
    ),
}


def plain(model, P):
    model.fit(P.X, P.y)
    return model.intercept_, model.coef_


def fit_ridge(P, settings):
    return plain(Ridge(**settings, solver="svd"), P)


def fit_ridge_classifier(P, settings):
    return plain(RidgeClassifier(**settings), P)


def fit_kernel_ridge(P, settings):
    Xc = P.X - P.X.mean(axis=0)
    w = Xc.T @ KernelRidge(**settings).fit(Xc, P.y - P.y.mean()).dual_coef_
    return P.y.mean() - P.X.mean(axis=0) @ w, w


def fit_bayesian_ridge(P, settings):
    # Gamma priors as sharp as these leave nothing to estimate: alpha_ is 1, lambda_ the ratio.
    sure, (ratio,) = 1e16, settings.values()
    return plain(BayesianRidge(alpha_1=sure, alpha_2=sure, lambda_1=sure, lambda_2=sure / ratio), P)


def fit_lasso(P, settings):
    return plain(Lasso(**settings, tol=1e-14), P)


def fit_lasso_lars(P, settings):
    return plain(LassoLars(**settings), P)


def fit_elastic_net(P, settings):
    return plain(ElasticNet(**settings, tol=1e-14, max_iter=10_000), P)


def fit_logistic_regression(P, settings):
    return plain(
        LogisticRegression(**settings, solver="saga", tol=1e-9, max_iter=5000, random_state=0), P
    )


# One row at a time, ever more slowly, and never averaged: the average is wrong with an L1 part.
STOCHASTIC = {"learning_rate": "optimal", "max_iter": 500, "tol": None, "random_state": 0}


def fit_sgd_regressor(P, settings):
    return plain(SGDRegressor(**settings, **STOCHASTIC), P)


def fit_sgd_classifier(P, settings):
    return plain(SGDClassifier(**settings, **STOCHASTIC), P)


WHOLE = {"hidden_layer_sizes": (), "tol": 1e-14, "max_iter": 2000, "random_state": 0}


def network(model, P):
    model.fit(P.X, P.y)
    return model.intercepts_[0], model.coefs_[0]


def fit_mlp_regressor_lbfgs(P, settings):
    return network(MLPRegressor(**settings, **WHOLE), P)


def fit_mlp_classifier_lbfgs(P, settings):
    return network(MLPClassifier(**settings, **WHOLE), P)


# They stop by themselves, ten rounds after the loss has come to rest.
BATCHES = {
    "hidden_layer_sizes": (), "solver": "sgd", "shuffle": False, "momentum": 0.0, "tol": 1e-15,
    "random_state": 0,
}  # fmt: skip


def fit_mlp_regressor(P, settings):
    steps = {"batch_size": P.batch, "learning_rate_init": P.step / 2, "max_iter": 1000}
    return network(MLPRegressor(**settings, **BATCHES, **steps), P)


def fit_mlp_classifier(P, settings):
    steps = {"batch_size": P.batch, "learning_rate_init": P.step, "max_iter": 1000}
    return network(MLPClassifier(**settings, **BATCHES, **steps), P)


# Each fit and how near it comes.
FITS = {
    "sklearn.Ridge": (fit_ridge, 1e-12),
    "sklearn.KernelRidge": (fit_kernel_ridge, 1e-12),
    "sklearn.RidgeClassifier": (fit_ridge_classifier, 1e-12),
    "sklearn.BayesianRidge": (fit_bayesian_ridge, 1e-9),
    "sklearn.Lasso": (fit_lasso, 1e-7),
    "sklearn.LassoLars": (fit_lasso_lars, 1e-12),
    "sklearn.ElasticNet": (fit_elastic_net, 1e-7),
    "sklearn.SGDRegressor": (fit_sgd_regressor, 1e-3),
    "sklearn.SGDClassifier": (fit_sgd_classifier, 1e-3),
    "sklearn.MLPRegressor": (fit_mlp_regressor, 1e-8),
    "sklearn.MLPRegressor.lbfgs": (fit_mlp_regressor_lbfgs, 1e-5),
    "sklearn.MLPClassifier": (fit_mlp_classifier, 1e-8),
    "sklearn.MLPClassifier.lbfgs": (fit_mlp_classifier_lbfgs, 1e-5),
    "sklearn.LogisticRegression": (fit_logistic_regression, 1e-6),
}
