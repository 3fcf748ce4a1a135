"""What the pictures show, read off their Axes, and what they refuse to draw."""

from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import PathPatch

from regcourse import figures
from regcourse.errors import InvalidInput
from regcourse.figures._house import power
from regcourse.figures._shapes import ellipse, ellipse_outline
from regcourse.figures._trace import spread

SVG = "{http://www.w3.org/2000/svg}"
H = np.array([[2.0, 0.6], [0.6, 1.0]])
LAMS = [1.0, 2.0]
PATH = SimpleNamespace(lams=LAMS, W=np.array([[1.0, -0.5], [0.5, -0.2]]))
HESSIAN = "^hessian must be 2 x 2, symmetric, positive definite, got"


def panels(picture):
    return picture.figure.axes


def levels(ax, hessian, centre):
    """The loss along each ellipse of the panel, faintest first, as (lowest, highest)."""
    curves = [patch.get_path() for patch in ax.patches if isinstance(patch, PathPatch)]
    # Where two of the curve's arcs meet, it is on the ellipse and not only near it.
    away = [curve.vertices[:-1:3] - centre for curve in curves]
    loss = [np.einsum("ij,jk,ik->i", d, hessian, d) / 2 for d in away]
    return np.array([[each.min(), each.max()] for each in loss])


def marks(ax):
    """The dots of the panel, filled and hollow."""
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    kinds = [(line.get_markerfacecolor() == "none", line.get_xydata()[0]) for line in dots]
    return tuple([at for hollow, at in kinds if hollow == wanted] for wanted in (False, True))


def test_a_caption_of_ones_own_replaces_the_default_and_is_escaped(problem):
    html = figures.unit_balls(caption="p < 1: dents")._repr_html_()
    assert "p &lt; 1: dents</figcaption>" in html
    assert problem.geometry(caption="Look left.").caption == "Look left."


def test_a_bar_is_as_high_as_its_factor():
    (ax,) = panels(figures.factor_bars([0.25, 0.75, 1.0]))
    assert [bar.get_height() for bar in ax.patches] == [1, 1, 1, 0.25, 0.75, 1.0]


def test_a_bar_has_its_factor_above_it_and_many_bars_have_none():
    (ax,) = panels(figures.factor_bars([0.004, 0.25, 0.996]))
    assert [text.get_text() for text in ax.texts] == ["<0.01", "0.25", ">0.99"]
    (ax,) = panels(figures.factor_bars(np.linspace(0, 1, 40)))
    assert len(ax.texts) == 0


@pytest.mark.parametrize("level", [0.02, 3.0])
@pytest.mark.parametrize(
    ("points_of", "count"),
    [(lambda *loss: ellipse(*loss).vertices[:-1:3], 8), (ellipse_outline, 120)],
    ids=["curve", "outline"],
)
def test_an_ellipse_is_where_the_loss_has_its_level(level, points_of, count):
    centre = np.array([1.6, -0.5])
    away = points_of(H, centre, level) - centre
    np.testing.assert_allclose(np.einsum("ij,jk,ik->i", away, H, away) / 2, level, rtol=1e-13)
    assert len(np.unique(away.round(9), axis=0)) == count


def test_the_last_ellipse_passes_the_solution(examples):
    for name, centre in (("loss_and_path", [1.6, 0.5]), ("ridge_geometry", [1.1, -0.6])):
        ax = panels(examples[name])[0]
        ((mark,), (ring,)) = marks(ax)
        through = (mark - centre) @ H @ (mark - centre) / 2
        shares = np.array([0.25, 0.5, 0.75, 1.0]) ** 2
        np.testing.assert_allclose(levels(ax, H, centre).T, [through * shares] * 2, rtol=1e-12)
        assert ring.tolist() == centre


def test_the_last_ellipse_around_a_ball_passes_its_point(examples):
    for ax, point in zip(
        panels(examples["unit_balls, touched"]), [[1, 0], [0.93, 0.36]], strict=True
    ):
        ((mark,), (ring,)) = marks(ax)
        assert mark.tolist() == point
        through = (mark - ring) @ H @ (mark - ring) / 2
        np.testing.assert_allclose(levels(ax, H, ring)[-1], through, rtol=1e-12)


def test_the_circle_of_the_penalty_passes_the_solution(examples):
    ax = panels(examples["ridge_geometry"])[0]
    (circle,) = (patch for patch in ax.patches if not isinstance(patch, PathPatch))
    ((mark,), _) = marks(ax)
    radii = np.linalg.norm(circle.get_xy(), axis=1)
    np.testing.assert_allclose(radii, np.linalg.norm(mark), rtol=1e-13)


