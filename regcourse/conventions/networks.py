"""PyTorch and Keras: their squared loss has no ½, and neither has Keras' penalty.

The biases must be left out of every decay: in PyTorch by parameter groups, in Keras by
`kernel_regularizer` or `optimizer.exclude_from_weight_decay(var_names=["bias"])`.
"""

from __future__ import annotations

from regcourse._arrays import as_strength


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

    Neither term has its ½: the two omissions cancel.

    Raises InvalidInput if lam < 0.
    """
    return as_strength(lam)


def from_keras_l2(l2: float) -> float:
    """Return lam = l2; the inverse of `to_keras_l2`."""
    return as_strength(l2, "l2")


def to_keras_weight_decay(lam: float) -> float:
    """Return weight_decay of keras.optimizers.SGD beside loss="mse".

        w <- w - lr · weight_decay · w - lr · gradient of ‖y - f‖² / n        weight_decay = 2 lam

    For plain SGD, decay apart from the gradient and decay within it are the same. The same
    number in another Keras optimizer is decoupled as in AdamW, and is no lam.

    Raises InvalidInput if lam < 0.
    """
    return 2 * as_strength(lam)


def from_keras_weight_decay(weight_decay: float) -> float:
    """Return lam = weight_decay / 2; the inverse of `to_keras_weight_decay`."""
    return as_strength(weight_decay, "weight_decay") / 2
