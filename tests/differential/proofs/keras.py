"""Keras: a linear layer on all rows in every step; the optimizer works in float32.

With an L1 part the steps fade, since a subgradient turns back and forth about a zero.
"""

import keras
import torch

# Two threads cost a hundred times what they compute here.
torch.set_num_threads(1)


def regularized(P, b, w, l1, l2):
    return P.scale * P.losses(b, w) / P.n + l1 * P.norm1(w) + l2 * w @ w


OBJECTIVES = {
    "keras.L1": lambda P, b, w, l1: regularized(P, b, w, l1, 0.0),
    "keras.L2": lambda P, b, w, l2: regularized(P, b, w, 0.0, l2),
    "keras.L1L2": regularized,
    # At rest the momentum is -lr/(1 - momentum) times the gradient, and undoes the decay.
    "keras.SGD": lambda P, b, w, weight_decay: (
        P.scale * P.losses(b, w) / P.n + (1 - P.momentum) * weight_decay * w @ w / 2
    ),
}

LOSSES = {
    "squared": lambda: "mse",
    "logistic": lambda: keras.losses.BinaryCrossentropy(from_logits=True),
}


def train(P, optimizer, *, penalty=None, steps=80):
    layer = keras.layers.Dense(
        1, kernel_initializer="zeros", kernel_regularizer=penalty, dtype="float64"
    )
    model = keras.Sequential([keras.Input((P.X.shape[1],), dtype="float64"), layer])
    optimizer.exclude_from_weight_decay(var_names=["bias"])
    model.compile(optimizer=optimizer, loss=LOSSES[P.loss]())
    for _ in range(steps):
        model.train_on_batch(P.X, P.y[:, None])
    # The tensor itself: Keras' own conversion is deprecated by NumPy, and warnings are errors.
    return [variable.value.detach().numpy() for variable in (layer.bias, layer.kernel)]


def fading(P):
    return keras.optimizers.schedules.ExponentialDecay(P.step / P.scale, 1, 0.94)


def fit_l2(P, settings):
    return train(
        P, keras.optimizers.SGD(P.step / P.scale), penalty=keras.regularizers.L2(**settings)
    )


def fit_l1(P, settings):
    return train(P, keras.optimizers.SGD(fading(P)), penalty=keras.regularizers.L1(**settings))


def fit_l1_l2(P, settings):
    return train(P, keras.optimizers.SGD(fading(P)), penalty=keras.regularizers.L1L2(**settings))


def fit_sgd(P, settings):
    return train(P, keras.optimizers.SGD(P.step / P.scale / 2, momentum=P.momentum, **settings))


FITS = {
    "keras.L1": (fit_l1, 0.01),
    "keras.L2": (fit_l2, 1e-6),
    "keras.L1L2": (fit_l1_l2, 0.01),
    "keras.SGD": (fit_sgd, 1e-6),
}
