"""The passport of a strength: one lam, shown in every dialect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

from regcourse._arrays import as_count, as_real, as_strength
from regcourse.conventions import networks, scikit_learn, statistics

_HEADINGS = ("where", "what to write", "value", "because")


@dataclass(frozen=True)
class Row:
    """One dialect.

    Parameters
    ----------
    where : str
    write : str
        The name of the setting there.
    value : float or None
        None if there is no such number, or if a quantity that it needs was not given.
    because : str
        The formula, and what must hold for it.
    instead : str
        What is shown in place of a value that is None, or before an approximate one.
    """

    where: str
    write: str
    value: float | None
    because: str
    instead: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The row as text."""
        number = "" if self.value is None else _short(self.value)
        return self.where, self.write, f"{self.instead} {number}".strip(), self.because


def _short(value: float) -> str:
    """A number of up to five digits as it is, any other to three, or to a whole number."""
    exact = f"{value:.5g}"
    if math.isclose(float(exact), value, rel_tol=1e-12):
        return exact
    return f"{value:.0f}" if 1e3 <= value < 1e6 else f"{value:.3g}"


@dataclass(frozen=True, repr=False)
class Passport:
    """A strength in every dialect; prints as a table."""

    lam: float
    n: int
    rows: tuple[Row, ...]

    def __getitem__(self, where: str) -> Row:
        """Return the row of this name; KeyError if there is none."""
        return {row.where: row for row in self.rows}[where]

    def __str__(self) -> str:
        table = [_HEADINGS, *(row.cells for row in self.rows)]
        widths = [max(len(cells[k]) for cells in table) for k in range(3)]
        lines = [
            f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c:>{widths[2]}}  {d}" for a, b, c, d in table
        ]
        return "\n".join([self._title, "", lines[0], "-" * len(max(lines, key=len)), *lines[1:]])

    def __repr__(self) -> str:
        return str(self)

    @property
    def _title(self) -> str:
        return f"The strength lam = {_short(self.lam)} with n = {self.n} rows"

    def _repr_html_(self) -> str:
        right = ' style="text-align:right;white-space:nowrap"'
        left = ' style="text-align:left"'
        head = "".join(f'<th scope="col"{left}>{escape(words)}</th>' for words in _HEADINGS)
        body = ""
        for where, write, value, because in (row.cells for row in self.rows):
            body += (
                f'<tr><th scope="row"{left}>{escape(where)}</th><td{left}>{escape(write)}</td>'
                f"<td{right}>{escape(value)}</td><td{left}>{escape(because)}</td></tr>"
            )
        return (
            f"<table><caption{left}>{escape(self._title)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def passport(
    lam: float,
    n: int,
    *,
    batch: int | None = None,
    sd_y: float | None = None,
    sigma2: float | None = None,
) -> Passport:
    """Return what `lam` is called in every dialect that knows ridge regression.

    Parameters
    ----------
    lam : float, >= 0
    n : int, >= 1
        Number of rows.
    batch : int, >= 1, optional
        Rows per step of a network, cut to n; MLPRegressor's default min(200, n) if not given.
    sd_y : float, > 0, optional
        Standard deviation of y with 1/n: glmnet needs it.
    sigma2 : float, > 0, optional
        Variance of the noise: a prior needs it.

    Returns
    -------
    Passport

    Raises
    ------
    InvalidInput
        If an argument is out of range.

    Examples
    --------
    >>> print(passport(0.3, n=50)["PyTorch SGD"].value)
    0.6
    >>> print(passport(0.3, n=50)["PyTorch AdamW"].cells[2])
    none
    """
    lam, n = as_strength(lam), as_count(n, "n")
    size = min(200 if batch is None else as_count(batch, "batch"), n)
    sd = None if sd_y is None else as_real(sd_y, "sd_y", above=0.0)
    noise = None if sigma2 is None else as_real(sigma2, "sigma2", above=0.0)
    return Passport(lam, n, (*_libraries(lam, n, size), *_statistics(lam, n, sd, noise)))


