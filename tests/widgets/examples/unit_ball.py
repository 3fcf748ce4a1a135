"""The unit ball: an arrow, an ellipse, and a budget and a curvature of one's own."""

import numpy as np

PS = [0.5, 1.0, 1.2, 2.0, 7.0, np.inf]

SHOWN = {
    "ball": (
        "UnitBall(p=1)",
        [{"p": p, "centre": c} for p in PS for c in ([0.6, -0.8], [-0.35, 0.125])],
    ),
    "ellipse": (
        "UnitBall(p=2, ellipse=True)",
        [{"p": p, "centre": c} for p in PS for c in ([1.6, 0.5], [0.2, -1.4], [0.3, 0.1])],
    ),
}

COMPARED = {
    "budget": (
        "UnitBall(0.7, ellipse=True, radius=0.6, hessian=((0.7, -0.5), (-0.5, 1.9)))",
        [{"p": p, "centre": [-0.9, 1.1]} for p in PS],
    ),
}

CALLS = {
    "step_to_p": [(k,) for k in (0, 60, 61, 120, 239, 240)],
    "p_to_step": [(p,) for p in (0.5, 0.503, 1.0, 1.3, 2.0, 400.0, 1e9, np.inf)],
}

# The touching point's own, see plane.py.
WITHIN = 3e-7
