"""Do two results agree, and in words: how do they not?"""

from regcourse.compare._agreement import (
    Difference,
    difference,
    distance,
    may_be_rounding,
    tolerance,
)
from regcourse.compare._kinds import as_numbers, in_kind_of, kind_of

__all__ = [
    "Difference",
    "as_numbers",
    "difference",
    "distance",
    "in_kind_of",
    "kind_of",
    "may_be_rounding",
    "tolerance",
]
