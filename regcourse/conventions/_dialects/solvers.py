"""Fast solvers of the lasso: celer, skglm and adelie.

The first two are written as scikit-learn's; adelie as glmnet, but it standardises nothing:

    mean loss + lmda (alpha ‖w‖₁ + (1 - alpha) ‖w‖² / 2)

celer knows no ridge: its l1_ratio is above 0.
"""

from regcourse.conventions._record import L1, inverse, proportional, shared

_LASSO, _NET = "lam: its objective is J", "lam and rho: its objective is J"


DIALECTS = [
    proportional("celer.Lasso", L1, "alpha", _LASSO, library="celer"),
    proportional("skglm.Lasso", L1, "alpha", _LASSO, library="skglm"),
    shared("celer.ElasticNet", "alpha", "l1_ratio", _NET, some_l1=True, library="celer"),
    shared("skglm.ElasticNet", "alpha", "l1_ratio", _NET, library="skglm"),
    shared("adelie.grpnet", "lmda", "alpha", f"{_NET}; standardises nothing", library="adelie"),
    inverse("celer.LogisticRegression", L1, "C",
            "1 / (n·lam): C weighs a sum of losses; no intercept",
            lambda n: 1 / n, needs=("n",), zero="C is infinite",
            loss="logistic", library="celer"),
    proportional("skglm.SparseLogisticRegression", L1, "alpha", _LASSO,
                 loss="logistic", library="skglm"),
]  # fmt: skip
