"""Namespaces, and what a forked process does to itself before a student's first line runs.

The warm interpreter is process 1 of a PID namespace in a user namespace of its own
(`lead`), so that it may put each child it forks into a new one (`new_pids`): one fork for
each session, not two. The child hides what is around it (`separate`) and gives up what it
could do (`confine`); nothing that is taken away here can be taken back.

This file runs inside the sandbox, started by path: standard library only.
"""

from __future__ import annotations

import ctypes
import os
import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

# These files lie side by side in the sandbox, without the package around them.
if TYPE_CHECKING:
    from regcourse.grading.sandbox import worker_seccomp
else:
    import worker_seccomp

libc = ctypes.CDLL(None, use_errno=True)

NEW_USER, NEW_MOUNTS, NEW_PIDS, NEW_IPC, NEW_UTS = (
    0x10000000,
    0x20000,
    0x20000000,
    0x8000000,
    0x4000000,
)
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 0x4000, 0x40000
PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 4, 24, 47, 4
CAPABILITY_VERSION = 0x20080522
MAX_FILES = 128
MAX_THREADS = 64


def prctl(option: int, value: int, *, must: bool = True) -> bool:
    done: bool = libc.prctl(option, value, 0, 0, 0) == 0
    if must and not done:
        raise OSError(ctypes.get_errno(), f"prctl({option}) was refused")
    return done


def lead() -> None:
    """Go on as process 1 of a new PID namespace; what called this waits for its end."""
    _own_users(NEW_PIDS)
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        os._exit(0)


@contextmanager
def new_pids() -> Iterator[None]:
    """Let the next fork be process 1 of a PID namespace of its own."""
    with Path("/proc/self/ns/pid").open() as own:
        _unshare(NEW_PIDS)
        try:
            yield
        finally:
            if libc.setns(own.fileno(), NEW_PIDS):
                raise OSError(ctypes.get_errno(), "the way back was refused")


def separate(tmp_bytes: int) -> None:
    """Enter new user, mount, IPC and UTS namespaces, with empty private folders.

    There is no new network namespace: the one around is empty already, and no socket
    can be made. /proc is covered, since it shows the processes outside.
    """
    _own_users(NEW_MOUNTS | NEW_IPC | NEW_UTS)
    _mount(None, "/", None, MS_REC | MS_PRIVATE, None)
    quiet = MS_NOSUID | MS_NODEV | MS_NOEXEC
    size = f"size={tmp_bytes},nr_inodes=4096,mode=1777"
    _mount("tmpfs", "/tmp", "tmpfs", quiet, size)
    _mount("tmpfs", "/dev/shm", "tmpfs", quiet, size)
    _mount("tmpfs", "/proc", "tmpfs", quiet | MS_RDONLY, "size=4k,nr_inodes=1")


def _own_users(namespaces: int) -> None:
    """Enter a user namespace in which this user is all there is, and others with it."""
    uid, gid = os.getuid(), os.getgid()
    prctl(PR_SET_DUMPABLE, 1)  # else /proc/self/uid_map belongs to root
    _unshare(NEW_USER | namespaces)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def _unshare(namespaces: int) -> None:
    if libc.unshare(namespaces):
        raise OSError(ctypes.get_errno(), "new namespaces were refused")


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None) -> None:
    texts = [text.encode() if text is not None else None for text in (source, target, kind, data)]
    if libc.mount(texts[0], texts[1], texts[2], ctypes.c_ulong(flags), texts[3]):
        raise OSError(ctypes.get_errno(), f"mounting {target} was refused")


def confine(limits: Mapping[str, int], memory: int) -> None:
    """Give up the group, every capability, most resources and most system calls."""
    os.setsid()  # a signal to "my group" must not reach the process that forked us
    prctl(PR_SET_DUMPABLE, 0)
    _drop_capabilities()
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, limits["cpu_seconds"] + 10),  # the forker kills before that
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_NOFILE, MAX_FILES),
        (resource.RLIMIT_NPROC, MAX_THREADS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
    ):
        resource.setrlimit(kind, (most, most))
    worker_seccomp.install()


def mapped_bytes() -> int:
    """The address space that this process has taken so far."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def change_user(uid: int) -> None:
    """Stop being root, where there is no bubblewrap to have done it before."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _drop_capabilities() -> None:
    # Without CAP_SETPCAP the bounding set stays, and no_new_privs makes it useless.
    for capability in range(64):
        prctl(PR_CAPBSET_DROP, capability, must=False)
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if libc.capset(header, nothing):
        raise OSError(ctypes.get_errno(), "capabilities could not be dropped")
