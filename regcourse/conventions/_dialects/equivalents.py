"""What acts like an L2 penalty without being one: noise, dropout, and stopping early.

    noise N with deviation sd, drawn anew at every look:
        E ‖y - b - (X + N)w‖² / (2n) = ‖r‖² / (2n) + sd² ‖w‖² / 2
    dropout of inputs:
        E ‖y - b - (X ∘ mask / (1 - drop)) w‖² / (2n) = ‖r‖² / (2n) + Σ_j c_j w_j² / 2,
        c_j = drop / (1 - drop) · ‖x_j‖² / n
    gradient descent on ‖r‖² / (2n) from 0:
        factors 1 - (1 - eta h)^steps, roughly h / (h + lam) for eta · steps = 1 / lam

With columns of mean 0 and 1/n deviation 1, ‖x_j‖² / n is 1. Dropout penalises other columns by
their size: that is what standardising would have undone. All for a linear model.

Sources: Bishop (1995), Training with noise is equivalent to Tikhonov regularization, Neural
Computation 7(1), 108-116; Srivastava et al. (2014), Journal of Machine Learning Research 15,
section 9.1.
"""

import math

from regcourse.conventions._record import CHANCE, L2, STRENGTH, Dialect, inverse

DIALECTS = [
    Dialect(
        "noise.inputs",
        L2,
        {"sd": STRENGTH},
        "√lam, on every input, drawn anew at every look",
        to=math.sqrt,
        back=lambda sd: sd * sd,
    ),
    Dialect(
        "dropout.inputs",
        L2,
        {"drop": CHANCE},
        "lam / (1 + lam), with columns standardised",
        to=lambda lam: lam / (1 + lam),
        back=lambda drop: drop / (1 - drop),
    ),
    inverse(
        "early.stopping",
        L2,
        "lr · steps",
        "1 / lam, roughly: the filter factors differ",
        zero="never",
        exact=False,
    ),
]
