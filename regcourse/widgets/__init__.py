"""Live figures: small ES modules, the same mathematics in Python, and a picture that stays."""

from regcourse.widgets.ridge_geometry import RidgeGeometry
from regcourse.widgets.unit_ball import UnitBall

__all__ = ["RidgeGeometry", "UnitBall"]
