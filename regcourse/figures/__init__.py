"""Static pictures in one house style: each draws results that were computed elsewhere.

Every function returns a `Picture`: SVG written by hand, the same bytes on every machine, with a
caption that says what to see and a text for those who cannot see it.
"""

from typing import TYPE_CHECKING

from regcourse._doors import door

if TYPE_CHECKING:
    from regcourse.figures._balls import *
    from regcourse.figures._budget import *
    from regcourse.figures._clouds import *
    from regcourse.figures._curves import *
    from regcourse.figures._house import *
    from regcourse.figures._picture import *
    from regcourse.figures._ridge import *
    from regcourse.figures._trace import *

__getattr__, __dir__, __all__ = door(__name__)
