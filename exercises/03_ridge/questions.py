"""Ridge regression: the fit, what it shrinks, how much of it is left, and how to choose."""

from . import fit, shrinkage, trace, tuning
from .sheet import ex

__all__ = ["ex", "fit", "shrinkage", "trace", "tuning"]
