"""Penalties: what each costs, how it pulls, what it leaves, and its conjugate."""

from typing import TYPE_CHECKING

from regcourse._doors import door

if TYPE_CHECKING:
    from regcourse.penalties._elastic_net import *
    from regcourse.penalties._l1 import *
    from regcourse.penalties._l2 import *
    from regcourse.penalties._protocol import *

__getattr__, __dir__, __all__ = door(__name__)
