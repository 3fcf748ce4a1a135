"""What the balls of the p-norms show and say, side by side."""

import numpy as np
import pytest

from regcourse import figures


def panels(picture):
    return picture.figure.axes


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


def test_five_balls_stand_in_two_rows():
    boxes = [ax.get_position() for ax in panels(figures.unit_balls([0.5, 1, 1.5, 2, 4]))]
    assert len({round(box.y0, 6) for box in boxes}) == 2
    assert min(box.y0 for box in boxes) >= 0


def test_an_arrow_stands_in_every_ball_and_all_of_it_is_seen():
    for ax in panels(figures.unit_balls([1, 2], arrow=[0.6, -1.8])):
        lines = [line.get_xydata().tolist() for line in ax.lines]
        assert [[0, 0], [0.6, -1.8]] in lines
        assert ax.get_ylim()[0] < -1.8
