"""On how many draws a proof is made: on all by hand, on fewer in a gate if it takes long."""

import pytest

from regcourse.authoring.proofs import prove

LOOPS = "for _ in ():\n        pass\n    return ridge_fit(X, y, lam)"


@pytest.mark.parametrize(
    ("body", "brief", "seeds"),
    [(LOOPS, True, 10), (LOOPS, False, 50), ("return ridge_fit(X, y, lam)", True, 50)],
    ids=["a loop in brief", "a loop", "a formula in brief"],
)
def test_in_brief_what_loops_is_tried_on_fewer_seeds(edited, body, brief, seeds):
    _, said = prove(edited("return ridge_fit(X, y, lam / len(X))", body), brief=brief)
    alike = "ridge_fit: no group of cases catches forgets_n: it gives the reference's results"
    assert said == [f"{alike} on all {seeds} seeds"]
