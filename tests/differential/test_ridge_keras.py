"""Keras comes to rest at ridge by its regularizer and by its weight decay."""

import keras
import pytest

from regcourse import conventions


def train(fitted, optimizer, *, l2=0.0, exclude=("bias",), steps=60):
    """Return (b, w) of a linear layer after `steps` steps on all rows."""
    layer = keras.layers.Dense(
        1, kernel_initializer="zeros", kernel_regularizer=keras.regularizers.L2(l2), dtype="float64"
    )
    model = keras.Sequential([keras.Input((3,), dtype="float64"), layer])
    optimizer.exclude_from_weight_decay(var_names=list(exclude))
    model.compile(optimizer=optimizer, loss="mse")
    for _ in range(steps):
        model.train_on_batch(fitted.X, fitted.y[:, None])
    # The tensor itself: Keras' own conversion is deprecated by NumPy, and warnings are errors.
    return [variable.value.detach().numpy() for variable in (layer.bias, layer.kernel)]


def test_the_l2_regularizer_rests_at_ridge(fitted):
    l2 = conventions.to_keras_l2(fitted.lam)
    b, w = train(fitted, keras.optimizers.SGD(0.3), l2=l2)
    # The optimizer works in float32; the slowest direction shrinks by 0.46 a step.
    fitted.assert_same(b, w, atol=1e-6)


def test_the_weight_decay_of_sgd_rests_at_ridge(fitted):
    decay = conventions.to_keras_weight_decay(fitted.lam)
    b, w = train(fitted, keras.optimizers.SGD(0.3, weight_decay=decay))
    fitted.assert_same(b, w, atol=1e-6)


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_another_strength_rests_elsewhere(fitted, factor):
    b, w = train(fitted, keras.optimizers.SGD(0.3), l2=factor * fitted.lam)
    assert fitted.distance(b, w) > 0.05


def test_a_weight_decay_that_takes_the_bias_along_rests_elsewhere(fitted):
    decay = conventions.to_keras_weight_decay(fitted.lam)
    b, w = train(fitted, keras.optimizers.SGD(0.3, weight_decay=decay), exclude=())
    assert fitted.distance(b, w) > 0.1
