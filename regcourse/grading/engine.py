"""Grade a folder of submissions: a journal that can be killed, resumed and repeated."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from regcourse.checks import Status
from regcourse.errors import GradingError, SandboxUnavailable, SubmissionUnreadable
from regcourse.grading.book.gradebook import Change, Gradebook
from regcourse.grading.cases import CaseStore
from regcourse.grading.intake.files import FILE_BYTES, open_file
from regcourse.grading.intake.submission import Found, find_submissions, read_submission
from regcourse.grading.marking import mark, unmarked
from regcourse.grading.reports.publish import publish
from regcourse.grading.results import OUR_FAULT, SubmissionResult
from regcourse.grading.sandbox import Protection, Sandbox, available
from regcourse.questions import Exercise, Layout, layout_of, load_exercise, source_files

# Raised whenever the same submission could come to another result.
ENGINE_VERSION = "2"
SECRET_BYTES = 32

Progress = Callable[[int, int, SubmissionResult], None]


@dataclass(frozen=True)
class Report:
    """What one run did: how many it graded and kept, and what a regrade moved.

    `gone` names the students of whom only an earlier result is there: they handed something
    in once, and nothing of theirs lies in the folder any more.
    """

    exercise: str
    graded: int
    kept: int
    statuses: dict[str, int]
    waiting: tuple[str, ...]
    changes: tuple[Change, ...]
    gone: tuple[str, ...] = ()


def grade(
    folder: Path,
    submitted: Path,
    to: Path,
    *,
    jobs: int | None = None,
    regrade: bool = False,
    secret_file: Path | None = None,
    protection: Protection = "bubblewrap",
    progress: Progress | None = None,
) -> Report:
    """Grade every submission that has no result yet, and write marks and pages into `to`.

    Parameters
    ----------
    folder : Path
        The exercise folder, with questions.py and text.py.
    submitted : Path
        Holds ``<student>/<exercise>.ipynb`` or nbgrader's layout.
    to : Path
        Made if it is not there. Holds gradebook, secret, marks and pages.
    jobs : int, optional
        Submissions marked at the same time; by default one for each core.
    regrade : bool
        Mark everything again, as new attempts.
    secret_file : Path, optional
        At least 32 bytes that seed the hidden cases; by default made at the first run.
    protection : "bubblewrap" or "none"
        How student code is kept in. "none" is for code that you would run yourself.
    progress : callable, optional
        Called with (done, total, result) after each submission.

    Raises
    ------
    GradingError, ExerciseError
        If grading cannot begin, in one line; nothing is lost.
    """
    exercise = load_exercise(folder)
    layout = layout_of(exercise)
    found = find_submissions(submitted, exercise.name)
    if not found:
        raise GradingError(
            f"no submissions in {submitted}: expected <student>/{exercise.name}.ipynb "
            f"or <student>/{exercise.name}/{exercise.name}.ipynb"
        )
    if to.resolve().is_relative_to(submitted.resolve()):
        raise GradingError(f"{to} must not lie in {submitted}: its folders would count as students")
    if to.resolve().is_relative_to(folder.resolve()):
        raise GradingError(f"{to} must not lie in {folder}: what is in there may be released")
    problem = available(protection)
    if problem is not None:
        raise GradingError(problem)
    if secret_file is not None:
        _read_secret(secret_file)
    _make_folder(to)
    digest = exercise_digest(exercise)
    with Gradebook.open(to / "gradebook.sqlite", exercise.name) as gradebook:
        before = gradebook.latest()
        secret = _secret(to, secret_file, is_first_run=not before)
        gradebook.bind(exercise, digest, hashlib.sha256(secret).hexdigest(), regrade=regrade)
        keys = {
            one.student: (one.student, _digest_of(one), digest, ENGINE_VERSION) for one in found
        }
        # After bind(regrade=True) only this regrade's attempts count: it can be resumed too.
        ours = {result.student for result in before if result.problem.startswith(OUR_FAULT)}
        todo = [
            one for one in found if one.student in ours or not gradebook.has(*keys[one.student])
        ]
        store = CaseStore(exercise, secret)
        data = folder / "data" if (folder / "data").is_dir() else None

        def sandbox() -> Sandbox:
            return Sandbox(exercise.packages, data=data, protection=protection)

        graded = _results(todo, store, layout, sandbox, jobs or _cores())
        # Closed here, whatever comes: what still waits must not be run after the end.
        with closing(graded):
            for done, (one, result) in enumerate(graded, start=1):
                gradebook.record(result, *keys[one.student][1:])
                if progress is not None:
                    progress(done, len(todo), result)
        latest = gradebook.latest()
        changes = gradebook.changes() if regrade else ()
        publish(gradebook, to)
    return Report(
        exercise.name,
        len(todo),
        len(found) - len(todo),
        dict(Counter(q.status for result in latest for q in result.questions)),
        tuple(r.student for r in latest if r.earned is None),
        tuple(changes),
        tuple(r.student for r in latest if r.student not in keys),
    )


def exercise_digest(exercise: Exercise) -> str:
    """Return a digest of everything in an exercise folder that marks depend on."""
    assert exercise.folder is not None
    sums = hashlib.sha256()
    data = exercise.folder / "data"
    for path in [*source_files(exercise.folder), *sorted(data.rglob("*"))]:
        if path.is_file():
            content = path.read_bytes()
            name = path.relative_to(exercise.folder).as_posix()
            sums.update(f"{name}\x1f{len(content)}\x1f".encode() + content)
    return sums.hexdigest()


def _results(
    todo: list[Found],
    store: CaseStore,
    layout: Layout,
    sandbox: Callable[[], Sandbox],
    jobs: int,
) -> Generator[tuple[Found, SubmissionResult], None, None]:
    """Yield each result as it comes; each worker keeps one warm sandbox of its own."""
    own, sandboxes = threading.local(), ExitStack()

    def ready() -> Sandbox:
        if not hasattr(own, "sandbox"):
            own.sandbox = sandboxes.enter_context(sandbox())
        warm: Sandbox = own.sandbox
        return warm

    pool = ThreadPoolExecutor(max(1, min(jobs, len(todo))), thread_name_prefix="grade")
    try:
        futures: dict[Future[SubmissionResult], Found] = {
            pool.submit(_one, one, store, layout, ready): one for one in todo
        }
        for future in as_completed(futures):
            yield futures.pop(future), future.result()
    finally:
        pool.shutdown(cancel_futures=True)
        sandboxes.close()


def _one(
    found: Found, store: CaseStore, layout: Layout, ready: Callable[[], Sandbox]
) -> SubmissionResult:
    """Mark one submission. What is not plainly the student's doing goes to a person."""
    if found.path is None:
        status: Status = "needs a person" if found.needs_person else "not attempted"
        return unmarked(found.student, store, status, found.problem, found.notices)
    try:
        submission = read_submission(found.path, found.student, layout)
        result = mark(submission, store, ready())
    except SubmissionUnreadable as error:
        return unmarked(found.student, store, "refused", str(error), found.notices)
    except SandboxUnavailable:
        raise
    except Exception as error:
        # Closed on failure: an error of ours must cost nobody a point and earn nobody one.
        problem = f"{OUR_FAULT}: {type(error).__name__}: {error}"
        return unmarked(found.student, store, "needs a person", problem, found.notices)
    meta = {"timestamp": _handed_in(found.path)}
    return replace(result, notices=(*found.notices, *result.notices), meta=meta)


