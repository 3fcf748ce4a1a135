"""Keras comes to rest at ridge by its regularizer and by its weight decay."""

import keras
import numpy as np
import pytest

from regcourse import conventions


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


def test_the_l2_regularizer_rests_at_ridge(fitted):
    l2 = conventions.to_keras_l2(fitted.lam)
    b, w = train(fitted, keras.optimizers.SGD(0.3), l2=l2)
    # The optimizer works in float32; the slowest direction shrinks by 0.46 a step.
    fitted.assert_same(b, w, atol=1e-6)


@pytest.mark.parametrize("outputs", [2, 5])
def test_with_several_outputs_the_strength_is_divided_by_their_number(fitted, outputs):
    l2 = conventions.to_keras_l2(fitted.lam) / outputs
    b, w = train(fitted, keras.optimizers.SGD(0.3 * outputs), l2=l2, outputs=outputs)
    np.testing.assert_allclose(b, np.full(outputs, fitted.b), rtol=0, atol=1e-6)
    np.testing.assert_allclose(w, np.tile(fitted.w[:, None], outputs), rtol=0, atol=1e-6)


def test_l1_l2_with_one_number_has_no_l2_part():
    assert keras.regularizers.l1_l2(0.01).get_config() == {"l1": 0.01, "l2": 0.0}


def test_the_weight_decay_of_sgd_rests_at_ridge(fitted):
    decay = conventions.to_keras_weight_decay(fitted.lam)
    b, w = train(fitted, keras.optimizers.SGD(0.3, weight_decay=decay))
    fitted.assert_same(b, w, atol=1e-6)


@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum_asks_for_more_decay(fitted, nesterov):
    decay = conventions.to_keras_weight_decay(fitted.lam, momentum=0.5)
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
    decay = conventions.to_keras_weight_decay(fitted.lam)
    b, w = train(fitted, keras.optimizers.SGD(0.3, weight_decay=decay), exclude=())
    assert fitted.distance(b, w) > 0.1
