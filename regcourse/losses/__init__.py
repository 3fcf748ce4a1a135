"""Losses: what predictions cost, its gradient, and its conjugate; always an average over rows."""

from typing import TYPE_CHECKING

from regcourse._doors import door

if TYPE_CHECKING:
    from regcourse.losses._protocol import *
    from regcourse.losses._squared import *

__getattr__, __dir__, __all__ = door(__name__)
