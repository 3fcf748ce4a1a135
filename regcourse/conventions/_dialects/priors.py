"""Priors under which the fit is the most probable answer (MAP), with a flat prior on b.

    y = b + Xw + N(0, sigma2), w_j ~ N(0, tau2):
        -log posterior = ‖r‖² / (2 sigma2) + ‖w‖² / (2 tau2) + constant = n/sigma2 · J + constant
    w_j ~ Laplace(scale):
        -log posterior = ‖r‖² / (2 sigma2) + ‖w‖₁ / scale + constant

A fixed prior therefore means a lam that falls as n grows. A log-loss is its own scale: there
sigma2 falls out, as if it were 1.
"""

from typing import Literal

from regcourse.conventions._record import L1, L2, Dialect, inverse


def _prior(name: str, penalty: Literal["L2", "L1"], setting: str, what: str) -> list[Dialect]:
    return [
        inverse(name, penalty, setting, f"sigma2 / (n·lam), {what}",
                lambda n, sigma2: sigma2 / n, needs=("n", "sigma2"), zero="a flat prior"),
        inverse(name, penalty, setting, f"1 / (n·lam), {what}",
                lambda n: 1 / n, needs=("n",), zero="a flat prior", loss="logistic"),
    ]  # fmt: skip


DIALECTS = [
    *_prior("prior.Gaussian", L2, "tau2", "the variance of each weight"),
    *_prior("prior.Laplace", L1, "scale", "the mean of each |weight|"),
]
