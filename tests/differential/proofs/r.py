"""R's packages, by the objectives of their documentation; the columns are standardised."""

ABSENT = {
    "MASS": "a package of R, which is not installed",
    "glmnet": "a package of R, which is not installed",
}


def gaussian(P, b, w, strength, alpha):
    # glmnet fits y / sd_y, and multiplies what it finds by sd_y.
    scaled = P.losses(b, w) / P.n / P.sd_y**2
    return scaled + strength / P.sd_y * P.mixed(w / P.sd_y, alpha)


def glmnet(P, b, w, strength, alpha):
    return {"squared": gaussian, "logistic": binomial}[P.loss](P, b, w, strength, alpha)


def binomial(P, b, w, strength, alpha):
    return P.losses(b, w) / P.n + strength * P.mixed(w, alpha)


OBJECTIVES = {
    "glmnet": glmnet,
    "MASS.lm.ridge": lambda P, b, w, strength: 2 * P.losses(b, w) + strength * w @ w,
}
