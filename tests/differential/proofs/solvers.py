"""Solvers that are not installed, by the objectives of their documentation."""

ABSENT = {
    "adelie": "compiled, and more to install than three numbers are worth",
    "celer": "compiled, and written as scikit-learn's estimators, which are fitted",
    "skglm": "compiles when it runs, and is written as scikit-learn's estimators",
}


def lasso(P, b, w, alpha):
    return P.losses(b, w) / P.n + alpha * P.norm1(w)


def elastic_net(P, b, w, alpha, share):
    return P.losses(b, w) / P.n + alpha * P.mixed(w, share)


OBJECTIVES = {
    "celer.Lasso": lasso,
    "celer.ElasticNet": elastic_net,
    "celer.LogisticRegression": lambda P, b, w, C: C * P.losses(b, w) + P.norm1(w),
    "skglm.Lasso": lasso,
    "skglm.ElasticNet": elastic_net,
    "skglm.SparseLogisticRegression": lasso,
    "adelie.grpnet": elastic_net,
}
