"""The walls around student code: what runs in them, and how the grader talks to it."""

from regcourse.grading.sandbox.envelope import Protection, available
from regcourse.grading.sandbox.evidence import CellRun
from regcourse.grading.sandbox.interpreter import Limits
from regcourse.grading.sandbox.session import Session
from regcourse.grading.sandbox.warm import Sandbox

__all__ = ["CellRun", "Limits", "Protection", "Sandbox", "Session", "available"]
