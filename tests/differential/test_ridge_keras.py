"""Keras: several outputs, momentum, and what leads elsewhere than to ridge."""

import keras
import numpy as np
import pytest
import torch

from regcourse.conventions import convert

# Two threads cost a hundred times what they compute here.
torch.set_num_threads(1)


def train(fitted, optimizer, *, l2=0.0, exclude=("bias",), steps=60, outputs=1):
    """Return (b, w) of a linear layer after `steps` steps on all rows; every output learns y."""
    penalty = keras.regularizers.L1L2(l2=l2)
    layer = keras.layers.Dense(
        outputs, kernel_initializer="zeros", kernel_regularizer=penalty, dtype="float64"
    )
    model = keras.Sequential([keras.Input((3,), dtype="float64"), layer])
    optimizer.exclude_from_weight_decay(var_names=list(exclude))
    model.compile(optimizer=optimizer, loss="mse")
    for _ in range(steps):
        model.train_on_batch(fitted.X, np.tile(fitted.y[:, None], outputs))
    # The tensor itself: Keras' own conversion is deprecated by NumPy, and warnings are errors.
    return [variable.value.detach().numpy() for variable in (layer.bias, layer.kernel)]


def written(lam, name, **quantities):
    (number,) = convert({"lam": lam, "rho": 0}, "regcourse", name, **quantities).values()
    return number


@pytest.mark.parametrize("outputs", [2, 5])
def test_with_several_outputs_the_strength_is_divided_by_their_number(fitted, outputs):
    l2 = written(fitted.lam, "keras.L2", outputs=outputs)
    b, w = train(fitted, keras.optimizers.SGD(0.3 * outputs), l2=l2, outputs=outputs)
    # The optimizer works in float32; the slowest direction shrinks by 0.46 a step.
    np.testing.assert_allclose(b, np.full(outputs, fitted.b), rtol=0, atol=1e-6)
    np.testing.assert_allclose(w, np.tile(fitted.w[:, None], outputs), rtol=0, atol=1e-6)


def test_l1_l2_with_one_number_has_no_l2_part():
    assert keras.regularizers.l1_l2(0.01).get_config() == {"l1": 0.01, "l2": 0.0}


@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum_asks_for_more_decay(fitted, nesterov):
    decay = written(fitted.lam, "keras.SGD", momentum=0.5)
    steps = {"learning_rate": 0.2, "momentum": 0.5, "nesterov": nesterov}
    b, w = train(fitted, keras.optimizers.SGD(weight_decay=decay, **steps))
    # The slowest direction shrinks by about 0.6 a step.
    fitted.assert_same(b, w, atol=1e-6)
    b, w = train(fitted, keras.optimizers.SGD(weight_decay=2 * fitted.lam, **steps))
    assert fitted.distance(b, w) > 0.1


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_another_strength_rests_elsewhere(fitted, factor):
    b, w = train(fitted, keras.optimizers.SGD(0.3), l2=factor * fitted.lam)
    assert fitted.distance(b, w) > 0.05


def test_a_weight_decay_that_takes_the_bias_along_rests_elsewhere(fitted):
    decay = written(fitted.lam, "keras.SGD")
    b, w = train(fitted, keras.optimizers.SGD(0.3, weight_decay=decay), exclude=())
    assert fitted.distance(b, w) > 0.1


@pytest.mark.parametrize("name", ["Adam", "AdamW"])
def test_the_weight_decay_of_another_optimizer_rests_elsewhere(fitted, name):
    # Its decay is not divided by the size of the gradients, as the gradients are.
    fading = keras.optimizers.schedules.ExponentialDecay(0.3, 1, 0.97)
    optimizer = getattr(keras.optimizers, name)(fading, weight_decay=2 * fitted.lam)
    b, w = train(fitted, optimizer, steps=150)
    assert fitted.distance(b, w) > 0.02
