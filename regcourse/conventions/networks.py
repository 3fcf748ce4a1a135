"""PyTorch and Keras: their squared loss has no ½, and neither has Keras' penalty.

The biases must be left out of every decay: in PyTorch by parameter groups, in Keras by
`kernel_regularizer` or `optimizer.exclude_from_weight_decay(var_names=["bias"])`.

Everything here is for one output. With K outputs MSELoss and "mse" are also averages over the
outputs, and each strength is divided by K: weight_decay = 2 lam / K, l2 = lam / K.
"""

from __future__ import annotations

from regcourse._arrays import as_real, as_strength


def to_torch_sgd(lam: float) -> float:
    """Return weight_decay of torch.optim.SGD beside MSELoss, with or without momentum.

        gradient of ‖y - f‖² / n,  plus weight_decay · w        weight_decay = 2 lam

    MSELoss has no ½, so that its gradient is twice that of J's loss. Beside 0.5 * MSELoss it
    would be lam.

    Parameters
    ----------
    lam : float, >= 0

    Raises
    ------
    InvalidInput
        If lam < 0.

    Examples
    --------
    >>> to_torch_sgd(0.3)
    0.6
    """
    return 2 * as_strength(lam)


def from_torch_sgd(weight_decay: float) -> float:
    """Return lam = weight_decay / 2; the inverse of `to_torch_sgd`."""
    return as_strength(weight_decay, "weight_decay") / 2


def to_torch_adam(lam: float) -> float:
    """Return weight_decay of torch.optim.Adam beside MSELoss, once the learning rate has faded.

        as for SGD: the decay is added to the gradient before Adam rescales it        2 lam

    The place where it comes to rest is ridge's; the way there is not. AdamW, which decays
    w itself instead, comes to rest elsewhere: no weight_decay of AdamW is a lam.

    Raises InvalidInput if lam < 0.

    Source
    ------
    Loshchilov & Hutter (2019), Decoupled weight decay regularization, ICLR.
    """
    return 2 * as_strength(lam)


def from_torch_adam(weight_decay: float) -> float:
    """Return lam = weight_decay / 2; the inverse of `to_torch_adam`."""
    return as_strength(weight_decay, "weight_decay") / 2


def to_keras_l2(lam: float) -> float:
    """Return the strength of keras.regularizers.L2 beside loss="mse".

        ‖y - f‖² / n + l2 ‖w‖²        l2 = lam

    Neither term has its ½: the two omissions cancel. L1L2(l2=lam) is the same. Name the
    argument there: l1_l2(0.01), whose first is l1, has no L2 part at all.

    Raises InvalidInput if lam < 0.
    """
    return as_strength(lam)


def from_keras_l2(l2: float) -> float:
    """Return lam = l2; the inverse of `to_keras_l2`."""
    return as_strength(l2, "l2")


def to_keras_weight_decay(lam: float, *, momentum: float = 0.0) -> float:
    """Return weight_decay of keras.optimizers.SGD beside loss="mse".

        m <- momentum · m - lr · gradient of ‖y - f‖² / n
        w <- w - lr · weight_decay · w + m        weight_decay = 2 lam / (1 - momentum)

    The decay acts on w apart from the momentum, which lets a gradient count 1 / (1 - momentum)
    times (with nesterov too). PyTorch's SGD adds the decay to the gradient and needs no such
    factor. In another Keras optimizer the decay is decoupled as in AdamW, and is no lam.

    Parameters
    ----------
    lam : float, >= 0
    momentum : float, at least 0 and below 1

    Raises
    ------
    InvalidInput
        If lam < 0 or momentum is out of range.

    Examples
    --------
    >>> to_keras_weight_decay(0.3), to_keras_weight_decay(0.3, momentum=0.5)
    (0.6, 1.2)
    """
    return 2 * as_strength(lam) / (1 - as_real(momentum, "momentum", at_least=0.0, below=1.0))


def from_keras_weight_decay(weight_decay: float, *, momentum: float = 0.0) -> float:
    """Return lam = weight_decay (1 - momentum) / 2; the inverse of `to_keras_weight_decay`."""
    rest = 1 - as_real(momentum, "momentum", at_least=0.0, below=1.0)
    return as_strength(weight_decay, "weight_decay") * rest / 2
