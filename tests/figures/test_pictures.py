"""Every picture: well-formed, the same on every run, with words beside it."""

from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from regcourse import figures
from regcourse.errors import InvalidInput

LAMS = np.logspace(-3, 2, 41)
H = np.array([[2.0, 0.6], [0.6, 1.0]])
W = np.column_stack([np.exp(-LAMS), -0.5 / (1 + LAMS)])
PATH = SimpleNamespace(lams=LAMS, W=W, loo=(np.log(LAMS) + 1) ** 2 + 3, gcv=np.log(LAMS) ** 2 + 3)

PICTURES = {
    "balls": lambda: figures.unit_balls(),
    "touched": lambda: figures.unit_balls([1, 2], touches=[[1, 0], [0.93, 0.36]]),
    "factors": lambda: figures.factor_bars([0.9, 0.4, 0.1], variances=[3, 0.5, 0.01], lam=0.3),
    "trace": lambda: figures.ridge_trace(PATH, lam=0.3),
    "choice": lambda: figures.ridge_choice(PATH, names=["age", "<b>"]),
    "condition": lambda: figures.condition_curve(LAMS, 1 + 400 / (1 + 300 * LAMS)),
    "path": lambda: figures.loss_and_path(H, [1.6, 0.5], W, touch=[0.8, 0.2], radius=0.82),
    "geometry": lambda: figures.ridge_geometry(PATH, H, [0.9, 0.3], [0.6, -0.3], lam=0.3, n=40),
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
        (lambda: figures.loss_and_path(np.eye(3), [1, 1], W), r"hessian must be \(2, 2\)"),
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
