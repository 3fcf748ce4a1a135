"""What a live figure leaves in a notebook, what it sends, and what it refuses."""

import re

import numpy as np
import pytest

from regcourse.errors import InvalidInput
from regcourse.widgets import RidgeGeometry, UnitBall, _live

VIEW = "application/vnd.jupyter.widget-view+json"

# The mean of three such numbers rounds.
BIG = 1e14 * np.pi


def test_the_words_under_the_picture_are_those_under_the_live_figure(tables, example):
    live, twin = example.make(), tables.twin(example.stem)
    for state in (live.state, example.states[-1]):
        live.set_state(state)
        words = " ".join(twin.words(twin.compute(live.given, state)))
        assert words in live.picture().caption


def test_reset_remembers_what_the_figure_was_made_with(example):
    live = example.make()
    start = dict(live.start)
    assert live.get_state(list(start)) == start
    live.set_state(example.states[-1])
    assert live.start == start
    assert live.get_state(list(start)) != start


def test_the_picture_and_the_text_are_the_same_on_every_run(example):
    first, second = example.make()._repr_mimebundle_(), example.make()._repr_mimebundle_()
    assert first["text/html"] == second["text/html"]
    assert first["text/plain"] == second["text/plain"]
    assert VIEW in first


def test_a_cell_leaves_the_picture_and_below_it_the_live_figure(example, monkeypatch):
    outputs = []
    monkeypatch.setattr(_live, "display", lambda data, **kwargs: outputs.append(data))
    live = example.make()
    live._ipython_display_()
    picture, figure = outputs
    assert live.picture()._repr_html_() in picture["text/html"]
    assert picture["text/plain"] == repr(live)
    assert figure[VIEW]["model_id"] == live.model_id
    assert figure["text/plain"] == "To move this figure, run its cell."
    assert "text/html" not in figure  # it would be a second picture where nothing moves


def test_the_picture_has_a_caption_a_description_and_nothing_random(example):
    html = example.make()._repr_mimebundle_()["text/html"]
    assert "<figcaption" in html
    assert 'aria-labelledby="' in html
    assert re.findall(r' id="(?!rc-)', html) == []
    assert "base64" not in html


def test_the_module_needs_nothing_from_elsewhere(example):
    module = example.make()._esm
    assert "http" not in module.replace("http://www.w3.org/2000/svg", "")


def test_infinity_travels_as_a_word():
    live = UnitBall(p=np.inf)
    assert live.get_state(["p"]) == {"p": "inf"}
    assert live.start["p"] == "inf"
    live.set_state({"p": 1.5})
    assert live.p == 1.5
    live.set_state({"p": "inf"})
    assert live.p == np.inf


def test_of_the_four_balls_the_nearest_landmark_gives_way_to_p():
    names = [UnitBall(p=p).picture().alt.partition("p = ")[2] for p in (0.6, 1.2, 1.7, 2, 300)]
    assert names == [
        "0.6, 1, 2, ∞.",
        "½, 1.2, 2, ∞.",
        "½, 1, 1.7, ∞.",
        "½, 1, 2, ∞.",
        "½, 1, 2, 300.",
    ]


def test_the_picture_says_of_no_weight_that_it_is_gone():
    assert RidgeGeometry(lam=100).picture().alt.endswith("factors 0.02 and <0.01.")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: UnitBall(p=0.3), "p must be >= 0.5, got 0.3"),
        (lambda: UnitBall(p=-np.inf), "p must be finite, got -inf"),
        (lambda: UnitBall(hessian=[[1, 2], [2, 1]]), "hessian must be 2 x 2, symmetric, positive"),
        (lambda: UnitBall(centre=(9, 0)), r"centre must lie in .*, got \[9.0, 0.0\]"),
        (lambda: UnitBall(radius=2), "radius must be <= 1.3, got 2"),
        (lambda: RidgeGeometry(lam=1000), "lam must be <= 100, got 1000"),
        (lambda: RidgeGeometry(np.ones((3, 2))), "X and y must be given together"),
        (lambda: RidgeGeometry(np.ones((3, 3)), [1, 2, 3]), "X must have 2 columns"),
        (lambda: RidgeGeometry([[0, 1], [1, 0], [1, 1]], [1, 1, 1]), "must not be uncorrelated"),
        (lambda: RidgeGeometry([[1, 2]], [1]), "X must have at least 3 rows, got 1"),
        (lambda: RidgeGeometry([[1, 2], [2, 1]], [1, 2]), "X must have at least 3 rows, got 2"),
        (lambda: RidgeGeometry([[1, 7], [2, 7], [4, 7]], [1, 2, 4]), "2 columns that vary"),
        (lambda: RidgeGeometry([[1, BIG], [2, BIG], [4, BIG]], [1, 2, 4]), "2 columns that vary"),
        (lambda: RidgeGeometry([[1, 3], [2, 6], [4, 12]], [1, 2, 4]), "not both in proportion"),
        (lambda: RidgeGeometry(np.ones((4, 2)), [1, 2, 4, 3]), "2 columns that vary"),
    ],
)
def test_what_cannot_be_drawn_is_refused(make, words):
    with pytest.raises(InvalidInput, match=words):
        make()


def test_a_wrong_strength_is_refused_while_the_figure_lives():
    live = RidgeGeometry()
    with pytest.raises(InvalidInput, match=r"lam must be >= 0\.001, got 0"):
        live.lam = 0.0
