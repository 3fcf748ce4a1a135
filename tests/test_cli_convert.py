"""`regcourse convert`: a number and its reason in two lines, an error in one."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from regcourse.cli import main
from regcourse.conventions import QUANTITIES, dialects


@pytest.fixture
def run():
    def call(*arguments):
        return CliRunner().invoke(main, ["convert", *map(str, arguments)])

    return call


def test_it_prints_the_number_and_the_reason(run):
    outcome = run(0.1, "sklearn.Ridge", "glmnet", "--n", 50, "--sd-y", 3.2)
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert outcome.stdout == (
        "lambda = 0.0064, alpha = 0\n"
        "lam = 0.002; glmnet has l1 + sd_y·l2, and l1's share of it: "
        "it divides y by sd_y, and standardises X\n"
    )


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (("alpha=0.1,l1_ratio=0.5", "sklearn.ElasticNet", "glmnet", "--sd-y", 3),
         "lambda = 0.2, alpha = 0.25"),
        (("lam=0.3, rho=0", "regcourse", "torch.SGD", "--loss", "logistic"), "weight_decay = 0.3"),
        ((0.3, "keras.L2", "statsmodels.OLS", "--p", 2),
         "alpha = [0, 0.3, 0.3], L1_wt = 0, zero_tol = 0"),
        ((0.3, "keras.L2", "keras.SGD", "--momentum", 0.5, "--outputs", 2), "weight_decay = 1.2"),
        ((0.3, "keras.L2", "sklearn.MLPRegressor", "--n", 96, "--batch", 32), "alpha = 9.6"),
        ((0.5, "prior.Gaussian", "keras.L2", "--n", 8, "--sigma2", 1), "l2 = 0.25"),
        ((0.3, "keras.L2", "early.stopping"), "lr · steps ≈ 3.33333333333"),
        (("1e-3", "keras.L2", "torch.SGD"), "weight_decay = 0.002"),
    ],
)  # fmt: skip
def test_every_quantity_can_be_given(run, arguments, first):
    outcome = run(*arguments)
    assert outcome.exit_code == 0, outcome.output
    assert outcome.stdout.splitlines()[0] == first
    assert len(outcome.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0.1, "sklearn.Rigde", "glmnet"),
         "source must be a dialect, perhaps one of sklearn.Ridge; got 'sklearn.Rigde'"),
        ((0.1, "sklearn.Ridge", "glmnet", "--sd-y", 3),
         "sklearn.Ridge needs n, the number of rows; with sample weights, their sum"),
        ((0.1, "sklearn.Lasso", "sklearn.Ridge"),
         "sklearn.Ridge holds an L2 strength only, and in sklearn.Lasso this is an L1 strength"),
        (("much", "keras.L2", "glmnet"),
         "Invalid value for 'VALUE': 'much' is not a number (see `regcourse convert -h`)"),
        (("alpha=much,l1_ratio=0", "sklearn.ElasticNet", "glmnet"),
         "Invalid value for 'VALUE': 'much' is not a number (see `regcourse convert -h`)"),
        (("alpha=0.1", "sklearn.ElasticNet", "glmnet"),
         "sklearn.ElasticNet takes alpha and l1_ratio, got alpha"),
        ((0.1, "keras.L2", "glmnet", "--sd-y", "wide"),
         "Invalid value for '--sd-y': 'wide' is not a number (see `regcourse convert -h`)"),
        ((0.1, "keras.L2", "statsmodels.OLS", "--p", 2.5),
         "p must be a whole number, got 2.5"),
        ((0.1, "keras.L2", "glmnet", "--colour", 1),
         "No such option '--colour' (see `regcourse convert -h`)"),
        ((0.1, "keras.L2"), "Missing argument 'TARGET' (see `regcourse convert -h`)"),
        ((0.1, "keras.L2", "torch.SGD", "--loss", "hinge"),
         "Invalid value for '--loss': 'hinge' is not one of 'squared', 'logistic' "
         "(see `regcourse convert -h`)"),
    ],
)  # fmt: skip
def test_what_can_be_mended_is_one_line(run, arguments, words):
    outcome = run(*arguments)
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr == f"Error: {words}\n"


def test_the_help_names_every_quantity_and_every_dialect(run):
    said = run("-h").stdout
    assert [name for name in QUANTITIES if f"--{name.replace('_', '-')} NUMBER" not in said] == []
    assert [record.name for record in dialects() if record.name not in said] == []


def test_no_other_command_loads_the_mathematics():
    code = (
        "import sys; from click.testing import CliRunner; from regcourse.cli import main; "
        "CliRunner().invoke(main, ['-h']); print('numpy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
