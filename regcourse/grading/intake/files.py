"""Opening what lies in a folder that students could write to."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

from regcourse.errors import SubmissionUnreadable

FILE_BYTES = 64_000_000
CHUNK = 1 << 20
# A link or a socket: what stands there is no file of the student's.
_NOT_A_FILE = (errno.ELOOP, errno.ENXIO)


def open_file(path: Path) -> BufferedReader:
    """Open an ordinary file for reading, whatever else may stand in its place.

    Raises
    ------
    SubmissionUnreadable
        It is a link, a pipe, a socket or a device.
    OSError
        It cannot be read for a reason that lies with this machine.
    """
    # A pipe would block the grader, and a link could name another student's file.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError as error:
        if error.errno not in _NOT_A_FILE:
            raise  # a lack of rights, a broken disk: nothing that the student sent
        raise SubmissionUnreadable(f"The file cannot be opened: {error.strerror}.") from error
    file = os.fdopen(handle, "rb")
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        file.close()
        raise SubmissionUnreadable("This is not an ordinary file.")
    return file


def same_bytes(one: Path, other: Path) -> bool:
    """Are two files the same, as far as a notebook would be read?"""
    if one.stat().st_size != other.stat().st_size:
        return False
    with open_file(one) as first, open_file(other) as second:
        for _ in range(0, FILE_BYTES + 1, CHUNK):
            chunk = first.read(CHUNK)
            if chunk != second.read(CHUNK):
                return False
            if not chunk:
                break
    return True
