"""A desk at which hostile submissions to a small exercise are marked, in a real sandbox."""

import os
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from regcourse.authoring.exercises import notebook_of
from regcourse.grading.cases import CaseStore
from regcourse.grading.intake.submission import read_submission
from regcourse.grading.marking import mark
from regcourse.grading.sandbox import Limits, Sandbox, available
from regcourse.questions import layout_of, load_exercise, solved

THIN = Path(__file__).parents[1] / "exercises" / "thin" / "90_thin"
SECRET = bytes(range(32))
TOKEN = "kestrel-7351"  # planted wherever a submission might look
ESCAPED = "heron-2208"  # what an attack says when it has got through
# Tight, so that a hog is over soon; CPU seconds, so that a busy machine changes nothing.
LIMITS = Limits(
    cell_seconds=0.5,
    call_seconds=0.25,
    total_seconds=1.0,
    idle_seconds=3.0,
    memory_bytes=400_000_000,
    tmp_bytes=8_000_000,
    file_bytes=4_000_000,
)
WRONG = "def ridge_fit(X, y, lam):\n    return 0.0, np.zeros(3)\n\n"


def descendants(pid: int) -> set[int]:
    """Return every process below `pid`, as the host sees them."""
    below: dict[int, set[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            below.setdefault(int(stat.rpartition(")")[2].split()[1]), set()).add(int(entry.name))
    found: set[int] = set()
    queue = [pid]
    while queue:
        children = below.get(queue.pop(), set()) - found
        found |= children
        queue.extend(children)
    return found


class Desk:
    """Marks notebooks whose answers are all wrong but for what the attack may gain."""

    def __init__(self, sandbox: Sandbox, folder: Path):
        self.exercise = load_exercise(THIN)
        self.layout = layout_of(self.exercise)
        self.store = CaseStore(self.exercise, SECRET)
        self.sandbox, self.folder = sandbox, folder
        right = solved(self.exercise, self.layout)
        self.right = {c.question: c.source for c in right.cells if c.role == "answer"}

    def mark(self, **answers):
        notebook = notebook_of(self.exercise, self.layout)
        for cell in notebook.cells:
            if cell.id == "setup":
                cell.source = cell.source.replace("your-id", "mallory")
            if cell.metadata.regcourse.role == "answer":
                cell.source = answers.get(cell.metadata.regcourse.question, cell.source)
        path = self.folder / "90_thin.ipynb"
        nbformat.write(notebook, path)
        submission = read_submission(path, "mallory", self.layout)
        return mark(submission, self.store, self.sandbox)

    def attack(self, code: str):
        """Mark a submission whose first answer is wrong and followed by `code`."""
        return self.mark(ridge_fit=WRONG + code)

    def processes(self) -> set[int]:
        return descendants(os.getpid())


@pytest.fixture(scope="session")
def planted(tmp_path_factory) -> Iterator[Path]:
    """A folder beside which the sandbox runs, full of what no submission may read."""
    folder = tmp_path_factory.mktemp("grader")
    for name in ("secret", "questions.py", "gradebook.sqlite", "eve/90_thin.ipynb"):
        place = folder / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(TOKEN)
        place.chmod(0o644)
        place.parent.chmod(0o755)
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REGCOURSE_TEST_SECRET", TOKEN)
        yield folder


@pytest.fixture(scope="session")
def open_sandbox(ensure):
    """A function that opens a sandbox of its own, with NumPy and these packages."""
    ensure(available())
    return lambda packages=(), **options: Sandbox(packages, **options)


@pytest.fixture(scope="session")
def sandbox(planted, open_sandbox) -> Iterator[Sandbox]:
    with open_sandbox(load_exercise(THIN).packages, limits=LIMITS) as warm:
        yield warm


@pytest.fixture
def desk(sandbox, tmp_path) -> Desk:
    return Desk(sandbox, tmp_path)


@pytest.fixture
def session(sandbox):
    with sandbox.session() as opened:
        yield opened


@pytest.fixture(scope="session")
def token() -> str:
    return TOKEN


@pytest.fixture(scope="session")
def escaped() -> str:
    return ESCAPED


@pytest.fixture(scope="session")
def below():
    return descendants