def test_the_path_of_ridge_runs_from_the_best_fit_to_zero(examples):
    ax = panels(examples["ridge_geometry"])[0]
    path = max((line.get_xydata() for line in ax.lines), key=len)
    assert path[[0, -1]].tolist() == [[1.1, -0.6], [0, 0]]
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    assert (path >= [left, low]).all()
    assert (path <= [right, high]).all()


def test_a_plane_of_tiny_weights_is_drawn_in_their_scale(problem):
    W = problem.W
    picture = figures.loss_and_path(H, [1.6e-10, 0.5e-10], 1e-10 * W, touch=[0.8e-10, 0.2e-10])
    assert picture.svg == figures.loss_and_path(H, [1.6, 0.5], W, touch=[0.8, 0.2]).svg


def test_weights_are_told_apart_without_a_colour(examples):
    drawing = ElementTree.fromstring(examples["ridge_trace, of ten"].svg)
    weights = [each for each in drawing.iter(f"{SVG}path") if len(each.get("d")) > 200]
    looks = {(line.get("stroke-dasharray"), line.get("stroke-opacity")) for line in weights}
    assert len(looks) == len(weights) == 10
    assert {line.get("stroke") for line in weights} == {"currentColor"}


def test_the_names_stand_where_the_lines_begin_and_apart(examples, problem):
    (ax,) = panels(examples["ridge_trace, of ten"])
    named = sorted(ax.texts, key=lambda text: text.get_position()[1])
    order = np.argsort(problem.ten.W[0])
    assert [text.get_text() for text in named] == [
        f"w{'₁₂₃₄₅₆₇₈₉'[k : k + 1] or '₁₀'}" for k in order
    ]
    heights = ax.bbox.height / ax.figure.dpi * 72 * np.array([t.get_position()[1] for t in named])
    assert np.diff(heights).min() >= 11


def test_of_very_many_weights_the_largest_are_named():
    W = np.outer([2.0, 1.0], np.arange(60.0))
    (ax,) = panels(figures.ridge_trace(SimpleNamespace(lams=LAMS, W=W), names=map(str, range(60))))
    shown = {int(text.get_text()) for text in ax.texts}
    assert 10 < len(shown) < 20
    assert shown == set(range(60 - len(shown), 60))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8).map(sorted))
def test_names_are_spread_no_more_than_they_must(wanted):
    placed = spread(np.array(wanted), 11, 100)
    assert (np.diff(placed) >= 11 - 1e-9).all()
    assert placed[0] >= 5.5 - 1e-9
    assert placed[-1] <= 100 - 5.5 + 1e-9
    np.testing.assert_allclose(spread(placed, 11, 100), placed, atol=1e-9)


def test_a_name_is_written_as_it_is():
    (ax,) = panels(figures.ridge_trace(PATH, names=["$x$", "<b>"]))
    html = figures.ridge_trace(PATH, names=["$x$", "<b>"])._repr_html_()
    assert ">$x$</text>" in html
    assert ">&lt;b&gt;</text>" in html
    assert len(ax.texts) == 2


def test_a_number_of_a_logarithmic_axis_is_short():
    values = [1e-7, 2e-5, 1e-4, 0.02, 1, 10000, 1e5, 3e8]
    shown = ["10⁻⁷", "2 × 10⁻⁵", "0.0001", "0.02", "1", "10000", "10⁵", "3 × 10⁸"]
    assert [power(value) for value in values] == shown


@pytest.mark.parametrize(
    ("ends", "ticks"),
    [
        ((-3, 2), ["0.001", "0.01", "0.1", "1", "10", "100"]),
        ((-9, 3), ["10⁻⁹", "10⁻⁶", "0.001", "1", "1000"]),
        ((0, 1), ["1", "2", "5", "10"]),
    ],
)
def test_a_strength_has_ticks_at_round_numbers(ends, ticks):
    lams = np.logspace(*ends, 9)
    (ax,) = panels(figures.condition_curve(lams, 1 + 1 / lams))
    at = [tick for tick in ax.get_xticks() if lams[0] <= tick <= lams[-1]]
    assert ax.xaxis.get_major_formatter().format_ticks(at) == ticks


