"""scikit-learn: `alpha` means four different things, by estimator.

Each formula is that of the estimator's documentation, with r = y - b - Xw:

    Ridge, KernelRidge    ‖r‖² + alpha ‖w‖²
    Lasso, LassoLars      ‖r‖² / (2n) + alpha ‖w‖₁
    ElasticNet            ‖r‖² / (2n) + alpha (l1_ratio ‖w‖₁ + (1 - l1_ratio) ‖w‖² / 2)
    SGD...                mean loss, ½ r² or log-loss, and the penalty of ElasticNet
    MLP...                (sum of losses in a batch + alpha ‖W‖² / 2) / rows of the batch
    LogisticRegression    C Σ log-loss + l1_ratio ‖w‖₁ + (1 - l1_ratio) ‖w‖² / 2

The alphas of RidgeCV, LassoCV and ElasticNetCV are those of the estimator; the C of Efron et al.
(2004), whose path LassoLars and lars_path follow, is n·alpha. LogisticRegression takes l1_ratio
without a penalty since version 1.8. SGD's `average` goes wrong beside an L1 part: leave it out.
"""

from typing import Any

from regcourse._arrays import as_count
from regcourse.conventions._record import (
    L1,
    L2,
    NET,
    POSITIVE,
    SHARE,
    Dialect,
    proportional,
    shared,
)


def batch_size(n: float, batch: float) -> float:
    """Return the harmonic mean of the sizes of the batches that n rows are dealt into."""
    rows = as_count(int(n) if n == int(n) else n, "n")
    size = min(int(batch), rows)
    full, rest = divmod(rows, size)
    # A smaller last batch is a step like any other, and is penalised harder.
    return float(size) if rest == 0 else (full + 1) / (full / size + 1 / rest)


def _summed(name: str, because: str, write: str = "alpha", **others: Any) -> Dialect:
    """A strength beside a loss that is a sum."""
    return proportional(
        name, L2, write, because, lambda n: n, needs=("n",), library="sklearn", **others
    )


def _network(name: str, **others: Any) -> list[Dialect]:
    return [
        proportional(
            name,
            L2,
            "alpha",
            "lam · batch, the harmonic mean of the batches if the last is smaller: "
            "each divides its penalty by its rows",
            batch_size,
            needs=("n", "batch"),
            library="sklearn",
            **others,
        ),
        _summed(
            f"{name}.lbfgs",
            'n·lam: with solver="lbfgs" all rows are the one batch',
            fixed={"solver": "lbfgs"},
            **others,
        ),
    ]


def _mean(name: str, because: str, **others: Any) -> Dialect:
    """An elastic net beside a loss that is a mean."""
    return shared(name, "alpha", "l1_ratio", because, library="sklearn", **others)


_SGD = 'lam and rho, with penalty="elasticnet"; standardise X'

DIALECTS = [
    _summed("sklearn.Ridge", "n·lam: a sum without its ½; also for RidgeCV's alphas"),
    _summed("sklearn.KernelRidge", "n·lam, as Ridge; no intercept: centre X and y first"),
    _summed("sklearn.RidgeClassifier", "n·lam: Ridge on labels -1 and +1, not logistic"),
    _summed("sklearn.BayesianRidge", "n·lam: it estimates both from the data", "lambda_/alpha_"),
    *(
        proportional(name, L1, "alpha", "lam: its objective is J", library="sklearn")
        for name in ("sklearn.Lasso", "sklearn.LassoLars")
    ),
    _mean("sklearn.ElasticNet", "lam and rho: its objective is J"),
    _mean("sklearn.SGDRegressor", _SGD, fixed={"penalty": "elasticnet"}),
    _mean("sklearn.SGDClassifier", _SGD, loss="logistic",
          fixed={"loss": "log_loss", "penalty": "elasticnet"}),
    *_network("sklearn.MLPRegressor"),
    *_network("sklearn.MLPClassifier", loss="logistic"),
    Dialect(
        "sklearn.LogisticRegression",
        NET,
        {"C": POSITIVE, "l1_ratio": SHARE},
        '1 / (n·lam) and rho: C weighs a sum of losses; "liblinear" penalises b',
        needs=("n",),
        to=lambda lam, rho, n: (1 / (n * lam), rho),
        back=lambda C, l1_ratio, n: (1 / (n * C), l1_ratio),
        zero="C is infinite",
        loss="logistic",
        library="sklearn",
    ),
]  # fmt: skip
