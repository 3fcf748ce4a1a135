"""Books and courses, each with its own sum, mean and halves.

Their objectives, with r = y - b - Xw:

    ESL, ISLP, ridge    ‖r‖² + λ ‖w‖²                    Hastie et al. (2009), eq. (3.41)
    ESL, lasso          ‖r‖² / 2 + λ ‖w‖₁                the same, eq. (3.52)
    ISLP, lasso         ‖r‖² + λ ‖w‖₁
    Ng, Nielsen         ‖r‖² / (2n) + λ ‖w‖² / (2n)      Ng's n is called m
    Nielsen             ‖r‖² / (2n) + λ ‖w‖₁ / n
    Goodfellow et al.   J + α ‖w‖² / 2 or J + α ‖w‖₁, whatever J is
    Zou & Hastie        ‖r‖² + λ₂ ‖w‖² + λ₁ ‖w‖₁         the naive elastic net
"""

from typing import Literal

from regcourse.conventions._record import L1, L2, NET, STRENGTH, Dialect, net, proportional


def _sum(name: str, penalty: Literal["L2", "L1"], because: str, twice: float = 1) -> Dialect:
    return proportional(name, penalty, "λ", because, lambda n: twice * n, needs=("n",))


_OPEN = "lam, if their J is an average with its ½"

DIALECTS = [
    _sum("ESL.ridge", L2, "n·lam: a sum without halves"),
    _sum("ISLP.ridge", L2, "n·lam: a sum without halves"),
    _sum("ESL.lasso", L1, "n·lam: a sum with its ½"),
    _sum("ISLP.lasso", L1, "2n·lam: a sum without its ½", twice=2),
    _sum("Ng.L2", L2, "n·lam: the penalty is λ/(2n) ‖w‖²"),
    _sum("Nielsen.L2", L2, "n·lam: the penalty is λ/(2n) ‖w‖²"),
    _sum("Nielsen.L1", L1, "n·lam: the penalty is λ/n ‖w‖₁"),
    proportional("Goodfellow.L2", L2, "α", _OPEN),
    proportional("Goodfellow.L1", L1, "α", _OPEN),
    Dialect(
        "ZouHastie.naive",
        NET,
        {"λ₁": STRENGTH, "λ₂": STRENGTH},
        "2n·l1 and n·l2: no halves; their columns have length 1",
        needs=("n",),
        to=lambda lam, rho, n: (2 * n * lam * rho, n * lam * (1 - rho)),
        back=lambda first, second, n: net(first / (2 * n), second / n),
    ),
]
