"""Sizes of vectors and matrices: p-norms, their duals, their balls."""

from typing import TYPE_CHECKING

from regcourse._doors import door

if TYPE_CHECKING:
    from regcourse.norms._balls import *
    from regcourse.norms._matrices import *
    from regcourse.norms._vectors import *

__getattr__, __dir__, __all__ = door(__name__)
