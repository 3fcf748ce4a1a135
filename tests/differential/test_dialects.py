"""Every dialect, proved: its objective is J, and its library fits the minimum of J.

What proves a family of dialects stands in proofs/, in a file of the same name: OBJECTIVES (what
the documentation says is minimised), FITS (how the library fits, and how near it comes), and ABSENT
(which library the tests do without, and why).
"""

import functools
import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from regcourse import conventions
from regcourse.conventions import convert, dialects
from regcourse.linear import kkt_violation

HERE = Path(__file__).parent
LAM = {"squared": 0.3, "logistic": 0.1}
SHARES = {"L2": [0.0], "L1": [1.0], "elastic net": [0.0, 0.6, 1.0]}


def load(path):
    spec = importlib.util.spec_from_file_location(f"differential_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up here
    spec.loader.exec_module(module)
    return module


PROBLEMS = load(HERE / "problems.py").problems()
PROVED = {path.stem: load(path) for path in sorted((HERE / "proofs").glob("*.py"))}
OBJECTIVES = {k: v for proofs in PROVED.values() for k, v in proofs.OBJECTIVES.items()}
ABSENT = {k: v for proofs in PROVED.values() for k, v in getattr(proofs, "ABSENT", {}).items()}
FITS = {k: v for proofs in PROVED.values() for k, v in getattr(proofs, "FITS", {}).items()}
# A rule of thumb has a test of its own, and so has what has no number.
EXACT = [dialect for dialect in dialects() if dialect.to and dialect.exact]
STATED = [dialect for dialect in EXACT if dialect.name in OBJECTIVES]
FITTED = [dialect for dialect in EXACT if dialect.name in FITS]


def kind_of(dialect):
    return {"sklearn.RidgeClassifier": "signs"}.get(dialect.name, dialect.loss)


def written(dialect, P, rho):
    meant = {"lam": LAM[P.loss], "rho": rho}
    return convert(meant, "regcourse", dialect.name, loss=P.loss, **P.quantities)


@functools.cache
def minimum(kind, lam, rho):
    return PROBLEMS[kind].minimum(lam, rho)


def cases(chosen):
    return [
        pytest.param(dialect, rho, id=f"{dialect.name}-{dialect.loss}-{rho}")
        for dialect in chosen
        for rho in SHARES[dialect.penalty]
        if dialect.holds(rho)
    ]


# ---------- nothing is left out
def test_every_family_of_dialects_has_its_proofs():
    families = Path(conventions.__file__).parent / "_dialects"
    names = {path.stem for path in families.glob("*.py")} - {"__init__"}
    assert names == set(PROVED), "a file of dialects, or of proofs, without its counterpart"


def test_every_dialect_says_what_it_minimises():
    lacking = {dialect.name for dialect in EXACT} - set(OBJECTIVES)
    assert lacking == set(), "no OBJECTIVES in proofs/ for these dialects"


def test_every_dialect_of_a_library_that_is_here_is_fitted():
    here = {dialect.name for dialect in EXACT if dialect.library not in {"", *ABSENT}}
    assert here - set(FITS) == set(), "no FITS in proofs/ for these dialects"


def test_no_proof_is_of_a_dialect_that_does_not_exist():
    assert {*OBJECTIVES, *FITS} - {dialect.name for dialect in EXACT} == set()


@pytest.mark.parametrize("library", ABSENT)
def test_what_is_not_fitted_is_not_installed(library):
    assert importlib.util.find_spec(library) is None, f"{library} is here now: fit it"
    assert library in {dialect.library for dialect in dialects()}


# ---------- the objective is J
@pytest.mark.parametrize(("dialect", "rho"), cases(STATED))
def test_what_it_minimises_is_a_multiple_of_J(dialect, rho):
    P = PROBLEMS[kind_of(dialect)]
    # Standardised, as R and dropout ask for; batches of 40, 40 and 16; one output of three.
    P = replace(P, X=(P.X - P.X.mean(axis=0)) / P.X.std(axis=0), batch=40, outputs=3)
    settings = written(dialect, P, rho)
    numbers = [np.array(settings[name]) for name in dialect.write]
    points = [(u[0], u[1:]) for u in np.random.default_rng(71).normal(size=(6, 4))]
    theirs = [OBJECTIVES[dialect.name](P, b, w, *numbers) for b, w in points]
    ours = [P.objective(b, w, LAM[P.loss], rho) for b, w in points]
    times = (theirs[1] - theirs[0]) / (ours[1] - ours[0])
    assert times > 0
    # Constants fall out; what is left rounds.
    np.testing.assert_allclose(np.diff(theirs), times * np.diff(ours), rtol=1e-9)


# ---------- the library fits its minimum
@pytest.mark.parametrize(("dialect", "rho"), cases(FITTED))
def test_the_library_fits_the_minimum_of_J(dialect, rho):
    kind = kind_of(dialect)
    fit, atol = FITS[dialect.name]
    b, w = minimum(kind, LAM[dialect.loss], rho)
    found_b, found_w = fit(PROBLEMS[kind], written(dialect, PROBLEMS[kind], rho))
    np.testing.assert_allclose(np.ravel(found_w), w, rtol=0, atol=atol)
    np.testing.assert_allclose(np.ravel(found_b), [b], rtol=0, atol=atol)


@pytest.mark.parametrize("factor", [0.5, 2.0])
@pytest.mark.parametrize(("dialect", "rho"), cases(FITTED))
def test_it_would_show_if_the_strength_were_half_or_twice_of_that(dialect, rho, factor):
    here, there = (minimum(kind_of(dialect), LAM[dialect.loss] * k, rho)[1] for k in (1, factor))
    assert np.abs(here - there).max() > 9 * FITS[dialect.name][1]


@pytest.mark.parametrize("rho", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("kind", ["squared", "signs", "logistic"])
def test_the_minimum_of_J_is_one(kind, rho):
    P = PROBLEMS[kind]
    assert P.violation(*minimum(kind, LAM[P.loss], rho), LAM[P.loss], rho) < 1e-12


@pytest.mark.parametrize("rho", [0.0, 0.6, 1.0])
def test_the_violation_here_is_that_of_the_course(rho):
    P, w = PROBLEMS["squared"], np.array([0.0, 0.4, -1.0])
    ours = kkt_violation(P.X, P.y, 1.5, w, 0.3, rho=rho)
    assert P.violation(1.5, w, 0.3, rho) == pytest.approx(ours, rel=1e-12)


def test_some_weights_are_zero_where_there_is_an_l1_part():
    zeros = [(minimum("squared", 0.3, rho)[1] == 0).sum() for rho in (0.0, 0.6, 1.0)]
    assert zeros == [0, 1, 2]


# ---------- a rule of thumb
def test_stopping_early_is_ridge_in_weak_directions_and_roughly_elsewhere():
    lam = 0.3
    (time,) = convert({"lam": lam, "rho": 0}, "regcourse", "early.stopping").values()
    h = lam * np.logspace(-4, 4, 2001)  # curvatures
    stopped, shrunk = 1 - np.exp(-h * time), h / (h + lam)  # the steps as small as can be
    np.testing.assert_allclose(stopped[:100] / shrunk[:100], 1, atol=1e-3)
    assert 0.2 < np.abs(stopped - shrunk).max() < 0.21
