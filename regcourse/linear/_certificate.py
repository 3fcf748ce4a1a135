"""The duality gap of data that are validated and centred: one fit, or a whole path at once."""

from __future__ import annotations

import numpy as np

from regcourse._arrays import Floats
from regcourse.linear._spectrum import Centred, explained

# Residuals of this many numbers at once: a path of a tall X would fill the memory with them.
BLOCK = 1_000_000


def gaps(
    data: Centred,
    b: Floats,
    W: Floats,
    lams: Floats,
    *,
    gram: tuple[Floats, Floats] | None = None,
) -> Floats:
    """Return the duality gap of ridge for each of m strengths.

    b is (m,), W (m, p), lams (m,). `gram` is (Xc'Xc, Xc'yc) for the rows of `data`, if the
    caller has it: a tall X is then not read again.
    """
    n, offset = data.n, data.y_mean - W @ data.x_mean - b
    if gram is not None:
        XX, Xy = gram
        pull = (Xy - W @ XX) / n
        spread = np.maximum(np.square(data.y).sum() - (W * (Xy + n * pull)).sum(axis=1), 0.0)
    else:
        pull, spread = np.empty_like(W), np.empty(len(W))
        step = max(1, BLOCK // data.y.size)
        for start in range(0, len(W), step):
            some = slice(start, start + step)
            r = data.y - W[some] @ data.X.T
            pull[some], spread[some] = r @ data.X / n, np.square(r).sum(axis=1)
    size = (offset**2 + spread / n) / 2 + lams * np.square(W).sum(axis=1) / 2
    # Beyond the largest float it is infinite, or not a number: J is the bound then.
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        missed = np.square(pull - lams[:, None] * W).sum(axis=1) / (2 * lams)
    for k in np.flatnonzero(lams == 0):
        rest = Centred(
            data.X, data.y - data.X @ W[k], data.x_mean, data.y_mean, data.root_weight, n
        )
        missed[k] = np.square(explained(rest)).sum() / (2 * n)
    bound: Floats = np.fmin(offset**2 / 2 + missed, size)
    return bound
