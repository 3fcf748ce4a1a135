"""Norms of matrices: the spectral norm is found, or said not to be."""

import re
import tracemalloc

import numpy as np
import pytest

from regcourse import norms
from regcourse.errors import DidNotConverge, InvalidInput

# Sums of a few powers, and a root: each rounds a few times, so relative 1e-12 is generous.
ROUNDING = 1e-12


def test_frobenius_is_the_length_of_the_singular_values_and_of_the_entries():
    W = np.random.default_rng(1).normal(size=(5, 3))
    s = np.linalg.svd(W, compute_uv=False)
    assert norms.frobenius_norm(W) == pytest.approx(norms.lp_norm(s, 2), rel=ROUNDING)
    assert norms.frobenius_norm(W) == pytest.approx(norms.lp_norm(W.ravel(), 2), rel=ROUNDING)


@pytest.mark.parametrize("shape", [(7, 4), (4, 7), (1, 5), (5, 1)])
def test_power_iteration_finds_the_largest_singular_value(shape):
    W = np.random.default_rng(2).normal(size=shape)
    largest = np.linalg.svd(W, compute_uv=False)[0]
    # The ratio of the two largest values is below 0.9: 0.9^4000 is nothing.
    assert norms.spectral_norm(W) == pytest.approx(largest, rel=1e-10)


@pytest.mark.parametrize("second", [0.5, 0.99, 0.999])
def test_without_a_number_of_rounds_it_goes_on_until_it_has_found_it(second):
    # Within 1e-6 is promised.
    assert norms.spectral_norm(np.diag([second] * 40 + [1.0])) == pytest.approx(1.0, rel=1e-6)


@pytest.mark.parametrize("apart", [0.0, 1e-9, 1e-7, 9e-7])
@pytest.mark.parametrize("others", [1, 20])
@pytest.mark.parametrize("block", [1, 3])
def test_of_singular_values_that_are_as_good_as_equal_either_is_the_answer(apart, others, block):
    # A block of ones stretches by its size: the entries are not the scale.
    W = np.kron(np.diag([1 - apart] * others + [1.0]), np.ones((block, block)))
    assert 1 - 1e-6 <= norms.spectral_norm(W) / block <= 1 + ROUNDING


@pytest.mark.parametrize("apart", [2e-6, 1e-4])
def test_what_is_not_found_is_said_with_what_was_reached_and_never_guessed(apart):
    # Of 40 that are nearly the largest, a random start has most: it rests on them.
    W = np.kron(np.diag([1 - apart] * 40 + [1.0]), np.full((3, 1), np.sqrt(3)))
    with pytest.raises(DidNotConverge, match=r"^power iteration has reached") as told:
        norms.spectral_norm(W)
    reached, above = re.search(
        r"reached (\S+) in 10000 rounds.* up to (\S+) of", str(told.value)
    ).groups()
    assert float(reached) < 3 * (1 - 1e-6)
    assert float(reached) * (1 + float(above)) >= 3
    assert float(above) <= 20 * apart


def test_an_easy_matrix_takes_few_rounds_and_a_long_one_little_room(monkeypatch):
    norm, calls = np.linalg.norm, []
    monkeypatch.setattr(np.linalg, "norm", lambda x: calls.append(1) or norm(x))
    W = np.random.default_rng(5).normal(size=(20_000, 2)) * [1.0, 3.0]
    for matrix in (W, W.T):
        tracemalloc.start()
        norms.spectral_norm(matrix)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 3 * W.nbytes
    assert len(calls) < 2 * 2 * 30


def test_a_number_of_rounds_is_that_of_the_products_and_nothing_is_factorised(monkeypatch):
    monkeypatch.setattr(np.linalg, "cholesky", None)
    W = np.random.default_rng(6).normal(size=(5, 4))
    x = np.random.default_rng(3).normal(size=4)
    for rounds in (1, 2, 3):
        x = W.T @ (W @ x)
        stretch = np.linalg.norm(W @ x) / np.linalg.norm(x)
        assert norms.spectral_norm(W, iters=rounds, seed=3) == pytest.approx(stretch, rel=1e-14)
    assert norms.spectral_norm(W, iters=9999) == pytest.approx(np.linalg.svd(W)[1][0], rel=1e-12)


def test_a_start_without_the_direction_looked_for_finds_it_all_the_same():
    # At 1.9 the estimate rests, and rounding alone may hold it there for good.
    rng = np.random.default_rng(7)
    x = np.random.default_rng(0).normal(size=6)
    V = np.linalg.qr(np.column_stack([x, rng.normal(size=(6, 5))]))[0]
    W = V[:, [1, 0, 2, 3, 4, 5]] * [2.0, 1.9, 1.0, 1.0, 1.0, 0.5] @ V[:, [1, 0, 2, 3, 4, 5]].T
    assert norms.spectral_norm(W, seed=0) == pytest.approx(2.0, rel=1e-6)


@pytest.mark.parametrize("iters", [1, 1000])
def test_a_number_of_rounds_gives_a_lower_bound_without_complaint(iters):
    assert 0.99 < norms.spectral_norm(np.diag([0.999] * 40 + [1.0]), iters=iters) < 1.0


@pytest.mark.parametrize("iters", [1, 3, 10, 40])
def test_power_iteration_never_overshoots(iters):
    W = np.random.default_rng(3).normal(size=(20, 20))
    largest = np.linalg.svd(W, compute_uv=False)[0]
    assert norms.spectral_norm(W, iters=iters) <= largest * (1 + ROUNDING)


def test_more_rounds_come_closer():
    W = np.random.default_rng(3).normal(size=(20, 20))
    estimates = [norms.spectral_norm(W, iters=k) for k in (1, 2, 4, 8, 16, 32)]
    assert estimates == sorted(estimates)


@pytest.mark.parametrize("unit", [1e-200, 1e200], ids=["tiny", "huge"])
def test_the_product_of_a_matrix_with_itself_neither_over_nor_underflows(unit):
    assert norms.spectral_norm([[3 * unit, 0], [0, 4 * unit]]) == pytest.approx(4 * unit)


def test_a_matrix_of_huge_singular_values_settles_as_any_other():
    assert norms.spectral_norm([[3e200, 1e200], [0, 4e200]]) == pytest.approx(
        1e200 * np.linalg.svd([[3, 1], [0, 4]], compute_uv=False)[0], rel=1e-12
    )


def test_the_zero_matrix_stretches_nothing():
    assert norms.spectral_norm(np.zeros((2, 3))) == 0.0


def test_the_spectral_norm_repeats_itself():
    W = np.random.default_rng(4).normal(size=(6, 6))
    assert norms.spectral_norm(W, iters=2, seed=1) == norms.spectral_norm(W, iters=2, seed=1)
    assert norms.spectral_norm(W, iters=2) == norms.spectral_norm(W, iters=2, seed=0)
    assert norms.spectral_norm(W, iters=2, seed=1) != norms.spectral_norm(W, iters=2, seed=2)


@pytest.mark.parametrize("norm", [norms.frobenius_norm, norms.spectral_norm])
def test_a_norm_beyond_every_float_is_refused(norm):
    with pytest.raises(InvalidInput, match="norm of W must lie within the floats, got one beyond"):
        norm([[1e308, 1e308], [1e308, 1e308]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: norms.frobenius_norm([1.0]), r"W must have 2 dimension\(s\)"),
        (lambda: norms.spectral_norm([[1.0]], iters=0), "iters must be >= 1, got 0"),
        (lambda: norms.spectral_norm([[1.0]], seed=-1), "seed must be >= 0, got -1"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()
