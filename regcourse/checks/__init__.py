"""What a student calls: `check`, `check_all`, `progress`; and how answers are judged.

A notebook writes ``from regcourse import check, check_all, progress, rng_of``.
"""

from typing import TYPE_CHECKING

from regcourse._doors import door

if TYPE_CHECKING:
    from regcourse.checks._course import *
    from regcourse.checks._display import *
    from regcourse.checks._instant import *
    from regcourse.checks._judge import *
    from regcourse.checks._slips import *
    from regcourse.checks._statuses import *
    from regcourse.checks._wording import *

__getattr__, __dir__, __all__ = door(__name__)
