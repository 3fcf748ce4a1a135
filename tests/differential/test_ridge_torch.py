"""PyTorch's optimizers: what else leads to ridge, and what demonstrably elsewhere.

All rows in every step: no chance is involved.
"""

import numpy as np
import pytest
import torch

from regcourse.conventions import convert
from regcourse.linear import ridge, ridge_path

# Two threads cost a hundred times what they compute here.
torch.set_num_threads(1)


def train(fitted, optimizer, *, decay, decay_bias=0.0, steps=300, fade=1.0, half=1.0, **options):
    """Return (b, w) after `steps` steps whose size is multiplied by `fade` each time."""
    X, y = torch.tensor(fitted.X), torch.tensor(fitted.y)
    w = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    groups = [{"params": [w], "weight_decay": decay}, {"params": [b], "weight_decay": decay_bias}]
    stepper = optimizer(groups, **options)
    schedule = torch.optim.lr_scheduler.ExponentialLR(stepper, gamma=fade)
    for _ in range(steps):
        stepper.zero_grad()
        (half * torch.nn.functional.mse_loss(b + X @ w, y)).backward()
        stepper.step()
        schedule.step()
    return b.detach().numpy(), w.detach().numpy()


def decay_of(lam, **quantities):
    return convert({"lam": lam, "rho": 0}, "regcourse", "torch.SGD", **quantities)["weight_decay"]


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_momentum_changes_nothing(fitted, momentum):
    # The decay is a part of the gradient, and the momentum carries both.
    decay = decay_of(fitted.lam)
    b, w = train(fitted, torch.optim.SGD, decay=decay, lr=0.1, momentum=momentum, steps=600)
    # The slowest direction shrinks by 0.95 a step: 0.95^600 is 4e-14.
    fitted.assert_same(b, w, atol=1e-11)


@pytest.mark.parametrize("outputs", [2, 5])
def test_with_several_outputs_the_decay_is_divided_by_their_number(fitted, outputs):
    # The mean of MSELoss goes over rows and outputs: each output is fitted by 1/K of its loss.
    y = fitted.y[:, None] * np.linspace(1, 2, outputs) + 3
    data, target = torch.tensor(fitted.X), torch.tensor(y)
    W = torch.zeros((3, outputs), dtype=torch.float64, requires_grad=True)
    b = torch.zeros(outputs, dtype=torch.float64, requires_grad=True)
    decay = decay_of(fitted.lam, outputs=outputs)
    groups = [{"params": [W], "weight_decay": decay}, {"params": [b], "weight_decay": 0.0}]
    stepper = torch.optim.SGD(groups, lr=0.2 * outputs)
    for _ in range(300):
        stepper.zero_grad()
        torch.nn.functional.mse_loss(b + data @ W, target).backward()
        stepper.step()
    ours = [ridge(fitted.X, column, fitted.lam) for column in y.T]
    # As for one output; y is up to three times as large.
    np.testing.assert_allclose(W.detach().numpy().T, [fit.w for fit in ours], atol=1e-12)
    np.testing.assert_allclose(b.detach().numpy(), [fit.b for fit in ours], rtol=1e-12)


def test_sgd_beside_half_the_loss_takes_lam_itself(fitted):
    b, w = train(fitted, torch.optim.SGD, decay=fitted.lam, lr=0.4, half=0.5)
    fitted.assert_same(b, w, atol=1e-12)


def test_sgd_with_lam_untranslated_rests_elsewhere(fitted):
    b, w = train(fitted, torch.optim.SGD, decay=fitted.lam, lr=0.2)
    assert fitted.distance(b, w) > 0.05


def test_sgd_that_decays_the_bias_rests_elsewhere(fitted):
    decay = decay_of(fitted.lam)
    b, w = train(fitted, torch.optim.SGD, decay=decay, decay_bias=decay, lr=0.2)
    assert fitted.distance(b, w) > 0.1


def test_adamw_with_the_decay_of_adam_rests_elsewhere(fitted):
    decay = decay_of(fitted.lam)
    b, w = train(fitted, torch.optim.AdamW, decay=decay, lr=0.2, fade=0.99, steps=1600)
    # Where exactly depends on how the steps fade; Adam comes to 1e-5.
    assert fitted.distance(b, w) > 0.02


# With a smaller decay it rests near least squares, where the ridge path begins.
@pytest.mark.parametrize("decay", [0.6, 2.0])
def test_adamw_rests_where_no_ridge_does(fitted, decay):
    _, w = train(fitted, torch.optim.AdamW, decay=decay, lr=0.2, fade=0.99, steps=1600)
    path = ridge_path(fitted.X, fitted.y, np.logspace(-6, 4, 2000))
    assert np.abs(path.W - w).max(axis=1).min() > 0.02
