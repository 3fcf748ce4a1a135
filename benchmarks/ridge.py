"""Ridge here and in scikit-learn: CPU time, digits and memory; prints, decides nothing.

    python benchmarks/ridge.py [--rounds 5] [--condition 1e5]

A path is 100 strengths with leave-one-out errors; RidgeCV is given each of its modes, and the
quickest counts. One thread of BLAS; both sides in turns, CPU time of the thread, least of all
rounds. Memory is that of a path beside its X, in sizes of X: by the operating system (LAPACK's own
included), and by NumPy's count. `gap / J` is the share of the objective that an answer may miss, by
our certificate: of our path the worst, of theirs at the strength they chose. `apart` is how far the
errors on rows left out differ at most. `--condition` makes columns alike, until products of X are
no longer safe.
"""

from __future__ import annotations

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

import json
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import numpy as np
from sklearn.linear_model import Ridge, RidgeCV

from regcourse.linear import duality_gap, objective, ridge, ridge_path

PATHS = [(442, 10), (500, 50), (5000, 200), (1000, 500), (100, 2000), (50000, 10), (100000, 20)]
FITS = [(442, 10), (5000, 200), (1000, 500), (2000, 1000), (100, 2000), (50000, 10)]
MODES = {"svd": "svd", "eigen": "eigen", "auto": "auto", "cv=None": None}
LAMS = np.logspace(-4, 2, 100)
LAM = 0.01


@click.command()
@click.option("--rounds", default=5, help="How often each side runs.")
@click.option("--condition", default=1.0, help="How unequal singular values are, by chance aside.")
@click.option("--memory", hidden=True, help="Measure one path, of the X in this file.")
def main(rounds: int, condition: float, memory: str | None) -> None:
    """Race paths, measure their memory, race single fits."""
    if memory:
        print(json.dumps(_memory(np.load(memory))))
        return
    print("100 strengths with leave-one-out            memory / X       gap / J        ")
    print("      n     p   RidgeCV ms     ours  ratio  system  NumPy  theirs   ours  apart")
    for n, p in PATHS:
        _race_paths(*data(n, p, condition), rounds)
    print(f"\none fit, lam = {LAM}                          gap / J")
    print("      n     p  Cholesky ms     ours  ratio  theirs   ours")
    for n, p in FITS:
        _race_fits(*data(n, p, condition), rounds)


def data(n: int, p: int, condition: float) -> tuple[np.ndarray, np.ndarray]:
    """Normal columns with means, and noise of the size of the signal."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, p))
    if condition > 1:
        U, s, Vt = np.linalg.svd(X, full_matrices=False)
        X = U * (s * np.geomspace(1, 1 / condition, len(s))) @ Vt
    X += rng.normal(size=p)
    return X, X @ rng.normal(size=p) / np.sqrt(p) + rng.normal(size=n)


def in_turns(sides: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Milliseconds of CPU that each side needed at the least."""
    spent = np.empty((len(sides), rounds))
    for turn in range(rounds):
        for k, side in enumerate(sides):
            start = time.thread_time()
            side()
            spent[k, turn] = time.thread_time() - start
    return [1e3 * least for least in spent.min(axis=1)]


def _race_paths(X: np.ndarray, y: np.ndarray, rounds: int) -> None:
    n = len(y)

    def theirs(mode: str | None, keep: bool = False) -> RidgeCV:
        return RidgeCV(alphas=n * LAMS, gcv_mode=mode, store_cv_results=keep).fit(X, y)

    sides = [lambda mode=mode: theirs(mode) for mode in MODES.values()]
    *their_times, our_time = in_turns([*sides, lambda: ridge_path(X, y, LAMS)], rounds)
    their_time, mode = min(zip(their_times, MODES, strict=True))
    fit, path = theirs(MODES[mode], keep=True), ridge_path(X, y, LAMS)
    their_gap = duality_gap(X, y, fit.intercept_, fit.coef_, fit.alpha_ / n)
    their_gap /= objective(X, y, fit.intercept_, fit.coef_, fit.alpha_ / n)
    points = zip(path.gaps, path.b, path.W, path.lams, strict=True)
    our_gap = max(gap / objective(X, y, b, w, lam) for gap, b, w, lam in points)
    apart = np.abs(fit.cv_results_.mean(axis=0) / path.loo - 1).max()
    with tempfile.TemporaryDirectory() as folder:
        np.save(Path(folder) / "X.npy", X)
        run = [sys.executable, __file__, "--memory", str(Path(folder) / "X.npy")]
        printed = subprocess.run(run, capture_output=True, check=True, text=True).stdout
    peak, traced = json.loads(printed)
    print(
        f"{n:7d} {X.shape[1]:5d} {their_time:7.1f} {mode:<7}{our_time:6.1f}"
        f" {their_time / our_time:6.2f} {peak:7.2f} {traced:6.2f} {their_gap:7.0e} {our_gap:6.0e}"
        f" {apart:6.0e}",
        flush=True,
    )


def _race_fits(X: np.ndarray, y: np.ndarray, rounds: int) -> None:
    def theirs() -> Ridge:
        return Ridge(alpha=len(y) * LAM, solver="cholesky").fit(X, y)

    their_time, our_time = in_turns([theirs, lambda: ridge(X, y, LAM)], 3 * rounds)
    fit, ours = theirs(), ridge(X, y, LAM)
    their_gap = duality_gap(X, y, fit.intercept_, fit.coef_, LAM)
    their_gap /= objective(X, y, fit.intercept_, fit.coef_, LAM)
    our_gap = ours.gap / objective(X, y, ours.b, ours.w, LAM)
    print(
        f"{X.shape[0]:7d} {X.shape[1]:5d} {their_time:11.2f} {our_time:9.2f}"
        f" {their_time / our_time:6.2f} {their_gap:7.0e} {our_gap:6.0e}",
        flush=True,
    )


def _memory(X: np.ndarray) -> tuple[float, float]:
    y = np.arange(len(X)) % 7.0
    # What BLAS and Python set up once is not the path's.
    for n, p in ((60, 40), (40, 60), (300, 300)):
        ridge_path(*data(n, p, 1e5), LAMS)
        ridge_path(*data(n, p, 1.0), LAMS)
    reset = Path("/proc/self/clear_refs")
    if reset.exists():
        reset.write_text("5")  # forget the highest so far
    before = _status("VmRSS")
    ridge_path(X, y, LAMS)
    peak = _status("VmHWM") - before
    tracemalloc.start()
    ridge_path(X, y, LAMS)
    return peak / X.nbytes, tracemalloc.get_traced_memory()[1] / X.nbytes


def _status(name: str) -> float:
    """A size of this process as Linux tells it, in bytes; elsewhere not a number."""
    path = Path("/proc/self/status")
    lines = path.read_text().splitlines() if path.exists() else [f"{name}: nan"]
    return 1024 * float(next(line for line in lines if line.startswith(name)).split()[1])


if __name__ == "__main__":
    main()
