"""Keras: neither "mse" nor the L2 regularizer has its ½, and both losses are means over outputs.

    loss + l1 ‖w‖₁ + l2 ‖w‖²                        kernel_regularizer
    w <- w - lr · weight_decay · w + momentum       SGD: apart from momentum and gradient

Momentum lets a gradient count 1 / (1 - momentum) times (with nesterov too), the decay only once;
PyTorch's SGD adds the decay to the gradient and needs no such factor. Biases are left out by
`optimizer.exclude_from_weight_decay(var_names=["bias"])`. In another Keras optimizer the decay is
decoupled as in AdamW.
"""

from typing import Any

from regcourse.conventions._record import L1, L2, NET, STRENGTH, Dialect, Loss, net, proportional


def _beside(loss: Loss, scale: float, l1: str, l2: str) -> list[Dialect]:
    """The records beside a loss that is `scale` times that of J; l1 and l2 are their formulas."""
    others: dict[str, Any] = {"needs": ("outputs",), "loss": loss, "library": "keras"}
    sgd = others | {"needs": ("momentum", "outputs")}
    return [
        proportional("keras.L1", L1, "l1", f"{l1}; no exact zeros",
                     lambda outputs: scale / outputs, **others),
        proportional("keras.L2", L2, "l2", l2,
                     lambda outputs: scale / 2 / outputs, **others),
        Dialect(
            "keras.L1L2",
            NET,
            {"l1": STRENGTH, "l2": STRENGTH},
            "L1's and L2's; name both: l1_l2(0.01) has no L2 part",
            to=lambda lam, rho, outputs: (
                scale * lam * rho / outputs,
                scale * lam * (1 - rho) / 2 / outputs,
            ),
            back=lambda l1, l2, outputs: net(l1 * outputs / scale, 2 * l2 * outputs / scale),
            **others,
        ),
        proportional("keras.SGD", L2, "weight_decay",
                     f"{l1} / (1 - momentum): the decay acts apart from it; exclude biases",
                     lambda momentum, outputs: scale / (1 - momentum) / outputs, **sgd),
        *(
            Dialect(
                name,
                L2,
                {"weight_decay": STRENGTH},
                "no gradient of a penalty: in Keras only SGD's is one",
                to=None,
                back=None,
                loss=loss,
                library="keras",
            )
            for name in ("keras.Adam", "keras.AdamW")
        ),
    ]  # fmt: skip


DIALECTS = [
    *_beside("squared", 2, "2 lam / outputs", "lam / outputs: neither mse nor L2 has its ½"),
    *_beside("logistic", 1, "lam / outputs", "lam / (2 outputs): L2 has no ½"),
]
