"""XGBoost's linear booster, by the objective of its documentation."""

ABSENT = {"xgboost": "large, for two numbers that are l1 and l2"}

OBJECTIVES = {
    "xgboost.gblinear": lambda P, b, w, reg_alpha, reg_lambda: (
        P.losses(b, w) / P.n + reg_alpha * P.norm1(w) + reg_lambda * w @ w / 2
    )
}
