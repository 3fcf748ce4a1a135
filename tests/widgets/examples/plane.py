"""Balls, ellipses and where they touch: two curvatures, every kind of p, fits on all sides."""

import numpy as np

RIGHT = [[2.0, 0.6], [0.6, 1.0]]
LEFT = [[0.7, -0.5], [-0.5, 1.9]]
PS = [0.5, 0.8, 1.0, 1.02, 1.7, 2.0, 5.0, np.inf]
FITS = np.random.default_rng(4).uniform([-1.4, -1.45], [2.5, 2.05], size=(24, 2)).tolist()
PLACES = ["inside", "corner", "tie", "side", "edge"]

CALLS = {
    "ball_point": [(p, angle) for p in PS for angle in (0.0, 0.4, np.pi / 2, 2.5)],
    "unit_ball_boundary": [(p, 64) for p in PS],
    "ellipse_outline": [(H, [1.6, 0.5], 0.7, 40) for H in (RIGHT, LEFT)],
    "lp_norm": [([0.6, -0.8], p) for p in PS] + [([0.0, 0.0], 2.0)],
    "loss": [(H, [1.6, 0.5], [0.3, -0.9]) for H in (RIGHT, LEFT)],
    "touch": [(H, c, p, 0.9) for H in (RIGHT, LEFT) for p in PS for c in FITS],
    "touch_words": [
        ([x, y], place, p, [1.6, 0.5])
        for place, x, y in [*((place, 0.0, 0.9) for place in PLACES), ("edge", 0.9, 0.004)]
        for p in (0.5, 1.0, 1.5)
    ],
    "ball_words": [(p,) for p in PS],
    "zero_margins": [(H, p, 0.9, FITS) for H in (RIGHT, LEFT) for p in (0.5, 0.8)],
    "zero_wedges": [(H, 0.9) for H in (RIGHT, LEFT)],
    "p_name": [(p,) for p in PS],
}

# Golden section sees the loss to 1e-16, so its argument only to the root of that.
WITHIN = 3e-7
