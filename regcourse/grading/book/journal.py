"""The gradebook's file: a SQLite database that is opened with care and only ever added to.

It keeps SQLite's rollback journal and not WAL: between commits everything is in the one
file, which can be copied, and it also works on a network drive. A reader waits for the
few milliseconds of a commit. One process writes at a time, and a second one is told so.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from regcourse.errors import GradebookDamaged, GradingError

if sys.platform != "win32":
    import fcntl

APPLICATION_ID = 0x52474342
SCHEMA_VERSION = 1
WAIT_SECONDS = 30.0
COPY = "put back a copy of it"
_TABLES = (
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, begun TEXT NOT NULL,
       ended TEXT, regrade INTEGER NOT NULL, title TEXT NOT NULL, exercise TEXT NOT NULL,
       secret TEXT NOT NULL)""",
    """CREATE TABLE attempts (id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL,
       at TEXT NOT NULL, student TEXT NOT NULL, submission TEXT NOT NULL,
       exercise TEXT NOT NULL, engine TEXT NOT NULL, result TEXT NOT NULL, seal TEXT NOT NULL)""",
    """CREATE TABLE marks (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL,
       student TEXT NOT NULL, question TEXT NOT NULL, points REAL, comment TEXT NOT NULL,
       marker TEXT NOT NULL, submission TEXT NOT NULL, answer TEXT NOT NULL, seal TEXT NOT NULL)""",
    "CREATE INDEX attempts_of ON attempts (student, id)",
    *(
        f"CREATE TRIGGER {table}_keep_{verb} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} are only ever added to'); END"
        for table in ("attempts", "marks")
        for verb in ("UPDATE", "DELETE")
    ),
)


def seal(*fields: Any) -> str:
    """Return a checksum of one row, so that a flipped bit in it does not pass for a mark."""
    return hashlib.blake2b(json.dumps(fields, default=repr).encode(), digest_size=16).hexdigest()


@contextlib.contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one clear line each."""
    try:
        yield
    except UnicodeDecodeError:
        raise GradebookDamaged(
            f"{path} is damaged, and was left as it is: it holds text that is none; {COPY}"
        ) from None
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise GradingError(f"{path} is in use by another process: try again later") from None
        if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL):
            raise GradingError(f"{path} cannot be opened or written: {error}") from None
        if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM):
            raise GradingError(f"{path} cannot be opened or written: {error}") from None
        said = " ".join(str(error).split())
        raise GradebookDamaged(
            f"{path} is not a gradebook or is damaged, and was left as it is: {said}; {COPY}"
        ) from None


def claim(path: Path) -> int | None:
    """Take the folder's lock for one writer; the kernel gives it back even after SIGKILL.

    The lock sits on the folder and not on the database: closing a second handle of the
    database's own file would drop the locks by which SQLite guards it.
    """
    if sys.platform == "win32":
        return None
    handle = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise GradingError(
            f"another process is writing to {path}: wait until it has finished"
        ) from None
    except OSError:
        # A drive without such locks: SQLite's own still keep every single commit whole.
        os.close(handle)
        return None
    return handle


def connect(path: Path, exercise: str | None, *, write: bool) -> sqlite3.Connection:
    """Open a gradebook, or make one where there is none and `write` allows it.

    Nothing is written into a file that is not a gradebook of the exercise.
    """
    fresh = not path.exists() or (path.is_file() and path.stat().st_size == 0)
    if fresh and (not write or exercise is None):
        raise GradingError(f"there is no gradebook {path}: grade first")
    with in_words(path):
        mode = "rwc" if fresh else "rw"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        database = sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        with in_words(path):
            if fresh and exercise is not None:
                _create(database, exercise)
            _verify(database, path, exercise)
            if not write:
                database.execute("PRAGMA query_only = ON")
    except BaseException:
        database.close()
        raise
    return database


def _create(database: sqlite3.Connection, exercise: str) -> None:
    """Write header and tables in one transaction: a kill leaves a gradebook or an empty file."""
    database.execute("BEGIN IMMEDIATE")
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    for statement in _TABLES:
        database.execute(statement)
    database.execute("INSERT INTO facts VALUES ('exercise', ?)", (exercise,))
    database.execute("COMMIT")


def _verify(database: sqlite3.Connection, path: Path, exercise: str | None) -> None:
    (identity,) = database.execute("PRAGMA application_id").fetchone()
    if identity != APPLICATION_ID:
        raise GradebookDamaged(f"{path} is not a gradebook of regcourse, and was left as it is")
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version != SCHEMA_VERSION:
        raise GradebookDamaged(
            f"{path} has format {version}, and this version of regcourse reads {SCHEMA_VERSION}"
        )
    for (finding,) in database.execute("PRAGMA integrity_check(1)"):
        if finding != "ok":
            raise GradebookDamaged(
                f"{path} is damaged, and was left as it is: its pages do not fit together; {COPY}"
            )
    (known,) = database.execute("SELECT value FROM facts WHERE name = 'exercise'").fetchone() or (
        None,
    )
    if known is None:
        raise GradebookDamaged(f"{path} does not say which exercise it is of")
    if exercise is not None and known != exercise:
        raise GradebookDamaged(f"{path} is the gradebook of {known}, not of {exercise}")
