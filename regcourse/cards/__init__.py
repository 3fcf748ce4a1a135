"""Prediction cards: a lesson asks before it shows, and listens to the answer.

A lesson writes ``from regcourse import predict``. Its cards travel in the notebook itself; what a
student guessed stays in `.regcourse/` beside it.
"""

from typing import TYPE_CHECKING

from regcourse._doors import door

if TYPE_CHECKING:
    from regcourse.cards._beside import *
    from regcourse.cards._guesses import *
    from regcourse.cards._predict import *
    from regcourse.cards._probe import *
    from regcourse.cards._records import *
    from regcourse.cards._released import *
    from regcourse.cards._still import *
    from regcourse.cards._written import *

__getattr__, __dir__, __all__ = door(__name__)
