"""Every picture: well-formed, the same on every run, with words beside it."""

from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from regcourse import figures
from regcourse.errors import InvalidInput
from regcourse.figures._shapes import ellipse_outline

LAMS = np.logspace(-3, 2, 41)
H = np.array([[2.0, 0.6], [0.6, 1.0]])
W = np.column_stack([np.exp(-LAMS), -0.5 / (1 + LAMS)])
PATH = SimpleNamespace(lams=LAMS, W=W, loo=(np.log(LAMS) + 1) ** 2 + 3, gcv=np.log(LAMS) ** 2 + 3)

HESSIAN = "^hessian must be 2 x 2, symmetric, positive definite, got"


def geometry(path, hessian, lam=0.3, centre=(1.1, -0.6)):
    return figures.ridge_geometry(
        path, hessian, [0.9, 0.3], [0.6, -0.3], centre=centre, lam=lam, n=40
    )


PICTURES = {
    "balls": lambda: figures.unit_balls(),
    "touched": lambda: figures.unit_balls([1, 2], touches=[[1, 0], [0.93, 0.36]]),
    "factors": lambda: figures.factor_bars([0.9, 0.4, 0.1], variances=[3, 0.5, 0.01], lam=0.3),
    "trace": lambda: figures.ridge_trace(PATH, lam=0.3),
    "choice": lambda: figures.ridge_choice(PATH, names=["age", "<b>"]),
    "condition": lambda: figures.condition_curve(LAMS, 1 + 400 / (1 + 300 * LAMS)),
    "path": lambda: figures.loss_and_path(H, [1.6, 0.5], W, touch=[0.8, 0.2], radius=0.82),
    "geometry": lambda: geometry(PATH, H),
}


@pytest.fixture(params=PICTURES.values(), ids=PICTURES)
def make(request):
    return request.param


def test_the_drawing_is_well_formed_and_says_what_it_shows(make):
    picture = make()
    root = ElementTree.fromstring(picture.svg)
    assert root.find("{*}title").text == picture.alt
    assert picture.alt.endswith(".")
    assert picture.caption.endswith(".")
    assert repr(picture) == f"Picture: {picture.alt}"


def test_two_runs_give_the_same_bytes_and_nothing_that_could_clash(make):
    html = make()._repr_html_()
    assert html == make()._repr_html_()
    ElementTree.fromstring(html)
    assert " id=" not in html
    assert "base64" not in html


def test_every_coordinate_has_at_most_two_decimals(make):
    root = ElementTree.fromstring(make().svg)
    paths = " ".join(path.get("d") for path in root.findall(".//{*}path"))
    decimals = [word.partition(".")[2] for word in paths.replace("L", " ").split()]
    assert max(len(part.rstrip("MZ")) for part in decimals) <= 2
    assert "nan" not in paths


def test_a_caption_of_ones_own_replaces_the_default_and_is_escaped():
    html = figures.unit_balls(caption="p < 1: dents")._repr_html_()
    assert "p &lt; 1: dents</figcaption>" in html


def test_a_bar_is_as_high_as_its_factor():
    root = ElementTree.fromstring(figures.factor_bars([0.25]).svg)
    bar = [p for p in root.findall(".//{*}path") if p.get("fill-opacity") == "0.6"]
    heights = [float(part.split()[1].rstrip("Z")) for part in bar[0].get("d")[1:].split("L")]
    assert max(heights) - min(heights) == pytest.approx(0.25 * 200)


@pytest.mark.parametrize("level", [0.02, 3.0])
def test_an_ellipse_is_where_the_loss_has_its_level(level):
    centre = np.array([1.6, -0.5])
    away = ellipse_outline(H, centre, level, points=50) - centre
    np.testing.assert_allclose(np.einsum("ij,jk,ik->i", away, H, away) / 2, level, rtol=1e-13)
    assert len(np.unique(away.round(9), axis=0)) == 50


def outline(path):
    """The points of a polyline in pixels."""
    return np.array([part.split() for part in path.get("d").strip("MZ").split("L")], dtype=float)


def distance(point, line):
    """How far a point lies from a polyline."""
    start, along = line[:-1], np.diff(line, axis=0)
    share = ((point - start) * along).sum(axis=1) / (along**2).sum(axis=1)
    nearest = start + np.clip(share, 0, 1)[:, None] * along
    return np.linalg.norm(point - nearest, axis=1).min()


