"""XGBoost's linear booster: its penalties stand beside the mean loss, each by a name of its own.

Its objective is

    mean loss + reg_alpha ‖w‖₁ + reg_lambda ‖w‖² / 2
"""

from regcourse.conventions._record import NET, STRENGTH, Dialect, net

DIALECTS = [
    Dialect(
        "xgboost.gblinear",
        NET,
        {"reg_alpha": STRENGTH, "reg_lambda": STRENGTH},
        "l1 and l2: they act against the mean loss",
        to=lambda lam, rho: (lam * rho, lam * (1 - rho)),
        back=lambda reg_alpha, reg_lambda: net(reg_alpha, reg_lambda),
        fixed={"booster": "gblinear"},
        library="xgboost",
    ),
]
