"""One meaning of strength, and what it is called elsewhere.

The hub is lam in

    J(w, b) = ‖y - b - Xw‖² / (2n) + lam ‖w‖² / 2        (b free)

and every other dialect that has an exact number for it is a spoke: `to_<dialect>(lam, ...)`
gives what to write there, `from_<dialect>(strength, ...)` what was meant. `passport` shows one
lam in all of them, and also where the number is rough (early stopping), missing (AdamW) or
depends on what the authors mean (Goodfellow et al.).
"""

from regcourse.conventions.networks import (
    from_keras_l2,
    from_keras_weight_decay,
    from_torch_adam,
    from_torch_sgd,
    to_keras_l2,
    to_keras_weight_decay,
    to_torch_adam,
    to_torch_sgd,
)
from regcourse.conventions.passport import Passport, Row, passport
from regcourse.conventions.scikit_learn import (
    from_bayesian_ridge,
    from_sklearn_elastic_net,
    from_sklearn_mlp,
    from_sklearn_ridge,
    from_sklearn_sgd,
    to_bayesian_ridge,
    to_sklearn_elastic_net,
    to_sklearn_mlp,
    to_sklearn_ridge,
    to_sklearn_sgd,
)
from regcourse.conventions.statistics import (
    from_dropout,
    from_esl,
    from_gaussian_prior,
    from_glmnet,
    from_input_noise,
    from_lm_ridge,
    from_ng,
    from_statsmodels,
    to_dropout,
    to_esl,
    to_gaussian_prior,
    to_glmnet,
    to_input_noise,
    to_lm_ridge,
    to_ng,
    to_statsmodels,
)

__all__ = [
    "Passport",
    "Row",
    "from_bayesian_ridge",
    "from_dropout",
    "from_esl",
    "from_gaussian_prior",
    "from_glmnet",
    "from_input_noise",
    "from_keras_l2",
    "from_keras_weight_decay",
    "from_lm_ridge",
    "from_ng",
    "from_sklearn_elastic_net",
    "from_sklearn_mlp",
    "from_sklearn_ridge",
    "from_sklearn_sgd",
    "from_statsmodels",
    "from_torch_adam",
    "from_torch_sgd",
    "passport",
    "to_bayesian_ridge",
    "to_dropout",
    "to_esl",
    "to_gaussian_prior",
    "to_glmnet",
    "to_input_noise",
    "to_keras_l2",
    "to_keras_weight_decay",
    "to_lm_ridge",
    "to_ng",
    "to_sklearn_elastic_net",
    "to_sklearn_mlp",
    "to_sklearn_ridge",
    "to_sklearn_sgd",
    "to_statsmodels",
    "to_torch_adam",
    "to_torch_sgd",
]