def plane_of(picture, panel=0):
    """The dot, the outermost ellipse, the ball and the origin of a plane of two weights."""
    inside = ElementTree.fromstring(picture.svg).findall("{*}svg")[panel]
    (mark,) = (c for c in inside.findall("{*}circle") if c.get("fill") != "none")
    paths = inside.findall("{*}path")
    (ellipse,) = (p for p in paths if p.get("stroke-dasharray") and not p.get("opacity"))
    (circle,) = (p for p in paths if p.get("fill") != "none")
    across, up = (outline(p) for p in paths if p.get("opacity") == "0.45")
    dot = np.array([float(mark.get("cx")), float(mark.get("cy"))])
    return dot, outline(ellipse), outline(circle), np.array([up[0, 0], across[0, 1]])


@pytest.mark.parametrize("name", ["path", "geometry"])
def test_the_last_ellipse_passes_the_solution(name):
    dot, ellipse, _, _ = plane_of(PICTURES[name]())
    # Two decimals of a pixel, and a chord of 1/120 of the way around.
    assert distance(dot, ellipse) < 0.1


@pytest.mark.parametrize("ball", [0, 1])
def test_the_last_ellipse_around_a_ball_passes_its_point(ball):
    dot, ellipse, _, _ = plane_of(PICTURES["touched"](), ball)
    assert distance(dot, ellipse) < 0.1


def test_the_circle_of_the_penalty_passes_the_solution():
    dot, _, circle, origin = plane_of(PICTURES["geometry"]())
    radii = np.linalg.norm(circle - origin, axis=1)
    np.testing.assert_allclose(radii, np.linalg.norm(dot - origin), atol=0.02)


def test_the_ellipses_of_ridge_surround_the_best_fit_where_the_path_begins():
    # Weights read off the distances from the origin, in units of the dot at (0.6, -0.3).
    picture = PICTURES["geometry"]()
    dot, ellipse, _, origin = plane_of(picture)
    unit = (dot - origin) / [0.6, -0.3]
    inside = ElementTree.fromstring(picture.svg).find("{*}svg")
    (ring,) = (c for c in inside.findall("{*}circle") if c.get("fill") == "none")
    (path,) = (p for p in inside.findall("{*}path") if p.get("stroke-width") == "2.5")
    best = np.array([float(ring.get("cx")), float(ring.get("cy"))])
    # Two decimals of a pixel, and about 100 pixels to the unit.
    np.testing.assert_allclose((best - origin) / unit, [1.1, -0.6], atol=1e-3)
    np.testing.assert_allclose(outline(path)[[0, -1]], [best, origin], atol=0.02)
    np.testing.assert_allclose(ellipse[:-1].mean(axis=0), best, atol=0.02)


def test_a_plane_of_tiny_weights_is_drawn_in_their_scale():
    picture = figures.loss_and_path(H, [1.6e-10, 0.5e-10], 1e-10 * W, touch=[0.8e-10, 0.2e-10])
    same = figures.loss_and_path(H, [1.6, 0.5], W, touch=[0.8, 0.2])
    assert picture.body == same.body


@pytest.mark.parametrize(
    ("ps", "radius", "words"),
    [
        ((0.5, 1, 2, np.inf), 1, "at most 1. The four points on the axes stay where they are; p "
         "decides what lies between them: dents below 1 (not a norm), corners on the axes at 1, "
         "a round edge at 2, corners on the diagonals at ∞."),
        ((1, 2), 3, "at most 3. The four points on the axes stay where they are; p decides what "
         "lies between them: corners on the axes at 1, a round edge at 2."),
        ((1.5, 4), 0.25, "at most 0.25. The four points on the axes stay where they are; p "
         "decides what lies between them: a round edge at 1.5 and 4."),
    ],
)  # fmt: skip
def test_the_caption_speaks_of_the_balls_that_are_drawn(ps, radius, words):
    caption = figures.unit_balls(ps, radius=radius).caption
    assert caption == f"All weight vectors of p-norm {words}"


@pytest.mark.parametrize(("ps", "words"), [((1, 2), "On a corner"), ((2, 3), "Without a corner")])
def test_a_zero_is_promised_only_where_a_ball_has_a_corner_on_an_axis(ps, words):
    caption = figures.unit_balls(ps, touches=[[1, 0], [0.93, 0.36]]).caption
    assert words in caption.split(". ")[1]


