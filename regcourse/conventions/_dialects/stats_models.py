"""statsmodels: fit_regularized, for a design with the constant first (add_constant).

    OLS, GLM    mean loss + Σ_j alpha_j ((1 - L1_wt) β_j² / 2 + L1_wt |β_j|)
    Logit       sum of log-losses + Σ_j alpha_j |β_j|

One number instead of the list would penalise the constant too. And its elastic net never looks
again at a weight that came to be 0, which a zero_tol above 0 makes happen too early.
"""

from regcourse.conventions._record import EACH_WEIGHT, L1, NET, SHARE, Dialect, Loss


def _net(name: str, loss: Loss) -> Dialect:
    return Dialect(
        name,
        NET,
        {"alpha": EACH_WEIGHT, "L1_wt": SHARE},
        "lam for each weight, 0 for the constant; zero_tol=0",
        to=lambda lam, rho: (lam, rho),
        back=lambda alpha, L1_wt: (alpha, L1_wt),
        fixed={"zero_tol": 0.0},
        loss=loss,
        library="statsmodels",
    )


DIALECTS = [
    _net("statsmodels.OLS", "squared"),
    _net("statsmodels.GLM", "logistic"),
    Dialect(
        "statsmodels.Logit",
        L1,
        {"alpha": EACH_WEIGHT},
        "n·lam for each weight, 0 for the constant: a sum",
        needs=("n",),
        to=lambda lam, n: n * lam,
        back=lambda alpha, n: alpha / n,
        fixed={"method": "l1"},
        loss="logistic",
        library="statsmodels",
    ),
]
