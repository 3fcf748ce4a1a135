"""Linear models: the objective, its certificates, and the ways to its minimum."""

from typing import TYPE_CHECKING

from regcourse._doors import door

if TYPE_CHECKING:
    from regcourse.linear._objective import *
    from regcourse.linear._results import *
    from regcourse.linear._ridge import *
    from regcourse.linear._ridge_path import *
    from regcourse.linear._spectrum import *

__getattr__, __dir__, __all__ = door(__name__)
