"""R: glmnet and MASS, for columns of 1/n deviation 1. Both standardise X and report raw weights.

    glmnet      ‖y/sd_y - b - Xβ‖² / (2n) + (lambda / sd_y) (alpha ‖β‖₁ + (1 - alpha) ‖β‖² / 2)
                with w = sd_y β; family "binomial" has the mean log-loss and no sd_y
    lm.ridge    ‖y - b - Xw‖² + lambda ‖w‖²

glmnet divides y by its 1/n deviation before it fits. A lasso does not notice, because ‖w‖₁ grows
with y as fast as the loss's slope does; ridge does.
"""

from regcourse.conventions._record import (
    L2,
    NET,
    SHARE,
    STRENGTH,
    Dialect,
    net,
    proportional,
    shared,
)

DIALECTS = [
    Dialect(
        "glmnet",
        NET,
        {"lambda": STRENGTH, "alpha": SHARE},
        "l1 + sd_y·l2, and l1's share of it: it divides y by sd_y, and standardises X",
        if_l2=("sd_y",),
        to=lambda lam, rho, sd_y=1.0: net(lam * rho, sd_y * lam * (1 - rho)),
        back=lambda lamda, alpha, sd_y=1.0: net(lamda * alpha, lamda * (1 - alpha) / sd_y),
        library="glmnet",
    ),
    shared("glmnet", "lambda", "alpha", 'lam and rho, for "binomial"; it standardises X',
           loss="logistic", library="glmnet"),
    proportional("MASS.lm.ridge", L2, "lambda",
                 "n·lam: a sum without its ½; it standardises X, not y",
                 lambda n: n, needs=("n",), library="MASS"),
]  # fmt: skip
