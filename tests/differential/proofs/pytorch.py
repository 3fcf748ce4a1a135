"""PyTorch: all rows in every step, so that no chance is involved.

At a constant step the slowest direction shrinks by 0.7 each time: 0.7^100 is nothing. Adam's last
steps are of size 0.3 * 0.985^700 = 8e-6. A subgradient turns back and forth about a zero.
"""

import torch

# Two threads cost a hundred times what they compute here.
torch.set_num_threads(1)


def decayed(P, b, w, weight_decay):
    return P.scale * P.losses(b, w) / P.n + weight_decay * w @ w / 2


OBJECTIVES = {
    "torch.SGD": decayed,
    "torch.Adam": decayed,
    "torch.L1": lambda P, b, w, c: P.scale * P.losses(b, w) / P.n + c * P.norm1(w),
}

CRITERIA = {
    "squared": torch.nn.functional.mse_loss,
    "logistic": torch.nn.functional.binary_cross_entropy_with_logits,
}


def train(P, optimizer, *, decay=0.0, c=0.0, steps, fade=1.0, **options):
    """Return (b, w) after steps whose size is multiplied by `fade` each time."""
    X, y = torch.tensor(P.X), torch.tensor(P.y)
    w = torch.zeros(X.shape[1], dtype=torch.float64, requires_grad=True)
    b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    groups = [{"params": [w], "weight_decay": decay}, {"params": [b], "weight_decay": 0.0}]
    stepper = optimizer(groups, **options)
    schedule = torch.optim.lr_scheduler.ExponentialLR(stepper, gamma=fade)
    for _ in range(steps):
        stepper.zero_grad()
        (CRITERIA[P.loss](b + X @ w, y) + c * w.abs().sum()).backward()
        stepper.step()
        schedule.step()
    return b.detach().numpy(), w.detach().numpy()


def fit_sgd(P, settings):
    decay = settings["weight_decay"]
    return train(P, torch.optim.SGD, decay=decay, lr=P.step / P.scale, momentum=0.5, steps=100)


def fit_adam(P, settings):
    decay = settings["weight_decay"]
    return train(P, torch.optim.Adam, decay=decay, lr=0.3, fade=0.985, steps=700)


def fit_l1(P, settings):
    return train(P, torch.optim.SGD, c=settings["c"], lr=P.step / P.scale, fade=0.98, steps=400)


FITS = {
    "torch.SGD": (fit_sgd, 1e-10),
    "torch.Adam": (fit_adam, 1e-5),
    "torch.L1": (fit_l1, 5e-3),
}
