"""Books and courses: what they print."""


def sum_and_square(P, b, w, strength):
    return 2 * P.losses(b, w) + strength * w @ w


def divided(P, b, w, strength):
    return P.losses(b, w) / P.n + strength / (2 * P.n) * w @ w


OBJECTIVES = {
    "ESL.ridge": sum_and_square,
    "ISLP.ridge": sum_and_square,
    "ESL.lasso": lambda P, b, w, strength: P.losses(b, w) + strength * P.norm1(w),
    "ISLP.lasso": lambda P, b, w, strength: 2 * P.losses(b, w) + strength * P.norm1(w),
    "Ng.L2": divided,
    "Nielsen.L2": divided,
    "Nielsen.L1": lambda P, b, w, s: P.losses(b, w) / P.n + s / P.n * P.norm1(w),
    "Goodfellow.L2": lambda P, b, w, alpha: P.losses(b, w) / P.n + alpha * w @ w / 2,
    "Goodfellow.L1": lambda P, b, w, alpha: P.losses(b, w) / P.n + alpha * P.norm1(w),
    "ZouHastie.naive": lambda P, b, w, first, second: (
        2 * P.losses(b, w) + second * w @ w + first * P.norm1(w)
    ),
}
