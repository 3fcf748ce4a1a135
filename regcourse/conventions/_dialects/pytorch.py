"""PyTorch: MSELoss has no ½ (beside 0.5 * MSELoss it would be lam), BCEWithLogitsLoss needs none.

Both are means over rows and outputs. Biases must be left out of every decay, by parameter groups.

    gradient of the loss + weight_decay · w        SGD, with or without momentum; Adam
    w <- w - lr · weight_decay · w                 AdamW, apart from the gradient

Adam comes to rest where SGD does, by another way; AdamW does not. Source: Loshchilov & Hutter
(2019), Decoupled weight decay regularization, ICLR.
"""

from typing import Any

from regcourse.conventions._record import L1, L2, STRENGTH, Dialect, Loss, proportional


def _beside(loss: Loss, scale: float, formula: str, why: str) -> list[Dialect]:
    """The records beside a criterion that is `scale` times the loss of J."""
    others: dict[str, Any] = {"needs": ("outputs",), "loss": loss, "library": "torch"}
    decay: dict[str, Any] = {"penalty": L2, "setting": "weight_decay"}

    def factor(outputs: float) -> float:
        return scale / outputs

    return [
        proportional(
            "torch.SGD", because=f"{formula}: {why}; no decay for b", by=factor, **decay, **others
        ),
        proportional(
            "torch.Adam",
            because=f"{formula}, once the learning rate has faded",
            by=factor,
            **decay,
            **others,
        ),
        proportional(
            "torch.L1",
            L1,
            "c",
            f"{formula} for c · w.abs().sum(): {why}; no exact zeros",
            factor,
            **others,
        ),
        Dialect(
            "torch.AdamW",
            L2,
            {"weight_decay": STRENGTH},
            "its decay is not the gradient of a penalty",
            to=None,
            back=None,
            loss=loss,
            library="torch",
        ),
    ]


DIALECTS = [
    *_beside("squared", 2, "2 lam / outputs", "MSELoss has no ½"),
    *_beside("logistic", 1, "lam / outputs", "BCEWithLogitsLoss is a mean"),
]
