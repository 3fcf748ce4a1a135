"""The problems that dialects are proved on, and a minimum that is certain."""

from dataclasses import dataclass

import numpy as np

from regcourse.data import problem_from_svd


@dataclass(frozen=True)
class Problem:
    """Rows four times over: a batch of a quarter is all there is, and leaves no chance."""

    X: np.ndarray
    y: np.ndarray
    loss: str = "squared"
    batch: int = 24
    momentum: float = 0.5
    outputs: int = 1

    @property
    def n(self):
        return len(self.y)

    @property
    def sd_y(self):
        return self.y.std()

    @property
    def sigma2(self):
        """A log-loss is its own scale: the noise of labels is no quantity of its own."""
        return {"squared": 2.5, "logistic": 1.0}[self.loss]

    @property
    def scale(self):
        """How many times J's loss the mean over rows and outputs of PyTorch and Keras is."""
        return {"squared": 2, "logistic": 1}[self.loss] / self.outputs

    @property
    def step(self):
        """A step that gradient descent on J can take: a log-loss bends at most a quarter."""
        return {"squared": 0.6, "logistic": 2.4}[self.loss]

    @property
    def quantities(self):
        names = ("n", "batch", "sd_y", "sigma2", "momentum", "outputs")
        return {name: getattr(self, name) for name in names} | {"p": self.X.shape[1]}

    def losses(self, b, w):
        """Σ (y - f)² / 2, or Σ log(1 + exp f) - y f for labels 0 and 1."""
        f = b + self.X @ w
        each = {"squared": (self.y - f) ** 2 / 2, "logistic": np.logaddexp(0, f) - self.y * f}
        return each[self.loss].sum()

    def slope(self, b, w):
        """The derivative of each row's loss by f, over n."""
        f = b + self.X @ w
        mean = {"squared": f, "logistic": 1 / (1 + np.exp(-f))}[self.loss]
        return (mean - self.y) / self.n

    def norm1(self, w):
        return np.abs(w).sum()

    def mixed(self, w, rho):
        return rho * self.norm1(w) + (1 - rho) * w @ w / 2

    def objective(self, b, w, lam, rho):
        return self.losses(b, w) / self.n + lam * self.mixed(w, rho)

    def violation(self, b, w, lam, rho):
        """How far (b, w) is from stationary, as kkt_violation, for either loss."""
        g = self.slope(b, w)
        off = np.abs(self.X.T @ g + lam * (rho * np.sign(w) + (1 - rho) * w))
        off = np.where(w == 0, np.maximum(off - lam * rho, 0), off)
        return max(abs(g.sum()), off.max())

    def minimum(self, lam, rho):
        """Proximal gradient steps: with curvatures between 0.1 and 2, 1000 are enough."""
        b, w, step = 0.0, np.zeros(self.X.shape[1]), self.step
        for _ in range(1000):
            g = self.slope(b, w)
            b, v = b - step * g.sum(), w - step * self.X.T @ g
            w = np.sign(v) * np.maximum(np.abs(v) - step * lam * rho, 0)
            w = w / (1 + step * lam * (1 - rho))
        return b, w


def problems():
    """Numbers, signs and classes to be told from the same three columns."""
    n = 24
    s = np.sqrt(n) * np.array([1.3, 1.0, 0.8])
    drawn = problem_from_svd(s, n=n, noise=0.5, seed=51)
    # Not centred: an intercept that is penalised, or missing, would show.
    X = drawn.X - drawn.X.mean(axis=0) + [0.3, -0.2, 0.1]
    y = (drawn.y - drawn.y.mean()) / 5 + 2.0
    # Unequal classes that no plane separates.
    positive = (y > np.median(y) + 0.2) ^ (np.arange(n) % 5 == 0)
    X, y, positive = np.tile(X, (4, 1)), np.tile(y, 4), np.tile(positive, 4)
    return {
        "squared": Problem(X, y),
        "signs": Problem(X, np.where(positive, 1.0, -1.0)),
        "logistic": Problem(X, positive.astype(float), loss="logistic"),
    }