def test_the_minima_of_both_criteria_are_named(examples):
    picture = examples["ridge_choice"]
    assert "smallest at lam = 0.42, GCV at lam = 1" in picture.alt
    legend = [text.get_text() for text in panels(picture)[0].get_legend().get_texts()]
    assert legend == ["leave-one-out: smallest at lam = 0.42", "GCV: smallest at lam = 1"]


def test_a_shallow_valley_shows_beside_a_towering_error(problem):
    # On real data the minimum may lie 0.1 % under the left end and 90 % under the right.
    lams = problem.lams
    loo = 3000 + 2 * (np.log10(lams) + 1.5) ** 2 * (lams < 0.1) + 900 * (lams > 1)
    path = SimpleNamespace(lams=lams, W=problem.W, loo=loo, gcv=loo + 4)
    low, high = panels(figures.ridge_choice(path))[0].get_ylim()
    assert np.ptp(loo[:20]) > 0.1 * (high - low)  # on the full axis it would be 1/200


def test_an_error_that_never_changes_is_drawn_too(problem):
    flat = np.full(problem.lams.size, 2.0)
    path = SimpleNamespace(lams=problem.lams, W=0 * problem.W, loo=flat, gcv=flat)
    low, high = panels(figures.ridge_choice(path))[0].get_ylim()
    assert low < 2.0 <= high


def test_a_large_strength_is_written_out(problem):
    assert "alpha = n lam = 3600" in problem.geometry(lam=9.0, n=400).caption


def test_a_curve_is_what_was_given_and_its_band_lies_around_it(problem):
    (ax,) = panels(problem.curves(**problem.compared))
    bias, error, *_ = ax.lines
    np.testing.assert_array_equal(error.get_xydata().T, [problem.lams, problem.lines["error"]])
    assert bias.get_linestyle() != error.get_linestyle()
    (band,) = ax.collections
    around = band.get_paths()[0].vertices
    (low, high), (least, most) = ax.get_ylim(), (around[:, 1].min(), around[:, 1].max())
    assert (low, high) == (0.5, 20.0)
    edges = problem.compared["bands"]["error"]
    assert (least, most) == (edges.min(), edges.max())


def test_levels_lie_flat_marks_stand_and_all_have_a_name(problem):
    (ax,) = panels(problem.curves(**problem.compared))
    level, *marks = ax.lines[2:]
    assert set(level.get_ydata()) == {2.4}
    assert [set(mark.get_xdata()) for mark in marks] == [{0.02}, {0.7}]
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["<bias>", "error", "always", "theirs", "ours"]
    assert ax.get_legend().get_window_extent().y0 > ax.bbox.y1  # covers nothing


def test_a_curve_is_told_by_its_ends_and_its_turn(problem):
    alt = problem.curves(x=[1.0, 10, 100], lines={"a": [5.0, 2, 9], "b": [0.0, 3, 1]}).alt
    assert alt == (
        "error over strength lam from 1 to 100. a: from 5 to 9, smallest 2 at 10; "
        "b: from 0 to 1, largest 3 at 10."
    )


def test_a_range_is_drawn_from_end_to_end_with_its_middle(examples):
    (ax,) = panels(examples["ranges"])
    drawn = [line.get_xydata().tolist() for line in ax.lines]
    assert drawn[:2] == [[[1, 0], [4, 0]], [[2.5, 0]]]
    assert drawn[2:4] == [[[-2, 1], [9, 1]], [[3, 1]]]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first stands on top


def test_every_fit_is_a_point_and_the_scales_are_equal(examples, problem):
    (ax,) = panels(examples["weight_clouds"])
    first, second, truth = (line.get_xydata() for line in ax.lines)
    np.testing.assert_array_equal(first, problem.W[:9] * [3, 2])
    np.testing.assert_array_equal(second, problem.W[:5] + 1)
    assert truth.tolist() == [[0.5, 0.7]]
    assert ax.get_aspect() == 1
    assert len({line.get_marker() for line in ax.lines}) == 3
    # A tight cloud around the truth still shows.
    assert ax.lines[2].get_markerfacecolor() == "none"


