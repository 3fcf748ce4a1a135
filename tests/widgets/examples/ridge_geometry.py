"""Ridge with two weights: the built-in problem, and data with a second weight below 0."""

LAMS = [0.001, 0.0731, 1.0, 42.0, 100.0]

SHOWN = {
    "ridge": ("RidgeGeometry()", [{"lam": lam} for lam in LAMS]),
}

COMPARED = {
    "own": (
        "RidgeGeometry([[3, 1], [4, 3], [6, 2], [7, 5]], [1, 0, 3, 2], lam=0.3)",
        [{"lam": lam} for lam in LAMS],
    ),
}
