"""Every exception that regcourse raises on purpose.

RegCourseError
├── InvalidInput              an argument is wrong: names it, what it must be, what it was
├── DidNotConverge            a solver stopped before its certificate was small enough
├── LessonError               a lesson's text cannot become a notebook
├── ExerciseError             an exercise folder is wrong: for its author
│   └── LeakFound             a release would hand out an answer
├── ChecksMissing             check() finds no check data, or no such question in it
├── SubmissionUnreadable      a submitted file is not a notebook we can read
└── GradingError              grading cannot go on: for the instructor
    ├── SandboxUnavailable    this machine cannot run student code safely
    ├── SandboxFailed         the sandbox broke: ours to mend, never the student's fault
    └── GradebookDamaged      the gradebook is foreign, damaged or of another exercise
"""


class RegCourseError(Exception):
    """The root: `except RegCourseError` catches everything below and nothing else."""


class InvalidInput(RegCourseError, ValueError):
    """An argument is wrong. Also a ValueError, as callers of NumPy code expect."""


class DidNotConverge(RegCourseError, RuntimeError):
    """A solver stopped before its certificate was small enough."""


class LessonError(RegCourseError):
    """A lesson's text cannot become a notebook."""


class ExerciseError(RegCourseError):
    """An exercise folder is wrong."""


class LeakFound(ExerciseError):
    """A release would hand out an answer."""


class ChecksMissing(RegCourseError):
    """No check data beside the notebook, or no such question in it."""


class SubmissionUnreadable(RegCourseError):
    """A submitted file is not a notebook that can be read."""


class GradingError(RegCourseError):
    """Grading cannot go on."""


class SandboxUnavailable(GradingError):
    """This machine cannot run student code safely."""


class SandboxFailed(GradingError):
    """The sandbox itself broke."""


class GradebookDamaged(GradingError):
    """The gradebook is foreign, damaged or belongs to another exercise."""