def _handed_in(notebook: Path) -> str:
    """Return what nbgrader wrote beside the notebook when it was handed in, or nothing."""
    try:
        with open_file(notebook.parent / "timestamp.txt") as file:
            text = file.read(100).decode().strip()
    except (OSError, SubmissionUnreadable, UnicodeDecodeError):
        return ""
    return text if re.fullmatch(r"[0-9A-Za-z:.+\- ]+", text) else ""


def _make_folder(to: Path) -> None:
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GradingError(f"{to} cannot be made: {error.strerror}") from None
    if not os.access(to, os.W_OK | os.X_OK):
        raise GradingError(f"{to} cannot be written to")


def _secret(to: Path, secret_file: Path | None, *, is_first_run: bool) -> bytes:
    """Return the secret that seeds the hidden cases; make one at the first run."""
    path = to / "secret.key" if secret_file is None else secret_file
    try:
        if secret_file is None and not path.exists():
            if not is_first_run:
                raise GradingError(
                    f"{path} is gone, and a new one would change the hidden cases: "
                    "put it back, or name it with --secret-file"
                )
            # Whole or not at all: half a secret would lock out every later run.
            half = path.with_name(f".{path.name}.{os.getpid()}")
            handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(SECRET_BYTES))
            half.replace(path)
    except OSError as error:
        raise GradingError(f"{path} cannot be read or made: {error.strerror}") from None
    return _read_secret(path)


def _read_secret(path: Path) -> bytes:
    try:
        secret = path.read_bytes()
    except OSError as error:
        raise GradingError(f"{path} cannot be read or made: {error.strerror}") from None
    if len(secret) < SECRET_BYTES:
        raise GradingError(f"{path} must hold at least {SECRET_BYTES} bytes, it has {len(secret)}")
    return secret


def _digest_of(found: Found) -> str:
    """Return what a result is kept under: the notebook's bytes, or why there is none."""
    if found.path is None:
        return hashlib.sha256(found.problem.encode("utf-8", "surrogateescape")).hexdigest()
    try:
        with open_file(found.path) as file:
            status = os.fstat(file.fileno())
            if status.st_size <= FILE_BYTES:
                return hashlib.file_digest(file, "sha256").hexdigest()
            # It will not be read, and a sparse one of any length takes no room to send.
            said = f"{status.st_size}:{status.st_mtime_ns}"
    except (OSError, SubmissionUnreadable) as error:
        said = str(error)
    return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
