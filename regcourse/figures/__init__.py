"""Static pictures in one house style: each draws results that were computed elsewhere.

Every function returns a `Picture`: SVG written by hand, the same bytes on every machine, with a
caption that says what to see and a text for those who cannot see it.
"""

from regcourse.figures.balls import loss_and_path, unit_balls
from regcourse.figures.picture import Picture
from regcourse.figures.ridge import condition_curve, factor_bars, ridge_geometry
from regcourse.figures.trace import ridge_choice, ridge_trace

__all__ = [
    "Picture",
    "condition_curve",
    "factor_bars",
    "loss_and_path",
    "ridge_choice",
    "ridge_geometry",
    "ridge_trace",
    "unit_balls",
]
