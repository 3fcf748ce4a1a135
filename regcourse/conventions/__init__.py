"""One meaning of strength, and what it is called elsewhere.

The hub is (lam, rho) in

    J(w, b) = loss + lam (rho ‖w‖₁ + (1 - rho) ‖w‖² / 2)        (b free)

where the loss is ‖y - b - Xw‖² / (2n), or the mean log-loss of logistic regression. Every other
way to write a strength down is a record (`Dialect`), found by itself in `_dialects/`. `convert`
leads from one to another through the hub, and `passport` shows one strength in all of them, also
where the number is rough (early stopping) or missing (AdamW).
"""

from typing import TYPE_CHECKING

from regcourse._doors import door

if TYPE_CHECKING:
    from regcourse.conventions._convert import *
    from regcourse.conventions._names import *
    from regcourse.conventions._passport import *
    from regcourse.conventions._quantities import *
    from regcourse.conventions._record import *

__getattr__, __dir__, __all__ = door(__name__)