def test_the_budget_is_the_length_of_the_solution_in_both_ways(problem):
    flat, curve = panels(problem.budget())
    (circle,) = (patch for patch in flat.patches if not isinstance(patch, PathPatch))
    lengths, budget, strength, at = (line.get_xydata() for line in curve.lines)
    length = np.hypot(0.6, 0.3)
    np.testing.assert_allclose(np.linalg.norm(circle.get_xy(), axis=1), length, rtol=1e-13)
    np.testing.assert_allclose(budget[:, 1], length, rtol=1e-13)
    np.testing.assert_allclose(lengths[:, 1], np.hypot(*problem.W.T), rtol=1e-13)
    assert set(strength[:, 0]) == {0.3}
    np.testing.assert_allclose(at, [[0.3, length]], rtol=1e-13)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _: figures.unit_balls([0, 1]), r"ps must hold numbers > 0, got \[0, 1\]"),
        (
            lambda _: figures.unit_balls([1, 2], touches=[[1, 0]]),
            r"touches must have shape \(2, 2\)",
        ),
        (lambda _: figures.unit_balls([2], hessian=[[1, 2], [2, 1]]), f"{HESSIAN} .*\\[2.0, 1.0"),
        (lambda _: figures.unit_balls([2], hessian=[[1, 0.5], [0, 1]]), HESSIAN),
        (lambda _: figures.loss_and_path(np.eye(3), [1, 1], PATH.W), HESSIAN),
        (lambda _: figures.loss_and_path([[1, 1], [1, 1]], [1, 1], PATH.W), HESSIAN),
        (
            lambda _: figures.loss_and_path(H, [1, 1], np.ones((4, 3))),
            r"path_points must have shape \(m, 2\), got \(4, 3\)",
        ),
        (
            lambda _: figures.loss_and_path(H, [1, 1], PATH.W, radius=-1),
            "radius must be >= 0, got -1.0",
        ),
        (lambda it: it.geometry(hessian=np.ones((2, 2))), HESSIAN),
        (lambda it: it.geometry(lam=0), "lam must be >= 0.001, got 0.0"),
        (lambda it: it.geometry(centre=[1, 2, 3]), "centre must have 2 entries, got 3"),
        (
            lambda it: it.geometry(path=SimpleNamespace(lams=LAMS, W=np.ones((2, 3)))),
            "W must have 2 columns to be drawn in a plane, got 3",
        ),
        (lambda _: figures.ridge_trace(PATH, lam=0), "lam must be >= 1, got 0.0"),
        (lambda _: figures.ridge_trace(PATH, lam=101), "lam must be <= 2, got 101.0"),
        (
            lambda _: figures.factor_bars([0.5, 1.5]),
            "factors must be between 0 and 1, got 0.5 to 1.5",
        ),
        (lambda _: figures.condition_curve([1, 2], [3, 0.5]), "conditions must be >= 1, got 0.5"),
        (lambda _: figures.condition_curve([0, 2], [3, 2]), "lams must be > 0 and increasing"),
        (
            lambda _: figures.ridge_trace(SimpleNamespace(lams=[1, 2], W=np.ones((3, 2)))),
            r"W must have a row for each of 2 strengths, got \(3, 2\)",
        ),
        (
            lambda _: figures.ridge_trace(SimpleNamespace(lams=[1, 2], W=np.ones((2, 0)))),
            r"W must have at least one row and one column, got shape \(2, 0\)",
        ),
        (lambda _: figures.ridge_trace(PATH, names=["age"]), "names must have 2 entries, got 1"),
        (lambda it: it.curves(x=[1, 1], lines={"a": [1, 2]}), "x must be increasing, got 2 from 1"),
        (lambda it: it.curves(lines={}), "lines must be 1 to 5, got 0"),
        (lambda it: it.curves(lines={"a": [1, 2]}), "a must have 41 entries, got 2"),
        (lambda it: it.curves(bands={"b": []}), r"bands must belong to lines .*, got 'b'"),
        (
            lambda it: it.curves(bands={"error": [[1, 2]]}),
            r"the band of error must have shape \(2, 41\), got \(1, 2\)",
        ),
        (lambda it: it.ranges(groups={}), "groups must hold at least one range, got none"),
        (lambda it: it.ranges(groups={"a": [2, 1, 3]}), r"a must be low, middle, high in order"),
        (
            lambda _: figures.weight_clouds({}, truth=[1, 1]),
            "clouds must be 1 to 3, got 0",
        ),
        (
            lambda _: figures.weight_clouds({"a": [[1, 2, 3]]}, truth=[1, 1]),
            r"a must have 2 columns, got shape \(1, 3\)",
        ),
        (lambda it: it.budget(path=it.ten), "W must have 2 columns to be drawn in a plane, got 10"),
        (lambda it: it.budget(lam=200), "lam must be <= 100"),
    ],
)
def test_what_does_not_fit_is_refused(make, words, problem):
    with pytest.raises(InvalidInput, match=words):
        make(problem)
