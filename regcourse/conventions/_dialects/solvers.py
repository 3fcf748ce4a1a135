"""Fast solvers of the lasso: celer, skglm and adelie.

The first two are written as scikit-learn's; adelie as glmnet, but it standardises nothing:

    mean loss + lmda (alpha ‖w‖₁ + (1 - alpha) ‖w‖² / 2)
"""

from regcourse.conventions._record import L1, Dialect, inverse, proportional, shared

_LASSO, _NET = "lam: its objective is J", "lam and rho: its objective is J"


def _like_scikit_learn(library: str) -> list[Dialect]:
    return [
        proportional(f"{library}.Lasso", L1, "alpha", _LASSO, library=library),
        shared(f"{library}.ElasticNet", "alpha", "l1_ratio", _NET, library=library),
    ]


DIALECTS = [
    *_like_scikit_learn("celer"),
    *_like_scikit_learn("skglm"),
    shared("adelie.grpnet", "lmda", "alpha", f"{_NET}; standardises nothing", library="adelie"),
    inverse("celer.LogisticRegression", L1, "C",
            "1 / (n·lam): C weighs a sum of losses; no intercept",
            lambda n: 1 / n, needs=("n",), zero="C is infinite",
            loss="logistic", library="celer"),
    proportional("skglm.SparseLogisticRegression", L1, "alpha", _LASSO,
                 loss="logistic", library="skglm"),
]  # fmt: skip