def test_the_minima_of_both_criteria_are_named():
    alt = figures.ridge_choice(PATH).alt
    assert "smallest at lam = 0.42, GCV at lam = 1" in alt


def test_save_writes_the_drawing(tmp_path):
    picture = figures.unit_balls([2])
    picture.save(tmp_path / "ball.svg")
    assert (tmp_path / "ball.svg").read_text(encoding="utf-8") == picture.svg


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: figures.unit_balls([0, 1]), r"ps must hold numbers > 0, got \[0, 1\]"),
        (lambda: figures.unit_balls([1, 2], touches=[[1, 0]]), r"touches must have shape \(2, 2\)"),
        (lambda: figures.unit_balls([2], hessian=[[1, 2], [2, 1]]), f"{HESSIAN} .*\\[2.0, 1.0"),
        (lambda: figures.unit_balls([2], hessian=[[1, 0.5], [0, 1]]), HESSIAN),
        (lambda: figures.loss_and_path(np.eye(3), [1, 1], W), HESSIAN),
        (lambda: figures.loss_and_path([[1, 1], [1, 1]], [1, 1], W), HESSIAN),
        (
            lambda: figures.loss_and_path(H, [1, 1], np.ones((4, 3))),
            r"path_points must have shape \(m, 2\), got \(4, 3\)",
        ),
        (lambda: figures.loss_and_path(H, [1, 1], W, radius=-1), "radius must be >= 0, got -1.0"),
        (lambda: geometry(PATH, np.ones((2, 2))), HESSIAN),
        (lambda: geometry(PATH, H, lam=0), "lam must be >= 0.001, got 0.0"),
        (lambda: geometry(PATH, H, centre=[1, 2, 3]), "centre must have 2 entries, got 3"),
        (
            lambda: geometry(SimpleNamespace(lams=LAMS, W=np.ones((41, 3))), H),
            "W must have 2 columns to be drawn in a plane, got 3",
        ),
        (lambda: figures.ridge_trace(PATH, lam=0), "lam must be >= 0.001, got 0.0"),
        (lambda: figures.ridge_trace(PATH, lam=101), "lam must be <= 100, got 101.0"),
        (
            lambda: figures.factor_bars([0.5, 1.5]),
            "factors must be between 0 and 1, got 0.5 to 1.5",
        ),
        (lambda: figures.condition_curve([1, 2], [3, 0.5]), "conditions must be >= 1, got 0.5"),
        (lambda: figures.condition_curve([0, 2], [3, 2]), "lams must be > 0 and increasing"),
        (
            lambda: figures.ridge_trace(SimpleNamespace(lams=[1, 2], W=np.ones((3, 2)))),
            r"W must have a row for each of 2 strengths, got \(3, 2\)",
        ),
        (lambda: figures.ridge_trace(PATH, names=["age"]), "names must have 2 entries, got 1"),
    ],
)
def test_what_does_not_fit_is_refused(make, words):
    with pytest.raises(InvalidInput, match=words):
        make()


def test_a_shallow_valley_shows_beside_a_towering_error():
    # On real data the minimum may lie 0.1 % under the left end and 90 % under the right.
    loo = 3000 + 2 * (np.log10(LAMS) + 1.5) ** 2 * (LAMS < 0.1) + 900 * (LAMS > 1)
    path = SimpleNamespace(lams=LAMS, W=W, loo=loo, gcv=loo + 4)
    root = ElementTree.fromstring(figures.ridge_choice(path).svg)
    solid = next(p for p in root.findall("{*}svg/{*}path") if not p.get("stroke-dasharray"))
    heights = [float(part.split()[1]) for part in solid.get("d")[1:].split("L")[:20]]
    assert max(heights) - min(heights) > 15  # in pixels; on the full axis it would be 1


def test_a_large_strength_is_written_out():
    strong = figures.ridge_geometry(
        PATH, H, [0.1, 0.02], [0.1, 0.2], centre=[1.1, -0.6], lam=9.0, n=400
    )
    assert "alpha = n lam = 3600" in strong.caption


def test_a_caption_of_ones_own_stands_in_place_of_the_default():
    asked = {"centre": (1.1, -0.6), "lam": 0.3, "n": 40, "caption": "Look left."}
    assert figures.ridge_geometry(PATH, H, [0.9, 0.3], [0.6, -0.3], **asked).caption == "Look left."
