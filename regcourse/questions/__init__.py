"""The language of questions: what an author declares, and what is released of it.

An author writes ``from regcourse.questions import Exercise, Rng``. No answer of anybody's
stands in this room: exercises are loaded by the path of their folder.
"""

from typing import TYPE_CHECKING

from regcourse._doors import door

if TYPE_CHECKING:
    from regcourse.questions._author import *
    from regcourse.questions._axes import *
    from regcourse.questions._by_kind import *
    from regcourse.questions._cells import *
    from regcourse.questions._choices import *
    from regcourse.questions._codec import *
    from regcourse.questions._draws import *
    from regcourse.questions._exercise import *
    from regcourse.questions._kinds import *
    from regcourse.questions._layout import *
    from regcourse.questions._loading import *
    from regcourse.questions._locks import *
    from regcourse.questions._outcomes import *
    from regcourse.questions._reading import *
    from regcourse.questions._records import *
    from regcourse.questions._released import *
    from regcourse.questions._replies import *
    from regcourse.questions._running import *
    from regcourse.questions._source import *
    from regcourse.questions._values import *

__getattr__, __dir__, __all__ = door(__name__)
