"""Draws and judgement on the grader's side, without a sandbox."""

import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from regcourse.grading.cases import CaseStore
from regcourse.questions import Exercise, Returned, load_exercise

THIN = Path(__file__).parents[1] / "exercises" / "thin" / "90_thin"
SECRET = bytes(range(32))


@pytest.fixture
def store():
    return CaseStore(load_exercise(THIN), SECRET)


def test_two_authors_functions_at_once_leave_the_screen_as_it_was(store):
    question, screen = store.exercise.questions["mean_y"], sys.stdout
    # The second begins while the first runs and ends after it, unless it waits for its turn.
    seconds = (0.05, 0.1)
    threads = [
        threading.Thread(
            target=store.value_of,
            args=(question, lambda X, y, pause=pause: time.sleep(pause), "ada"),
        )
        for pause in seconds
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sys.stdout is screen


def test_lists_of_unequal_length_may_stand_beside_a_strength():
    exercise = Exercise("92_groups", title="Groups")

    @exercise.function(strength="lam")
    def group_norms(w, groups, lam):
        """Return lam times the norm of each group."""
        return lam * np.array([np.linalg.norm(w[group]) for group in groups])

    @group_norms.cases("unequal groups", points=1)
    def unequal(rng):
        return [(rng.normal(size=5), [[0, 1], [2, 3, 4]], lam) for lam in (0.5, 2.0)]

    store = CaseStore(exercise, SECRET)
    cases = store.hidden(group_norms, group_norms.groups[0], "ada")
    assert store.judge(cases, [Returned(e) for e in cases.expected]).status == "passed"
    doubled = store.judge(cases, [Returned(2 * e) for e in cases.expected])
    assert doubled.mistake == "another_strength"
