"""The hub: J itself, with its own strength and share of L1."""

from regcourse.conventions._record import shared

DIALECTS = [
    shared("regcourse", "lam", "rho", "lam and rho: loss a mean with its ½, penalty with its ½"),
    shared("regcourse", "lam", "rho", "lam and rho: the mean log-loss, penalty with its ½",
           loss="logistic"),
]  # fmt: skip
