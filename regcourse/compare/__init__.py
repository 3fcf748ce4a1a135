"""Do two results agree, and in words: how do they not?"""

from regcourse.compare._agreement import Difference, difference, distance
from regcourse.compare._kinds import in_kind_of, kind_of

__all__ = ["Difference", "difference", "distance", "in_kind_of", "kind_of"]