def _libraries(lam: float, n: int, batch: int) -> list[Row]:
    ridge = scikit_learn.to_sklearn_ridge(lam, n=n)
    lbfgs, sgd = (scikit_learn.to_sklearn_mlp(lam, n=n, batch=size) for size in (n, batch))
    one = f"batch·lam, here with batch = {batch}"
    mixed = f"lam · harmonic mean of batches: {n // batch} of {batch}, one of {n % batch}"
    return [
        Row("regcourse", "lam", lam, "average loss with its ½, penalty with its ½"),
        Row("scikit-learn Ridge", "alpha", ridge, "n·lam: the loss is a sum; also KernelRidge"),
        Row("scikit-learn RidgeClassifier", "alpha", ridge,
            "n·lam: Ridge on labels ±1, not logistic regression"),
        Row("scikit-learn ElasticNet", "alpha", scikit_learn.to_sklearn_elastic_net(lam),
            "lam, with l1_ratio=0"),
        Row("scikit-learn SGDRegressor", "alpha", scikit_learn.to_sklearn_sgd(lam), "lam"),
        Row("scikit-learn MLPRegressor", "alpha", lbfgs, 'n·lam, with solver="lbfgs"'),
        Row("the same, in batches", "alpha", sgd, mixed if n % batch else one),
        Row("scikit-learn BayesianRidge", "lambda_ / alpha_",
            scikit_learn.to_bayesian_ridge(lam, n=n), "n·lam: it estimates both"),
        Row("statsmodels fit_regularized", "alpha", statistics.to_statsmodels(lam, p=1)[1],
            "lam for each weight, 0 for the constant, with L1_wt=0"),
        Row("PyTorch SGD", "weight_decay", networks.to_torch_sgd(lam),
            "2 lam: MSELoss has no ½; no decay for biases"),
        Row("PyTorch Adam", "weight_decay", networks.to_torch_adam(lam),
            "2 lam, once the learning rate has faded"),
        Row("PyTorch AdamW", "weight_decay", None, "its decay is not the gradient of a penalty",
            instead="none"),
        Row("Keras L2", "l2", networks.to_keras_l2(lam), "lam: neither mse nor L2 has its ½"),
        Row("Keras SGD", "weight_decay", networks.to_keras_weight_decay(lam),
            "2 lam / (1 - momentum), here 2 lam; exclude the biases"),
    ]  # fmt: skip


def _statistics(lam: float, n: int, sd_y: float | None, sigma2: float | None) -> list[Row]:
    glmnet = None if sd_y is None else statistics.to_glmnet(lam, sd_y=sd_y)
    tau2 = statistics.to_gaussian_prior(lam, n=n, sigma2=sigma2) if sigma2 and lam > 0 else None
    flat = "a flat prior" if lam == 0 else "needs sigma2"
    return [
        Row("R glmnet", "lambda", glmnet, "sd_y·lam, columns standardised, alpha = 0",
            instead="needs sd_y" if glmnet is None else ""),
        Row("R lm.ridge", "lambda", statistics.to_lm_ridge(lam, n=n),
            "n·lam, columns standardised"),
        Row("Gaussian prior", "tau2", tau2, "sigma2 / (n·lam), the variance of each weight",
            instead=flat if tau2 is None else ""),
        Row("noise on the inputs", "standard deviation", statistics.to_input_noise(lam),
            "√lam, drawn anew at every look"),
        Row("dropout of inputs", "drop", statistics.to_dropout(lam),
            "lam / (1 + lam), columns standardised"),
        Row("early stopping", "step size · steps", 1 / lam if lam > 0 else None,
            "1 / lam, roughly: the factors differ", instead="about" if lam > 0 else "never"),
        Row("ESL, ISLP", "λ", statistics.to_esl(lam, n=n), "n·lam: sums without halves"),
        Row("Ng, Nielsen", "λ", statistics.to_ng(lam, n=n), "n·lam: the penalty is λ/(2n) ‖w‖²"),
        Row("Goodfellow et al.", "α", lam, "lam, if their J is an average with its ½"),
    ]  # fmt: skip
